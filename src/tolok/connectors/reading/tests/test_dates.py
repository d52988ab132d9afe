"""Columns of dates: shapes, languages, and the order of day and month."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from tolok.connectors.reading import read_dates

DAYS = st.dates(date(2001, 1, 1), date(2039, 12, 31))
LOCALES = ["en_US", "en_GB", "id_ID", "pt_BR", "es_ES", "de_DE", "fr_FR"]


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


@given(st.lists(DAYS, min_size=1), st.sampled_from(LOCALES), st.sampled_from(["medium", "long"]))
def test_named_months_of_any_language_come_back(days: list[date], locale: str, form: str) -> None:
    if (locale, form) == ("de_DE", "medium"):
        form = "long"  # the medium one has no name of a month
    cells = [format_date(day, format=form, locale=locale) for day in days]
    assert read_dates(cells).values.to_pylist() == [at(day) for day in days]


@given(st.lists(DAYS, min_size=1), st.sampled_from(["%m/%d/%Y", "%m-%d-%Y"]))
def test_month_first_is_never_silently_read_as_day_first(days: list[date], form: str) -> None:
    read = read_dates([day.strftime(form) for day in days])
    if any(day.day > 12 for day in days):
        assert read.values.to_pylist() == [at(day) for day in days]
    else:
        assert (read.verdict, read.key) == ("ambiguous", "order")


@given(st.lists(DAYS, min_size=1))
def test_iso_and_compact_days_need_no_order(days: list[date]) -> None:
    assert read_dates([d.isoformat() for d in days]).values.to_pylist() == [at(d) for d in days]
    compact = read_dates([day.strftime("%Y%m%d") for day in days])
    assert compact.values.to_pylist() == [at(day) for day in days]


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("Sep 26, 2026", datetime(2026, 9, 26)),
        ("Tue, Jul 14, 2026", datetime(2026, 7, 14)),
        ("2025-08-01T00:00:00", datetime(2025, 8, 1)),
        ("05/26/2026 10:23", datetime(2026, 5, 26, 10, 23)),
        ("03/15/2024 10:05 am", datetime(2024, 3, 15, 10, 5)),
        ("03/15/2024 12:05 pm", datetime(2024, 3, 15, 12, 5)),
        ("03/15/2024 12:05 AM", datetime(2024, 3, 15, 0, 5)),
        ("31.08.2026 18:00", datetime(2026, 8, 31, 18)),
        ("06-Feb-2026 03:03PM", datetime(2026, 2, 6, 15, 3)),
        ("Apr 5, 2024 6:15 PM", datetime(2024, 4, 5, 18, 15)),
        ("26 de setembro de 2026", datetime(2026, 9, 26)),
        ("Jumat, 5 Desember 2025", datetime(2025, 12, 5)),
        ("12 Agu 2026", datetime(2026, 8, 12)),
        ("1. März 2026", datetime(2026, 3, 1)),
        ("3 août 2026", datetime(2026, 8, 3)),
        ("12 ene 2026", datetime(2026, 1, 12)),
        ("2026-07-10 23:59:58", datetime(2026, 7, 10, 23, 59, 58)),
        ("2021-01-30 12:39 +0700", datetime(2021, 1, 30, 5, 39)),
        ("2023-04-21T14:51:11+0300", datetime(2023, 4, 21, 11, 51, 11)),
    ],
)
def test_every_shape_the_platforms_write_is_read(cell: str, moment: datetime) -> None:
    read = read_dates([cell, ""])
    assert read.values.to_pylist() == [moment, None]
    assert read.has_time == (":" in cell)


@pytest.mark.parametrize(
    "cell", ["02/30/2026", "2026-13-01", "yesterday", "Foo 3, 2026", "25:00", "7", "2026"]
)
def test_what_is_no_day_is_a_problem_and_null(cell: str) -> None:
    read = read_dates(["01/31/2026", cell])
    assert read.values[1].as_py() is None
    assert [problem.index for problem in read.problems] == [1]


def test_what_is_left_in_doubt_takes_the_platforms_own_order() -> None:
    assert read_dates(["01/02/2026"], prefer="mdy").values.to_pylist() == [datetime(2026, 1, 2)]
    assert read_dates(["01/02/2026"], prefer="dmy").values.to_pylist() == [datetime(2026, 2, 1)]
    # The cells speak louder than the platform's habit.
    assert read_dates(["31/01/2026", "01/02/2026"], prefer="mdy").order == "dmy"


def test_dates_that_contradict_each_other_are_asked_about() -> None:
    assert read_dates(["13/01/2026", "01/13/2026"]).verdict == "ambiguous"
    assert read_dates(["13/01/2026", "01/13/2026"], prefer="mdy").verdict == "ambiguous"


def test_a_spreadsheet_that_turned_some_days_around_is_found_out() -> None:
    read = read_dates(["2026-02-01T00:00:00", "01/31/2026"], prefer="mdy")
    assert (read.verdict, read.key) == ("ambiguous", "order")


def test_serial_numbers_are_days_only_where_all_are() -> None:
    read = read_dates(["46023", "46024.5"])
    assert read.values.to_pylist() == [datetime(2026, 1, 1), datetime(2026, 1, 2, 12)]
    assert read.notes
    assert read_dates(["46023", "Jan 2, 2026"]).problem_count == 1


@pytest.mark.parametrize("turned", [False, True])
def test_days_without_a_year_run_over_the_years_end(turned: bool) -> None:
    days = [date(2025, 2, 28) + timedelta(days=index) for index in range(365)]
    days = days[::-1] if turned else days
    cells = [f"{day:%B} {day.day}" for day in days]
    read = read_dates(cells, end=date(2026, 3, 1))
    assert read.values.to_pylist() == [at(day) for day in days]


def test_days_without_a_year_may_span_more_than_a_year() -> None:
    days = [date(2024, 6, 1) + timedelta(days=index) for index in range(700)]
    read = read_dates([f"{day:%B} {day.day}" for day in days], end=days[-1])
    assert read.values.to_pylist() == [at(day) for day in days]


def test_days_without_a_year_and_order_are_the_latest_such_days_and_say_so() -> None:
    read = read_dates(["July 16", "March 3", "December 2"], end=date(2026, 2, 28))
    assert [moment.year for moment in read.values.to_pylist()] == [2025, 2025, 2025]
    assert read.notes


def test_days_without_a_year_are_asked_about_when_no_end_is_known() -> None:
    assert read_dates(["August 31"]).key == "year"


def test_times_with_and_without_a_zone_do_not_mix() -> None:
    assert read_dates(["2026-01-01 10:00 +0700", "2026-01-01 10:00"]).key == "offset"


@pytest.mark.parametrize(
    "form", ["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%m/%d/%Y %H:%M", "%d/%m/%Y"]
)
@pytest.mark.parametrize("spoilt", ["", None, "02/30/2026", "2026-02-30", "--", "kemarin"])
def test_big_columns_of_dates_read_like_small_ones(form: str, spoilt: str | None) -> None:
    start = datetime(2026, 1, 1)
    cells = [(start + timedelta(hours=17 * i)).strftime(form) for i in range(6_000)]
    cells[40] = spoilt  # type: ignore[call-overload]
    big = read_dates(cells)
    small = read_dates(cells[:2_000])
    assert (big.verdict, big.key, big.order, big.has_time, big.problem_count) == (
        small.verdict, small.key, small.order, small.has_time, small.problem_count,
    )  # fmt: skip
    assert big.values[:2_000].equals(small.values)


def test_a_big_column_in_doubt_is_asked_about_too() -> None:
    cells = [f"0{1 + i % 9}/0{1 + i % 7}/2026" for i in range(6_000)]
    assert read_dates(cells).key == "order"
    assert read_dates(cells, prefer="dmy").values[1].as_py() == datetime(2026, 2, 2)
