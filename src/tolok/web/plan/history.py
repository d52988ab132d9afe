"""The history of KPIs: what each version changed, in words, and all of them as of a past day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from tolok.base import Text
from tolok.connectors import platform_facts
from tolok.kpi import AIM_NAMES, LIFE_NAMES, PATH_NAMES, RHYTHM_NAMES, Kpi
from tolok.kpi.versions import Version
from tolok.metrics import STAGE_NAMES, load_metrics
from tolok.web.accounts.access import Access, page
from tolok.web.shell.language import language_of_page, locale_of_page

from .book import Book
from .forms import KpiForm, initial_of
from .words import capital, write_amount, write_day, write_target

_NAMED: Mapping[str, Mapping[str, Text]] = {
    "aim": AIM_NAMES, "path": PATH_NAMES, "rhythm": RHYTHM_NAMES, "per": RHYTHM_NAMES,
    "state": LIFE_NAMES, "stage": STAGE_NAMES,
}  # fmt: skip
_STEPS = Text("Values of the path", "Nilai jalur")
Change = tuple[str, str, str]  # field, before, after


def changes_between(old: Kpi, new: Kpi) -> list[Change]:
    """Return the fields that differ, each with its label and both values in words."""
    before, after = initial_of(old), initial_of(new)
    found = [
        (str(field.label), say_field(old, name, before[name]), say_field(new, name, after[name]))
        for name, field in KpiForm.base_fields.items() if before[name] != after[name]
    ]  # fmt: skip
    if old.steps != new.steps:
        label = _STEPS.say(language_of_page())
        found.append((label, say_steps(old), say_steps(new)))
    return found


def say_field(kpi: Kpi, name: str, value: Any) -> str:
    """Return the value of a field as a person reads it; a dash for none."""
    language = language_of_page()
    if value in (None, "", []):
        return "–"
    if name in _NAMED:
        return capital(_NAMED[name].get(value, Text(value, value))).say(language)
    if name in ("metric", "counter"):
        metric = load_metrics().get(value)
        return metric.name.say(language) if metric else str(value)
    if isinstance(value, date):
        return write_day(value)
    if name == "target":
        return write_target(kpi)
    if name == "budget":
        return locale_of_page().format_number(value)
    if name == "platforms":
        return ", ".join(platform_facts().names.get(p, p) for p in value)
    return str(value)


def say_steps(kpi: Kpi) -> str:
    """Return the values of a path as a person reads them; a dash for none."""
    told = [f"{write_day(day, 'short')}: {write_amount(kpi, amount)}" for day, amount in kpi.steps]
    return "; ".join(told) or "–"


def version_lines(versions: Sequence[Version]) -> list[dict[str, Any]]:
    """Return the versions of one KPI as lines, the latest first: what changed against the one before."""
    lines = []
    for number, version in enumerate(versions):
        earlier = versions[number - 1].kpi if number else None
        lines.append({
            "version": version, "day": write_day(version.at.date()),
            "changes": changes_between(earlier, version.kpi) if earlier else [],
            "is_first": earlier is None, "facts": facts_of(version.kpi),
        })  # fmt: skip
    return lines[::-1]


def facts_of(kpi: Kpi) -> list[tuple[str, str]]:
    """Return everything a KPI says, field by field, in words; what it does not say is left out."""
    told = initial_of(kpi)
    found = [
        (str(field.label), say_field(kpi, name, told[name]))
        for name, field in KpiForm.base_fields.items()
        if name != "name" and told[name] not in (None, "", [])
    ]  # fmt: skip
    return [*found, (_STEPS.say(language_of_page()), say_steps(kpi))] if kpi.steps else found


def as_of(book: Book, day: date) -> list[Version]:
    """Return the version of every KPI that held at the end of a day on the brand's clock."""
    end = datetime.combine(day + timedelta(days=1), time(), book.brand.zone)
    moment = end.astimezone(UTC).replace(tzinfo=None)
    last: dict[str, Version] = {}
    for version in book.versions:
        if version.at < moment:
            last[version.kpi.key] = version
    return list(last.values())


@page("see")
@require_GET
def show_as_of(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the KPIs as they were promised on a past day."""
    book = Book(access.brand)
    asked = request.GET.get("day", "")
    try:
        day = parse_date(asked) or book.today
    except ValueError:
        day = book.today
    day = min(day, book.today)
    held = [v for v in as_of(book, day) if v.kpi.state != "retired"]
    now = {k.key: k for k in book.kpis}
    kept = {v.kpi.key for v in book.versions}
    unkept = [k for k in book.alive if k.key not in kept and (k.start is None or k.start <= day)]
    lines = [
        {
            "kpi": v.kpi, "number": v.number, "facts": facts_of(v.kpi),
            "still": v.kpi.key in now,
            "since": changes_between(v.kpi, now[v.kpi.key]) if v.kpi.key in now else [],
        }
        for v in held
    ]  # fmt: skip
    first = min((v.at.date() for v in book.versions), default=None)
    about = {
        "access": access, "lines": lines, "day": write_day(day), "asked": day,
        "first": write_day(first) if first else "", "today": book.today,
        "unkept": [(kpi, facts_of(kpi)) for kpi in unkept],
    }  # fmt: skip
    return render(request, "plan/as_of.html", about)
