"""Engagement for an account's size: what is usual, and how far from it an account lies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tolok.base import Text

from .arrays import Floats

FEWEST_PEERS = 30
FEWEST_POSTS = 8


@dataclass(frozen=True, slots=True)
class SizeBand:
    """The engagement rate usual at a size: log10(rate) = level + slope × log10(followers).

    `spread` is the standard deviation around that line in the same logarithm; the band reaches
    two of them to either side. `smallest` and `largest` bound the sizes it was drawn from.
    """

    level: float
    slope: float
    spread: float
    smallest: float
    largest: float
    source: Text

    def usual(self, followers: float) -> float:
        """Return the middle engagement rate at the size."""
        return float(10 ** (self.level + self.slope * np.log10(max(followers, 1.0))))

    def distance(self, followers: float, rate: float) -> float:
        """Return how many spreads the rate lies above (below) the usual one."""
        return float((np.log10(max(rate, 1e-7)) - np.log10(self.usual(followers))) / self.spread)


INSTAGRAM_BAND = SizeBand(
    level=-0.444,
    slope=-0.172,
    spread=0.335,
    smallest=100,
    largest=500_000_000,
    source=Text(
        en="605 ordinary accounts (2018) and the 200 most followed (2022); few between 5,000 and "
        "30 million followers, where the line is drawn through",
        id="605 akun biasa (2018) dan 200 akun dengan pengikut terbanyak (2022); sedikit data "
        "antara 5.000 dan 30 juta pengikut, di sana garisnya ditarik lurus",
    ),
)
BANDS: dict[str, SizeBand] = {"instagram": INSTAGRAM_BAND}


def band_from_peers(followers: Floats, rates: Floats) -> SizeBand | None:
    """Draw a band from accounts one follows oneself; None for fewer than 30 with any engagement."""
    kept = (followers > 0) & (rates > 0)
    if kept.sum() < FEWEST_PEERS:
        return None
    x, y = np.log10(followers[kept]), np.log10(rates[kept])
    slope = float(np.polyfit(x, y, 1)[0]) if np.ptp(x) > 0.5 else 0.0
    level = float(np.median(y - slope * x))
    spread = float(np.std(y - slope * x - level, ddof=2))
    source = Text(
        en=f"{int(kept.sum())} accounts you follow here",
        id=f"{int(kept.sum())} akun yang Anda ikuti di sini",
    )
    return SizeBand(
        level, slope, max(spread, 0.1), float(followers[kept].min()), float(followers[kept].max()),
        source,
    )  # fmt: skip


def engagement_rate(likes: Floats, comments: Floats, followers: float) -> float | None:
    """Return the median engagement (likes + comments) per post over followers.

    None for fewer than 8 posts with known counts, or no followers.
    """
    per_post = np.asarray(likes, dtype=np.float64) + np.asarray(comments, dtype=np.float64)
    known = per_post[np.isfinite(per_post)]
    if len(known) < FEWEST_POSTS or not followers > 0:
        return None
    return float(np.median(known)) / followers


def evenness(likes: Floats) -> float | None:
    """Return the robust spread of likes over the latest posts as a share of their median.

    Likes that were bought come in equal packs; natural ones rarely stay within a tenth. None for
    fewer than 8 posts, or a median under 30 likes, where chance alone hides it.
    """
    known = np.asarray(likes, dtype=np.float64)
    known = known[np.isfinite(known)]
    if len(known) < FEWEST_POSTS or np.median(known) < 30:
        return None
    low, high = np.quantile(known, [0.25, 0.75])
    return float((high - low) / np.median(known))
