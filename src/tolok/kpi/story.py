"""The story of a KPI, written from its data: why it was made, how it went, what was decided (L13)."""

from __future__ import annotations

from collections.abc import Sequence

from tolok.base import Text, say_day

from .check import DECISION_NAMES, Check
from .kpi import Kpi
from .said import fill, say_number, say_value
from .verdict import VERDICT_NAMES, Judgement
from .versions import Version

BEGAN = Text("On {day} the team promised “{name}”: {target} by {due}.",
             "Pada {day} tim berjanji “{name}”: {target} sampai {due}.")  # fmt: skip
BECAUSE = Text("The reason: {reason}", "Alasannya: {reason}")
FROM = Text("It began at {baseline}.", "Awalnya {baseline}.")
CHECKED = Text("On {day} it stood at {value}, {verdict}; decided: {decision}. {note}",
               "Pada {day} nilainya {value}, {verdict}; diputuskan: {decision}. {note}")  # fmt: skip
CHANGED = Text("On {day} it was changed. {note}", "Pada {day} KPI ini diubah. {note}")
RETIRED = Text("On {day} it was retired. {note}", "Pada {day} KPI ini dihentikan. {note}")
NOW = Text("Now: {verdict}. {reason}", "Kini: {verdict}. {reason}")


def tell_story(
    judgement: Judgement, versions: Sequence[Version], checks: Sequence[Check]
) -> tuple[Text, ...]:
    """Return the story as sentences in the order of time, from the first version to now."""
    kpi = versions[0].kpi if versions else judgement.kpi
    said = [fill(BEGAN, {"day": say_day(kpi.start), "name": kpi.name, "due": say_day(kpi.due),
                         "target": _say_target(kpi, judgement)})]  # fmt: skip
    if kpi.reason:
        said.append(fill(BECAUSE, {"reason": kpi.reason}))
    base = judgement.baseline
    if base is not None and base.value is not None:
        said.append(fill(FROM, {"baseline": _say(judgement, base.value)}))
    events = [(c.day, 1, _tell_check(c, judgement)) for c in checks]
    for version in versions[1:]:
        text = RETIRED if version.kpi.state == "retired" else CHANGED
        data = {"day": say_day(version.at.date()), "note": version.note or ""}
        events.append((version.at.date(), 0, fill(text, data)))
    said += [text for _, _, text in sorted(events, key=lambda e: e[:2])]
    if not versions or versions[-1].kpi.state != "retired":
        reason = fill(judgement.reason, judgement.reason_data)
        said.append(fill(NOW, {"verdict": judgement.name, "reason": reason}))
    return tuple(Text(t.en.strip(), t.id.strip()) for t in said)


def _tell_check(check: Check, judgement: Judgement) -> Text:
    value = _say(judgement, check.value) if check.value is not None else Text("–", "–")
    return fill(CHECKED, {
        "day": say_day(check.day), "value": value, "note": check.note or "",
        "verdict": VERDICT_NAMES.get(check.verdict, Text(check.verdict, check.verdict)),
        "decision": DECISION_NAMES[check.decision],
    })  # fmt: skip


def _say(judgement: Judgement, value: float) -> Text:
    metric = judgement.kpi.declared
    if metric is None:
        return say_number(value)
    return say_value(value, metric.unit, judgement.currency or judgement.kpi.currency)


def _say_target(kpi: Kpi, judgement: Judgement) -> Text:
    if kpi.target is None:
        return Text("–", "–")
    if kpi.target.how == "value":
        return _say(judgement, kpi.target.amount)
    return kpi.target.say()
