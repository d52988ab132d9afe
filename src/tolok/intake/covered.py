"""The days a file speaks of, kept as facts beside its rows: there silence means none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Period, local_moment
from tolok.lake import table_of

TABLE = "covered"
Run = tuple[date, date]  # first day and the day after the last


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
            start, until = _span(first, last, stated, made) if is_whole else (first, first)
            rows.append({
                "account": account or "", "listed": key, "start": start, "until": until,
                "platform": platform, "is_stated": stated is not None,
            })  # fmt: skip
    if not rows:
        return None
    kinds = {f.name: f.type for f in table_of(TABLE).schema}
    return pa.table({n: pa.array([r[n] for r in rows], kinds[n]) for n in rows[0]})


def _span(first: date, last: date, stated: Period | None, made: date | None) -> Run:
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
