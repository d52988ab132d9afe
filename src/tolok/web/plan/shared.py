"""What of planning may be shown by a link: one KPI."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tolok.web.accounts.models import Brand
from tolok.web.sharing import Shared

from .book import Book
from .pages import describe_kpi


def _things(brand: Brand) -> list[tuple[str, str]]:
    return [(kpi.key, kpi.name) for kpi in Book(brand).kpis]


def _name_of(brand: Brand, key: str) -> str | None:
    kpi = Book(brand).kpi(key)
    return kpi.name if kpi else None


def _describe(brand: Brand, key: str) -> dict[str, Any]:
    book = Book(brand)
    kpi = book.kpi(key)
    return describe_kpi(book, kpi) if kpi else {}


SHARED = (
    Shared(
        key="kpi",
        label=_("One KPI"),
        template="plan/shared_kpi.html",
        things=_things,
        name_of=_name_of,
        describe=_describe,
        path_of=lambda brand, key: reverse("plan:kpi", args=[brand.slug, key]),
        css=("plan/plan.css",),
    ),
)
