"""Lifetime value of a brand's customers: its orders become expected values, one fact per customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Calendar, Text, UserError
from tolok.lake import Lake, LakeView, Origin
from tolok.value import (
    Backtest,
    Customers,
    Margin,
    Orders,
    PlainValue,
    RepeatRate,
    alive_odds,
    backtest,
    fit_bgnbd,
    fit_gammagamma,
    plain_value,
    repeat_rate,
    summarise_customers,
    value_customers,
)
from tolok.value.orders import gather_visits

from .labels import moment_now

SOURCE = "lifetime"
PLAIN = "plain"
_CENTS = 10_000


@dataclass(frozen=True)
class Valued:
    """What a valuation gave: facts per customer, and the figures that need no model.

    `model` is "plain" where the orders carry no model; `reason` then tells why, and nothing is
    expected of anyone. `check` holds the forecast of the last quarter of the time against what
    happened, None without a model. `notes` are warnings.
    """

    customers: int
    repeaters: int
    model: str
    version: str
    as_of: date
    total: tuple[Decimal, Decimal, Decimal] | None
    currency: str | None
    plain: PlainValue
    repeat: RepeatRate
    check: Backtest | None
    notes: tuple[Text, ...]
    reason: UserError | None


@dataclass(frozen=True)
class _Facts:
    model: str
    version: str
    columns: dict[str, Any]
    total: tuple[Decimal, Decimal, Decimal] | None = None
    check: Backtest | None = None
    notes: tuple[Text, ...] = ()
    reason: UserError | None = None


def value_brand(
    lake: Lake, brand: str, calendar: Calendar, *, as_of: date | None = None, margin: Margin,
    horizon_days: int = 365, discount: float = 0.0, currency: str | None = None,
) -> Valued:  # fmt: skip
    """Value the brand's customers from its orders up to the day `as_of`, by default the last one.

    With 300 customers who came back it is BG/NBD with Gamma-Gamma, with intervals; with fewer,
    what was paid so far and nothing expected. Margin and yearly discount are asked, never assumed.
    Raises UserError without orders, or where their currencies differ and none was chosen.
    """
    rows = _read_orders(LakeView(lake), brand, calendar, currency)
    orders = _orders(rows)
    last = rows["day"].to_numpy().astype("datetime64[D]").max().astype(date)
    day = as_of or last
    customers = summarise_customers(orders, as_of=day)
    if not len(customers.ids):
        raise UserError(
            Text("There is no order up to {day}.", "Belum ada pesanan sampai {day}."), day=day
        )
    told = f"{horizon_days}d · {margin.basis} {margin.share} · {discount:g}"
    found = _value(orders, customers, day, margin=margin, horizon=horizon_days, discount=discount,
                   told=told)  # fmt: skip
    past = _past(orders, day, margin)
    facts = _table(rows, customers, found, past, brand=brand, day=day, horizon=horizon_days)
    note = {"rows": {"lifetime_values": facts.num_rows}, "model": found.model}
    lake.write({"lifetime_values": facts}, Origin(source=SOURCE, brand=brand, note=note))
    watch = min(horizon_days, 180)
    return Valued(
        customers=len(customers.ids), repeaters=customers.repeaters, model=found.model,
        version=found.version, as_of=day, total=found.total, currency=orders.currency,
        plain=plain_value(orders, days=watch, as_of=day),
        repeat=repeat_rate(orders, days=watch, as_of=day), check=found.check, notes=found.notes,
        reason=found.reason,
    )  # fmt: skip


def _read_orders(view: LakeView, brand: str, calendar: Calendar, currency: str | None) -> pa.Table:
    kept = view.table("orders").filter(
        lambda t: (t.brand == brand) & t.customer.notnull() & t.ordered_at.notnull()
        & ~t.is_refunded.fill_null(False)
    )  # fmt: skip
    rows = kept.to_pyarrow()
    if currency is not None:
        rows = rows.filter(pc.equal(rows["currency"], currency))
    if not rows.num_rows:
        raise UserError(
            Text("There are no orders of known customers.", "Belum ada pesanan dari pelanggan yang dikenal."),
            Text("Import orders that name a customer (a pseudonym will do).",
                 "Impor pesanan yang menyebut pelanggan (nama samaran cukup)."),
        )  # fmt: skip
    known = sorted(c for c in rows["currency"].unique().to_pylist() if c)
    if len(known) > 1:
        raise UserError(
            Text("The orders are in several currencies: {known}.",
                 "Pesanan memakai beberapa mata uang: {known}."),
            Text("Choose one with --currency.", "Pilih satu dengan --currency."),
            known=", ".join(known),
        )  # fmt: skip
    local = pc.local_timestamp(pc.assume_timezone(rows["ordered_at"], "UTC").cast(
        pa.timestamp("us", calendar.timezone)))  # fmt: skip
    return rows.append_column("day", local.cast(pa.date32(), safe=False))


def _orders(rows: pa.Table) -> Orders:
    known = (
        pc.all(pc.is_valid(rows["revenue"])).as_py()
        and pc.all(pc.is_valid(rows["currency"])).as_py()
    )
    value = np.array([int(v * _CENTS) for v in rows["revenue"].to_pylist()], dtype=np.int64) if known else None  # fmt: skip
    return Orders(
        rows["customer"].to_numpy(zero_copy_only=False),
        rows["day"].to_numpy().astype("datetime64[D]"),
        value, rows["currency"][0].as_py() if known else None, 4 if known else None,
    )  # fmt: skip


def _value(
    orders: Orders, customers: Customers, day: date, *, margin: Margin, horizon: int,
    discount: float, told: str,
) -> _Facts:  # fmt: skip
    """Value by the model; by the plain version where the model refuses, with its reason."""
    try:
        buying = fit_bgnbd(customers)
        spending = fit_gammagamma(customers)
    except UserError as refusal:
        return _Facts(PLAIN, f"1 · {told}", {}, reason=refusal)
    worth = value_customers(buying, spending, customers, horizon_days=horizon, margin=margin,
                            discount=discount)  # fmt: skip
    columns = {
        "expected_value": worth.value, "expected_low": worth.low, "expected_high": worth.high,
        "alive_probability": alive_odds(buying, customers),
    }  # fmt: skip
    total = (worth.total.amount, worth.total_low.amount, worth.total_high.amount)
    return _Facts(worth.method, f"{worth.version} · {told}", columns, total,
                  _check(orders, day), worth.notes)  # fmt: skip


def _check(orders: Orders, day: date) -> Backtest | None:
    """Forecast the last quarter of the time from what came before; None where that is too little."""
    first = np.asarray(orders.day, dtype="datetime64[D]").min()
    end = np.datetime64(day, "D")
    split = first + (end - first) * 3 // 4
    try:
        model = fit_bgnbd(summarise_customers(orders, as_of=split))
    except UserError:
        return None
    return backtest(model, orders, split=split, end=end)


def _past(orders: Orders, day: date, margin: Margin) -> dict[str, float] | None:
    """Return what each customer brought so far, on the same basis as what is expected."""
    if orders.value is None:
        return None
    visits = gather_visits(orders.until(day))
    sums = np.add.reduceat(visits.value, visits.first) * float(margin.share)
    return dict(zip(visits.ids.tolist(), sums.tolist(), strict=True))


def _table(
    rows: pa.Table, customers: Customers, found: _Facts, past: dict[str, float] | None, *,
    brand: str, day: date, horizon: int,
) -> pa.Table:  # fmt: skip
    ids, count = customers.ids.tolist(), len(customers.ids)
    won = rows.sort_by([("ordered_at", "ascending")]).to_pydict()
    origin: dict[str, tuple[Any, ...]] = {}
    for who, *told in zip(won["customer"], won["channel"], won["platform"], won["is_social"],
                          strict=True):  # fmt: skip
        origin.setdefault(who, tuple(told))
    columns: dict[str, Any] = {
        "brand": [brand] * count, "customer": ids, "as_of": [day] * count,
        "observed_at": pa.repeat(moment_now(), count),
        "horizon_days": [horizon] * count, "currency": [rows["currency"][0].as_py()] * count,
        "model": [found.model] * count, "model_version": [found.version] * count,
        **{n: [origin[i][k] for i in ids] for k, n in enumerate(("channel", "platform", "is_social"))},
    }  # fmt: skip
    if past is not None:
        columns["past_value"] = _money([past[i] for i in ids])
    for name, values in found.columns.items():
        columns[name] = values if name == "alive_probability" else _money(values)
    return pa.table(columns)


def _money(values: Any) -> pa.Array:
    return pc.round(pa.array(np.asarray(values, dtype=float)), 4).cast(
        pa.decimal128(20, 4), safe=False
    )
