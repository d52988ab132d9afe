"""What GA4 writes above a table: property, period, the title of the card or comparison."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from ...source import Source

_SPAN = re.compile(r"(\d{8})\s*-\s*(\d{8})")
_DAY = re.compile(r"\d{8}")


@dataclass(frozen=True)
class Heading:
    """What stands above one table; None where nothing says it."""

    site: str | None  # the property, by its shown name
    start: date | None
    last: date | None
    group: str  # the comparison the table is narrowed to; empty for all users
    is_own: bool = True  # GA4's own lines stand above the table

    @property
    def is_dated(self) -> bool:
        """Whether the table says its period."""
        return self.start is not None and self.last is not None


def read_heading(source: Source) -> Heading:
    """Return what the lines above the table say; the property may stand above the first only."""
    own, first = list(_lines(source.preamble)), list(_lines(source.sheet.opening))
    said = _pairs(source, own)
    start, last = _day(said.get("start")), _day(said.get("end"))
    for line in own:
        if found := _SPAN.fullmatch(line):
            start, last = _day(found[1]), _day(found[2])
    told = source.told.period
    if (start is None or last is None) and told is not None:
        start, last = told.start, told.last_day
    named = said.get("property") or _pairs(source, first).get("property") or _bare_property(first)
    return Heading(named, start, last, _group(source, own), is_own=bool(own))


def _lines(records: Iterable[tuple[str, ...]]) -> Iterable[str]:
    """Return the `#` lines without their mark, rules and blanks left out."""
    for cells in records:
        line = ",".join(cells).strip().rstrip(",")
        if line.startswith("#") and line.strip("#- \u00a0"):
            yield line.lstrip("# \u00a0").strip()


def _pairs(source: Source, lines: Iterable[str]) -> dict[str, str]:
    said: dict[str, str] = {}
    for line in lines:
        word, colon, value = line.partition(":")
        meaning = source.word("preamble", word) if colon else None
        if meaning and value.strip():
            said[meaning] = value.strip()
    return said


def _bare_property(lines: list[str]) -> str | None:
    """A free-form exploration names the property in its first line, without a word before it."""
    if any(_SPAN.fullmatch(line) for line in lines) and not _SPAN.fullmatch(lines[0]):
        return lines[0]
    return None


def _day(text: str | None) -> date | None:
    if text is None or not _DAY.fullmatch(text):
        return None
    try:
        return datetime.strptime(text, "%Y%m%d").date()
    except ValueError:
        return None


def _group(source: Source, lines: list[str]) -> str:
    """Return the comparison the table is narrowed to; empty for all users.

    A detail report names “All Users” or a comparison right above the dates of each table. A
    snapshot names nobody above its first table; what stands above the later ones are titles of cards.
    """
    title = _title(source, lines)
    if not title or source.word("everyone", title):
        return ""
    if not _title(source, list(_lines(source.sheet.opening))) or _is_card(source, title):
        return ""
    return title


def _title(source: Source, lines: list[str]) -> str:
    """Return the line right above the dates, unless it is the report's name or a word and value."""
    dated = next((i for i, line in enumerate(lines) if _pairs(source, [line]).get("start")), 0)
    title = lines[dated - 1] if dated else ""
    if _pairs(source, [title]) or title == next(iter(_lines(source.sheet.opening)), ""):
        return ""
    return title


def _is_card(source: Source, title: str) -> bool:
    """Cards are titled by a question, or “Views by Page title”."""
    marks = [f" {mark.strip()} " for mark in source.words("card")]
    return "?" in title or any(mark in f" {title.casefold()} " for mark in marks)
