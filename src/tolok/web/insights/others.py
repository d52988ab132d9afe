"""Our figures beside those of the competitors followed, and shares of voice (K8.3, K9.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from tolok.base import Period
from tolok.metrics import Engine, Figure, Metric, Scope, load_metrics
from tolok.metrics.scope import accounts_by_relation
from tolok.metrics.voice_share import voice_shares

# What public profiles show of anybody.
KEYS = ("followers", "followers_net", "follower_growth_rate", "posts_published",
        "engagements_per_post", "mean_post_public_engagement_rate", "interactions")  # fmt: skip


@dataclass(frozen=True)
class Other:
    """A competitor's account with its figure."""

    account: str
    figure: Figure


@dataclass(frozen=True)
class Beside:
    """One metric on one platform: ours, and those of the competitors that are known there."""

    metric: Metric
    platform: str
    ours: Figure | None
    others: tuple[Other, ...]  # the highest first

    @property
    def values(self) -> list[float]:
        """The known values of the others."""
        return [o.figure.value for o in self.others if o.figure.value is not None]

    @property
    def middle(self) -> float | None:
        """The median of the others; None when none is known."""
        return median(self.values) if self.values else None

    @property
    def place(self) -> tuple[int, int] | None:
        """Our place and how many stand there, the best first; None where there is no better."""
        ours = self.ours.value if self.ours else None
        if ours is None or not self.values or self.metric.direction == "neither":
            return None
        is_up = self.metric.direction == "up"
        ahead = sum((v > ours) if is_up else (v < ours) for v in self.values)
        return ahead + 1, len(self.values) + 1


@dataclass(frozen=True)
class Voice:
    """A brand's share of the talk in a set of brands watched together."""

    brand_set: str
    subject: str
    is_ours: bool
    figure: Figure


def follows_anyone(engine: Engine) -> bool:
    """Whether any account of a competitor is declared in the workspace."""
    if engine.view.is_empty("accounts"):
        return False
    return bool(accounts_by_relation(engine.view).get("competitor"))


def read_beside(
    engine: Engine, brand: str, period: Period, *,
    keys: Sequence[str] = KEYS, platforms: Sequence[str] = (),
) -> list[Beside]:  # fmt: skip
    """Return every metric and platform of which a competitor's figure is known."""
    if not follows_anyone(engine):
        return []
    known = load_metrics()
    usable = [k for k in keys if k in known and {"platform", "account"} <= set(known[k].dimensions)
              and not engine.view.is_empty(known[k].table)]  # fmt: skip
    if not usable:
        return []
    wanted = tuple(platforms)
    theirs = engine.figures(usable, [period], Scope(brand, wanted, relation="competitor"),
                            by=("platform", "account"))  # fmt: skip
    ours = engine.figures(usable, [period], Scope(brand, wanted), by=("platform",))
    own = {(f.metric, f.group.get("platform")): f for f in ours}
    found: dict[tuple[str, str], list[Other]] = {}
    for figure in theirs:
        platform, account = figure.group.get("platform"), figure.group.get("account")
        if platform and account and figure.value is not None:
            found.setdefault((platform, figure.metric), []).append(Other(account, figure))
    order = {key: number for number, key in enumerate(keys)}
    return [
        Beside(known[key], platform, own.get((key, platform)),
               tuple(sorted(others, key=lambda o: -(o.figure.value or 0.0))))
        for (platform, key), others in sorted(found.items(), key=lambda p: (p[0][0], order[p[0][1]]))
    ]  # fmt: skip


def read_voices(engine: Engine, brand: str, period: Period) -> list[Voice]:
    """Return the share of voice of every brand watched, per set, the largest first."""
    if engine.view.is_empty("interactions"):
        return []
    rows = engine.view.table("interactions")
    rows = rows.filter((rows.brand == brand) & rows.subject.notnull())
    told = rows.select("subject", "subject_relation").distinct().to_pyarrow().to_pylist()
    theirs = {row["subject"] for row in told if row["subject_relation"] == "competitor"}
    shares = voice_shares(engine, [period], Scope(brand))
    voices = [
        Voice(f.group.get("brand_set") or "", f.group.get("subject") or "",
              f.group.get("subject") not in theirs, f)
        for f in shares
    ]  # fmt: skip
    return sorted(voices, key=lambda v: (v.brand_set, -(v.figure.value or 0.0), v.subject))
