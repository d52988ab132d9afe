"""Attribution of a brand: its touches and conversions become credits, one fact per touch and model.

A run speaks of the whole history of the brand; it takes the place of the run before, which stays
readable as of its time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text, UserError
from tolok.lake import Lake, LakeView, Origin
from tolok.value import (
    MODELS,
    Conversions,
    Paths,
    PathShares,
    RuleSettings,
    Touches,
    Window,
    build_paths,
    share_per_path,
)

from .labels import moment_now
from .tracing import forget_traces, trace_orders

SOURCE = "attribution"
VERSION = "1"
DEFAULT_MODELS = ("last", "first", "linear", "position", "time_decay", "markov", "shapley")
DIMENSIONS = ("channel", "platform", "campaign", "partnership", "post")
_UNITS = 10_000  # the lake keeps money to four decimals


@dataclass(frozen=True, slots=True)
class Attributed:
    """What a run credited: conversions with a touch in the window, and those with none.

    Both add up to the conversions there are. `value` and `value_without` are per currency.
    """

    conversions: int
    without: int
    value: dict[str, Decimal]
    value_without: dict[str, Decimal]
    models: tuple[str, ...]
    version: str
    credits: int


@dataclass(frozen=True)
class _Group:
    """Conversions of one kind and currency, sorted by customer and moment."""

    rows: pa.Table
    currency: str | None

    @property
    def units(self) -> Any:
        """Return the values in ten-thousandths."""
        worth = pc.fill_null(self.rows["value"], Decimal(0))
        return np.array([int(v * _UNITS) for v in worth.to_pylist()], dtype=np.int64)


def attribute_brand(
    lake: Lake, brand: str, window: Window, *, models: Sequence[str] = DEFAULT_MODELS,
    by: str = "channel", settings: RuleSettings | None = None,
) -> Attributed:  # fmt: skip
    """Credit the brand's conversions to the touches before them, by each model, as facts.

    Conversions of different kinds or currencies are credited apart. `by` is what the data-driven
    models look at; their credit for a value of it is divided evenly over its touches in the path.
    A conversion without touches that names its own channel, campaign or code is credited to that.
    With the model "last" among them, orders are told where they came from (see `tracing`).
    Raises UserError where there are no conversions, or for an unknown model or dimension.
    """
    _check(models, by)
    forget_traces(lake, brand)
    view = LakeView(lake)
    conversions = read_conversions(view, brand)
    touches = _with_own(read_touches(view, brand), conversions, window)
    version = _version(window, by, settings)
    parts: list[pa.Table] = []
    done = without = 0
    value: dict[str, Decimal] = {}
    rest: dict[str, Decimal] = {}
    for group in _groups(conversions):
        paths = _paths(touches, group, window, "touch")
        seen = _paths(touches, group, window, by)
        done += int(paths.conversions.sum())
        without += paths.unattributed_conversions
        if group.currency is not None and paths.value is not None:
            name = group.currency
            value[name] = value.get(name, Decimal(0)) + Decimal(int(paths.value.sum())) / _UNITS
            rest[name] = rest.get(name, Decimal(0)) + Decimal(paths.unattributed_value) / _UNITS
        laid = _lay_out(paths, touches, group)
        for model in models:
            shares = share_per_path(seen, model, settings=settings)  # type: ignore[arg-type]
            parts.append(_facts(laid, seen, shares, model=model, version=version))
    facts = pa.concat_tables(parts, promote_options="permissive")
    _replace(lake, brand, facts, {"window": window.days, "by": by, "models": list(models)})
    trace_orders(lake, brand)
    return Attributed(done, without, value, rest, tuple(models), version, facts.num_rows)


def _check(models: Sequence[str], by: str) -> None:
    unknown = [m for m in models if m not in MODELS or m == "shapley_rate"]
    if unknown or by not in DIMENSIONS:
        raise UserError(
            Text("“{what}” is not known here.", "“{what}” tidak dikenal di sini."),
            Text("Models: {models}. Dimensions: {dimensions}.",
                 "Model: {models}. Dimensi: {dimensions}."),
            what=", ".join(unknown) or by, models=", ".join(DEFAULT_MODELS),
            dimensions=", ".join(DIMENSIONS),
        )  # fmt: skip


def _version(window: Window, by: str, settings: RuleSettings | None) -> str:
    """Return the version: credits of different windows or settings must not be added."""
    told = settings or RuleSettings()
    kinds = "".join(f",{k}:{d:g}" for k, d in sorted(window.by_kind.items()))
    rule = f"{told.first:g}/{told.last:g}/{told.half_life:g}"
    return f"{VERSION} · {window.days:g}d{kinds} · {by} · {rule}"


def read_conversions(view: LakeView, brand: str) -> pa.Table:
    """Return the brand's conversions, and its kept orders as purchases where no conversion is one.

    Raises UserError where there is neither.
    """
    names = ("conversion", "at", "kind", "customer", "value", "currency", *DIMENSIONS)
    found = view.table("conversions").filter(lambda t: t.brand == brand).to_pyarrow()
    found = found.append_column("post", found["content"]).select(names)
    if pc.any(pc.equal(found["kind"], "purchase")).as_py():
        return found
    orders = view.table("orders").filter(
        lambda t: (t.brand == brand) & ~t.is_refunded.fill_null(False)
    )
    rows = orders.to_pyarrow()
    if not rows.num_rows and not found.num_rows:
        raise UserError(
            Text("There are no conversions and no orders to attribute.",
                 "Belum ada konversi maupun pesanan untuk diatribusi."),
            Text("Import them first, for example with `tolok import`.",
                 "Impor dulu, misalnya dengan `tolok import`."),
        )  # fmt: skip
    bought = pa.table({
        "conversion": rows["order"], "at": rows["ordered_at"],
        "kind": pa.repeat(pa.scalar("purchase"), rows.num_rows), "customer": rows["customer"],
        "value": rows["revenue"], "currency": rows["currency"],
        **{d: rows[d] for d in DIMENSIONS[:-1]}, "post": pa.nulls(rows.num_rows, pa.string()),
    })  # fmt: skip
    return pa.concat_tables([found, bought], promote_options="permissive")


def read_touches(view: LakeView, brand: str) -> pa.Table:
    """Return the brand's touches that name a customer and a moment."""
    rows = view.table("touches").filter(
        lambda t: (t.brand == brand) & t.customer.notnull() & t["at"].notnull()
    )
    return rows.select("touch", "customer", "at", "kind", *DIMENSIONS).to_pyarrow()


