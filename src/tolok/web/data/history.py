"""What was brought in, newest first; one file with its lines; and taking an import back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tolok.base import Text, TolokError, UserError
from tolok.connectors import name_source
from tolok.connectors.reading import read_file
from tolok.intake import Answers, count_taken, examine_file
from tolok.lake import Batch, Lake
from tolok.web.accounts import audit
from tolok.web.accounts.access import Access, page
from tolok.web.accounts.after import follow_up
from tolok.web.accounts.facts import lake_of
from tolok.web.accounts.models import Brand
from tolok.web.shell.language import locale_of_page

from .known import name_account, table_names
from .telling import answers_for, both

_PAGE = 50
_AROUND = 5
_MOST_COLUMNS = 40
_MOST_ASIDE = 500


@page("see")
@require_GET
def show(request: HttpRequest, access: Access) -> HttpResponse:
    """Show what was brought in, newest first."""
    lines = [line_of(b, access.brand) for b in reversed(batches_of(access.brand))]
    part = Paginator(lines, _PAGE).get_page(request.GET.get("page"))
    return render(request, "data/imports.html", {"access": access, "part": part})


def batches_of(brand: Brand) -> list[Batch]:
    """Return every import of a file, oldest first, those taken back too."""
    found = lake_of(brand).catalogue.batches(with_withdrawn=True)
    return [b for b in found if b.brand == brand.slug and b.file_name]


def line_of(batch: Batch, brand: Brand) -> dict[str, Any]:
    """Return one import as its line shows it, its moment on the brand's clock."""
    locale = locale_of_page()
    rows = batch.note.get("rows", {})
    return {
        "batch": batch,
        "when": locale.format_datetime(batch.recorded_at, brand.time_zone),
        "kinds": name_source(batch.source),
        "rows": count_taken(rows),
        "aside": batch.note.get("set_aside", 0),
        "accounts": [name_account(a) for a in batch.note.get("accounts", ())],
    }


@page("bring")
@require_POST
def undo(request: HttpRequest, access: Access, seq: int) -> HttpResponse:
    """Take an import back: its figures count no longer, its file is kept."""
    found = find_batch(access.brand, seq)
    if found is None:
        raise Http404
    take_back(request, access, found)
    messages.success(
        request,
        _("%(file)s is taken back. Its figures no longer count; the file is kept.")
        % {"file": found.file_name},
    )
    return redirect("data:imports", access.brand.slug)


def find_batch(brand: Brand, seq: int) -> Batch | None:
    """Return an import of a file by its number."""
    return next((b for b in batches_of(brand) if b.seq == seq), None)


def take_back(request: HttpRequest, access: Access, batch: Batch) -> None:
    """Take an import back: its figures count no longer, its file is kept."""
    if batch.withdrawn_at is None:
        lake_of(access.brand).withdraw(batch.id)
        follow_up(access.brand, anew=True)
        audit.record(request, "undid_import", brand=access.brand, thing=batch.file_name or "")


def find_file(brand: Brand, digest: str) -> tuple[Lake, list[Batch]]:
    """Return the imports of a file by the brand; raises Http404 when it brought none such."""
    lake = lake_of(brand)
    batches = lake.catalogue.batches(file=digest, with_withdrawn=True)
    mine = [b for b in batches if b.brand == brand.slug]
    if not mine:
        raise Http404
    return lake, mine


@page("see")
@require_GET
def show_file(request: HttpRequest, access: Access, digest: str) -> HttpResponse:
    """Show one file: what it is, what was read of it, the lines asked for, the rows set aside."""
    lake, batches = find_file(access.brand, digest)
    batch = batches[-1]
    asked = request.GET.get("line", "")
    line = int(asked) if asked.isdigit() and len(asked) < 9 else 0
    names = table_names()
    context = {
        "access": access,
        "line": line_of(batch, access.brand),
        "batch": batch,
        "batches": batches,
        "tables": [
            (names.get(key, Text(key, key)), count)
            for key, count in batch.note.get("rows", {}).items()
        ],
        "around": _around(lake, digest, batch, line),
        "asked_line": line,
        "aside": _set_aside(lake, batch, access.brand) if request.GET.get("aside") else None,
    }
    return render(request, "data/file.html", context)


def _around(lake: Lake, digest: str, batch: Batch, line: int) -> list[dict[str, Any]]:
    """Return the lines around the one asked for, of each table of the file that has it."""
    try:
        sheets = read_file(lake.raw.path_of(digest), batch.file_name)
    except TolokError:
        return []
    shown = []
    for sheet in sheets:
        wanted = line or sheet.header_row + 1
        numbers = sheet.row_numbers().to_pylist()
        near = [i for i, n in enumerate(numbers) if abs(n - wanted) <= _AROUND]
        if not near:
            continue
        first, count = near[0], len(near)
        columns = [c.slice(first, count).to_pylist() for c in sheet.columns[:_MOST_COLUMNS]]
        rows = list(zip(*columns, strict=True))
        shown.append({
            "name": sheet.name or sheet.source,
            "header": sheet.header[:_MOST_COLUMNS],
            "rows": [(numbers[first + i], row) for i, row in enumerate(rows)],
        })  # fmt: skip
    return shown if line else shown[:1]


def _set_aside(lake: Lake, batch: Batch, brand: Brand) -> list[dict[str, Any]]:
    """Read the file again and return the rows that were not taken, each with its reason."""
    if batch.file is None:
        return []
    told = answers_for(brand, {})
    accounts = tuple(batch.note.get("accounts", ()))
    answers = Answers(timezone=told.timezone, accounts=accounts, currency=told.currency,
                      today=told.today)  # fmt: skip
    verdict = examine_file(lake.raw.path_of(batch.file), answers, digest=batch.file)
    rows = [{"row": a.row, "reason": both(a.reason, a.data)}
            for part in verdict.parts for a in part.set_aside]  # fmt: skip
    return rows[:_MOST_ASIDE]


@page("export")
@require_GET
def send_raw(_request: HttpRequest, access: Access, digest: str) -> HttpResponseBase:
    """Send the file as it came in."""
    return give_raw(access.brand, digest)


def give_raw(brand: Brand, digest: str) -> HttpResponseBase:
    """Return a file as it came in; raises Http404 when the brand brought none such."""
    lake, batches = find_file(brand, digest)
    if not lake.raw.has(digest):
        raise UserError(
            Text("This file is no longer kept: it held the data of a person who was erased.",
                 "Berkas ini tidak lagi disimpan: isinya memuat data orang yang sudah dihapus."),
            Text("Its other figures still count.", "Angka lainnya tetap dihitung."),
        )  # fmt: skip
    stream = lake.raw.path_of(digest).open("rb")
    name = batches[-1].file_name or "tolok"
    return FileResponse(
        stream, as_attachment=True, filename=name, content_type="application/octet-stream"
    )
