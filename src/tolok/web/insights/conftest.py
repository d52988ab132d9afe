"""A strategist and fourteen months of facts that can be added by hand, for the tests of figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest
from django.test import Client

from tolok.lake import Origin
from tolok.web.accounts.facts import lake_of
from tolok.web.accounts.models import Brand, User

SEEN = datetime(2026, 11, 4)
FIRST, LAST = date(2025, 9, 1), date(2026, 10, 31)


@pytest.fixture
def bob(hire: Callable[..., User], sign_in: Any) -> Client:
    """A strategist of the brand, signed in."""
    return sign_in(hire("strategist"))


@pytest.fixture
def days(brand: Brand, monkeypatch: pytest.MonkeyPatch) -> Brand:
    """Fourteen months of views: about a hundred a day, none in March, three times that in October."""
    monkeypatch.setenv("TOLOK_TODAY", "2026-11-05")
    span = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    span = [d for d in span if d.month != 3]
    views = [(300 if d >= date(2026, 10, 1) else 100) + d.day % 5 for d in span]
    count = len(span)
    lake_of(brand).write(
        {"account_days": pa.table({
            "brand": [brand.slug] * count, "account": ["tiktok:kopi"] * count, "day": span,
            "platform": ["tiktok"] * count, "views": views,
            "observed_at": pa.array([datetime(2026, 11, 4)] * count, pa.timestamp("us")),
        })}, Origin("tiktok.overview", brand=brand.slug, file_name="Overview.csv"),
    )  # fmt: skip
    return brand


@pytest.fixture
def market(days: Brand) -> Brand:
    """Ours has 500 followers, two competitors 900 and 300; of ten mentions six are of ours."""
    span = [date(2026, 9, 30) + timedelta(days=n) for n in range(32)]
    count = len(span)
    accounts = {"tiktok:kopi": 500, "tiktok:kenangan": 900, "tiktok:janji": 300}
    moment = pa.timestamp("us")
    lake = lake_of(days)
    lake.write({"accounts": pa.table({
        "brand": ["kopi"] * 3, "account": list(accounts), "platform": ["tiktok"] * 3,
        "relation": ["own", "competitor", "competitor"],
        "observed_at": pa.array([SEEN] * 3, moment)})}, Origin("accounts", brand="kopi"))  # fmt: skip
    for account, followers in accounts.items():
        lake.write({"account_days": pa.table({
            "brand": ["kopi"] * count, "account": [account] * count, "day": span,
            "platform": ["tiktok"] * count, "followers": [followers] * count,
            "observed_at": pa.array([SEEN] * count, moment)})},
            Origin("tiktok.overview", brand="kopi", file_name=account))  # fmt: skip
    subjects = ["kopi"] * 6 + ["kenangan"] * 4
    lake.write({"interactions": pa.table({
        "brand": ["kopi"] * 10, "interaction": [f"m{n}" for n in range(10)],
        "platform": ["x"] * 10, "kind": ["mention"] * 10, "direction": ["in"] * 10,
        "at": pa.array([datetime(2026, 10, 5, n) for n in range(10)], moment), "subject": subjects,
        "subject_relation": ["own"] * 6 + ["competitor"] * 4,
        "observed_at": pa.array([SEEN] * 10, moment)})}, Origin("mentions", brand="kopi"))  # fmt: skip
    return days
