"""Which days the imported files speak of: inside them no row means none, outside nothing is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import ibis
import numpy as np

from tolok.base import Period, Span, local_moment
from tolok.lake import LakeView, Table, roll_call, table_of

from .asked import Kept, named_table, with_named
from .buckets import time_form
from .cells import STATIC
from .presence import callers
from .published import Short, short_lists, split_runs
from .rows import Question
from .scope import Scope

TABLE = "covered"
Group = tuple[Any, ...]

_FIRST = Kept(200)
_RUNS = Kept(200)
_FOUND = Kept(1_000)


@dataclass(frozen=True)
class Whose:
    """What is known of one account, or of several together.

    `runs` holds, per account that files speak of, the days they cover; `since` the day (UTC) of
    the first row of the others. Those are the workspace's own: from then on silence means none.
    Without either nothing is known of any day.
    """

    runs: Sequence[Sequence[Span]] = ()
    since: date | None = None

    def count_days(self, period: Period, today: date) -> tuple[int, int]:
        """Return how many days before today are covered and how many there are, over accounts.

        Where files speak of any account, only such accounts count.
        """
        end = min(period.end, today)
        days = max(0, (end - period.start).days)
        if not self.runs:
            return (days if self.since is not None and period.end > self.since else 0), days
        covered = sum(
            max(0, (min(until, end) - max(start, period.start)).days)
            for runs in self.runs
            for start, until in runs
        )
        return covered, days * len(self.runs)

    @property
    def first(self) -> date | None:
        """The first day anything is known of; None when no day is."""
        found = [start for runs in self.runs for start, until in runs if start < until]
        return min(found, default=None if self.runs else self.since)

    def last_before(self, day: date) -> date | None:
        """Return the last covered day before a day; None when there is none."""
        found = [
            min(until, day) - timedelta(days=1)
            for runs in self.runs
            for start, until in runs
            if start < min(until, day)
        ]
        return max(found, default=None)


@dataclass(frozen=True)
class Covered:
    """The accounts of a scope with the days known of each; `names` tell an account.

    `short` are the months that files list but the account's own days contradict; not in `runs`.
    """

    runs: Mapping[Group, Sequence[Span]]
    since: Mapping[Group, date]
    names: tuple[str, ...]  # of brand, platform and account those the table has
    short: Mapping[Group, Sequence[Short]] = field(default_factory=dict)
    _found: dict[tuple[tuple[int, Any], ...], Whose] = field(default_factory=dict)
    _days: Kept = field(default_factory=lambda: Kept(20))
    _listed: Kept = field(default_factory=lambda: Kept(20))

    def count_days(
        self, by: Sequence[str], keys: Sequence[tuple[Group, int]], layer: Sequence[Period],
        today: date,
    ) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
        """Return how many days are covered and how many there are, for each group and period.

        Metrics of one question share their keys: what was counted for these is kept with them.
        """
        shape = (tuple(by), id(keys), tuple(layer), today)
        told: tuple[Any, np.ndarray] = self._days.get(
            shape, lambda: (keys, self._count_days(by, keys, layer, today))
        )
        return told[1][:, 0], told[1][:, 1]

    def _count_days(
        self, by: Sequence[str], keys: Sequence[tuple[Group, int]], layer: Sequence[Period],
        today: date,
    ) -> np.ndarray:  # fmt: skip
        at = [i for i, n in enumerate(by) if n in self.names]
        counted: dict[tuple[Group, int], tuple[int, int]] = {}
        days = np.zeros((len(keys), 2), dtype=np.int64)
        for place, (group, bucket) in enumerate(keys):
            told = (tuple(group[i] for i in at), bucket)
            if told not in counted:
                counted[told] = self.of(by, group).count_days(layer[bucket], today)
            days[place] = counted[told]
        return days

    def listed_keys(
        self, by: Sequence[str], layer: Sequence[Period], today: date
    ) -> AbstractSet[tuple[Group, int]]:
        """Return the groups and periods of which files cover a day, whether they hold a row or not.

        None are told of groups by more than brand, platform and account.
        """
        if not self.runs or not set(by) <= set(self.names):
            return frozenset()

        def find() -> AbstractSet[tuple[Group, int]]:
            at = [self.names.index(n) for n in by]
            groups = {tuple(whose[i] for i in at) for whose in self.runs}
            return {
                (group, bucket)
                for group in groups
                for bucket, period in enumerate(layer)
                if self.of(by, group).count_days(period, today)[0]
            }

        return self._listed.get((tuple(by), tuple(layer), today), find)

    def of(self, by: Sequence[str], group: Group) -> Whose:
        """Return what is known of the accounts in a group."""
        told = self._told(by, group)
        if told not in self._found:
            since = min((d for w, d in self.since.items() if _fits(w, told)), default=None)
            self._found[told] = Whose([r for w, r in self.runs.items() if _fits(w, told)], since)
        return self._found[told]

    def short_in(
        self, by: Sequence[str], group: Group, period: Period
    ) -> Mapping[str, Sequence[Short]]:
        """Return by account the months, touched by the period, of which the list is not whole."""
        told = self._told(by, group)
        found = {
            str(whose[self.names.index("account")]): [
                s for s in months if s.span[0] < period.end and period.start < s.span[1]
            ]
            for whose, months in self.short.items()
            if _fits(whose, told)
        }
        return {account: months for account, months in found.items() if months}

    def _told(self, by: Sequence[str], group: Group) -> tuple[tuple[int, Any], ...]:
        """Return what a group tells of an account, each with its place among the names."""
        pairs = zip(by, group, strict=True)
        return tuple((self.names.index(n), v) for n, v in pairs if n in self.names)


def _fits(whose: Group, told: Sequence[tuple[int, Any]]) -> bool:
    return all(whose[i] == v for i, v in told)


def read_covered(question: Question) -> Covered | None:
    """Return the days known of the scope's accounts; None for tables in which silence means none."""
    table, view, scope = question.table, question.view, question.scope
    if not table.listed_in or time_form(table) != "moment":
        return None
    key = (*_versions(view, table), question.calendar.timezone,
           scope.shape(view), scope.brand)  # fmt: skip

    def find() -> Covered:
        names = tuple(n for n in STATIC if n in table.schema.names)
        admitted = Scope(scope.brand, scope.platforms, scope.accounts, relation=scope.relation)

        def admits(whose: Group) -> bool:
            if scope.brand not in (None, whose[0]):  # before a row is made of it
                return False
            return admitted.admits(dict(zip(names, whose, strict=True)), view)

        known = _read_known(view, table, question.calendar.timezone)
        since = _first_days(question)
        # The workspace's own rows are told only where no file lists the account's.
        return Covered(
            {w: r for w, r in known.runs.items() if admits(w)},
            {w: d for w, d in since.items() if w not in known.runs and admits(w)}, names,
            {w: s for w, s in known.short.items() if admits(w)},
        )  # fmt: skip

    return _FOUND.get(key, find)


