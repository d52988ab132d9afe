"""Money: an exact amount in one currency; amounts of two currencies never meet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import overload

from babel.numbers import get_currency_precision, list_currencies

from .errors import UserError
from .figure import round_to
from .text import Text

Number = int | float | Decimal

# Codes of ISO 4217 that are no money one can spend: tests, none, metals, bond units.
_NOT_MONEY = frozenset(
    ("XXX", "XTS", "XAG", "XAU", "XPD", "XPT", "XBA", "XBB", "XBC", "XBD", "XDR", "XSU", "XUA")
)
# ISO gives the rupiah two minor digits (sen); nobody has written them for decades.
_SHOWN_DIGITS = {"IDR": 0}


class MoneyError(UserError):
    """Amounts of money were used in a way that has no meaning, such as IDR + USD."""

    code = "money"


@lru_cache(maxsize=1)
def _known_currencies() -> frozenset[str]:
    return frozenset(list_currencies()) - _NOT_MONEY


def check_currency(code: str) -> str:
    """Return the ISO 4217 code unchanged, or raise MoneyError when there is no such currency."""
    if code not in _known_currencies():
        raise MoneyError(
            Text("{code} is not a currency.", "{code} bukan mata uang."),
            Text(
                "Use the three capital letters of ISO 4217, such as IDR or USD.",
                "Gunakan tiga huruf besar ISO 4217, misalnya IDR atau USD.",
            ),
            code=code,
        )
    return code


def minor_digits(currency: str) -> int:
    """Return how many digits after the point are shown for the currency: IDR 0, USD 2, JPY 0."""
    return _SHOWN_DIGITS.get(currency, get_currency_precision(currency))


def exact(value: Number) -> Decimal:
    """Return a number as the Decimal a person would read (0.1 is one tenth, not 0.1000…055).

    Raises MoneyError for what is not finite: nothing of money can be computed from it.
    """
    number = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not number.is_finite():
        raise MoneyError(
            Text("{value} is not an amount.", "{value} bukan jumlah uang."), value=str(value)
        )
    return number


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in one ISO 4217 currency; sums, comparisons only within that currency.

    There is no zero without a currency: `sum()` over moneys fails, use `sum_money`.
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        check_currency(self.currency)
        if not isinstance(self.amount, Decimal):
            raise MoneyError(
                Text("An amount must be a Decimal, not {kind}.", "Jumlah harus Decimal: {kind}."),
                Text("Use Money.of(value, currency).", "Gunakan Money.of(nilai, mata_uang)."),
                kind=type(self.amount).__name__,
            )
        exact(self.amount)

    @classmethod
    def of(cls, value: Number | str, currency: str) -> Money:
        """Make money of an int, a float as it reads, a Decimal, or a plain text such as '12.50'."""
        return cls(Decimal(value) if isinstance(value, str) else exact(value), currency)

    def _same(self, other: Money, doing: Text) -> Decimal:
        if self.currency != other.currency:
            raise MoneyError(
                Text(
                    "{doing} {left} and {right} has no meaning.",
                    "{doing} {left} dan {right} tidak bermakna.",
                ),
                Text(
                    "Choose one currency, or show them apart.",
                    "Pilih satu mata uang, atau tampilkan terpisah.",
                ),
                doing=doing,
                left=self.currency,
                right=other.currency,
            )
        return other.amount

    def __add__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        amount = self._same(other, Text("Adding", "Menjumlahkan"))
        return Money(self.amount + amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        amount = self._same(other, Text("Subtracting", "Mengurangkan"))
        return Money(self.amount - amount, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def __mul__(self, factor: Number) -> Money:
        if isinstance(factor, bool) or not isinstance(factor, int | float | Decimal):
            return NotImplemented
        return Money(self.amount * exact(factor), self.currency)

    __rmul__ = __mul__

    @overload
    def __truediv__(self, other: Money) -> Decimal: ...
    @overload
    def __truediv__(self, other: Number) -> Money: ...
    def __truediv__(self, other: Money | Number) -> Money | Decimal:
        if isinstance(other, Money):
            return _divide(self.amount, self._same(other, Text("Dividing", "Membagi")))
        if isinstance(other, bool) or not isinstance(other, int | float | Decimal):
            return NotImplemented
        return Money(_divide(self.amount, exact(other)), self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same(other, _COMPARING)

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._same(other, _COMPARING)

    def __gt__(self, other: Money) -> bool:
        return self.amount > self._same(other, _COMPARING)

    def __ge__(self, other: Money) -> bool:
        return self.amount >= self._same(other, _COMPARING)

    @property
    def shown(self) -> Decimal:
        """The amount rounded, half away from zero, to the digits shown; never to reckon with."""
        return round_to(self.amount, minor_digits(self.currency))

    def __str__(self) -> str:
        return f"{self.currency} {self.shown:f}"


_COMPARING = Text("Comparing", "Membandingkan")


def _divide(amount: Decimal, divisor: Decimal) -> Decimal:
    if not divisor:
        raise MoneyError(
            Text("Money divided by zero is undefined.", "Uang dibagi nol tidak terdefinisi.")
        )
    return amount / divisor


def sum_money(moneys: Iterable[Money]) -> Money | None:
    """Return the sum of moneys of one currency; None for no money at all, never a made-up zero.

    Raises MoneyError when two currencies meet.
    """
    total: Money | None = None
    for money in moneys:
        total = money if total is None else total + money
    return total
