"""What money brought: cost, ROI, ROAS, cost per conversion and payback, in one currency each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tolok.base import Text, UserError
from tolok.base.money import Money, sum_money

METHOD = "returns"
VERSION = "1"


@dataclass(frozen=True, slots=True)
class Tax:
    """A tax on costs, such as PPN: chosen by the user, never assumed.

    `rate` is a share (0.11). `is_included` tells whether the amounts booked contain it already,
    `counts` whether it is a cost to us (false where it is reclaimed).
    """

    rate: Decimal
    is_included: bool
    counts: bool

    def __post_init__(self) -> None:
        if not self.rate.is_finite() or self.rate < 0:
            raise UserError(
                Text(
                    en="A tax rate is a share of 0 or more, such as 0.11.",
                    id="Tarif pajak adalah pecahan 0 atau lebih, misalnya 0,11.",
                )
            )

    @property
    def factor(self) -> Decimal:
        """Return what an amount booked must be multiplied with to become a cost to us."""
        gross = 1 + self.rate
        if self.is_included:
            return Decimal(1) if self.counts else 1 / gross
        return gross if self.counts else Decimal(1)


@dataclass(frozen=True, slots=True)
class Margin:
    """What remains of a sale after making and shipping it, as a share of its value (0.35).

    Given by the user. `REVENUE_ONLY` says aloud that value is counted as revenue, not as profit.
    """

    share: Decimal
    basis: Literal["profit", "revenue"] = "profit"

    def __post_init__(self) -> None:
        if not self.share.is_finite() or not 0 < self.share <= 1:
            raise UserError(
                Text(
                    en="A margin is a share above 0 and at most 1, such as 0.35.",
                    id="Margin adalah pecahan di atas 0 dan paling besar 1, misalnya 0,35.",
                )
            )


REVENUE_ONLY = Margin(Decimal(1), "revenue")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A figure, or the reason why it cannot be said; exactly one of `value`, `reason` is there.

    `basis` tells whether value counted as revenue or as profit, empty where it plays no part.
    """

    value: Decimal | Money | None
    reason: Text | None = None
    basis: str = ""
    method: str = METHOD
    version: str = VERSION


_NO_COST = Text(
    en="Cannot say: no cost is on record.", id="Tidak bisa disebut: belum ada biaya tercatat."
)
_ZERO_COST = Text(en="Cannot say: the cost is 0.", id="Tidak bisa disebut: biayanya 0.")
_NO_VALUE = Text(
    en="Cannot say: no value is on record.", id="Tidak bisa disebut: belum ada nilai tercatat."
)


def total_cost(lines: Iterable[Money], *, tax: Tax | None) -> Money | None:
    """Return the sum of cost lines with tax as chosen; None for no lines, which is not zero.

    Fee, product, commission and media all count. Raises MoneyError when currencies meet.
    """
    total = sum_money(lines)
    return total if total is None or tax is None else total * tax.factor


def _undefined(value: Money | None, cost: Money | None) -> Text | None:
    if cost is None:
        return _NO_COST
    if value is None:
        return _NO_VALUE
    return _ZERO_COST if cost.amount == 0 else None


def return_on_investment(value: Money | None, cost: Money | None, *, margin: Margin) -> Outcome:
    """Return (value × margin − cost) / cost as a ratio; undefined without cost or at cost 0."""
    reason = _undefined(value, cost)
    if reason is not None or value is None or cost is None:
        return Outcome(None, reason, margin.basis)
    return Outcome((value * margin.share - cost) / cost, basis=margin.basis)


def return_on_ad_spend(value: Money | None, ad_spend: Money | None) -> Outcome:
    """Return attributed revenue / spend on advertising (ROAS); undefined at no or zero spend."""
    reason = _undefined(value, ad_spend)
    if reason is not None or value is None or ad_spend is None:
        return Outcome(None, reason, "revenue")
    return Outcome(value / ad_spend, basis="revenue")


def _cost_per(cost: Money | None, count: Decimal | int | None, what: Text) -> Outcome:
    if cost is None:
        return Outcome(None, _NO_COST)
    if count is None:
        return Outcome(
            None,
            Text(
                en=f"Cannot say: the number of {what.en} is not known.",
                id=f"Tidak bisa disebut: jumlah {what.id} tidak diketahui.",
            ),
        )
    if count <= 0:
        return Outcome(
            None,
            Text(
                en=f"Cannot say: there are no {what.en} yet.",
                id=f"Tidak bisa disebut: belum ada {what.id}.",
            ),
        )
    return Outcome(cost / Decimal(count))


def cost_per_conversion(cost: Money | None, conversions: Decimal | int | None) -> Outcome:
    """Return cost / conversions (never called CPC, which is cost per click).

    `conversions` may be credited parts of conversions; undefined at none.
    """
    return _cost_per(cost, conversions, Text("conversions", "konversi"))


def cost_per_lead(cost: Money | None, leads: Decimal | int | None) -> Outcome:
    """Return cost / leads (CPL); undefined at none."""
    return _cost_per(cost, leads, Text("leads", "prospek"))


def cost_per_engagement(cost: Money | None, engagements: int | None) -> Outcome:
    """Return cost / engagements (K6.4); undefined at none."""
    return _cost_per(cost, engagements, Text("engagements", "interaksi"))


@dataclass(frozen=True, slots=True)
class Payback:
    """When the money came back.

    `periods` is the number of periods until value × margin covered the cost, with the part of the
    last one (2.5 of 6 months), None while it has not; `outstanding` is what is still missing.
    """

    periods: Decimal | None
    outstanding: Money | None
    basis: str
    reason: Text | None = None
    method: str = METHOD
    version: str = VERSION


def payback(cost: Money | None, inflow: Sequence[Money], *, margin: Margin) -> Payback:
    """Return after how many periods the inflow's margin covered the cost.

    `inflow` is the value of each period after the spend, oldest first. Within the deciding period
    money is taken to come in evenly. Undefined without a cost on record.
    """
    if cost is None:
        return Payback(None, None, margin.basis, _NO_COST)
    missing = cost
    nothing = Money(Decimal(0), cost.currency)
    if missing <= nothing:
        return Payback(Decimal(0), nothing, margin.basis)
    for done, value in enumerate(inflow):
        earned = value * margin.share
        if earned >= missing:
            return Payback(done + missing / earned, nothing, margin.basis)
        missing = missing - earned
    reason = Text(en="Not paid back yet.", id="Belum balik modal.")
    return Payback(None, missing, margin.basis, reason)
