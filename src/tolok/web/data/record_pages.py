"""Pages of the team's own records: the kinds, a list of one kind, one record noted or mended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tolok.base import Locale
from tolok.connectors import platform_facts
from tolok.intake.templates import template_csv
from tolok.lake import Origin, table_of
from tolok.web.accounts import audit
from tolok.web.accounts.access import Access, page
from tolok.web.accounts.after import follow_up
from tolok.web.accounts.facts import engine_of, lake_of
from tolok.web.accounts.models import Brand
from tolok.web.shell.language import language_of_page
from tolok.web.shell.parts import Empty

from .known import name_account
from .record_form import RecordForm
from .records import RECORDS, Record, Row

SOURCE = "own.records"
_MOST = 200  # rows of a list, the newest
_SUGGESTED = 200


def _record(kind: str) -> Record:
    try:
        return RECORDS[kind]
    except KeyError:
        raise Http404 from None


@page("bring")
@require_GET
def show(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the kinds of records, and how many of each there are."""
    engine, language = engine_of(access.brand), language_of_page()
    kinds = []
    for record in RECORDS.values():
        rows = rows_of(access.brand, record, engine.view)
        kinds.append((record, record.table.name.say(language), record.question.say(language),
                      len(rows)))  # fmt: skip
    return render(request, "data/records.html", {"access": access, "kinds": kinds})


@page("bring")
@require_GET
def show_kind(request: HttpRequest, access: Access, kind: str) -> HttpResponse:
    """Show the records of one kind, the newest first."""
    record, language = _record(kind), language_of_page()
    rows = rows_of(access.brand, record, engine_of(access.brand).view)
    time = record.table.time or record.key
    rows.sort(key=lambda r: (r[time] is not None, str(r[time] or ""), r[record.key]), reverse=True)
    locale = Locale(language)
    heads = [record.label(n).say(language) for n in record.shown]
    context = {
        "access": access, "record": record, "tab": kind,
        "title": record.question.say(language), "add": record.add.say(language),
        "heads": heads,
        "lines": [
            (row[record.key], [(h, say_cell(record, n, row, locale, access.brand))
                               for h, n in zip(heads, record.shown, strict=True)])
            for row in rows[:_MOST]
        ],
        "more": len(rows) - _MOST,
        "empty": None if rows else _empty(access, record),
        "kinds": _tabs(),
    }  # fmt: skip
    return render(request, "data/record_list.html", context)


def _tabs() -> list[tuple[str, str]]:
    return [(key, r.table.name.say(language_of_page())) for key, r in RECORDS.items()]


def _empty(access: Access, record: Record) -> Empty:
    return Empty(
        title=_("Nothing noted yet"), text=record.table.meaning.say(language_of_page()),
        action=record.add.say(language_of_page()),
        href=reverse("data:new_record", args=[access.brand.slug, record.table_key]), icon="pen",
    )  # fmt: skip


@page("bring")
def make(request: HttpRequest, access: Access, kind: str) -> HttpResponse:
    """Note a new record."""
    return _edit(request, access, _record(kind), None)


@page("bring")
def change(request: HttpRequest, access: Access, kind: str, key: str) -> HttpResponse:
    """Mend a record, or take away one that was noted here."""
    record = _record(kind)
    rows = rows_of(access.brand, record, engine_of(access.brand).view)
    standing = next((r for r in rows if r[record.key] == key), None)
    if standing is None:
        raise Http404
    return _edit(request, access, record, standing)


def _edit(
    request: HttpRequest, access: Access, record: Record, standing: Row | None
) -> HttpResponse:
    brand = access.brand
    rows = rows_of(brand, record, engine_of(brand).view)
    taken = frozenset(str(r[record.key]).lower() for r in rows if standing is None)
    form = RecordForm(request.POST or None, record=record, brand=brand, standing=standing,
                      taken=taken)  # fmt: skip
    is_ours = standing is not None and _noted(brand, record, str(standing[record.key]))
    if request.method == "POST" and request.POST.get("remove") and standing is not None and is_ours:
        remove_record(request, access, record, str(standing[record.key]))
        messages.success(request, _("It is taken away."))
        return redirect("data:record_list", brand.slug, record.table_key)
    if request.method == "POST" and form.is_valid():
        note_record(request, access, form)
        messages.success(request, _("It is noted."))
        return redirect("data:record_list", brand.slug, record.table_key)
    context = {
        "access": access, "form": form, "record": record, "tab": record.table_key,
        "title": str(standing[record.key]) if standing else record.add.say(language_of_page()),
        "known": _suggestions(brand, record), "removes": is_ours, "kinds": _tabs(),
    }  # fmt: skip
    return render(request, "data/record.html", context, status=422 if form.errors else 200)


