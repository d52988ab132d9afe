"""Menu entries of the figures, and metrics in the command bar."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tolok.metrics import search_metrics
from tolok.web.accounts.access import Access
from tolok.web.area import Area, Command, Entry

from .periods import PRESETS
from .views import find_views
from .words import say

_FOUND = 8


def find_metrics(access: Access, words: str) -> Iterable[Command]:
    """Yield the metrics that hold the words."""
    for metric in islice(search_metrics(words) if words else (), _FOUND):
        href = reverse("insights:metric", args=[access.brand.slug, metric.key])
        yield Command(label=say(metric.name), href=href, kind=_("Metric"), icon="chart")


def _find_periods(access: Access, words: str) -> Iterable[Command]:
    """Yield the scorecard of the periods whose name holds the words."""
    wanted = words.casefold().split()
    base = reverse("insights:scorecard", args=[access.brand.slug])
    for key, name in PRESETS.items():
        if wanted and all(word in str(name).casefold() for word in wanted):
            label = _("Scorecard: %(period)s") % {"period": name}
            yield Command(
                label=label, href=f"{base}?period={key}", kind=_("Period"), icon="calendar"
            )


def find_things(access: Access, words: str) -> Iterable[Command]:
    """Yield saved views, periods, then metrics, that hold the words."""
    yield from find_views(access, words)
    yield from _find_periods(access, words)
    yield from find_metrics(access, words)


AREA = Area(
    key="insights",
    label=gettext_lazy("Insights"),
    order=10,
    search=find_things,
    entries=(
        Entry(
            label=gettext_lazy("Scorecard"),
            url="insights:scorecard",
            icon="target",
            keys="g s",
            words=gettext_lazy("figures numbers results platforms month"),
            home_for=("viewer", "manager", "specialist", "strategist", "administrator"),
        ),
        Entry(
            label=gettext_lazy("All brands"),
            url="insights:portfolio",
            icon="list",
            words=gettext_lazy("portfolio agency clients overview"),
        ),
        Entry(
            label=gettext_lazy("Competitors"),
            url="insights:competitors",
            icon="flag",
            keys="g v",
            words=gettext_lazy("benchmarks industry share of voice others market"),
        ),
        Entry(
            label=gettext_lazy("Metrics"),
            url="insights:catalogue",
            icon="book",
            keys="g m",
            words=gettext_lazy("formula meaning definition help catalogue"),
        ),
    ),
)
