"""Menu entries of planning, and the things of it the command bar finds."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tolok.web.accounts.access import Access
from tolok.web.area import Area, Command, Entry

from .book import Book


def find_kpis(access: Access, words: str) -> Iterator[Command]:
    """Yield the brand's KPIs whose name or key holds the words."""
    wanted = words.casefold().split()
    for kpi in Book(access.brand).kpis:
        if wanted and all(word in f"{kpi.name} {kpi.key}".casefold() for word in wanted):
            href = reverse("plan:kpi", args=[access.brand.slug, kpi.key])
            yield Command(label=kpi.name, href=href, kind=_now("KPI"), icon="target")


AREA = Area(
    key="plan",
    label=_("Plan"),
    order=5,
    search=find_kpis,
    entries=(
        Entry(
            label=_("KPIs"),
            url="plan:portfolio",
            icon="target",
            keys="g k",
            words=_("goals targets portfolio funnel findings doctor"),
        ),
        Entry(
            label=_("New KPI"),
            url="plan:new",
            right="plan",
            icon="plus",
            keys="n k",
            menu=False,
            words=_("goal proposal builder target make"),
        ),
        Entry(
            label=_("Checks"),
            url="plan:checks",
            icon="check",
            keys="g c",
            words=_("due rhythm decision calendar"),
        ),
        Entry(
            label=_("Activities"),
            url="plan:activities",
            icon="flag",
            keys="g a",
            words=_("expected effect evaluation learned"),
        ),
        Entry(
            label=_("Claims"),
            url="plan:claims",
            icon="spark",
            keys="g i",
            words=_("insight accuracy hit rate score"),
        ),
        Entry(
            label=_("Learning"),
            url="plan:learning",
            icon="book",
            menu=False,
            words=_("training material course knowledge"),
        ),
        Entry(
            label=_("KPIs as of a past day"),
            url="plan:as_of",
            icon="clock",
            menu=False,
            words=_("history versions then"),
        ),
        Entry(
            label=_("Review"),
            url="plan:review",
            icon="book",
            keys="g r",
            words=_("half year yearly keep change retire"),
        ),
    ),
)
