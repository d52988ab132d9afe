"""The team's own numbers: a month of one account as a grid to type into or paste a block into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tolok.base import Language, Period, TolokError, parse_number
from tolok.connectors import platform_facts
from tolok.lake import Column, Origin, table_of
from tolok.metrics import Engine
from tolok.web.accounts import audit
from tolok.web.accounts.access import Access, page
from tolok.web.accounts.facts import engine_of, lake_of
from tolok.web.accounts.models import Brand
from tolok.web.shell.language import language_of_page, locale_of_page

from .known import account_choices

TABLE = "account_days"
# What teams note by hand most often; every other column of the table can be chosen too.
USUAL = ("followers", "views", "reach", "interactions", "link_clicks", "profile_visits")
_MOST_COLUMNS = 6
_SOURCE = "own.numbers"
_LONGEST = 120


@dataclass(frozen=True)
class Grid:
    """One account and month with the columns to fill, and what stands there now."""

    account: str
    month: Period
    columns: tuple[Column, ...]
    values: Mapping[tuple[date, str], int | float]

    @property
    def days(self) -> list[date]:
        """The days of the month."""
        return [self.month.start + timedelta(days=n) for n in range(self.month.days)]


@page("bring")
def show(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the grid, and keep what was typed."""
    engine = engine_of(access.brand)
    data = request.POST if request.method == "POST" else request.GET
    grid = read_grid(access.brand, engine, data)
    faults: dict[str, str] = {}
    if request.method == "POST" and grid is not None:
        changed, faults = _read_cells(request.POST, grid)
        if not faults:
            return _keep(request, access, grid, changed)
    context = {
        "access": access,
        "grid": grid,
        "lines": _lines(grid, request.POST if faults else None, faults) if grid else [],
        "faults": len(faults),
        "accounts": account_choices(access.brand),
        "platforms": sorted(platform_facts().names.items(), key=lambda p: p[1]),
        "columns": _column_choices(grid),
        "month": f"{(grid.month.start if grid else engine.today):%Y-%m}",
        "example": locale_of_page().format_number(1234.5),
    }
    return render(request, "data/own.html", context, status=422 if faults else 200)


def _measures() -> dict[str, Column]:
    kinds = ("flow", "level", "unique")
    return {c.name: c for c in table_of(TABLE).columns if c.kind in kinds and c.type == "int"}


def _column_choices(grid: Grid | None) -> list[tuple[Column, bool]]:
    chosen = [c.name for c in grid.columns] if grid else ["followers"]
    return [(c, c.name in chosen) for c in _measures().values()]


def read_grid(brand: Brand, engine: Engine, data: QueryDict) -> Grid | None:
    """Return the grid asked for; None while account or month is not said."""
    account = _account(data)
    measures = _measures()
    columns = [measures[c] for c in data.getlist("column") if c in measures][:_MOST_COLUMNS]
    try:
        month = engine.calendar.parse(data.get("month", ""), engine.today)
    except TolokError:
        return None
    if not account or not columns or month.grain != "month":
        return None
    return Grid(account, month, tuple(columns), _standing(brand, engine, account, month, columns))


def _account(data: QueryDict) -> str:
    known = data.get("account", "").strip().lower()[:_LONGEST]
    if known:
        return known if ":" in known else ""
    platform, name = data.get("platform", ""), data.get("name", "").strip().lower().lstrip("@")
    is_known = platform in platform_facts().names
    return f"{platform}:{name[:_LONGEST]}" if is_known and name else ""


def _standing(
    brand: Brand, engine: Engine, account: str, month: Period, columns: list[Column]
) -> dict[tuple[date, str], int | float]:
    if engine.view.is_empty(TABLE):
        return {}
    rows = engine.view.table(TABLE)
    rows = rows.filter(
        (rows.brand == brand.slug) & (rows.account == account)
        & (rows.day >= month.start) & (rows.day < month.end)
    )  # fmt: skip
    names = [c.name for c in columns]
    found = rows.select("day", *names).to_pyarrow().to_pylist()
    return {(r["day"], n): r[n] for r in found for n in names if r[n] is not None}


