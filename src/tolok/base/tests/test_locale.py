"""Numbers, money and time are written as people of each language write them."""

from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolok.base import (
    COUNT,
    HOURS,
    MINUS,
    MONEY,
    NBSP,
    NO_VALUE,
    PEOPLE,
    PER_POST,
    PERCENT_POINTS,
    RATIO,
    SCORE,
    SECONDS,
    TIMES,
    UNITS,
    Locale,
    Money,
    MoneyError,
    UserError,
    parse_number,
)

EN, ID = Locale("en"), Locale("id")
both = pytest.mark.parametrize("locale", [EN, ID], ids=["en", "id"])


def plain(text: str) -> str:
    """Return the text with ordinary spaces, to compare what is seen."""
    return text.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("value", "digits", "english", "indonesian"),
    [
        (1234567, None, "1,234,567", "1.234.567"),
        (1234.5, None, "1,234.5", "1.234,5"),
        (1234.5, 2, "1,234.50", "1.234,50"),
        (2.5, 0, "3", "3"),
        (0.125, 2, "0.13", "0,13"),
        (1.005, 2, "1.01", "1,01"),
        (-3, None, f"{MINUS}3", f"{MINUS}3"),
        (-0.001, 1, "0.0", "0,0"),
        (Decimal("12345678901234567890"), 0, "12,345,678,901,234,567,890", None),
        (0, None, "0", "0"),
    ],
)
def test_numbers_are_grouped_and_rounded_half_away_from_zero(value, digits, english, indonesian):
    assert EN.format_number(value, digits) == english
    assert ID.format_number(value, digits) == (indonesian or english.replace(",", "."))


@both
@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_undefined_is_never_shown_as_a_number(locale, value):
    shown = {
        locale.format_number(value),
        locale.format_compact(value),
        locale.format_percent(value),
        locale.format_change(value),
        locale.format_duration(value),
        *(locale.format_unit(value, unit, "IDR") for unit in UNITS.values()),
        *(locale.format_figure(value, unit, "IDR") for unit in UNITS.values()),
    }
    assert shown == {NO_VALUE}
    assert locale.format_money(None) == locale.format_money_compact(None) == NO_VALUE


@pytest.mark.parametrize(
    ("value", "english", "indonesian"),
    [
        (0, "0", "0"),
        (0.5, "0.5", "0,5"),
        (12.34, "12.3", "12,3"),
        (999, "999", "999"),
        (999.96, "1K", "1 rb"),
        (1234, "1.2K", "1,2 rb"),
        (12345, "12.3K", "12,3 rb"),
        (123456, "123K", "123 rb"),
        (999999, "1M", "1 jt"),
        (1234567, "1.2M", "1,2 jt"),
        (1.5e9, "1.5B", "1,5 M"),
        (2e12, "2T", "2 T"),
        (-1234, f"{MINUS}1.2K", f"{MINUS}1,2 rb"),
    ],
)
def test_large_numbers_are_cut_to_words_of_size(value, english, indonesian):
    assert plain(EN.format_compact(value)) == english
    assert plain(ID.format_compact(value)) == indonesian


@pytest.mark.parametrize(
    ("ratio", "english", "indonesian"),
    [
        (0.042, "+4.2 %", "+4,2 %"),
        (-0.042, f"{MINUS}4.2 %", f"{MINUS}4,2 %"),
        (0.0004, "0.0 %", "0,0 %"),
        (-0.0004, "0.0 %", "0,0 %"),
        (0, "0.0 %", "0,0 %"),
        (12.5, "+1,250.0 %", "+1.250,0 %"),
    ],
)
def test_a_change_bears_its_sign_unless_it_rounds_to_nothing(ratio, english, indonesian):
    assert plain(EN.format_change(ratio)) == english
    assert plain(ID.format_change(ratio)) == indonesian


