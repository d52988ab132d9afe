"""Proposals: from a goal or a starter kit to KPIs that fit the funnel, the platforms and the data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any

from tolok.base import Language, PlatformFacts, Text, UserError, slug_of
from tolok.metrics import Engine, Scope, load_metrics

from .concepts import Concept, concept_of_kpi, load_concepts, load_fit
from .kpi import Kpi
from .measure import data_until
from .sentence_day import add_months
from .target import read_target

NO_DATA = Text("There is no data for it yet.", "Belum ada datanya.")


@dataclass(frozen=True)
class Proposal:
    """One proposed KPI, why it fits the goal, and what it still lacks (None when it can start)."""

    kpi: Kpi
    why: Text
    formula: Text | None
    lacks: Text | None = None


def goals() -> Mapping[str, Text]:
    """Return the business goals Tolok proposes KPIs for."""
    return {key: _name(key) for key in _told()["goal"]}


def kits() -> Mapping[str, Text]:
    """Return the starter kits; `worked-example` is the one of the handbook (L13)."""
    return {key: _name(key) for key in _told()["kit"]}


def propose(
    wish: str, today: date, *, platforms: Iterable[str] = (), facts: PlatformFacts | None = None,
    language: Language = "en", owner: str | None = None, engine: Engine | None = None,
    brand: str | None = None,
) -> tuple[Proposal, ...]:  # fmt: skip
    """Return the KPIs for a goal or kit, drafted from the first of the next month on.

    With an engine, what has no data comes last and says so. Raises UserError for another word.
    """
    told = _told()
    entries = told["goal"].get(wish) or told["kit"].get(wish)
    if entries is None:
        raise UserError(
            Text("There are no proposals for “{wish}”.", "Belum ada usulan untuk “{wish}”."),
            Text("Choose among {known}.", "Pilih dari {known}."),
            wish=wish, known=", ".join([*goals(), *kits()]),
        )  # fmt: skip
    connected = tuple(platforms)
    found = []
    for key in entries:
        proposal = _draft(told["entry"][key], wish, today, connected, facts, language)
        if connected and not proposal.kpi.platforms and not _is_wide(proposal.kpi):
            continue  # no connected platform gives it a meaning
        kpi = replace(proposal.kpi, owner=owner)
        lacks = _lacks(kpi, engine, brand) if engine is not None else None
        found.append(replace(proposal, kpi=kpi, lacks=lacks))
    return tuple(sorted(found, key=lambda p: p.lacks is not None))


def _draft(
    entry: Mapping[str, Any], wish: str, today: date, connected: tuple[str, ...],
    facts: PlatformFacts | None, language: Language,
) -> Proposal:  # fmt: skip
    concept = load_concepts()[entry["concept"]]
    platform = _choose_platform(concept, entry.get("first", ()), connected)
    name, why = Text(*entry["names"]).say(language), Text(*entry["why"])
    shown = (facts.names if facts else {}).get(platform or "", (platform or "").title())
    start = add_months(today.replace(day=1), 1) if today.day > 1 else today
    counter = load_concepts().get(entry.get("counter", ""))
    declared = load_metrics().get(concept.metric)
    kpi = Kpi(
        key=slug_of(f"{name} {platform or ''}"), name=f"{name} {shown}".strip(),
        metric=concept.metric, state="draft", goal=_name(wish if wish in goals() else entry["goal"]).say(language),
        reason=why.say(language), stage=None if declared else _stage(concept),
        platforms=(platform,) if platform else (), target=read_target(entry["target"]),
        start=start, due=add_months(start, entry["months"]) - timedelta(days=1),
        rhythm=entry.get("rhythm", "month"), counter=counter.metric if counter else None,
    )  # fmt: skip
    return Proposal(kpi, why, declared.formula if declared else None)


def _choose_platform(
    concept: Concept, first: Iterable[str], connected: tuple[str, ...]
) -> str | None:
    """Return the connected platform on which the concept says most; None for what needs none."""
    if concept.wide:
        return None
    fit = load_fit()
    able = [
        p for p in connected
        if p in fit.better and concept.key not in fit.cannot.get(p, ())
        and concept.key not in fit.misfit.get(p, ())
    ]  # fmt: skip
    wanted = [p for p in first if p in able]
    better = [p for p in able if concept.key in fit.better.get(p, ())]
    return next(iter([*wanted, *better, *able]), None)


def _is_wide(kpi: Kpi) -> bool:
    concept = concept_of_kpi(kpi)
    return concept is not None and concept.wide


def _stage(concept: Concept) -> str | None:
    return {"social_sessions": "conversion", "leads": "conversion", "sentiment": "loyalty",
            "lifetime_value": "loyalty", "social_conversion_rate": "conversion",
            "repeat_engagement": "loyalty"}.get(concept.key)  # fmt: skip


def _lacks(kpi: Kpi, engine: Engine, brand: str | None) -> Text | None:
    metric = kpi.declared
    if metric is None:
        return NO_DATA
    scope: Scope = kpi.scope_in(brand)
    return NO_DATA if data_until(engine, metric, scope) is None else None


def _name(key: str) -> Text:
    return Text(*_told()["names"][key])


@cache
def _told() -> Mapping[str, Any]:
    return tomllib.loads((resources.files(__package__) / "kits.toml").read_text(encoding="utf-8"))
