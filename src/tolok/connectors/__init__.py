"""Platforms: what each offers, how its exports are told apart and read, what it cannot give."""

from .connector import (
    Aside,
    Check,
    Connector,
    Export,
    Extract,
    Field,
    Question,
    Told,
)
from .recognise import NO_KIND, Ambiguous, Recognised, recognise
from .shelf import load_connectors, name_kinds, name_source, platform_facts
from .source import Source

__all__ = [
    "NO_KIND",
    "Ambiguous",
    "Aside",
    "Check",
    "Connector",
    "Export",
    "Extract",
    "Field",
    "Question",
    "Recognised",
    "Source",
    "Told",
    "load_connectors",
    "name_kinds",
    "name_source",
    "platform_facts",
    "recognise",
]
