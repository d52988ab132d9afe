"""Business minutes against hand-counted days, holidays, nights and changes of the clock."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolok.base import UserError
from tolok.base.hours import BusinessHours, closed_days

OFFICE = BusinessHours("UTC")
BERLIN_ALL_DAY = BusinessHours("Europe/Berlin", {d: ((time(0), time(0)),) for d in range(7)})


def test_a_promise_of_30_minutes_made_on_friday_at_1645_ends_on_monday_at_0915() -> None:
    """Hootsuite's example: Monday 9:15 still keeps it, 9:16 is the first breached minute."""
    asked = datetime(2026, 10, 2, 16, 45)
    assert asked.weekday() == 4
    assert OFFICE.after(asked, 30) == datetime(2026, 10, 5, 9, 15)
    assert OFFICE.minutes_between(asked, datetime(2026, 10, 5, 9, 15)) == 30
    assert OFFICE.minutes_between(asked, datetime(2026, 10, 5, 9, 16)) == 31


def test_a_holiday_does_not_count() -> None:
    hours = BusinessHours("UTC", closed=frozenset({date(2026, 10, 5)}))
    assert hours.after(datetime(2026, 10, 2, 16, 45), 30) == datetime(2026, 10, 6, 9, 15)


def test_hours_are_those_of_the_place() -> None:
    jakarta = BusinessHours("Asia/Jakarta")  # 9:00 there is 2:00 UTC
    assert jakarta.minutes_between(datetime(2026, 10, 1, 1), datetime(2026, 10, 1, 3)) == 60
    assert jakarta.is_open(datetime(2026, 10, 1, 2))
    assert not jakarta.is_open(datetime(2026, 10, 1, 11))


def test_a_span_over_midnight_belongs_to_the_day_it_begins_on() -> None:
    night = BusinessHours("UTC", {4: ((time(22), time(2)),)})
    assert night.minutes_between(datetime(2026, 10, 2, 12), datetime(2026, 10, 3, 12)) == 240


@pytest.mark.parametrize(
    ("day", "minutes"), [(date(2026, 3, 29), 23 * 60), (date(2026, 10, 25), 25 * 60)]
)
def test_the_day_the_clock_changes_has_23_or_25_hours(day: date, minutes: int) -> None:
    start = datetime.combine(day - timedelta(days=1), time(12))
    local = BusinessHours("Europe/Berlin", {day.weekday(): ((time(0), time(0)),)})
    assert local.minutes_between(start, start + timedelta(days=3)) == minutes


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)),
    st.integers(0, 40_000), st.integers(0, 40_000),
)  # fmt: skip
def test_minutes_add_up_and_the_end_of_a_promise_is_its_inverse(
    start: datetime, first: int, second: int
) -> None:
    middle = start + timedelta(minutes=first)
    end = middle + timedelta(minutes=second)
    hours = BusinessHours("America/New_York")
    whole = hours.minutes_between(start, end)
    assert whole == pytest.approx(
        hours.minutes_between(start, middle) + hours.minutes_between(middle, end)
    )
    assert whole <= first + second
    due = hours.after(start, 480)
    assert due is not None
    assert hours.minutes_between(start, due) == pytest.approx(480)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)), st.integers(0, 10_000))
def test_open_round_the_clock_is_the_clock(start: datetime, minutes: int) -> None:
    end = start + timedelta(minutes=minutes)
    assert BERLIN_ALL_DAY.minutes_between(start, end) == pytest.approx(minutes)


def test_who_never_opens_never_answers() -> None:
    assert BusinessHours("UTC", {}).after(datetime(2026, 10, 2), 1) is None


def test_settings_are_read_and_bad_ones_refused() -> None:
    hours = BusinessHours.from_settings("UTC", {"0": [["09:00", "17:00"]]})
    assert hours.week == {0: ((time(9), time(17)),)}
    with pytest.raises(UserError):
        BusinessHours.from_settings("UTC", {"0": [["nine", "17:00"]]})


def test_holidays_of_a_country_are_known() -> None:
    assert date(2026, 8, 17) in closed_days("ID", [2026])
    assert closed_days("", [2026]) == frozenset()
    with pytest.raises(UserError):
        closed_days("XX", [2026])
