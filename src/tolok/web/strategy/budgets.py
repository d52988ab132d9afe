"""Pages of the budget: lines by month, what was spent, what the money was to bring; one line typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tolok.base import Locale, Period, Text, TolokError, UserError, parse_number
from tolok.web.accounts import audit
from tolok.web.accounts.access import Access, page
from tolok.web.accounts.facts import calendar_of
from tolok.web.plan.beside import figures_beside
from tolok.web.plan.builder import platforms_of
from tolok.web.plan.pages import is_late
from tolok.web.plan.saving import hold_file
from tolok.web.plan.words import verdict_of, write_money
from tolok.web.shell.language import language_of_page, locale_of_page

from .board import Board, BudgetRow
from .budget_form import LineForm
from .keeping import keep_thing, thing_of
from .linked import linked_of
from .spending import Line, bargains_of, read_lines, total_by_currency

FIGURES = ("budget_planned", "cost", "budget_variance", "budget_forecast")


def period_of(request: HttpRequest, board: Board) -> Period:
    """Return the year or quarter asked for, else the year that runs; raises UserError."""
    calendar = calendar_of(board.brand)
    asked = request.GET.get("period") or request.POST.get("period") or ""
    if asked:
        found = calendar.parse(asked, board.today)
        if found.grain in ("year", "half", "quarter"):
            return found
    return calendar.period_of(board.today, "year")


def long_period(board: Board, asked: str) -> Period | None:
    """Return the year, half or quarter between 2000 and 2099 of a key; None for any other words."""
    try:
        found = calendar_of(board.brand).parse(asked, board.today)
        is_near = found.start.year >= 2000 and found.end.year <= 2099
    except (TolokError, ValueError, OverflowError):
        return None
    return found if is_near and found.grain in ("year", "half", "quarter") else None


def offered_periods(board: Board) -> list[Period]:
    """Return the periods a budget is looked at by: last, this and next year, and this quarter."""
    calendar = calendar_of(board.brand)
    year = calendar.period_of(board.today, "year")
    quarter = calendar.period_of(board.today, "quarter")
    return [calendar.previous(year), year, calendar.following(year), quarter]


@page("see")
@require_GET
def show_budget(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the plan by line and month beside what was spent, and what it was to bring."""
    board = Board(access.brand)
    period = period_of(request, board)
    late = bool(board.budget) and is_late(request, board.book)
    language = language_of_page()
    about: dict[str, Any] = {
        "access": access, "late": late, "kpis": board.book.active, "period": period.label(language),
        "key": period.key, "offered": [(p.key, p.label(language)) for p in offered_periods(board)],
    }  # fmt: skip
    if not late:
        about |= describe_budget(board, period)
    is_part = bool(getattr(request, "htmx", False))
    name = "strategy/parts/budget.html" if is_part else "strategy/budget.html"
    return render(request, name, about)


def describe_budget(board: Board, period: Period) -> dict[str, Any]:
    """Return the budget of a period: sums, lines by month, what the money was to bring."""
    lines = read_lines(board, period)
    locale = locale_of_page()
    months = calendar_of(board.brand).split(period, "month")
    return {
        "totals": total_by_currency(lines, board.today),
        "months": [(m.start, _month_name(locale, m)) for m in months],
        "lines": [_row(board, line) for line in lines],
        "bargains": [(b, verdict_of(b.judgement)) for b in bargains_of(board, lines)],
        "figures": figures_beside(board.book, FIGURES, "year") if lines else [],
    }


def _month_name(locale: Locale, month: Period) -> str:
    return locale.format_date(month.start, "short").split(" ", 1)[1].split(" ")[0]


