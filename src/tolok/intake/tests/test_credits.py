"""Credits of every model stand per conversion, add up to the last unit, and reach the catalogue."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from tolok.base import Calendar, Period, UserError
from tolok.intake.credits import DEFAULT_MODELS, attribute_brand
from tolok.intake.event_logs import import_touch_log
from tolok.lake import Lake, LakeView, Origin
from tolok.metrics import Engine, Scope
from tolok.value import Window

MARCH = Period.parse("2026-03")
NOON = datetime(2026, 3, 10, 5)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def write(lake: Lake, table: str, rows: list[dict[str, object]]) -> None:
    names = ["brand", "observed_at", *dict.fromkeys(n for r in rows for n in r)]
    told = [{"brand": "kopi", "observed_at": NOON, **r} for r in rows]
    columns = {n: [r.get(n) for r in told] for n in names}
    lake.write({table: pa.table(columns)}, Origin(source="test", brand="kopi"))


def touch(name: str, customer: str, day: int, channel: str, **more: object) -> dict[str, object]:
    return {"touch": name, "customer": customer, "at": NOON - timedelta(days=day),
            "channel": channel, "kind": "click", **more}  # fmt: skip


def bought(name: str, customer: str | None, value: str, **more: object) -> dict[str, object]:
    return {"conversion": name, "customer": customer, "at": NOON, "kind": "purchase",
            "value": Decimal(value), "currency": "IDR", **more}  # fmt: skip


def small_brand(lake: Lake) -> None:
    write(lake, "touches", [
        touch("t1", "ana", 9, "instagram", campaign="ramadan", post="instagram:1"),
        touch("t2", "ana", 5, "search"),
        touch("t3", "ana", 1, "instagram", campaign="lebaran", post="instagram:2"),
        touch("t4", "budi", 2, "tiktok", partnership="p1"),
        touch("t5", "citra", 3, "search"),
        touch("t6", "dewi", 60, "search"),
    ])  # fmt: skip
    write(lake, "conversions", [
        bought("c1", "ana", "100000"), bought("c2", "budi", "50000.5"), bought("c3", "dewi", "70000"),
        bought("c4", None, "30000", channel="code", partnership="p1"),
    ])  # fmt: skip


def credits_of(lake: Lake, model: str) -> list[dict[str, object]]:
    rows = LakeView(lake).table("credits").filter(lambda t: t.model == model)
    return rows.order_by(["conversion", "item"]).to_pyarrow().to_pylist()


def test_a_small_brand_s_credits_are_those_reckoned_by_hand(lake: Lake) -> None:
    small_brand(lake)
    done = attribute_brand(lake, "kopi", Window(30))
    assert (done.conversions, done.without) == (3, 1)
    assert (done.value["IDR"], done.value_without["IDR"]) == (Decimal("180000.5"), Decimal(70000))
    last = {(r["conversion"], r["item"]): r["value"] for r in credits_of(lake, "last")}
    assert last == {("c1", "t3"): Decimal(100000), ("c2", "t4"): Decimal("50000.5"),
                    ("c4", "conversion:c4"): Decimal(30000)}  # fmt: skip
    linear = {r["item"]: r["value"] for r in credits_of(lake, "linear") if r["conversion"] == "c1"}
    assert linear == {
        "t1": Decimal("33333.3333"),
        "t2": Decimal("33333.3334"),
        "t3": Decimal("33333.3333"),
    }
    position = {
        r["item"]: r["share"] for r in credits_of(lake, "position") if r["conversion"] == "c1"
    }
    assert position == pytest.approx({"t1": 0.4, "t2": 0.2, "t3": 0.4})
    shapley = {
        r["item"]: r["share"] for r in credits_of(lake, "shapley") if r["conversion"] == "c1"
    }
    assert shapley == pytest.approx({"t1": 0.25, "t2": 0.5, "t3": 0.25})


def test_each_conversion_s_shares_and_values_add_up_in_every_model(lake: Lake) -> None:
    small_brand(lake)
    attribute_brand(lake, "kopi", Window(30))
    whole = {"c1": Decimal(100000), "c2": Decimal("50000.5"), "c4": Decimal(30000)}
    for model in DEFAULT_MODELS:
        rows = credits_of(lake, model)
        for name, value in whole.items():
            mine = [r for r in rows if r["conversion"] == name]
            assert sum(r["share"] for r in mine) == pytest.approx(1)  # type: ignore[misc]
            assert sum(r["value"] for r in mine) == value  # type: ignore[misc]


def test_roi_roas_and_cost_per_conversion_read_the_credits_by_model_and_campaign(
    lake: Lake,
) -> None:
    small_brand(lake)
    attribute_brand(lake, "kopi", Window(30))
    day = date(2026, 3, 5)
    write(lake, "costs", [
        {"cost": "1", "day": day, "campaign": "lebaran", "amount": Decimal(40000), "currency": "IDR"},
        {"cost": "2", "day": day, "partnership": "p1", "amount": Decimal(20000), "currency": "IDR", "kind": "fee"},
    ])  # fmt: skip
    engine = Engine(LakeView(lake), Calendar(0, 1, "Asia/Jakarta"), date(2026, 4, 1))
    scope = Scope("kopi")
    for model in ("last", "linear", "position", "markov", "shapley"):
        assert engine.figure(f"roi_{model}", MARCH, scope).value == pytest.approx(
            (180000.5 - 60000) / 60000
        )
        assert engine.figure(f"roas_{model}", MARCH, scope).value == pytest.approx(180000.5 / 60000)
    by = {
        f.group["campaign"]: f
        for f in engine.figures(["roi_last"], [MARCH], scope, by=("campaign",))
    }
    assert by["lebaran"].value == pytest.approx(1.5)
    cost = engine.figure("cost_per_conversion", MARCH, scope)
    assert (cost.value, cost.currency) == (15000, "IDR")
    # K6.4: what p1 brought by touch and by code, against its fee.
    assert engine.figure("partnership_value", MARCH, scope).value == 80000.5
    assert engine.figure("influencer_roi", MARCH, scope).value == pytest.approx(3.000025)


def test_running_again_with_another_window_replaces_and_never_adds(lake: Lake) -> None:
    small_brand(lake)
    attribute_brand(lake, "kopi", Window(90))
    first = LakeView(lake).table("credits").to_pyarrow()
    assert sum(first["value"].to_pylist()) == 7 * Decimal("250000.5")
    narrow = attribute_brand(lake, "kopi", Window(2), models=("last", "markov"))
    rows = LakeView(lake).table("credits").to_pyarrow()
    assert set(rows["model_version"].to_pylist()) == {narrow.version}
    assert sum(rows["value"].to_pylist()) == 2 * Decimal("180000.5")


def test_kinds_and_currencies_are_credited_apart(lake: Lake) -> None:
    small_brand(lake)
    write(lake, "conversions", [
        {**bought("c5", "ana", "12"), "currency": "USD"},
        {**bought("c6", "ana", "0"), "kind": "lead", "value": None, "currency": None},
    ])  # fmt: skip
    done = attribute_brand(lake, "kopi", Window(30), models=("linear",))
    assert done.conversions == 5
    assert done.value["USD"] == Decimal(12)
    rows = [r for r in credits_of(lake, "linear") if r["conversion"] == "c6"]
    assert [r["value"] for r in rows] == [None] * 3
    assert sum(r["share"] for r in rows) == pytest.approx(1)  # type: ignore[misc]


def test_without_conversions_or_with_an_unknown_model_it_says_so(lake: Lake) -> None:
    with pytest.raises(UserError):
        attribute_brand(lake, "kopi", Window(30))
    small_brand(lake)
    with pytest.raises(UserError):
        attribute_brand(lake, "kopi", Window(30), models=("magic",))


def test_a_touch_log_is_read_once_and_refused_when_it_is_none(lake: Lake, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("customer_id,time,interaction,conversion,conversion_value,channel\n"
                   "a,2026-03-01T10:00:00Z,impression,0,0,Facebook\n"
                   "a,2026-03-02T10:00:00Z,conversion,1,12.5,Search\n")  # fmt: skip
    assert import_touch_log(lake, "kopi", log, currency="USD").rows == {
        "touches": 2,
        "conversions": 1,
        "orders": 1,
    }
    assert import_touch_log(lake, "kopi", log, currency="USD").batch is None
    assert attribute_brand(lake, "kopi", Window(30)).value == {"USD": Decimal("12.5")}
    log.write_text("a,b\n1,2\n")
    with pytest.raises(UserError):
        import_touch_log(lake, "kopi", log, currency="USD")