def read_runs(view: LakeView, table: Table, zone: str) -> Mapping[Group, Sequence[Span]]:
    """Return the days files cover of a table, by what of brand, platform, account it has.

    Runs of days stand in order and do not touch; a file that lists only some rows leaves an
    account known without a day. A file imported before its days were kept covers those of `zone`
    from its first to its last row. Of posts no month counts in which the account's own days tell
    of more than are listed.
    """
    return _read_known(view, table, zone).runs


def read_short(view: LakeView, zone: str) -> Mapping[Group, Sequence[Short]]:
    """Return the months whose list of posts an account's own days contradict.

    By brand, platform and account; told are the months files claim to list whole.
    """
    return _read_known(view, table_of("posts"), zone).short


@dataclass(frozen=True)
class _Known:
    """The days files cover of each account, and the months taken back of some."""

    runs: Mapping[Group, Sequence[Span]]
    short: Mapping[Group, Sequence[Short]]


def _read_known(view: LakeView, table: Table, zone: str) -> _Known:
    names = tuple(n for n in STATIC if n in table.schema.names)

    def read() -> _Known:
        found: dict[Group, list[Span]] = {}
        for row in [*_kept_runs(view, table), *_runs_of_rows(view, table, zone)]:
            whose = tuple((row[n] or None) for n in names)
            found.setdefault(whose, []).append((row["start"], row["until"]))
        joined = {whose: join_runs(runs) for whose, runs in found.items()}
        return _believed(view, joined, names, zone) if table.key == "posts" else _Known(joined, {})

    key = (*_versions(view, table), view.backend.dialect, table.key, zone)
    return _RUNS.get(key, read)


def _versions(view: LakeView, table: Table) -> tuple[object, ...]:
    """Return what the days known of a table rest on; those of posts also on what days count."""
    return tuple(view.version(k) for k in (TABLE, table.key, "account_days"))


