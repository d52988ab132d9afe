"""Who may open the pages of strategy."""

from __future__ import annotations

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
}
