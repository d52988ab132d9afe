# ruff: noqa: ARG001 - addresses name the brand and the thing; the gate has found them
"""Operations on marketing goals, strategies and tactics; those on money and scores stand beside."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from ninja.pagination import paginate

from tolok.web.accounts.models import Brand
from tolok.web.bodies import Body, FromFile, body_of, judge
from tolok.web.operations import AT, Gate, access_of, still_there

from . import api_money, doing
from .board import Board, Goal, Strategy, Tactic
from .forms import EndForm, GoalForm, StrategyForm, TacticForm
from .goals import goal_line
from .keeping import row_mark
from .linked import linked_of
from .strategies import force_form

ROUTER = Router(tags=["strategy"])
ROUTER.add_router("", api_money.ROUTER, tags=["budget"])
GoalIn: Any = body_of(GoalForm, "GoalIn")
StrategyIn: Any = body_of(StrategyForm, "StrategyIn")
TacticIn: Any = body_of(TacticForm, "TacticIn")
EndIn: Any = body_of(EndForm, "EndIn")


class ForceIn(Body):
    """Since when a strategy is at work, and what ran because of it, such as `campaign:ramadan`."""

    day: date
    evidence: str = ""


class GoalOut(Schema):
    """A marketing goal; `state` is the verdict of its KPIs together, null where it has none."""

    goal: str
    name: str
    kind: str | None
    starts: date | None
    ends: date | None
    owner: str | None
    state: str | None
    kpis: list[str]
    strategies: list[str]
    version: str


class TacticOut(Schema):
    """A tactic: what is done for a strategy, and what it runs as (`link`)."""

    tactic: str
    name: str | None
    strategy: str | None
    link: str | None
    starts: date | None
    ends: date | None
    owner: str | None
    version: str


class StrategyOut(Schema):
    """A strategy with its tactics; `state` is proposed, in_force, unproven or ended."""

    strategy: str
    name: str
    state: str
    goal: str | None
    owner: str | None
    insight: str | None
    proposed_on: date | None
    in_force_on: date | None
    evidence: str | None
    ended_on: date | None
    outcome: str | None
    tactics: list[TacticOut]
    version: str


def has_goal(brand: Brand, key: str) -> bool:
    """Whether the brand has the goal."""
    return Board(brand).goal(key) is not None


def has_strategy(brand: Brand, key: str) -> bool:
    """Whether the brand has the strategy."""
    return Board(brand).strategy(key) is not None


def has_tactic(brand: Brand, key: str) -> bool:
    """Whether the brand has the tactic, and the strategy it belongs to."""
    board = Board(brand)
    tactic = board.tactic(key)
    return tactic is not None and board.strategy(tactic.strategy) is not None


def _goal(board: Board, key: str) -> Goal:
    return still_there(board.goal(key))


def _strategy(board: Board, key: str) -> Strategy:
    return still_there(board.strategy(key))


def _goal_out(board: Board, goal: Goal) -> GoalOut:
    line = goal_line(board, goal)
    return GoalOut(
        goal=goal.goal, name=goal.title, kind=goal.kind, starts=goal.starts, ends=goal.ends,
        owner=goal.owner, state=line["rolled"].state if line["rolled"] else None,
        kpis=[j.kpi.key for j in line["kpis"]],
        strategies=[s.strategy for s in line["strategies"]], version=row_mark(goal),
    )  # fmt: skip


def _tactic_out(tactic: Tactic) -> TacticOut:
    return TacticOut(**vars(tactic), version=row_mark(tactic))


def _strategy_out(board: Board, one: Strategy) -> StrategyOut:
    return StrategyOut(
        **(vars(one) | {"name": one.title}), state=one.state, version=row_mark(one),
        tactics=[_tactic_out(t) for t in board.tactics if t.strategy == one.strategy],
    )  # fmt: skip


@ROUTER.get(f"{AT}/marketing-goals", response=list[GoalOut], auth=Gate("see"))
@paginate
def list_marketing_goals(request: HttpRequest, brand: str) -> list[GoalOut]:
    """List the marketing goals of a brand with how near they are, those that began last first."""
    board = Board(access_of(request).brand)
    return [_goal_out(board, goal) for goal in board.goals]


@ROUTER.post(f"{AT}/marketing-goals", response={201: GoalOut}, auth=Gate("plan"))
def create_marketing_goal(request: HttpRequest, brand: str, body: GoalIn) -> Status:
    """Write a marketing goal down."""
    access = access_of(request)
    form = judge(GoalForm(body.fill(), goal=None))
    key = doing.write_goal(request, access, form.cleaned_data)
    board = Board(access.brand)
    return Status(201, _goal_out(board, _goal(board, key)))


@ROUTER.post(
    f"{AT}/marketing-goals/{{path:goal}}/end", response=GoalOut, auth=Gate("plan", has_goal)
)
def end_marketing_goal(request: HttpRequest, brand: str, goal: str) -> GoalOut:
    """End a marketing goal today; it stays readable."""
    access = access_of(request)
    doing.close_goal(request, access, _goal(Board(access.brand), goal))
    board = Board(access.brand)
    return _goal_out(board, _goal(board, goal))


@ROUTER.get(f"{AT}/marketing-goals/{{path:goal}}", response=GoalOut, auth=Gate("see", has_goal))
def get_marketing_goal(request: HttpRequest, brand: str, goal: str) -> GoalOut:
    """Return one marketing goal with its KPIs and strategies."""
    board = Board(access_of(request).brand)
    return _goal_out(board, _goal(board, goal))


@ROUTER.put(f"{AT}/marketing-goals/{{path:goal}}", response=GoalOut, auth=Gate("plan", has_goal))
def change_marketing_goal(
    request: HttpRequest, brand: str, goal: str, body: GoalIn, version: str
) -> GoalOut:
    """Change a goal; `version` is the one you read, and a newer one is not overwritten (409)."""
    access = access_of(request)
    form = judge(GoalForm(body.fill(), goal=_goal(Board(access.brand), goal)))
    doing.rewrite_goal(request, access, goal, form.cleaned_data, version)
    board = Board(access.brand)
    return _goal_out(board, _goal(board, goal))


@ROUTER.get(f"{AT}/strategies", response=list[StrategyOut], auth=Gate("see"))
@paginate
def list_strategies(request: HttpRequest, brand: str) -> list[StrategyOut]:
    """List the strategies of a brand with their tactics, the latest first."""
    board = Board(access_of(request).brand)
    return [_strategy_out(board, one) for one in board.strategies]


@ROUTER.post(f"{AT}/strategies", response={201: StrategyOut}, auth=Gate("plan"))
def create_strategy(request: HttpRequest, brand: str, body: StrategyIn) -> Status:
    """Write a strategy down."""
    access = access_of(request)
    form = judge(StrategyForm(body.fill(), board=Board(access.brand), strategy=None))
    key = doing.write_strategy(request, access, form.cleaned_data)
    return Status(201, _again(request, key))


def _again(request: HttpRequest, key: str | None) -> StrategyOut:
    board = Board(access_of(request).brand)
    return _strategy_out(board, _strategy(board, key or ""))


@ROUTER.put(
    f"{AT}/strategies/{{path:strategy}}/force", response=StrategyOut,
    auth=Gate("plan", has_strategy),
)  # fmt: skip
def put_strategy_to_work(
    request: HttpRequest, brand: str, strategy: str, body: ForceIn
) -> StrategyOut:
    """Say since when a strategy is in force; it counts once something is named that ran."""
    access = access_of(request)
    board = Board(access.brand)
    found = _strategy(board, strategy)
    form = judge(force_form(board, found, linked_of(board), body.fill()))
    doing.force_strategy(request, access, found, form.cleaned_data)
    return _again(request, strategy)


@ROUTER.delete(
    f"{AT}/strategies/{{path:strategy}}/force", response=StrategyOut,
    auth=Gate("plan", has_strategy),
)  # fmt: skip
def take_strategy_back(request: HttpRequest, brand: str, strategy: str) -> StrategyOut:
    """Take back that a strategy is in force: it counts as proposed again."""
    access = access_of(request)
    doing.unforce_strategy(request, access, _strategy(Board(access.brand), strategy))
    return _again(request, strategy)


@ROUTER.put(
    f"{AT}/strategies/{{path:strategy}}/end", response=StrategyOut,
    auth=Gate("plan", has_strategy),
)  # fmt: skip
def end_strategy(request: HttpRequest, brand: str, strategy: str, body: EndIn) -> StrategyOut:
    """Say when a strategy ended and what came of it: worked, failed or unclear."""
    access = access_of(request)
    found = _strategy(Board(access.brand), strategy)
    form = judge(EndForm(body.fill(), strategy=found))
    doing.finish_strategy(request, access, found, form.cleaned_data)
    return _again(request, strategy)


@ROUTER.delete(
    f"{AT}/strategies/{{path:strategy}}/end", response=StrategyOut,
    auth=Gate("plan", has_strategy),
)  # fmt: skip
def reopen_strategy(request: HttpRequest, brand: str, strategy: str) -> StrategyOut:
    """Take back that a strategy ended: it stands again."""
    access = access_of(request)
    doing.reopen_strategy(request, access, _strategy(Board(access.brand), strategy))
    return _again(request, strategy)


@ROUTER.post(
    f"{AT}/strategies/{{path:strategy}}/tactics", response={201: StrategyOut},
    auth=Gate("plan", has_strategy),
)  # fmt: skip
def create_tactic(request: HttpRequest, brand: str, strategy: str, body: TacticIn) -> Status:
    """Add a tactic to a strategy; what it runs as is then tied to the goal."""
    access = access_of(request)
    board = Board(access.brand)
    form = judge(TacticForm(body.fill(), linked=linked_of(board), tactic=None))
    doing.write_tactic(request, access, board, _strategy(board, strategy), form)
    return Status(201, _again(request, strategy))


@ROUTER.get(
    f"{AT}/strategies/{{path:strategy}}", response=StrategyOut, auth=Gate("see", has_strategy)
)
def get_strategy(request: HttpRequest, brand: str, strategy: str) -> StrategyOut:
    """Return one strategy with its tactics."""
    return _again(request, strategy)


@ROUTER.put(
    f"{AT}/strategies/{{path:strategy}}", response=StrategyOut, auth=Gate("plan", has_strategy)
)
def change_strategy(
    request: HttpRequest, brand: str, strategy: str, body: StrategyIn, version: str
) -> StrategyOut:
    """Change a strategy; `version` is the one you read, a newer one is not overwritten (409)."""
    access = access_of(request)
    board = Board(access.brand)
    form = judge(StrategyForm(body.fill(), board=board, strategy=_strategy(board, strategy)))
    doing.rewrite_strategy(request, access, strategy, form.cleaned_data, version)
    return _again(request, strategy)


@ROUTER.put(f"{AT}/tactics/{{path:tactic}}", response=StrategyOut, auth=Gate("plan", has_tactic))
def change_tactic(
    request: HttpRequest, brand: str, tactic: str, body: TacticIn, version: str
) -> StrategyOut:
    """Change a tactic and its ties; `version` is the one you read, no newer one is lost (409)."""
    access = access_of(request)
    board = Board(access.brand)
    found = still_there(board.tactic(tactic))
    form = judge(TacticForm(body.fill(), linked=linked_of(board), tactic=found))
    doing.rewrite_tactic(request, access, found, form, version)
    return _again(request, found.strategy)


@ROUTER.delete(f"{AT}/tactics/{{path:tactic}}", response={204: None}, auth=Gate("plan", has_tactic))
def remove_tactic(request: HttpRequest, brand: str, tactic: str) -> Status:
    """Take a tactic away with the ties it gave."""
    access = access_of(request)
    found = still_there(Board(access.brand).tactic(tactic))
    if not doing.remove_tactic(request, access, found):
        raise FromFile
    return Status(204, None)
