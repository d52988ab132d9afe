"""Returns on money are exact, keep their currency, and are said to be undefined when they are."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tolok.base import Money, MoneyError, UserError
from tolok.value import (
    REVENUE_ONLY,
    Margin,
    Tax,
    cost_per_conversion,
    cost_per_engagement,
    cost_per_lead,
    payback,
    return_on_ad_spend,
    return_on_investment,
    total_cost,
)


def idr(amount) -> Money:
    return Money.of(amount, "IDR")


def test_roi_is_value_less_cost_over_cost():
    assert return_on_investment(idr(300), idr(200), margin=REVENUE_ONLY).value == Decimal("0.5")
    found = return_on_investment(idr(300), idr(200), margin=Margin(Decimal("0.5")))
    assert (found.value, found.basis) == (Decimal("-0.25"), "profit")


def test_roas_and_costs_per_result():
    assert return_on_ad_spend(idr(300), idr(200)).value == Decimal("1.5")
    assert cost_per_conversion(idr(500), Decimal("2.5")).value == idr(200)
    assert cost_per_lead(idr(500), 5).value == idr(100)
    assert cost_per_engagement(idr(500), 1000).value == idr("0.5")


@pytest.mark.parametrize(
    ("found", "word"),
    [
        (return_on_investment(idr(1), None, margin=REVENUE_ONLY), "no cost"),
        (return_on_investment(None, idr(1), margin=REVENUE_ONLY), "no value"),
        (return_on_investment(idr(1), idr(0), margin=REVENUE_ONLY), "cost is 0"),
        (return_on_ad_spend(idr(1), idr(0)), "cost is 0"),
        (cost_per_conversion(idr(1), 0), "no conversions yet"),
        (cost_per_conversion(idr(1), None), "not known"),
        (cost_per_lead(None, 3), "no cost"),
    ],
)
def test_what_is_undefined_says_why(found, word):
    assert found.value is None
    assert word in found.reason.en
    assert found.reason.id.startswith("Tidak bisa disebut")


def test_currencies_never_meet():
    dollar = Money.of(1, "USD")
    with pytest.raises(MoneyError):
        return_on_investment(dollar, idr(1), margin=REVENUE_ONLY)
    with pytest.raises(MoneyError):
        total_cost([dollar, idr(1)], tax=None)
    with pytest.raises(MoneyError):
        payback(idr(1), [dollar], margin=REVENUE_ONLY)


def test_tax_counts_as_the_user_chose():
    ppn = Decimal("0.11")
    lines = [idr(100), idr(11)]
    assert total_cost(lines, tax=None) == idr(111)
    assert total_cost(lines, tax=Tax(ppn, is_included=True, counts=True)) == idr(111)
    assert total_cost(lines, tax=Tax(ppn, is_included=False, counts=False)) == idr(111)
    assert total_cost(lines, tax=Tax(ppn, is_included=False, counts=True)) == idr("123.21")
    net = total_cost(lines, tax=Tax(ppn, is_included=True, counts=False))
    assert net is not None
    assert net.shown == Decimal(100)
    assert total_cost([], tax=None) is None


def test_payback_counts_parts_of_periods_and_says_what_is_missing():
    found = payback(idr(100), [idr(100), idr(200)], margin=Margin(Decimal("0.4")))
    assert found.periods == Decimal("1.75")
    never = payback(idr(100), [idr(100)], margin=Margin(Decimal("0.4")))
    assert (never.periods, never.outstanding) == (None, idr(60))
    assert payback(None, [], margin=REVENUE_ONLY).reason is not None
    assert payback(idr(0), [], margin=REVENUE_ONLY).periods == 0


def test_a_margin_or_tax_that_is_none_is_refused():
    with pytest.raises(UserError):
        Margin(Decimal(0))
    with pytest.raises(UserError):
        Margin(Decimal("1.2"))
    with pytest.raises(UserError):
        Tax(Decimal(-1), is_included=True, counts=True)
