"""The rows behind a figure, one row whole with everything ever seen of it, and the files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tolok import connectors
from tolok.kpi import Explanation
from tolok.lake import Table as LakeTable
from tolok.lake import meaning_of, name_account, name_column, name_value, table_of, write_cell
from tolok.metrics import Engine
from tolok.web.accounts.access import Access, page
from tolok.web.accounts.facts import engine_of, lake_of
from tolok.web.shell.language import language_of_page, locale_of_page
from tolok.web.shell.parts import Cell, Column, Table

from . import words
from .metric_table import find_table
from .scorecard import address

_HIDDEN = {"brand", "platform"}
_FIRST = ("title", "caption", "day", "account", "campaign", "ad", "post")
_DIMENSIONS = {"kind", "language"}
_MOST_SEEN = 60


def items_table(told: Explanation, engine: Engine, brand: str) -> Table:
    """Return the heaviest rows behind a figure; each leads to the whole row."""
    table = told.metric.table
    keep = [
        k for k in (told.items[0] if told.items else {})
        if k not in _HIDDEN and any(i[k] is not None for i in told.items)
    ]  # fmt: skip
    # A link or an inner number names nothing to a reader when a title does.
    named = next((k for k in _FIRST if k in keep), keep[0] if keep else "")
    dropped = {"permalink", "post"} if named in ("title", "caption") else {"permalink"}
    keep = [named, *(k for k in keep if k != named and k not in dropped)] if keep else []
    columns = [_column(k, table, told) for k in keep]
    rows = []
    for item in told.items:
        cells: list[Cell | str] = [_cell(k, item[k], engine) for k in keep]
        href = _row_address(told, item, brand)
        cells[0] = Cell(value=_cell(named, item[named], engine) or _("untitled"), href=href)
        rows.append(cells)
    caption = _("The %(shown)s heaviest of %(all)s rows") % {
        "shown": len(told.items),
        "all": locale_of_page().format_number(told.item_count),
    }
    return Table(
        caption=caption,
        columns=columns,
        rows=rows,
        empty=_("No row of this period is there."),
    )


def _column(key: str, table: str, told: Explanation) -> Column:
    return Column(
        label=name_column(key, table),
        is_number=any(_is_number(i[key]) for i in told.items),
        meaning=meaning_of(key, table) or "",
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _cell(key: str, value: object, engine: Engine) -> str:
    if key == "account" and value is not None:
        return name_account(str(value), engine.platforms)
    if key in _DIMENSIONS and value is not None:
        return name_value(key, str(value), engine.platforms, language_of_page())
    return write_cell(value, locale=locale_of_page(), calendar=engine.calendar)


def _row_address(told: Explanation, item: Mapping[str, Any], brand: str) -> str:
    keys = [k for k in table_of(told.metric.table).natural_key if k != "brand"]
    asked = {k: _plain(item[k]) for k in keys if item.get(k) is not None}
    asked["period"] = told.figure.period.key
    base = reverse("insights:row", args=[brand, told.metric.key])
    return f"{base}?{urlencode(asked)}"


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def files_table(told: Explanation, brand: str) -> Table:
    """Return the files behind a figure; each leads to its import."""
    locale = locale_of_page()
    columns = (
        Column(label=_("File")),
        Column(label=_("Kind of file")),
        Column(label=_("Rows"), is_number=True),
        Column(label=_("Lines"), is_number=True),
    )
    rows = [
        (
            Cell(
                value=f.file_name or name_source(f.source),
                href=address("data:file", brand, f.file) if f.file else "",
            ),
            name_source(f.source),
            locale.format_number(f.rows),
            f"{f.first_row}–{f.last_row}" if f.first_row else "",
        )
        for f in told.files
    ]
    return Table(
        caption=_("Where it was read"),
        columns=columns,
        rows=rows,
        empty=_("No file holds these rows."),
    )


def name_source(source: str) -> str:
    """Return the kind of a file as people say it."""
    return ", ".join(words.say(kind) for kind in connectors.name_source(source))


@page("see")
@require_GET
def show_row(request: HttpRequest, access: Access, metric: str) -> HttpResponse:
    """Show one row whole, and every time it was seen, in which file and on which line."""
    told, table = find_table(metric)
    engine = engine_of(access.brand)
    if engine.view.is_empty(table.key):
        raise Http404
    keys = _read_keys(request, table)
    found = _select(engine.view.table(table.key), keys, access.brand.slug)
    items = found.limit(1).to_pyarrow().to_pylist()
    if not items:
        raise Http404
    seen = _select(engine.view.history(table.key), keys, access.brand.slug)
    history = seen.order_by(seen.observed_at.desc()).limit(_MOST_SEEN).to_pyarrow().to_pylist()
    hidden = set() if access.may("work") else set(table.personal)
    context = {
        "access": access,
        "metric": told,
        "table": table,
        "name": _name_row(items[0], engine),
        "link": _link(items[0]),
        "values": _values(items[0], table, engine, hidden),
        "seen": _seen_table(history, table, engine, access),
        "back": reverse("insights:metric", args=[access.brand.slug, metric])
        + f"?{urlencode({'period': request.GET.get('period', '')})}",
    }
    return render(request, "insights/row.html", context)


def _read_keys(request: HttpRequest, table: LakeTable) -> dict[str, Any]:
    """Return the natural key the address names, each value of its own type."""
    keys: dict[str, Any] = {}
    for name in table.natural_key:
        if name == "brand":
            continue
        given = request.GET.get(name)
        keys[name] = _typed(given, table.column(name).type) if given is not None else None
    return keys


def _typed(given: str, kind: str) -> Any:
    try:
        if kind == "date":
            return date.fromisoformat(given)
        if kind == "moment":
            return datetime.fromisoformat(given)
        if kind == "int":
            return int(given)
    except ValueError as error:
        raise Http404 from error
    return given


def _select(rows: Any, keys: Mapping[str, Any], brand: str) -> Any:
    rows = rows.filter(rows.brand == brand)
    for name, value in keys.items():
        rows = rows.filter(rows[name].isnull() if value is None else rows[name] == value)
    return rows


def _name_row(item: Mapping[str, Any], engine: Engine) -> str:
    for key in ("title", "caption", "campaign", "ad", "day", "post", "account"):
        if item.get(key):
            return _cell(key, item[key], engine)
    return _("One row")


def _link(item: Mapping[str, Any]) -> str:
    link = str(item.get("permalink") or "")
    return link if link.startswith(("https://", "http://")) else ""


def _values(
    item: Mapping[str, Any], table: LakeTable, engine: Engine, hidden: set[str]
) -> list[dict[str, str]]:
    locale = locale_of_page()
    shown = [c for c in table.columns if item.get(c.name) is not None and c.name not in hidden]
    return [
        {
            "name": words.say(name_column(c.name, table.key)),
            "meaning": words.say(c.meaning),
            "value": name_value(c.name, str(item[c.name]), engine.platforms, locale.language)
            if c.name in ("platform", "account", "kind", "language", "published_precision")
            else write_cell(item[c.name], locale=locale, calendar=engine.calendar, most=600),
        }
        for c in shown
    ]


def _seen_table(
    history: list[dict[str, Any]], table: LakeTable, engine: Engine, access: Access
) -> Table:
    """Return each time the row was seen: when, in which file, on which line, with which values."""
    batches = {b.id: b for b in lake_of(access.brand).catalogue.batches(with_withdrawn=True)}
    measures = [c.name for c in table.measures if any(h.get(c.name) is not None for h in history)]
    columns = [
        Column(label=_("Seen")), Column(label=_("File")), Column(label=_("Line"), is_number=True),
        *(Column(label=name_column(m, table.key), is_number=True) for m in measures),
    ]  # fmt: skip
    locale = locale_of_page()
    rows = []
    for seen in history:
        batch = batches.get(seen["batch"])
        href = address("data:file", access.brand.slug, seen["file"]) if seen["file"] else ""
        if href and seen["row"]:
            href += f"?line={seen['row']}#line"
        rows.append([
            write_cell(seen["observed_at"], locale=locale, calendar=engine.calendar),
            Cell(value=(batch.file_name if batch else None) or name_source(seen["source"]), href=href),
            str(seen["row"] or ""),
            *(write_cell(seen[m], locale=locale, calendar=engine.calendar) for m in measures),
        ])  # fmt: skip
    return Table(caption=_("Each time it was seen"), columns=columns, rows=rows)
