"""Pages of strategies: all of them, one with its tactics, putting it to work and ending it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tolok.web.accounts.access import Access, page
from tolok.web.plan.beside import figures_beside
from tolok.web.plan.builder import people_of
from tolok.web.plan.saving import Conflict
from tolok.web.plan.words import write_day

from .alignment import Gathered, round_of
from .board import Board, Strategy
from .doing import (
    LATE,
    finish_strategy,
    force_strategy,
    reopen_strategy,
    rewrite_strategy,
    unforce_strategy,
    write_strategy,
)
from .forms import EndForm, ForceForm, StrategyForm
from .goals import history_of
from .keeping import row_mark, thing_of
from .linked import Linked, linked_of
from .tactics import tactic_lines
from .words import OUTCOMES, STATES

FIGURES = ("strategies_in_force", "strategies_standing", "strategies_without_evidence",
           "insight_strategy_success")  # fmt: skip
_ORDER = ("unproven", "in_force", "proposed", "ended")


@page("see")
@require_GET
def list_strategies(request: HttpRequest, access: Access) -> HttpResponse:
    """Show every strategy by where it stands, what lacks evidence first."""
    board = Board(access.brand)
    lines = [strategy_line(board, s) for s in board.strategies]
    lines.sort(key=lambda line: _ORDER.index(line["strategy"].state))
    about = {
        "access": access,
        "lines": [line for line in lines if line["strategy"].state != "ended"],
        "over": [line for line in lines if line["strategy"].state == "ended"],
        "figures": figures_beside(board.book, FIGURES) if lines else [],
    }
    return render(request, "strategy/strategies.html", about)


def strategy_line(board: Board, strategy: Strategy) -> dict[str, Any]:
    """Return a strategy as a line: where it stands, what it serves, how it is put to work."""
    tactics = [t for t in board.tactics if t.strategy == strategy.strategy]
    verdict = STATES[strategy.state]
    return {
        "strategy": strategy,
        "verdict": verdict,
        "outcome": OUTCOMES.get(strategy.outcome or "") if strategy.state == "ended" else None,
        "goal": board.goal(strategy.goal),
        "tactics": len(tactics),
        "day": write_day(strategy.in_force_on or strategy.proposed_on),
        "ended": write_day(strategy.ended_on),
    }


@page("see")
@require_GET
def show_strategy(request: HttpRequest, access: Access, key: str) -> HttpResponse:
    """Show one strategy: where it stands and by what evidence, tactics, scores, history."""
    board = Board(access.brand)
    strategy = _find(board, key)
    return render(request, "strategy/strategy.html", _describe(access, board, strategy))


def _find(board: Board, key: str) -> Strategy:
    strategy = board.strategy(key)
    if strategy is None:
        raise Http404
    return strategy


def describe_strategy(board: Board, strategy: Strategy) -> dict[str, Any]:
    """Return what everybody who may read a strategy sees of it."""
    linked = linked_of(board)
    subject = f"strategy:{strategy.strategy}"
    standing = round_of(board, subject)
    claim = next((i for i in board.insights if i.insight == strategy.insight), None)
    return {
        **strategy_line(board, strategy),
        "lines": tactic_lines(board, strategy, linked),
        "evidence": evidence_of(strategy, linked),
        "claim": claim.claim if claim else strategy.insight,
        "begun": write_day(strategy.in_force_on),
        "proposed": write_day(strategy.proposed_on),
        "gathered": Gathered(subject, strategy.title, None, standing) if standing else None,
    }


def _describe(access: Access, board: Board, strategy: Strategy, **more: Any) -> dict[str, Any]:
    return {
        "access": access,
        **describe_strategy(board, strategy),
        "force": force_form(board, strategy, linked_of(board)),
        "end": EndForm(strategy=strategy, initial={"day": board.today}),
        "history": history_of(access, thing_of("strategies", strategy.strategy)),
        **more,
    }


def evidence_of(strategy: Strategy, linked: dict[str, Linked]) -> str:
    """Return what proves that a strategy is at work, in words; empty for nothing."""
    if not strategy.evidence:
        return ""
    found = linked.get(strategy.evidence)
    return found.say() if found else strategy.evidence.partition(":")[2] or strategy.evidence


def force_form(
    board: Board, strategy: Strategy, linked: dict[str, Linked], data: Any = None
) -> ForceForm:
    """Return the form that puts a strategy to work, its own tactics' things first."""
    mine = [t.link for t in board.tactics if t.strategy == strategy.strategy and t.link]
    ran = [linked[link] for link in mine if link in linked and linked[link].has_run]
    first = min((x.first for x in ran if x.first), default=None)
    initial = {
        "day": strategy.in_force_on or first or board.today,
        "evidence": strategy.evidence or (ran[0].link if ran else ""),
    }
    return ForceForm(
        data, linked=linked, today=board.today, known=strategy.evidence, first=mine,
        initial=initial,
    )  # fmt: skip


