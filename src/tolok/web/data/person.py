"""What is held of one person: found by name, shown in words, handed out as files, erased for good."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from tolok.base import Language, Locale
from tolok.connectors import platform_facts
from tolok.lake import Column, Table, naming_columns, person_rows, table_of
from tolok.web.accounts import audit
from tolok.web.accounts.access import Access, page
from tolok.web.accounts.facts import lake_of
from tolok.web.accounts.models import Brand
from tolok.web.jobs import queue
from tolok.web.jobs.models import Job
from tolok.web.shell.language import locale_of_page
from tolok.web.shell.sheets import Sheet, send, write_csv

from .models import Drop

_SHOWN = 5  # rows of a table that are shown; the export holds all
_MOST_COLUMNS = 5
_LONGEST = 160
_WORDS = ("text", "caption", "title", "name")
_MORE = ("platform", "revenue", "value", "currency")


class NameForm(forms.Form):
    """Whom to look for."""

    name = forms.CharField(
        label=_("Name, e-mail, handle or customer number"), max_length=200,
        help_text=_("As it stands in your files. Capital letters and @ do not matter."),
    )  # fmt: skip

    def clean_name(self) -> str:
        """Refuse a name of nothing but signs: nobody has it."""
        name = str(self.cleaned_data["name"]).strip()
        if not name.strip(" @"):
            raise ValidationError(_("Type a name."))
        return name


class EraseForm(NameForm):
    """The name typed once more, so that nobody is erased by accident."""

    again = forms.CharField(label=_("Type the name once more"), max_length=200)

    def clean_again(self) -> str:
        """Refuse anything but the name looked for."""
        again = str(self.cleaned_data["again"]).strip()
        if again.lower() != self.cleaned_data.get("name", "").lower():
            raise ValidationError(_("This is not the name you looked for. Nothing was erased."))
        return again


@dataclass(frozen=True)
class Held:
    """The rows of one table that name a person, as a page shows them."""

    table: Table
    rows: pa.Table

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self.rows.num_rows

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that tell most: when, what, who."""
        wanted = (self.table.time, *_WORDS, *naming_columns(self.table), *_MORE)
        known = {c.name: c for c in self.table.columns}
        found = [known[n] for n in dict.fromkeys(wanted) if n in known]
        return tuple(c for c in found if self.rows[c.name].null_count < self.count)[:_MOST_COLUMNS]


def held_of(brand: Brand, name: str) -> list[Held]:
    """Return what the brand's facts hold of a person, by table; most rows first."""
    found = person_rows(lake_of(brand), brand.slug, name)
    held = [Held(table_of(key), _by_time(table_of(key), rows)) for key, rows in found.items()]
    return sorted(held, key=lambda h: -h.count)


def _by_time(table: Table, rows: pa.Table) -> pa.Table:
    return rows if table.time is None else rows.sort_by([(table.time, "descending")])


def pack_person(held: list[Held]) -> bytes:
    """Return a ZIP with all of it: for people as CSV, for programs as JSON; no column left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("person.json", json.dumps(plain_rows(held), ensure_ascii=False, indent=1))
        for one in held:
            rows = [list(r.values()) for r in one.rows.to_pylist()]
            sheet = Sheet(one.table.key, one.rows.column_names, rows)
            archive.writestr(f"{one.table.key}.csv", write_csv(sheet))
    return out.getvalue()


def plain_rows(held: list[Held]) -> dict[str, list[dict[str, Any]]]:
    """Return the rows by table as JSON can hold them; what is not known is left out."""
    return {
        one.table.key: [
            {n: _plain(v) for n, v in row.items() if v is not None} for row in one.rows.to_pylist()
        ]
        for one in held
    }


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date | datetime) else value


def erase_soon(access: Access, name: str) -> Job:
    """Have a person erased as a job; the name leaves the job when it is done."""
    return queue.enqueue(
        "data.erase_person", {"name": name}, workspace_id=access.brand.workspace_id,
        brand_id=access.brand.pk, made_by_id=access.user.pk,
    )  # fmt: skip


@page("persons")
def show(request: HttpRequest, access: Access) -> HttpResponse:
    """Find a person, show what is held, hand it out, or erase it.

    Names travel in the body of a request only, so that no address, log or history keeps them.
    """
    if request.method != "POST":
        return _draw(request, access, NameForm())
    wish = request.POST.get("do")
    form = EraseForm(request.POST) if wish == "erase" else NameForm(request.POST)
    name = str(form.cleaned_data.get("name", "")) if form.is_valid() else ""
    if wish == "erase" and name:
        job = erase_soon(access, name)
        audit.record(request, "erased_person", brand=access.brand)
        return redirect("shell:job", access.brand.slug, job.pk)
    if wish == "export" and name:
        audit.record(request, "exported_person", brand=access.brand)
        today = datetime.now(UTC).date().isoformat()
        return send(pack_person(held_of(access.brand, name)), "zip", access.brand.slug, today)
    return _draw(request, access, form)


def _draw(request: HttpRequest, access: Access, form: forms.Form) -> HttpResponse:
    asked = str(form.data.get("name", "")).strip() if form.is_bound else ""
    is_named = bool(asked.strip(" @")) and "name" not in form.errors
    held = held_of(access.brand, asked) if is_named else []
    erase = form if isinstance(form, EraseForm) else EraseForm(initial={"name": asked})
    locale = locale_of_page()
    context = {
        "access": access,
        "form": form if not isinstance(form, EraseForm) else NameForm({"name": asked}),
        "erase": erase,
        "asked": asked if is_named else "",
        "held": [_tell(one, locale, access.brand) for one in held],
        "count": sum(one.count for one in held),
        "waiting": Drop.objects.filter(brand=access.brand).exclude(state=Drop.State.TAKEN).count(),
    }
    return render(request, "data/person.html", context, status=422 if form.errors else 200)


def _tell(one: Held, locale: Locale, brand: Brand) -> dict[str, Any]:
    language: Language = locale.language
    heads = [capfirst(c.meaning.say(language)) for c in one.columns]
    return {
        "name": one.table.name.say(language),
        "count": one.count,
        "shown": min(_SHOWN, one.count),
        "heads": heads,
        "rows": [
            [
                (head, _say(column.name, row[column.name], locale, brand))
                for head, column in zip(heads, one.columns, strict=True)
            ]
            for row in one.rows.slice(0, _SHOWN).to_pylist()
        ],
    }


def _say(column: str, value: object, locale: Locale, brand: Brand) -> str:
    if column == "platform":
        return platform_facts().names.get(str(value), str(value or ""))
    if isinstance(value, datetime):
        return locale.format_datetime(value, brand.time_zone)
    if isinstance(value, date):
        return locale.format_date(value)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return locale.format_number(value)
    text = "" if value is None else str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def counted(held: list[Held]) -> Mapping[str, int]:
    """Return the number of rows by table."""
    return {one.table.key: one.count for one in held}
