"""Breaks are seen where figures of two kinds would meet, and nowhere else."""

from datetime import date

import pytest

from tolok.base import Text
from tolok.base.platforms import Break, PlatformFacts

CHANGE = Text("counts otherwise", "dihitung berbeda")
ONE_DAY = Break(date(2026, 5, 10), "demo", ("views",), CHANGE)
ROLL_OUT = Break(date(2026, 5, 10), "demo", ("views",), CHANGE, until=date(2026, 5, 20))


@pytest.mark.parametrize(
    ("known", "start", "end", "seen"),
    [
        (ONE_DAY, date(2026, 5, 1), date(2026, 5, 31), True),
        (ONE_DAY, date(2026, 5, 9), date(2026, 5, 11), True),
        (ONE_DAY, date(2026, 5, 10), date(2026, 5, 31), False),  # all days of the new kind
        (ONE_DAY, date(2026, 5, 1), date(2026, 5, 10), False),  # all days of the old kind
        (ROLL_OUT, date(2026, 5, 12), date(2026, 5, 15), True),  # inside the roll-out
        (ROLL_OUT, date(2026, 5, 20), date(2026, 5, 31), False),
    ],
)
def test_a_break_counts_only_when_it_parts_the_days(known, start, end, seen):
    facts = PlatformFacts(breaks=(known,))
    assert bool(facts.breaks_between("demo", frozenset({"views"}), start, end)) is seen
    assert not facts.breaks_between("other", frozenset({"views"}), start, end)
    assert not facts.breaks_between("demo", frozenset({"reach"}), start, end)


def test_a_platform_of_no_known_delay_is_reread_for_a_week():
    facts = PlatformFacts(reread_days={"demo": 28})
    assert (facts.reread("demo"), facts.reread("other")) == (28, 7)
