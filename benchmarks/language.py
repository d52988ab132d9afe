"""Measure the language model beside published figures, VADER and a lexicon count, in one run.

    .venv/bin/python benchmarks/language.py [--tuned] [--all]

Reads the labelled corpora in place; each published figure is named with its source. The half of
the hard sentences that is held back is scored but its sentences are never printed. Every text is
labelled once and its labels are kept. The CPU seconds used so far stand before each part. `--all`
adds 1,600 relabels and more draws.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from tolok.language import (
    SENTIMENTS,
    Adaptation,
    Labels,
    adapt,
    choose_to_check,
    estimate_checked,
    estimate_prevalence,
    label_texts,
    load_shipped,
    mix_confusion,
)
from tolok.language.adapt import read_rows
from tolok.language.model import SHIPPED, softmax

ROOT = Path(__file__).resolve().parent.parent
ROOM = ROOT / "src/tolok/language"
Ints = npt.NDArray[np.int64]
Guess = Callable[[Sequence[str]], Ints]
Set = tuple[list[str], Ints]
Floats = npt.NDArray[np.float32]
_KEPT: dict[tuple[int, str, str], Labels] = {}
CODES = {name: code for code, name in enumerate(SENTIMENTS)}


def find_data() -> Path:
    """Return the folder of the labelled corpora."""
    named = os.environ.get("TOLOK_SHARED_DATA")
    return (Path(named) if named else ROOT.parent / "shared" / "data") / "sentiment"


def read_smsa(part: str) -> Set:
    """Return SmSA's part."""
    path = find_data() / f"indonlu_smsa/{part}_preprocess.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [row[0] for row in rows], np.array([CODES[row[1]] for row in rows])


