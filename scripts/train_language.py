"""Train the language model that ships with Tolok, from corpora kept outside the repository.

    .venv/bin/python scripts/train_language.py [--data ../shared/data] [--out FILE] [--calibrate]

Only corpora whose licence lets a model ship are read (see the data card beside the model). Texts
that nearly repeat a row of any test or validation set are left out. The same data give the same
file: every random choice is seeded. Calibration reads the file's own whole-number weights, so
`--calibrate` alone, on a file that is there, ends in the same file, too.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, vstack

from tolok.language.features import SIZE, join_grams, read_features
from tolok.language.fit import balance, fit_head
from tolok.language.labels import label_texts
from tolok.language.model import LANGUAGES, SENTIMENTS, SHIPPED, Head, Model, read_model, save_model
from tolok.language.prevalence import count_confusion
from tolok.language.words import read_table

ROOT = Path(__file__).resolve().parent.parent
ROOM = ROOT / "src/tolok/language"
VERSION = "tolok-language-1.1"
RARER = (
    0.5  # log-odds by which Javanese and Sundanese are less usual than Indonesian; see fit_language
)
SETTINGS = {
    "language_heat": 1.0, "local_heat": 1.0, "english_heat": 1.0, "mixed_share": 0.22,
    "emoji_pull": 1.4, "low": 0.55,
}  # fmt: skip
CODES = {name: code for code, name in enumerate(SENTIMENTS)}
Rows = tuple[list[str], list[int]]
Ints = npt.NDArray[np.int64]


def find_data() -> Path:
    """Return the folder of the labelled corpora."""
    named = os.environ.get("TOLOK_SHARED_DATA")
    return Path(named) if named else ROOT.parent / "shared" / "data"


def read_smsa(data: Path, part: str) -> Rows:
    """Return SmSA's part: train, valid or test."""
    path = data / f"sentiment/indonlu_smsa/{part}_preprocess.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [row[0] for row in rows], [CODES[row[1]] for row in rows]


def read_nusax(data: Path, language: str, part: str) -> Rows:
    """Return NusaX's part of a language."""
    with (data / f"sentiment/nusax_senti/{language}/{part}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [row["text"] for row in rows], [CODES[row["label"]] for row in rows]


def read_prdect(data: Path) -> Rows:
    """Return shop reviews; the corpus knows only praise and blame."""
    with (data / "sentiment/prdect/prdect.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter=";") if row["Sentiment"]]
    texts = [row["Customer Review"] for row in rows]
    return texts, [CODES[row["Sentiment"].lower()] for row in rows]


def read_semeval(data: Path) -> Rows:
    """Return the tweets of SemEval 2013-2016, their escapes undone."""
    texts: list[str] = []
    labels: list[int] = []
    for path in sorted((data / "sentiment/semeval").glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) >= 3 and cells[1] in CODES:
                texts.append(unescape(cells[2]))
                labels.append(CODES[cells[1]])
    return texts, labels


def unescape(text: str) -> str:
    """Return the tweet with escapes such as a written-out apostrophe turned into letters."""
    text = re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), text)
    return text.strip('"').replace('""', '"')


def read_pairs(data: Path, folder: str, part: str) -> Rows:
    """Return texts and labels kept in two files side by side."""
    base = data / "sentiment" / folder
    texts = (base / f"{part}_text.txt").read_text(encoding="utf-8").splitlines()
    labels = (base / f"{part}_labels.txt").read_text(encoding="utf-8").split()
    return texts, [int(label) for label in labels]


