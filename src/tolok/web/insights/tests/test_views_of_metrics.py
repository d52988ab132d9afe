"""Saved views of a metric's page; the catalogue and the files behind a figure as files to keep."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tolok.metrics import load_metrics
from tolok.web.accounts.models import Brand, User
from tolok.web.insights.models import View

pytestmark = pytest.mark.django_db
PAGE = "/b/kopi/insights/metric/views/"
CARD = "/b/kopi/insights/"


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_metric_keeps_views_of_its_own(bob: Client, days: Brand) -> None:
    told = {"name": "TikTok", "metric": "views",
            "query": "period=last-month&platform=tiktok&by=account&columns=x&evil=1"}  # fmt: skip
    answer = bob.post(f"{CARD}views/", told)
    view = View.objects.get()
    assert (view.metric, view.query) == ("views", "period=last-month&platform=tiktok&by=account")
    assert answer["Location"] == f"{PAGE}?{view.query}&view={view.pk}"
    page = bob.get(answer["Location"]).content.decode()
    assert f'{view.query.replace("&", "&amp;")}&amp;view={view.pk}" aria-current="true"' in page
    assert "TikTok</" in page or "TikTok<small" in page
    assert "TikTok<small" not in bob.get(f"{CARD}?period=2026-10").content.decode()
    assert "TikTok<small" not in bob.get(f"{CARD}metric/followers/").content.decode()


def test_a_view_of_a_metric_never_opens_the_scorecard(bob: Client, days: Brand) -> None:
    bob.post(f"{CARD}views/", {"name": "Ours", "metric": "views", "query": "", "is_first": "1"})
    bob.post(f"{CARD}views/", {"name": "Ours", "query": "by=area"})
    assert View.objects.filter(name="Ours").count() == 2, "each page has its own names"
    assert bob.get(CARD).status_code == 200
    mine = View.objects.get(metric="views")
    assert bob.post(f"{CARD}views/{mine.pk}/first/").status_code == 404
    assert bob.post(f"{CARD}views/{mine.pk}/drop/")["Location"] == PAGE
    bob.post(f"{CARD}views/", {"name": "None", "metric": "nonsense", "query": ""})
    assert not View.objects.filter(name="None").exists()


def test_the_catalogue_is_taken_along_as_it_is_searched(bob: Client, days: Brand) -> None:
    assert "metrics.csv" in bob.get(f"{CARD}metrics/").content.decode()
    every = read(bob.get(f"{CARD}metrics.csv").content)
    assert {row["Key"] for row in every} == set(load_metrics())
    some = read(bob.get(f"{CARD}metrics.csv?q=followers").content)
    assert 0 < len(some) < len(every)
    assert bob.get(f"{CARD}metrics.xlsx").content.startswith(b"PK")
    assert bob.get(f"{CARD}metrics.exe").status_code == 404


def test_the_files_behind_a_figure_are_taken_along(bob: Client, days: Brand) -> None:
    page = bob.get(f"{PAGE}?period=2026-10").content.decode()
    assert f"{PAGE}files.csv?" in page
    rows = read(bob.get(f"{PAGE}files.csv?period=2026-10").content)
    assert [(row["File"], row["Rows"]) for row in rows] == [("Overview.csv", "31")]


def test_who_may_not_export_is_offered_nothing(
    days: Brand, hire: Callable[..., User], sign_in: Any
) -> None:
    viewer = sign_in(hire("viewer"))
    assert "metrics.csv" not in viewer.get(f"{CARD}metrics/").content.decode()
    assert "files.csv" not in viewer.get(f"{PAGE}?period=2026-10").content.decode()
    assert viewer.get(f"{CARD}metrics.csv").status_code == 403


def test_an_indonesian_picker_of_a_metric_holds_no_english(
    bob: Client, days: Brand, find_english: Callable[[str], list[str]]
) -> None:
    User.objects.update(language="id")
    bob.post(f"{CARD}views/", {"name": "Senin", "metric": "views", "query": "period=2026-10"})
    for path in (f"{PAGE}?period=2026-10", f"{CARD}metrics/?q=suara"):
        assert find_english(bob.get(path).content.decode()) == [], path
    heads = bob.get(f"{CARD}metrics.csv").content.decode("utf-8-sig").splitlines()[0]
    assert heads.startswith("Kunci,Metrik,Tahap")
