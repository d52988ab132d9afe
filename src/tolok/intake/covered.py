"""The days a file speaks of, kept as facts beside its rows: there silence means none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Period, Span, Text, local_moment, say_day
from tolok.connectors import Check, Told
from tolok.lake import table_of

from .verdict import Part

TABLE = "covered"

NOTHING = Text(
    "The file lists nothing from {first} to {last}: for these days it is now known that there was "
    "none.",
    "Berkas ini tidak mencantumkan apa pun dari {first} sampai {last}: untuk hari-hari itu kini "
    "diketahui memang tidak ada.",
)
PROVES_NOTHING = Text(
    "The file has no rows and does not say which days it covers, so it proves nothing. If there was "
    "nothing on those days, say which they are with --period.",
    "Berkas ini tidak punya baris dan tidak menyebut hari yang dicakupnya, jadi tidak membuktikan "
    "apa pun. Jika memang tidak ada apa-apa pada hari-hari itu, sebutkan harinya dengan --period.",
)
_DAYS = "account_days"


@dataclass(frozen=True)
class Listing:
    """One table of a file with what its export tells of the days it covers.

    `empty` are the tables it lists without holding a row; they are of `account`.
    """

    part: Part
    covers: Period | None = None
    is_whole: bool = True
    empty: tuple[str, ...] = ()
    account: str | None = None
    days_beside: str | None = None  # kind of the part of the file whose days are its days too


def cover_parts(found: Sequence[Listing], told: Told) -> tuple[Part, ...]:
    """Return the parts of one file with the days they cover among their facts.

    A table that states no days takes those of the days beside it in the file. A table without
    rows proves that there was nothing on its days; one that has no days either is refused.
    """
    return tuple(_cover(one, found, told) for one in found)


def _cover(one: Listing, found: Sequence[Listing], told: Told) -> Part:
    part = one.part
    if part.state != "ready":
        return part
    stated = one.covers or _days_beside(one, found, told.timezone)
    covered = covered_days(part.facts, told.timezone, stated=stated, is_whole=one.is_whole,
                           observed_at=told.observed_at)  # fmt: skip
    tables = [covered] if covered is not None else []
    if one.empty and one.account and one.is_whole and stated is not None:
        start, until = _span(stated.start, stated.start - timedelta(days=1), stated,
                             _day(told.observed_at, told.timezone))  # fmt: skip
        if start < until:
            tables.append(_table([_row(one.account, k, (start, until), one.account.split(":")[0],
                                       is_stated=True) for k in one.empty]))  # fmt: skip
            part = _said_empty(part, one.account, (start, until - timedelta(days=1)))
    if tables:
        return replace(part, facts={**part.facts, TABLE: pa.concat_tables(tables)})
    return part if part.facts else replace(part, state="refused", reason=PROVES_NOTHING)


def _said_empty(part: Part, account: str, ends: Span) -> Part:
    first, last = ends
    check = Check("nothing", "noted", NOTHING, {"first": say_day(first), "last": say_day(last)})
    return replace(
        part, checks=(*part.checks, check), start=part.start or first, end=part.end or last,
        accounts=tuple(sorted({*part.accounts, account})),
    )  # fmt: skip


def _days_beside(one: Listing, found: Sequence[Listing], zone: str) -> Period | None:
    """Return the days of the table of days that the same question to the platform made.

    None where the rows themselves begin before them: then the two were not asked for alike.
    """
    if one.days_beside is None:
        return None
    days = [f.part.facts[_DAYS]["day"] for f in found
            if f.part.kind == one.days_beside and _DAYS in f.part.facts]  # fmt: skip
    ends = [pc.min_max(column).as_py() for column in days]
    if not ends or ends[0]["min"] is None:
        return None
    period = Period(ends[0]["min"], ends[0]["max"] + timedelta(days=1), "range")
    listed = {k: rows for k, rows in one.part.facts.items() if k in table_of(k).listed_in}
    starts = [first for k, rows in listed.items() for *_, first, _ in _ends_of(k, rows, None, zone)]
    return None if any(first < period.start for first in starts) else period


def covered_days(
    facts: Mapping[str, pa.Table], zone: str, *, stated: Period | None = None,
    is_whole: bool = True, observed_at: datetime | None = None,
) -> pa.Table | None:  # fmt: skip
    """Return rows of the table `covered` for the facts of one file, or None where none are listed.

    A file that states its days covers them, up to the moment it was made (naive UTC); another
    covers the days of `zone` from its first to its last row, since nobody knows what it was asked
    for. A file that lists only some rows (`is_whole` False) covers no day.
    """
    made = _day(observed_at, zone)
    rows: list[dict[str, Any]] = []
    for key, listed in facts.items():
        if key not in table_of(key).listed_in:
            continue
        for account, platform, first, last in _ends_of(key, listed, facts.get("accounts"), zone):
            span = _span(first, last, stated, made) if is_whole else (first, first)
            rows.append(_row(account, key, span, platform, is_stated=stated is not None))
    return _table(rows) if rows else None


def _row(
    account: str | None, key: str, span: Span, platform: str | None, *, is_stated: bool
) -> dict[str, Any]:
    return {"account": account or "", "listed": key, "start": span[0], "until": span[1],
            "platform": platform, "is_stated": is_stated}  # fmt: skip


def _table(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    kinds = {f.name: f.type for f in table_of(TABLE).schema}
    return pa.table({n: pa.array([r[n] for r in rows], kinds[n]) for n in rows[0]})


def _span(first: date, last: date, stated: Period | None, made: date | None) -> Span:
    """Return the days covered; the day of the export counts only as far as it has rows."""
    if stated is None:
        return first, last + timedelta(days=1)
    end = stated.end if made is None else min(stated.end, made)
    return stated.start, max(stated.start, end, last + timedelta(days=1))


def _ends_of(
    key: str, rows: pa.Table, accounts: pa.Table | None, zone: str
) -> Iterator[tuple[str | None, str | None, date, date]]:
    """Yield account, platform, first and last day of a table's rows.

    Where the file says whose it is, accounts that only took part in a post are left out.
    """
    time = table_of(key).time
    if time is None or time not in rows.column_names:
        return
    own = _own(accounts)
    names = [n for n in ("account", "platform") if n in rows.column_names]
    found = rows.group_by(names).aggregate([(time, "min"), (time, "max")])
    for row in found.filter(pc.is_valid(found[f"{time}_min"])).to_pylist():
        first, last = _day(row[f"{time}_min"], zone), _day(row[f"{time}_max"], zone)
        account = row.get("account")
        if first is not None and last is not None and (not own or account in own):
            yield account, row.get("platform"), first, last


def _own(accounts: pa.Table | None) -> set[Any]:
    if accounts is None or "relation" not in accounts.column_names:
        return set()
    return set(accounts.filter(pc.equal(accounts["relation"], "own"))["account"].to_pylist())


def _day(moment: date | datetime | None, zone: str) -> date | None:
    return local_moment(zone, moment).date() if isinstance(moment, datetime) else moment
