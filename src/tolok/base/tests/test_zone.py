"""Days begin where the place's own clock says, through every change of the clock."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tolok.base import Calendar, Period, UserError, day_offsets, find_zone

# Ordinary, half-hour, quarter-hour shifts; midnight jumps (Beirut, Cairo, São Paulo, Havana,
# Asunción), a half-hour clock change (Lord Howe), a lost day (Apia), Ramadan clocks (Casablanca).
ZONES = (
    "Asia/Jakarta",
    "Asia/Makassar",
    "Asia/Jayapura",
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",
    "America/Havana",
    "America/Asuncion",
    "Asia/Beirut",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Pacific/Apia",
)
days = st.dates(date(2012, 1, 1), date(2030, 12, 31))
zones = st.sampled_from(ZONES)


def local_date(zone: str, moment: datetime) -> date:
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date()


def first_minute(zone: str, day: date) -> datetime:
    """Walk minute by minute, slowly and without thought, to the first one of the day or later."""
    moment = datetime(day.year, day.month, day.day) - timedelta(hours=15)
    while local_date(zone, moment) < day:
        moment += timedelta(minutes=1)
    return moment


def whole_day(day: date) -> Period:
    return Period(day, day + timedelta(days=1), "day")


@settings(max_examples=40, deadline=None)
@given(zones, days)
def test_a_day_starts_at_its_first_minute(zone, day):
    assert Calendar(timezone=zone).utc_bounds(whole_day(day))[0] == first_minute(zone, day)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("America/Sao_Paulo", date(2018, 11, 4)),  # midnight does not exist
        ("America/Sao_Paulo", date(2018, 2, 18)),  # the hour before midnight comes twice
        ("Asia/Beirut", date(2023, 3, 30)),
        ("America/Havana", date(2026, 3, 8)),
        ("America/Havana", date(2026, 11, 1)),  # midnight comes twice
        ("Africa/Cairo", date(2026, 4, 24)),
        ("Europe/Berlin", date(2026, 3, 29)),
        ("America/Toronto", date(1919, 3, 31)),  # the clock jumped from 23:30 to 00:30
    ],
)
def test_days_on_which_the_clock_changes_start_rightly(zone, day):
    assert Calendar(timezone=zone).utc_bounds(whole_day(day))[0] == first_minute(zone, day)


@settings(max_examples=60, deadline=None)
@given(zones, days, st.integers(0, 500))
def test_offsets_touch_and_cover_the_days_asked(zone, start, length):
    calendar, end = Calendar(timezone=zone), start + timedelta(days=length)
    segments = day_offsets(calendar, start, end)
    if not length:
        assert segments == []
        return
    assert segments[0].utc_from == calendar.utc_bounds(whole_day(start))[0]
    assert segments[-1].utc_to == calendar.utc_bounds(whole_day(end))[0]
    for one, following in pairwise(segments):
        assert one.utc_to == following.utc_from
        assert one.offset_minutes != following.offset_minutes
    assert all(one.utc_from < one.utc_to for one in segments)


@settings(max_examples=60, deadline=None)
@given(zones, days, st.integers(1, 500), st.floats(0, 1, exclude_max=True))
def test_shifting_by_the_offset_gives_the_local_date_of_any_moment(zone, start, length, share):
    segments = day_offsets(Calendar(timezone=zone), start, start + timedelta(days=length))
    begin, end = segments[0].utc_from, segments[-1].utc_to
    moments = [begin + timedelta(seconds=int((end - begin).total_seconds() * share))]
    for one in segments:  # and on both sides of every change
        moments += [one.utc_from, one.utc_to - timedelta(seconds=1)]
    for moment in moments:
        one = next(one for one in segments if one.utc_from <= moment < one.utc_to)
        shifted = moment + timedelta(minutes=one.offset_minutes)
        assert shifted.date() == local_date(zone, moment)


def test_jakarta_is_seven_hours_ahead_all_year():
    (only,) = day_offsets(Calendar(), date(2026, 1, 1), date(2027, 1, 1))
    assert only == (datetime(2025, 12, 31, 17), datetime(2026, 12, 31, 17), 420)


def test_berlin_changes_twice_a_year():
    calendar = Calendar(timezone="Europe/Berlin")
    segments = day_offsets(calendar, date(2026, 1, 1), date(2027, 1, 1))
    assert [one.offset_minutes for one in segments] == [60, 120, 60]
    assert segments[1].utc_from == datetime(2026, 3, 29, 1)
    assert segments[1].utc_to == datetime(2026, 10, 25, 1)


def test_a_day_of_the_clock_change_has_23_or_25_hours():
    calendar = Calendar(timezone="Europe/Berlin")
    for day, hours in [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)]:
        start, end = calendar.utc_bounds(whole_day(day))
        assert end - start == timedelta(hours=hours)


def test_the_day_samoa_left_out_has_no_moment():
    calendar = Calendar(timezone="Pacific/Apia")
    start, end = calendar.utc_bounds(whole_day(date(2011, 12, 30)))
    assert start == end
    assert day_offsets(calendar, date(2011, 12, 30), date(2011, 12, 31)) == []


def test_today_is_the_brands_own_date():
    late = datetime(2026, 10, 31, 17, 30)
    assert Calendar().today_of(late) == date(2026, 11, 1)
    assert Calendar().today_of(late.replace(tzinfo=UTC)) == date(2026, 11, 1)
    assert Calendar(timezone="America/New_York").today_of(late) == date(2026, 10, 31)


@pytest.mark.parametrize("name", ["Asia/Surabaya", "Asia", "", "../etc/passwd", "WIB?"])
def test_a_zone_that_does_not_exist_is_refused(name):
    with pytest.raises(UserError):
        find_zone(name)
    with pytest.raises(UserError):
        Calendar(timezone=name)


def test_offsets_are_not_given_for_times_of_odd_seconds():
    with pytest.raises(UserError, match="1973"):
        day_offsets(Calendar(), date(1930, 1, 1), date(1931, 1, 1))
