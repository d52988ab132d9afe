"""Posts of a profile: when they go out, what they would reach in the end, how they get there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from . import season
from .chance import Chance

FIRST_WEEK = (0.41, 0.19, 0.10, 0.06, 0.04, 0.03, 0.02)
TAIL_DAYS = 150  # what is left after the first week trickles in


@dataclass(frozen=True)
class Slot:
    """A place in the weekly plan: weekday (Monday 0), hour, kind of post."""

    weekday: int
    hour: int
    kind: str


@dataclass(frozen=True)
class Post:
    """One post: id, local moment, kind, and what it will have in the end (`views`, `acts`)."""

    id: str
    moment: datetime
    kind: str
    views: float
    acts: float  # likes, comments, shares and saves together
    number: int

    @property
    def day(self) -> date:
        """Return the local day of publication."""
        return self.moment.date()


def grown(age: int) -> float:
    """Return the share of a post's final figures reached at the end of its day number `age`."""
    if age < 0:
        return 0.0
    early = sum(FIRST_WEEK[: age + 1])
    late = (1.0 - sum(FIRST_WEEK)) * min(1.0, max(0, age - 6) / TAIL_DAYS)
    return min(1.0, early + late)


def share_on(post: Post, day: date) -> float:
    """Return the share of the post's final figures that falls on the day."""
    age = (day - post.day).days
    return grown(age) - grown(age - 1)


def planned(plan: Iterable[Slot], chance: Chance) -> list[tuple[datetime, str]]:
    """Return local moments and kinds of the posts of the whole period, none in the quiet time."""
    slots = list(plan)
    found = []
    for day in season.days():
        if season.inside(day, season.QUIET):
            continue
        todays = [s for s in slots if s.weekday == day.weekday()]
        if season.is_double(day) and not todays:
            todays = [replace(slots[0], weekday=day.weekday(), hour=12)]
        for slot in todays:
            clock = time(slot.hour, chance.whole(0, 59))
            if chance.happens(0.94):
                found.append((datetime.combine(day, clock), slot.kind))
    return found


def settle_rates(
    posts: list[Post], weights: dict[str, float], rate: dict[date, float]
) -> list[Post]:
    """Scale the acts so that, per month, acts ÷ weight of its posts is the wanted rate.

    `weights` is the denominator of each post (its reach or views), `rate` is by first of month.
    """
    sums: dict[date, tuple[float, float]] = {}
    for post in posts:
        month = post.day.replace(day=1)
        acts, weight = sums.get(month, (0.0, 0.0))
        sums[month] = (acts + post.acts, weight + weights[post.id])
    factors = {m: rate[m] * w / a for m, (a, w) in sums.items()}
    return [replace(p, acts=p.acts * factors[p.day.replace(day=1)]) for p in posts]


def daily(posts: list[Post], day: date) -> tuple[float, float]:
    """Return views and acts that all posts together gain on the day."""
    views = acts = 0.0
    for post in posts:
        if post.day <= day and (day - post.day).days <= TAIL_DAYS + 7:
            share = share_on(post, day)
            views += post.views * share
            acts += post.acts * share
    return views, acts
