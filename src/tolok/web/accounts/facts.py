"""From a brand of the database to its facts: the lake, the calendar, the engine."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.conf import settings

from tolok.base import BrandProfile, Calendar, Home, Workspace
from tolok.base.workspace import WEEKDAYS
from tolok.connectors import platform_facts
from tolok.lake import Lake, LakeView
from tolok.metrics import Engine

from .models import Brand
from .models import Workspace as WorkspaceRow
from .start import make_brand


def workspace_of(brand: Brand) -> Workspace:
    """Return the folder of the brand's workspace."""
    return Home(settings.TOLOK_HOME).workspace(brand.workspace.key)


def calendar_of(brand: Brand) -> Calendar:
    """Return how the brand counts its days."""
    return Calendar(brand.week_start, brand.fiscal_month, brand.time_zone)


def profile_of(brand: Brand) -> BrandProfile:
    """Return the brand as the rooms below know it."""
    return BrandProfile(
        brand.slug,
        brand.name,
        brand.time_zone,
        brand.currency,
        WEEKDAYS[brand.week_start],
        brand.fiscal_month,
    )


def today_of(brand: Brand) -> date:
    """Return the brand's date now."""
    return calendar_of(brand).today_of(datetime.now(UTC))


def lake_of(brand: Brand) -> Lake:
    """Return the lake of the brand's workspace, made when new."""
    return Lake(workspace_of(brand).lake_folder)


def engine_of(brand: Brand) -> Engine:
    """Return an engine over the brand's facts as they are now."""
    return Engine(LakeView(lake_of(brand)), calendar_of(brand), today_of(brand), platform_facts())


def adopt_home(key: str = "main") -> int:
    """Bring brands that the command line made into the database; returns how many were new.

    Only for a machine of one's own: the workspace of the command line belongs to its owner.
    """
    folder = Home(settings.TOLOK_HOME).workspace(key)
    slugs = folder.brands()
    if not slugs:
        return 0
    workspace, _ = WorkspaceRow.objects.get_or_create(key=key, defaults={"name": "Tolok"})
    known = set(workspace.brands.values_list("slug", flat=True))
    new = [folder.brand(slug) for slug in slugs if slug not in known]
    for profile in new:
        make_brand(
            workspace,
            profile.name,
            slug=profile.slug,
            time_zone=profile.time_zone,
            currency=profile.currency,
            week_start=WEEKDAYS.index(profile.week_start),
            fiscal_month=profile.fiscal_start_month,
        )
    return len(new)
