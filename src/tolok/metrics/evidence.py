"""From aggregates to a figure: what may be said, what only bounded, what not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import Any, Literal

import numpy as np

from tolok.base import Period, PlatformFacts, Text, say_day
from tolok.lake import Table, list_columns

from .covered import Covered
from .figure import Figure, State
from .levels import Level
from .metric import Metric
from .presence import Presence, Who
from .published import Short, say_short
from .query import Held, Slots
from .reached import Totals

Group = tuple[Any, ...]
_FIRST = date(1970, 1, 1)
_ACCOUNTS = "account_days"
Note = tuple[Text, Mapping[str, object]]

NO_DATA = Text("no data for this yet", "belum ada datanya")
NO_ROWS = Text("nothing was found in this period", "tidak ada apa pun dalam periode ini")
BEFORE_ALL = Text(
    "nothing was imported about the time before {day}",
    "belum ada yang diimpor tentang masa sebelum {day}",
)
NOT_COVERED = Text(
    "no imported file tells of this time; the last day known before it is {day}",
    "tidak ada berkas yang diimpor tentang masa ini; hari terakhir yang diketahui sebelumnya {day}",
)
SOME_ONLY = Text(
    "the imported files list only some of the rows",
    "berkas yang diimpor hanya memuat sebagian baris",
)
NO_COLUMN = Text(
    "the imported files do not tell {columns}", "berkas yang diimpor tidak memuat {columns}"
)
NO_READING = Text(
    "no reading close enough to the day it speaks of",
    "tidak ada catatan angka yang cukup dekat dengan hari yang dimaksud",
)
NO_BASE = Text("its base is zero in this period", "pembaginya nol dalam periode ini")
MISSING_DAYS = Text("{missing} of {expected} days missing", "{missing} dari {expected} hari kosong")
MISSING_DAYS_OF_ALL = Text(
    "{missing} of {expected} days missing over {accounts} accounts",
    "{missing} dari {expected} hari kosong, dihitung dari {accounts} akun",
)
MISSING_BESIDES = Text("{days}, and {why}", "{days}, dan {why}")
MISSING_ROWS = Text(
    "{missing} of {expected} posts lack it", "{missing} dari {expected} unggahan tidak memuatnya"
)
MISSING_LINES = Text(
    "{missing} of {expected} rows lack it", "{missing} dari {expected} baris tidak memuatnya"
)
PEOPLE_DO_NOT_ADD = Text(
    "people are counted per day or post and must not be added up",
    "orang dihitung per hari atau per unggahan dan tidak boleh dijumlahkan",
)
MIXED_CURRENCY = Text("several currencies are mixed", "beberapa mata uang tercampur")
BREAK_INSIDE = Text(
    "{platform} changed the definition on {on}: {change}",
    "{platform} mengubah definisi pada {on}: {change}",
)
MIXED_KINDS = Text(
    "kinds that must not be mixed ({columns}): break it down or narrow it to one",
    "jenis yang tidak boleh dicampur ({columns}): rinci atau saring ke satu jenis",
)
SMALL_BASE = Text("only {base} rows", "hanya {base} baris")
ONLY_SOME = Text(
    "counts {told} only, of {all} platforms", "hanya menghitung {told}, dari {all} platform"
)
OLD_LEVEL = Text("last reading is of {on}", "catatan angka terakhir tanggal {on}")
ACCOUNTS_MISSING = Text(
    "{missing} of {expected} accounts have no reading",
    "{missing} dari {expected} akun tanpa catatan angka",
)

# Under this share of days a rate or a net figure is not said at all.
ENOUGH = 0.8


@dataclass(frozen=True)
class Evidence:
    """What a query knows besides its sums, shared by all figures of one metric."""

    metric: Metric
    table: Table
    layer: Sequence[Period]
    today: date
    by: tuple[str, ...]
    form: str  # how rows of the table lie in time
    platforms: PlatformFacts
    scope_platforms: tuple[str, ...]
    presence: Presence | None = None
    covered: Mapping[int, int] | None = None
    span_accounts: int = 0
    totals: Totals = field(default_factory=Totals)
    files: Covered | None = None  # of tables that exports list
    posting: AbstractSet[tuple[str, str]] = frozenset()  # brand, platform with posts listed
    _breaks: dict[tuple[Period, tuple[str, ...]], list[Note]] = field(default_factory=dict)

    @cached_property
    def is_level(self) -> bool:
        """Whether the metric reads nothing but levels."""
        return all(p.how == "level" for p in self.metric.parts.values())

    @cached_property
    def adds_up(self) -> bool:
        """Whether more rows can only add to the value."""
        return self.metric.kind in ("flow", "count") and "net" not in self.metric.tags

    @cached_property
    def what(self) -> Literal["days", "posts", "rows"]:
        """What coverage counts."""
        if self.form != "moment":
            return "days"
        return "posts" if self.table.key == "posts" else "rows"

    @cached_property
    def edges(self) -> tuple[np.ndarray, np.ndarray]:
        """The first and the past-the-end day of each period, as days since 1970."""
        starts = [(p.start - _FIRST).days for p in self.layer]
        return np.array(starts), np.array([(p.end - _FIRST).days for p in self.layer])

    def listed_days(self, keys: Sequence[tuple[Group, int]]) -> tuple[np.ndarray, np.ndarray]:
        """Return how many days are covered by what lists the rows, and how many there are."""
        if self.files is None:
            none = np.zeros(len(keys), dtype=np.int64)
            return none, none
        return self.files.count_days(self.by, keys, self.layer, self.today)

    def all_listed_days(self, held: Held) -> tuple[np.ndarray, np.ndarray]:
        """Return the same of all that is spoken of; counted once for the metrics of a table."""
        return held.once(("listed", self.today), lambda: self.listed_days(held.keys))

    def why_not_listed(self, group: Group, period: Period) -> Note:
        """Return why nothing is known of rows of the period."""
        if self.files is None:
            return NO_ROWS, {}
        if short := self.short_lists(group, period):
            return self.say_short(short)
        whose = self.files.of(self.by, group)
        last, first = whose.last_before(period.start), whose.first
        if last is not None:
            return NOT_COVERED, {"day": say_day(last)}
        if first is None:
            return (SOME_ONLY if whose.runs else NO_DATA), {}
        return BEFORE_ALL, {"day": say_day(first)}

    def short_lists(self, group: Group, period: Period) -> Mapping[str, Sequence[Short]]:
        """Return by account the months the period touches whose list its own days contradict."""
        return self.files.short_in(self.by, group, period) if self.files else {}

    def say_short(self, found: Mapping[str, Sequence[Short]]) -> Note:
        """Return in words what contradicts the lists of accounts: "kopi (Instagram)" and so on."""
        named: dict[str, Sequence[Short]] = {}
        for account, months in found.items():
            platform, _, name = account.partition(":")
            named[f"{name} ({self.platforms.names.get(platform, platform)})"] = months
        return say_short(named)

    def coverage(
        self, held: Held, slots: Slots, base: np.ndarray, rows: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return what is there and what should be, per group and period; −1 where none is told."""
        keys, days = held.keys, held.once(("days", self.today), partial(self._days, held))
        if self.form == "day" and self.presence is not None and not self.is_level:
            tellers = self.presence.counts(self.metric, [g for g, _ in keys])
            return base, np.maximum(tellers * days, base)
        if self.form == "span" and self.covered is not None and not self.by:
            have = np.array([self.covered.get(b, 0) for _, b in keys], dtype=np.int64)
            return have, np.maximum(self.span_accounts * days, have)
        if self.form == "moment" and self.metric.parts:
            return base, held.once(("rows", slots.have, slots.rows), lambda: _rows_due(base, rows))
        return base, np.full(len(keys), -1, dtype=np.int64)

    def _days(self, held: Held) -> np.ndarray:
        """Return how many days of the period of each are over."""
        starts, ends = self.edges
        return np.maximum(0, np.minimum(ends, (self.today - _FIRST).days) - starts)[held.buckets]

    def break_notes(self, period: Period, platforms: tuple[str, ...]) -> list[Note]:
        """Return the changes of definition inside the period; found once per period."""
        key = (period, platforms)
        if key not in self._breaks:
            self._breaks[key] = list(_break_notes(self, period, platforms))
        return self._breaks[key]


