"""Which platforms and tools there are, and what the engine must know of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from tolok.base import Break, PlatformFacts, Text, load_shelf

from .connector import Connector

_OWN = Text("Own numbers", "Angka sendiri")


def load_connectors() -> Mapping[str, Connector]:
    """Return every connector on the shelf by its key, sorted."""
    return MappingProxyType(load_shelf(f"{__package__}.platforms", Connector))


def name_kinds() -> Mapping[str, Text]:
    """Return what people call each kind of export, platform and export, by its key."""
    return {e.key: c.say_kind(e) for c in load_connectors().values() for e in c.exports}


def name_source(source: str) -> tuple[Text, ...]:
    """Return what people call what a batch was read as, each kind once; a strange key as it is."""
    if source.startswith("own"):
        return (_OWN,)
    names = {e.key: e.name for c in load_connectors().values() for e in c.exports}
    return tuple(names.get(key, Text(key, key)) for key in dict.fromkeys(source.split(",")) if key)


@cache
def platform_facts() -> PlatformFacts:
    """Return names, breaks, re-read windows and gaps of all platforms, gathered from their folders."""
    names: dict[str, str] = {}
    breaks: list[Break] = []
    reread: dict[str, int] = {}
    gaps: dict[str, dict[str, Text]] = {}
    for connector in load_connectors().values():
        names |= connector.platforms
        breaks += connector.breaks
        reread |= connector.reread_days
        for platform, columns in connector.cannot_give.items():
            gaps.setdefault(platform, {}).update(columns)
    breaks.sort(key=lambda b: (b.on, b.platform))
    return PlatformFacts(names, tuple(breaks), reread, gaps)
