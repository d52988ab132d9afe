"""Menu entries of strategy, and the goals and strategies the command bar finds."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tolok.web.accounts.access import Access
from tolok.web.area import Area, Command, Entry

from .board import Board


def find_plans(access: Access, words: str) -> Iterator[Command]:
    """Yield the brand's goals and strategies whose name holds the words."""
    wanted = words.casefold().split()
    board = Board(access.brand)
    things = [(g.title, "strategy:goal", g.goal, _now("Goal"), "flag") for g in board.goals]
    things += [
        (s.title, "strategy:strategy", s.strategy, _now("Strategy"), "book")
        for s in board.strategies
    ]
    for title, url, key, kind, icon in things:
        if wanted and all(word in title.casefold() for word in wanted):
            href = reverse(url, args=[access.brand.slug, key])
            yield Command(label=title, href=href, kind=kind, icon=icon)


AREA = Area(
    key="strategy",
    label=_("Strategy"),
    order=7,
    search=find_plans,
    entries=(
        Entry(
            label=_("Goals"),
            url="strategy:goals",
            icon="flag",
            keys="g o",
            words=_("marketing business wants objective"),
        ),
        Entry(
            label=_("Strategies"),
            url="strategy:strategies",
            icon="book",
            keys="g y",
            words=_("tactics plan in force evidence"),
        ),
        Entry(
            label=_("Alignment"),
            url="strategy:scores",
            icon="people",
            menu=False,
            words=_("rubric score raters agreement"),
        ),
        Entry(
            label=_("Budget"),
            url="strategy:budget",
            icon="money",
            keys="g b",
            words=_("money spent plan costs currency"),
        ),
        Entry(
            label=_("New goal"),
            url="strategy:new_goal",
            right="plan",
            icon="plus",
            keys="n g",
            menu=False,
            words=_("marketing objective write"),
        ),
        Entry(
            label=_("New strategy"),
            url="strategy:new_strategy",
            right="plan",
            icon="plus",
            keys="n s",
            menu=False,
            words=_("tactic plan write"),
        ),
    ),
)
