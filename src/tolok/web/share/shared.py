"""The page of figures that a link may show: the scorecard of one period."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tolok.web.sharing import Shared

from . import scorecard

SHARED = (
    Shared(
        key="scorecard",
        label=_("Scorecard of a period"),
        template="share/shared_scorecard.html",
        things=scorecard.list_periods,
        name_of=scorecard.name_of,
        describe=scorecard.describe,
        path_of=scorecard.path_of,
    ),
)
