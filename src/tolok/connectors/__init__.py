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
from .recognise import Ambiguous, Recognised, recognise
from .shelf import load_connectors, platform_facts
from .source import Source

__all__ = [
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
    "platform_facts",
    "recognise",
]
