"""Made-up requests over the whole description: whatever comes, no answer is a fault of ours."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tolok.kpi import Kpi, Target, write_kpis
from tolok.web.accounts.facts import workspace_of
from tolok.web.accounts.models import Brand, User
from tolok.web.accounts.tokens import make_token
from tolok.web.api import guard
from tolok.web.share.links import make_link
from tolok.web.wsgi import application

CASES = int(os.environ.get("TOLOK_FUZZ_CASES", "100"))
KNOWN = {"brand": "kopi", "kpi": "pengikut", "metric": "followers"}


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Keep the test's own connection to the database open between requests, as Django's client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def fuzz(brand: Brand, user: User, cases: int) -> Counter[int]:
    """Send so many made-up requests with a token and real names; returns the answers by status."""
    cache.clear()
    path = workspace_of(brand).kpi_file(brand.slug)
    kpi = Kpi(key="pengikut", name="Pengikut", metric="followers", target=Target("ratio", 0.2),
              start=date(2026, 1, 1), due=date(2026, 12, 31))  # fmt: skip
    _token, secret = make_token(user, brand, name="fuzz", scopes=("read", "write", "plan"))
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    operations = [found.ok() for found in schema.get_all_operations()]
    seen: Counter[int] = Counter()

    @settings(
        max_examples=cases, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.data())
    def run(data: Any) -> None:
        operation = data.draw(st.sampled_from(operations))
        case = data.draw(operation.as_strategy())
        if data.draw(st.integers(0, 9)):  # mostly real names, else everything is 404
            for name in case.path_parameters or {}:
                case.path_parameters[name] = KNOWN.get(name, link.pk)
        write_kpis(path, [kpi])
        headers = {"Authorization": f"Bearer {secret}"}
        answer = case.call(headers=headers)
        seen[answer.status_code] += 1
        assert answer.status_code < 500, (case.as_curl_command(), answer.text[:500])

    write_kpis(path, [kpi])
    made = make_link(brand, user, kind="kpi", thing="pengikut", days=1)
    assert made is not None
    link = made[0]
    run()
    return seen


@pytest.mark.django_db
def test_no_made_up_request_breaks_anything(
    brand: Brand, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "PER_MINUTE", 10**9)
    seen = fuzz(brand, alice, CASES)
    assert sum(n for status, n in seen.items() if status < 300) > CASES // 20, seen


@pytest.mark.proof
@pytest.mark.django_db
def test_ten_thousand_made_up_requests_break_nothing(
    brand: Brand, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "PER_MINUTE", 10**9)
    seen = fuzz(brand, alice, 10_000)
    print(dict(sorted(seen.items())))  # noqa: T201 - the figure of the proof
    assert sum(seen.values()) >= 10_000