def _believed(
    view: LakeView, runs: Mapping[Group, Sequence[Span]], names: Sequence[str], zone: str
) -> _Known:
    """Take back the months in which an account itself counted more posts than files list."""
    differing = short_lists(view, zone)
    places = names.index("brand"), names.index("account")
    kept: dict[Group, Sequence[Span]] = dict(runs)
    short: dict[Group, Sequence[Short]] = {}
    for whose, found in runs.items():
        counted = differing.get((whose[places[0]], whose[places[1]]))
        if counted is not None:
            months, short[whose] = split_runs(found, *counted)
            kept[whose] = join_runs(months)
    return _Known(kept, short)


def _kept_runs(view: LakeView, table: Table) -> Sequence[Mapping[str, Any]]:
    if view.is_empty(TABLE):
        return ()
    kinds = dict.fromkeys((*STATIC, "listed"), "string") | dict.fromkeys(("start", "until"), "date")
    rows = named_table("facts", ibis.schema(kinds))
    rows = rows.filter(rows.listed.isin(list(table.listed_in)))
    sql = view.backend.compile(rows.select(*STATIC, "start", "until"))
    found: Sequence[Mapping[str, Any]] = view.run(
        with_named({"facts": view.scan(TABLE)}, sql)
    ).to_pylist()
    return found


def _runs_of_rows(view: LakeView, table: Table, zone: str) -> Sequence[Mapping[str, Any]]:
    """Return the days from first to last row of each file that left none among the facts."""
    catalogue = view.lake.catalogue
    covering = {f.batch for f in catalogue.history_files(TABLE, as_of=view.as_of)}
    came = {f.batch for f in catalogue.history_files(table.key, as_of=view.as_of) if f.batch}
    holding = came - covering
    if not holding or view.is_empty(table.key) or table.time is None:
        return ()
    # Only files have days; what the workspace itself notes has none.
    holding = {batch for batch, name in catalogue.file_names(holding).items() if name}
    if not holding:
        return ()
    names = [n for n in STATIC if n in table.schema.names]
    facts = named_table("facts", table.schema)
    facts = facts.filter(facts.batch.isin(list(holding)), facts[table.time].notnull())
    ends = facts.group_by([*names, "batch"]).aggregate(
        first=facts[table.time].min(), last=facts[table.time].max()
    )
    sql = view.backend.compile(ends)
    told = view.run(with_named({"facts": view.scan(table.key)}, sql)).to_pylist()
    own = _named_own(view)
    # Accounts that only took part in a post are left out where the file says whose it is.
    owned = {row["batch"] for row in told if row.get("account") in own}
    return [
        {
            **dict.fromkeys(STATIC),
            **row,
            "start": _day(row["first"], zone),
            "until": _day(row["last"], zone) + timedelta(days=1),
        }
        for row in told
        if row["batch"] not in owned or row.get("account") in own
    ]


def _named_own(view: LakeView) -> AbstractSet[str]:
    if view.is_empty("accounts"):
        return frozenset()
    accounts = view.table("accounts")
    own = accounts.filter(accounts.relation == "own").select("account")
    return set(own.to_pyarrow()["account"].to_pylist())


def _day(moment: date | datetime, zone: str) -> date:
    return local_moment(zone, moment).date() if isinstance(moment, datetime) else moment


def read_posting(question: Question) -> AbstractSet[tuple[str, str]]:
    """Return brand and platform of the scope's accounts whose posts files list."""
    view, scope = question.view, question.scope
    posts, zone = table_of("posts"), question.calendar.timezone
    key = ("posting", *_versions(view, posts), zone, scope.shape(view), scope.brand)
    admitted = Scope(scope.brand, scope.platforms, scope.accounts, relation=scope.relation)

    def find() -> AbstractSet[tuple[str, str]]:
        told = (dict(zip(STATIC, w, strict=True)) for w in read_runs(view, posts, zone))
        return {(r["brand"], r["platform"]) for r in told if admitted.admits(r, view)}

    return _FOUND.get(key, find)


def join_runs(runs: Sequence[Span]) -> list[Span]:
    """Return the same days as runs that neither overlap nor touch, in order; empty ones are gone."""
    joined: list[Span] = []
    for start, until in sorted(r for r in runs if r[0] < r[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], until))
        else:
            joined.append((start, until))
    return joined


def _first_days(question: Question) -> Mapping[Group, date]:
    view, table = question.view, question.table

    def read() -> Mapping[Group, date]:
        calls = roll_call(view, table.key)
        who, place = callers(calls)
        told = calls["first"].to_numpy().astype("datetime64[D]")
        known = ~np.isnat(told)
        days = np.full(len(who), np.datetime64(date.max))
        np.minimum.at(days, place[known], told[known])
        return {w: day for w, day in zip(who, days.tolist(), strict=True) if day < date.max}

    return _FIRST.get((view.version(table.key), view.backend.dialect), read)
