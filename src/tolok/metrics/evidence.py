"""From aggregates to a figure: what may be said, what only bounded, what not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Literal

import numpy as np

from tolok.base import Period, PlatformFacts, Text
from tolok.lake import Table

from .buckets import time_form
from .figure import Coverage, Figure, State
from .levels import Level
from .metric import Metric
from .presence import Presence, Who
from .reached import Totals

Group = tuple[Any, ...]
Note = tuple[Text, Mapping[str, object]]

NO_DATA = Text("no data for this yet", "belum ada datanya")
NO_ROWS = Text("nothing was found in this period", "tidak ada apa pun dalam periode ini")
NO_COLUMN = Text(
    "the imported files do not tell {columns}", "berkas yang diimpor tidak memuat {columns}"
)
NO_BASE = Text("its base is zero in this period", "pembaginya nol dalam periode ini")
MISSING_DAYS = Text("{missing} of {expected} days missing", "{missing} dari {expected} hari kosong")
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
OLD_LEVEL = Text("last reading is of {on}", "pembacaan terakhir tanggal {on}")
ACCOUNTS_MISSING = Text(
    "{missing} of {expected} accounts have no reading",
    "{missing} dari {expected} akun tanpa pembacaan",
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
    platforms: PlatformFacts
    scope_platforms: tuple[str, ...]
    presence: Presence | None = None
    covered: Mapping[int, int] | None = None
    span_accounts: int = 0
    totals: Totals = field(default_factory=Totals)
    _breaks: dict[tuple[Period, tuple[str, ...]], list[Note]] = field(default_factory=dict)

    @cached_property
    def form(self) -> str:
        """How rows of the table lie in time."""
        return time_form(self.table)

    @cached_property
    def is_level(self) -> bool:
        """Whether the metric reads nothing but levels."""
        return all(p.how == "level" for p in self.metric.parts.values())

    def break_notes(self, period: Period, platforms: tuple[str, ...]) -> list[Note]:
        """Return the changes of definition inside the period; found once per period."""
        key = (period, platforms)
        if key not in self._breaks:
            self._breaks[key] = list(_break_notes(self, period, platforms))
        return self._breaks[key]


def unknown_figure(
    metric: Metric, period: Period, reason: Text = NO_DATA, **data: object
) -> Figure:
    """Return a figure that cannot be said, with the reason."""
    return Figure(metric.key, period, None, "unknown", reason=reason, reason_data=data)


def figure_from(
    evidence: Evidence,
    *,
    group: Group,
    bucket: int,
    value: float,
    have: float,
    low: float,
    around: Mapping[str, Any],
    levels: Sequence[Level | None],
    interval: tuple[float, float] | None = None,
) -> Figure:
    """Return the figure of one group and period, said only as far as the data carries it."""
    metric, period = evidence.metric, evidence.layer[bucket]
    exact = evidence.totals.of(group, bucket)
    base = 0 if np.isnan(have) else int(have)
    coverage = _coverage(evidence, group, bucket, base, around)
    known = None if np.isnan(value) else float(value)
    state, low_value, high_value, reason, data = _state(
        evidence,
        known,
        base=base,
        coverage=coverage,
        low=low,
        around=around,
        exact=exact,
        group=group,
        levels=levels,
    )
    if state in ("unknown", "range"):
        known = None
    elif reason is None and state == "exact" and exact and metric.is_unique:
        known = low_value if low_value is not None else known
    if known is None and state == "exact" and metric.no_rows is not None and not base:
        known = metric.no_rows
    if known is None and state == "exact":
        state = "unknown"
    if interval is not None and state in ("exact", "about"):
        low_value, high_value = (None if np.isnan(v) else float(v) for v in interval)
    return Figure(
        metric=metric.key,
        period=period,
        value=known,
        state=state,
        group=dict(zip(evidence.by, group, strict=True)),
        low=low_value,
        high=high_value,
        reason=reason,
        reason_data=data,
        coverage=coverage,
        base=base,
        provisional_days=_provisional(period, around),
        observed_at=_moment(around.get("observed")),
        currency=around.get("currency"),
        notes=tuple(_notes(evidence, period, group, base, levels)),
    )


_Said = tuple[State, float | None, float | None, Text | None, Mapping[str, object]]


def _state(
    evidence: Evidence,
    value: float | None,
    *,
    base: int,
    coverage: Coverage | None,
    low: float,
    around: Mapping[str, Any],
    exact: Mapping[Who, float],
    group: Group,
    levels: Sequence[Level | None],
) -> _Said:
    metric = evidence.metric
    if around.get("currencies", 0) > 1:
        return "unknown", None, None, MIXED_CURRENCY, {}
    if around.get("kinds"):
        return "unknown", None, None, MIXED_KINDS, {"columns": around["kinds"]}
    if metric.is_unique:
        return _people(
            evidence, value, base=base, coverage=coverage, low=low, exact=exact, group=group
        )
    if value is None:
        if metric.no_rows is not None and not base and not around.get("rows"):
            return "exact", None, None, None, {}
        return ("unknown", None, None, *_why_unknown(evidence, base, around, levels))
    missing = coverage is not None and not coverage.is_complete
    if not missing or coverage is None:
        return "exact", None, None, None, {}
    lack = coverage.expected - coverage.have
    said = {"days": MISSING_DAYS, "posts": MISSING_ROWS, "rows": MISSING_LINES}[coverage.what]
    data = {"missing": lack, "expected": coverage.expected}
    if metric.kind == "flow" and metric.basis == "activity" and not _may_fall(metric):
        return "at_least", value, None, said, data
    if (coverage.share or 0) < ENOUGH and coverage.what == "days":
        return "unknown", None, None, said, data
    return "about", None, None, said, data


def _may_fall(metric: Metric) -> bool:
    return "net" in metric.tags


def _people(
    evidence: Evidence,
    value: float | None,
    *,
    base: int,
    coverage: Coverage | None,
    low: float,
    exact: Mapping[Who, float],
    group: Group,
) -> _Said:
    accounts = _accounts_in(evidence, group)
    if exact and accounts <= set(exact):
        if len(exact) == 1:
            only = next(iter(exact.values()))
            return "exact", only, only, None, {}
        return "range", max(exact.values()), sum(exact.values()), PEOPLE_DO_NOT_ADD, {}
    if (value is None or not base) and not exact:
        return ("unknown", None, None, *_why_unknown(evidence, base, {}, ()))
    # With days missing or an account silent nobody knows how many more there were: no upper bound.
    complete = (coverage is None or coverage.is_complete) and accounts <= _tellers(evidence, group)
    if base == 1 and complete:
        return "exact", value, value, None, {}
    least = max(n for n in (low, *exact.values()) if not np.isnan(n))
    return "range", least, value if complete else None, PEOPLE_DO_NOT_ADD, {}


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


def _why_unknown(
    evidence: Evidence, base: int, around: Mapping[str, Any], levels: Sequence[Level | None]
) -> tuple[Text, Mapping[str, object]]:
    metric = evidence.metric
    gaps = [
        reason
        for platform in evidence.scope_platforms
        for column, reason in evidence.platforms.cannot_give.get(platform, {}).items()
        if column in metric.columns
    ]
    if gaps and len(evidence.scope_platforms) == 1:
        return gaps[0], {}
    if base:
        return metric.undefined or NO_BASE, {}
    if around.get("rows"):
        return NO_COLUMN, {"columns": ", ".join(metric.columns)}
    if levels and not any(levels):
        return NO_COLUMN, {"columns": ", ".join(metric.columns)}
    return NO_ROWS, {}


def _coverage(
    evidence: Evidence, group: Group, bucket: int, base: int, around: Mapping[str, Any]
) -> Coverage | None:
    period = evidence.layer[bucket]
    form = evidence.form
    days = max(0, (min(period.end, evidence.today) - period.start).days)
    if form == "day" and evidence.presence is not None:
        expected = evidence.presence.expected(evidence.metric, group)
        if evidence.is_level:
            return None
        return Coverage(base, max(expected * days, base), "days")
    if form == "span" and evidence.covered is not None and not evidence.by:
        have = evidence.covered.get(bucket, 0)
        return Coverage(have, max(evidence.span_accounts * days, have), "days")
    if form == "moment" and around.get("rows") and evidence.metric.parts:
        what: Literal["posts", "rows"] = "posts" if evidence.table.key == "posts" else "rows"
        return Coverage(base, max(base, int(around["rows"])), what)
    return None


def _provisional(period: Period, around: Mapping[str, Any]) -> int:
    late = around.get("late")
    if late is None or np.isnan(late):
        return 0
    first = max(date(1970, 1, 1) + timedelta(days=int(late)), period.start)
    return max(0, (period.end - first).days)


def _moment(value: Any) -> datetime | None:
    return value if isinstance(value, datetime) else None


def _break_notes(evidence: Evidence, period: Period, platforms: tuple[str, ...]) -> Iterator[Note]:
    columns = frozenset(evidence.metric.columns)
    for platform in platforms:
        found = evidence.platforms.breaks_between(platform, columns, period.start, period.end)
        for change in found:
            name = evidence.platforms.names.get(platform, platform)
            on = change.on.isoformat()
            yield BREAK_INSIDE, {"platform": name, "on": on, "change": change.change}


def _notes(
    evidence: Evidence, period: Period, group: Group, base: int, levels: Sequence[Level | None]
) -> list[Note]:
    metric = evidence.metric
    platforms = evidence.scope_platforms
    if "platform" in evidence.by:
        platforms = (str(group[evidence.by.index("platform")]),)
    notes = [*evidence.break_notes(period, platforms)]
    if metric.min_base and 0 < base < metric.min_base:
        notes.append((SMALL_BASE, {"base": base}))
    for level in levels:
        if level is not None and level.accounts < level.expected:
            notes.append(
                (
                    ACCOUNTS_MISSING,
                    {"missing": level.expected - level.accounts, "expected": level.expected},
                )
            )
        if level is not None and level.oldest_days > 0:
            notes.append((OLD_LEVEL, {"on": level.last_seen.isoformat()}))
    return notes


def last_full_day(today: date) -> date:
    """Return the last day that is over."""
    return today - timedelta(days=1)
