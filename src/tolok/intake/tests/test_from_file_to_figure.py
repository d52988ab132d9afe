"""From the real files to figures of the catalogue, each against a plain computation over the file."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from statistics import median

import pyarrow as pa
import pytest

from tolok.base import Calendar, Period
from tolok.intake import Answers, ColumnRead, Mappings, SheetMapping, import_files
from tolok.intake.credits import attribute_brand
from tolok.intake.event_logs import import_order_log, import_touch_log
from tolok.intake.honest_share import share_sentiment
from tolok.intake.labels import label_brand
from tolok.intake.lifetimes import value_brand
from tolok.intake.relabels import list_to_check, relabel
from tolok.intake.subjects import name_subjects
from tolok.intake.threads import import_thread_log, summarise_threads
from tolok.intake.topics import propose_topics
from tolok.lake import Lake, LakeView, Origin
from tolok.metrics import Engine, Scope
from tolok.value import REVENUE_ONLY, Window, attribute, build_paths
from tolok.value.tests.real_data import touches_2018

from .real_data import shared

UTC = Calendar(0, 1, "UTC")
BRANDS = ("AAPL", "GOOG", "MSFT")
MONTH = Period.parse("2015-01")
MENTIONS = SheetMapping(
    "mentions", "interactions",
    (ColumnRead("mention_id", "interaction", "id"), ColumnRead("brand", "subject", "text"),
     ColumnRead("created_at", "at", "moment"), ColumnRead("author_hash", "author", "text"),
     ColumnRead("author_followers", "author_followers", "count"),
     ColumnRead("lang", "language", "text"), ColumnRead("text", "text", "text")),
    platform="x", account="x:ours", fixed={"kind": "mention", "direction": "in"},
)  # fmt: skip


def mentions() -> Iterator[dict[str, str]]:
    path = shared("brand_mentions/mentions_88_brands.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["created_at"].startswith("2015-01") and row["brand"] in (*BRANDS, "FB"):
                yield row


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Lake, list[dict[str, str]]]:
    rows = list(mentions())
    folder = tmp_path_factory.mktemp("mentions")
    path = folder / "mentions.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    mappings, lake = Mappings(folder / "mappings"), Lake(folder / "lake")
    mappings.save(MENTIONS)
    answers = Answers(timezone="UTC", accounts=("x:ours",))
    (taken,) = import_files([path], lake, "tech", answers, mappings=mappings)
    assert taken.verdict.state == "ready", taken.verdict.reason
    label_brand(lake, "tech", topics=propose_topics([r["text"] for r in rows], exclude=BRANDS))
    return lake, rows


def test_share_of_voice_sums_to_one_each_day_over_the_brands_watched(
    spoken: tuple[Lake, list[dict[str, str]]],
) -> None:
    lake, rows = spoken
    by_day = Counter((r["created_at"][:10], r["brand"]) for r in rows)
    sums: Counter[str] = Counter()
    for brand in BRANDS:
        rest = [b for b in BRANDS if b != brand]
        name_subjects(lake, "tech", own=[brand], competitors=rest, brand_set="three")
        engine = Engine(LakeView(lake), UTC, date(2015, 3, 1))
        for figure in engine.series("share_of_voice", MONTH, "day", Scope("tech")):
            day = figure.period.start.isoformat()
            whole = sum(by_day[day, b] for b in BRANDS)
            assert figure.value == pytest.approx(by_day[day, brand] / whole)
            sums[day] += figure.value or 0
        mentions = engine.figure("mentions", MONTH, Scope("tech"))
        assert mentions.value == sum(r["brand"] == brand for r in rows)
    assert len(sums) == 31
    assert all(total == pytest.approx(1) for total in sums.values())


def test_sentiment_of_mentions_has_an_interval_and_says_whether_it_is_corrected(
    spoken: tuple[Lake, list[dict[str, str]]],
) -> None:
    lake, _ = spoken
    name_subjects(lake, "tech", own=["AAPL"], competitors=["GOOG", "MSFT"], brand_set="three")
    engine = Engine(LakeView(lake), UTC, date(2015, 3, 1))
    figure = engine.figure("mention_positive_ratio", MONTH, Scope("tech"))
    plain = share_sentiment(LakeView(lake), "tech", period=MONTH, calendar=UTC, kinds=("mention",))
    assert plain.ratio is not None
    assert figure.value == pytest.approx(plain.ratio.value)
    assert (figure.low, figure.high) == pytest.approx((plain.ratio.low, plain.ratio.high))
    assert "Not corrected" in plain.say("en")
    parts = engine.figures(["mentions"], [MONTH], Scope("tech"), by=("sentiment", "topic"))
    assert sum(f.value or 0 for f in parts) == engine.figure("mentions", MONTH, Scope("tech")).value
    draw = list_to_check(LakeView(lake), "tech", 400, drawn="random")
    truth = {r["interaction"]: "neutral" if r["sentiment"] == "positive" else r["sentiment"]
             for r in draw.to_pylist()}  # fmt: skip
    relabel(lake, "tech", truth, person="bob", drawn="random")
    fixed = share_sentiment(LakeView(lake), "tech", period=MONTH, calendar=UTC, kinds=("mention",))
    # People who find no praise at all: the corrected share of praise must fall to nothing.
    assert fixed.is_corrected
    assert fixed.shares["positive"].value < 0.02 < plain.shares["positive"].value
    assert "Corrected by" in fixed.say("en")


def test_service_threads_become_comments_by_sentiment_and_conversations_with_clocks(
    tmp_path: Path,
) -> None:
    path = shared("customer_support_threads/twcs_first5300.csv")
    lake = Lake(tmp_path / "lake")
    import_thread_log(lake, "apple", path, platform="x", account="AppleSupport")
    label_brand(lake, "apple")
    assert summarise_threads(lake, "apple") > 50
    view = LakeView(lake)
    engine = Engine(view, UTC, date(2018, 1, 1))
    year, scope = Period.parse("2017"), Scope("apple")
    whole = engine.figure("received_interactions", year, scope).value
    parts = engine.figures(["received_interactions"], [year], scope, by=("sentiment",))
    assert whole == sum(f.value or 0 for f in parts)
    found = {f.group["sentiment"]: f.value or 0 for f in parts}
    ratio = engine.figure("positive_sentiment_ratio", year, scope)
    assert ratio.value == pytest.approx(found["positive"] / (found["positive"] + found["negative"]))
    assert ratio.low is not None
    assert ratio.high is not None
    assert ratio.low < ratio.value < ratio.high
    rows = view.table("conversations").to_pyarrow().to_pylist()
    waits = [
        (r["first_reply_at"] - r["started_at"]).total_seconds() / 60
        for r in rows
        if r["first_reply_at"]
    ]
    assert engine.figure("first_response_median", year, scope).value == pytest.approx(median(waits))


def test_attribution_of_the_2018_touches_reaches_roi_side_by_side(tmp_path: Path) -> None:
    path = shared("attribution/attribution_data.csv")
    lake = Lake(tmp_path / "lake")
    assert import_touch_log(lake, "toko", path, currency="USD").rows == {
        "touches": 62483,
        "conversions": 1838,
        "orders": 1838,
    }
    done = attribute_brand(lake, "toko", Window(30))
    assert (done.conversions + done.without, done.value["USD"]) == (1838, Decimal("11423.5"))
    cost = {"brand": ["toko"], "cost": ["1"], "day": [date(2018, 7, 2)], "amount": [Decimal(3000)],
            "currency": ["USD"], "observed_at": [datetime(2018, 8, 1)]}  # fmt: skip
    lake.write({"costs": pa.table(cost)}, Origin(source="test", brand="toko"))
    paths = build_paths(*touches_2018(), by="channel", window=Window(30))
    engine = Engine(LakeView(lake), UTC, date(2018, 8, 5))
    july, scope = Period.parse("2018-07"), Scope("toko")
    for model in ("last", "linear", "position", "markov", "shapley"):
        by = engine.figures([f"attributed_value_{model}"], [july], scope, by=("channel",))
        oracle = attribute(paths, model)
        for figure in by:
            worth = oracle.of(str(figure.group["channel"])).value
            assert worth is not None
            assert figure.value == pytest.approx(float(worth.amount), abs=0.02)
        assert sum(f.value or 0 for f in by) == pytest.approx(11423.5)
        roi = engine.figure(f"roi_{model}", july, scope)
        assert roi.value == pytest.approx((11423.5 - 3000) / 3000)
    price = engine.figure("cost_per_conversion", july, scope)
    assert (price.value, price.currency) == (pytest.approx(3000 / 1838), "USD")


def test_lifetime_value_of_cdnow_reaches_the_catalogue(tmp_path: Path) -> None:
    path = shared("cdnow/CDNOW_sample.txt")
    lake = Lake(tmp_path / "lake")
    assert import_order_log(lake, "cd", path, currency="USD").rows == {"orders": 6919}
    done = value_brand(
        lake, "cd", UTC, as_of=date(1997, 9, 30), margin=REVENUE_ONLY, horizon_days=273
    )
    assert (done.customers, done.repeaters, done.model) == (2357, 946, "bg_nbd+gamma_gamma")
    lines = [f.split() for f in path.read_text().splitlines()]
    past = sum(Decimal(f[-1]) for f in lines if f[2] <= "19970930")
    engine = Engine(LakeView(lake), UTC, date(1998, 8, 1))
    month, scope = Period.parse("1997-09"), Scope("cd")
    worth = engine.figure("expected_lifetime_value", month, scope)
    assert done.total is not None
    assert worth.currency == "USD"
    assert worth.value == pytest.approx(float(past + done.total[0]) / 2357, rel=1e-5)
    low, high = (
        float(sum(LakeView(lake).table("lifetime_values")[c].to_pyarrow().to_pylist()))
        for c in ("expected_low", "expected_high")
    )
    assert low < float(done.total[0]) < high
    again = engine.figure("customers", Period.parse("1997"), scope)
    assert again.value == 2357
