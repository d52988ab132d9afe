"""Floors under the shipped model on real corpora; skipped by name where the data are absent."""

import csv
import os
from pathlib import Path

import numpy as np
import pytest

from tolok.language import SENTIMENTS, label_texts

ROOT = Path(__file__).resolve().parents[4]
DATA = Path(os.environ.get("TOLOK_SHARED_DATA") or ROOT.parent / "shared" / "data") / "sentiment"
HERE = Path(__file__).parent
needs_data = pytest.mark.skipif(not DATA.exists(), reason=f"labelled corpora absent: {DATA}")


def score_f1(truth, said):
    scores = []
    for name in SENTIMENTS:
        true = sum(1 for t in truth if t == name)
        named = sum(1 for s in said if s == name)
        both = sum(1 for t, s in zip(truth, said, strict=True) if t == s == name)
        scores.append(2 * both / (true + named))
    return sum(scores) / 3


@needs_data
@pytest.mark.parametrize(("part", "floor"), [("test", 0.80), ("valid", 0.86)])
def test_smsa_is_judged_above_its_floor(part, floor):
    path = DATA / f"indonlu_smsa/{part}_preprocess.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line]
    said = label_texts([row[0] for row in rows]).sentiment
    assert score_f1([row[1] for row in rows], said.tolist()) >= floor


@needs_data
def test_tweets_are_judged_better_than_a_support_vector_machine_of_2020():
    texts = (DATA / "tweeteval/test_text.txt").read_text(encoding="utf-8").splitlines()
    truth = np.array((DATA / "tweeteval/test_labels.txt").read_text().split(), dtype=int)
    said = label_texts(texts).probabilities.argmax(axis=1)
    recall = np.mean([(said[truth == code] == code).mean() for code in range(3)])
    assert recall >= 0.62


@needs_data
@pytest.mark.parametrize(
    ("folder", "code"),
    [("indonesian", "id"), ("javanese", "jv"), ("sundanese", "su"), ("english", "en")],
)
def test_whole_texts_get_their_language(folder, code):
    with (DATA / f"nusax_senti/{folder}/test.csv").open(encoding="utf-8") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    assert (label_texts(texts).language == code).mean() >= 0.88


def test_the_hard_sentences_are_mostly_right_and_emoji_always():
    for half in ("tuned", "held"):
        lines = (HERE / f"hard/{half}.tsv").read_text(encoding="utf-8").splitlines()[1:]
        rows = [line.split("\t") for line in lines]
        assert len(rows) == 100
        right = label_texts([row[3] for row in rows]).sentiment == np.array([r[2] for r in rows])
        assert right.mean() >= 0.65
        emoji = np.array([row[0] == "emoji_only" for row in rows])
        assert right[emoji].mean() >= 0.95