def _rows_due(base: np.ndarray, rows: np.ndarray) -> np.ndarray:
    about = zeroed(rows).astype(np.int64)
    return np.where(about > 0, np.maximum(base, about), -1)


def zeroed(values: np.ndarray) -> np.ndarray:
    """Return the values with 0 where there is none."""
    return np.where(np.isnan(values), 0, values)


def unknown_figure(
    metric: Metric, period: Period, reason: Text = NO_DATA, **data: object
) -> Figure:
    """Return a figure that cannot be said, with the reason."""
    return Figure(metric.key, period, None, "unknown", reason=reason, reason_data=data)


@dataclass(frozen=True, slots=True)
class Said:
    """What may be said of people: NaN where there is no value or bound."""

    state: State
    low: float = np.nan
    high: float = np.nan
    reason: Text | None = None
    data: Mapping[str, object] = field(default_factory=dict)

    @property
    def value(self) -> float:
        """Return the value where it is exact."""
        return self.low if self.state == "exact" else np.nan


def people_said(
    evidence: Evidence,
    value: float,
    *,
    base: int,
    is_covered: bool,
    low: float,
    group: Group,
    bucket: int,
) -> Said:
    """Return what may be said of people: exact for one reading, else between bounds."""
    accounts = _accounts_in(evidence, group)
    exact = evidence.totals.of(group, bucket)
    if exact and accounts <= set(exact):
        if len(exact) == 1:
            only = next(iter(exact.values()))
            return Said("exact", only, only)
        return Said("range", max(exact.values()), sum(exact.values()), PEOPLE_DO_NOT_ADD)
    if (np.isnan(value) or not base) and not exact:
        reason, data = why_unknown(evidence, base, (), has_rows=False)
        return Said("unknown", reason=reason, data=data)
    # With days missing or an account silent nobody knows how many more there were: no upper bound.
    complete = is_covered and accounts <= _tellers(evidence, group)
    if base == 1 and complete:
        return Said("exact", value, value)
    least = max(n for n in (low, *exact.values()) if not np.isnan(n))
    return Said("range", least, value if complete else np.nan, PEOPLE_DO_NOT_ADD)


