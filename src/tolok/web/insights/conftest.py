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