def read_nusax(language: str) -> Set:
    """Return NusaX's test part of a language."""
    with (find_data() / f"nusax_senti/{language}/test.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [row["text"] for row in rows], np.array([CODES[row["label"]] for row in rows])


def read_pairs(folder: str, part: str) -> Set:
    """Return texts and labels kept side by side."""
    base = find_data() / folder
    texts = (base / f"{part}_text.txt").read_text(encoding="utf-8").splitlines()
    labels = (base / f"{part}_labels.txt").read_text(encoding="utf-8").split()
    return texts, np.array([int(label) for label in labels])


def read_ridife() -> Set:
    """Return tweets of a corpus that never trains what ships: an unseen domain."""
    with (find_data() / "ridife/labeled.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [row["Tweet"] for row in rows], np.array([int(row["sentimen"]) + 1 for row in rows])


def read_hard(half: str) -> tuple[Set, list[str]]:
    """Return one half of the hard sentences and the kind of each."""
    path = ROOM / f"tests/hard/{half}.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    labels = np.array([CODES[row[2]] for row in rows])
    return ([row[3] for row in rows], labels), [row[0] for row in rows]


def label_once(texts: Sequence[str]) -> Labels:
    """Return the shipped model's labels of the texts, computed at the first asking only."""
    key = (len(texts), texts[0], texts[-1])
    if key not in _KEPT:
        _KEPT[key] = label_texts(texts)
    return _KEPT[key]


def guess_ours(texts: Sequence[str]) -> Ints:
    """Return the classes our model names."""
    return label_once(texts).probabilities.argmax(axis=1)


def guess_vader(texts: Sequence[str]) -> Ints:
    """Return VADER's classes at its authors' thresholds, +-0.05 of the compound score."""
    analyser = SentimentIntensityAnalyzer()
    scores = np.array([analyser.polarity_scores(text)["compound"] for text in texts])
    return np.where(scores >= 0.05, 2, np.where(scores <= -0.05, 0, 1))


def make_lexicon() -> Guess:
    """Return a counter of InSet's weighted words; it is measured here and never shipped."""
    weights: dict[str, int] = {}
    for name in ("positive", "negative"):
        path = find_data() / f"inset_lexicon/{name}.tsv"
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            word, _, weight = line.partition("\t")
            weights[word] = weights.get(word, 0) + int(weight)

    def guess(texts: Sequence[str]) -> Ints:
        sums = [sum(weights.get(w, 0) for w in re.findall(r"\w+", t.lower())) for t in texts]
        return np.sign(np.array(sums)).astype(np.int64) + 1

    return guess


def macro_f1(truth: Ints, said: Ints) -> float:
    """Return the mean F1 over the three classes."""
    scores = []
    for code in range(3):
        hits = int(((truth == code) & (said == code)).sum())
        scores.append(2 * hits / max(int((truth == code).sum() + (said == code).sum()), 1))
    return float(np.mean(scores))


def macro_recall(truth: Ints, said: Ints) -> float:
    """Return the mean recall over the classes that occur."""
    return float(np.mean([(said[truth == code] == code).mean() for code in np.unique(truth)]))


def error_of(chances: Floats, truth: Ints, bins: int = 15) -> float:
    """Return the expected calibration error of the named class, equal-width bins."""
    right, sure = chances.argmax(axis=1) == truth, chances.max(axis=1)
    place = np.minimum((sure * bins).astype(int), bins - 1)
    total = 0.0
    for one in range(bins):
        at = place == one
        if at.any():
            total += at.mean() * abs(right[at].mean() - sure[at].mean())
    return float(total)


def print_scores() -> None:
    """Print macro-F1 and macro-recall of all models on all sets."""
    lexicon = make_lexicon()
    rivals: dict[str, Guess] = {"ours": guess_ours, "VADER": guess_vader, "InSet": lexicon}
    sets: list[tuple[str, Set, Callable[[Ints, Ints], float], str]] = [
        (
            "SmSA test, macro-F1",
            read_smsa("test"),
            macro_f1,
            "mBERT .841 IndoBERT-base .877 XLM-R-base .914 IndoBERT-large .927; target .80",
        ),
        ("SmSA validation, macro-F1", read_smsa("valid"), macro_f1, "target .88"),
        (
            "TweetEval test, macro-recall",
            read_pairs("tweeteval", "test"),
            macro_recall,
            "SVM .629 fastText .629 BiLSTM .583 RoBERTa .713 BERTweet .734; target .65",
        ),
        ("TweetEval validation, macro-recall", read_pairs("tweeteval", "val"), macro_recall, ""),
        ("XLM-T English test, macro-F1", read_pairs("xlm_t_english", "test"), macro_f1, ""),
        ("NusaX Indonesian test, macro-F1", read_nusax("indonesian"), macro_f1, "linear .85-.86"),
        ("NusaX English test, macro-F1", read_nusax("english"), macro_f1, ""),
        ("NusaX Javanese test, macro-F1", read_nusax("javanese"), macro_f1, ""),
        ("NusaX Sundanese test, macro-F1", read_nusax("sundanese"), macro_f1, ""),
        ("ridife (unseen, never trained on)", read_ridife(), macro_f1, ""),
    ]
    print(f"{'set':36}{'ours':>8}{'VADER':>8}{'InSet':>8}   published, target")
    for name, data, score, note in sets:
        figures = [score(data[1], guess(data[0])) for guess in rivals.values()]
        print(f"{name:36}" + "".join(f"{f:8.3f}" for f in figures) + f"   {note}", flush=True)
    for half in ("tuned", "held"):
        data, _ = read_hard(half)
        figures = [float((guess(data[0]) == data[1]).mean()) for guess in rivals.values()]
        note = "own sentences, accuracy; target .65"
        print(
            f"{f'hard 100, {half} half':36}" + "".join(f"{f:8.3f}" for f in figures) + f"   {note}"
        )


def print_hard(show: bool) -> None:
    """Print the hard sentences by kind; with `show` the mistakes on the tuned half."""
    print("\nhard sentences by kind")
    for half in ("tuned", "held"):
        data, kinds = read_hard(half)
        labels = label_once(data[0])
        right = labels.probabilities.argmax(axis=1) == data[1]
        doubt = labels.doubt != ""
        for kind in dict.fromkeys(kinds):
            at = np.array([k == kind for k in kinds])
            print(
                f"  {half:6}{kind:16}{right[at].mean():6.2f} right of {at.sum():3}, "
                f"{doubt[at].mean():.2f} flagged uncertain"
            )
        wrong = ~right
        print(f"  {half:6}errors flagged uncertain: {(doubt & wrong).sum()} of {wrong.sum()}")
        if show and half == "tuned":
            for row in np.flatnonzero(wrong):
                print(
                    f"    {SENTIMENTS[data[1][row]]:9}{labels[int(row)].sentiment:9}"
                    f"{labels[int(row)].confidence:5.2f} {labels[int(row)].language:6}{data[0][row]}"
                )


def print_languages() -> None:
    """Print how often the language is right on the first 3 and 6 words and on whole texts."""
    names = {"id": "indonesian", "en": "english", "jv": "javanese", "su": "sundanese"}
    print(
        "\nlanguage, NusaX test      3 words  6 words      all   (target at 3: .95, .95, .85, .85)"
    )
    for code, folder in names.items():
        texts = read_nusax(folder)[0]
        shares = []
        for size in (3, 6, 1000):
            cut = [" ".join(text.split()[:size]) for text in texts]
            shares.append((label_texts(cut).language == code).mean())
        print(f"  {code:22}" + "".join(f"{share:9.3f}" for share in shares))
    chance = random.Random(3)
    local, foreign = read_nusax("indonesian")[0], read_nusax("english")[0]
    spliced = [
        " ".join(a.split()[: chance.randint(4, 7)] + b.split()[: chance.randint(4, 7)])
        for a, b in zip(local, reversed(foreign), strict=True)
        if min(len(a.split()), len(b.split())) >= 4
    ]
    print(f"  mixed, spliced id + en  {(label_texts(spliced).language == 'mixed').mean():.3f}")
    alone = [" ".join(t.split()[:10]) for t in local + foreign]
    print(f"  called mixed but is not {(label_texts(alone).language == 'mixed').mean():.3f}")


def print_speed() -> None:
    """Print texts per second on one core and the size of the model."""
    size = (ROOM / "models" / SHIPPED).stat().st_size
    print(f"\nmodel {load_shipped().version}: {size / 1e6:.2f} MB (target 3)")
    for name, texts in (
        ("tweets", read_pairs("tweeteval", "test")[0]),
        ("Indonesian reviews and tweets", read_smsa("train")[0]),
        ("short comments", read_hard("tuned")[0][0] * 100),
    ):
        start = time.process_time()
        label_texts(texts)
        rate = len(texts) / (time.process_time() - start)
        mean = sum(map(len, texts)) / len(texts)
        print(
            f"  {rate:8,.0f} texts/s on one core, {name}, {mean:.0f} letters (target 2,000; 10,000)"
        )
    analyser, texts = SentimentIntensityAnalyzer(), read_pairs("tweeteval", "test")[0][:3000]
    start = time.process_time()
    for text in texts:
        analyser.polarity_scores(text)
    print(f"  {len(texts) / (time.process_time() - start):8,.0f} texts/s VADER, tweets")


def print_learning(sizes: Sequence[int], rounds: int) -> None:
    """Print what relabels bring on an unseen domain: a workspace made of ridife's tweets.

    Each draw takes 4,000 tweets as the pool that is asked about and tests on all others; the errors
    are standard errors over the draws, which share tweets, so they are a little too small.
    """
    texts, truth = read_ridife()
    names, model = np.array(SENTIMENTS)[truth].tolist(), load_shipped()
    labels, rows = label_once(texts), read_rows(texts)
    base = labels.probabilities
    order = np.argsort(choose_to_check(labels, len(texts)))  # the place of each in the queue
    print(
        f"\nrelabels, ridife as a workspace: {rounds} draws (target +4 at 100, +7 at 400 points of F1)"
    )
    for size in sizes:
        for way in ("random", "unsure"):
            gains = []
            for seed in range(rounds):
                lot = np.random.default_rng(seed).permutation(len(texts))
                pool, test = lot[:4000], lot[4000:]
                pick = pool[np.argsort(order[pool])][:size] if way == "unsure" else pool[:size]
                found = adapt(model, [texts[i] for i in pick], [names[i] for i in pick], seed=seed)
                gains.append(measure_learning(found, base[test], rows[test], truth[test]))
            print_gain(f"{size:5} {way}", np.array(gains))


def measure_learning(found: Adaptation, base: Floats, rows: csr_matrix, truth: Ints) -> list[float]:
    """Return F1, accuracy and ECE before and after, and whether the addition was kept."""
    after = base
    if found.extra is not None and found.mix is not None:
        kept = np.log(np.maximum(base, 1e-9)) @ found.mix
        after = softmax((kept + rows @ found.extra.weights + found.extra.bias).astype(np.float32))
    said = [(macro_f1(truth, p.argmax(axis=1)), (p.argmax(axis=1) == truth).mean(),
             error_of(p, truth)) for p in (base, after)]  # fmt: skip
    return [f for pair in zip(*said, strict=True) for f in pair] + [float(found.is_kept)]


def print_gain(name: str, gains: npt.NDArray[np.float64]) -> None:
    """Print the means over the draws with the standard error of the gain in F1."""
    f = gains.mean(axis=0)
    rise = 100 * (gains[:, 1] - gains[:, 0])
    error = rise.std(ddof=1) / len(rise) ** 0.5
    print(
        f"  {name:12} F1 {f[0]:.3f} -> {f[1]:.3f} ({rise.mean():+.1f} ± {error:.1f}), accuracy {f[2]:.3f} -> "
        f"{f[3]:.3f}, ECE {f[4]:.3f} -> {f[5]:.3f}, kept {f[6]:.2f}",
        flush=True,
    )


def print_prevalence(draws: int) -> None:
    """Print how often 95 % intervals of the positive share hold the truth, on real texts.

    Populations of 400 texts with shares drawn anew each time; the confusion comes from the
    validation part noted in the model, a random check from 100 of the texts themselves.
    """
    error = 100 * (0.95 * 0.05 / draws) ** 0.5
    print(f"\nprevalence of positive, {draws} draws (± {error:.1f} points): 95 % interval holds the truth "
          "(mean error in points)")  # fmt: skip
    chance = np.random.default_rng(2)
    for name, (texts, truth) in (
        ("SmSA test", read_smsa("test")),
        ("TweetEval test", read_pairs("tweeteval", "test")),
        ("NusaX Indonesian test", read_nusax("indonesian")),
        ("ridife (unseen)", read_ridife()),
    ):
        labels = label_once(texts)
        table = mix_confusion(load_shipped(), labels)
        of_class = [np.flatnonzero(truth == code) for code in range(3)]
        found = np.array([draw_once(labels, truth, of_class, table, chance) for _ in range(draws)])
        h, o = found[:, :3].mean(axis=0), 100 * found[:, 3:].mean(axis=0)
        print(
            f"  {name:24} plain count {h[2]:.2f} ({o[2]:.1f}), by confusion {h[0]:.2f} ({o[0]:.1f}), "
            f"100 checked {h[1]:.2f} ({o[1]:.1f})",
            flush=True,
        )


def draw_once(
    labels: Labels, truth: Ints, of_class: Sequence[Ints], table: Ints,
    chance: np.random.Generator,
) -> list[float]:  # fmt: skip
    """Return for confusion, check and plain count whether the interval holds, then how far off."""
    shares = chance.dirichlet([3, 3, 3])
    sizes = chance.multinomial(400, shares)
    at = np.concatenate([chance.choice(rows, n) for rows, n in zip(of_class, sizes, strict=True)])
    chance.shuffle(at)
    some, real = labels.sentiment[at].tolist(), np.array(SENTIMENTS)[truth[at[:100]]].tolist()
    ways = (estimate_prevalence(some, table).shares["positive"],
            estimate_checked(some, some[:100], real).shares["positive"])  # fmt: skip
    counted = ways[0].counted
    width = 1.96 * (counted * (1 - counted) / 400) ** 0.5
    held = [float(way.low <= shares[2] <= way.high) for way in ways]
    held.append(float(abs(counted - shares[2]) <= width))
    return held + [abs(way.value - shares[2]) for way in ways] + [abs(counted - shares[2])]


def print_calibration() -> None:
    """Print the calibration error at home and on domains the model never saw."""
    print("\ncalibration error (ECE): target .04 at home, .07 unseen")
    for name, data in (
        ("SmSA test (home)", read_smsa("test")),
        ("SmSA validation", read_smsa("valid")),
        ("TweetEval test (home)", read_pairs("tweeteval", "test")),
        ("NusaX Indonesian", read_nusax("indonesian")),
        ("NusaX English (unseen)", read_nusax("english")),
        ("ridife (unseen)", read_ridife()),
    ):
        print(f"  {name:28}{error_of(label_once(data[0]).probabilities, data[1]):.3f}")


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tuned", action="store_true", help="show mistakes on the tuned half")
    parser.add_argument("--all", action="store_true", help="more draws, and 1,600 relabels")
    chosen = parser.parse_args()
    label_texts(["warm"])
    sizes, rounds, draws = ((100, 400, 1600), 10, 300) if chosen.all else ((100, 400), 5, 100)
    for part in (
        print_speed,
        print_scores,
        lambda: print_hard(chosen.tuned),
        print_calibration,
        print_languages,
        lambda: print_prevalence(draws),
        lambda: print_learning(sizes, rounds),
    ):
        print(f"\n[{time.process_time():.0f} s of CPU]", end="")
        part()
    print(f"\n[{time.process_time():.0f} s of CPU] done")


if __name__ == "__main__":
    main()