def _accounts_in(evidence: Evidence, group: Group) -> AbstractSet[Who]:
    """Return the accounts known to exist in the group, whatever they tell."""
    members: AbstractSet[Who] = (
        evidence.presence.members_of(evidence.metric, group) if evidence.presence else frozenset()
    )
    return members | evidence.totals.known.get(group, set())


def _tellers(evidence: Evidence, group: Group) -> AbstractSet[Who]:
    if evidence.presence is None:
        return set()
    return evidence.presence.tellers(evidence.metric, group)


def why_unknown(
    evidence: Evidence, base: int, levels: Sequence[Level | None], *, has_rows: bool
) -> tuple[Text, Mapping[str, object]]:
    """Return why a figure without a value has none."""
    metric = evidence.metric
    gaps = [
        reason
        for platform in evidence.scope_platforms
        for column, reason in evidence.platforms.cannot_give.get(platform, {}).items()
        if column in metric.columns
    ]
    if gaps and len(evidence.scope_platforms) == 1:
        return gaps[0], {}
    if base and not all(levels):
        return NO_READING, {}
    if base:
        return metric.undefined or NO_BASE, {}
    if has_rows or (levels and not any(levels)):
        return NO_COLUMN, {"columns": list_columns(metric.columns, metric.table)}
    return NO_ROWS, {}


