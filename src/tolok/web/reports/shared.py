"""Reports that a share link may show: one report of one fixed period."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from tolok.base import Period
from tolok.reports.draw.html import draw_body
from tolok.web.accounts.models import Brand
from tolok.web.sharing import Shared
from tolok.web.shell.language import language_of_page

from .build import build, last_periods, near_period_of
from .models import Report


def _find(brand: Brand, thing: str) -> tuple[Report, Period] | None:
    key, _colon, span = thing.partition("~")
    rows = Report.objects.select_related("brand__workspace")
    report = rows.filter(brand=brand, key=key, removed_at=None).first()
    period = near_period_of(brand, span)
    return (report, period) if report is not None and period is not None else None


def list_things(brand: Brand) -> list[tuple[str, str]]:
    """Return each report with its last periods."""
    rows = Report.objects.select_related("brand__workspace").filter(brand=brand, removed_at=None)
    return [
        (f"{r.key}~{p.key}", f"{r.name} · {p.label(language_of_page())}")
        for r in rows.order_by("name") for p in last_periods(r, 4)
    ]  # fmt: skip


def name_of(brand: Brand, thing: str) -> str | None:
    """Return the name of a report and its period; None when there is none."""
    found = _find(brand, thing)
    return f"{found[0].name} · {found[1].label(language_of_page())}" if found else None


def describe(brand: Brand, thing: str) -> dict[str, Any]:
    """Return the report drawn for the screen."""
    found = _find(brand, thing)
    if found is None:
        return {"body": ""}
    built = build(found[0], brand, found[1])
    body = draw_body(built, language_of_page(), has_head=False)
    return {"body": mark_safe(body)}  # noqa: S308 - drawn and escaped by reports


def path_of(brand: Brand, thing: str) -> str:
    """Return the page inside; the list when the report is gone."""
    found = _find(brand, thing)
    if found is None:
        return reverse("reports:list", args=[brand.slug])
    address = reverse("reports:show", args=[brand.slug, found[0].pk])
    return f"{address}?period={found[1].key}"


SHARED = (
    Shared(
        key="report",
        label=_("Report of a period"),
        template="reports/shared_report.html",
        things=list_things,
        name_of=name_of,
        describe=describe,
        path_of=path_of,
        css=("reports/reports.css",),
        scripts=("reports/reports.js",),
    ),
)
