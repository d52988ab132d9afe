"""How many different people saw something: groups of people, so that reach never simply adds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    """People alike: how many there are, and which share of all views falls to them."""

    size: float
    share: float


@dataclass(frozen=True)
class Crowd:
    """The people a profile can meet; the same fans come back, strangers seldom do."""

    groups: tuple[Group, ...]

    def reach(self, views: float) -> int:
        """Return how many different people these views fell to, at least 1 where there are any."""
        return round(sum(g.size * self._seen(g, views) for g in self.groups))

    def reach_over(self, views: Iterable[float]) -> int:
        """Return the different people over several days or posts: less than the sum of reaches."""
        each = list(views)
        total = 0.0
        for group in self.groups:
            missed = 1.0
            for one in each:
                missed *= 1.0 - self._seen(group, one)
            total += group.size * (1.0 - missed)
        return round(total)

    @staticmethod
    def _seen(group: Group, views: float) -> float:
        """Return the share of a group that got at least one of the views, spread blindly."""
        return float(1.0 - (1.0 - 1.0 / group.size) ** (views * group.share))


def crowd(fans: int, followers: int, strangers: int) -> Crowd:
    """Return a crowd of eager fans, followers who see little, and strangers."""
    return Crowd((Group(fans, 0.42), Group(followers, 0.28), Group(strangers, 0.30)))