@pytest.mark.parametrize(
    ("amount", "currency", "english", "indonesian"),
    [
        ("1234567.5", "IDR", "IDR 1,234,568", "Rp1.234.568"),
        ("-1234.5", "USD", f"{MINUS}USD 1,234.50", f"{MINUS}US$1.234,50"),
        ("-0.4", "IDR", "IDR 0", "Rp0"),
        ("5", "JPY", "JPY 5", "JP¥5"),
        ("5", "SGD", "SGD 5.00", "SGD 5,00"),
    ],
)
def test_money_is_written_with_the_currency_and_its_digits(amount, currency, english, indonesian):
    money = Money.of(amount, currency)
    assert plain(EN.format_money(money)) == english
    assert plain(ID.format_money(money)) == indonesian


def test_compact_money_keeps_its_currency():
    assert plain(ID.format_money_compact(Money.of(1234567, "IDR"))) == "Rp1,2 jt"
    assert plain(EN.format_money_compact(Money.of(-1234567, "IDR"))) == f"{MINUS}IDR 1.2M"
    assert plain(EN.format_money_compact(Money.of("12.5", "USD"))) == "USD 12.50"


@pytest.mark.parametrize(
    ("seconds", "english", "indonesian"),
    [
        (0, "0 s", "0 dtk"),
        (0.4, "0.4 s", "0,4 dtk"),
        (45, "45 s", "45 dtk"),
        (59.7, "1 min", "1 mnt"),
        (125, "2 min 5 s", "2 mnt 5 dtk"),
        (3599.7, "1 h", "1 jam"),
        (7500, "2 h 5 min", "2 jam 5 mnt"),
        (86399, "1 d", "1 hari"),
        (300000, "3 d 11 h", "3 hari 11 jam"),
        (-90, f"{MINUS}1 min 30 s", f"{MINUS}1 mnt 30 dtk"),
    ],
)
def test_a_length_of_time_is_its_two_largest_parts(seconds, english, indonesian):
    assert plain(EN.format_duration(seconds)) == english
    assert plain(ID.format_duration(seconds)) == indonesian


@given(st.floats(0, 10**8))
def test_a_duration_read_back_is_near_and_never_says_sixty(seconds):
    steps = {"d": 86400, "h": 3600, "min": 60, "s": 1}
    parts = EN.format_duration(seconds).replace(",", "").split(" ")
    total, most = 0.0, None
    for part in parts:
        number, name = part.split(NBSP)
        total += float(number) * steps[name]
        if most is not None:
            assert float(number) * steps[name] < most
        most = steps[name]
    assert abs(total - seconds) <= max(0.5, seconds * 0.021)


@pytest.mark.parametrize(
    ("value", "unit", "full", "figure"),
    [
        (1234567, COUNT, "1.234.567", "1,2 jt"),
        (9999, PEOPLE, "9.999", "9.999"),
        (12.5, COUNT, "12,5", "12,5"),
        (0.05, RATIO, "5,0 %", "5,0 %"),
        (0.00012, RATIO, "0,0 %", "0,012 %"),
        (0.12345, RATIO, "12,3 %", "12,3 %"),
        (0, RATIO, "0,0 %", "0,0 %"),
        (1.384, RATIO, "138,4 %", "138 %"),
        (0.05, PERCENT_POINTS, "5,0 poin persen", "5,0 poin persen"),
        (2.345, TIMES, "2,35×", "2,35×"),
        (3.25, SCORE, "3,25", "3,25"),
        (2.5, HOURS, "2 jam 30 mnt", "2 jam 30 mnt"),
        (90, SECONDS, "1 mnt 30 dtk", "1 mnt 30 dtk"),
        (3.4567, PER_POST, "3,46 per unggahan", "3,46 per unggahan"),
        (1500000, MONEY, "Rp1.500.000", "Rp1,5 jt"),
        (Money.of(1500000, "IDR"), MONEY, "Rp1.500.000", "Rp1,5 jt"),
    ],
)
def test_each_unit_is_written_in_full_and_as_a_figure(value, unit, full, figure):
    assert plain(ID.format_unit(value, unit, "IDR")) == full
    assert plain(ID.format_figure(value, unit, "IDR")) == figure


def test_money_without_a_currency_is_not_written():
    with pytest.raises(MoneyError):
        EN.format_unit(5, MONEY)
    with pytest.raises(MoneyError):
        EN.format_figure(5, MONEY)


