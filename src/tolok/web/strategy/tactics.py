"""Tactics: by what a strategy is put to work, and the ties they give to campaigns and slots."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tolok.base import slug_of
from tolok.web.accounts import audit
from tolok.web.accounts.access import Access, page
from tolok.web.plan.builder import people_of
from tolok.web.plan.saving import free_key, hold_file
from tolok.web.plan.words import write_day

from .board import Board, Strategy, Tactic
from .forms import TacticForm
from .keeping import keep_thing, take_back, thing_of
from .linked import Linked, linked_of, slots_of_pillar

_SAVES = ("made", "changed")


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
        with hold_file(access.brand):
            taken = {t.tactic for t in Board(access.brand).tactics}
            tactic = free_key(slug_of(form.cleaned_data["name"]) or "tactic", taken)
            keep_tactic(access, board, _read(form, tactic, key), did="made")
        audit.record(request, "saved_tactic", brand=access.brand, thing=form.cleaned_data["name"])
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
        gone = take_back(access.brand, thing_of("tactics", key))
        audit.record(request, "removed_tactic", brand=access.brand, thing=tactic.name or key)
        said = _("The tactic is taken away, with what it tied to the goal.")
        messages.success(
            request, said if gone else _("It came from a file; take that import back.")
        )
        return back
    form = TacticForm(request.POST or None, linked=linked_of(board), tactic=tactic)
    if request.method == "POST" and form.is_valid():
        with hold_file(access.brand):
            keep_tactic(access, board, _read(form, key, strategy.strategy), did="changed")
        audit.record(request, "saved_tactic", brand=access.brand, thing=tactic.name or key)
        messages.success(request, _("Saved."))
        return back
    return _show(request, access, form, strategy, tactic)


def _read(form: TacticForm, key: str, strategy: str) -> Tactic:
    told = form.cleaned_data
    return Tactic(
        key, told["name"], strategy, form.chosen, told["starts"], told["ends"],
        told["owner"] or None,
    )  # fmt: skip


def _show(
    request: HttpRequest, access: Access, form: TacticForm, strategy: Strategy,
    tactic: Tactic | None,
) -> HttpResponse:  # fmt: skip
    about = {
        "access": access, "form": form, "strategy": strategy, "tactic": tactic,
        "people": people_of(access.brand),
    }  # fmt: skip
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "strategy/tactic_form.html", about, status=status)


def keep_tactic(access: Access, board: Board, tactic: Tactic, *, did: str) -> None:
    """Write a tactic with the ties it gives; it takes the place of its earlier saves.

    A campaign is tied to goal and strategy, and written down where it was not known. Slots are
    tied likewise: the one named, or those of the pillar in the tactic's days that name no goal.
    """
    rows: dict[str, list[dict[str, Any]]] = {"tactics": [vars(tactic)]}
    rows |= _ties(board, tactic)
    keep_thing(
        access.brand, rows, thing=thing_of("tactics", tactic.tactic), did=did,
        by=str(access.user), instead_of=_SAVES,
    )  # fmt: skip


def _ties(board: Board, tactic: Tactic) -> dict[str, list[dict[str, Any]]]:
    strategy = board.strategy(tactic.strategy)
    if strategy is None or not tactic.link:
        return {}
    kind, _sign, key = tactic.link.partition(":")
    tie = {"goal": strategy.goal, "strategy": strategy.strategy}
    if kind == "campaign":
        return {"campaigns": [{"campaign": key, **tie, **_new_campaign(board, tactic)}]}
    slots = [key] if kind == "slot" else []
    if kind == "pillar" and strategy.goal:
        slots = slots_of_pillar(board, key, tactic)
    return {"slots": [{"slot": slot, **tie} for slot in slots]} if slots else {}


def _new_campaign(board: Board, tactic: Tactic) -> dict[str, Any]:
    """Return what is written of a campaign that no file brought."""
    known = linked_of(board).get(tactic.link or "")
    if known is not None and known.is_imported:
        return {}
    begun = tactic.starts is not None and tactic.starts <= board.today
    over = tactic.ends is not None and tactic.ends < board.today
    has_run = known is not None and known.has_run
    status = "done" if over and has_run else "running" if begun and has_run else "planned"
    return {
        "name": known.name if known else (tactic.link or "").partition(":")[2],
        "starts": known.first if known and known.first else tactic.starts, "ends": tactic.ends,
        "owner": tactic.owner, "status": status,
    }  # fmt: skip


def tie_again(access: Access, strategy: str) -> None:
    """Write the tactics of a strategy anew, so that their ties name its new goal."""
    board = Board(access.brand)
    for tactic in board.tactics:
        if tactic.strategy == strategy:
            keep_tactic(access, board, tactic, did="changed")
