"""A sparkline as SVG: lines where values are, marks where only bounds are, gaps where nothing is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tolok.metrics import Figure

WIDTH, HEIGHT, PAD = 120.0, 32.0, 3.0
_STEM = 8.0  # how high the arrow of a least stands


@dataclass(frozen=True)
class Bounds:
    """A step known only as at least `low`, and at most `high` where that is known too."""

    low: float
    high: float | None = None


@dataclass(frozen=True)
class Anew:
    """A step from which on a platform counts otherwise: no line leads to it from the one before."""

    step: float | Bounds | None


Known: TypeAlias = float | Bounds | None  # None: nothing is known
Step: TypeAlias = Known | Anew
Place: TypeAlias = tuple[float, float]


@dataclass(frozen=True)
class Spark:
    """Paths of the line, dots of lone values, arrows of leasts, ranges, gaps, level of the goal.

    A line joins values only: beside a step with parts missing a least would look like a fall.
    """

    lines: tuple[str, ...]
    dots: tuple[Place, ...]
    leasts: tuple[Place, ...]  # where each begins; it points up by `stem`
    ranges: tuple[tuple[float, float, float], ...]  # x, y of the highest and of the lowest end
    gaps: tuple[Place, ...]  # left, width
    cuts: tuple[float, ...]  # between which steps a platform began to count otherwise
    goal_y: float | None
    last: Place | None  # None where the last step known is no value
    last_x: float  # where the last step known stands, whatever is known of it
    stem: float = _STEM


def steps_of(figures: Iterable[Figure], breaks: Collection[int] = ()) -> tuple[Step, ...]:
    """Return figures as steps of a sparkline: what they may be said to be, no more.

    `breaks` are the places before which a platform began to count otherwise.
    """
    steps = (
        Bounds(f.low, f.high)
        if f.value is None and f.low is not None
        else step_of(f.value, is_least=f.state == "at_least")
        for f in figures
    )
    return tuple(Anew(step) if i in breaks else step for i, step in enumerate(steps))


def step_of(value: float | None, *, is_least: bool) -> Known:
    """Return a value as a step of a sparkline."""
    return Bounds(value) if value is not None and is_least else value


def count_leasts(steps: Iterable[Step]) -> int:
    """Return of how many steps only a least is known."""
    bare = (step.step if isinstance(step, Anew) else step for step in steps)
    return sum(isinstance(step, Bounds) and step.high is None for step in bare)


def draw_spark(told: Sequence[Step], goal: float | None = None) -> Spark | None:
    """Return the drawing of equal steps; None when fewer than two values or leasts are known."""
    cuts = [i for i, step in enumerate(told) if isinstance(step, Anew)]
    steps = [step.step if isinstance(step, Anew) else step for step in told]
    leasts = count_leasts(steps)
    if leasts + sum(isinstance(step, int | float) for step in steps) < 2:
        return None
    scale = _Scale.over(steps, goal, room=_STEM if leasts else 0.0)
    width = WIDTH / (len(steps) - 1)

    def place(index: int, value: float) -> Place:
        return round(index * width, 1), scale.y(value)

    runs = _runs(steps, cuts)
    bounds = [(i, step) for i, step in enumerate(steps) if isinstance(step, Bounds)]
    last = max(i for i, step in enumerate(steps) if step is not None)
    return Spark(
        lines=tuple(
            " ".join(f"{x:g},{y:g}" for x, y in (place(i, v) for i, v in run))
            for run in runs if len(run) > 1
        ),
        dots=tuple(place(*run[0]) for run in runs if len(run) == 1),
        leasts=tuple(place(i, b.low) for i, b in bounds if b.high is None),
        ranges=tuple((*place(i, b.high), scale.y(b.low)) for i, b in bounds if b.high is not None),
        gaps=_gaps(steps, width), cuts=tuple(round((i - 0.5) * width, 1) for i in cuts if i),
        goal_y=None if goal is None else scale.y(goal),
        last=place(*runs[-1][-1]) if runs and runs[-1][-1][0] == last else None,
        last_x=round(last * width, 1),
    )  # fmt: skip


@dataclass(frozen=True)
class _Scale:
    low: float
    high: float
    top: float

    @classmethod
    def over(cls, steps: Sequence[Known], goal: float | None, *, room: float) -> _Scale:
        """Return the scale of all that is drawn, with room above for the arrows of leasts."""
        levels = [goal] if goal is not None else []
        for step in steps:
            if isinstance(step, Bounds):
                levels += [step.low] if step.high is None else [step.low, step.high]
            elif step is not None:
                levels.append(step)
        return cls(min(levels), max(levels), PAD + room)

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return round(HEIGHT - PAD - share * (HEIGHT - PAD - self.top), 1)


def _runs(steps: Sequence[Known], cuts: Collection[int]) -> list[list[tuple[int, float]]]:
    """Return the stretches of values, cut wherever a step has none or counts otherwise."""
    runs: list[list[tuple[int, float]]] = [[]]
    for index, step in enumerate(steps):
        if index in cuts:
            runs.append([])
        if step is None or isinstance(step, Bounds):
            runs.append([])
        else:
            runs[-1].append((index, step))
    return [run for run in runs if run]


def _gaps(steps: Sequence[Known], width: float) -> tuple[Place, ...]:
    """Spans (left, width) of which nothing is known, from the step before to the step after.

    What lies before the first known step is no gap: the thing may not have been there yet.
    """
    gaps: list[Place] = []
    start: int | None = None
    first = next((i for i, step in enumerate(steps) if step is not None), len(steps))
    for index, step in enumerate([*steps, 0.0]):
        if step is None and start is None and index > first:
            start = index
        elif step is not None and start is not None:
            left = max(0, start - 1) * width
            right = min(index, len(steps) - 1) * width
            gaps.append((round(left, 1), round(right - left, 1)))
            start = None
    return tuple(gaps)