@page("plan")
def make_strategy(request: HttpRequest, access: Access) -> HttpResponse:
    """Write a strategy down."""
    board = Board(access.brand)
    initial = {"proposed_on": board.today, "owner": str(access.user),
               "goal": request.GET.get("goal", ""), "insight": request.GET.get("insight", "")}  # fmt: skip
    form = StrategyForm(request.POST or None, board=board, strategy=None, initial=initial)
    if request.method == "POST" and form.is_valid():
        key = write_strategy(request, access, form.cleaned_data)
        messages.success(request, _("Written down. Now say by which tactics it is put to work."))
        return redirect("strategy:strategy", access.brand.slug, key)
    return _show_form(request, access, form, None)


@page("plan")
def edit_strategy(request: HttpRequest, access: Access, key: str) -> HttpResponse:
    """Change a strategy; what it ties to its goal follows a new goal."""
    board = Board(access.brand)
    strategy = _find(board, key)
    form = StrategyForm(request.POST or None, board=board, strategy=strategy)
    if request.method == "POST" and form.is_valid():
        try:
            rewrite_strategy(request, access, key, form.cleaned_data, request.POST.get("seen", ""))
        except Conflict:
            form.add_error(None, LATE)
        else:
            messages.success(request, _("Saved."))
            return redirect("strategy:strategy", access.brand.slug, key)
    return _show_form(request, access, form, strategy)


def _show_form(
    request: HttpRequest, access: Access, form: StrategyForm, strategy: Strategy | None
) -> HttpResponse:
    seen = request.POST.get("seen", "") if form.is_bound else row_mark(strategy)
    about = {
        "access": access, "form": form, "strategy": strategy, "people": people_of(access.brand),
        "seen": seen,
    }  # fmt: skip
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "strategy/strategy_form.html", about, status=status)


@page("plan")
@require_POST
def put_to_work(request: HttpRequest, access: Access, key: str) -> HttpResponse:
    """Say since when a strategy is in force, with what ran because of it; or take that back."""
    board = Board(access.brand)
    strategy = _find(board, key)
    if "back" in request.POST:
        unforce_strategy(request, access, strategy)
        messages.success(request, _("Taken back: it counts as proposed again."))
        return redirect("strategy:strategy", access.brand.slug, key)
    form = force_form(board, strategy, linked_of(board), request.POST)
    if not form.is_valid():
        about = _describe(access, board, strategy, force=form, force_open=True)
        return render(request, "strategy/strategy.html", about, status=422)
    force_strategy(request, access, strategy, form.cleaned_data)
    messages.success(request, _("It counts as put to work.") if form.cleaned_data["evidence"] else _(
        "It is marked as in force. It counts as put to work once something is named that ran because of it."))  # fmt: skip
    return redirect("strategy:strategy", access.brand.slug, key)


@page("plan")
@require_POST
def end_strategy(request: HttpRequest, access: Access, key: str) -> HttpResponse:
    """Say when a strategy ended and what came of it; or take that back."""
    board = Board(access.brand)
    strategy = _find(board, key)
    if "back" in request.POST:
        reopen_strategy(request, access, strategy)
        messages.success(request, _("Taken back: it stands again."))
        return redirect("strategy:strategy", access.brand.slug, key)
    form = EndForm(request.POST, strategy=strategy)
    if not form.is_valid():
        about = _describe(access, board, strategy, end=form, end_open=True)
        return render(request, "strategy/strategy.html", about, status=422)
    finish_strategy(request, access, strategy, form.cleaned_data)
    messages.success(request, _("Ended. What came of it is in the history."))
    return redirect("strategy:strategy", access.brand.slug, key)
