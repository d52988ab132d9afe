"""Whether an account's own count of what it published agrees with its posts that are listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text, say_day
from tolok.connectors import Check
from tolok.lake import Lake, LakeView, table_of
from tolok.metrics.published import contradict, count_listed

from .covered import TABLE as COVERED
from .verdict import Part, Verdict

_COUNT = "posts_published"
_DAYS = "account_days"
_DAY = timedelta(days=1)

FEWER = Text(
    "The days of {account} tell of {said:,} posts from {first} to {last}, but {listed:,} are listed: "
    "the list may not be whole, or posts were deleted since.",
    "Data harian {account} menyebut {said:,} unggahan dari {first} sampai {last}, tetapi yang "
    "terdaftar {listed:,}: daftarnya mungkin tidak lengkap, atau ada unggahan yang sudah dihapus.",
)
MORE = Text(
    "The days of {account} tell of {said:,} posts from {first} to {last}, but {listed:,} are listed: "
    "the days may not count every kind of post.",
    "Data harian {account} menyebut {said:,} unggahan dari {first} sampai {last}, tetapi yang "
    "terdaftar {listed:,}: data harian mungkin tidak menghitung semua jenis unggahan.",
)


@dataclass(frozen=True)
class _Told:
    """What is known of one account: posts its days tell of, posts listed, days the list covers."""

    said: Mapping[date, int]
    listed: Mapping[date, int]
    covered: frozenset[date]


def check_published(verdict: Verdict, lake: Lake, brand: str | None, zone: str) -> Verdict:
    """Return the verdict with a note for each account whose days contradict its list of posts.

    The file is set beside what the lake holds of its accounts. Days and posts may be cut at
    midnight of different clocks, and a few posts may be gone since: neither is a contradiction.
    """
    part = next((p for p in verdict.parts if p.state == "ready" and _tells(p)), None)
    if part is None or verdict.state != "ready":
        return verdict
    told = _read(verdict, LakeView(lake), brand, zone)
    checks = [c for account in sorted(told) if (c := _check(account, told[account])) is not None]
    if not checks:
        return verdict
    noted = replace(part, checks=(*part.checks, *checks))
    return replace(verdict, parts=tuple(noted if p is part else p for p in verdict.parts))


def _tells(part: Part) -> bool:
    days = part.facts.get(_DAYS)
    return "posts" in part.facts or (days is not None and _COUNT in days.column_names)


def _read(verdict: Verdict, view: LakeView, brand: str | None, zone: str) -> dict[str, _Told]:
    """Return what is known of the file's accounts whose days count posts."""
    gather = partial(_gather, verdict, view, brand)
    days = gather(_DAYS, "account", "day", _COUNT)
    days = days.filter(pc.is_valid(days[_COUNT]))
    if not days.num_rows:
        return {}
    said: dict[str, dict[date, int]] = {}
    for row in days.to_pylist():  # the file's own come last and win
        said.setdefault(row["account"], {})[row["day"]] = row[_COUNT]
    covered: dict[str, set[date]] = {}
    for row in gather(COVERED, "account", "listed", "start", "until").to_pylist():
        if row["listed"] == "posts":
            span = range((row["until"] - row["start"]).days)
            covered.setdefault(row["account"], set()).update(row["start"] + n * _DAY for n in span)
    listed = count_listed(gather("posts", "account", "post", "published_at"), zone)
    return {
        account: _Told(said[account], listed.get(account, {}), frozenset(covered.get(account, ())))
        for account in said
    }


def _gather(verdict: Verdict, view: LakeView, brand: str | None, key: str, *names: str) -> pa.Table:
    """Return these columns of the lake's rows of the file's accounts, then of the file's own."""
    schema = pa.schema([table_of(key).schema.field(n) for n in names])
    parts = [schema.empty_table()]
    if not view.is_empty(key):
        rows = view.table(key)
        rows = rows.filter(rows.account.isin(list(verdict.accounts)))
        if brand is not None:
            rows = rows.filter(rows.brand == brand)
        parts.append(rows.select(*names).to_pyarrow().cast(schema))
    for part in verdict.parts:
        found = part.facts.get(key)
        if found is not None:
            blank = pa.nulls(found.num_rows)
            columns = {n: found[n] if n in found.column_names else blank for n in names}
            parts.append(pa.table(columns).cast(schema))
    return pa.concat_tables(parts)


def _check(account: str, told: _Told) -> Check | None:
    days = sorted(told.said.keys() & told.covered)
    found = contradict(told.said, told.listed, days)
    if found is None:
        return None
    data = {
        "account": account, "said": sum(told.said[d] for d in days),
        "listed": sum(told.listed.get(d, 0) for d in days),
        "first": say_day(days[0]), "last": say_day(days[-1]),
    }  # fmt: skip
    return Check(_COUNT, "noted", FEWER if found == "fewer" else MORE, data)
