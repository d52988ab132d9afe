"""Periods are found, named, compared and cut rightly, for every calendar a brand may keep."""

import calendar as months
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolok.base import GRAINS, Calendar, InternalError, Period, PeriodError

WHOLE = [grain for grain in GRAINS if grain != "range"]
ONE = timedelta(days=1)
PLAIN = Calendar()

days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
grains = st.sampled_from(WHOLE)
calendars = st.builds(Calendar, week_start=st.integers(0, 6), fiscal_start_month=st.integers(1, 12))
ranges = st.builds(
    lambda start, length: Period(start, start + timedelta(days=length), "range"),
    days,
    st.integers(1, 800),
)


@st.composite
def any_period(draw):
    calendar = draw(calendars)
    grain = draw(st.sampled_from(GRAINS))
    if grain == "range":
        return calendar, draw(ranges)
    return calendar, calendar.period_of(draw(days), grain)


@given(calendars, days, grains)
def test_a_day_lies_in_its_period(calendar, day, grain):
    period = calendar.period_of(day, grain)
    assert period.contains(day)
    assert period.grain == grain
    assert {calendar.period_of(each, grain) for each in (period.start, period.last_day)} == {period}


@given(any_period())
def test_a_key_reads_back_to_the_same_period(pair):
    calendar, period = pair
    assert calendar.parse(period.key) == period
    assert Period.parse(period.key, calendar=calendar) == period
    assert calendar.parse(period.key, date(2026, 10, 7)) == period


@given(any_period())
def test_the_previous_period_is_adjacent_and_of_the_same_grain(pair):
    calendar, period = pair
    before = calendar.previous(period)
    assert before.end == period.start
    assert before.grain == period.grain
    assert calendar.following(before) == period


@given(any_period())
def test_a_range_is_compared_with_as_many_days_before(pair):
    calendar, period = pair
    if period.grain in ("range", "day", "week", "biweek"):
        assert calendar.previous(period).days == period.days


@given(any_period(), grains)
def test_parts_tile_the_period(pair, grain):
    calendar, period = pair
    parts = calendar.split(period, grain)
    assert parts[0].start == period.start
    assert parts[-1].end == period.end
    assert all(one.end == following.start for one, following in pairwise(parts))
    for part in parts:
        whole = calendar.period_of(part.start, grain)
        assert part == whole or (part.grain == "range" and whole.start <= part.start)
        assert whole.contains(part.last_day)


@given(calendars, days, st.sampled_from(["week", "biweek"]))
def test_weeks_go_back_52_weeks_to_the_same_weekdays(calendar, day, grain):
    period = calendar.period_of(day, grain)
    before = calendar.same_last_year(period)
    assert period.start - before.start == timedelta(days=364)
    assert calendar.period_of(before.start, grain) == before


@given(calendars, days, st.sampled_from(["month", "bimonth", "quarter", "half", "year"]))
def test_months_go_back_by_the_calendar(calendar, day, grain):
    period = calendar.period_of(day, grain)
    before = calendar.same_last_year(period)
    assert before.grain == grain
    assert (before.start.year, before.start.month) == (period.start.year - 1, period.start.month)
    assert before.last_day.month == period.last_day.month


@given(ranges)
def test_a_range_goes_back_to_the_same_dates(period):
    before = PLAIN.same_last_year(period)
    for day, then in [(period.start, before.start), (period.last_day, before.last_day)]:
        assert then.year == day.year - 1
        leap = (day.month, day.day) == (2, 29)
        assert (then.month, then.day) == ((2, 28) if leap else (day.month, day.day))


@pytest.mark.parametrize(
    ("key", "before"),
    [
        ("2024-02-29..2024-02-29", "2023-02-28..2023-02-28"),
        ("2024-02-01..2024-02-29", "2023-02-01..2023-02-28"),
        ("2025-02-01..2025-03-31", "2024-02-01..2024-03-31"),
        ("2024-02-29", "2023-02-28"),
        ("2024-02", "2023-02"),
        ("2026-W41", "2025-W41"),
        ("2027-W41", "2026-W42"),  # 2026 has a week 53: the nearest dates, not the number
        ("2026-W53", "2026-W01"),  # begins on 29 December 2025
        ("FY2026", "FY2025"),
    ],
)
def test_the_year_before_with_its_leap_days_and_long_years(key, before):
    assert PLAIN.same_last_year(PLAIN.parse(key)).key == before


@given(st.integers(0, 6), days)
def test_a_week_is_seven_days_from_its_first_weekday(week_start, day):
    week = Calendar(week_start=week_start).period_of(day, "week")
    assert week.start.weekday() == week_start
    assert week.days == 7


