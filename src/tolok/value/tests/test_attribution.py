"""Credits agree with definitions computed another way, and add up to the last unit."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tolok.base import Money, UserError
from tolok.value import (
    MODELS,
    Attribution,
    Conversions,
    Paths,
    RuleSettings,
    Touches,
    Window,
    attribute,
    build_paths,
    compare_models,
    paths_from_totals,
    share_out,
)

from . import plain_attribution as plain
from .real_data import journeys_2014, touches_2018

DAY = 86_400


def events(rows, ends, currency="IDR"):
    touches = Touches(
        np.array([r[0] for r in rows], dtype=object),
        np.array([r[1] for r in rows], dtype="datetime64[s]"),
        {"channel": np.array([r[2] for r in rows], dtype=object)},
    )
    conversions = Conversions(
        np.array([e[0] for e in ends], dtype=object),
        np.array([e[1] for e in ends], dtype="datetime64[s]"),
        np.array([e[2] for e in ends], dtype=np.int64),
        currency,
    )
    return touches, conversions


def as_journeys(paths: Paths):
    words = [paths.labels[t] for t in paths.touch]
    spans = pairwise(paths.start)
    return [
        (tuple(words[a:b]), int(c), int(n), int(v))
        for (a, b), c, n, v in zip(spans, paths.conversions, paths.nulls, paths.value, strict=True)
    ]


def assert_adds_up(found: Attribution) -> None:
    parts = (*found.credits, found.unattributed)
    assert sum(c.conversions for c in parts) == found.conversions
    if found.value is not None:
        assert sum(c.value.amount for c in parts) == found.value.amount


@pytest.fixture(scope="module")
def small() -> Paths:
    """Three buyers and one who did not buy, to be followed by hand."""
    rows = [
        ("ana", 0, "ig"), ("ana", 7 * DAY, "fb"), ("ana", 14 * DAY, "wa"),
        ("budi", 0, "fb"),
        ("cici", 0, "ig"), ("cici", DAY, "fb"),
        ("dodo", 0, "ig"),
    ]  # fmt: skip
    ends = [("ana", 14 * DAY, 1000), ("budi", DAY, 500), ("eka", DAY, 77)]
    return build_paths(*events(rows, ends), by="channel", window=Window(30))


def amounts(paths, model, **options):
    found = attribute(paths, model, **options)
    return {c.label: (float(c.conversions), int(c.value.amount)) for c in found.credits}


def test_rules_give_what_can_be_reckoned_by_hand(small):
    assert amounts(small, "last") == {"fb": (1, 500), "ig": (0, 0), "wa": (1, 1000)}
    assert amounts(small, "first") == {"fb": (1, 500), "ig": (1, 1000), "wa": (0, 0)}
    assert amounts(small, "linear")["wa"] == (0.33, 333)
    assert amounts(small, "position") == {"fb": (1.2, 700), "ig": (0.4, 400), "wa": (0.4, 400)}
    decay = attribute(small, "time_decay", settings=RuleSettings(half_life=7))
    assert decay.of("wa").share == pytest.approx((4 / 7) / 2)
    assert decay.of("ig").share == pytest.approx((1 / 7) / 2)


def test_a_buyer_without_touch_is_unattributed_and_counted(small):
    found = attribute(small, "linear")
    assert found.unattributed.conversions == 1
    assert found.unattributed.value == Money.of(77, "IDR")
    assert found.conversions == 3
    assert found.value == Money.of(1577, "IDR")


def test_position_based_with_two_touches_keeps_the_proportion():
    paths = paths_from_totals([("a", "b")], conversions=[1], nulls=[0])
    found = attribute(paths, "position", settings=RuleSettings(first=0.6, last=0.2))
    assert found.of("a").share == pytest.approx(0.75)


@pytest.mark.parametrize("model", list(MODELS))
def test_every_model_adds_up_on_the_small_case(small, model):
    found = attribute(small, model)
    assert_adds_up(found)
    assert (found.method, found.version) == (model, "1")


people = st.sampled_from("abcd")
moments = st.integers(0, 60)
touch_rows = st.lists(
    st.tuples(people, moments.map(lambda d: d * DAY), st.sampled_from("xyz")), max_size=25
)
end_rows = st.lists(
    st.tuples(people, moments.map(lambda d: d * DAY), st.integers(0, 10**9)), max_size=8
)


@given(touch_rows, end_rows, st.integers(1, 40))
@settings(max_examples=200, deadline=None)
def test_journeys_are_those_of_walking_event_by_event(rows, ends, window):
    rows = sorted(rows, key=lambda r: r[1])  # touches at one moment keep their order
    paths = build_paths(*events(rows, ends), by="channel", window=Window(window))
    journeys, lost, lost_value = plain.build(rows, ends, window * DAY)
    mine = as_journeys(paths)
    assert Counter(mine) == Counter(journeys)
    assert (paths.unattributed_conversions, paths.unattributed_value) == (lost, lost_value)
    # Every touch is in one journey, or stated as outside.
    assert sum(len(j[0]) for j in mine) + paths.touches_outside == len(rows)


@given(touch_rows, end_rows, st.sampled_from(sorted(MODELS)), st.booleans())
@settings(max_examples=200, deadline=None)
def test_credits_always_equal_conversions_and_value(rows, ends, model, reuse):
    paths = build_paths(*events(rows, ends), by="channel", window=Window(9), reuse=reuse)
    found = attribute(paths, model)
    assert_adds_up(found)
    assert found.conversions == len(ends)
    assert found.value == Money.of(sum(e[2] for e in ends), "IDR")


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=30), st.integers(-(10**12), 10**15))
def test_shares_of_whole_units_add_up_and_stay_near(weights, total):
    if sum(weights) == 0:
        weights = [w + 1 for w in weights]
    shares = share_out(weights, total)
    assert sum(shares) == total
    for w, s in zip(weights, shares, strict=True):
        assert abs(s - w / sum(weights) * total) < 1.001 + abs(total) * 1e-12


def test_a_journey_ends_in_silence_and_young_ones_stay_open():
    rows = [("a", 0, "x"), ("a", 50 * DAY, "y"), ("b", 88 * DAY, "x")]
    shape = {"by": "channel", "window": Window(30)}
    paths = build_paths(*events(rows, []), **shape, as_of=np.datetime64(90 * DAY, "s"))
    assert as_journeys(paths) == [(("x",), 0, 1, 0), (("y",), 0, 1, 0)]
    assert paths.open_journeys == 1
    assert paths.touches_outside == 0


def test_views_may_have_a_shorter_window_than_clicks():
    rows = [("a", 0, "seen"), ("a", DAY, "clicked")]
    touches, ends = events(rows, [("a", 5 * DAY, 10)])
    kinds = Touches(
        touches.person, touches.time, touches.dimensions, np.array(["view", "click"], dtype=object)
    )
    paths = build_paths(kinds, ends, by="channel", window=Window(7, {"view": 1}))
    assert as_journeys(paths) == [(("clicked",), 1, 0, 10)]
    assert paths.touches_outside == 1


def test_a_touch_serves_one_conversion_unless_reuse_is_asked():
    case = events([("a", 0, "x")], [("a", DAY, 10), ("a", 2 * DAY, 20)])
    once = build_paths(*case, by="channel", window=Window(7))
    assert once.unattributed_conversions == 1
    again = build_paths(*case, by="channel", window=Window(7), reuse=True)
    assert amounts(again, "last") == {"x": (2, 30)}


def test_a_touch_without_campaign_is_credited_as_not_set():
    touches, ends = events([("a", 0, None)], [("a", DAY, 10)])
    paths = build_paths(touches, ends, by="channel", window=Window(7))
    assert paths.labels == ("(not set)",)


def test_errors_say_what_to_do(small):
    with pytest.raises(UserError, match="no dimension"):
        build_paths(*events([], []), by="planet", window=Window(7))
    with pytest.raises(UserError, match="no times"):
        attribute(paths_from_totals([("a",)], conversions=[1], nulls=[0]), "time_decay")
    with pytest.raises(UserError, match="no attribution model"):
        attribute(small, "magic")
    with pytest.raises(UserError, match="window"):
        Window(7, {"view": 8})
    paths = paths_from_totals([("a",)], conversions=[1], nulls=[0], value=[-5], currency="USD")
    with pytest.raises(UserError, match="refund"):
        attribute(paths, "markov")


def test_refunds_can_be_shared_out_by_rule():
    paths = paths_from_totals(
        [("a", "b")], conversions=[1], nulls=[0], value=[-501], currency="USD"
    )
    found = attribute(paths, "linear")
    assert_adds_up(found)
    assert found.value == Money(Decimal("-5.01"), "USD")


def test_no_conversion_gives_no_shares_and_no_crash():
    paths = paths_from_totals([("a", "b")], conversions=[0], nulls=[5])
    for found in compare_models(paths).values():
        assert {c.share for c in found.credits} == {None}
        assert found.conversions == 0


def test_markov_on_a_textbook_case():
    # a>b converts, b does not, a alone does not: without a or b nothing converts.
    paths = paths_from_totals([("a", "b"), ("b",), ("a",)], conversions=[1, 0, 0], nulls=[0, 1, 1])
    found = attribute(paths, "markov")
    # P(conv) = 2/3·1/2·1/2 + 1/3·1/2 = 1/3; without a 1/6; without b 0.
    assert found.of("a").share == pytest.approx(0.5 / 1.5)
    assert found.of("b").share == pytest.approx(1 / 1.5)


journey_lists = st.lists(
    st.tuples(
        st.lists(st.sampled_from("vwxyz"), min_size=1, max_size=5).map(tuple),
        st.integers(0, 5),
        st.integers(0, 5),
        st.integers(0, 1000),
    ).filter(lambda j: j[1] + j[2] > 0),
    min_size=1,
    max_size=12,
)


def totals(journeys, currency="USD"):
    return paths_from_totals(
        [j[0] for j in journeys],
        conversions=[j[1] for j in journeys],
        nulls=[j[2] for j in journeys],
        value=[j[3] if j[1] else 0 for j in journeys],
        currency=currency,
    )


@given(journey_lists)
@settings(max_examples=60, deadline=None)
def test_markov_agrees_with_walking_the_chain(journeys):
    if not any(j[1] for j in journeys):
        return
    paths = totals(journeys)
    expected = plain.markov([(j[0], j[1], j[2], j[1]) for j in journeys])
    found = attribute(paths, "markov")
    assert {c.label: c.share for c in found.credits} == pytest.approx(expected, abs=1e-8)


@given(journey_lists)
@settings(max_examples=60, deadline=None)
def test_both_shapley_games_agree_with_the_sum_over_coalitions(journeys):
    if not any(j[1] for j in journeys):
        return
    paths = totals(journeys)
    brought = sum(j[1] for j in journeys)
    counts = plain.shapley(paths.labels, plain.count_game(paths.labels, [j[:2] for j in journeys]))
    found = {c.label: c.share for c in attribute(paths, "shapley").credits}
    assert found == pytest.approx({k: float(v) / brought for k, v in counts.items()}, abs=1e-9)
    rates = plain.shapley(paths.labels, plain.rate_game(paths.labels, [j[:3] for j in journeys]))
    whole = sum(rates.values())
    found = {c.label: c.share for c in attribute(paths, "shapley_rate").credits}
    assert found == pytest.approx({k: float(v / whole) for k, v in rates.items()}, abs=1e-9)


def test_sampled_shapley_states_an_error_that_holds(monkeypatch):
    rng = np.random.default_rng(5)
    journeys = [
        (tuple(rng.choice(list("abcdefgh"), size=3)), int(rng.integers(0, 4)), 3, 0)
        for _ in range(150)
    ]
    paths = totals(journeys)
    exact = attribute(paths, "shapley_rate")
    monkeypatch.setattr("tolok.value.shapley.EXACT_LABELS", 2)
    sampled = attribute(paths, "shapley_rate", samples=4000)
    off = [
        abs(s.share - e.share) / s.error
        for s, e in zip(sampled.credits, exact.credits, strict=True)
    ]
    assert max(off) < 4
    assert_adds_up(sampled)
    assert all(c.error is None for c in exact.credits)


def test_markov_and_shapley_on_the_real_touches_agree_with_plain_python():
    touches, conversions = touches_2018()
    paths = build_paths(touches, conversions, by="channel", window=Window(30))
    journeys = as_journeys(paths)
    found = compare_models(paths)
    for a in found.values():
        assert_adds_up(a)
        assert a.conversions == 1838
    by_walk = plain.markov([(j[0], j[1], j[2], j[1]) for j in journeys])
    value_walk = plain.markov(journeys)
    total = sum(c.value.amount for c in found["markov"].credits)
    for credit in found["markov"].credits:
        assert credit.share == pytest.approx(by_walk[credit.label], abs=1e-9)
        assert float(credit.value.amount / total) == pytest.approx(
            value_walk[credit.label], abs=1e-6
        )
    game = plain.count_game(paths.labels, [j[:2] for j in journeys])
    expected = plain.shapley(paths.labels, game)
    for credit in found["shapley"].credits:
        assert credit.share == pytest.approx(float(expected[credit.label]) / 1838, abs=1e-9)


def test_markov_and_shapley_on_the_real_path_totals_agree_with_plain_python():
    journeys = journeys_2014()
    paths = paths_from_totals(
        [j[0] for j in journeys],
        conversions=[j[1] for j in journeys],
        nulls=[j[2] for j in journeys],
        value=[j[3] for j in journeys],
        currency="USD",
        digits=3,
    )
    by_walk = plain.markov([(j[0], j[1], j[2], j[1]) for j in journeys], rounds=400)
    found = attribute(paths, "markov")
    assert_adds_up(found)
    assert {c.label: c.share for c in found.credits} == pytest.approx(by_walk, abs=1e-9)
    split = Counter()
    for labels, conversions, _, _ in journeys:
        for label in set(labels):
            split[label] += conversions / len(set(labels))
    found = attribute(paths, "shapley")
    assert_adds_up(found)
    assert {c.label: c.share for c in found.credits} == pytest.approx(
        {k: v / 19785 for k, v in split.items()}, abs=1e-9
    )


def test_very_many_labels_are_shared_out_the_same_way(small, monkeypatch):
    before = attribute(small, "shapley")
    monkeypatch.setattr("tolok.value.shapley._MARKED_CELLS", 0)
    assert attribute(small, "shapley") == before


def test_more_labels_than_the_chain_can_solve_are_refused(small, monkeypatch):
    monkeypatch.setattr("tolok.value.markov.MOST_LABELS", 2)
    with pytest.raises(UserError, match="too many"):
        attribute(small, "markov")