def _with_own(touches: pa.Table, conversions: pa.Table, window: Window) -> pa.Table:
    """Add a touch for each conversion that has none, from the channel or code it names itself."""
    group = _Group(_sorted(conversions), None)
    paths = _paths(touches, replace(group, currency=None), window, "touch")
    served = set(_lay_out(paths, touches, group)["conversion"].to_pylist())
    names = pc.is_valid(group.rows["channel"])
    for name in DIMENSIONS[1:]:
        names = pc.or_(names, pc.is_valid(group.rows[name]))
    alone = pc.invert(pc.is_in(group.rows["conversion"], pa.array(sorted(served), pa.string())))
    own = group.rows.filter(pc.and_(names, alone))
    made = pa.table({
        "touch": pc.binary_join_element_wise("conversion", own["conversion"], ":"),
        "customer": own["customer"], "at": own["at"], "kind": ["own"] * own.num_rows,
        **{d: own[d] for d in DIMENSIONS},
    })  # fmt: skip
    return pa.concat_tables([touches, made], promote_options="permissive")


def _sorted(rows: pa.Table) -> pa.Table:
    who = pc.coalesce(rows["customer"], pc.binary_join_element_wise("#", rows["conversion"], ""))
    named = rows.set_column(rows.column_names.index("customer"), "customer", who)
    return named.sort_by([("customer", "ascending"), ("at", "ascending"),
                          ("conversion", "ascending")])  # fmt: skip


def _groups(conversions: pa.Table) -> Iterator[_Group]:
    rows = _sorted(conversions)
    pairs = rows.group_by(["kind", "currency"]).aggregate([]).to_pylist()
    for pair in sorted(pairs, key=str):
        keep = pa.array([True] * rows.num_rows)
        for name, wanted in pair.items():
            same = pc.is_null(rows[name]) if wanted is None else pc.equal(rows[name], wanted)
            keep = pc.and_(keep, pc.fill_null(same, False))
        yield _Group(rows.filter(keep), pair["currency"])


def _paths(touches: pa.Table, group: _Group, window: Window, by: str) -> Paths:
    taken = Touches(
        _texts(touches["customer"]), _moments(touches["at"]), {by: _texts(touches[by])},
        _texts(touches["kind"]),
    )  # fmt: skip
    is_money = group.currency is not None
    ends = Conversions(
        _texts(group.rows["customer"]), _moments(group.rows["at"]),
        group.units if is_money else None, group.currency, 4 if is_money else None,
    )  # fmt: skip
    return build_paths(taken, ends, by=by, window=window)


def _texts(column: Any) -> Any:
    return column.to_numpy(zero_copy_only=False)


def _moments(column: Any) -> Any:
    return column.to_numpy().astype("datetime64[us]")