def _row(board: Board, line: Line) -> dict[str, Any]:
    """Return a line with one cell per month: the plan, what was spent, whether it is over."""
    cells = []
    for month in line.months:
        plan, spent = line.planned.get(month.start), line.spent.get(month.start)
        cells.append({
            "plan": _short(plan), "spent": _short(spent),
            "is_over": bool(spent and spent > (plan or 0)), "is_ahead": month.start > board.today,
        })  # fmt: skip
    plan, spent = line.plan_total, line.spent_total
    goal, kpi = board.goal(line.goal), board.book.kpi(line.kpi or "")
    return {
        "line": line, "cells": cells, "goal": goal, "kpi": kpi,
        "plan": write_money(plan, line.currency) if plan is not None else "",
        "spent": write_money(spent, line.currency) if spent is not None else "",
        "is_over": bool(plan is not None and spent and spent > plan),
        "forecast": write_money(line.forecast, line.currency) if line.forecast is not None else "",
        "query": urlencode({"line": line.line, "currency": line.currency}),
    }  # fmt: skip


def _short(amount: Decimal | None) -> str:
    """Return an amount in few letters; the currency stands beside the name of its line."""
    return "" if amount is None else locale_of_page().format_compact(amount)


@dataclass(frozen=True)
class Sheet:
    """A line of the budget that is being typed, with what stands there now."""

    line: str
    currency: str
    months: tuple[Period, ...]
    rows: tuple[BudgetRow, ...]

    @property
    def last(self) -> BudgetRow | None:
        """The latest row of it."""
        return self.rows[-1] if self.rows else None

    def amount(self, month: Period, name: str) -> Decimal | None:
        """Return what stands for a month; None for nothing."""
        found = [getattr(r, name) for r in self.rows if month.contains(r.day)]
        known = [a for a in found if a is not None]
        return sum(known, Decimal(0)) if known else None


@page("spend")
def edit_line(request: HttpRequest, access: Access) -> HttpResponse:
    """Type one line of the budget: what it is for, and what is planned for each month."""
    board = Board(access.brand)
    data = request.POST if request.method == "POST" else request.GET
    period = period_of(request, board)
    sheet = read_sheet(
        board, data.get("was") or data.get("line", ""), data.get("currency", ""), period
    )
    form = LineForm(
        request.POST or None, board=board, last=sheet.last, linked=linked_of(board),
        platforms=platforms_of(board.book), initial=_initial(sheet),
    )  # fmt: skip
    faults: dict[str, str] = {}
    if request.method == "POST":
        typed, faults = _read_cells(request.POST, sheet.months)
        if form.is_valid() and not faults:
            try:
                keep_line(request, access, sheet, form.cleaned_data, typed)
            except NoAmount as error:
                form.add_error(None, error.say(language_of_page()))
            else:
                messages.success(request, _("The line is kept."))
                address = reverse("strategy:budget", args=[access.brand.slug])
                return redirect(f"{address}?period={request.POST.get('period', '')}")
    about = {
        "access": access, "form": form, "sheet": sheet, "key": period.key,
        "period": period.label(language_of_page()), "is_new": not sheet.rows, "faults": len(faults),
        "cells": _cells(sheet, request.POST if request.method == "POST" else None, faults),
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "strategy/line.html", about, status=status)


def read_sheet(board: Board, line: str, currency: str, period: Period) -> Sheet:
    """Return a line of the budget as it stands; without rows where it is new."""
    line, home = line.strip()[:80], board.brand.currency
    mine = [r for r in board.budget if r.line == line]
    # One line has one currency: its rows are named by line and day alone.
    told = (mine[-1].currency if mine else None) or currency or home
    months = tuple(calendar_of(board.brand).split(period, "month"))
    return Sheet(line, told, months, tuple(mine))


def _initial(sheet: Sheet) -> dict[str, Any]:
    last = sheet.last
    if last is None:
        return {"line": sheet.line, "currency": sheet.currency}
    return {
        "line": sheet.line, "currency": sheet.currency, "campaign": last.campaign or "",
        "platform": last.platform or "", "goal": last.goal or "", "kpi": last.kpi or "",
    }  # fmt: skip


