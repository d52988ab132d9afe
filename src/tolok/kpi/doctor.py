"""The doctor: looks at every KPI letter by letter, and says what is wrong and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tolok.base import Text

from .kpi import Kpi
from .rule import Case, Finding, Letter, World, apply_rules

LETTERS: Mapping[Letter, Text] = {
    "S": Text("specific", "spesifik"),
    "M": Text("measurable", "terukur"),
    "A": Text("attainable", "dapat dicapai"),
    "R": Text("relevant", "relevan"),
    "T": Text("time-bound", "berbatas waktu"),
}
_ORDER = {"stop": 0, "warn": 1, "hint": 2}


@dataclass(frozen=True)
class SmartLetter:
    """One letter of SMART for one KPI: whether it holds, and the findings against it."""

    letter: Letter
    name: Text
    holds: bool
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Diagnosis:
    """What the doctor says of one KPI."""

    kpi: Kpi
    letters: tuple[SmartLetter, ...]
    findings: tuple[Finding, ...]

    @property
    def is_blocked(self) -> bool:
        """Whether something must be mended before the KPI can be judged."""
        return any(f.level == "stop" for f in self.findings)


def examine_kpi(kpi: Kpi, world: World) -> Diagnosis:
    """Return the findings about one KPI, the gravest first, and SMART letter by letter."""
    found = sorted(apply_rules(Case(kpi, world)), key=lambda f: _ORDER[f.level])
    letters = tuple(
        SmartLetter(letter, name, not against, against)
        for letter, name in LETTERS.items()
        for against in [tuple(f for f in found if f.letter == letter)]
    )
    return Diagnosis(kpi, letters, tuple(found))


def examine_all(kpis: Iterable[Kpi], world: World) -> list[Diagnosis]:
    """Return the diagnosis of each KPI that is not retired; what concerns all is told once."""
    alive = [k for k in kpis if k.state != "retired"]
    told: set[str] = set()
    diagnoses = []
    for kpi in alive:
        diagnosis = examine_kpi(kpi, replace(world, others=tuple(alive)))
        kept = tuple(f for f in diagnosis.findings if f.kpi is not None or f.code not in told)
        told |= {f.code for f in kept if f.kpi is None}
        diagnoses.append(replace(diagnosis, findings=kept))
    return diagnoses
