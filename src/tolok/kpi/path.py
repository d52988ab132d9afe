"""Target paths: which value a KPI should stand at on a given day on its way to the target."""

from __future__ import annotations

from datetime import date

from tolok.base import Period


def share_gone(window: Period, until: date) -> float:
    """Return the share of the window's days that lie before a day, 0 to 1."""
    gone = (min(max(until, window.start), window.end) - window.start).days
    return gone / window.days


def expect_straight(window: Period, until: date, *, start: float, target: float) -> float:
    """Return where a straight path from start to target stands at the start of a day."""
    return start + (target - start) * share_gone(window, until)
