"""A sparkline as SVG: lines where values are, gaps where they are missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, PAD = 120.0, 32.0, 3.0


@dataclass(frozen=True)
class Spark:
    """Paths of the line, dots of lone values, boxes of the gaps, the level of the goal."""

    lines: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    gaps: tuple[tuple[float, float], ...]
    goal_y: float | None
    last: tuple[float, float] | None


def draw_spark(values: Sequence[float | None], goal: float | None = None) -> Spark | None:
    """Return the drawing of values over equal steps; None when fewer than two are known."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    levels = [*known, *([goal] if goal is not None else [])]
    low, high = min(levels), max(levels)
    step = WIDTH / (len(values) - 1)

    def place(index: int, value: float) -> tuple[float, float]:
        return round(index * step, 1), _height(value, low, high)

    runs = _runs(values)
    lines = tuple(
        " ".join(f"{x:g},{y:g}" for x, y in (place(i, v) for i, v in run))
        for run in runs
        if len(run) > 1
    )
    dots = tuple(place(*run[0]) for run in runs if len(run) == 1)
    last = max(i for i, value in enumerate(values) if value is not None)
    return Spark(
        lines=lines,
        dots=dots,
        gaps=_gaps(values, step),
        goal_y=None if goal is None else _height(goal, low, high),
        last=place(last, values[last] or 0.0),
    )


def _height(value: float, low: float, high: float) -> float:
    share = (value - low) / (high - low) if high > low else 0.5
    return round(HEIGHT - PAD - share * (HEIGHT - 2 * PAD), 1)


def _runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    runs: list[list[tuple[int, float]]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((index, value))
    return [run for run in runs if run]


def _gaps(values: Sequence[float | None], step: float) -> tuple[tuple[float, float], ...]:
    """Spans (left, width) without a value, from the value before to the value after.

    What lies before the first value is no gap: the thing may not have been there yet.
    """
    gaps: list[tuple[float, float]] = []
    start: int | None = None
    first = next((i for i, value in enumerate(values) if value is not None), len(values))
    for index, value in enumerate([*values, 0.0]):
        if value is None and start is None and index > first:
            start = index
        elif value is not None and start is not None:
            left = max(0, start - 1) * step
            right = min(index, len(values) - 1) * step
            gaps.append((round(left, 1), round(right - left, 1)))
            start = None
    return tuple(gaps)
