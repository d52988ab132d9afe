"""What happened on the days of a chart: notes, campaigns, incidents, activities, holidays, posts.

None of it explains a figure by itself; it stands beside the figure so that people can.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tolok.base import Period
from tolok.kpi import activities_of
from tolok.lake import table_of
from tolok.metrics import Engine, Metric, Scope
from tolok.web.accounts.facts import remember
from tolok.web.accounts.models import Brand
from tolok.web.shell.language import language_of_page

from .models import Note

# In the order in which one sign stands for all of a step; posts only where steps are short.
KIND_NAMES: dict[str, Promise] = {
    "note": _("Notes"),
    "incident": _("Incidents"),
    "campaign": _("Campaigns"),
    "activity": _("Activities"),
    "holiday": _("Holidays"),
    "post": _("Posts"),
}
KIND_OF_ONE: dict[str, Promise] = {
    "note": _("note"),
    "incident": _("incident"),
    "campaign": _("campaign"),
    "activity": _("activity"),
    "holiday": _("holiday"),
    "post": _("post"),
}
_SHORT = ("day", "week", "biweek")
_DAY = timedelta(days=1)
_LONGEST = 90


@dataclass(frozen=True)
class Happening:
    """One thing that happened: its kind, its first and last day, and where it can be read."""

    kind: str
    first: date
    last: date
    title: str
    href: str = ""
    note: int | None = None  # the note's number, where it is one
    by: str = ""

    def touches(self, period: Period) -> bool:
        """Whether it falls into a period, be it in part."""
        return self.first < period.end and self.last >= period.start


def happenings_of(
    brand: Brand, engine: Engine, metric: Metric, scope: Scope, *, spans: Sequence[Period],
    grain: str,
) -> tuple[Happening, ...]:  # fmt: skip
    """Return what happened over the steps of a chart, oldest first.

    Notes are read each time; what stands in the lake is read once for all readers.
    """
    if not spans:
        return ()
    whole = Period(spans[0].start, spans[-1].end, "range")
    language = language_of_page()
    name = ("happenings", whole, repr(scope), grain in _SHORT, language)
    known = remember(brand, name, lambda: tuple(_read(brand, engine, scope, whole, grain)))
    found = (*known, *_notes(brand, metric, whole))
    return tuple(sorted(found, key=lambda h: (h.first, list(KIND_NAMES).index(h.kind))))


def _read(
    brand: Brand, engine: Engine, scope: Scope, whole: Period, grain: str
) -> Iterator[Happening]:
    yield from _campaigns(brand, engine, whole, scope.platforms)
    yield from _incidents(brand, engine, whole)
    for one in activities_of(engine.view, brand.slug):
        if one.start < whole.end and one.until > whole.start:
            yield Happening("activity", one.start, one.until - _DAY, one.name)
    if grain in _SHORT:
        yield from _holidays(brand, whole)
        yield from _posts(brand, engine, scope, whole)


def _rows(brand: Brand, engine: Engine, table: str, columns: Iterable[str]) -> list[dict[str, Any]]:
    if engine.view.is_empty(table):
        return []
    rows = engine.view.table(table)
    kept = rows.filter(rows.brand == brand.slug).select(*columns)
    return kept.to_pyarrow().to_pylist()  # type: ignore[no-any-return]


def _campaigns(
    brand: Brand, engine: Engine, whole: Period, platforms: Sequence[str]
) -> Iterator[Happening]:
    """Yield the campaigns as planned; one that was never planned, by the days of its adverts.

    Of a figure of some platforms only those whose adverts ran there, or ran nowhere yet.
    """
    told: dict[str, tuple[date, date, str]] = {}
    elsewhere: set[str] = set()
    if not engine.view.is_empty("ad_results"):
        rows = engine.view.table("ad_results")
        rows = rows.filter((rows.brand == brand.slug) & rows.campaign.notnull())
        spans = rows.group_by("campaign", "platform").aggregate(
            first=rows.start.min(), last=rows.until.max()
        )
        for row in spans.to_pyarrow().to_pylist():
            name = row["campaign"]
            if platforms and row["platform"] not in platforms:
                elsewhere.add(name)
            elif row["first"] is not None:
                first, last = row["first"], row["last"] - _DAY
                old = told.get(name, (first, last, name))
                told[name] = (min(first, old[0]), max(last, old[1]), name)
    for row in _rows(brand, engine, "campaigns", ("campaign", "name", "starts", "ends")):
        is_here = row["campaign"] in told or row["campaign"] not in elsewhere
        if row["starts"] is not None and is_here:
            last = row["ends"] or row["starts"]
            told[row["campaign"]] = (row["starts"], last, row["name"] or row["campaign"])
    for first, last, name in told.values():
        if first < whole.end and last >= whole.start:
            yield Happening("campaign", first, last, name[:_LONGEST])


def _incidents(brand: Brand, engine: Engine, whole: Period) -> Iterator[Happening]:
    columns = ("incident", "title", "detected_at", "resolved_at")
    for row in _rows(brand, engine, "incidents", columns):
        if row["detected_at"] is None:
            continue
        first = engine.calendar.today_of(row["detected_at"])
        last = engine.calendar.today_of(row["resolved_at"]) if row["resolved_at"] else first
        if first < whole.end and last >= whole.start:
            yield Happening("incident", first, max(first, last), row["title"] or row["incident"])


def _holidays(brand: Brand, whole: Period) -> Iterator[Happening]:
    if not brand.holidays:
        return
    import holidays  # heavy, and most pages never ask for holidays

    years = range(whole.start.year, whole.end.year + 1)
    wanted = "id" if language_of_page() == "id" else "en_US"
    try:
        known = holidays.country_holidays(brand.holidays, years=years, language=wanted)
    except NotImplementedError:
        return
    for day, name in sorted(known.items()):
        if whole.start <= day < whole.end:
            yield Happening("holiday", day, day, str(name))


def _posts(brand: Brand, engine: Engine, scope: Scope, whole: Period) -> Iterator[Happening]:
    """Yield the posts of the scope; those of a long time would hide everything else."""
    if engine.view.is_empty("posts"):
        return
    rows = engine.view.table("posts")
    known = {n: v for n, v in scope.filters.items() if n in rows.columns}
    rows = Scope(scope.brand, scope.platforms, scope.accounts, scope.relation, known).narrow(
        rows, engine.view
    )
    start, end = _moment(whole.start - _DAY), _moment(whole.end + _DAY)
    rows = rows.filter((rows.published_at >= start) & (rows.published_at < end))
    rows = rows.select("platform", "account", "post", "title", "caption", "published_at")
    address = reverse("insights:row", args=[brand.slug, "posts_published"])
    for row in rows.to_pyarrow().to_pylist():
        day = engine.calendar.today_of(row["published_at"])
        title = (row["title"] or row["caption"] or gettext("untitled")).strip().splitlines()[0]
        if whole.start <= day < whole.end:
            yield Happening("post", day, day, title[:_LONGEST], _post_href(address, row))


def _post_href(address: str, row: dict[str, Any]) -> str:
    keys = [k for k in table_of("posts").natural_key if k != "brand"]
    return f"{address}?{urlencode({k: str(row[k]) for k in keys if row.get(k) is not None})}"


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def _notes(brand: Brand, metric: Metric, whole: Period) -> Iterator[Happening]:
    rows = Note.objects.filter(brand=brand, metric__in=["", metric.key],
                               day__gte=whole.start, day__lt=whole.end)  # fmt: skip
    for row in rows.select_related("made_by"):
        by = str(row.made_by) if row.made_by else ""
        yield Happening("note", row.day, row.day, row.text, note=row.pk, by=by)
