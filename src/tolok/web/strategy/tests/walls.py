"""Who may open the pages of strategy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tolok.web.accounts.models import Brand
from tolok.web.strategy.keeping import keep_thing, thing_of
from tolok.web.tests.walls import Wall


def goal(brand: Brand) -> dict[str, str]:
    key = f"known-{brand.slug}"
    row = {"goal": key, "name": "Makin dikenal", "starts": date(2026, 1, 1)}
    keep_thing(brand, {"goals": [row]}, thing=thing_of("goals", key), did="made", by="x")
    return {"key": key}


def strategy(brand: Brand) -> dict[str, str]:
    key = f"video-{brand.slug}"
    row = {"strategy": key, "name": "Video pendek", "proposed_on": date(2026, 1, 1)}
    keep_thing(brand, {"strategies": [row]}, thing=thing_of("strategies", key), did="made", by="x")
    return {"key": key}


def tactic(brand: Brand) -> dict[str, str]:
    key = f"reel-{brand.slug}"
    row = {"tactic": key, "name": "Reel", "strategy": strategy(brand)["key"]}
    keep_thing(brand, {"tactics": [row]}, thing=thing_of("tactics", key), did="made", by="x")
    return {"key": key}


def subject(brand: Brand) -> dict[str, str]:
    return {"kind": "strategy", **strategy(brand)}


def named(name: str, made: Callable[[Brand], dict[str, str]]) -> Callable[[Brand], dict[str, str]]:
    """What an operation calls the key of a thing that is made for it."""
    return lambda brand: {name: made(brand)["key"]}


V1 = "api_open:v1:"
GOAL, STRATEGY, TACTIC = named("goal", goal), named("strategy", strategy), named("tactic", tactic)
WALLS = {
    "strategy:goals": Wall("see"),
    "strategy:new_goal": Wall("plan"),
    "strategy:goal": Wall("see", args=goal),
    "strategy:edit_goal": Wall("plan", args=goal),
    "strategy:end_goal": Wall("plan", "POST", goal),
    "strategy:strategies": Wall("see"),
    "strategy:new_strategy": Wall("plan"),
    "strategy:strategy": Wall("see", args=strategy),
    "strategy:edit_strategy": Wall("plan", args=strategy),
    "strategy:force": Wall("plan", "POST", strategy),
    "strategy:end": Wall("plan", "POST", strategy),
    "strategy:new_tactic": Wall("plan", args=strategy),
    "strategy:tactic": Wall("plan", args=tactic),
    "strategy:scores": Wall("see"),
    "strategy:score": Wall("see", args=subject),
    "strategy:budget": Wall("see"),
    "strategy:line": Wall("spend"),
    f"{V1}list_marketing_goals": Wall("see"),
    f"{V1}create_marketing_goal": Wall("plan", "POST"),
    f"{V1}get_marketing_goal": Wall("see", args=GOAL),
    f"{V1}change_marketing_goal": Wall("plan", "PUT", GOAL),
    f"{V1}end_marketing_goal": Wall("plan", "POST", GOAL),
    f"{V1}list_strategies": Wall("see"),
    f"{V1}create_strategy": Wall("plan", "POST"),
    f"{V1}get_strategy": Wall("see", args=STRATEGY),
    f"{V1}change_strategy": Wall("plan", "PUT", STRATEGY),
    f"{V1}put_strategy_to_work": Wall("plan", "PUT", STRATEGY),
    f"{V1}take_strategy_back": Wall("plan", "DELETE", STRATEGY),
    f"{V1}end_strategy": Wall("plan", "PUT", STRATEGY),
    f"{V1}reopen_strategy": Wall("plan", "DELETE", STRATEGY),
    f"{V1}create_tactic": Wall("plan", "POST", STRATEGY),
    f"{V1}change_tactic": Wall("plan", "PUT", TACTIC),
    f"{V1}remove_tactic": Wall("plan", "DELETE", TACTIC),
    f"{V1}get_budget": Wall("see"),
    f"{V1}save_budget_line": Wall("spend", "PUT"),
    f"{V1}list_alignment": Wall("see"),
    f"{V1}score_alignment": Wall(
        "work", "PUT", lambda brand: {"kind": "strategy", "thing": strategy(brand)["key"]}
    ),
}
