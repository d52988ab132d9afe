"""Pages of marketing goals: all of them, one with its KPIs and strategies, making and changing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tolok.kpi.propose import goals as known_kinds
from tolok.kpi.rollup import roll_up_one
from tolok.web.accounts.access import Access, page
from tolok.web.plan.beside import figures_beside
from tolok.web.plan.builder import people_of
from tolok.web.plan.pages import is_late, line_of
from tolok.web.plan.saving import Conflict
from tolok.web.plan.words import capital, gravest_first, verdict_named, write_day
from tolok.web.shell.language import language_of_page

from .alignment import gather_scores
from .board import Board, Goal, means
from .doing import LATE, close_goal, rewrite_goal, write_goal
from .forms import GoalForm
from .keeping import batches_of, local_day, row_mark, thing_of
from .spending import money_of_goal
from .words import DID, STATES

FIGURES = ("goals_standing", "aligned_campaign_share", "aligned_slot_share", "aligned_spend_share")


@page("see")
@require_GET
def list_goals(request: HttpRequest, access: Access) -> HttpResponse:
    """Show what the business wants and how near it is, by the KPIs of each goal."""
    board = Board(access.brand)
    late = bool(board.goals) and is_late(request, board.book)
    about: dict[str, Any] = {"access": access, "late": late, "kpis": board.book.active}
    if not late:
        about |= _describe_all(board)
    is_part = bool(getattr(request, "htmx", False))
    name = "strategy/parts/goals.html" if is_part else "strategy/goals.html"
    return render(request, name, about)


def _describe_all(board: Board) -> dict[str, Any]:
    open_ = [g for g in board.goals if g.ends is None or g.ends >= board.today]
    return {
        "lines": [goal_line(board, g) for g in open_],
        "over": [goal_line(board, g) for g in board.goals if g not in open_],
        "unwritten": [(words, kpis) for words, kpis in sorted(board.unwritten().items())],
        "figures": figures_beside(board.book, FIGURES) if board.goals else [],
    }


def goal_line(board: Board, goal: Goal) -> dict[str, Any]:
    """Return a goal as a line: how its KPIs stand together, what works for it."""
    judged = [j for j in board.book.judgements if means(j.kpi.goal, goal)]
    rolled = roll_up_one(goal.title, judged) if judged else None
    return {
        "goal": goal,
        "kind": kind_of(goal),
        "days": days_of(goal),
        "kpis": judged,
        "rolled": rolled,
        "verdict": verdict_named(rolled.state) if rolled else None,
        "strategies": [s for s in board.strategies if s.goal == goal.goal and s.state != "ended"],
        "waits": goal.starts is not None and goal.starts > board.today,
    }


def kind_of(goal: Goal) -> str:
    """Return the kind of a goal in the language of the page; empty for none."""
    if not goal.kind:
        return ""
    name = known_kinds().get(goal.kind)
    return capital(name).say(language_of_page()) if name else goal.kind


def days_of(goal: Goal) -> str:
    """Return from when until when the goal stands."""
    if goal.ends is None:
        return _("since %(day)s") % {"day": write_day(goal.starts)}
    return f"{write_day(goal.starts)} – {write_day(goal.ends)}"


@page("see")
@require_GET
def show_goal(request: HttpRequest, access: Access, key: str) -> HttpResponse:
    """Show one goal: its KPIs rolled up honestly, its strategies, its money, its scores."""
    board = Board(access.brand)
    goal = board.goal(key)
    if goal is None:
        raise Http404
    history = history_of(access, thing_of("goals", key))
    about = {"access": access, **describe_goal(board, goal), "history": history}
    return render(request, "strategy/goal.html", about)


def describe_goal(board: Board, goal: Goal) -> dict[str, Any]:
    """Return what everybody who may read a goal sees of it."""
    line = goal_line(board, goal)
    return {
        **line,
        "lines": [line_of(board.book, j) for j in gravest_first(line["kpis"])],
        "drafts": [k for k in board.kpis_of(goal) if k.state == "draft"],
        "served": [(s, STATES[s.state]) for s in board.strategies if s.goal == goal.goal],
        "money": money_of_goal(board, goal),
        "scores": [g for g in gather_scores(board) if g.goal == goal.goal and g.is_shared],
    }  # fmt: skip


def history_of(access: Access, thing: str) -> list[tuple[str, str, Any]]:
    """Return when what was done to a thing and by whom, the latest first."""
    return [
        (write_day(local_day(access.brand, b.recorded_at)), str(b.note.get("by") or ""),
         DID.get(str(b.note.get("did")), DID["changed"]))
        for b in reversed(batches_of(access.brand, thing, with_withdrawn=True))
    ]  # fmt: skip


@page("plan")
def make_goal(request: HttpRequest, access: Access) -> HttpResponse:
    """Write a goal down."""
    board = Board(access.brand)
    words = request.GET.get("name", "").strip()[:120]
    initial = {"starts": _first_day(board, words), "name": words, "owner": str(access.user)}
    form = GoalForm(request.POST or None, goal=None, initial=initial)
    if request.method == "POST" and form.is_valid():
        key = write_goal(request, access, form.cleaned_data)
        messages.success(request, _("The goal is written down. Its KPIs show how near it is."))
        return redirect("strategy:goal", access.brand.slug, key)
    return _show_form(request, access, form, None)


def _first_day(board: Board, words: str) -> Any:
    """Return the day a new goal begins: that of the first KPI that names it, else today."""
    starts = [k.start for k in board.unwritten().get(words, ()) if k.start]
    return min(starts, default=board.today)


@page("plan")
def edit_goal(request: HttpRequest, access: Access, key: str) -> HttpResponse:
    """Change a goal; KPIs that name it follow its new name."""
    board = Board(access.brand)
    goal = board.goal(key)
    if goal is None:
        raise Http404
    form = GoalForm(request.POST or None, goal=goal)
    if request.method == "POST" and form.is_valid():
        try:
            rewrite_goal(request, access, key, form.cleaned_data, request.POST.get("seen", ""))
        except Conflict:
            form.add_error(None, LATE)
        else:
            messages.success(request, _("Saved."))
            return redirect("strategy:goal", access.brand.slug, key)
    return _show_form(request, access, form, goal)


def _show_form(
    request: HttpRequest, access: Access, form: GoalForm, goal: Goal | None
) -> HttpResponse:
    seen = request.POST.get("seen", "") if form.is_bound else row_mark(goal)
    about = {
        "access": access, "form": form, "goal": goal, "people": people_of(access.brand), "seen": seen,
    }  # fmt: skip
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "strategy/goal_form.html", about, status=status)


@page("plan")
@require_POST
def end_goal(request: HttpRequest, access: Access, key: str) -> HttpResponse:
    """End a goal today; it stays readable."""
    board = Board(access.brand)
    goal = board.goal(key)
    if goal is None:
        raise Http404
    close_goal(request, access, goal)
    messages.success(request, _("The goal stands through today and then no longer."))
    return redirect("strategy:goal", access.brand.slug, key)
