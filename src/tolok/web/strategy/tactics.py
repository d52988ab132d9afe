"""Tactics: by what a strategy is put to work, and the ties they give to campaigns and slots."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tolok.web.accounts.access import Access, page
from tolok.web.plan.builder import people_of
from tolok.web.plan.saving import Conflict
from tolok.web.plan.words import write_day

from .board import Board, Strategy, Tactic
from .doing import LATE, remove_tactic, rewrite_tactic, write_tactic
from .forms import TacticForm
from .keeping import row_mark
from .linked import Linked, linked_of


def tactic_lines(
    board: Board, strategy: Strategy, linked: dict[str, Linked]
) -> list[dict[str, Any]]:
    """Return the tactics of a strategy with what they run as."""
    return [
        {"tactic": t, "days": days_of(t), "linked": linked.get(t.link or ""),
         "said": (t.link or "").partition(":")[2]}
        for t in board.tactics if t.strategy == strategy.strategy
    ]  # fmt: skip


def days_of(tactic: Tactic) -> str:
    """Return from when until when; empty where neither is said."""
    if tactic.starts is None and tactic.ends is None:
        return ""
    return f"{write_day(tactic.starts)} – {write_day(tactic.ends) if tactic.ends else '…'}"


@page("plan")
def make_tactic(request: HttpRequest, access: Access, key: str) -> HttpResponse:
    """Add a tactic to a strategy."""
    board = Board(access.brand)
    strategy = board.strategy(key)
    if strategy is None:
        raise Http404
    initial = {"starts": board.today, "owner": strategy.owner or ""}
    form = TacticForm(request.POST or None, linked=linked_of(board), tactic=None, initial=initial)
    if request.method == "POST" and form.is_valid():
        write_tactic(request, access, board, strategy, form)
        messages.success(request, _("The tactic is written down."))
        return redirect("strategy:strategy", access.brand.slug, key)
    return _show(request, access, form, strategy, None)


@page("plan")
def edit_tactic(request: HttpRequest, access: Access, key: str) -> HttpResponse:
    """Change a tactic or take it away, with the ties it gave."""
    board = Board(access.brand)
    tactic = board.tactic(key)
    strategy = board.strategy(tactic.strategy) if tactic else None
    if tactic is None or strategy is None:
        raise Http404
    back = redirect("strategy:strategy", access.brand.slug, strategy.strategy)
    if request.method == "POST" and "remove" in request.POST:
        gone = remove_tactic(request, access, tactic)
        said = _("The tactic is taken away, with what it tied to the goal.")
        messages.success(
            request, said if gone else _("It came from a file; take that import back.")
        )
        return back
    form = TacticForm(request.POST or None, linked=linked_of(board), tactic=tactic)
    if request.method == "POST" and form.is_valid():
        try:
            rewrite_tactic(request, access, tactic, form, request.POST.get("seen", ""))
        except Conflict:
            form.add_error(None, LATE)
        else:
            messages.success(request, _("Saved."))
            return back
    return _show(request, access, form, strategy, tactic)


def _show(
    request: HttpRequest, access: Access, form: TacticForm, strategy: Strategy,
    tactic: Tactic | None,
) -> HttpResponse:  # fmt: skip
    about = {
        "access": access, "form": form, "strategy": strategy, "tactic": tactic,
        "people": people_of(access.brand),
        "seen": request.POST.get("seen", "") if form.is_bound else row_mark(tactic),
    }  # fmt: skip
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "strategy/tactic_form.html", about, status=status)
