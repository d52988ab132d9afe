"""Orders become lifetime values: by the model where orders carry one, else what was paid so far."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from tolok.base import Calendar, Period, UserError
from tolok.intake.event_logs import import_order_log
from tolok.intake.lifetimes import value_brand
from tolok.lake import Lake, LakeView, Origin
from tolok.metrics import Engine
from tolok.value import REVENUE_ONLY, Margin

JAKARTA = Calendar(0, 1, "Asia/Jakarta")


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def put(lake: Lake, rows: list[dict[str, object]]) -> None:
    told = [
        {"brand": "kopi", "observed_at": datetime(2026, 6, 1), "currency": "IDR", **r} for r in rows
    ]
    lake.write({"orders": pa.Table.from_pylist(told)}, Origin(source="test", brand="kopi"))


def few(count: int = 30) -> list[dict[str, object]]:
    start = datetime(2025, 9, 1, 3)
    return [{"order": f"{who}-{turn}", "customer": f"k{who}", "revenue": Decimal(10000 + who),
             "ordered_at": start + timedelta(days=who + 40 * turn), "channel": "tiktok" if who % 2 else "toko"}
            for who in range(count) for turn in range(1 + who % 3)]  # fmt: skip


def test_few_orders_give_what_was_paid_and_expect_nothing_of_anyone(lake: Lake) -> None:
    put(lake, few())
    done = value_brand(lake, "kopi", JAKARTA, as_of=date(2026, 5, 31), margin=REVENUE_ONLY)
    assert (done.model, done.customers, done.repeaters) == ("plain", 30, 20)
    assert done.reason is not None
    assert done.total is None and done.check is None  # noqa: PT018
    assert done.plain.value is not None
    rows = {
        r["customer"]: r for r in LakeView(lake).table("lifetime_values").to_pyarrow().to_pylist()
    }
    assert rows["k2"]["past_value"] == Decimal(30006)
    assert rows["k2"]["expected_value"] is None
    assert (rows["k1"]["channel"], rows["k2"]["channel"]) == ("tiktok", "toko")
    engine = Engine(LakeView(lake), JAKARTA, date(2026, 6, 5))
    assert engine.figure("expected_lifetime_value", Period.parse("2026-05")).value is None


def test_refunds_do_not_count_currencies_do_not_mix_and_margin_counts_on_both_sides(
    lake: Lake,
) -> None:
    put(lake, few())
    put(lake, [{"order": "2-0", "is_refunded": True, "ordered_at": datetime(2025, 9, 3, 3)}])
    value_brand(lake, "kopi", JAKARTA, as_of=date(2026, 5, 31), margin=Margin(Decimal("0.5")))
    rows = {
        r["customer"]: r for r in LakeView(lake).table("lifetime_values").to_pyarrow().to_pylist()
    }
    assert rows["k2"]["past_value"] == Decimal(10002)
    put(lake, [{"order": "x", "customer": "k0", "revenue": Decimal(5), "currency": "USD",
                "ordered_at": datetime(2026, 1, 1)}])  # fmt: skip
    with pytest.raises(UserError):
        value_brand(lake, "kopi", JAKARTA, margin=REVENUE_ONLY)
    assert value_brand(lake, "kopi", JAKARTA, margin=REVENUE_ONLY, currency="USD").customers == 1


def test_an_order_late_in_the_evening_counts_on_the_brand_s_own_day(lake: Lake) -> None:
    put(
        lake,
        [
            {
                "order": "1",
                "customer": "a",
                "revenue": Decimal(1),
                "ordered_at": datetime(2026, 3, 31, 18),
            }
        ],
    )
    assert value_brand(lake, "kopi", JAKARTA, margin=REVENUE_ONLY).as_of == date(2026, 4, 1)


def test_an_order_log_is_read_with_or_without_a_header_and_only_once(
    lake: Lake, tmp_path: Path
) -> None:
    log = tmp_path / "orders.txt"
    log.write_text(
        " customer_id date number amount\n 00001 19970101 1 11.77\n 00002 19970112 5 77.00\n"
    )
    assert import_order_log(lake, "kopi", log, currency="USD").rows == {"orders": 2}
    assert import_order_log(lake, "kopi", log, currency="USD").batch is None
    days = LakeView(lake).table("orders").ordered_at.to_pyarrow().to_pylist()
    assert sorted(days) == [datetime(1997, 1, 1, 12), datetime(1997, 1, 12, 12)]
    log.write_text("a b c d\n1 no 1 x\n")
    with pytest.raises(UserError):
        import_order_log(lake, "kopi", log, currency="USD")
