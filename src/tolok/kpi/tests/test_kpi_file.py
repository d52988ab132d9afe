"""KPI files go out and come in unchanged, and say what is wrong in them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tolok.base import UserError
from tolok.kpi import Kpi, Target, dump_kpis, parse_kpis, read_kpis, read_target, write_kpis

from .sample_lake import SAMPLE

# Signs TOML must quote or escape, and letters of several scripts.
WORDS = st.text("aZ09 .,;:=#[]{}'\"\\/“”é–日本\u200dñ😀", min_size=1, max_size=20)
KEYS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True)
AMOUNTS = st.integers(1, 10**7).map(float)
TARGETS = st.one_of(
    AMOUNTS.map(lambda v: Target("value", v)),
    st.integers(-99, 500).filter(bool).map(lambda v: Target("ratio", v / 100)),
    st.integers(-99, 99).filter(bool).map(lambda v: Target("points", v / 1000)),
    st.integers(-9999, 9999).filter(bool).map(lambda v: Target("change", float(v))),
)
DAYS = st.dates(date(2024, 1, 1), date(2027, 1, 1))


@st.composite
def kpis(draw: st.DrawFn) -> Kpi:
    start = draw(DAYS)
    return Kpi(
        key=draw(KEYS), name=draw(WORDS), metric=draw(KEYS), goal=draw(st.none() | WORDS),
        owner=draw(st.none() | WORDS), platforms=tuple(draw(st.lists(KEYS, max_size=3))),
        filters=draw(st.dictionaries(KEYS, st.lists(WORDS, max_size=2).map(tuple), max_size=2)),
        target=draw(st.none() | TARGETS), baseline=draw(st.none() | AMOUNTS | st.just("2026-Q2")),
        start=start, due=start + timedelta(days=draw(st.integers(0, 400))),
        weight=draw(st.floats(0, 10).map(lambda v: round(v, 3))),
        aim=draw(st.sampled_from(["reach", "stay_above", "stay_below"])),
        steps=tuple(draw(st.dictionaries(DAYS, AMOUNTS, max_size=3)).items()),
    )  # fmt: skip


# A busy machine is slow to draw and to run; that is no fault of the file.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(kpis(), max_size=4, unique_by=lambda k: k.key))
def test_what_goes_out_comes_in_byte_for_byte(given_kpis: list[Kpi]) -> None:
    text = dump_kpis(given_kpis)
    back = parse_kpis(text)
    assert dump_kpis(back) == text
    for one, other in zip(given_kpis, back, strict=True):
        assert (one.key, one.name, one.due, one.weight) == (
            other.key, other.name, other.due, other.weight)  # fmt: skip
        assert (one.target and one.target.how) == (other.target and other.target.how)
        assert (one.target and one.target.amount) == pytest.approx(
            other.target and other.target.amount
        )


def test_the_sample_file_reads_and_rests_on_known_fields(tmp_path: Path) -> None:
    found = read_kpis(SAMPLE / "kpis.toml")
    assert len(found) == 6
    write_kpis(tmp_path / "kpis" / "a.toml", found)
    assert read_kpis(tmp_path / "kpis" / "a.toml") == found
    assert read_kpis(tmp_path / "none.toml") == ()


@pytest.mark.parametrize(
    ("given", "how", "amount"),
    [
        (10104, "value", 10104), ("6%", "value", 0.06), ("+10%", "ratio", 0.1),
        ("-5 persen", "ratio", -0.05), ("+10,5%", "ratio", 0.105), ("+1.5pp", "points", 0.015),
        ("+2 poin", "points", 0.02), ("+1.500", "change", 1500), ("12.000", "value", 12000),
        ("1,250,000", "value", 1250000), ("+500", "change", 500), ("1.234,5", "value", 1234.5),
    ],
)  # fmt: skip
def test_targets_read_as_people_write_them(given: str | int, how: str, amount: float) -> None:
    found = read_target(given)
    assert (found.how, found.amount) == (how, pytest.approx(amount))
    again = read_target(found.write())
    assert (again.how, again.amount) == (how, pytest.approx(amount))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[kpi]]\nkey = 'a b'\nname='x'\nmetric='y'", "key"),
        ("[[kpi]]\nkey = 'a'\nname='x'", "metric"),
        ("[[kpi]]\nkey = 'a'\nname='x'\nmetric='y'\nown='z'", "own"),
        ("[[kpi]]\nkey = 'a'\nname='x'\nmetric='y'\nrhythm='daily'", "rhythm"),
        ("[[kpi]]\nkey = 'a'\nname='x'\nmetric='y'\ntarget='lots'", "lots"),
        ("[[kpi]]\nkey = 'a'\nname='x'\nmetric='y'\nweight=-1", "weight"),
        ("[[kpi]]\nkey = 'a'\nname='x'\nmetric='y'\nstart=2026-02-01\ndue=2026-01-01", "due"),
        ("[[kpi]]\nkey='a'\nname='x'\nmetric='y'\n[[kpi]]\nkey='a'\nname='x'\nmetric='y'", "twice"),
        ("kpi = 3", "kpi"),
        ("not toml", "read"),
    ],
)
def test_a_wrong_file_is_refused_in_one_sentence(text: str, words: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_kpis(text)
    assert words in caught.value.say("en")
    assert caught.value.say("id") != caught.value.say("en")