@given(days)
def test_a_week_from_monday_bears_its_iso_number(day):
    year, week, _ = day.isocalendar()
    assert PLAIN.period_of(day, "week").key == f"{year:04d}-W{week:02d}"


@given(st.integers(0, 6), days)
def test_a_week_from_any_day_bears_the_iso_number_of_most_of_its_days(week_start, day):
    period = Calendar(week_start=week_start).period_of(day, "week")
    numbers = [(period.start + timedelta(days=n)).isocalendar()[:2] for n in range(7)]
    year, week = max(numbers, key=numbers.count)
    assert period.key == f"{year:04d}-W{week:02d}"


@given(days)
def test_fortnights_are_pairs_of_iso_weeks_counted_on_without_a_gap(day):
    period = PLAIN.period_of(day, "biweek")
    assert period.days == 14
    assert (period.start - date(2024, 1, 1)).days % 14 == 0


def test_a_fortnight_runs_over_the_end_of_a_year_of_53_weeks():
    period = PLAIN.parse("2026-W53-W01")
    assert (period.start, period.last_day) == (date(2026, 12, 28), date(2027, 1, 10))
    with pytest.raises(PeriodError, match="not a pair") as caught:
        PLAIN.parse("2027-W01-W02")
    assert "2026-W53-W01" in caught.value.say("id")


@given(st.integers(2000, 2050), st.integers(1, 12))
def test_a_month_has_the_days_the_library_says(year, month):
    assert PLAIN.parse(f"{year}-{month:02d}").days == months.monthrange(year, month)[1]


@pytest.mark.parametrize(
    ("key", "first", "last", "grain"),
    [
        ("2026-10", date(2026, 10, 1), date(2026, 10, 31), "month"),
        ("2026-B5", date(2026, 9, 1), date(2026, 10, 31), "bimonth"),
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30), "quarter"),
        ("2026-q3", date(2026, 7, 1), date(2026, 9, 30), "quarter"),
        ("2026-H1", date(2026, 1, 1), date(2026, 6, 30), "half"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "year"),
        ("2026-W41", date(2026, 10, 5), date(2026, 10, 11), "week"),
        (" 2026-10-07 ", date(2026, 10, 7), date(2026, 10, 7), "day"),
        ("2026-10-01..2026-10-31", date(2026, 10, 1), date(2026, 10, 31), "range"),
        ("2026-10-01 .. 2026-10-31", date(2026, 10, 1), date(2026, 10, 31), "range"),
    ],
)
def test_keys_name_the_days_they_say_both_ends_included(key, first, last, grain):
    period = PLAIN.parse(key)
    assert (period.start, period.last_day, period.grain) == (first, last, grain)


def test_a_fiscal_year_is_named_for_the_year_in_which_it_ends():
    april = Calendar(fiscal_start_month=4)
    period = april.parse("FY2026")
    assert (period.start, period.last_day) == (date(2025, 4, 1), date(2026, 3, 31))
    assert april.period_of(date(2026, 4, 1), "fiscal_year").key == "FY2027"
    assert PLAIN.parse("FY2026").start == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("last-month", "2026-09"),
        ("bulan-lalu", "2026-09"),
        ("Bulan lalu", "2026-09"),
        ("this-month", "2026-10"),
        ("bulan ini", "2026-10"),
        ("last-week", "2026-W40"),
        ("minggu-lalu", "2026-W40"),
        ("last-quarter", "2026-Q3"),
        ("triwulan-lalu", "2026-Q3"),
        ("kuartal_lalu", "2026-Q3"),
        ("last-half", "2026-H1"),
        ("semester-lalu", "2026-H1"),
        ("last-year", "2025"),
        ("tahun-lalu", "2025"),
        ("last-fiscal-year", "FY2025"),
        ("ytd", "2026-01-01..2026-10-07"),
        ("sejak-awal-tahun", "2026-01-01..2026-10-07"),
        ("mtd", "2026-10-01..2026-10-07"),
        ("last-7-days", "2026-09-30..2026-10-06"),
        ("7-hari-terakhir", "2026-09-30..2026-10-06"),
        ("last-30-days", "2026-09-07..2026-10-06"),
        ("last-90-days", "2026-07-09..2026-10-06"),
        ("today", "2026-10-07"),
        ("hari-ini", "2026-10-07"),
        ("yesterday", "2026-10-06"),
        ("kemarin", "2026-10-06"),
    ],
)
def test_wordings_of_both_languages_are_read_as_of_today(words, key):
    assert PLAIN.parse(words, date(2026, 10, 7)).key == key


