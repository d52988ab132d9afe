"""Why a rate moved: because its parts weigh differently now, or because the rates inside changed.

A rate over groups is the mean of their rates, weighted by their share of the base. Its change falls
into two parts that add up to it exactly (Marshall and Edgeworth): with shares w and rates r before
(0) and now (1), over all groups g,

    mix    = Σ (w1 - w0) · ((r0 + r1) / 2 - (R0 + R1) / 2)
    inside = Σ (r1 - r0) · (w0 + w1) / 2

A group of one period only has no rate in the other; all it does is mix.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from tolok.base import COUNT, PERCENT_POINTS, RATIO, Text
from tolok.lake import table_of
from tolok.metrics import Metric

from .case import Case, metric_named
from .number import Fact, Number, NumberKind, number_of
from .sentence import Filling, Sentence

Key = tuple[str | None, bool]  # a group, and whether now
DIMENSION_NAMES = {
    "platform": Text("platforms", "platform"), "kind": Text("content types", "jenis konten"),
    "campaign": Text("campaigns", "kampanye"),
}  # fmt: skip
_PARTS = Text("{metric} moved by {whole}: {mix} because the weight of its {what} shifted, {inside} because "
              "the rates inside them changed.",
              "{metric} bergerak {whole}: {mix} karena porsi tiap {what} bergeser, {inside} karena "
              "tingkat di masing-masing {what} berubah.")  # fmt: skip
_INSIDE = Text("Most of it is {who}: there the rate went from {before} to {now}, which alone makes {part}.",
               "Penyebab terbesarnya {who}: tingkatnya dari {before} menjadi {now}, dan itu saja "
               "menyumbang {part}.")  # fmt: skip
_MIX = Text("Most of it is {who}: it makes up {now} of the base instead of {before}, which alone makes {part}.",
            "Penyebab terbesarnya {who}: porsinya dari {before} menjadi {now} dari dasar hitung, dan "
            "itu saja menyumbang {part}.")  # fmt: skip


@dataclass(frozen=True)
class MixPart:
    """What one group did to a rate: by its weight, and by its own rate; both in percentage points."""

    group: str | None
    mix: Number
    inside: Number
    rates: tuple[Fact | None, Fact | None]  # before, now
    shares: tuple[Number, Number]


@dataclass(frozen=True)
class Mix:
    """The whole change of a rate and its two parts; `parts` are the groups, the heaviest first."""

    whole: Number
    mix: Number
    inside: Number
    parts: tuple[MixPart, ...]


def is_rate(metric: Metric) -> bool:
    """Whether a metric is a ratio of two sums, so that its groups weigh by their base."""
    return (
        metric.kind == "ratio" and metric.unit.key == "ratio" and set(metric.parts) == {"top", "base"}
        and all(part.is_additive for part in metric.parts.values())
    )  # fmt: skip


def base_of(metric: Metric) -> Metric:
    """Return the metric whose value is the base of a rate: what its groups weigh."""
    return replace(metric, key=f"{metric.key}:base", value=lambda p: p["base"], unit=COUNT,
                   kind="flow", benchmark=None, interval=None)  # fmt: skip


def split_rate(case: Case, key: str, dimension: str, platform: str | None = None) -> Mix | None:
    """Return the change of a rate against the period before, taken apart by a dimension.

    None when the metric is no such rate, when the change itself may not be stated (a break, a
    figure not known), when a group lacks data that is missing and not zero, or when there are
    fewer than two groups.
    """
    metric = metric_named(key)
    if metric is None or not is_rate(metric) or dimension not in metric.dimensions:
        return None
    scope = case.scope(platforms=(platform,) if platform else ())
    now, before = case.fact(key, scope=scope), case.fact(key, case.previous, scope=scope)
    if now is None or before is None or case.change(now, before).value is None:
        return None
    rates = _by_group(case.facts([key], [case.period, case.previous], scope=scope, by=(dimension,)),
                      case, dimension)  # fmt: skip
    asked = case.engine.figures(
        [base_of(metric)], [case.period, case.previous], scope, by=(dimension,)
    )
    bases = _by_group([Fact(base_of(metric), f, scope) for f in asked], case, dimension)
    if not _is_whole(metric, rates, bases):
        return None
    return _split((before, now), rates, bases)


def _by_group(facts: list[Fact], case: Case, dimension: str) -> dict[Key, Fact]:
    return {
        (f.figure.group.get(dimension), f.figure.period == case.period): f
        for f in facts if f.figure.value is not None and f.figure.state == "exact"
    }  # fmt: skip


def _is_whole(metric: Metric, rates: Mapping[Key, Fact], bases: Mapping[Key, Fact]) -> bool:
    groups = {group for group, _ in bases}
    table = table_of(metric.table)
    is_events = table.time is not None and table.column(table.time).type == "moment"
    # No post of a kind is none of it; no row of an account's days is missing data, not zero.
    is_told = is_events or all((g, is_now) in bases for g in groups for is_now in (False, True))
    has_rates = all(key in rates for key, base in bases.items() if base.figure.value)
    return len(groups) > 1 and is_told and has_rates


def _split(
    whole: tuple[Fact, Fact], rates: Mapping[Key, Fact], bases: Mapping[Key, Fact]
) -> Mix | None:
    sums = [
        math.fsum(_value(f) for (_, n), f in bases.items() if n is is_now)
        for is_now in (False, True)
    ]
    if not all(sums):
        return None
    middle = (_value(whole[0]) + _value(whole[1])) / 2
    everything = (*rates.values(), *bases.values())
    made = []
    for group in {group for group, _ in bases}:
        mine = [bases.get((group, n)) for n in (False, True)]
        shares = [_value(f) / total if f else 0.0 for f, total in zip(mine, sums, strict=True)]
        found = (rates.get((group, False)), rates.get((group, True)))
        one, other = (_value(f) if f else None for f in found)
        first, last = (one if one is not None else other), (other if other is not None else one)
        if first is None or last is None:
            continue
        facts = (*(f for f in (*found, *mine) if f is not None), *everything)
        mix = (shares[1] - shares[0]) * ((first + last) / 2 - middle)
        inside = (last - first) * (shares[0] + shares[1]) / 2
        weights = _weights(bases, group, shares)
        made.append(MixPart(group, _points(mix, "mix_part", facts), _points(inside, "inside_part", facts),
                            found, weights))  # fmt: skip
    return _sum_up(whole, made, everything)


def _weights(
    bases: Mapping[Key, Fact], group: str | None, shares: list[float]
) -> tuple[Number, Number]:
    """Return the share of a group in the base before and now; its own fact stands first."""
    told = []
    for is_now, share in zip((False, True), shares, strict=True):
        every = [f for (_, n), f in bases.items() if n is is_now]
        mine = bases.get((group, is_now)) or _absent(every[0], group)
        told.append(Number(share, RATIO, "weight", (mine, *every)))
    return told[0], told[1]


def _absent(other: Fact, group: str | None) -> Fact:
    """Return the fact of a group that had no row in a period."""
    name = next(iter(other.figure.group))
    nothing = replace(other.figure, value=None, state="unknown", group={name: group})
    return replace(other, figure=nothing)


def _sum_up(whole: tuple[Fact, Fact], made: list[MixPart], facts: tuple[Fact, ...]) -> Mix | None:
    mix, inside = (math.fsum(n.value or 0 for n in side) for side in
                   ([p.mix for p in made], [p.inside for p in made]))  # fmt: skip
    gap = _value(whole[1]) - _value(whole[0])
    if not math.isclose(mix + inside, gap, rel_tol=1e-6, abs_tol=1e-9):
        return None  # the groups are not the whole: some rows have no group, or stand in two
    made.sort(key=lambda p: -max(abs(p.mix.value or 0), abs(p.inside.value or 0)))
    told = Number(gap, PERCENT_POINTS, "difference", (whole[1], whole[0]))
    return Mix(told, _points(mix, "mix", facts), _points(inside, "inside", facts), tuple(made))


def _points(value: float, kind: NumberKind, facts: tuple[Fact, ...]) -> Number:
    return Number(value, PERCENT_POINTS, kind, facts)


def _value(fact: Fact) -> float:
    return fact.figure.value or 0.0


def explain_rate(
    case: Case, key: str, dimension: str, name_of: Callable[[str | None], Text], *,
    platform: str | None = None,
) -> tuple[Sentence, ...]:  # fmt: skip
    """Return sentences that take a change of a rate apart; empty where that cannot be done."""
    found, metric = split_rate(case, key, dimension, platform), metric_named(key)
    if found is None or metric is None or abs(found.whole.value or 0) < 0.0005:
        return ()
    name = metric.name
    if platform is not None:
        where = case.name_of(platform)
        name = Text(f"{name.en} on {where.en}", f"{name.id} di {where.id}")
    data: dict[str, Filling] = {
        "metric": name, "whole": found.whole, "mix": found.mix, "inside": found.inside,
        "what": DIMENSION_NAMES.get(dimension, Text(dimension, dimension)),
    }  # fmt: skip
    said = [Sentence(_PARTS, data)]
    gap = found.whole.value or 0.0
    same = [
        p for p in found.parts if (p.mix.value or 0) * gap > 0 or (p.inside.value or 0) * gap > 0
    ]
    if same:
        said += _say_heaviest(same[0], gap, name_of(same[0].group))
    return tuple(said)


def _say_heaviest(part: MixPart, gap: float, who: Text) -> tuple[Sentence, ...]:
    before, now = part.rates
    if (part.inside.value or 0) * gap > max(0.0, (part.mix.value or 0) * gap):
        if before is None or now is None:
            return ()
        told: dict[str, Filling] = {
            "who": who, "before": number_of(before), "now": number_of(now), "part": part.inside,
        }  # fmt: skip
        return (Sentence(_INSIDE, told),)
    told = {"who": who, "before": part.shares[0], "now": part.shares[1], "part": part.mix}
    return (Sentence(_MIX, told),)
