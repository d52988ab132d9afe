"""Correction by people: which texts to look at first, what they said, and what the model learns."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text, UserError
from tolok.lake import Batch, Lake, LakeView, Origin
from tolok.language import (
    SENTIMENTS,
    Adaptation,
    Labels,
    Model,
    adapt,
    apply_adaptation,
    choose_to_check,
    load_shipped,
    read_adaptation,
    save_adaptation,
)

from .labels import PERSON, moment_now

Drawn = Literal["random", "doubtful", "chosen"]
SOURCE = "relabel"
LEARNED = "learned.npz"
_SHOWN = ("interaction", "at", "kind", "masked", "sentiment", "confidence", "positive_probability",
          "negative_probability", "doubt", "language", "says", "topic")  # fmt: skip


def read_judged(view: LakeView, brand: str) -> tuple[pa.Table, pa.Table]:
    """Return the labels of the model and those of people, of what people wrote; spam left out.

    One row per interaction each, with its kind and of whom it speaks.
    """
    words = view.table("interactions").filter(
        lambda t: (t.brand == brand) & (t.direction.fill_null("in") == "in")
        & ~t.is_spam.fill_null(False)
    )  # fmt: skip
    words = words.select("interaction", "kind", "subject_relation")
    labels = view.table("labels").filter(lambda t: t.brand == brand)
    rows = labels.join(words, "interaction").to_pyarrow()
    by_model = rows.filter(pc.equal(rows["judge"], "model"))
    return by_model, rows.filter(pc.equal(rows["judge"], PERSON))


def list_to_check(view: LakeView, brand: str, count: int, *, drawn: Drawn) -> pa.Table:
    """Return texts for a person to check, masked, with what the model said.

    `doubtful` gives those it is least sure of, for learning; `random` a fair draw, without which
    no share can be corrected. Rows checked before are left out.
    """
    if view.is_empty("labels"):
        return pa.table({name: [] for name in _SHOWN})
    model, people = read_judged(view, brand)
    open_ = pc.and_(pc.is_valid(model["sentiment"]),
                    pc.invert(pc.is_in(model["interaction"], people["interaction"])))  # fmt: skip
    rows = model.filter(open_)
    order = _by_doubt(rows, count) if drawn == "doubtful" else _by_lot(rows, count)
    return rows.take(pa.array(order, pa.int64())).select(_SHOWN)


def _by_doubt(rows: pa.Table, count: int) -> list[int]:
    positive = rows["positive_probability"].to_numpy()
    negative = rows["negative_probability"].to_numpy()
    chances = np.stack([negative, 1 - positive - negative, positive], axis=1).astype(np.float32)
    said = Labels(
        rows["language"].to_numpy(), rows["language_confidence"].to_numpy(),
        rows["sentiment"].to_numpy(), rows["confidence"].to_numpy(), chances,
        rows["doubt"].to_numpy(), "",
    )  # fmt: skip
    return choose_to_check(said, count)


def _by_lot(rows: pa.Table, count: int) -> list[int]:
    lots = [lot_of(name) for name in rows["interaction"].to_pylist()]
    return sorted(range(len(lots)), key=lambda row: lots[row])[:count]


def lot_of(interaction: str) -> str:
    """Return the lot of an interaction: fixed, and blind to what was written."""
    return hashlib.sha256(interaction.encode()).hexdigest()[:16]


def fair_draw(people: pa.Table) -> str:
    """Return the highest lot drawn at random: every check up to it belongs to the fair draw.

    A text checked for another reason, whose lot would have been drawn too, must not be left out.
    """
    random = people.filter(pc.equal(people["drawn"], "random"))["interaction"].to_pylist()
    return max((lot_of(i) for i in random), default="")


def is_measuring(interaction: str, drawn: str) -> bool:
    """Whether a check is kept for measuring: half of the fair draw never teaches the model.

    A model looks better than it is on what it learned from.
    """
    lot = lot_of(interaction)
    return lot <= drawn and int(lot[-1], 16) % 2 == 0


def relabel(
    lake: Lake, brand: str, sentiments: Mapping[str, str], *, person: str, drawn: Drawn = "chosen"
) -> Batch:
    """Write what a person says of interactions as facts; from now on the model leaves them alone.

    Raises UserError for an unknown sentiment or an interaction the brand does not have.
    """
    for said in sentiments.values():
        if said not in SENTIMENTS:
            raise UserError(
                Text("“{said}” is no sentiment.", "“{said}” bukan sentimen."),
                Text("Say one of {known}.", "Pilih salah satu: {known}."),
                said=said, known=", ".join(SENTIMENTS),
            )  # fmt: skip
    known = _known_rows(LakeView(lake), brand, sentiments)
    worn: dict[str, Any] = {
        "brand": [brand] * known.num_rows,
        "interaction": known["interaction"],
        "at": known["at"],
        "observed_at": pa.repeat(moment_now(), known.num_rows),
        "sentiment": [sentiments[i] for i in known["interaction"].to_pylist()],
        "model": [PERSON] * known.num_rows,
        "model_version": [PERSON] * known.num_rows,
    }
    ends = {"positive_probability": "positive", "negative_probability": "negative"}
    sure = {c: [float(s == name) for s in worn["sentiment"]] for c, name in ends.items()}
    judged = worn | sure | {
        "judge": [PERSON] * known.num_rows,
        "person": [person] * known.num_rows,
        "drawn": [drawn] * known.num_rows, "confidence": [1.0] * known.num_rows,
    }  # fmt: skip
    worn = worn | sure | {"sentiment_confidence": [1.0] * known.num_rows}
    facts = {"labels": pa.table(judged), "interactions": pa.table(worn)}
    return lake.write(facts, Origin(source=SOURCE, brand=brand,
                                    note={"rows": {"labels": known.num_rows}}))  # fmt: skip


def _known_rows(view: LakeView, brand: str, wanted: Mapping[str, str]) -> pa.Table:
    table = view.table("interactions")
    rows = table.filter((table.brand == brand) & table.interaction.isin(list(wanted)))
    found = rows.select("interaction", "at").to_pyarrow()
    missing = sorted(set(wanted) - set(found["interaction"].to_pylist()))
    if missing:
        raise UserError(
            Text("There is no interaction {names} here.", "Tidak ada interaksi {names} di sini."),
            names=", ".join(missing[:5]),
        )
    return found


def read_relabels(view: LakeView) -> tuple[list[str], list[str]]:
    """Return the texts of the workspace from which its model may learn, and what people said.

    Half of the random checks are kept back for measuring.
    """
    if view.is_empty("labels"):
        return [], []
    people = view.table("labels").filter(lambda t: (t.judge == PERSON) & t.sentiment.notnull())
    people = people.select("brand", "interaction", "drawn", truth="sentiment")
    texts = view.table("interactions").select("brand", "interaction", "text")
    rows = people.join(texts, ["brand", "interaction"]).filter(lambda t: t.text.notnull())
    found = rows.order_by("brand", "interaction").to_pyarrow()
    drawn = fair_draw(found)
    kept = [not is_measuring(i, drawn) for i in found["interaction"].to_pylist()]
    found = found.filter(pa.array(kept, pa.bool_()))
    return found["text"].to_pylist(), found["truth"].to_pylist()


def learn(lake: Lake, folder: Path) -> Adaptation:
    """Learn from all relabels of the workspace; kept in its folder only where it helps.

    Raises UserError with fewer than 50 relabels. What was learned before stays in use when the
    new learning does not help.
    """
    texts, truth = read_relabels(LakeView(lake))
    learned = adapt(load_shipped(), texts, truth)
    path = learned_file(folder)
    if learned.changes_labels or (learned.is_kept and not path.exists()):
        path.parent.mkdir(parents=True, exist_ok=True)
        save_adaptation(learned, path)
    return learned


def forget_learning(folder: Path) -> bool:
    """Undo the learning: the shipped model is used again. Returns whether there was any.

    The relabels stay facts, and the file is set aside, not deleted.
    """
    path = learned_file(folder)
    if not path.exists():
        return False
    path.replace(path.with_suffix(".undone.npz"))
    return True


def learned_file(folder: Path) -> Path:
    """Return where a workspace keeps what its model learned."""
    return folder / "language" / LEARNED


def model_of(folder: Path) -> Model:
    """Return the model of the workspace: the shipped one, with what was learned here."""
    path = learned_file(folder)
    base = load_shipped()
    return apply_adaptation(base, read_adaptation(path)) if path.exists() else base