def _cells(
    sheet: Sheet, posted: Mapping[str, Any] | None, faults: Mapping[str, str]
) -> list[dict[str, Any]]:
    locale = locale_of_page()
    found = []
    for month in sheet.months:
        cell: dict[str, Any] = {"month": month.label(locale.language), "names": []}
        for name in ("planned", "forecast"):
            key = f"{name}.{month.start.isoformat()}"
            amount = sheet.amount(month, name)
            written = locale.format_number(amount) if amount is not None else ""
            if posted is not None:
                written = str(posted.get(key, ""))
            cell["names"].append({"key": key, "value": written, "fault": faults.get(key, "")})
        found.append(cell)
    return found


class NoAmount(UserError):  # noqa: N818 - what happened, not whose fault
    """A new line of the budget plans and expects nothing in any month."""

    code = "invalid"

    def __init__(self) -> None:
        super().__init__(
            Text("No month of this line has an amount.", "Tidak ada bulan dengan jumlah di pos ini."),
            Text("Write at least one.", "Tulis setidaknya satu."),
        )  # fmt: skip


Typed = dict[tuple[date, str], Decimal | None]


def _read_cells(
    posted: Mapping[str, Any], months: Sequence[Period]
) -> tuple[Typed, dict[str, str]]:
    """Return the amounts typed, None for an emptied cell, and what cannot be read."""
    typed: Typed = {}
    faults: dict[str, str] = {}
    language = language_of_page()
    for month in months:
        for name in ("planned", "forecast"):
            key = f"{name}.{month.start.isoformat()}"
            words = str(posted.get(key, "")).strip().replace("\N{NO-BREAK SPACE}", "")
            try:
                amount = parse_number(words, language) if words else None
            except TolokError as error:
                faults[key] = error.say(language)
                continue
            if amount is not None and not 0 <= amount < Decimal("1e15"):
                faults[key] = _("Write an amount that is not negative.")
            else:
                typed[month.start, name] = amount
    return typed, faults


def keep_line(
    request: HttpRequest, access: Access, sheet: Sheet, told: dict[str, Any], typed: Typed
) -> str:
    """Write a line of the budget anew with what was typed for its months; returns its name.

    Raises NoAmount for a new line without any.
    """
    line: str = sheet.line if sheet.rows else told["line"].strip()
    with hold_file(access.brand):
        fresh = [r for r in Board(access.brand).budget if r.line == line]
        rows = _rows(fresh, sheet, told, typed, line)
        if not rows:
            raise NoAmount
        keep_thing(
            access.brand, {"budgets": rows}, thing=thing_of("budgets", line),
            did="changed" if fresh else "made", by=str(access.user), instead_of=("made", "changed"),
        )  # fmt: skip
    audit.record(request, "saved_budget", brand=access.brand, thing=line)
    return line


def _rows(
    standing: Sequence[BudgetRow], sheet: Sheet, told: dict[str, Any], typed: Typed, line: str
) -> list[dict[str, Any]]:
    """Return all rows of a line: those of other times as they were, those typed anew.

    A row that a file brought cannot be taken back here: emptied, it says that nothing is planned.
    """
    about = {n: told[n] or None for n in ("campaign", "platform", "goal", "kpi", "currency")}
    known = {r.day: r for r in standing}
    rows: dict[date, dict[str, Any]] = {
        day: {"planned": r.planned, "forecast": r.forecast} for day, r in known.items()
    }
    for month in sheet.months:
        days = sorted(day for day in known if month.contains(day))
        first = days[0] if days else month.start
        amounts = {name: typed.get((month.start, name)) for name in ("planned", "forecast")}
        if days and any(rows[d] != {"planned": None, "forecast": None} for d in days):
            changed = any(amounts[n] != sheet.amount(month, n) for n in amounts)
            if not changed:
                continue
            for day in days:  # the month is now one row: its other days plan nothing more
                rows[day] = {"planned": Decimal(0), "forecast": None}
            rows[first] = {
                "planned": amounts["planned"] or Decimal(0),
                "forecast": amounts["forecast"],
            }
        elif any(a is not None for a in amounts.values()):
            rows[first] = amounts
    return [{"line": line, "day": day, **about, **amounts} for day, amounts in rows.items()]
