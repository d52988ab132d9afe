"""What is in: each account with how fresh it is, and the days of every month that are there."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from babel.dates import format_date
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tolok.base import Span
from tolok.lake import table_of
from tolok.metrics import Engine, read_runs, read_short
from tolok.web.accounts.access import Access, page
from tolok.web.accounts.facts import engine_of, remember
from tolok.web.accounts.models import Brand
from tolok.web.shell.language import language_of_page, locale_of_page
from tolok.web.shell.parts import Empty, Verdict

from .known import name_account

_MONTHS = 14
_FRESH, _STALE = 8, 32


@dataclass(frozen=True)
class AccountLine:
    """One account: what is there of it and how old the newest day is."""

    account: str
    name: str
    days: int
    first: date | None
    last: date | None
    posts: int
    last_post: date | None
    seen: datetime | None
    told_until: date | None = None  # last day of which files list the posts


@dataclass(frozen=True)
class MonthCell:
    """One account and month: how many days are there of how many that should be."""

    have: int
    expected: int
    posts: int
    state: str  # full, part, none, before
    listed: int = 0  # posts a list holds that is not whole …
    counted: int = 0  # … since the account itself counted so many; 0 where nothing contradicts it


@page("see")
@require_GET
def show(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the accounts that are in and how fresh each is."""
    engine = engine_of(access.brand)
    lines = lines_of(access.brand, engine)
    shown = [(line, _fresh(line, engine.today), _says(line, engine)) for line in lines]
    context = {"access": access, "lines": shown, "empty": None if lines else _empty(access)}
    return render(request, "data/connected.html", context)


def _says(line: AccountLine, engine: Engine) -> dict[str, str]:
    locale = locale_of_page()
    span = ""
    if line.first and line.last:
        span = locale.format_span(line.first, line.last + timedelta(days=1))
    last = _newest(line)
    return {
        "span": span,
        "days": locale.format_number(line.days) if line.days else "",
        "posts": locale.format_number(line.posts) if line.posts else "",
        "ago": locale.format_relative(last, engine.today) if last else "",
        "seen": locale.format_datetime(line.seen, engine.calendar.timezone) if line.seen else "",
    }


def _newest(line: AccountLine) -> date | None:
    return max([d for d in (line.last, line.last_post, line.told_until) if d], default=None)


def _fresh(line: AccountLine, today: date) -> Verdict:
    last = _newest(line)
    if last is None:
        return Verdict(tone="quiet", word=_("No figures yet"))
    age = (today - last).days
    if age <= _FRESH:
        return Verdict(tone="good", word=_("Fresh"))
    return Verdict(tone="quiet", word=_("Ageing")) if age <= _STALE else Verdict(
        tone="watch", word=_("Out of date"))  # fmt: skip


def _empty(access: Access) -> Empty:
    can_bring = access.may("bring")
    return Empty(
        title=_("Nothing is in yet"),
        text=_(
            "Here stands each account with the days that are there, the newest figure, and what "
            "is missing. Begin with an export of one platform."
        ),
        action=_("Bring in data") if can_bring else "",
        href=reverse("data:bring", args=[access.brand.slug]) if can_bring else "",
        icon="box",
    )


def lines_of(brand: Brand, engine: Engine) -> list[AccountLine]:
    """Return every account the brand's facts speak of."""
    return remember(brand, ("account lines",), lambda: _read_lines(brand, engine))


def _read_lines(brand: Brand, engine: Engine) -> list[AccountLine]:
    days = _grouped(engine, brand, "account_days", "day")
    posts = _grouped(engine, brand, "posts", "published_at")
    others = _grouped(engine, brand, "ad_results", "day") | _grouped(
        engine, brand, "site_traffic", "day"
    )
    accounts = sorted({*days, *posts, *others})
    runs = _post_runs(brand, engine)
    return [
        _line(a, days.get(a) or others.get(a, {}), posts.get(a, {}), runs.get(a, ()))
        for a in accounts
    ]


def _post_runs(brand: Brand, engine: Engine) -> dict[str, Sequence[Span]]:
    """Return per account the runs of days of which files list the posts."""
    found = read_runs(engine.view, table_of("posts"), engine.calendar.timezone)
    return {account: runs for (slug, _platform, account), runs in found.items()
            if slug == brand.slug and account}  # fmt: skip


def _line(
    account: str, days: dict[str, Any], posts: dict[str, Any], runs: Sequence[Span]
) -> AccountLine:
    seen = [s for s in (days.get("seen"), posts.get("seen")) if s]
    return AccountLine(
        account=account,
        name=name_account(account),
        days=days.get("days", 0),
        first=_day(days.get("first")),
        last=_day(days.get("last")),
        posts=posts.get("rows", 0),
        last_post=_day(posts.get("last")),
        seen=max(seen, default=None),
        told_until=runs[-1][1] - timedelta(days=1) if runs else None,
    )


