"""Shares of single conversions agree with the models' totals, whatever the journeys look like."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tolok.base import UserError
from tolok.value import Paths, attribute, paths_from_totals, share_per_path
from tolok.value.attribution import ModelKey

MODELS: tuple[ModelKey, ...] = ("last", "first", "linear", "position", "markov", "shapley")
JOURNEYS = st.lists(
    st.tuples(st.lists(st.sampled_from("abcd"), min_size=1, max_size=5), st.integers(0, 4), st.integers(0, 5)),
    min_size=1, max_size=12,
)  # fmt: skip


def build(journeys: list[tuple[list[str], int, int]]) -> Paths:
    # build_paths lays converting journeys first, so do we.
    told = sorted(journeys, key=lambda j: j[1] == 0)
    return paths_from_totals(
        [j[0] for j in told], conversions=[j[1] for j in told], nulls=[j[2] for j in told],
        value=[j[1] * (3 + k) for k, j in enumerate(told)], currency="IDR",
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(JOURNEYS)
def test_each_path_s_shares_sum_to_one_and_all_to_the_model_s_totals(
    journeys: list[tuple[list[str], int, int]],
) -> None:
    paths = build(journeys)
    converting = np.flatnonzero(paths.conversions > 0)
    for model in MODELS:
        shares = share_per_path(paths, model)
        of_path = np.bincount(paths.owner, weights=shares.touch, minlength=len(paths.lengths))
        weight = paths.conversions[paths.owner] * shares.touch
        of_label = np.bincount(paths.touch, weights=weight, minlength=len(paths.labels))
        if shares.outside is not None:
            of_path[converting] += shares.outside.sum(axis=1)
            of_label += paths.conversions[converting] @ shares.outside
        assert of_path[converting] == pytest.approx(1)
        assert of_path.sum() == pytest.approx(len(converting))
        if len(converting):
            whole = paths.conversions.sum()
            truth = np.array([c.share or 0.0 for c in attribute(paths, model).credits])
            assert of_label / whole == pytest.approx(truth, abs=1e-3)


def test_shapley_on_rates_is_refused_for_its_shares_may_be_below_zero() -> None:
    with pytest.raises(UserError):
        share_per_path(build([(["a"], 1, 0)]), "shapley_rate")