def _lay_out(paths: Paths, touches: pa.Table, group: _Group) -> pa.Table:
    """Return one row per conversion and touch of its path, oldest touch first.

    A path stands for all conversions of a customer at one moment: each gets the path's touches.
    """
    ids = _texts(touches["touch"])
    place = {name: row for row, name in enumerate(ids.tolist())}
    ends = int((paths.conversions > 0).sum())
    size = int(paths.start[ends]) if ends else 0
    at = np.array([place[paths.labels[c]] for c in paths.touch[:size]], dtype=np.int64)
    age = np.zeros(size) if paths.age is None else paths.age[:size]
    step = np.rint(age * 86_400e6).astype("timedelta64[us]")
    ended = (_moments(touches["at"])[at] + step).astype("datetime64[us]")
    path = paths.owner[:size]
    links = pa.table({"customer": touches["customer"].take(pa.array(at)), "at": pa.array(ended),
                      "path": path, "place": np.arange(size), "row": at})  # fmt: skip
    known = group.rows.select(["customer", "at", "conversion", "value", "currency"])
    joined = links.join(known, ["customer", "at"], join_type="inner")
    laid = joined.sort_by([("conversion", "ascending"), ("place", "ascending")])
    for name in DIMENSIONS:
        laid = laid.append_column(name, touches[name].take(laid["row"]))
    return laid.append_column("item", touches["touch"].take(laid["row"]))


def _facts(
    laid: pa.Table, seen: Paths, shares: PathShares, *, model: str, version: str
) -> pa.Table:  # fmt: skip
    place = laid["place"].to_numpy()
    kept = laid.append_column("share", pa.array(shares.touch[place]))
    kept = kept.append_column("worth", pa.array(shares.worth[place]))
    if shares.outside is not None:
        kept = pa.concat_tables([kept, _outside(laid, seen, shares)], promote_options="permissive")
    kept = kept.filter(pc.or_(pc.greater(kept["share"], 1e-9), pc.greater(kept["worth"], 1e-9)))
    kept = kept.sort_by([("conversion", "ascending"), ("item", "ascending")])
    names = ["conversion", "item", "at", "share", "currency", *DIMENSIONS]
    told = kept.select(names).append_column("value", _split_value(kept))
    for name, text in (("model", model), ("model_version", version)):
        told = told.append_column(name, pa.repeat(pa.scalar(text), told.num_rows))
    return told


def _outside(laid: pa.Table, seen: Paths, shares: PathShares) -> pa.Table:
    """Return what a conversion owes to labels outside its own path, as the model's totals ask."""
    code = np.asarray(laid["conversion"].combine_chunks().dictionary_encode().indices)
    first = laid.take(pa.array(np.flatnonzero(np.diff(code, prepend=-1) != 0)))
    path = first["path"].to_numpy()
    share, worth = shares.outside[path], shares.outside_worth[path]  # type: ignore[index]
    row, label = np.nonzero((share > 1e-9) | (worth > 1e-9))
    taken = first.take(pa.array(row))
    labels = [seen.labels[k] for k in label]
    return pa.table({
        "conversion": taken["conversion"], "at": taken["at"], "value": taken["value"],
        "currency": taken["currency"], "share": share[row, label], "worth": worth[row, label],
        seen.dimension: pa.array(labels, pa.string()),
        "item": pa.array([f"{seen.dimension}:{label}" for label in labels], pa.string()),
    })  # fmt: skip


def _split_value(rows: pa.Table) -> pa.Array:
    """Return each row's part of its conversion's value; the parts sum to it to the last unit."""
    value = np.array([0 if v is None else int(v * _UNITS) for v in rows["value"].to_pylist()],
                     dtype=np.int64)  # fmt: skip
    names = rows["conversion"].combine_chunks().dictionary_encode()
    code = np.asarray(names.indices)
    worth = rows["worth"].to_numpy().astype(float)
    starts = np.flatnonzero(np.diff(code, prepend=-1) != 0)
    sizes = np.diff(np.append(starts, len(code)))
    sums = np.add.reduceat(worth, starts) if len(starts) else worth
    running = np.cumsum(worth / np.repeat(sums, sizes))
    before = np.repeat(running[starts] - (worth / np.repeat(sums, sizes))[starts], sizes)
    upto = np.rint((running - before) * value).astype(np.int64)
    ends = starts + sizes - 1
    upto[ends] = value[ends]
    parts = np.diff(upto, prepend=0)
    parts[starts] = upto[starts]
    known = pc.is_valid(rows["value"]).to_numpy(zero_copy_only=False)
    told = [Decimal(int(p)).scaleb(-4) if k else None for p, k in zip(parts, known, strict=True)]
    return pa.array(told, pa.decimal128(20, 4))


def _replace(lake: Lake, brand: str, facts: pa.Table, note: dict[str, Any]) -> None:
    """Write the credits in place of those of the run before, which stays readable as of then."""
    for batch in lake.catalogue.batches():
        if batch.source == SOURCE and batch.brand == brand and batch.withdrawn_at is None:
            lake.withdraw(batch.id)
    count = facts.num_rows
    facts = facts.append_column("brand", pa.repeat(pa.scalar(brand), count))
    facts = facts.append_column("observed_at", pa.repeat(moment_now(), count))
    told = {**note, "rows": {"credits": count}}
    lake.write({"credits": facts}, Origin(source=SOURCE, brand=brand, note=told))