def read_plain(data: Path) -> list[str]:
    """Return the unlabelled everyday Indonesian of STIF, for language only."""
    paths = [*sorted((data / "sentiment/stif").glob("*.inf")), data / "sentiment/stif/train.for"]
    return [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def words_of(text: str) -> list[str]:
    """Return the words of a text for comparing texts, links and handles left out."""
    return re.findall(r"\w+", re.sub(r"https?\S+|@\w+", " ", text.lower()))


def drop_repeats(rows: Rows, tests: Iterable[str]) -> Rows:
    """Return the rows without those that share half of their words with a test text.

    Jaccard similarity of word sets, at least 0.5, found by an index of the rarer words; exact
    repeats inside the rows go too.
    """
    sets = [frozenset(words_of(text)) for text in rows[0]]
    index: dict[str, list[int]] = defaultdict(list)
    for row, words in enumerate(sets):
        for word in words:
            index[word].append(row)
    near: set[int] = set()
    for text in tests:
        words = frozenset(words_of(text))
        rare = sorted(words, key=lambda word: len(index.get(word, ())))
        shared = Counter(row for word in rare[: len(rare) // 2 + 1] for row in index.get(word, ()))
        near |= {r for r in shared if len(words & sets[r]) >= 0.5 * len(words | sets[r])}
    seen: set[frozenset[str]] = set()
    kept: list[int] = []
    for row, words in enumerate(sets):
        if row not in near and words not in seen:
            kept.append(row)
            seen.add(words)
    return [rows[0][row] for row in kept], [rows[1][row] for row in kept]


def join(*parts: Rows) -> Rows:
    """Return the rows of all parts, one after another."""
    return [t for part in parts for t in part[0]], [c for part in parts for c in part[1]]


def read_own(each: int = 14) -> Rows:
    """Return the comments written for Tolok, up to `each` of every template."""
    chance = random.Random(11)
    texts: list[str] = []
    labels: list[int] = []
    for head, template in read_table("comments.txt"):
        made = {fill(template, chance) for _ in range(3 * each)}
        for text in sorted(made)[:: max(len(made) // each, 1)][:each]:
            texts.append(text)
            labels.append(CODES[head])
    return texts, labels


def fill(template: str, chance: random.Random) -> str:
    """Return the template with one word chosen from each pair of braces."""
    text = re.sub(r"\{([^}]*)\}", lambda m: chance.choice(m[1].split("|")), template)
    return " ".join(text.replace(" ,", ",").split())


def matrix_of(texts: Sequence[str]) -> csr_matrix:
    """Return words and letters of the texts as one matrix, by text."""
    parts = []
    for start in range(0, len(texts), 4096):
        features = read_features(texts[start : start + 4096])
        parts.append((features.words + join_grams(features)).tocsr())
    return vstack(parts).tocsr().astype(np.float32)


def fit_sentiment(parts: Sequence[tuple[Rows, float]], strength: float) -> Head:
    """Return the head for the corpora, each with the weight of one of its rows."""
    rows = join(*[part for part, _ in parts])
    each = np.concatenate([np.full(len(part[0]), weight) for part, weight in parts])
    classes = np.array(rows[1], dtype=np.int64)
    weights = (balance(classes, 3) * each).astype(np.float32)
    return prune(
        fit_head(matrix_of(rows[0]), classes, 3, strength=strength, weights=weights, rounds=120)
    )


def prune(head: Head, share: float = 0.004) -> Head:
    """Return the head without weights too small to matter once they are whole numbers."""
    limit = share * float(np.abs(head.weights).max())
    return Head(
        np.where(np.abs(head.weights) < limit, 0, head.weights).astype(np.float32), head.bias
    )


def cut_spans(texts: Sequence[str], count: int, chance: random.Random) -> list[str]:
    """Return stretches of one to eight words, every fourth a whole text."""
    spans: list[str] = []
    while len(spans) < count:
        words = chance.choice(texts).split()
        if not words:
            continue
        size = len(words) if chance.random() < 0.25 else min(len(words), chance.randint(1, 8))
        start = chance.randint(0, len(words) - size)
        spans.append(" ".join(words[start : start + size]))
    return spans


def make_malay(texts: Sequence[str], count: int, chance: random.Random) -> list[str]:
    """Return Indonesian stretches rewritten with Malay words; at least a third is replaced."""
    table = {
        head: [c.replace("_", " ") for c in rest.split()] for head, rest in read_table("malay.txt")
    }
    made: list[str] = []
    while len(made) < count:
        words = cut_spans(texts, 1, chance)[0].split()
        new = [chance.choice(table[w]) if w in table else w for w in words]
        changed = sum(a != b for a, b in zip(words, new, strict=True))
        if changed and changed * 3 >= len(words):
            made.append(" ".join(new))
    return made


def gram_rows(texts: Sequence[str]) -> csr_matrix:
    """Return letter n-grams by text, scaled as the language head sees them."""
    rows = join_grams(read_features(texts))
    sizes = np.diff(rows.indptr)
    rows.data = np.repeat(1 / np.sqrt(np.maximum(sizes, 1)), sizes).astype(np.float32)
    return rows


def fit_language(data: Path, count: int = 16000) -> Head:
    """Return the language head, trained on stretches of the labelled texts of each language.

    Each language is trained alike, but comments are not spread alike: three words that could be any
    of the neighbours are most often Indonesian. How much was chosen on validation texts cut to three
    words, such that neither neighbour falls by more than a point.
    """
    chance = random.Random(7)
    local = read_smsa(data, "train")[0] + read_prdect(data)[0] + read_plain(data) * 2
    local += read_nusax(data, "indonesian", "train")[0] * 6
    english = read_semeval(data)[0] + read_nusax(data, "english", "train")[0] * 6
    neighbours = {
        name: [t for part in ("train", "valid") for t in read_nusax(data, name, part)[0]]
        for name in ("javanese", "sundanese")
    }
    spans = {
        "id": cut_spans(local, count * 3 // 2, chance),
        "en": cut_spans(english, count, chance),
        "ms": make_malay(local, count // 2, chance),
        "jv": cut_spans(neighbours["javanese"], count, chance),
        "su": cut_spans(neighbours["sundanese"], count, chance),
    }
    texts = [text for name in LANGUAGES for text in spans[name]]
    classes = np.array([k for k, n in enumerate(LANGUAGES) for _ in spans[n]], dtype=np.int64)
    return less_usual(prune(fit_head(gram_rows(texts), classes, 5, strength=8.0, rounds=60)))


def less_usual(head: Head) -> Head:
    """Return the language head with Javanese and Sundanese said less readily."""
    lower = np.array([RARER if n in ("jv", "su") else 0.0 for n in LANGUAGES], dtype=np.float32)
    return Head(head.weights, (head.bias - lower).astype(np.float32))


def fit_heat(model: Model, name: str, rows: Rows) -> Model:
    """Return the model with the temperature of a head that makes its chances true on the rows."""
    truth = np.array(rows[1])
    best = (np.inf, 1.0)
    for heat in np.geomspace(0.3, 2.0, 20):
        labels = label_texts(rows[0], model.with_settings(**{name: float(heat)}))
        chances = labels.probabilities[np.arange(len(truth)), truth]
        best = min(best, (float(-np.log(np.maximum(chances, 1e-9)).mean()), float(heat)))
    return model.with_settings(**{name: round(best[1], 4)})


def report(text: str) -> None:
    """Print a line with the seconds used so far."""
    print(f"{time.process_time():7.1f} s  {text}", flush=True)


def train(data: Path) -> Model:
    """Return the trained model, not yet calibrated."""
    tests_id = [t for p in ("valid", "test") for t in read_smsa(data, p)[0]]
    tests_id += [t for p in ("valid", "test") for t in read_nusax(data, "indonesian", p)[0]]
    tests_en = [t for p in ("val", "test") for t in read_pairs(data, "tweeteval", p)[0]]
    tests_en += [t for p in ("val", "test") for t in read_pairs(data, "xlm_t_english", p)[0]]
    smsa = drop_repeats(read_smsa(data, "train"), tests_id)
    reviews = drop_repeats(read_prdect(data), tests_id)
    nusax = join(*[read_nusax(data, k, "train") for k in ("indonesian", "javanese", "sundanese")])
    tweets = drop_repeats(
        join(read_semeval(data), read_pairs(data, "xlm_t_english", "train")), tests_en
    )
    own = read_own()
    report(f"rows: smsa {len(smsa[0])}, reviews {len(reviews[0])}, tweets {len(tweets[0])}")
    local = fit_sentiment([(smsa, 1.0), (reviews, 0.7), (nusax, 1.0), (own, 0.6)], 10.0)
    report("local head")
    english = fit_sentiment(
        [(tweets, 1.0), (read_nusax(data, "english", "train"), 1.0), (own, 0.5)], 2.0
    )
    report("english head")
    language = fit_language(data)
    report("language head")
    return Model(VERSION, language, local, english, SETTINGS)


def calibrate(model: Model, data: Path) -> Model:
    """Return the model with its temperatures and mistakes, read off the validation parts."""
    model = replace(model, settings=SETTINGS, notes={})
    model = fit_heat(model, "local_heat", read_smsa(data, "valid"))
    model = fit_heat(model, "english_heat", read_pairs(data, "tweeteval", "val"))
    report("calibrated")
    return note_confusion(model, data)


def note_confusion(model: Model, data: Path) -> Model:
    """Return the model with counts of its mistakes on validation parts, for correcting shares."""
    tables: dict[str, list[list[int]]] = {}
    parts = {
        "local": read_smsa(data, "valid"),
        "english": read_pairs(data, "tweeteval", "val"),
    }
    for name, (texts, codes) in parts.items():
        truth = [SENTIMENTS[code] for code in codes]
        tables[name] = count_confusion(truth, list(label_texts(texts, model).sentiment)).tolist()
    return replace(model, notes={**model.notes, "confusion": tables})


def main() -> None:
    """Train, write the file, and say what it holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=find_data())
    parser.add_argument("--out", type=Path, default=ROOM / "models" / SHIPPED)
    parser.add_argument("--calibrate", action="store_true", help="keep the weights of the file")
    chosen = parser.parse_args()
    if not chosen.calibrate:
        save_model(train(chosen.data), chosen.out)
    size = save_model(calibrate(read_model(chosen.out), chosen.data), chosen.out)
    model = read_model(chosen.out)
    used = int((model.stack() != 0).any(axis=1).sum())
    print(f"{chosen.out.name}: {size:,} bytes, {used:,} of {SIZE:,} buckets, {model.settings}")


if __name__ == "__main__":
    main()
