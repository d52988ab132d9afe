"""Whether an account's own count of what it published agrees with its posts that are listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

import ibis
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import LANGUAGES, Calendar, Locale, Period, Span, Text, find_zone, months_span
from tolok.lake import LakeView, table_of

from .asked import Kept, named_table, with_named
from .buckets import day_number_of, with_bucket

Counts = Mapping[date, int]  # posts by day
Whose = tuple[str, str]  # brand and account

SHORT = Text(
    "{account} published {said:,} posts by its daily figures ({when}), but the list holds "
    "{listed:,}{others}: import the whole list, unless posts were deleted",
    "menurut data hariannya {account} menerbitkan {said:,} unggahan ({when}), tetapi daftarnya "
    "memuat {listed:,}{others}: impor daftar lengkapnya, kecuali ada unggahan yang dihapus",
)
_MONTHS = Text("{months} months, {span}", "{months} bulan, {span}")
_OTHER = Text(" (one more account likewise)", " (satu akun lain juga begitu)")
_OTHERS = Text(" ({others} more accounts likewise)", " ({others} akun lain juga begitu)")

_COUNT = "posts_published"
_DELETED = 0.02  # so many posts may be gone since the day that counted them, one at least
_DAY = timedelta(days=1)
_SHORT = Kept(50)


@dataclass(frozen=True)
class Short:
    """Days of one month in which an account counted more posts (`said`) than are listed."""

    span: Span
    said: int
    listed: int

    def count_days(self, start: date, until: date) -> int:
        """Return how many days of the month lie from `start` to the day before `until`."""
        first, end = months_span(self.span[0].replace(day=1), 1)
        return max(0, (min(end, until) - max(first, start)).days)


def contradict(
    said: Counts, listed: Counts, days: Sequence[date]
) -> Literal["fewer", "more"] | None:
    """Return whether fewer, or more, posts are listed on these days than the account counted.

    Days must be in order and known to both. Days and posts may be cut at midnight of different
    clocks, and a few posts may be gone since: neither is a contradiction.
    """
    runs = _runs(days)
    # The days of a platform begin up to a day later than ours, or up to a day earlier: all of them
    # but the last, or but the first, lie within the same days of ours.
    told = (_total(said, runs, 0, 1), _total(said, runs, 1, 0))
    outer, inner = _total(listed, runs, 0, 0), _total(listed, runs, 1, 1)
    slack = max(1.0, _DELETED * min(told))
    if min(told) > outer + slack:
        return "fewer"
    return "more" if inner > max(told) + slack else None


def count_listed(posts: pa.Table, zone: str) -> dict[str, dict[date, int]]:
    """Return how many posts of each account were published on each day of the zone.

    Takes rows with `account`, `post` and `published_at` (UTC); a post told twice counts once.
    """
    posts = posts.filter(pc.is_valid(posts["published_at"]))
    once = posts.group_by(["account", "post"]).aggregate([("published_at", "max")])
    aware = pc.assume_timezone(once["published_at_max"], "UTC")
    local = pc.local_timestamp(aware.cast(pa.timestamp("us", find_zone(zone).key)))
    once = once.append_column("day", local.cast(pa.date32(), safe=False))
    found: dict[str, dict[date, int]] = {}
    counted = once.group_by(["account", "day"]).aggregate([("post", "count")])
    for row in counted.to_pylist():
        found.setdefault(row["account"], {})[row["day"]] = row["post_count"]
    return found


def split_runs(
    runs: Sequence[Span], said: Counts, listed: Counts
) -> tuple[list[Span], list[Short]]:
    """Return the runs without the months in which the account counted more posts than are listed.

    There the list is not whole, whatever the file claims: these months are returned apart.
    """
    kept: list[Span] = []
    short: list[Short] = []
    for month in (month for run in runs for month in _months(run)):
        days = sorted(d for d in said if month[0] <= d < month[1])
        if contradict(said, listed, days) == "fewer":
            held = sum(n for d, n in listed.items() if month[0] <= d < month[1])
            short.append(Short(month, sum(said[d] for d in days), held))
        else:
            kept.append(month)
    return kept, short


def say_short(found: Mapping[str, Sequence[Short]]) -> tuple[Text, Mapping[str, object]]:
    """Return why lists that claim to be whole are not, by the names of their accounts.

    Told is the account that lacks most, of its months in order; the others are counted.
    """
    lacks = {name: sum(s.said - s.listed for s in months) for name, months in found.items()}
    name = min(found, key=lambda one: (-lacks[one], one))
    months = found[name]
    ends = months[0].span[0], months[-1].span[1]
    span = Text(*(Locale(language).format_span(*ends) for language in LANGUAGES))
    when = _MONTHS.filled(months=len(months), span=span) if len(months) > 1 else span
    others = len(found) - 1
    return SHORT, {
        "account": name, "said": sum(s.said for s in months), "listed": sum(s.listed for s in months),
        "when": when,
        "others": (_OTHERS if others > 1 else _OTHER).filled(others=others) if others else "",
    }  # fmt: skip


def short_lists(view: LakeView, zone: str) -> Mapping[Whose, tuple[Counts, Counts]]:
    """Return what accounts counted and what is listed of them, by day.

    Told are all accounts that counted any: a month as a whole says nothing of its days, of which
    some may be known to one side only.
    """
    key = (view.version("account_days"), view.version("posts"), view.backend.dialect, zone)
    return _SHORT.get(key, lambda: _find(view, zone))


def _find(view: LakeView, zone: str) -> Mapping[Whose, tuple[Counts, Counts]]:
    if view.is_empty("account_days"):
        return {}
    days = named_table("days", table_of("account_days").schema)
    asked = days.filter(days[_COUNT].notnull()).select("brand", "account", "day", number=_COUNT)
    counted = _by_account(_ask(view, "account_days", asked)).items()
    said = {whose: counts for whose, counts in counted if any(counts.values())}
    if not said or view.is_empty("posts"):
        return {whose: (counts, {}) for whose, counts in said.items()}
    first, last = min(map(min, said.values())), max(map(max, said.values()))
    months = Period(first.replace(day=1), months_span(last.replace(day=1), 1)[1], "range")
    listed = _by_account(_count_posts(view, months, zone))
    return {whose: (counts, listed.get(whose, {})) for whose, counts in said.items()}


def _count_posts(view: LakeView, span: Period, zone: str) -> pa.Table:
    """Return how many posts of each account are listed on each day of the zone inside the span."""
    table, clock = table_of("posts"), Calendar(timezone=zone)
    posts = named_table("days", table.schema)
    placed = with_bucket(posts, table, [span], clock)
    placed = placed.mutate(day=day_number_of(placed, table, clock, [span]).cast("int32"))
    asked = placed.group_by("brand", "account", "day").aggregate(number=placed.post.nunique())
    found = _ask(view, "posts", asked)
    return found.set_column(2, "day", found["day"].cast(pa.int32()).cast(pa.date32()))


def _ask(view: LakeView, table: str, asked: ibis.Table) -> pa.Table:
    return view.run(with_named({"days": view.scan(table)}, view.backend.compile(asked)))


def _by_account(rows: pa.Table) -> dict[Whose, dict[date, int]]:
    found: dict[Whose, dict[date, int]] = {}
    columns = (rows[name].to_pylist() for name in ("brand", "account", "day", "number"))
    for brand, account, day, number in zip(*columns, strict=True):
        found.setdefault((brand, account), {})[day] = int(number)
    return found


def _months(run: Span) -> Iterator[Span]:
    start, until = run
    while start < until:
        _, following = months_span(start, 1)
        yield start, min(following, until)
        start = following


def _total(counts: Counts, runs: list[list[date]], first: int, last: int) -> int:
    """Return the sum over the runs, each without so many of its first and last days."""
    return sum(counts.get(d, 0) for run in runs for d in run[first : len(run) - last])


def _runs(days: Sequence[date]) -> list[list[date]]:
    """Return the days in stretches without a gap."""
    found: list[list[date]] = [list(days[:1])] if days else []
    for one, other in pairwise(days):
        if other - one == _DAY:
            found[-1].append(other)
        else:
            found.append([other])
    return found
