"""Narrative: sentences made by rules from judged figures, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tolok.base import LANGUAGES, Period, Text
from tolok.kpi import VERDICT_NAMES, Judgement
from tolok.lake import table_of
from tolok.metrics import Metric
from tolok.series import Verdict

from .case import Case, is_told, metric_named
from .mix import explain_rate, is_rate
from .names import KIND_NAMES
from .number import Fact, Number, change_of, end_of, number_of
from .sentence import Filling, Mood, Sentence

SIGNALS = ("signal up", "signal down", "shift")

_NOW = Text("{metric}: {value} in {period}", "{metric}: {value} pada {period}")
_ON = Text("{metric} on {where}: {value} in {period}", "{metric} di {where}: {value} pada {period}")
_CHANGED = Text(", {change} against {before}", ", {change} dibanding {before}")
_ENDS = {
    "routine": Text(". That is routine variation: anything from {low} to {high} was to be expected.",
                    ". Ini variasi wajar: angka antara {low} dan {high} memang bisa diduga."),
    "signal up": Text(". That is a signal: more than routine variation explains ({low} to {high}).",
                      ". Ini sinyal: lebih tinggi dari variasi wajar ({low} sampai {high})."),
    "signal down": Text(". That is a signal: less than routine variation explains ({low} to {high}).",
                        ". Ini sinyal: lebih rendah dari variasi wajar ({low} sampai {high})."),
    "shift": Text(". The level has shifted: the old one allowed {low} to {high}.",
                  ". Levelnya sudah bergeser: level lama wajarnya {low} sampai {high}."),
    "cannot say": Text(". Whether that is a change or chance cannot be said yet: the history is too "
                       "short or has gaps.",
                       ". Belum bisa dipastikan apakah ini perubahan atau kebetulan: riwayatnya "
                       "terlalu pendek atau berlubang."),
}  # fmt: skip
_NO_CHANGE = Text(". No change is stated: {why}.", ". Perubahannya tidak disebut: {why}.")
_UNKNOWN = Text("{metric} cannot be said for {period}: {why}.",
                "{metric} belum bisa disebut untuk {period}: {why}.")  # fmt: skip
_WHY_MISSING = Text("no data", "tidak ada data")
_RANGE = Text("{metric} lies somewhere from {low} to {high} in {period}: people are not added up "
              "over days or posts.",
              "{metric} berada di antara {low} dan {high} pada {period}: orang tidak dijumlahkan "
              "antar hari atau unggahan.")  # fmt: skip
_PROVISIONAL = Text("The youngest days of {metric} may still change ({value} so far).",
                    "Hari-hari terbaru {metric} masih bisa berubah (sejauh ini {value}).")  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A series with its judgement, its change, and the sentence that says both."""

    facts: tuple[Fact, ...]
    verdict: Verdict
    change: Number
    sentence: Sentence
    where: Text | None = None

    @property
    def now(self) -> Fact:
        """The last figure."""
        return self.facts[-1]

    @property
    def metric(self) -> Metric:
        """What is measured."""
        return self.now.metric

    @property
    def is_signal(self) -> bool:
        """Whether the last figure is more than routine variation."""
        return self.verdict.kind in SIGNALS

    @property
    def mood(self) -> Mood:
        """Good or bad for a signal, quiet for all else."""
        return mood_of(self.verdict, self.metric)


def mood_of(verdict: Verdict, metric: Metric) -> Mood:
    """Return how a verdict is coloured: only signals of metrics with a direction are."""
    if verdict.kind not in SIGNALS or metric.direction == "neither":
        return "quiet"
    is_up = verdict.value >= verdict.expected
    return "good" if is_up == (metric.direction == "up") else "bad"


def tell_series(case: Case, facts: Sequence[Fact], *, where: Text | None = None) -> Told:
    """Return the series judged, with its sentence: value, change, signal or routine."""
    facts = tuple(facts)
    verdict = case.judge(facts)
    change = case.change(facts[-1], facts[-2]) if len(facts) > 1 else _no_change(facts[-1])
    return Told(facts, verdict, change, _say(facts, verdict, change, where), where)


