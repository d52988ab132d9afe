"""The scorecard by area, stage and campaign, exceptions first; its columns, filters and views."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pytest
from django.test import Client

from tolok.kpi import Kpi, area_of_kpi, read_target, write_kpis
from tolok.lake import Origin
from tolok.metrics import AREA_NAMES, areas_of_metric, load_metrics
from tolok.web.accounts.facts import engine_of, lake_of, workspace_of
from tolok.web.accounts.models import Brand, User
from tolok.web.insights.models import FirstView, View
from tolok.web.insights.views import clean_query

pytestmark = pytest.mark.django_db
CARD = "/b/kopi/insights/"


def page_of(client: Client, query: str = "") -> str:
    answer = client.get(CARD + query, follow=True)
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def promise(days: Brand) -> Kpi:
    """A KPI that is far off its track, of the area of growth."""
    kpi = Kpi(key="views", name="Tayangan", metric="views", target=read_target(90_000), area="K8.1",
              platforms=("tiktok",), start=date(2026, 9, 1), due=date(2026, 12, 31))  # fmt: skip
    write_kpis(workspace_of(days).kpi_file("kopi"), [kpi])
    return kpi


def test_areas_hold_their_kpis_and_figures_and_the_gravest_comes_first(
    bob: Client, days: Brand, promise: Kpi
) -> None:
    page = page_of(bob, "?period=2026-10&by=area")
    names = re.findall(r'id="section-(\w+)"', page)
    assert names[0] == "K8", "the area whose KPI is off its track comes first"
    assert page.count("Tayangan</a></h3>") == 1, "a KPI stands with its area, not above all"
    first = page[page.index('id="section-K8"') : page.index(f'id="section-{names[1]}"')]
    assert "of what should be done by now" in first


def test_stages_hold_the_metrics_of_the_catalogue(bob: Client, days: Brand) -> None:
    page = page_of(bob, "?period=2026-10&by=stage")
    stage = load_metrics()["views"].stage
    section = page[page.index(f'id="section-{stage}"') :]
    assert "metric/views/?period=2026-10" in section
    assert "Signal: up" in section


def test_a_campaign_has_its_own_figures_and_leads_to_them_narrowed(
    bob: Client, days: Brand
) -> None:
    seen = pa.array([datetime(2026, 11, 4)] * 2, pa.timestamp("us"))
    lake_of(days).write(
        {"ad_results": pa.table({
            "brand": ["kopi"] * 2, "platform": ["meta"] * 2, "account": ["meta:1"] * 2,
            "level": ["campaign"] * 2, "item": ["c1", "c2"], "campaign": ["Ramadan & co", "Promo"],
            "start": [date(2026, 10, 1)] * 2, "until": [date(2026, 11, 1)] * 2,
            "attribution": [""] * 2, "breakdown": [""] * 2, "segment": [""] * 2,
            "impressions": [1000, 3000], "link_clicks": [10, 60], "observed_at": seen,
        })}, Origin("meta.ads", brand="kopi"),
    )  # fmt: skip
    page = page_of(bob, "?period=2026-10&by=campaign")
    assert "Ramadan &amp; co</h2>" in page
    assert "campaign=Ramadan+%26+co" in page
    promo = page[page.index("Promo</h2>") :]
    assert "3,000" in promo[:3000]
    sent = bob.get(f"{CARD}scorecard.csv?period=2026-10&by=campaign")
    assert sent["Content-Disposition"].endswith('kopi-scorecard-by-campaign-2026-10.csv"')
    assert re.search("^Promo,[^,]+,3000", sent.content.decode("utf-8-sig"), re.MULTILINE)


def test_without_campaigns_the_page_says_how_they_come(bob: Client, days: Brand) -> None:
    assert "No campaign has a figure in this period" in page_of(bob, "?period=2026-10&by=campaign")


def test_figures_stand_beside_their_targets(bob: Client, days: Brand, promise: Kpi) -> None:
    page = page_of(bob, "?period=2026-10&against=target")
    table = page[page.index('id="section-tiktok"') :]
    assert "90K" in table or "90,000" in table
    assert "Off track" in table
    assert "no KPI" not in page_of(bob, "?period=2026-10")
    metric = page_of(bob, "metric/views/?period=2026-10&platform=tiktok&against=target")
    assert "against September 2026." in metric, "a change is never against the target"


def test_columns_and_filters_are_those_asked_for(bob: Client, days: Brand) -> None:
    usual = page_of(bob, "?period=2026-10")
    assert "13 periods" in usual
    lean = page_of(bob, "?period=2026-10&columns=none&columns=expected")
    assert "13 periods" not in lean
    assert "To be expected</th>" in lean
    assert "Signal: up" in page_of(bob, "?period=2026-10&only=signals")
    quiet = page_of(bob, "?period=2026-09&only=signals")
    assert "A quiet period is an answer too" in quiet
    assert 'id="section-tiktok"' not in page_of(bob, "?period=2026-10&platform=instagram")


@pytest.mark.parametrize("preset", ["last-7-days", "this-week", "this-half", "last-fiscal-year"])
def test_every_preset_is_offered_and_opens(bob: Client, days: Brand, preset: str) -> None:
    assert f"period={preset}" in page_of(bob, "?period=2026-10")
    assert bob.get(f"{CARD}?period={preset}").status_code == 200


def test_a_view_keeps_its_words_so_that_it_moves_with_time(
    bob: Client, days: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(bob, "?period=last-month&by=stage&only=signals")
    query = re.search(r'name="query" value="([^"]*)"', page)
    assert query is not None
    told = query[1].replace("&amp;", "&")
    bob.post(f"{CARD}views/", {"name": "Senin", "query": told, "is_first": "1"})
    answer = bob.get(CARD)
    assert "period=last-month" in answer["Location"]
    assert "October 2026 go" in page_of(bob)
    monkeypatch.setenv("TOLOK_TODAY", "2026-12-05")
    assert "November 2026 go" in page_of(bob)


def test_a_private_view_is_seen_by_its_maker_alone_and_a_shared_one_by_the_brand(
    bob: Client, days: Brand, hire: Callable[..., User], sign_in: Any
) -> None:
    viewer = sign_in(hire("viewer", email="boss@example.com"))
    bob.post(f"{CARD}views/", {"name": "Mine alone", "query": "by=area"})
    bob.post(f"{CARD}views/", {"name": "For us <b>", "query": "by=stage", "is_shared": "1"})
    assert "Mine alone" in page_of(bob)
    seen = page_of(viewer)
    assert "Mine alone" not in seen
    assert "For us &lt;b&gt;" in seen
    mine = View.objects.get(name="Mine alone")
    ours = View.objects.get(is_shared=True)
    assert viewer.post(f"{CARD}views/{mine.pk}/first/").status_code == 404
    assert viewer.post(f"{CARD}views/{ours.pk}/drop/").status_code == 404
    assert viewer.post(f"{CARD}views/{ours.pk}/first/").status_code == 302
    assert "by=stage" in viewer.get(CARD)["Location"]
    viewer.post(f"{CARD}views/", {"name": "By a viewer", "query": "", "is_shared": "1"})
    assert not View.objects.get(name="By a viewer").is_shared, "a viewer shares nothing"
    ours.is_shared = False
    ours.save()
    assert viewer.get(CARD).status_code == 200, "a view no longer shared opens for nobody else"
    assert bob.post(f"{CARD}views/{ours.pk}/drop/").status_code == 302
    assert not FirstView.objects.filter(view=ours.pk).exists()


def test_the_command_bar_finds_views_by_name(bob: Client, days: Brand) -> None:
    bob.post(f"{CARD}views/", {"name": "Rapat Senin", "query": "by=area"})
    found = bob.get("/b/kopi/commands.json?q=rapat").json()["commands"]
    assert [c["label"] for c in found] == ["Rapat Senin"]
    assert "by=area" in found[0]["href"]


def test_a_view_keeps_nothing_but_what_the_page_knows() -> None:
    assert clean_query("by=area&next=https://evil.example&period=2026-10&view=7") == (
        "by=area&period=2026-10"
    )


def test_every_area_serves_metrics_and_every_kpi_has_an_area(days: Brand) -> None:
    engine_of(days)
    served = {area for metric in load_metrics().values() for area in areas_of_metric(metric)}
    assert served == set(AREA_NAMES)
    assert area_of_kpi(Kpi(key="k", name="n", metric="views", area="K3.1")) == "K3"
    assert area_of_kpi(Kpi(key="k", name="n", metric="views", area="Toko")) == "Toko"
    assert area_of_kpi(Kpi(key="k", name="n", metric="followers_net")) in AREA_NAMES
