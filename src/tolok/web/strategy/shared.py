"""What of strategy may be shown by a link: one goal, one strategy, the budget of one period."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tolok.web.accounts.models import Brand
from tolok.web.sharing import Shared
from tolok.web.shell.language import language_of_page

from .board import Board
from .budgets import describe_budget, long_period, offered_periods
from .goals import describe_goal
from .strategies import describe_strategy

_LONGEST = 120  # of what a link names
_CSS = ("plan/plan.css", "strategy/strategy.css")


def _fits(key: str) -> bool:
    return len(key) <= _LONGEST and "/" not in key


def list_goals(brand: Brand) -> list[tuple[str, str]]:
    """Return the goals that can be shown, by key and name."""
    return [(g.goal, g.title) for g in Board(brand).goals if _fits(g.goal)]


def name_goal(brand: Brand, key: str) -> str | None:
    """Return the name of a goal; None when there is none."""
    goal = Board(brand).goal(key)
    return goal.title if goal and _fits(key) else None


def show_goal(brand: Brand, key: str) -> dict[str, Any]:
    """Return what a reader sees of a goal."""
    board = Board(brand)
    goal = board.goal(key)
    return describe_goal(board, goal) if goal else {}


def list_strategies(brand: Brand) -> list[tuple[str, str]]:
    """Return the strategies that can be shown, by key and name."""
    return [(s.strategy, s.title) for s in Board(brand).strategies if _fits(s.strategy)]


def name_strategy(brand: Brand, key: str) -> str | None:
    """Return the name of a strategy; None when there is none."""
    strategy = Board(brand).strategy(key)
    return strategy.title if strategy and _fits(key) else None


def show_strategy(brand: Brand, key: str) -> dict[str, Any]:
    """Return what a reader sees of a strategy."""
    board = Board(brand)
    strategy = board.strategy(key)
    return describe_strategy(board, strategy) if strategy else {}


def list_budgets(brand: Brand) -> list[tuple[str, str]]:
    """Return the periods of the budget that can be shown; none while no money is planned."""
    board = Board(brand)
    if not board.budget:
        return []
    return [(p.key, _name(brand, p.key) or p.key) for p in offered_periods(board)]


def _name(brand: Brand, key: str) -> str | None:
    period = long_period(Board(brand), key)
    if period is None or period.key != key:
        return None
    return str(_("Budget %(period)s")) % {"period": period.label(language_of_page())}


def show_budget(brand: Brand, key: str) -> dict[str, Any]:
    """Return what a reader sees of the budget of a period."""
    board = Board(brand)
    period = long_period(board, key)
    if period is None:
        return {}
    return {"period": period.label(language_of_page()), **describe_budget(board, period)}


def path_of_budget(brand: Brand, key: str) -> str:
    """Return the page inside."""
    return f"{reverse('strategy:budget', args=[brand.slug])}?period={key}"


SHARED = (
    Shared(
        key="goal",
        label=_("One goal"),
        template="strategy/shared_goal.html",
        things=list_goals,
        name_of=name_goal,
        describe=show_goal,
        path_of=lambda brand, key: reverse("strategy:goal", args=[brand.slug, key]),
        css=_CSS,
    ),
    Shared(
        key="strategy",
        label=_("One strategy"),
        template="strategy/shared_strategy.html",
        things=list_strategies,
        name_of=name_strategy,
        describe=show_strategy,
        path_of=lambda brand, key: reverse("strategy:strategy", args=[brand.slug, key]),
        css=_CSS,
    ),
    Shared(
        key="budget",
        label=_("Budget of a period"),
        template="strategy/shared_budget.html",
        things=list_budgets,
        name_of=_name,
        describe=show_budget,
        path_of=path_of_budget,
        css=_CSS,
    ),
)