def _key(day: date, column: Column) -> str:
    return f"{day.isoformat()}.{column.name}"


def _lines(
    grid: Grid, posted: Mapping[str, Any] | None, faults: Mapping[str, str]
) -> list[dict[str, Any]]:
    locale = locale_of_page()
    lines = []
    for day in grid.days:
        cells = []
        for column in grid.columns:
            key = _key(day, column)
            value = grid.values.get((day, column.name))
            written = locale.format_number(value) if value is not None else ""
            if posted is not None:
                written = str(posted.get(key, ""))
            cells.append({"key": key, "value": written, "fault": faults.get(key, ""),
                          "label": f"{column.meaning.say(locale.language)}, {locale.format_date(day)}"})  # fmt: skip
        lines.append({"day": locale.format_date(day, "full"), "cells": cells})
    return lines


def _read_cells(
    posted: QueryDict, grid: Grid
) -> tuple[dict[tuple[date, str], int], dict[str, str]]:
    """Return the cells that were typed anew, and what cannot be read."""
    language = language_of_page()
    changed: dict[tuple[date, str], int] = {}
    faults: dict[str, str] = {}
    for day in grid.days:
        for column in grid.columns:
            key = _key(day, column)
            typed = posted.get(key, "").strip()
            if not typed:
                continue
            try:
                value = _whole(typed, language)
            except TolokError as error:
                faults[key] = error.say(language)
                continue
            if value != grid.values.get((day, column.name)):
                changed[day, column.name] = value
    return changed, faults


def _whole(typed: str, language: Language) -> int:
    number: Decimal = parse_number(typed.replace("\N{NO-BREAK SPACE}", ""), language)
    return int(number.to_integral_value())


def _keep(
    request: HttpRequest, access: Access, grid: Grid, changed: dict[tuple[date, str], int]
) -> HttpResponse:
    if changed:
        keep_numbers(request, access, grid, changed)
    said = ngettext("%(count)s number is kept.", "%(count)s numbers are kept.", len(changed)) % {
        "count": len(changed)
    }
    messages.success(request, said if changed else _("Nothing was changed."))
    query = QueryDict(mutable=True)
    query.update({"account": grid.account, "month": f"{grid.month.start:%Y-%m}"})
    query.setlist("column", [c.name for c in grid.columns])
    return redirect(f"{reverse('data:own', args=[access.brand.slug])}?{query.urlencode()}")


def keep_numbers(
    request: HttpRequest, access: Access, grid: Grid, changed: dict[tuple[date, str], int]
) -> None:
    """Write the numbers that were typed anew for the days of a month."""
    _write(access, grid, changed)
    audit.record(request, "typed_numbers", brand=access.brand, thing=grid.account,
                 month=grid.month.key, cells=len(changed))  # fmt: skip


def _write(access: Access, grid: Grid, changed: dict[tuple[date, str], int]) -> None:
    days = sorted({day for day, _name in changed})
    moment = datetime.now(UTC).replace(tzinfo=None)
    platform = grid.account.split(":", 1)[0]
    rows: dict[str, Any] = {
        "brand": [access.brand.slug] * len(days),
        "account": [grid.account] * len(days),
        "day": days,
        "platform": [platform] * len(days),
        "observed_at": [moment] * len(days),
    }
    for column in grid.columns:
        rows[column.name] = pa.array([changed.get((day, column.name)) for day in days], pa.int64())
    facts = {TABLE: pa.table(rows)}
    facts["accounts"] = pa.table({
        "brand": [access.brand.slug], "account": [grid.account], "relation": ["own"],
        "platform": [platform], "observed_at": [moment],
    })  # fmt: skip
    name = f"{grid.account} {grid.month.key}"
    note = {"rows": {TABLE: len(days)}, "accounts": [grid.account], "by": access.user.email}
    lake_of(access.brand).write(
        facts, Origin(_SOURCE, file_name=name, brand=access.brand.slug, note=note)
    )
