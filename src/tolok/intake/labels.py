"""Labelling: what people wrote gets language, sentiment, kinds and topics, as facts with a version.

Only rows without a label of the current model version are read. A person's label is never touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from ibis.expr import types as ir

from tolok.lake import Lake, LakeView, Origin
from tolok.language import Labels, Model, find_kinds, label_texts, load_shipped, mask_all

from .topics import BrandTopics

MODEL = "tolok-language"
PERSON = "person"
OTHER = "other"
BATCH = 20_000
SOURCE = "labels"
_READ = ("id", "in", "en", "ms", "jv", "su", "und", "none", "mixed", "")
_COLUMNS = ("interaction", "at", "text", "language", "model")

Progress = Callable[[int, int], None]  # rows done, rows in all


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a run of labelling did; `foreign` were in a language the model does not know.

    `kept` carry a person's label or one of their source and were left as they are.
    """

    written: int
    foreign: int
    kept: int
    version: str


def waiting_rows(view: LakeView, brand: str, version: str) -> ir.Table:
    """Return the texts of the brand that carry no label of the version, nor a better one.

    Better is a person's label, or a sentiment the source itself gave.
    """
    rows = view.table("interactions").filter(lambda t: (t.brand == brand) & t.text.notnull())
    ours = rows.model == MODEL
    unlabelled = rows.model.isnull() & rows.sentiment.isnull()
    return rows.filter(unlabelled | (ours & (rows.model_version.fill_null("") != version)))


def count_labels(view: LakeView, brand: str, version: str) -> tuple[int, int, int]:
    """Return how many texts there are, wait for a label, and carry a person's or source's label."""
    if view.is_empty("interactions"):
        return 0, 0, 0
    rows = view.table("interactions").filter(lambda t: (t.brand == brand) & t.text.notnull())
    waiting = waiting_rows(view, brand, version)
    better = rows.filter((rows.model == PERSON) | (rows.model.isnull() & rows.sentiment.notnull()))
    found = [int(t.count().to_pyarrow().as_py()) for t in (rows, waiting, better)]
    return found[0], found[1], found[2]


def label_brand(
    lake: Lake, brand: str, model: Model | None = None, *,
    topics: BrandTopics | None = None, progress: Progress | None = None, batch: int = BATCH,
) -> Labelled:  # fmt: skip
    """Label every text of the brand that has no label of this model version, batch by batch.

    Each batch is one write, so that what is done stays done when the run is broken off. `progress`
    is told (done, all) after each.
    """
    chosen = model or load_shipped()
    view = LakeView(lake)
    _, waiting, better = count_labels(view, brand, chosen.version)
    done = foreign = 0
    for rows in _batches(view, brand, chosen.version, batch) if waiting else ():
        facts, strange = label_rows(rows, brand, chosen, topics or BrandTopics())
        note = {"rows": {"labels": rows.num_rows}, "version": chosen.version}
        lake.write(facts, Origin(source=SOURCE, brand=brand, note=note))
        done += rows.num_rows
        foreign += strange
        if progress is not None:
            progress(done, waiting)
    return Labelled(done, foreign, better, chosen.version)


def _batches(view: LakeView, brand: str, version: str, size: int) -> Iterator[pa.Table]:
    rows = waiting_rows(view, brand, version).select(*_COLUMNS)
    # By time, so that one batch touches few months of the lake.
    ordered = rows.order_by([ibis.asc("at"), ibis.asc("interaction")]).to_pyarrow()
    for start in range(0, ordered.num_rows, size):
        yield ordered.slice(start, size)


def label_rows(
    rows: pa.Table, brand: str, model: Model, topics: BrandTopics
) -> tuple[dict[str, pa.Table], int]:
    """Return the facts that label the rows, and how many are in a language the model cannot read."""
    texts = rows["text"].to_pylist()
    labels = label_texts(texts, model)
    said = [None if m else g for g, m in zip(rows["language"].to_pylist(),
                                             rows["model"].to_pylist(), strict=True)]  # fmt: skip
    strange = np.array([(g or "").lower().split("-")[0] not in _READ for g in said], dtype=bool)
    shared = _shared(rows, brand, labels, strange) | _topics(topics, texts)
    language = [g if s else str(n) for g, s, n in zip(said, strange, labels.language, strict=True)]
    kinds = find_kinds(texts, labels)
    judged = shared | {
        "judge": ["model"] * len(texts),
        "doubt": np.where(strange, "language", labels.doubt).tolist(),
        "says": [",".join(kinds.names(row)) for row in range(len(texts))],
        "language": language,
        "language_confidence": _hidden(labels.language_confidence, strange),
        "masked": [m.text for m in mask_all(texts)],
        "confidence": _hidden(labels.confidence, strange),
    }
    worn = shared | {
        "language": language,
        "sentiment_confidence": _hidden(labels.confidence, strange),
    }
    return {"labels": pa.table(judged), "interactions": pa.table(worn)}, int(strange.sum())


def _shared(rows: pa.Table, brand: str, labels: Labels, strange: Any) -> dict[str, Any]:
    count = rows.num_rows
    return {
        "brand": pa.repeat(pa.scalar(brand), count),
        "interaction": rows["interaction"],
        "at": rows["at"],
        "observed_at": pa.repeat(moment_now(), count),
        "sentiment": _hidden(labels.sentiment, strange),
        "positive_probability": _hidden(labels.probabilities[:, 2], strange),
        "negative_probability": _hidden(labels.probabilities[:, 0], strange),
        "model": pa.repeat(pa.scalar(MODEL), count),
        "model_version": pa.repeat(pa.scalar(labels.version), count),
    }


def _topics(topics: BrandTopics, texts: list[str]) -> dict[str, list[str | None]]:
    if not topics.topics:
        return {"topic": [None] * len(texts), "topics": [None] * len(texts)}
    # A word, not a blank: blanks do not wipe out what an earlier list of topics found.
    found = [names or (OTHER,) for names in topics.find(texts)]
    return {"topic": [n[0] for n in found], "topics": [",".join(n) for n in found]}


def _hidden(values: Any, strange: Any) -> pa.Array:
    """Return the values, null where the model cannot read the language: no label is no neutral."""
    kept = values.astype(np.float64) if values.dtype.kind == "f" else values.astype(object)
    return pc.if_else(pa.array(strange), pa.nulls(len(kept), pa.array(kept).type), pa.array(kept))


def moment_now() -> pa.Scalar:
    """Return this moment as the lake writes it."""
    return pa.scalar(datetime.now(UTC).replace(tzinfo=None), pa.timestamp("us"))
