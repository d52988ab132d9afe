"""A made-up lake of any size: brands with days, posts, their daily gains, adverts, visits, messages.

`python benchmarks/engine_lake.py FOLDER --readings 1000000` builds one, a batch per month.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Calendar
from tolok.lake import Lake, Origin

PLATFORMS = ("instagram", "tiktok", "facebook")
KINDS = ("image", "reel", "video", "carousel")
LAST = date(2026, 11, 1)  # the day after the last whole month
TODAY = date(2026, 11, 22)
Random = np.random.Generator
Columns = dict[str, object]


@dataclass(frozen=True)
class Size:
    """How large the lake is; `readings` are rows of post_days over all months."""

    readings: int = 1_000_000
    brands: int = 200
    months: int = 24

    @property
    def posts(self) -> int:
        """Posts per brand and month, each read on 30 days."""
        return max(2, round(self.readings / self.months / self.brands / 30))

    @property
    def messages(self) -> int:
        """Interactions per month: one for five readings."""
        return max(self.brands, self.readings // 5 // self.months)


def months_of(size: Size) -> list[date]:
    """Return the first days of the months of the lake."""
    calendar, found = Calendar(), [LAST]
    for _ in range(size.months):
        found.append(calendar.period_of(found[-1] - timedelta(days=1), "month").start)
    return found[:0:-1]


def build_lake(folder: Path, size: Size, *, is_told: bool = False) -> Lake:
    """Return a lake of the size; months that the folder lacks are written, one batch each."""
    lake = Lake(folder)
    done = {f.month for f in lake.catalogue.current_files("conversations")}  # its last table
    for number, first in enumerate(months_of(size)):
        if f"{first:%Y-%m}" in done:
            continue
        began = time.perf_counter(), time.process_time()
        facts = dict(month_facts(np.random.default_rng([7, number]), first, size))
        lake.write(facts, Origin(source="made-up"))
        if is_told:
            rows = sum(t.num_rows for t in facts.values())
            wall, cpu = time.perf_counter() - began[0], time.process_time() - began[1]
            print(f"{first:%Y-%m}: {rows:,} rows in {cpu:.1f} CPU s ({wall:.0f} s)", flush=True)
    return lake


def month_facts(random: Random, first: date, size: Size) -> Iterator[tuple[str, pa.Table]]:
    """Yield the tables of one month."""
    days = (Calendar().period_of(first, "month").end - first).days
    yield "account_days", _account_days(random, first, days, size)
    posts = _posts(random, first, days, size)
    yield "posts", posts
    yield "post_days", _post_days(random, posts, first, days)
    yield "ad_results", _ads(random, first, days, size)
    yield "site_traffic", _traffic(random, first, days, size)
    yield "interactions", _messages(random, first, days, size)
    yield "conversations", _conversations(random, first, days, size)


def one_day(random: Random, day: date, size: Size) -> dict[str, pa.Table]:
    """Return what one more day brings: account days, gains of the month's posts, messages."""
    one = Size(size.readings // 30, size.brands, size.months)
    posts = _posts(random, day, 1, one)
    gains = _post_days(random, posts, day, 1)
    return {"account_days": _account_days(random, day, 1, size), "posts": posts, "post_days": gains,
            "interactions": _messages(random, day, 1, one),
            "conversations": _conversations(random, day, 1, one)}  # fmt: skip


def _names(prefix: str, numbers: np.ndarray) -> pa.Array:
    return pc.binary_join_element_wise(prefix, pa.array(numbers).cast(pa.string()), "")


def _pick(words: tuple[str | None, ...], places: np.ndarray) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(places.astype(np.int32)), pa.array(words)).cast(
        pa.string()
    )


def _whose(size: Size, brand: np.ndarray, platform: np.ndarray) -> Columns:
    brands = tuple(f"brand{b:03}" for b in range(size.brands))
    accounts = tuple(f"{p}:{b}" for b in brands for p in PLATFORMS)
    return {"brand": _pick(brands, brand), "account": _pick(accounts, brand * 3 + platform),
            "platform": _pick(PLATFORMS, platform)}  # fmt: skip


