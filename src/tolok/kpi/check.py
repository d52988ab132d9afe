"""Checks: a look at a KPI that shows what changed since the last one and ends in a decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, get_args

from tolok.base import Text, UserError
from tolok.lake import Lake, LakeView
from tolok.metrics import Engine

from .judge import judge
from .kpi import Kpi
from .ledger import read_facts, write_facts
from .rhythm import next_check
from .said import fill, say_last, say_number, say_share, say_value
from .verdict import VERDICT_NAMES, Judgement
from .versions import versions_of

Decision = Literal["keep", "act", "adjust", "stop"]

DECISION_NAMES: Mapping[str, Text] = {
    "keep": Text("keep going", "lanjutkan"),
    "act": Text("act", "bertindak"),
    "adjust": Text("adjust the KPI", "sesuaikan KPI"),
    "stop": Text("stop", "hentikan"),
}
FIRST = Text("This is the first check.", "Ini pengecekan pertama.")
VERDICT_MOVED = Text("It went from {before} to {now}.", "Dari {before} menjadi {now}.")
VERDICT_SAME = Text("It is still {now}.", "Masih {now}.")
VALUE_MOVED = Text(
    "The value went from {before} to {now}.", "Nilainya dari {before} menjadi {now}."
)
AT_LEAST = Text("at least {value}", "setidaknya {value}")
VALUE_SAME = Text("The value has not moved.", "Nilainya tidak berubah.")
ODDS_MOVED = Text(
    "The odds went from {before} to {now}.", "Peluangnya dari {before} menjadi {now}."
)
TARGET_MOVED = Text("The target was changed from {before} to {now}.",
                    "Targetnya diubah dari {before} menjadi {now}.")  # fmt: skip
NO_NEW_DATA = Text("There is no new data since {day}.", "Belum ada data baru sejak {day}.")
DECIDED = Text("Last time it was decided to {decision}: {note}",
               "Terakhir diputuskan untuk {decision}: {note}")  # fmt: skip


@dataclass(frozen=True)
class Check:
    """A check that was held: what the KPI showed, and what was decided."""

    kpi: str
    day: date
    verdict: str
    decision: Decision
    note: str | None = None
    made_by: str | None = None
    value: float | None = None
    expected: float | None = None
    target: float | None = None
    odds: float | None = None
    data_until: date | None = None
    version: int | None = None
    due: date | None = None
    is_least: bool | None = None  # its value was only known as at least so much


@dataclass(frozen=True)
class Look:
    """A KPI as a check shows it: how it stands, the check before, and what changed since, in words."""

    judgement: Judgement
    before: Check | None
    changes: tuple[Text, ...]
    due: date | None = None  # the last day on which this check is inside its rhythm

    @property
    def kpi(self) -> Kpi:
        """The KPI looked at."""
        return self.judgement.kpi


def checks_of(view: LakeView, brand: str, key: str | None = None) -> list[Check]:
    """Return the checks of one KPI, or of all, oldest first."""
    rows = read_facts(view, brand, "kpi_checks")
    names = Check.__dataclass_fields__
    found = [
        Check(**{n: v for n, v in r.items() if n in names})
        for r in rows if key is None or r["kpi"] == key
    ]  # fmt: skip
    return sorted(found, key=lambda c: (c.day, c.kpi))


def look_at(
    kpi: Kpi, engine: Engine, *, brand: str, today: date | None = None, before: Check | None = None
) -> Look:
    """Return how the KPI stands and what changed since the check before, if there was one."""
    found = judge(kpi, engine, today, brand=brand)
    day = today or engine.today
    coming = next_check(kpi, engine.calendar, day)
    due = coming - timedelta(days=1) if coming else None
    return Look(found, before, tuple(_changes(found, before)), due)


def last_check(view: LakeView, brand: str, key: str, today: date) -> Check | None:
    """Return the last check of a KPI before a day."""
    held = [c for c in checks_of(view, brand, key) if c.day < today]
    return held[-1] if held else None


def _changes(now: Judgement, before: Check | None) -> list[Text]:
    if before is None:
        return [FIRST]
    said: list[Text] = []
    names = {"before": VERDICT_NAMES.get(before.verdict, now.name), "now": now.name}
    said.append(fill(VERDICT_SAME if before.verdict == now.state else VERDICT_MOVED, names))
    if before.data_until and now.as_of and before.data_until >= now.as_of:
        said.append(fill(NO_NEW_DATA, {"day": say_last(before.data_until)}))
    elif before.value is not None and now.value is not None:
        leasts = bool(before.is_least), is_least(now)
        moved = {"before": _say(now, before.value, is_least=leasts[0]),
                 "now": _say(now, now.value, is_least=leasts[1])}  # fmt: skip
        is_same = before.value == now.value and leasts[0] == leasts[1]
        said.append(VALUE_SAME if is_same else fill(VALUE_MOVED, moved))
    if before.odds is not None and now.odds is not None and abs(before.odds - now.odds) >= 0.05:
        data = {"before": say_share(before.odds), "now": say_share(now.odds)}
        said.append(fill(ODDS_MOVED, data))
    if (
        before.target is not None
        and now.target is not None
        and not _same(before.target, now.target)
    ):
        data = {"before": _say(now, before.target), "now": _say(now, now.target)}
        said.append(fill(TARGET_MOVED, data))
    if before.note:
        data = {"decision": DECISION_NAMES[before.decision], "note": Text(before.note, before.note)}
        said.append(fill(DECIDED, data))
    return said


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(abs(one), abs(other), 1e-12)


def is_least(judgement: Judgement) -> bool:
    """Whether the value of a judged KPI is only known as at least so much."""
    return judgement.figure is not None and judgement.figure.state == "at_least"


def _say(judgement: Judgement, value: float, *, is_least: bool = False) -> Text:
    metric, currency = judgement.kpi.declared, judgement.currency or judgement.kpi.currency
    said = say_number(value) if metric is None else say_value(value, metric.unit, currency)
    return AT_LEAST.filled(value=said) if is_least else said


def record_check(
    lake: Lake, brand: str, look: Look, *, decision: str, note: str | None = None,
    by: str | None = None, day: date, at: datetime | None = None,
) -> Check:  # fmt: skip
    """Write a check with its decision as a fact and return it; raises UserError for another word."""
    if decision not in get_args(Decision):
        raise UserError(
            Text("“{decision}” is no decision.", "“{decision}” bukan keputusan."),
            Text("Decide keep, act, adjust or stop.", "Pilih keep, act, adjust, atau stop."),
            decision=decision,
        )  # fmt: skip
    found = look.judgement
    versions = versions_of(LakeView(lake), brand, found.kpi.key)
    check = Check(
        found.kpi.key, day, found.state, decision, note, by, found.value, found.expected,  # type: ignore[arg-type]
        found.target, found.odds, found.as_of, versions[-1].number if versions else None, look.due,
        is_least(found),
    )  # fmt: skip
    write_facts(lake, brand, {"kpi_checks": [vars_of(check)]}, at=at)
    return check


def vars_of(record: Any) -> dict[str, Any]:
    """Return the fields of a record by name."""
    return {name: getattr(record, name) for name in record.__dataclass_fields__}