@given(st.decimals(-(10**15), 10**15, places=6), st.sampled_from([EN, ID]), st.integers(0, 4))
def test_a_number_written_is_read_back(value, locale, digits):
    rounded = value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    assert locale.parse_number(locale.format_number(value, digits)) == rounded


@given(st.floats(allow_nan=True, allow_infinity=True), st.sampled_from([EN, ID]))
def test_any_float_can_be_shown_in_any_unit(value, locale):
    for unit in UNITS.values():
        assert locale.format_unit(value, unit, "IDR")
        assert locale.format_figure(value, unit, "USD")


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("1.234.567,89", "id", "1234567.89"),
        ("1234567,89", "id", "1234567.89"),
        ("1.234", "id", "1234"),
        ("1,234", "en", "1234"),
        ("1,5", "id", "1.5"),
        (" -3 ", "en", "-3"),
        (f"{MINUS}3", "id", "-3"),
        ("+0.5", "en", "0.5"),
    ],
)
def test_numbers_typed_are_read(text, language, value):
    assert parse_number(text, language) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("1.5", "id"),
        ("1,5", "en"),
        ("1.23.456", "id"),
        ("12,34,567", "en"),
        ("1.234,", "id"),
        (",5", "id"),
        ("", "id"),
        ("Rp5", "id"),
        ("1e5", "en"),
        ("NaN", "en"),
        ("٣", "en"),
        ("5 %", "en"),
        ("1 234", "en"),
        ("--3", "en"),
    ],
)
def test_a_number_typed_doubtfully_is_refused_not_guessed(text, language):
    with pytest.raises(UserError) as caught:
        parse_number(text, language)
    assert Locale(language).format_number(1234.5) in caught.value.say(language)


def test_days_and_moments():
    day = date(2026, 10, 7)
    assert EN.format_date(day) == "7 Oct 2026"
    assert ID.format_date(day) == "7 Okt 2026"
    assert ID.format_date(day, "full") == "Rabu, 7 Oktober 2026"
    assert EN.format_date(day, "short") == "7 Oct"
    assert ID.format_span(day, day + timedelta(days=3)) == "7–9 Okt 2026"


def test_a_moment_is_shown_on_the_clock_of_the_place_with_its_name():
    moment = datetime(2026, 10, 7, 17, 5)
    assert ID.format_datetime(moment, "Asia/Jakarta") == "8 Okt 2026 00.05 WIB"
    assert EN.format_datetime(moment, "Asia/Makassar") == "8 Oct 2026, 01:05 WITA"
    assert EN.format_datetime(moment, "America/Sao_Paulo") == f"7 Oct 2026, 14:05 UTC{MINUS}03"
    assert EN.format_datetime(moment.replace(tzinfo=UTC)) == "7 Oct 2026, 17:05"


@pytest.mark.parametrize(
    ("gap", "english", "indonesian"),
    [
        (0, "today", "hari ini"),
        (-1, "yesterday", "kemarin"),
        (1, "tomorrow", "besok"),
        (-3, "3 days ago", "3 hari yang lalu"),
        (5, "in 5 days", "dalam 5 hari"),
    ],
)
def test_days_are_told_from_today(gap, english, indonesian):
    today = date(2026, 10, 7)
    assert EN.format_relative(today + timedelta(days=gap), today) == english
    assert ID.format_relative(today + timedelta(days=gap), today) == indonesian


def test_moments_are_told_from_now():
    now = datetime(2026, 10, 7, 12)
    assert ID.format_relative(now - timedelta(seconds=20), now) == "baru saja"
    assert ID.format_relative(now - timedelta(minutes=5), now) == "5 menit yang lalu"
    assert EN.format_relative(now - timedelta(hours=3), now) == "3 hours ago"


def test_lists_end_in_and():
    assert ID.join(["a", "b", "c"]) == "a, b, dan c"
    assert EN.join(["a", "b", "c"]) == "a, b and c"
    assert ID.join(["a", "b"]) == "a dan b"
    assert ID.join(["a"]) == "a"
    assert ID.join([]) == ""


def test_a_language_not_spoken_is_refused():
    with pytest.raises(UserError):
        Locale("jv")
