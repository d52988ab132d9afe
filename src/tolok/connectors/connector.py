"""The form of a platform: what it offers, how its exports read, what it cannot give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

import pyarrow as pa

from tolok.base import Break, Period, Text

if TYPE_CHECKING:
    from .source import Source

Reads = Literal[
    "text", "id", "count", "number", "percent", "money", "duration", "day", "moment"
]  # fmt: skip
BareUnit = Literal["percent", "fraction", "seconds", "minutes", "hours", "milliseconds"]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing an export may tell, under whatever header its language uses.

    `name` is looked up in the platform's alias files; `reads` says how its cells are read;
    `column` is the lake column it fills when a row of the file is a row of one table. `unit` says
    what a bare number means: of a `percent` field that 38 is 0.38 (`percent`) or that 0.38 is so
    already (`fraction`, the default), of a `duration` field `seconds` (the default), `minutes`,
    `hours` or `milliseconds`. `order` says how the platform writes dates, where a file leaves it
    open; a part above 12 still overrules it.
    """

    name: str
    reads: Reads
    column: str | None = None
    required: bool = False
    unit: BareUnit | None = None
    order: Literal["mdy", "dmy"] | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Something the file does not say and Tolok will not guess; `answer` names the flag.

    `names` tell what a choice is called, where the choice itself is no word of a person.
    """

    key: str  # account, order (day first or month first), currency, decimal, year, kind …
    text: Text
    choices: tuple[str, ...] = ()
    data: Mapping[str, object] = field(default_factory=dict)
    names: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """One test of a file against itself: passed, failed (the file is refused) or noted."""

    key: str
    state: Literal["passed", "failed", "noted"]
    text: Text
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Aside:
    """A row that was not taken, with its number in the spreadsheet and the reason."""

    row: int
    reason: Text
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """What the importer knows besides the file: from flags, the brand's profile, the file's date.

    `accounts` are keys such as "instagram:kopiserambi", for files that name none; one per
    platform is enough, since a file of another platform never takes it. `kinds` are keys of
    exports, for tables that could be several; a table that can only be one never asks them.
    """

    timezone: str = "Asia/Jakarta"
    accounts: tuple[str, ...] = ()
    currency: str | None = None
    order: Literal["mdy", "dmy"] | None = None
    decimal: Literal[".", ","] | None = None
    observed_at: datetime | None = None  # naive UTC; the moment of the export
    period: Period | None = None  # the days a table covers, where only a person knows
    today: date = date(2026, 1, 1)
    file_name: str = ""
    language: str | None = None
    kinds: tuple[str, ...] = ()  # such as "meta.instagram_content", or NO_KIND


@dataclass(frozen=True)
class Extract:
    """What an export holds: rows for lake tables (without brand), and what was found on the way.

    Facts carry `row` (spreadsheet row) and the natural key of their table; `observed_at` is
    added where absent. `covers` are the days the export was asked for, where it or a person states
    them: inside them what is not listed is not there; `is_whole` is False for a table cut short or
    a list of the best, of which that is never true. `listed` are the tables it lists, also those
    without a row. `questions` not answered stop the import; a failed check refuses it.
    """

    facts: Mapping[str, pa.Table]
    accounts: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None  # inclusive
    checks: tuple[Check, ...] = ()
    set_aside: tuple[Aside, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[Text, ...] = ()
    ignored_headers: tuple[str, ...] = ()
    covers: Period | None = None
    is_whole: bool = True
    listed: tuple[str, ...] = ()
    aside_count: int = 0  # of all rows set aside; `set_aside` lists the first ten thousand


@dataclass(frozen=True)
class Export:
    """One kind of export file: its fields, how to tell it from its neighbours, how to read it.

    `matches` may veto or confirm after the required fields were found (a daily breakdown has the
    header of a lifetime export); it returns a score bonus, or None to decline. `required_any`
    names groups of fields of which at least one must stand in the file. `numbers_like` is the
    language whose separators the platform uses whatever the language of its headers. `days_beside` is
    the kind of export whose days, in the same file, are those this one was asked for: one question
    to the platform made both. A file of this kind that must not be read at all is refused inside
    `read`, with `Source.refuse`.
    """

    key: str  # "meta.instagram_content"
    name: Text
    platform: str | None  # platform key of its facts; None when rows name it
    fields: tuple[Field, ...]
    read: Callable[[Source], Extract]
    matches: Callable[[Source], float | None] | None = None
    required_any: tuple[tuple[str, ...], ...] = ()
    where: Text | None = None  # where a person finds this export on the platform
    how_fresh: Text | None = None
    numbers_like: str | None = None
    days_beside: str | None = None  # key of the other export

    @property
    def kind(self) -> str:
        """Return the part of the key after the connector's name."""
        return self.key.split(".", 1)[-1]

    @property
    def required(self) -> tuple[str, ...]:
        """Return the names of fields without which the file is not of this kind."""
        return tuple(f.name for f in self.fields if f.required)

    def field(self, name: str) -> Field | None:
        """Return the field with the name, or None."""
        return next((f for f in self.fields if f.name == name), None)


@dataclass(frozen=True)
class Connector:
    """One platform or tool: a folder that is the only place its name stands.

    `reread_days` is how long figures of a day may still change, by platform key; `cannot_give`
    tells, by platform key and lake column, why a figure does not exist there.
    """

    key: str
    name: Text
    platforms: Mapping[str, str]  # platform key -> shown name ("instagram" -> "Instagram")
    exports: tuple[Export, ...]
    folder: str  # the package that holds aliases/, e.g. __package__
    breaks: tuple[Break, ...] = ()
    reread_days: Mapping[str, int] = field(default_factory=dict)
    cannot_give: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)

    def say_kind(self, export: Export) -> Text:
        """Return what people call one of its exports: with the platform, if its name lacks it."""
        own = (*self.platforms.values(), self.name.en.split()[0])
        if any(name in export.name.en for name in own):
            return export.name
        return Text("{whose}: {what}", "{whose}: {what}").filled(whose=self.name, what=export.name)

    def export(self, key: str) -> Export | None:
        """Return the export kind with the key, or None."""
        return next((e for e in self.exports if e.key == key), None)
