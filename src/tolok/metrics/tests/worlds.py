"""Worlds of single users: who saw what is known person by person, so unique reach has a truth.

Each world is a brand of its own in one lake. Its accounts tell what platforms tell: reach per day
and post, now and then with days missing, columns silent, or a period's own total.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from tolok.base import Period
from tolok.lake import Lake, Origin

START = date(2026, 10, 1)
DAYS = 14
SPAN = Period(START, START + timedelta(days=DAYS), "range")
SEEN = datetime(2026, 11, 20, 3)
PLATFORMS = ("instagram", "tiktok", "facebook")
USERS = 90

Group = tuple[str, ...]
Rows = dict[str, list[dict[str, object]]]


@dataclass(frozen=True)
class World:
    """One brand: `by_day[account, day, user]` and `by_post[post, user]` say who saw it."""

    brand: str
    accounts: tuple[str, ...]
    by_day: np.ndarray
    by_post: np.ndarray
    post_account: np.ndarray
    post_day: np.ndarray

    def reached(self, period: Period, accounts: set[str] | None = None) -> int:
        """Return how many people saw anything of the accounts in the period."""
        first, last = (period.start - START).days, (period.end - START).days
        chosen = [i for i, a in enumerate(self.accounts) if accounts is None or a in accounts]
        return int(self.by_day[chosen, max(0, first) : last].any(axis=(0, 1)).sum())

    def reached_by_posts(self, period: Period, accounts: set[str] | None = None) -> int:
        """Return how many people saw a post that the accounts published in the period."""
        first, last = (period.start - START).days, (period.end - START).days
        inside = (self.post_day >= first) & (self.post_day < last)
        mine = [accounts is None or self.accounts[a] in accounts for a in self.post_account]
        return int(self.by_post[inside & np.array(mine, dtype=bool)].any(axis=0).sum())


def make_worlds(count: int, seed: int) -> Iterator[tuple[World, Rows]]:
    """Yield worlds with the rows their platforms give."""
    for number in range(count):
        random = np.random.default_rng([seed, number])
        world = _world(random, f"w{number:04}")
        yield world, _rows(random, world)


def _world(random: np.random.Generator, brand: str) -> World:
    accounts = int(random.integers(1, 4))
    posts = int(random.integers(1, 7))
    # Loyal people come back day after day, others pass once: overlap is anything from none to all.
    loyalty = random.beta(
        random.choice([0.1, 0.5, 3.0]), random.choice([0.5, 2.0, 8.0]), (accounts, 1, USERS)
    )
    fond = random.beta(0.4, 1.2, (1, USERS))
    return World(
        brand,
        tuple(f"{PLATFORMS[i]}:{brand}" for i in range(accounts)),
        random.random((accounts, DAYS, USERS)) < loyalty,
        random.random((posts, USERS)) < fond,
        random.integers(0, accounts, posts),
        random.integers(0, DAYS, posts),
    )


def _rows(random: np.random.Generator, world: World) -> Rows:
    found: Rows = {"account_days": [], "account_periods": [], "posts": []}
    lost_days = random.random() < 0.35
    for index, account in enumerate(world.accounts):
        silent = random.random() < 0.12  # never tells reach
        only_totals = random.random() < 0.08  # tells totals and no days at all
        for day in range(DAYS):
            if only_totals or (lost_days and random.random() < 0.2):
                continue
            people = (
                None
                if silent or (lost_days and random.random() < 0.1)
                else int(world.by_day[index, day].sum())
            )
            found["account_days"].append(
                _row(world, account, day=START + timedelta(days=day), reach=people, views=day + 1)
            )
        found["account_periods"] += _totals(random, world, account, always=only_totals)
    hushed = random.random() < 0.2
    for post, seen in enumerate(world.by_post):
        moment = datetime(START.year, START.month, START.day, 5) + timedelta(
            days=int(world.post_day[post])
        )
        people = None if hushed and random.random() < 0.4 else int(seen.sum())
        account = world.accounts[world.post_account[post]]
        found["posts"].append(
            _row(
                world, account, post=f"{account}:{post}", published_at=moment, reach=people, likes=1
            )
        )
    return found


def _totals(
    random: np.random.Generator, world: World, account: str, *, always: bool
) -> Iterator[dict[str, object]]:
    if always or random.random() < 0.3:
        yield _total(world, account, SPAN)
    if random.random() < 0.2:  # a total of other days must not stand in for the one asked
        yield _total(world, account, Period(START, START + timedelta(days=7), "range"))


def _total(world: World, account: str, period: Period) -> dict[str, object]:
    return _row(
        world, account, start=period.start, until=period.end, reach=world.reached(period, {account})
    )


def _row(world: World, account: str, **more: object) -> dict[str, object]:
    return {
        "brand": world.brand, "account": account, "platform": account.split(":")[0],
        "observed_at": SEEN, **more,
    }  # fmt: skip


def write_worlds(folder: Path, count: int, seed: int) -> tuple[Lake, dict[str, World]]:
    """Return a lake with that many worlds, and the worlds by brand."""
    facts: Rows = {}
    worlds: dict[str, World] = {}
    for world, rows in make_worlds(count, seed):
        worlds[world.brand] = world
        for table, added in rows.items():
            facts.setdefault(table, []).extend(added)
    lake = Lake(folder)
    lake.write({k: pa.Table.from_pylist(v) for k, v in facts.items()}, Origin(source="test"))
    return lake, worlds
