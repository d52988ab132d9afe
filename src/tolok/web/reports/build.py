"""From a kept report to the built one: its slice, its look, each built once for all its readers."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from django.conf import settings

from tolok.base import Period, PeriodError, UserError
from tolok.reports import Audience, Style, build_report, load_pages
from tolok.reports import Report as Built
from tolok.web.accounts.facts import (
    calendar_of,
    engine_of,
    kpis_of,
    lake_of,
    profile_of,
    state_of,
    today_of,
)
from tolok.web.accounts.models import Brand

from .models import Recipient, Report

_FAR = timedelta(days=3660)
_KEPT = 6  # a built report holds thousands of figures
_built: OrderedDict[tuple[Any, ...], Built] = OrderedDict()
_guard = threading.Lock()
_SUFFIXES = {"image/png": ".png", "image/jpeg": ".jpg"}


def build(
    report: Report, brand: Brand, period: Period, *, audience: str = "", pages: Sequence[str] = ()
) -> Built:
    """Return the report of a brand and period, as the report says unless told otherwise.

    Kept until a fact, a KPI, the look or the day changes.
    """
    chosen = cast("Audience", audience or report.audience)
    shown = slice_of(report.pages, pages)
    style, kpis = style_of(report, brand), kpis_of(brand)
    name = (
        brand.pk, state_of(lake_of(brand)), profile_of(brand), today_of(brand), kpis, period,
        chosen, shown, style,
    )  # fmt: skip
    with _guard:
        if name in _built:
            _built.move_to_end(name)
            return _built[name]
    made = build_report(engine_of(brand), profile_of(brand), period, kpis=kpis, audience=chosen,
                        pages=shown, style=style)  # fmt: skip
    with _guard:
        _built[name] = made
        while len(_built) > _KEPT:
            _built.popitem(last=False)
    return made


def build_for(reader: Recipient, brand: Brand, period: Period) -> Built:
    """Return the report with the slice of one reader."""
    return build(reader.report, brand, period, audience=reader.audience, pages=reader.pages)


def slice_of(report: Sequence[str], reader: Sequence[str]) -> tuple[str, ...]:
    """Return the pages both allow, in the order of a report; empty stands for all.

    A reader whose pages are none of the report's gets those of the report.
    """
    known = load_pages()
    both = [k for k in known if (not report or k in report) and (not reader or k in reader)]
    if not both:
        both = [k for k in known if k in report]
    return tuple(both) if report or reader else ()


def style_of(report: Report, brand: Brand) -> Style:
    """Return colour and logo: the report's own, else those of the brand."""
    own = (report.logo, report.logo_type) if report.logo else (brand.logo, brand.logo_type)
    logo = _file_of(bytes(own[0]), own[1]) if own[0] else None
    return Style.of(accent=report.colour or brand.colour or None, logo=logo)


def _file_of(content: bytes, kind: str) -> Path:
    """Return a file with the picture, named by its content; the drawings read files."""
    folder = Path(settings.MEDIA_ROOT) / "logos"
    file = folder / (hashlib.sha256(content).hexdigest()[:32] + _SUFFIXES.get(kind, ".png"))
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(f".{threading.get_ident()}")
        part.write_bytes(content)
        part.replace(file)
    return file


def period_of(brand: Brand, key: str) -> Period | None:
    """Return the period of a key such as 2026-10; None for words that are none."""
    try:
        period = calendar_of(brand).parse(key, today_of(brand))
    except (PeriodError, UserError, ValueError, OverflowError):
        return None
    return period if period.key == key else None


def near_period_of(brand: Brand, key: str) -> Period | None:
    """Return the period of a key that lies within ten years of today; None for any other."""
    period = period_of(brand, key)
    if period is None or abs(period.start - today_of(brand)) > _FAR:
        return None
    return period


def last_periods(report: Report, count: int = 6) -> list[Period]:
    """Return the last whole periods of the report's rhythm, the youngest first."""
    calendar, found = calendar_of(report.brand), []
    period = calendar.period_of(today_of(report.brand), report.rhythm)
    for _ in range(count):
        period = calendar.previous(period)
        found.append(period)
    return found
