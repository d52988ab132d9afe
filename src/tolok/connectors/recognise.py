"""Recognising a sheet by what stands in it: never by file name, never by column position."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from tolok.base import Text

from .aliases import Aliases, aliases_of, header_names
from .connector import Connector, Export, Told
from .reading.sheet import Sheet
from .shelf import load_connectors
from .source import Source

NO_KIND = "none"  # told of a table that is none of the kinds it fits
MIXED = "mixed"  # headers of two languages in one file
# A few words such as Date and Likes stand in many people's own spreadsheets: a kind must explain
# this many columns of a file, or this share of them.
_ENOUGH = 5
_ENOUGH_SHARE = 0.5
# Columns in which people's own spreadsheets say of which network a row is.
_SAYS_NETWORK = re.compile(
    r"platform|network|jaringan|account|akun|channel|kanal|saluran", re.IGNORECASE
)
_LOOK = 50  # rows that tell it


@dataclass(frozen=True)
class Recognised:
    """What a sheet is: an export kind, its language, which column holds which field."""

    connector: Connector
    export: Export
    language: str
    mapping: Mapping[str, int]
    score: float

    @property
    def name(self) -> Text:
        """What people call the kind: platform and export."""
        return self.connector.say_kind(self.export)

    def source(self, sheet: Sheet, told: Told) -> Source:
        """Return the sheet seen through the export's fields, ready to be read."""
        source = Source(
            sheet, self.connector, self.export,
            mapping=self.mapping, language=self.language, told=told,
        )  # fmt: skip
        source.read_ahead()
        return source


@dataclass(frozen=True)
class Ambiguous:
    """A sheet that fits several export kinds equally well; a person must choose.

    `choose` takes one of them by what a person told of it.
    """

    found: tuple[Recognised, ...]

    def choose(self, kinds: Collection[str]) -> Recognised | Ambiguous | None:
        """Return the one kind that was told of the sheet; None where none of them is told.

        It stays ambiguous while nothing told fits, or more than one kind.
        """
        told = [r for r in self.found if r.export.key in kinds]
        if len(told) == 1:
            return told[0]
        return None if NO_KIND in kinds and not told else self


def recognise(
    sheet: Sheet, told: Told | None = None, *, connectors: Iterable[Connector] | None = None
) -> Recognised | Ambiguous | None:
    """Return what the sheet is, several kinds when it cannot be told, or None when unknown.

    A kind fits when all its required fields stand in the header, in one language or, if no single
    one has them, in several mixed. Among the kinds that fit, the one that explains most columns
    wins; where several explain as many, the one that was told.
    """
    names = header_names(sheet.header)
    known = load_connectors().values() if connectors is None else connectors
    found = [
        best
        for connector in known
        for export in connector.exports
        if (best := _fit(sheet, names, connector, export, told or Told())) is not None
    ]
    if not found:
        return None
    found.sort(key=lambda r: -r.score)
    top = [r for r in found if r.score == found[0].score]
    if len(top) == 1:
        return top[0]
    return Ambiguous(tuple(top)).choose(told.kinds if told else ())


def _fit(
    sheet: Sheet, names: list[tuple[str, ...]], connector: Connector, export: Export, told: Told
) -> Recognised | None:
    best: tuple[str, dict[str, int]] | None = None
    if export.matches is not None and not export.fields:
        best = (MIXED, {})  # told apart by its title alone
    for language, mapping in _mappings(names, aliases_of(connector, export)):
        if _is_enough(export, mapping, names) and (best is None or len(mapping) > len(best[1])):
            best = (language, mapping)
    if best is None or _is_of_another(sheet, connector, set(best[1].values())):
        return None
    language, mapping = best
    score = len(mapping) + 0.01 * len(export.required)
    if export.matches is not None:
        bonus = export.matches(
            Source(sheet, connector, export, mapping=mapping, language=language, told=told)
        )
        if bonus is None:
            return None
        score += bonus
    return Recognised(connector, export, language, mapping, score)


def _is_enough(export: Export, mapping: Mapping[str, int], names: list[tuple[str, ...]]) -> bool:
    told = sum(1 for name in names if name)
    if len(mapping) < min(_ENOUGH, _ENOUGH_SHARE * told):
        return False
    return all(f in mapping for f in export.required) and all(
        any(f in mapping for f in group) for group in export.required_any
    )


def _is_of_another(sheet: Sheet, connector: Connector, read: set[int]) -> bool:
    """Whether a column the kind does not read says that the rows are of another network.

    A date and “Views” are enough to look like an export of one network, whatever network the
    spreadsheet names beside them.
    """
    own = _words_for(connector)
    for place, title in enumerate(sheet.header):
        if place in read or not _SAYS_NETWORK.search(title):
            continue
        cells = sheet.column(place).drop_null().slice(0, _LOOK).to_pylist()
        said = {c.partition(":")[0].strip().lower() for c in cells}
        if said and said <= _all_networks() and not said <= own:
            return True
    return False


def _words_for(connector: Connector) -> frozenset[str]:
    told = connector.platforms
    return frozenset(told) | {name.lower() for name in told.values()}


@cache
def _all_networks() -> frozenset[str]:
    return frozenset().union(*map(_words_for, load_connectors().values()))


def _mappings(
    names: list[tuple[str, ...]], languages: Mapping[str, Aliases]
) -> Iterator[tuple[str, dict[str, int]]]:
    for language, aliases in languages.items():
        yield language, _map(names, aliases)
    if len(languages) > 1:
        merged: dict[str, int] = {}
        # The language that explains most goes first, so that its words win where two disagree.
        for _, mapping in sorted(
            ((lang, _map(names, a)) for lang, a in languages.items()), key=lambda p: -len(p[1])
        ):
            taken = set(merged.values())
            merged |= {f: i for f, i in mapping.items() if f not in merged and i not in taken}
        yield MIXED, merged


def _map(names: list[tuple[str, ...]], aliases: Aliases) -> dict[str, int]:
    fields = {head: field for field, heads in aliases.items() for head in heads}
    found: dict[str, int] = {}
    for index, ways in enumerate(names):
        field = next((fields[way] for way in ways if way in fields), None)
        if field is not None and field not in found:
            found[field] = index
    return found