def _day(value: date | datetime | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value


def _grouped(engine: Engine, brand: Brand, table: str, time: str) -> dict[str, dict[str, Any]]:
    """Return per account: rows, days, first and last moment, and when it was last seen."""
    if engine.view.is_empty(table):
        return {}
    rows = engine.view.table(table)
    rows = rows.filter((rows.brand == brand.slug) & rows.account.notnull())
    if time not in rows.columns:
        return {}
    told = rows.group_by("account").aggregate(
        rows=rows.count(), days=rows[time].cast("date").nunique(), first=rows[time].min(),
        last=rows[time].max(), seen=rows.observed_at.max(),
    )  # fmt: skip
    return {r["account"]: r for r in told.to_pyarrow().to_pylist()}


@page("see")
@require_GET
def show_months(request: HttpRequest, access: Access) -> HttpResponse:
    """Show per account and month how many days are there."""
    engine = engine_of(access.brand)
    months, rows = months_of(access.brand, engine)
    language = language_of_page()
    context = {
        "access": access,
        "months": [
            (
                format_date(m, "MMMM y", locale=language),
                format_date(
                    m, "MMM yy" if m.month == 1 or m == months[0] else "MMM", locale=language
                ),
            )
            for m in months
        ],
        "rows": rows,
        "missing": sum(
            c.expected - c.have for _n, cells in rows for c in cells if c.state == "part"
        ),
        "whole": sum(c.state == "none" and c.expected > 0 for _n, cells in rows for c in cells),
        "short": sum(c.counted > 0 for _n, cells in rows for c in cells),
        "empty": None if rows else _empty(access),
    }
    return render(request, "data/months.html", context)


def months_of(brand: Brand, engine: Engine) -> tuple[list[date], list[tuple[str, list[MonthCell]]]]:
    """Return the last months, and per account how many days of each are there."""
    months = _months(engine.today)
    return months, remember(brand, ("months", months[0]), lambda: _map(brand, engine, months))


def _months(today: date) -> list[date]:
    first = today.replace(day=1)
    months = [first]
    while len(months) < _MONTHS:
        months.insert(0, (months[0] - timedelta(days=1)).replace(day=1))
    return months


def _map(brand: Brand, engine: Engine, months: list[date]) -> list[tuple[str, list[MonthCell]]]:
    days = _by_month(engine, brand, "account_days", "day")
    posts = _by_month(engine, brand, "posts", "published_at")
    accounts = sorted({a for a, _m in (*days, *posts)})
    runs = _post_runs(brand, engine)
    for account in accounts:
        if not any(a == account for a, _m in days):
            # Where only posts come in, a day is there when a file lists what was posted on it.
            days |= _days_of_runs(account, runs.get(account, ()), months, engine.today)
    short = {(whose[2], s.span[0].replace(day=1)): s
             for whose, found in read_short(engine.view, engine.calendar.timezone).items()
             if whose[0] == brand.slug for s in found}  # fmt: skip
    return [
        (name_account(a), [
            replace(cell, listed=s.listed, counted=s.said) if (s := short.get((a, month))) else cell
            for month, cell in zip(months, _cells(a, months, days, posts, engine.today), strict=True)
        ])
        for a in accounts
    ]  # fmt: skip


def _days_of_runs(
    account: str, runs: Sequence[Span], months: list[date], today: date
) -> dict[tuple[str, date], int]:
    told = {}
    for month in months:
        end = min(today, month + timedelta(days=monthrange(month.year, month.month)[1]))
        told[account, month] = sum(
            max(0, (min(until, end) - max(start, month)).days) for start, until in runs
        )
    return {whose: count for whose, count in told.items() if count}


def _cells(
    account: str, months: list[date], days: dict[Any, int], posts: dict[Any, int], today: date
) -> list[MonthCell]:
    known = [m for a, m in (*days, *posts) if a == account]
    first = min(known)
    # Posts of which no file tells the days are only counted: none can be missing.
    has_days = any(a == account for a, _m in days)
    cells = []
    for month in months:
        whole = monthrange(month.year, month.month)[1]
        expected = min(whole, max(0, (today - month).days)) if has_days else 0
        have, shared = days.get((account, month), 0), posts.get((account, month), 0)
        cells.append(MonthCell(have, expected, shared, _state(have, expected, month < first,
                                                              has_days=has_days, posts=shared)))  # fmt: skip
    return cells


def _state(have: int, expected: int, is_before: bool, *, has_days: bool, posts: int) -> str:
    if is_before:
        return "before"
    if not has_days:
        return "posts" if posts else "none"
    if have == 0:
        return "none"
    return "full" if have >= expected else "part"


def _by_month(engine: Engine, brand: Brand, table: str, time: str) -> dict[tuple[str, date], int]:
    if engine.view.is_empty(table):
        return {}
    rows = engine.view.table(table)
    rows = rows.filter((rows.brand == brand.slug) & rows.account.notnull())
    day = rows[time].cast("date")
    told = (
        rows.mutate(month=day.truncate("M"), the_day=day)
        .group_by(["account", "month"])
        .aggregate(count=lambda t: t.the_day.nunique() if table == "account_days" else t.count())
    )
    return {(r["account"], _day(r["month"]) or date.min): r["count"]
            for r in told.to_pyarrow().to_pylist()}  # fmt: skip
