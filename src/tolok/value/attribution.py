"""Credits: how conversions and their value are shared among the touches before them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tolok.base import Text, UserError
from tolok.base.money import Money

from . import touch_rules
from .arrays import Floats, tally
from .markov import build_chain, removal_effects
from .paths import Paths
from .rounding import share_out
from .shapley import collect_sets, share_count_game, share_rate_game
from .touch_rules import RuleSettings

VERSION = "1"
ModelKey = Literal[
    "last", "first", "linear", "position", "time_decay", "markov", "shapley", "shapley_rate"
]
UNATTRIBUTED = "unattributed"


@dataclass(frozen=True, slots=True)
class Model:
    """One way of sharing credit, in words for people."""

    key: ModelKey
    name: Text
    meaning: Text
    is_data_driven: bool = False


MODELS: dict[str, Model] = {
    m.key: m
    for m in (
        Model(
            "last",
            Text("Last touch", "Sentuhan terakhir"),
            Text(
                "The last touch before the conversion gets all the credit.",
                "Sentuhan terakhir sebelum konversi mendapat seluruh kredit.",
            ),
        ),
        Model(
            "first",
            Text("First touch", "Sentuhan pertama"),
            Text(
                "The first touch in the window gets all the credit.",
                "Sentuhan pertama di dalam jendela waktu mendapat seluruh kredit.",
            ),
        ),
        Model(
            "linear",
            Text("Linear", "Merata"),
            Text(
                "Every touch gets the same credit.",
                "Setiap sentuhan mendapat kredit yang sama.",
            ),
        ),
        Model(
            "position",
            Text("Position-based", "Berbasis posisi"),
            Text(
                "The first and the last touch get fixed shares, those between divide the rest.",
                "Sentuhan pertama dan terakhir mendapat porsi tetap, yang di antaranya berbagi "
                "sisanya.",
            ),
        ),
        Model(
            "time_decay",
            Text("Time-decay", "Meluruh menurut waktu"),
            Text(
                "The nearer a touch is to the conversion, the more credit it gets.",
                "Makin dekat sentuhan ke konversi, makin besar kreditnya.",
            ),
        ),
        Model(
            "markov",
            Text("Data-driven (Markov)", "Berbasis data (Markov)"),
            Text(
                "Credit follows the share of conversions that would be lost without the channel.",
                "Kredit mengikuti porsi konversi yang akan hilang tanpa kanal itu.",
            ),
            is_data_driven=True,
        ),
        Model(
            "shapley",
            Text("Data-driven (Shapley)", "Berbasis data (Shapley)"),
            Text(
                "Each journey's conversions are split fairly over the channels it needed.",
                "Konversi tiap perjalanan dibagi adil kepada kanal-kanal yang dilaluinya.",
            ),
            is_data_driven=True,
        ),
        Model(
            "shapley_rate",
            Text("Data-driven (Shapley on rates)", "Berbasis data (Shapley atas rasio)"),
            Text(
                "Credit follows how much a channel lifts the conversion rate of the mixes it "
                "joins; it may be below zero.",
                "Kredit mengikuti seberapa besar kanal menaikkan rasio konversi gabungan yang "
                "dimasukinya; bisa di bawah nol.",
            ),
            is_data_driven=True,
        ),
    )
}

RULES: dict[str, Callable[[Paths, RuleSettings], Floats]] = {
    "last": touch_rules.weigh_last,
    "first": touch_rules.weigh_first,
    "linear": touch_rules.weigh_linear,
    "position": touch_rules.weigh_position,
    "time_decay": touch_rules.weigh_decay,
}


@dataclass(frozen=True, slots=True)
class Credit:
    """What one value of the dimension is credited with.

    `conversions` has two decimals, `value` the currency's own digits (None without values);
    both add up over all credits and the unattributed rest to the totals, to the last unit.
    `share` is the unrounded share of the attributed conversions, None where nothing converted;
    `error` its standard error where the model had to sample.
    """

    label: str
    conversions: Decimal
    value: Money | None
    share: float | None
    error: float | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """The credits of one model over one dimension, with what could not be attributed.

    `method` and `version` name how it was computed and stand on every fact made from it.
    """

    method: str
    version: str
    dimension: str
    credits: tuple[Credit, ...]
    unattributed: Credit
    conversions: int
    value: Money | None
    open_journeys: int
    touches_outside: int
    notes: tuple[Text, ...] = ()

    def of(self, label: str) -> Credit:
        """Return the credit of a label; KeyError for one that never touched anybody."""
        return {c.label: c for c in self.credits}[label]


@dataclass(frozen=True)
class _Raw:
    """Unrounded credits per label."""

    conversions: Floats
    value: Floats
    error: Floats | None = None
    notes: tuple[Text, ...] = ()


def attribute(
    paths: Paths, model: ModelKey, *, settings: RuleSettings | None = None, samples: int = 2_000
) -> Attribution:
    """Share conversions and their value out among the labels of the paths by one model.

    Raises UserError for an unknown model, for time-decay without times, and for a data-driven
    model over refunds (negative values). Without conversions all credits are 0 of 0 and the
    shares are None.
    """
    if model not in MODELS:
        raise UserError(
            Text(en="There is no attribution model “{m}”.", id="Tidak ada model atribusi “{m}”."),
            Text(en="There are: {known}.", id="Yang ada: {known}."),
            m=model,
            known=", ".join(MODELS),
        )
    if model in RULES:
        raw = _credit_by_rule(paths, RULES[model](paths, settings or RuleSettings()))
    else:
        _refuse_refunds(paths)
        raw = _credit_by_data(paths, model, samples)
    return _round(paths, model, raw)


def compare_models(
    paths: Paths, models: Sequence[ModelKey] | None = None, *, settings: RuleSettings | None = None
) -> dict[str, Attribution]:
    """Return the credits of several models side by side.

    By default all that the paths allow, except Shapley on rates, which few touches upset.
    """
    left_out = {"shapley_rate"} if paths.age is not None else {"shapley_rate", "time_decay"}
    wanted = models or [m.key for m in MODELS.values() if m.key not in left_out]
    return {m: attribute(paths, m, settings=settings) for m in wanted}


def _values(paths: Paths) -> Floats:
    return (paths.value if paths.value is not None else paths.conversions).astype(float)


def _credit_by_rule(paths: Paths, weights: Floats) -> _Raw:
    n, owner = len(paths.labels), paths.owner
    earned = (paths.conversions.astype(float), _values(paths))
    first, second = (tally(paths.touch, weights * e[owner], n) for e in earned)
    return _Raw(first, second)


def _credit_by_data(paths: Paths, model: str, samples: int) -> _Raw:
    earned = (paths.conversions.astype(float), _values(paths))
    notes = _data_notes(paths)
    if model == "markov":
        lost, worth = removal_effects(build_chain(paths))
        return _Raw(lost, worth, notes=notes)
    if model == "shapley":
        needed, valued = share_count_game(paths, *earned)
        return _Raw(needed.values, valued.values)
    sets = collect_sets(paths)
    first, second = (
        share_rate_game(sets, e, samples=samples) for e in (sets.conversions, sets.value)
    )
    whole = float(first.values.sum()) or 1.0
    error = None if first.error is None else first.error / whole
    return _Raw(first.values, second.values, error, notes)


def _data_notes(paths: Paths) -> tuple[Text, ...]:
    if paths.nulls.sum() > 0:
        return ()
    return (
        Text(
            en="Only journeys that converted were given: the model cannot learn from the others.",
            id="Hanya perjalanan yang berakhir konversi yang tersedia, jadi model tidak bisa "
            "belajar dari yang lain.",
        ),
    )


def _refuse_refunds(paths: Paths) -> None:
    if paths.value is not None and (paths.value < 0).any():
        raise UserError(
            Text(
                en="A data-driven model cannot share out negative values (refunds).",
                id="Model berbasis data tidak bisa membagi nilai negatif (pengembalian dana).",
            ),
            Text(
                en="Take refunds off their orders first, or choose a rule such as linear.",
                id="Kurangkan dulu pengembalian dana dari pesanannya, atau pilih aturan seperti "
                "merata.",
            ),
        )


def _round(paths: Paths, model: str, raw: _Raw) -> Attribution:
    converted = int(paths.conversions.sum())
    worth = int(paths.value.sum()) if paths.value is not None else 0
    hundredths = share_out(raw.conversions, converted * 100)
    # Where values cancel out to nothing per label, conversions are the only fair key.
    minor = share_out(raw.value if raw.value.sum() != 0 else raw.conversions, worth)
    whole = float(raw.conversions.sum())
    shared = tuple(
        Credit(
            label=label,
            conversions=_decimal(hundredths[i], 2),
            value=_money(paths, minor[i]),
            share=float(raw.conversions[i] / whole) if converted else None,
            error=None if raw.error is None else float(raw.error[i]),
        )
        for i, label in enumerate(paths.labels)
    )
    rest = Credit(
        UNATTRIBUTED,
        _decimal(paths.unattributed_conversions * 100, 2),
        _money(paths, paths.unattributed_value),
        None,
    )
    return Attribution(
        method=model,
        version=VERSION,
        dimension=paths.dimension,
        credits=shared,
        unattributed=rest,
        conversions=converted + paths.unattributed_conversions,
        value=_money(paths, worth + paths.unattributed_value),
        open_journeys=paths.open_journeys,
        touches_outside=paths.touches_outside,
        notes=raw.notes,
    )


def _decimal(units: int, digits: int) -> Decimal:
    return Decimal(units).scaleb(-digits)


def _money(paths: Paths, minor: int) -> Money | None:
    if paths.currency is None:
        return None
    return Money(_decimal(minor, paths.digits), paths.currency)
