"""In worlds of single users the truth lies inside what is said, always."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta

import pytest

from tolok.base import Calendar, Period
from tolok.lake import LakeView
from tolok.metrics import Engine, Figure

from .small_lake import TODAY
from .worlds import SPAN, START, World, write_worlds

WORLDS = 1000
WEEK = Period(START, START + timedelta(days=7), "range")
LATER = Period(START + timedelta(days=7), SPAN.end, "range")
DAY = Period(START + timedelta(days=3), START + timedelta(days=4), "day")
PERIODS = (SPAN, WEEK, LATER, DAY)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Engine, Mapping[str, World]]:
    lake, worlds = write_worlds(tmp_path_factory.mktemp("worlds"), WORLDS, seed=20261122)
    return Engine(LakeView(lake), Calendar(), TODAY), worlds


def truth_of(figure: Figure, world: World) -> int:
    wanted = {
        a for a in world.accounts
        if figure.group.get("account") in (None, a)
        and figure.group.get("platform") in (None, a.split(":")[0])
    }  # fmt: skip
    reached = world.reached if figure.metric == "reach" else world.reached_by_posts
    return reached(figure.period, wanted)


def is_within(figure: Figure, truth: int) -> bool:
    if figure.value is not None:
        return figure.value <= truth if figure.state == "at_least" else figure.value == truth
    low = -1.0 if figure.low is None else figure.low
    return low <= truth and (figure.high is None or truth <= figure.high)


@pytest.mark.parametrize("by", [("brand",), ("brand", "platform"), ("brand", "account")])
def test_the_truth_lies_within_the_bounds_in_every_world(told, by: tuple[str, ...]) -> None:
    engine, worlds = told
    figures = engine.figures(["reach", "post_reach"], PERIODS, by=by)
    wrong = [f for f in figures if not is_within(f, truth_of(f, worlds[str(f.group["brand"])]))]
    assert wrong == []
    assert {f.group["brand"] for f in figures} == set(worlds)


def test_most_worlds_are_bounded_on_both_sides_and_totals_are_used(told) -> None:
    engine, _ = told
    states = Counter()
    for figure in engine.figures(["reach"], [SPAN], by=("brand",)):
        states[figure.state, figure.high is not None] += 1
    assert states["range", True] > WORLDS * 0.3  # bounded, not just "at least"
    assert states["exact", False] + states["exact", True] > WORLDS * 0.04
    assert states["unknown", False] < WORLDS * 0.2


def test_people_of_all_worlds_together_fit_whether_they_are_the_same_people_or_not(told) -> None:
    engine, worlds = told
    for figure in engine.figures(["reach", "post_reach"], PERIODS):
        single = [truth_of(figure, w) for w in worlds.values()]
        assert is_within(figure, max(single))
        assert is_within(figure, sum(single))
