"""The labelled KPIs as cases for the doctor, and how well its findings agree with the labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from tolok.kpi.concepts import load_fit
from tolok.kpi.examples import TODAY, other_kpis
from tolok.kpi.kpi import Kpi
from tolok.kpi.rule import Case, Growth, Spending, World, apply_rules
from tolok.kpi.sentence import read_sentence

FOLDER = Path(__file__).parent / "labelled"
CODES = {
    "ME": "no_metric", "TG": "no_target", "SC": "no_scope", "DU": "no_due", "OW": "no_owner",
    "GO": "no_goal", "NA": "no_name", "NS": "growth_never_seen", "SRC": "no_source",
    "FC": "check_too_fast", "MF": "platform_misfit", "CG": "platform_cannot",
    "VA": "vanity_alone", "FA": "followers_alone", "NC": "no_counter", "CPC": "cost_named_cpc",
    "BM": "benchmark_differs", "KWB": "kpi_without_budget", "BUD": "budget_without_kpi",
    "TMO": "too_many_for_owner", "TMA": "too_many_for_area", "DUP": "duplicate",
    "NDUP": "near_duplicate", "REV": "review_overdue", "NOD": "no_decision",
}  # fmt: skip
# A set of one KPI always leaves stages of the funnel empty: no label speaks of that rule.


@dataclass(frozen=True)
class Labelled:
    """One labelled KPI: its language, what was written, the case it makes, and the labels."""

    language: str
    text: str
    case: Case
    labels: frozenset[str]


def read_labelled(name: str) -> list[Labelled]:
    """Return the labelled KPIs of a file: build or held."""
    found = []
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        language, text, known, labels = (part.strip() for part in line.split("|"))
        case = make_case(text, known)
        codes = frozenset(CODES[c] for c in labels.split() if c != "-")
        found.append(Labelled(language, text, case, codes))
    return found


def make_case(text: str, known: str) -> Case:
    """Return the case of a sentence and what is known beside it."""
    parts = (part.strip().partition("=") for part in known.split(",") if part.strip())
    told = {mark: value for mark, _, value in parts}
    kpi = read_sentence(text, TODAY).kpi
    marks = next((k for k, v in told.items() if not v), "")
    kpi = replace(
        kpi, owner=kpi.owner or ("Rani" if "o" in marks else None),
        goal=kpi.goal or ("Loyalitas" if "g" in marks else None), area="A", state="active",
        budget=1e6 if "budget" in told else None,
    )  # fmt: skip
    return Case(kpi, make_world(kpi, told))


def make_world(kpi: Kpi, told: Mapping[str, str]) -> World:
    """Return the world the marks of a line speak of."""
    connected = told.get("connected", "+".join(load_fit().names)).split("+")
    others: tuple[Kpi, ...] = ()
    if "owner_kpis" in told:
        others = other_kpis(int(told["owner_kpis"]) - 1, owner=kpi.owner, area="B")
    if "area_kpis" in told:
        others = other_kpis(int(told["area_kpis"]) - 1, owner="Dewi", area=kpi.area)
    alike = {}
    if "twin" in told:
        others = (replace(kpi, key="twin", name="Kembaran", area="B", owner="Dewi"),)
        if told["twin"] != "same":
            others = (replace(others[0], metric="shares", filters={"kind": ("reel",)}),)
            alike = {frozenset({kpi.key, "twin"}): float(told["twin"])}
    growth = {}
    if "best" in told and kpi.target is not None and kpi.target.how == "ratio":
        best = 1 + float(told["best"].strip("+%")) / 100
        growth = {kpi.key: Growth(1 + kpi.target.amount, best)}
    kept = int(told.get("kept", 0))
    checks = tuple((TODAY - timedelta(days=30 * n), "keep") for n in range(kept, 0, -1))
    return World(
        TODAY, others=others, connected=frozenset(connected), alike=alike, growth=growth,
        arrival_days=dict.fromkeys(kpi.platforms, 31) if told.get("arrives") == "month" else {},
        reviewed={kpi.key: date.fromisoformat(told["review"])} if "review" in told else {},
        decisions={kpi.key: checks} if checks else {},
        spending=(Spending(told["spend"], 1e6),) if "spend" in told else (),
    )  # fmt: skip


@dataclass(frozen=True)
class Score:
    """How well findings agree with labels: F1 per code, their mean, and good KPIs blocked."""

    f1: Mapping[str, float]
    macro_f1: float
    good: int
    blocked: int
    wrong: tuple[tuple[str, frozenset[str], frozenset[str]], ...]


def score(items: Iterable[Labelled]) -> Score:
    """Return how well the doctor agrees with the labels of these items."""
    hit, extra, lost = Counter[str](), Counter[str](), Counter[str]()
    good = blocked = 0
    wrong = []
    for item in items:
        findings = list(apply_rules(item.case))
        found = frozenset(f.code for f in findings) - {"empty_stage"}
        hit.update(found & item.labels)
        extra.update(found - item.labels)
        lost.update(item.labels - found)
        if not item.labels:
            good += 1
            blocked += any(f.level == "stop" for f in findings)
        if found != item.labels:
            wrong.append((item.text, found - item.labels, item.labels - found))
    # A finding that is neither labelled nor raised has no F1; one raised in vain has 0.
    codes = sorted({*hit, *extra, *lost})
    f1 = {c: 2 * hit[c] / (2 * hit[c] + extra[c] + lost[c]) for c in codes}
    return Score(f1, sum(f1.values()) / len(f1), good, blocked, tuple(wrong))