@pytest.mark.parametrize("count", [7, 30, 90])
def test_the_last_days_are_whole_days_and_leave_today_out(count):
    today = date(2026, 10, 7)
    period = PLAIN.parse(f"last-{count}-days", today)
    assert period.days == count
    assert period.end == today


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2026-13",
        "2026-00",
        "2026-Q5",
        "2026-H3",
        "2026-B7",
        "2026-W54",
        "2025-W53",
        "2026-02-30",
        "2026-10-31..2026-10-01",
        "0000",
        "9999",
        "9999-12-31",
        "26-10",
        "last-0-days",
        "FY0000",
        "2026-10-07\n2026",
    ],
)
def test_what_is_no_period_is_refused_with_a_way_out(text):
    with pytest.raises(PeriodError) as caught:
        PLAIN.parse(text, date(2026, 10, 7))
    assert caught.value.hint is not None


def test_a_wording_needs_today():
    with pytest.raises(PeriodError):
        PLAIN.parse("last-month")


@given(st.text(max_size=30))
def test_any_text_is_a_period_or_a_period_error(text):
    try:
        period = PLAIN.parse(text, date(2026, 10, 7))
    except PeriodError:
        return
    assert period.days > 0


@pytest.mark.parametrize(
    ("key", "english", "indonesian"),
    [
        ("2026-10", "October 2026", "Oktober 2026"),
        ("2026-Q3", "Q3 2026", "Triwulan III 2026"),
        ("2026-H2", "H2 2026", "Semester II 2026"),
        ("2026-B5", "September–October 2026", "September–Oktober 2026"),
        ("2026", "2026", "2026"),
        ("2026-W41", "Week 41, 2026 (5–11 Oct)", "Minggu ke-41 2026 (5–11 Okt)"),
        ("2026-W41-W42", "Weeks 41–42, 2026 (5–18 Oct)", "Minggu ke-41–42 2026 (5–18 Okt)"),
        (
            "2026-W53",
            "Week 53, 2026 (28 Dec 2026 – 3 Jan 2027)",
            "Minggu ke-53 2026 (28 Des 2026 – 3 Jan 2027)",
        ),
        ("2026-10-07", "7 Oct 2026", "7 Okt 2026"),
        ("2026-10-01..2026-10-07", "1–7 Oct 2026", "1–7 Okt 2026"),
        ("2026-10-07..2026-10-07", "7 Oct 2026", "7 Okt 2026"),
    ],
)
def test_labels_are_what_people_write(key, english, indonesian):
    period = PLAIN.parse(key)
    assert period.label() == english
    assert period.label("id") == indonesian


def test_a_fiscal_year_off_the_calendar_year_says_its_months():
    period = Calendar(fiscal_start_month=4).parse("FY2026")
    assert period.label("en").startswith("FY 2026 (Apr")
    assert "2025" in period.label("id")
    assert PLAIN.parse("FY2026").label("id") == "Tahun buku 2026"


@given(any_period(), st.sampled_from(["en", "id"]))
def test_every_period_has_a_label_with_its_year(pair, language):
    _, period = pair
    label = period.label(language)
    assert str(period.start.year) in label or str(period.last_day.year) in label


@pytest.mark.parametrize(
    ("start", "end", "grain"),
    [
        (date(2026, 10, 1), date(2026, 10, 1), "range"),
        (date(2026, 10, 2), date(2026, 10, 1), "range"),
        (date(2026, 10, 5), date(2026, 11, 1), "month"),
        (date(2026, 10, 1), date(2026, 12, 1), "month"),
        (date(2026, 2, 1), date(2026, 5, 1), "quarter"),
        (date(2026, 10, 5), date(2026, 10, 11), "week"),
        (date(2026, 10, 5), date(2026, 10, 12), "decade"),
    ],
)
def test_a_period_that_is_not_whole_is_refused(start, end, grain):
    with pytest.raises(PeriodError):
        Period(start, end, grain)


def test_a_period_is_made_of_days_not_moments():
    with pytest.raises(InternalError):
        Period(datetime(2026, 10, 1), datetime(2026, 10, 2), "range")


def test_a_range_cannot_be_found_from_a_day():
    for grain in ("range", "decade"):
        with pytest.raises(PeriodError, match="does not lie in one"):
            PLAIN.period_of(date(2026, 10, 7), grain)


@pytest.mark.parametrize("odd", [{"week_start": 7}, {"fiscal_start_month": 0}])
def test_a_calendar_that_cannot_be_is_refused(odd):
    with pytest.raises(PeriodError):
        Calendar(**odd)


def test_a_month_cut_by_a_range_says_it_is_no_month():
    parts = PLAIN.split(PLAIN.parse("2026-09-15..2026-11-30"), "month")
    assert [part.key for part in parts] == ["2026-09-15..2026-09-30", "2026-10", "2026-11"]
