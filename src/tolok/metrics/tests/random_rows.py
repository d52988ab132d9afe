"""Random rows for any table: numbers with gaps, and words that the declarations ask for."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tolok.lake import Batch, Column, Lake, Origin, Table, table_of

from .small_lake import arrow_of

GAPS = 0.15
WORDS: Mapping[str, tuple[str | None, ...]] = {
    "kind": ("comment", "mention", "message", "lead", "purchase", "ads", "fee"),
    "direction": ("in", "in", "out"),
    "sentiment": ("positive", "neutral", "negative", None),
    "sentiment_first": ("negative", "positive"),
    "sentiment_last": ("negative", "positive", None),
    "subject_relation": ("own", "competitor", None),
    "state": ("planned", "published", "cancelled", "active", "retired"),
    "stage": ("new", "won", "lost", "agreed", "active", "declined"),
    "verdict": ("won", "lost", "undecided", None),
    "outcome": ("true", "false", "cannot_say", "worked", "failed"),
    "model": ("last", "linear", "position", "markov", "shapley"),
    "origin": ("postmortem", "meeting"),
    "decision": ("answer", "watch", None),
    "segment": ("Organic Social", "Paid Social", "Direct", "Referral"),
    "trait": ("all", "age", "gender", "place"),
    "subject": ("own", "rival"),
}
SAME: Mapping[str, Any] = {  # what must not be mixed
    "currency": "IDR", "model": "bgnbd", "result_type": "lead", "attribution": "7d", "breakdown": "", "level": "ad",
    "dimension": "channel", "model_version": "1", "horizon_days": 365, "question": "aided_recall",
    "platform": "instagram", "account": "instagram:kopi", "start": date(2026, 10, 1),
    "until": date(2026, 11, 1), "as_of": date(2026, 10, 9),
}  # fmt: skip


def random_row(
    table: Table, number: int, dice: random.Random, *, day: int | None = None
) -> dict[str, Any]:
    """Return a whole row that falls on a day of October 2026 (5th to 25th unless told)."""
    day = 5 + number % 21 if day is None else day
    row: dict[str, Any] = {"brand": "kopi", "observed_at": datetime(2026, 11, 20, 3)}
    for column in table.columns:
        row[column.name] = _value(table, column, number, dice, day)
    return row


def _value(table: Table, column: Column, number: int, dice: random.Random, day: int) -> Any:
    is_key = column.name in table.natural_key
    if column.name == "account" and is_key:  # no two rows of one key
        return f"instagram:kopi{number if 'until' in table.natural_key else number // 21}"
    if column.name in SAME and not (column.name == "model" and is_key):
        return SAME[column.name]
    if column.name == table.time:
        return _moment(column, day, 5)
    if column.name == table.natural_key[1] and column.type == "text":
        return f"{column.name}-{number}"
    if column.name in WORDS and column.type == "text":
        word = dice.choice(WORDS[column.name])
        return word or ("own" if is_key else None)
    if is_key and column.type == "text":
        return f"{column.name}-{number}"
    if dice.random() < GAPS and not is_key:
        return None
    if column.type == "text":
        return dice.choice("abcdefgh")
    if column.type in ("date", "moment"):
        return _moment(column, day + dice.randint(0, 3), dice.randint(0, 20))
    return _number(column, dice)


def _moment(column: Column, day: int, hour: int) -> Any:
    moment = datetime(2026, 10, 1) + timedelta(days=day - 1, hours=hour)
    return moment.date() if column.type == "date" else moment


def _number(column: Column, dice: random.Random) -> Any:
    if column.type == "bool":
        return dice.random() < 0.5
    if column.type == "int":
        return dice.choice([0, 1, 2, dice.randint(3, 5000)])
    value = round(dice.random() if column.kind == "average" else dice.expovariate(0.01), 4)
    return Decimal(str(value)) if column.type == "money" else value


def random_rows(table_key: str, count: int, *, seed: int) -> list[dict[str, Any]]:
    """Return rows of a table with different keys."""
    dice = random.Random(f"{table_key}{seed}")
    return [random_row(table_of(table_key), n, dice) for n in range(count)]


def write_random(
    lake: Lake, dice: random.Random, count: int, *, tables: Sequence[str], first: date, days: int,
    numbers: int = 10_000,
) -> Batch:  # fmt: skip
    """Write random rows of several brands and accounts, seen soon or late after.

    The fewer the numbers that name a row, the more rows are observed again.
    """
    facts: dict[str, list[dict[str, object]]] = {}
    for key in tables:
        table, keys = table_of(key), set()
        for _ in range(count):
            row = random_row(table, dice.randrange(numbers), dice)
            platform = dice.choice(["instagram", "tiktok", "x"])
            brand = dice.choice(["kopi", "teh", "susu"])
            # Two brands may watch one account; another account nobody shares.
            row |= {"brand": brand, "platform": platform,
                    "account": f"{platform}:{dice.choice(['shared', brand])}"}  # fmt: skip
            moment = datetime(first.year, first.month, first.day) + timedelta(
                minutes=dice.randrange(days * 1440)
            )
            assert table.time is not None
            row[table.time] = moment.date() if table.column(table.time).type == "date" else moment
            row["observed_at"] = moment + timedelta(days=dice.choice([0, 1, 3, 8, 20, 31]), hours=2)
            named = tuple(row[k] for k in table.natural_key)
            if named not in keys:
                keys.add(named)
                facts.setdefault(key, []).append(row)
    return lake.write({k: arrow_of(k, v) for k, v in facts.items()}, Origin(source="test"))
