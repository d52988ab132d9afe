"""Sentiment shares that say how far they are corrected: by a random check, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Calendar, Period, Text
from tolok.lake import LakeView
from tolok.language import Prevalence, Share, estimate_checked
from tolok.metrics.interval import balance_of_three, wilson

from .relabels import fair_draw, is_measuring, lot_of, read_judged

FEWEST = 30  # random checks under which no correction is dared

_CHECKED = Text(
    "Corrected by {checked} comments people checked at random.",
    "Dikoreksi dengan {checked} komentar acak yang sudah diperiksa orang.",
)
_PLAIN = Text(
    "Not corrected for the model's mistakes: {checked} of {fewest} random checks done. The interval "
    "holds chance only, not errors of the labels.",
    "Belum dikoreksi dari kesalahan model: baru {checked} dari {fewest} pemeriksaan acak. Rentangnya "
    "hanya memuat kebetulan, bukan kesalahan label.",
)
_NONE = Text("Nothing here carries a sentiment.", "Tidak ada yang bermuatan sentimen.")
_ABSENT = Text("Nothing has been labelled yet.", "Belum ada yang diberi label.")


@dataclass(frozen=True, slots=True)
class SentimentShare:
    """The shares of sentiment with 95 % intervals, and in one sentence how they were corrected.

    `ratio` is positive / (positive + negative), `net` positive minus negative over all labelled;
    both None where nothing is labelled. `is_corrected` tells whether people's checks were used.
    """

    shares: dict[str, Share]
    ratio: Share | None
    net: Share | None
    count: int
    checked: int
    is_corrected: bool
    note: Text
    data: tuple[tuple[str, int], ...]

    def say(self, language: str) -> str:
        """Return how the shares were corrected."""
        return self.note.say("id" if language == "id" else "en", **dict(self.data))


def share_sentiment(
    view: LakeView, brand: str, *, period: Period | None = None, calendar: Calendar | None = None,
    kinds: tuple[str, ...] = (), relation: str = "own",
) -> SentimentShare:  # fmt: skip
    """Return the shares of sentiment in what people wrote (K3.3, K9.1).

    Where people checked at least 30 texts of a random draw, shares are corrected by what they
    found; else the plain count is given and called uncorrected.
    """
    if view.is_empty("labels"):
        return _nothing(_ABSENT)
    model, people = read_judged(view, brand)
    bounds = calendar.utc_bounds(period) if period and calendar else None
    rows = _narrow(model, bounds=bounds, kinds=kinds, relation=relation)
    who, said = (people[c].to_pylist() for c in ("interaction", "sentiment"))
    checks = dict(zip(who, said, strict=True))
    named = rows["sentiment"].to_pylist()
    ids = rows["interaction"].to_pylist()
    if not named:
        return _nothing(_NONE)
    drawn = fair_draw(people)
    is_learned = any("+" in (v or "") for v in rows["model_version"].unique().to_pylist())
    fair = [
        (n, checks[i])
        for i, n in zip(ids, named, strict=True)
        if i in checks and lot_of(i) <= drawn and (not is_learned or is_measuring(i, drawn))
    ]
    if len(fair) >= FEWEST and len(named) >= FEWEST:
        return _corrected(named, fair)
    return _plain([checks.get(i, n) for i, n in zip(ids, named, strict=True)], len(fair))


def _narrow(
    rows: pa.Table,
    *,
    bounds: tuple[datetime, datetime] | None,
    kinds: tuple[str, ...],
    relation: str,
) -> pa.Table:
    keep = pc.and_(pc.is_valid(rows["sentiment"]),
                   pc.equal(pc.fill_null(rows["subject_relation"], "own"), relation))  # fmt: skip
    if bounds is not None:
        low, high = (pa.scalar(b, pa.timestamp("us")) for b in bounds)
        inside = pc.and_(pc.greater_equal(rows["at"], low), pc.less(rows["at"], high))
        keep = pc.and_(keep, pc.fill_null(inside, False))
    if kinds:
        keep = pc.and_(keep, pc.is_in(rows["kind"], pa.array(kinds)))
    return rows.filter(keep)


def _corrected(named: list[str], fair: list[tuple[str, str]]) -> SentimentShare:
    found: Prevalence = estimate_checked(named, [n for n, _ in fair], [t for _, t in fair])
    return SentimentShare(
        dict(found.shares), found.ratio, found.net, len(named), len(fair), True, _CHECKED,
        (("checked", len(fair)),),
    )  # fmt: skip


def _plain(named: list[str], checked: int) -> SentimentShare:
    counts = {s: named.count(s) for s in ("negative", "neutral", "positive")}
    whole, plus, minus = len(named), counts["positive"], counts["negative"]
    shares = {s: _share(n / whole, wilson(n, whole)) for s, n in counts.items()}
    ratio = _share(plus / (plus + minus), wilson(plus, plus + minus)) if plus + minus else None
    net = _share((plus - minus) / whole, balance_of_three(plus, minus, whole))
    data = (("checked", checked), ("fewest", FEWEST))
    return SentimentShare(shares, ratio, net, whole, checked, False, _PLAIN, data)


def _share(value: float, ends: tuple[object, object]) -> Share:
    low, high = (float(np.asarray(e)) for e in ends)
    return Share(value, min(low, value), max(high, value), value)


def _nothing(note: Text) -> SentimentShare:
    return SentimentShare({}, None, None, 0, 0, False, note, ())
