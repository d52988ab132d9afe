"""Money stays in its currency and stays exact."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolok.base import Money, MoneyError, UserError, sum_money

amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=4)


@given(st.lists(amounts, min_size=1, max_size=20))
def test_a_sum_is_exact_against_fractions(values):
    total = sum_money(Money(value, "IDR") for value in values)
    assert total is not None
    assert Fraction(total.amount) == sum(Fraction(value) for value in values)


@given(amounts, amounts)
def test_adding_and_taking_away_again_changes_nothing(left, right):
    one, other = Money(left, "USD"), Money(right, "USD")
    assert one + other - other == one
    assert (one < other) == (left < right)
    assert (one >= other) == (left >= right)


@pytest.mark.parametrize(
    "deed",
    [
        lambda a, b: a + b,
        lambda a, b: a - b,
        lambda a, b: a / b,
        lambda a, b: a < b,
        lambda a, b: a <= b,
        lambda a, b: a > b,
        lambda a, b: a >= b,
        lambda a, b: max(a, b),
        lambda a, b: sum_money([a, b]),
    ],
)
def test_two_currencies_never_meet(deed):
    with pytest.raises(MoneyError) as caught:
        deed(Money(Decimal(1), "IDR"), Money(Decimal(1), "USD"))
    assert isinstance(caught.value, UserError)
    assert "IDR" in caught.value.say("id")
    assert "USD" in caught.value.say("id")


def test_equal_amounts_of_two_currencies_are_not_equal():
    assert Money.of(1, "IDR") != Money.of(1, "USD")
    assert Money.of("1.00", "USD") == Money.of(1, "USD")


def test_no_money_at_all_is_none_and_not_zero():
    assert sum_money([]) is None
    with pytest.raises(TypeError):
        sum([Money.of(1, "IDR")])  # would begin with a zero of no currency


def test_money_by_money_is_a_plain_number_and_by_a_number_is_money():
    assert Money.of(300, "IDR") / Money.of(200, "IDR") == Decimal("1.5")
    assert Money.of(300, "IDR") / 4 == Money.of(75, "IDR")
    assert 0.1 * Money.of(300, "IDR") == Money.of(30, "IDR")
    assert -Money.of(5, "IDR") == Money.of(-5, "IDR")


@pytest.mark.parametrize("nothing", [0, 0.0, Decimal(0), Money.of(0, "IDR")])
def test_dividing_by_nothing_is_undefined(nothing):
    with pytest.raises(MoneyError, match="undefined"):
        Money.of(1, "IDR") / nothing


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_not_finite_is_no_amount(value):
    with pytest.raises(MoneyError):
        Money.of(value, "IDR")
    with pytest.raises(MoneyError):
        Money.of(1, "IDR") * value


@pytest.mark.parametrize("code", ["", "idr", "Rp", "ABC", "XXX", "XTS", "XAU"])
def test_only_currencies_of_iso_4217_are_money(code):
    with pytest.raises(MoneyError):
        Money.of(1, code)


@pytest.mark.parametrize("code", ["IDR", "USD", "EUR", "SGD", "MYR", "JPY", "KWD", "XOF"])
def test_currencies_in_use_are_known(code):
    assert Money.of(1, code).currency == code


def test_an_amount_must_be_exact():
    with pytest.raises(MoneyError, match="Decimal"):
        Money(1.5, "IDR")


def test_money_times_money_has_no_meaning():
    with pytest.raises(TypeError):
        Money.of(1, "IDR") * Money.of(1, "IDR")
    with pytest.raises(TypeError):
        Money.of(1, "IDR") * True


@pytest.mark.parametrize(
    ("value", "currency", "shown"),
    [
        ("1234.5", "IDR", "1235"),
        ("-1234.5", "IDR", "-1235"),
        ("2.675", "USD", "2.68"),
        ("2.5", "JPY", "3"),
        ("2.0005", "KWD", "2.001"),
    ],
)
def test_rounding_is_for_showing_only_and_half_away_from_zero(value, currency, shown):
    money = Money.of(value, currency)
    assert money.shown == Decimal(shown)
    assert money.amount == Decimal(value)
    assert str(money) == f"{currency} {shown}"
