"""Attribution from its definitions in plain Python: the oracle, sharing no line with the room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import factorial

Journey = tuple[tuple[str, ...], float, float]
"""labels, what it brought, number of journeys that brought nothing"""


def markov(
    journeys: Sequence[tuple[tuple[str, ...], int, int, float]], rounds: int = 4000
) -> dict[str, float]:
    """Removal effects by walking the chain with the channel taken out; value as reward.

    Each journey: labels, conversions, nulls, what is earned in all. Returns shares of the sum.
    """
    steps: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    earned: dict[str, float] = defaultdict(float)
    for labels, conversions, nulls, value in journeys:
        n = conversions + nulls
        for a, b in zip(("(start)", *labels), labels, strict=False):
            steps[a][b] += n
        steps[labels[-1]]["(end)"] += n
        earned[labels[-1]] += value
    total = {a: sum(to.values()) for a, to in steps.items()}

    def yields(without: str | None) -> float:
        at, gained = {"(start)": 1.0}, 0.0
        for _ in range(rounds):
            after: dict[str, float] = defaultdict(float)
            for a, odds in at.items():
                gained += odds * earned[a] / total[a]
                for b, n in steps[a].items():
                    if b not in ("(end)", without):
                        after[b] += odds * n / total[a]
            at = after
            if sum(at.values()) < 1e-15:
                break
        return gained

    whole = yields(None)
    effect = {k: 1 - yields(k) / whole for k in steps if k != "(start)"}
    return {k: v / sum(effect.values()) for k, v in effect.items()}


def shapley(
    players: Sequence[str], worth: dict[frozenset[str], Fraction | float]
) -> dict[str, Fraction | float]:
    """Shapley values by the sum over all coalitions."""
    n = len(players)
    values = {}
    for k in players:
        others = [p for p in players if p != k]
        values[k] = sum(
            Fraction(factorial(size) * factorial(n - size - 1), factorial(n))
            * (worth[frozenset((*group, k))] - worth[frozenset(group)])
            for size in range(n)
            for group in combinations(others, size)
        )
    return values


def coalitions(players: Sequence[str]) -> list[frozenset[str]]:
    return [frozenset(g) for k in range(len(players) + 1) for g in combinations(players, k)]


def count_game(
    players: Sequence[str], journeys: Sequence[tuple[tuple[str, ...], int]]
) -> dict[frozenset[str], int]:
    by_set: dict[frozenset[str], int] = defaultdict(int)
    for labels, brought in journeys:
        by_set[frozenset(labels)] += brought
    return {s: sum(v for t, v in by_set.items() if t <= s) for s in coalitions(players)}


def rate_game(
    players: Sequence[str], journeys: Sequence[tuple[tuple[str, ...], int, int]]
) -> dict[frozenset[str], Fraction]:
    by_set: dict[frozenset[str], list[int]] = defaultdict(lambda: [0, 0])
    for labels, brought, nulls in journeys:
        by_set[frozenset(labels)][0] += brought
        by_set[frozenset(labels)][1] += brought + nulls
    worth = {}
    for s in coalitions(players):
        top = sum(v[0] for t, v in by_set.items() if t <= s)
        below = sum(v[1] for t, v in by_set.items() if t <= s)
        worth[s] = Fraction(top, below) if below else Fraction(0)
    return worth


def build(
    touches: Sequence[tuple[str, int, str]],
    conversions: Sequence[tuple[str, int, int]],
    window: int,
) -> tuple[list[tuple[tuple[str, ...], int, int, int]], int, int]:
    """Walk each person's events one by one; times and the window in the same unit.

    Returns (labels, conversions, nulls, value) per journey, and the conversions and value
    without a touch.
    """
    people = {t[0] for t in touches} | {c[0] for c in conversions}
    journeys, lost, lost_value = [], 0, 0
    for who in sorted(people):
        events = [(t, 0, label) for p, t, label in touches if p == who]
        ends: dict[int, list[int]] = defaultdict(list)
        for p, t, value in conversions:
            if p == who:
                ends[t].append(value)
        events += [(t, 1, "") for t in ends]
        open_touches: list[tuple[int, str]] = []
        for t, is_end, label in sorted(events, key=lambda e: e[:2]):
            if open_touches and t - open_touches[-1][0] > window:
                journeys.append((tuple(x for _, x in open_touches), 0, 1, 0))
                open_touches = []
            if not is_end:
                open_touches.append((t, label))
                continue
            inside = tuple(x for at, x in open_touches if t - at <= window)
            if inside:
                journeys.append((inside, len(ends[t]), 0, sum(ends[t])))
            else:
                lost, lost_value = lost + len(ends[t]), lost_value + sum(ends[t])
            open_touches = []
        if open_touches:
            journeys.append((tuple(x for _, x in open_touches), 0, 1, 0))
    return journeys, lost, lost_value