def _day(first: date, offset: np.ndarray) -> pa.Array:
    start = (first - date(1970, 1, 1)).days
    return pa.array((offset + start).astype(np.int32)).cast(pa.date32())


def _moment(first: date, minutes: np.ndarray) -> pa.Array:
    start = (first - date(1970, 1, 1)).days * 86_400_000_000
    return pa.array(minutes.astype(np.int64) * 60_000_000 + start).cast(pa.timestamp("us"))


def _seen(first: date, days: int, rows: int) -> pa.Array:
    moment = datetime(first.year, first.month, first.day) + timedelta(days=days, hours=3)
    return pa.repeat(pa.scalar(moment, pa.timestamp("us")), rows)


def _account_days(random: Random, first: date, days: int, size: Size) -> pa.Table:
    count = size.brands * 3 * days
    which = np.repeat(np.arange(size.brands * 3), days)
    day = np.tile(np.arange(days), size.brands * 3)
    views = random.poisson(2000, count)
    return pa.table({
        **_whose(size, which // 3, which % 3), "day": _day(first, day), "views": views,
        "impressions": views * 2, "reach": (views * 0.6).astype(int),
        "followers": 10_000 + which * 13 + day, "followers_net": random.integers(-5, 20, count),
        "followers_gained": random.integers(0, 20, count), "interactions": random.poisson(90, count),
        "link_clicks": random.poisson(12, count), "profile_visits": random.poisson(30, count),
        "observed_at": _seen(first, days, count)})  # fmt: skip


def _posts(random: Random, first: date, days: int, size: Size) -> pa.Table:
    count = size.brands * size.posts
    brand = np.repeat(np.arange(size.brands), size.posts)
    number = (first - date(2020, 1, 1)).days * 10_000_000 + np.arange(count)
    reach = random.lognormal(6, 1.2, count).astype(int) + 1
    likes = random.poisson(reach * 0.05)
    return pa.table({
        **_whose(size, brand, random.integers(0, 3, count)), "post": _names("p", number),
        "published_at": _moment(first, random.integers(0, days * 1440, count)),
        "kind": _pick(KINDS, random.integers(0, 4, count)), "reach": reach,
        "views": (reach * 1.4).astype(int), "impressions": (reach * 1.7).astype(int),
        "likes": likes, "comments": likes // 9, "shares": likes // 20, "saves": likes // 12,
        "link_clicks": likes // 5, "follows": likes // 40, "video_views": reach // 2,
        "observed_at": _seen(first, days, count)})  # fmt: skip


def _post_days(random: Random, posts: pa.Table, first: date, days: int) -> pa.Table:
    per_post = min(30, days)
    place = np.repeat(np.arange(posts.num_rows), per_post)
    count = len(place)
    views = random.poisson(40, count)
    taken = posts.select(["brand", "account", "platform", "post"]).take(pa.array(place))
    return pa.table({
        **{n: taken[n] for n in taken.column_names},
        "day": _day(first, np.tile(np.arange(per_post), posts.num_rows)), "views": views,
        "impressions": views + 3, "interactions": views // 9, "reactions": views // 12,
        "likes": views // 13, "comments": views // 30, "shares": views // 60, "saves": views // 50,
        "link_clicks": views // 25, "reach": views - views // 4, "watch_seconds": views * 7.5,
        "observed_at": _seen(first, days, count)})  # fmt: skip


def _ads(random: Random, first: date, days: int, size: Size) -> pa.Table:
    ads = 4
    which = np.repeat(np.arange(size.brands * ads), days)
    day, count = np.tile(np.arange(days), size.brands * ads), len(which)
    spend = pa.array(random.integers(10_000, 90_000, count, dtype=np.int32)).cast(
        pa.decimal128(20, 4)
    )
    return pa.table({
        **_whose(size, which // ads, np.zeros(count, dtype=int)), "level": _pick(("ad",), which * 0),
        "item": _names("ad", which), "start": _day(first, day), "until": _day(first, day + 1),
        "attribution": _pick(("",), which * 0), "breakdown": _pick(("",), which * 0),
        "segment": _pick(("",), which * 0), "campaign": _names("c", which // 2),
        "objective": _pick(("reach", "sales"), which % 2), "currency": _pick(("IDR",), which * 0),
        "spend": spend, "impressions": random.poisson(3000, count), "reach": random.poisson(2000, count),
        "clicks": random.poisson(60, count), "link_clicks": random.poisson(40, count),
        "results": random.poisson(5, count).astype(float), "conversions": random.poisson(3, count).astype(float),
        "conversion_value": spend, "observed_at": _seen(first, days, count)})  # fmt: skip


def _traffic(random: Random, first: date, days: int, size: Size) -> pa.Table:
    which = np.repeat(np.arange(size.brands), days)
    day, count = np.tile(np.arange(days), size.brands), len(which)
    sessions = random.poisson(300, count)
    return pa.table({
        **_whose(size, which, np.zeros(count, dtype=int)), "start": _day(first, day),
        "until": _day(first, day + 1), "dimension": _pick(("",), which * 0),
        "segment": _pick(("",), which * 0), "sessions": sessions, "users": sessions // 2,
        "engaged_sessions": sessions // 3, "key_events": sessions / 50,
        "observed_at": _seen(first, days, count)})  # fmt: skip


def _messages(random: Random, first: date, days: int, size: Size) -> pa.Table:
    count = size.messages
    brand = random.integers(0, size.brands, count)
    number = (first - date(2020, 1, 1)).days * 10_000_000 + np.arange(count)
    return pa.table({
        **_whose(size, brand, random.integers(0, 3, count)), "interaction": _names("i", number),
        "at": _moment(first, random.integers(0, days * 1440, count)),
        "kind": _pick(("comment", "mention", "message", "review"), random.integers(0, 4, count)),
        "direction": _pick(("in", "out"), (random.random(count) < 0.3).astype(int)),
        "conversation": _names("t", number // 4), "author": _names("u", random.integers(0, 99_999, count)),
        "sentiment": _pick(("positive", "neutral", "negative"), random.integers(0, 3, count)),
        "sentiment_confidence": random.random(count), "subject": _pick(tuple(f"brand{b:03}" for b in range(size.brands)), brand),
        "observed_at": _seen(first, days, count)})  # fmt: skip


def _conversations(random: Random, first: date, days: int, size: Size) -> pa.Table:
    count = max(size.brands, size.messages // 4)
    brand = random.integers(0, size.brands, count)
    number = (first - date(2020, 1, 1)).days * 10_000_000 + np.arange(count)
    begun = random.integers(0, days * 1440, count)
    wait = random.lognormal(3, 1.3, count).round() + 1
    return pa.table({
        **_whose(size, brand, random.integers(0, 3, count)), "conversation": _names("t", number),
        "kind": _pick(("comment", "message"), random.integers(0, 2, count)),
        "started_at": _moment(first, begun), "first_reply_at": _moment(first, begun + wait),
        "resolved_at": _moment(first, begun + wait * 3), "needs_answer": random.random(count) < 0.8,
        "messages_in": random.integers(1, 5, count), "messages_out": random.integers(1, 5, count),
        "sla_minutes": np.full(count, 60.0), "answer_minutes": wait, "answer_minutes_business": wait / 2,
        "last_answer_minutes": wait, "resolve_minutes": wait * 3, "waited_minutes": wait,
        "observed_at": _seen(first, days, count)})  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--readings", type=int, default=1_000_000)
    parser.add_argument("--brands", type=int, default=200)
    parser.add_argument("--months", type=int, default=24)
    given = parser.parse_args()
    build_lake(given.folder, Size(given.readings, given.brands, given.months), is_told=True)
