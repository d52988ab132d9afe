"""Locale: numbers, money, dates and lists as people of a language write and read them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from babel.dates import format_date, format_datetime, format_timedelta
from babel.lists import format_list
from babel.numbers import format_compact_decimal, format_currency, format_decimal

from .errors import UserError
from .figure import Numeric, as_decimal, digits_for, round_to, split_seconds
from .money import Money, MoneyError, minor_digits
from .period_label import CLDR, label_days
from .text import LANGUAGES, Language, Text
from .unit import PERCENT_POINTS, TIMES, UNITS, Unit
from .zone import local_moment

NBSP = "\N{NO-BREAK SPACE}"
"""Stands between a number and its sign or unit, so that no line breaks there."""
MINUS = "\N{MINUS SIGN}"
NO_VALUE = "–"
"""Stands where a number would, when there is none; the reason belongs beside it, never a 0."""

_HUNDRED = Decimal(100)
_COMPACT_FROM = 1000
# Nobody reads a number of more digits, and Babel cannot round it: it is written 1.20E+24.
_TOO_LONG = 21
_PART_UNITS = {"day": "days", "hour": "hours", "minute": "minutes", "second": "seconds"}
# Grouping and decimal signs, and the spaces people type or paste as grouping.
_SIGNS: dict[Language, tuple[str, str]] = {"en": (",", "."), "id": (".", ",")}
_RELATIVE = {
    -1: Text("yesterday", "kemarin"),
    0: Text("today", "hari ini"),
    1: Text("tomorrow", "besok"),
}
_JUST_NOW = Text("just now", "baru saja")


@dataclass(frozen=True, slots=True)
class Locale:
    """How one language writes numbers, money and time; every `format_` returns text to show.

    A value of None, NaN or infinity is shown as '–' (NO_VALUE), never as 0. Rounding is half away
    from zero. A minus is a true minus sign; spaces before units do not break.
    """

    language: Language = "en"

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise UserError(
                Text("Tolok does not speak {language}.", "Tolok tidak berbahasa {language}."),
                Text("Choose en or id.", "Pilih en atau id."),
                language=self.language,
            )

    def format_number(self, value: Numeric | None, digits: int | None = None) -> str:
        """Return '1,234.5' / '1.234,5'; without `digits` at most three decimals, none for show."""
        number = as_decimal(value)
        if number is None:
            return NO_VALUE
        if number.adjusted() >= _TOO_LONG:
            return _true_minus(f"{number:.2E}")
        pattern = "#,##0.###" if digits is None else "#,##0" + ("." + "0" * digits) * (digits > 0)
        rounded = round_to(number, 3 if digits is None else digits)
        return _true_minus(format_decimal(rounded, pattern, locale=self._cldr))

    def format_compact(self, value: Numeric | None) -> str:
        """Return '1.2K', '1.2M' / '1,2 rb', '1,2 jt': two or three digits; below 1,000 as it is."""
        number = as_decimal(value)
        if number is None:
            return NO_VALUE
        number = round_to(number, 2 - number.adjusted()) if number else number
        if abs(number) < _COMPACT_FROM:
            return self.format_number(number, min(digits_for(number), 1) if number % 1 else 0)
        if number.adjusted() >= _TOO_LONG:
            return self.format_number(number)
        # Plain English: en_GB writes 1.2k, 1.2m and 1.2bn, which is less known abroad.
        locale = "id" if self.language == "id" else "en"
        text = format_compact_decimal(number, locale=locale, fraction_digits=1)
        return _true_minus(text.replace(" ", NBSP))

    def format_percent(self, ratio: Numeric | None, digits: int = 1) -> str:
        """Return a ratio as percent: 0.05 → '5.0 %' / '5,0 %'."""
        number = as_decimal(ratio)
        if number is None:
            return NO_VALUE
        return f"{self.format_number(number * _HUNDRED, digits)}{NBSP}%"

    def format_change(self, ratio: Numeric | None, digits: int = 1) -> str:
        """Return a change with its sign: '+4.2 %' / '+4,2 %'; what rounds to 0 has none."""
        number = as_decimal(ratio)
        if number is None:
            return NO_VALUE
        plus = "+" if round_to(number * _HUNDRED, digits) > 0 else ""
        return plus + self.format_percent(number, digits)

    def format_money(self, money: Money | None) -> str:
        """Return 'IDR 1,234,568' / 'Rp1.234.568', with the digits usual for the currency."""
        if money is None:
            return NO_VALUE
        digits = minor_digits(money.currency)
        return self._with_currency(self.format_number(abs(money.shown), digits), money)

    def format_money_compact(self, money: Money | None) -> str:
        """Return 'IDR 1.2M' / 'Rp1,2 jt', for tiles and axes."""
        if money is None:
            return NO_VALUE
        if abs(money.shown) < _COMPACT_FROM:
            return self.format_money(money)
        return self._with_currency(self.format_compact(abs(money.amount)), money)

    def format_date(self, day: date, style: str = "medium") -> str:
        """Return '7 Oct 2026' / '7 Okt 2026'; style short ('7 Oct'), long, or full with weekday."""
        forms = {
            "short": "d MMM",
            "medium": "d MMM y",
            "long": "d MMMM y",
            "full": "EEEE, d MMMM y",
        }
        return format_date(day, forms[style], locale=self._cldr)

    def format_datetime(self, moment: datetime, timezone: str | None = None) -> str:
        """Return '7 Oct 2026, 14:05 WIB' / '7 Okt 2026 14.05 WIB'.

        With a `timezone` a naive moment is taken as UTC and shown on that zone's clock, with its
        short name; without one the moment is shown as it stands.
        """
        form = "d MMM y HH.mm" if self.language == "id" else "d MMM y, HH:mm"
        if timezone is None:
            return format_datetime(moment.replace(tzinfo=None), form, locale=self._cldr)
        local = local_moment(timezone, moment)
        name = local.tzname() or ""
        zone = f"UTC{name.replace('-', MINUS)}" if name[:1] in ("+", "-") else name
        text = format_datetime(local.replace(tzinfo=None), form, locale=self._cldr)
        return f"{text} {zone}"

    def format_span(self, start: date, end: date) -> str:
        """Return a run of days, `end` not included: '1–7 Oct 2026'."""
        return label_days(start, end, self.language)

    def format_relative(self, when: date, now: date) -> str:
        """Return 'yesterday', '3 days ago' / '3 hari yang lalu'; moments also in hours and minutes.

        Give two days, or two moments of one kind (both naive or both aware).
        """
        gap = when - now
        if not isinstance(when, datetime):
            if gap.days in _RELATIVE:
                return _RELATIVE[gap.days].say(self.language)
        elif abs(gap) < timedelta(minutes=1):
            return _JUST_NOW.say(self.language)
        return format_timedelta(gap, add_direction=True, threshold=1.5, locale=self._cldr)

    def format_duration(self, seconds: Numeric | None) -> str:
        """Return the two largest parts of a length of time: '2 h 5 min' / '2 jam 5 mnt'."""
        number = as_decimal(seconds)
        if number is None:
            return NO_VALUE
        parts = [
            f"{self.format_number(count)}{NBSP}{self._symbol(UNITS[_PART_UNITS[name]])}"
            for count, name in split_seconds(abs(number))
        ]
        return (MINUS if number < 0 else "") + " ".join(parts)

    def format_unit(
        self, value: Numeric | Money | None, unit: Unit, currency: str | None = None
    ) -> str:
        """Return a value in full, with its unit; money needs Money or a `currency` (MoneyError)."""
        if isinstance(value, Money):
            return self.format_money(value)
        number = as_decimal(value)
        if number is None:
            return NO_VALUE
        if unit.kind == "money":
            return self.format_money(Money(number, _given(currency)))
        if unit.kind == "duration":
            return self.format_duration(number * unit.seconds)
        if unit.kind == "ratio":
            return self._ratio(number, unit, 1)
        whole = unit.kind == "count" and number == number.to_integral_value()
        digits = 0 if whole else 1 if unit.kind == "count" else min(digits_for(number), 2)
        return self._with_symbol(self.format_number(number, digits), unit)

    def format_figure(
        self, value: Numeric | Money | None, unit: Unit, currency: str | None = None
    ) -> str:
        """Return a value with as many digits as it deserves, for tiles, axes and sentences.

        Large counts and money are cut to about three digits (12.3K); small shares keep more
        decimals (0.012 %), large ones fewer (138 %).
        """
        if isinstance(value, Money):
            return self.format_money_compact(value)
        number = as_decimal(value)
        if number is None:
            return NO_VALUE
        if unit.kind == "money":
            return self.format_money_compact(Money(number, _given(currency)))
        if unit.kind == "ratio":
            shown = number * _HUNDRED
            return self._ratio(number, unit, max(digits_for(shown, 2), abs(shown) < _HUNDRED))
        if unit.kind != "duration" and abs(number) >= 10 * _COMPACT_FROM:
            return self._with_symbol(self.format_compact(number), unit)
        return self.format_unit(number, unit)

    def join(self, items: Sequence[str]) -> str:
        """Return a list in words: 'a, b and c' / 'a, b, dan c'; empty for no items."""
        return format_list(list(items), locale=self._cldr) if items else ""

    def parse_number(self, text: str) -> Decimal:
        """Read a number as typed in this language; see `parse_number`."""
        return parse_number(text, self.language)

    @property
    def _cldr(self) -> str:
        return CLDR[self.language]

    def _symbol(self, unit: Unit) -> str:
        return unit.symbol.say(self.language) if unit.symbol else ""

    def _with_symbol(self, number: str, unit: Unit) -> str:
        gap = "" if unit is TIMES or not unit.symbol else NBSP
        return f"{number}{gap}{self._symbol(unit)}"

    def _ratio(self, ratio: Decimal, unit: Unit, digits: int) -> str:
        if unit.key == PERCENT_POINTS.key:
            return self._with_symbol(self.format_number(ratio * _HUNDRED, digits), unit)
        return self.format_percent(ratio, digits)

    def _with_currency(self, number: str, money: Money) -> str:
        minus = MINUS if money.shown < 0 else ""
        if self.language == "en":  # the ISO code: '$' alone does not say whose dollars
            return f"{minus}{money.currency}{NBSP}{number}"
        sign = format_currency(0, money.currency, "¤", locale="id", currency_digits=False)
        sign = sign.replace("0", "").strip()
        gap = NBSP if sign == money.currency else ""
        return f"{minus}{sign}{gap}{number}"


def parse_number(text: str, language: Language) -> Decimal:
    """Read a number as a person of the language types it: '1.234,5' in id, '1,234.5' in en.

    Strict: grouping signs must stand every three digits, so that 1.5 typed by habit in id is
    refused, not read as 15. Raises UserError.
    """
    group, point = _SIGNS[language]
    digits = rf"\d{{1,3}}(?:{re.escape(group)}\d{{3}})+|\d+"
    found = re.fullmatch(
        rf"([+\-{MINUS}]?)\s*({digits})(?:{re.escape(point)}(\d+))?", text.strip(), re.ASCII
    )
    if found is None:
        example = Locale(language).format_number(Decimal("1234.5"), 1)
        raise UserError(
            Text("“{text}” is not a number.", "“{text}” bukan angka."),
            Text("Write it like {example}.", "Tulis seperti {example}."),
            text=text,
            example=example,
        )
    minus = "-" if found[1] in ("-", MINUS) else ""
    return Decimal(f"{minus}{found[2].replace(group, '')}.{found[3] or '0'}")


def _given(currency: str | None) -> str:
    if currency is None:
        raise MoneyError(
            Text("An amount needs its currency.", "Jumlah uang perlu mata uangnya."),
            Text("Say which, such as IDR.", "Sebutkan, misalnya IDR."),
        )
    return currency


def _true_minus(text: str) -> str:
    return text.replace("-", MINUS)


def say_day(day: date | None) -> Text:
    """Return a day as each language writes it: 7 Oct 2026, 7 Okt 2026; a dash for none."""
    if day is None:
        return Text(NO_VALUE, NO_VALUE)
    return Text(*(Locale(language).format_date(day) for language in LANGUAGES))
