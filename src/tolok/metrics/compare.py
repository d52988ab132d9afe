"""How a figure moved against another, or why that must not be said."""

from __future__ import annotations

from tolok.base import PlatformFacts, Text, say_day

from .figure import Change, Figure
from .metric import Metric

NOT_KNOWN = Text("one of the two is not known", "salah satunya belum diketahui")
FROM_ZERO = Text("it was zero before", "sebelumnya nol")
UNEVEN = Text(
    "the two periods are not equally covered ({now:.0%} and {before:.0%} of days)",
    "kelengkapan kedua periode berbeda ({now:.0%} dan {before:.0%} hari)",
)
NO_DAY = Text(
    "of one of the two periods no day is fully known",
    "tidak satu hari pun dari salah satu periode diketahui lengkap",
)
BROKEN = Text(
    "not comparable: {platform} changed the definition on {on}",
    "tidak dapat dibandingkan: {platform} mengubah definisi pada {on}",
)
CURRENCIES = Text("the currencies differ", "mata uangnya berbeda")

_EVEN = 0.02


def compare(
    metric: Metric,
    now: Figure,
    before: Figure,
    *,
    platforms: PlatformFacts,
    scope_platforms: tuple[str, ...],
) -> Change:
    """Return the change from `before` to `now`, or the reason why none may be stated.

    Platforms that neither figure counts do not matter; `scope_platforms` stand in where the
    figures do not tell theirs.

    None is stated over a platform's change of definition, between unequally covered periods,
    for ranges and unknowns, and as a ratio from zero or from a negative number.
    """
    if now.value is None or before.value is None:
        return Change(None, None, NOT_KNOWN)
    if now.currency != before.currency:
        return Change(None, None, CURRENCIES)
    start, end = min(now.period.start, before.period.start), max(now.period.end, before.period.end)
    for platform in sorted({*now.platforms, *before.platforms}) or scope_platforms:
        found = platforms.breaks_between(platform, frozenset(metric.columns), start, end)
        if found:
            name = platforms.names.get(platform, platform)
            return Change(None, None, BROKEN, {"platform": name, "on": say_day(found[0].on)})
    is_sum = metric.kind == "flow" and metric.basis == "activity"
    if is_sum or "at_least" in (now.state, before.state):
        one, other = _days_covered(now), _days_covered(before)
        if not min(one, other):
            return Change(None, None, NO_DAY)
        if abs(one - other) > _EVEN:
            return Change(None, None, UNEVEN, {"now": one, "before": other})
    difference = now.value - before.value
    if before.value <= 0:
        return Change(None, difference, FROM_ZERO)
    return Change(difference / before.value, difference)


def _days_covered(figure: Figure) -> float:
    """Return the share of days that is there; of rows and posts all days are taken to be."""
    if figure.coverage is None or figure.coverage.what != "days":
        return 1.0
    return figure.coverage.share or 0.0
