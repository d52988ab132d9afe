"""Menu entries of the figures."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tolok.web.area import Area, Entry

AREA = Area(
    key="insights",
    label=_("Insights"),
    order=10,
    entries=(
        Entry(
            label=_("Scorecard"),
            url="insights:scorecard",
            icon="target",
            keys="g s",
            words=_("figures numbers results platforms month"),
            home_for=("viewer", "manager", "specialist", "strategist", "administrator"),
        ),
    ),
)
