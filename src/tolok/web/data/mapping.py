"""A table Tolok does not know: tell once what its columns mean, look at the result, remember it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tolok.base import TolokError
from tolok.connectors import NO_KIND, platform_facts
from tolok.connectors.reading import Sheet, read_file
from tolok.intake import ColumnRead, Mappings, SheetMapping, examine_file, suggest_mapping
from tolok.lake import Column, Table, table_of
from tolok.web.accounts import audit
from tolok.web.accounts.access import Access, page
from tolok.web.accounts.facts import workspace_of
from tolok.web.shell.language import language_of_page

from .drop import find_drop, start_work
from .known import account_choices
from .models import Drop
from .telling import answers_for

TABLES = ("account_days", "posts", "ad_results", "site_traffic", "audience", "account_periods")
_READS: dict[str, str] = {
    "text": "text", "int": "count", "float": "number", "money": "money", "date": "day",
    "moment": "moment",
}  # fmt: skip
_SHOWN = 6


@page("bring")
def show(request: HttpRequest, access: Access, drop: UUID) -> HttpResponse:
    """Show the columns of a table with a proposal for each; try it, then remember it."""
    found = find_drop(access, drop)
    data = request.POST if request.method == "POST" else request.GET
    path = path_in(found, data.get("file", ""))
    sheet = sheet_of(path, data.get("sheet", "0"))
    table = data.get("table", "")
    draft = suggest_mapping(sheet, table=table if table in TABLES else None)
    tried: dict[str, Any] = {}
    if request.method == "POST":
        draft = read_mapping(request.POST, sheet, draft.table)
        if request.POST.get("do") == "save" and not _check(draft):
            return _save(request, access, found, draft)
        tried = try_mapping(access, path, draft)
    context = {
        "access": access, "drop": found, "file": data.get("file", ""), "sheet": sheet,
        "sheet_number": data.get("sheet", "0"), "draft": draft, "tried": tried,
        "tables": [table_of(t) for t in TABLES],
        "lines": _lines(sheet, draft), "preview": sheet.head(_SHOWN),
        "platforms": sorted(platform_facts().names.items(), key=lambda p: p[1]),
        "accounts": account_choices(access.brand),
        "order": next((c.order for c in draft.columns if c.order), ""),
    }  # fmt: skip
    return render(request, "data/mapping.html", context)


def path_in(drop: Drop, given: str) -> Path:
    """Return a file of the drop; raises Http404 for a path that is none of its verdicts'."""
    if given not in {v["path"] for v in drop.verdicts}:
        raise Http404
    path = drop.folder / given
    if not path.is_file():
        raise Http404
    return path


def sheet_of(path: Path, number: str) -> Sheet:
    """Return a table of a file by its number from 0; raises Http404 for one it has not."""
    sheets = read_file(path)
    index = int(number) if number.isdigit() else 0
    if index >= len(sheets):
        raise Http404
    return sheets[index]


def fillable(table: Table) -> list[Column]:
    """Return the columns of a fact table that a spreadsheet can fill."""
    return [c for c in table.columns if c.type in _READS]


def _lines(sheet: Sheet, draft: SheetMapping) -> list[dict[str, Any]]:
    """Return each header with its first cells and the columns it may fill."""
    chosen = {c.header: c.column for c in draft.columns}
    language = language_of_page()
    options = [(c.name, c.meaning.say(language)) for c in fillable(table_of(draft.table))]  # type: ignore[arg-type]
    first = sheet.head(3)
    return [
        {
            "number": number,
            "header": header or _("(no name)"),
            "cells": [row[number] for row in first if row[number]],
            "chosen": chosen.get(header, ""),
            "options": options,
        }
        for number, header in enumerate(sheet.header)
    ]


def read_mapping(posted: Mapping[str, Any], sheet: Sheet, table: str) -> SheetMapping:
    """Return what a person said of the columns of a table: `column.0` and so on, by their places."""
    declared: Table = table_of(table)
    types = {c.name: c.type for c in declared.columns}
    order = posted.get("order") or None
    columns: list[ColumnRead] = []
    for number, header in enumerate(sheet.header):
        column = posted.get(f"column.{number}", "")
        taken = {c.column for c in columns}
        if column in types and column not in taken and types[column] in _READS and header:
            reads = "id" if column == "post" else _READS[types[column]]
            dated = order if reads in ("day", "moment") and order in ("mdy", "dmy") else None
            columns.append(ColumnRead(header, column, reads, order=dated))  # type: ignore[arg-type]
    platform = posted.get("platform", "")
    account = posted.get("account", "").strip().lower() or None
    if account and ":" not in account and platform:
        account = f"{platform}:{account.lstrip('@')}"
    name = posted.get("name", "").strip()[:80] or sheet.name or _("Own spreadsheet")
    return SheetMapping(name, table, tuple(columns), platform, account)


def _check(draft: SheetMapping) -> str:
    try:
        draft.check()
    except TolokError as error:
        return error.say(language_of_page())
    return ""


def try_mapping(access: Access, path: Path, draft: SheetMapping) -> dict[str, Any]:
    """Return what the table would give: the first rows, or why it would give none."""
    if fault := _check(draft):
        return {"fault": fault}
    language = language_of_page()
    with tempfile.TemporaryDirectory(prefix="tolok-") as folder:
        mappings = Mappings(folder)
        mappings.save(draft)
        # What its columns mean is told here, whichever exports they fit as well.
        told = {"account": draft.account or "", "kind": NO_KIND}
        verdict = examine_file(path, answers_for(access.brand, told), mappings=mappings)
    part = next((p for p in verdict.parts if p.facts), None)
    if part is None:
        reasons = [p.reason.say(language, **p.data) for p in verdict.parts if p.reason]  # type: ignore[arg-type]
        asked = [q.text.say(language, **q.data) for q in verdict.questions]  # type: ignore[arg-type]
        return {"fault": " ".join([*reasons, *asked]) or _("No row could be read.")}
    rows = part.facts[draft.table]
    names = [c.column for c in draft.columns]
    heads = [table_of(draft.table).column(n).meaning for n in names]
    cells = rows.select(names).slice(0, _SHOWN).to_pylist()
    return {
        "count": part.rows_taken,
        "aside": part.aside_count,
        "heads": heads,
        "rows": [[row[n] for n in names] for row in cells],
    }


def keep_mapping(request: HttpRequest, access: Access, draft: SheetMapping) -> None:
    """Remember what the columns mean, for every table with these headers; raises UserError."""
    Mappings(workspace_of(access.brand).mappings_folder).save(draft)
    audit.record(request, "saved_mapping", brand=access.brand, thing=draft.name)


def _save(request: HttpRequest, access: Access, drop: Drop, draft: SheetMapping) -> HttpResponse:
    keep_mapping(request, access, draft)
    with transaction.atomic():
        start_work(drop, access, "data.examine")
    messages.success(
        request, _("Remembered. Tables with these headers are read by themselves now.")
    )
    return redirect("data:drop", access.brand.slug, drop.pk)
