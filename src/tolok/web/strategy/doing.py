"""What is done to goals, strategies and tactics: the one way, for the screens and for programs.

Each function writes facts, and who did what into the log; forms have judged the words before.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tolok.base import slug_of
from tolok.kpi.versions import keep_kpis
from tolok.web.accounts import audit
from tolok.web.accounts.access import Access
from tolok.web.accounts.facts import workspace_of
from tolok.web.plan.saving import CHANGED, CHANGED_HINT, SOMEBODY, Conflict, free_key, hold_file

from .board import Board, Goal, Strategy, Tactic, means
from .forms import TacticForm
from .keeping import keep_thing, row_mark, take_back, thing_of
from .linked import linked_of, slots_of_pillar

LATE = gettext_lazy("Somebody else saved it while you were writing. Nothing was overwritten: open it again, then save yours.")  # fmt: skip
_SAVES = ("made", "changed")
_GOAL = ("name", "kind", "starts", "ends", "owner")
_STRATEGY = ("name", "goal", "owner", "proposed_on", "insight")


def write_goal(request: HttpRequest, access: Access, told: dict[str, Any]) -> str:
    """Write a new goal down; returns its key."""
    with hold_file(access.brand):
        taken = {g.goal for g in Board(access.brand).goals}
        key = free_key(slug_of(told["name"]) or "goal", taken)
        _keep_goal(access, key, told, did="made")
    audit.record(request, "saved_goal", brand=access.brand, thing=told["name"])
    return key


def rewrite_goal(
    request: HttpRequest, access: Access, key: str, told: dict[str, Any], seen: str
) -> None:
    """Change a goal; KPIs that name it follow its new name.

    `seen` is the `row_mark` of what the person had before them; raises Conflict when it is old.
    """
    with hold_file(access.brand):
        board = Board(access.brand)
        goal = board.goal(key)
        if goal is None or row_mark(goal) != seen:
            raise Conflict(CHANGED, CHANGED_HINT, name=told["name"], who=SOMEBODY)
        _keep_goal(access, key, told, did="changed", before=goal)
        _rename_in_kpis(access, board, goal, told["name"])
    audit.record(request, "saved_goal", brand=access.brand, thing=goal.title)


def close_goal(request: HttpRequest, access: Access, goal: Goal) -> None:
    """End a goal today; it stays readable."""
    today = Board(access.brand).today
    keep_thing(
        access.brand, {"goals": [{"goal": goal.goal, "ends": max(today, goal.starts or today)}]},
        thing=thing_of("goals", goal.goal), did="ended", by=str(access.user),
    )  # fmt: skip
    audit.record(request, "ended_goal", brand=access.brand, thing=goal.title)


def _keep_goal(
    access: Access, key: str, told: dict[str, Any], *, did: str, before: Goal | None = None
) -> None:
    row = {"goal": key, **{n: told[n] or None for n in _GOAL}}
    emptied = before is not None and any(
        getattr(before, n) is not None and v is None for n, v in row.items()
    )
    keep_thing(
        access.brand, {"goals": [row]}, thing=thing_of("goals", key), did=did,
        by=str(access.user), instead_of=("made", "changed", "ended") if emptied else (),
    )  # fmt: skip


def _rename_in_kpis(access: Access, board: Board, goal: Goal, name: str) -> None:
    if name == goal.title:
        return
    book = board.book
    renamed = tuple(
        replace(k, goal=name) if means(k.goal, goal) and k.state != "retired" else k
        for k in book.kpis
    )
    if renamed != book.kpis:
        keep_kpis(
            workspace_of(access.brand), book.lake, access.brand.slug, renamed,
            by=str(access.user), note=_("The goal was renamed."),
        )  # fmt: skip


def write_strategy(request: HttpRequest, access: Access, told: dict[str, Any]) -> str:
    """Write a new strategy down; returns its key."""
    with hold_file(access.brand):
        taken = {s.strategy for s in Board(access.brand).strategies}
        key = free_key(slug_of(told["name"]) or "strategy", taken)
        _keep_strategy(access, key, told, did="made")
    audit.record(request, "saved_strategy", brand=access.brand, thing=told["name"])
    return key


def rewrite_strategy(
    request: HttpRequest, access: Access, key: str, told: dict[str, Any], seen: str
) -> None:
    """Change a strategy; what it ties to its goal follows a new goal. Raises Conflict."""
    with hold_file(access.brand):
        strategy = Board(access.brand).strategy(key)
        if strategy is None or row_mark(strategy) != seen:
            raise Conflict(CHANGED, CHANGED_HINT, name=told["name"], who=SOMEBODY)
        _keep_strategy(access, key, told, did="changed", before=strategy)
        if (told["goal"] or None) != strategy.goal:
            tie_again(access, key)
    audit.record(request, "saved_strategy", brand=access.brand, thing=strategy.title)


def _keep_strategy(
    access: Access, key: str, told: dict[str, Any], *, did: str, before: Strategy | None = None
) -> None:
    row = {"strategy": key, **{n: told[n] or None for n in _STRATEGY}}
    emptied = before is not None and any(
        getattr(before, n) is not None and row[n] is None for n in _STRATEGY
    )
    keep_thing(
        access.brand, {"strategies": [row]}, thing=thing_of("strategies", key), did=did,
        by=str(access.user), instead_of=_SAVES if emptied else (),
    )  # fmt: skip


def force_strategy(
    request: HttpRequest, access: Access, strategy: Strategy, told: dict[str, Any]
) -> None:
    """Say since when a strategy is in force (`day`), with what ran because of it (`evidence`)."""
    row = {"in_force_on": told["day"], "evidence": told["evidence"] or None}
    _note(access, strategy, row, "put to work")
    audit.record(request, "put_strategy_to_work", brand=access.brand, thing=strategy.title)


def unforce_strategy(request: HttpRequest, access: Access, strategy: Strategy) -> None:
    """Take back that a strategy is in force: it counts as proposed again."""
    take_back(access.brand, thing_of("strategies", strategy.strategy), "put to work")
    audit.record(request, "took_back_strategy", brand=access.brand, thing=strategy.title)


def finish_strategy(
    request: HttpRequest, access: Access, strategy: Strategy, told: dict[str, Any]
) -> None:
    """Say when a strategy ended (`day`) and what came of it (`outcome`)."""
    _note(access, strategy, {"ended_on": told["day"], "outcome": told["outcome"]}, "ended")
    audit.record(request, "ended_strategy", brand=access.brand, thing=strategy.title)


def reopen_strategy(request: HttpRequest, access: Access, strategy: Strategy) -> None:
    """Take back that a strategy ended: it stands again."""
    take_back(access.brand, thing_of("strategies", strategy.strategy), "ended")
    audit.record(request, "took_back_strategy", brand=access.brand, thing=strategy.title)


def _note(access: Access, strategy: Strategy, row: dict[str, Any], did: str) -> None:
    keep_thing(
        access.brand, {"strategies": [{"strategy": strategy.strategy, **row}]},
        thing=thing_of("strategies", strategy.strategy), did=did, by=str(access.user),
        instead_of=(did,),
    )  # fmt: skip


def write_tactic(
    request: HttpRequest, access: Access, board: Board, strategy: Strategy, form: TacticForm
) -> str:
    """Add a tactic to a strategy; returns its key."""
    with hold_file(access.brand):
        taken = {t.tactic for t in Board(access.brand).tactics}
        key = free_key(slug_of(form.cleaned_data["name"]) or "tactic", taken)
        keep_tactic(access, board, _read(form, key, strategy.strategy), did="made")
    audit.record(request, "saved_tactic", brand=access.brand, thing=form.cleaned_data["name"])
    return key


def rewrite_tactic(
    request: HttpRequest, access: Access, tactic: Tactic, form: TacticForm, seen: str
) -> None:
    """Change a tactic and the ties it gives. Raises Conflict when `seen` is an old mark of it."""
    with hold_file(access.brand):
        board = Board(access.brand)
        standing = board.tactic(tactic.tactic)
        if standing is None or row_mark(standing) != seen:
            raise Conflict(CHANGED, CHANGED_HINT, name=form.cleaned_data["name"], who=SOMEBODY)
        told = _read(form, tactic.tactic, standing.strategy or "")
        keep_tactic(access, board, told, did="changed")
    audit.record(request, "saved_tactic", brand=access.brand, thing=tactic.name or tactic.tactic)


def remove_tactic(request: HttpRequest, access: Access, tactic: Tactic) -> int:
    """Take a tactic away with the ties it gave; 0 where a file brought it, and it stays."""
    gone = take_back(access.brand, thing_of("tactics", tactic.tactic))
    audit.record(request, "removed_tactic", brand=access.brand, thing=tactic.name or tactic.tactic)
    return gone


def _read(form: TacticForm, key: str, strategy: str) -> Tactic:
    told = form.cleaned_data
    return Tactic(
        key, told["name"], strategy, form.chosen, told["starts"], told["ends"],
        told["owner"] or None,
    )  # fmt: skip


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