def note_record(request: HttpRequest, access: Access, form: RecordForm) -> Row:
    """Write down the record a form has judged, and return its row."""
    row = form.row()
    keep_record(access, form.record, row)
    audit.record(request, "noted_record", brand=access.brand, thing=str(row[form.record.key]))
    return row


def remove_record(request: HttpRequest, access: Access, record: Record, key: str) -> bool:
    """Take a record away that was noted here; False for one that a file brought, and it stays."""
    if not _noted(access.brand, record, key):
        return False
    _take_away(access.brand, record, key)
    follow_up(access.brand)
    audit.record(request, "removed_record", brand=access.brand, thing=key)
    return True


def keep_record(access: Access, record: Record, row: Mapping[str, Any]) -> None:
    """Write a record as a whole; what was noted of it before counts no longer.

    A blank never wipes what a file says, so that a file and a person complete each other.
    """
    brand, key = access.brand, str(row[record.key])
    before = _noted(brand, record, key)
    schema = table_of(record.table_key).schema
    moment = datetime.now(UTC).replace(tzinfo=None)
    told = {**row, "brand": brand.slug, "observed_at": moment}
    facts = pa.table({n: pa.array([v], schema.field(n).type) for n, v in told.items()})
    note = {"rows": {record.table_key: 1}, "record": [record.table_key, key],
            "by": access.user.email}  # fmt: skip
    lake = lake_of(brand)
    lake.write({record.table_key: facts},
               Origin(SOURCE, file_name=key, brand=brand.slug, note=note))  # fmt: skip
    for batch in before:
        lake.withdraw(batch)
    follow_up(brand)


def _noted(brand: Brand, record: Record, key: str) -> list[str]:
    """Return the batches in which a record was noted here and that still stand."""
    wanted = [record.table_key, key]
    return [b.id for b in lake_of(brand).catalogue.batches()
            if b.source == SOURCE and b.brand == brand.slug and b.note.get("record") == wanted]  # fmt: skip


def _take_away(brand: Brand, record: Record, key: str) -> None:
    for batch in _noted(brand, record, key):
        lake_of(brand).withdraw(batch)


@page("bring")
@require_GET
def send_template(_request: HttpRequest, access: Access, kind: str) -> HttpResponse:  # noqa: ARG001
    """Send the empty spreadsheet of a kind, for many at once."""
    return give_template(_record(kind))


def give_template(record: Record) -> HttpResponse:
    """Return the empty spreadsheet of a kind."""
    text = "\ufeff" + template_csv(record.table_key, language_of_page())
    head = {"Content-Disposition": f'attachment; filename="{record.table_key}.csv"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=head)


def rows_of(brand: Brand, record: Record, view: Any) -> list[dict[str, Any]]:
    """Return every record of a kind of the brand."""
    if view.is_empty(record.table_key):
        return []
    table = view.table(record.table_key)
    rows = table.filter(table.brand == brand.slug).select(*_names(record))
    return list(rows.to_pyarrow().to_pylist())


def _names(record: Record) -> list[str]:
    return list(dict.fromkeys([record.key, *record.asks]))


def _suggestions(brand: Brand, record: Record) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return per field that suggests: the values known so far, with the words people read."""
    view = engine_of(brand).view
    found = []
    for name, ask in record.asks.items():
        known: dict[str, str] = {}
        for place in ask.known:
            key, column = place.split(".")
            if not view.is_empty(key):
                known |= _values(brand, view, key, column)
        if ask.known:
            found.append((name, sorted(known.items(), key=lambda p: p[1])[:_SUGGESTED]))
    return found


def _values(brand: Brand, view: Any, key: str, column: str) -> dict[str, str]:
    table = view.table(key)
    rows = table.filter((table.brand == brand.slug) & table[column].notnull())
    if (key, column) == ("posts", "post"):
        newest = rows.order_by(table.published_at.desc()).limit(_SUGGESTED)
        told = newest.select("post", "caption").to_pyarrow().to_pylist()
        return {r["post"]: (r["caption"] or r["post"])[:80] for r in told}
    values = rows.select(column).distinct().limit(_SUGGESTED).to_pyarrow()[column].to_pylist()
    names_account = column in ("account", "influencer")
    return {v: name_account(v) if names_account else v for v in values}


def say_cell(record: Record, name: str, row: Row, locale: Locale, brand: Brand) -> str:
    """Return a cell of the list in words."""
    value, ask = row[name], record.asks[name]
    if value is None:
        return ""
    if value in ask.choices:
        return ask.choices[value].say(locale.language)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return locale.format_datetime(value, brand.time_zone)
    if isinstance(value, date):
        return locale.format_date(value)
    if isinstance(value, int | float | Decimal):
        return locale.format_number(value)
    if name == "platform":
        return platform_facts().names.get(value, value)
    return name_account(value) if name in ("account", "influencer") else str(value)