def _no_change(fact: Fact) -> Number:
    from_unit = number_of(fact)
    return Number(None, from_unit.unit, "change", (fact,))


def _say(facts: tuple[Fact, ...], verdict: Verdict, change: Number, where: Text | None) -> Sentence:
    fact = facts[-1]
    data: dict[str, Filling] = {"metric": fact.metric.name, "period": fact.figure.period}
    if not is_told(fact.figure):
        return Sentence(_UNKNOWN, {**data, "why": say_reason(fact)}, also=(fact,), mood="watch")
    if fact.figure.value is None:
        return _say_range(fact, data)
    text: Text = _ON if where is not None else _NOW
    data["value"] = number_of(fact)
    if where is not None:
        data["where"] = where
    if change.value is not None:
        text = _add(text, _CHANGED)
        data |= {"change": change, "before": facts[-2].figure.period}
    text = _add(text, _ENDS[verdict.kind])
    if verdict.kind != "cannot say":
        data |= {
            "low": end_of(verdict.low, fact, "low"),
            "high": end_of(verdict.high, fact, "high"),
        }
    mood = mood_of(verdict, fact.metric)
    return Sentence(text, data, mood=mood)


def _say_range(fact: Fact, data: dict[str, Filling]) -> Sentence:
    low, high = fact.figure.low, fact.figure.high
    if low is None or high is None:
        return Sentence(_add(_NOW, Text(".", ".")), {**data, "value": number_of(fact)})
    ends = {"low": end_of(low, fact, "low"), "high": end_of(high, fact, "high")}
    return Sentence(_RANGE, {**data, **ends})


def say_reason(fact: Fact) -> Text:
    """Return why a figure cannot be said, in words."""
    figure = fact.figure
    if figure.reason is None:
        return _WHY_MISSING
    data = figure.reason_data
    return Text(figure.reason.say("en", **data), figure.reason.say("id", **data))


def _add(first: Text, second: Text) -> Text:
    return Text(first.en + second.en, first.id + second.id)


# -- contribution --------------------------------------------------------------------------------

_PART_OF = Text("{who} explains most of the change of {metric}: {part} of {whole}.",
                "{who} paling menjelaskan perubahan {metric}: {part} dari {whole}.")  # fmt: skip
_AGAINST = Text("{who} went the other way: {part}.", "{who} justru berlawanan: {part}.")


@dataclass(frozen=True)
class Contribution:
    """How much one group brought to the change of an additive figure."""

    group: str | None
    now: Fact | None
    before: Fact | None
    difference: Number


def find_contributions(
    case: Case, key: str, dimension: str, *, now: Period | None = None, before: Period | None = None
) -> tuple[Contribution, ...]:
    """Return what each group of a dimension brought to the change, the largest first.

    Only for additive metrics: the parts then add up to the change. Empty for others, and when
    a group of either period is not known.
    """
    now, before = now or case.period, before or case.previous
    metric = metric_named(key)
    if metric is None or dimension not in metric.dimensions:
        return ()
    found = case.facts([key], [now, before], by=(dimension,))
    if not found or not found[0].metric.is_additive:
        return ()
    # No post of a kind is none of it; no row of an account's days is missing data, not zero.
    table = table_of(metric.table)
    is_events = table.time is not None and table.column(table.time).type == "moment"
    absent = 0.0 if is_events else None
    groups = {f.figure.group.get(dimension) for f in found}
    made = []
    for group in groups:
        mine = {f.figure.period: f for f in found if f.figure.group.get(dimension) == group}
        values = [mine[p].figure.value if p in mine else absent for p in (now, before)]
        if values[0] is None or values[1] is None:
            return ()
        facts = tuple(mine.values())
        number = Number(values[0] - values[1], facts[0].metric.unit, "difference", facts,
                        facts[0].figure.currency)  # fmt: skip
        made.append(Contribution(group, mine.get(now), mine.get(before), number))
    return tuple(sorted(made, key=lambda c: -abs(c.difference.value or 0)))