def _break_notes(evidence: Evidence, period: Period, platforms: tuple[str, ...]) -> Iterator[Note]:
    columns = frozenset(evidence.metric.columns)
    for platform in platforms:
        found = evidence.platforms.breaks_between(platform, columns, period.start, period.end)
        for change in found:
            name = evidence.platforms.names.get(platform, platform)
            on = say_day(change.on)
            yield BREAK_INSIDE, {"platform": name, "on": on, "change": change.change}


def platforms_of(evidence: Evidence, group: Group) -> tuple[str, ...]:
    """Return the platforms whose rows a group's figure counts, as far as that is known."""
    if "platform" in evidence.by:
        return (str(group[evidence.by.index("platform")]),)
    presence = evidence.presence
    if presence is None or not set(evidence.by) <= {"brand"}:
        return evidence.scope_platforms
    told = presence.telling_platforms(evidence.metric, group)
    return tuple(sorted(told)) or evidence.scope_platforms


def _only_some(evidence: Evidence, group: Group) -> Note | None:
    """Return which platforms a figure of all accounts counts, when others of the brand are silent."""
    presence = evidence.presence
    if presence is None or evidence.table.key != _ACCOUNTS or not set(evidence.by) <= {"brand"}:
        return None
    told = presence.telling_platforms(evidence.metric, group)
    brands = group[:1]
    posting = {p for b, p in evidence.posting if p and (not brands or b in brands)}
    known = presence.platforms_in(evidence.metric, group) | posting
    if not told or told == known:
        return None
    names = sorted(evidence.platforms.names.get(p, p) for p in told)
    return ONLY_SOME, {"told": ", ".join(names), "all": len(known)}


def missing_days(evidence: Evidence, group: Group, bucket: int) -> Note | None:
    """Return how many days of a period nothing that lists the rows speaks of; None when none.

    Where the account's own days contradict a list the reason says so, and counts days only if
    more are missing than those of the months it contradicts.
    """
    (have,), (expected,) = evidence.listed_days([(group, bucket)])
    if have >= expected:
        return None
    missing, period = int(expected - have), evidence.layer[bucket]
    days = say_missing_days(evidence, bucket, missing=missing, expected=int(expected))
    found = evidence.short_lists(group, period)
    if not found:
        return days
    why = evidence.say_short(found)
    end = min(period.end, evidence.today)
    if missing <= sum(s.count_days(period.start, end) for months in found.values() for s in months):
        return why
    return MISSING_BESIDES, {"days": days[0].filled(**days[1]), "why": why[0].filled(**why[1])}


def say_missing_days(evidence: Evidence, bucket: int, *, missing: int, expected: int) -> Note:
    """Return how many days are missing; of several accounts each has its own."""
    period = evidence.layer[bucket]
    days = (min(period.end, evidence.today) - period.start).days
    accounts = round(expected / days) if days > 0 else 1
    data: dict[str, object] = {"missing": missing, "expected": expected}
    if accounts > 1:
        return MISSING_DAYS_OF_ALL, data | {"accounts": accounts}
    return MISSING_DAYS, data


def notes_of(
    evidence: Evidence, period: Period, group: Group, base: int, levels: Sequence[Level | None]
) -> list[Note]:
    """Return what else must be said of a figure."""
    metric = evidence.metric
    notes = [*evidence.break_notes(period, platforms_of(evidence, group))]
    if base and not evidence.adds_up:
        lacking = missing_days(evidence, group, evidence.layer.index(period))
        if lacking is not None:
            notes.append(lacking)
    if metric.min_base and 0 < base < metric.min_base:
        notes.append((SMALL_BASE, {"base": base}))
    only = _only_some(evidence, group)
    if only is not None:
        notes.append(only)
    for level in levels:
        if level is not None and level.accounts < level.expected:
            notes.append(
                (
                    ACCOUNTS_MISSING,
                    {"missing": level.expected - level.accounts, "expected": level.expected},
                )
            )
        if level is not None and level.oldest_days > 0:
            notes.append((OLD_LEVEL, {"on": say_day(level.last_seen)}))
    return notes