def explain_change(
    case: Case, key: str, dimension: str, *, platform: str | None = None
) -> tuple[Sentence, ...]:
    """Return sentences that say which group brought most of a change, and which went against it.

    A rate, on all platforms or one, is taken apart into what the weights of its groups did and
    what their own rates did.
    """
    metric = metric_named(key)
    if metric is not None and is_rate(metric):
        return explain_rate(
            case, key, dimension, lambda g: _name(case, g, dimension), platform=platform
        )
    parts = find_contributions(case, key, dimension)
    now, before = case.fact(key), case.fact(key, case.previous)
    if len(parts) < 2 or now is None or before is None:
        return ()
    if now.figure.value is None or before.figure.value is None:
        return ()
    gap = now.figure.value - before.figure.value
    whole = Number(gap, now.metric.unit, "difference", (now, before), now.figure.currency)
    same = [p for p in parts if (p.difference.value or 0) * gap > 0]
    other = [p for p in parts if (p.difference.value or 0) * gap < 0]
    said = []
    if same:
        data: dict[str, Filling] = {
            "who": _name(case, same[0].group, dimension), "metric": now.metric.name,
            "part": same[0].difference, "whole": whole,
        }  # fmt: skip
        said.append(Sentence(_PART_OF, data))
    if other and abs(other[0].difference.value or 0) > abs(gap) * 0.2:
        who = _name(case, other[0].group, dimension)
        said.append(Sentence(_AGAINST, {"who": who, "part": other[0].difference}))
    return tuple(said)


def _name(case: Case, group: str | None, dimension: str) -> Text:
    if dimension == "platform":
        return case.name_of(group)
    words = group or "–"
    return KIND_NAMES.get(group, Text(words, words)) if dimension == "kind" else Text(words, words)


# -- KPIs ----------------------------------------------------------------------------------------

STATE_MOODS: dict[str, Mood] = {
    "achieved": "good", "on_track": "good", "at_risk": "watch", "off_track": "bad",
    "missed": "bad", "not_enough_data": "quiet",
}  # fmt: skip
_KPI = Text("{name}: {verdict}. {reason}.", "{name}: {verdict}. {reason}.")
_ODDS = Text("{name}: {odds} likely to reach {target} by {due}.",
             "{name}: peluang {odds} untuk mencapai {target} pada {due}.")  # fmt: skip


def kpi_number(judged: Judgement, kind: str) -> Number | None:
    """Return the value, target, expected value or odds of a KPI as a number, None without one."""
    metric = judged.kpi.declared
    value = {"figure": judged.value, "target": judged.target, "expected": judged.expected,
             "odds": judged.odds}[kind]  # fmt: skip
    if metric is None or value is None or not np.isfinite(value):
        return None
    state = judged.figure.state if kind == "figure" and judged.figure else "exact"
    currency = judged.currency or judged.kpi.currency
    return Number(value, metric.unit, kind, (judged,), currency, state)  # type: ignore[arg-type]


def tell_kpi(judged: Judgement) -> Sentence:
    """Return the verdict of a KPI with its reason, as it was judged."""
    reason = Text(*(_begin(judged.say(x)) for x in LANGUAGES))
    name = Text(judged.kpi.name, judged.kpi.name)
    return Sentence(
        _KPI, {"name": name, "verdict": VERDICT_NAMES[judged.state], "reason": reason},
        also=(judged,), mood=STATE_MOODS[judged.state],
    )  # fmt: skip


def _begin(words: str) -> str:
    return (words[:1].upper() + words[1:]).rstrip(".")


def tell_odds(judged: Judgement) -> Sentence | None:
    """Return how likely a KPI is to be reached; None where that cannot be said."""
    odds, target = kpi_number(judged, "odds"), kpi_number(judged, "target")
    if odds is None or target is None or judged.kpi.due is None or judged.state == "achieved":
        return None
    name = Text(judged.kpi.name, judged.kpi.name)
    return Sentence(_ODDS, {"name": name, "odds": odds, "target": target, "due": judged.kpi.due},
                    also=(judged,))  # fmt: skip


__all__ = [
    "SIGNALS", "STATE_MOODS", "Contribution", "Told", "change_of", "explain_change",
    "find_contributions", "kpi_number", "mood_of", "say_reason", "tell_kpi", "tell_odds",
    "tell_series",
]  # fmt: skip
