"""Features of texts for the linear models: words, pairs, letter n-grams, marks of polarity.

All features share one index space of `SIZE` buckets, and a text's features become rows of sparse
matrices; each model is a few columns over the same buckets, so a batch is read once for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from .tokens import (
    BREAK,
    DIGIT,
    EMOJI,
    LETTER,
    MARK,
    Hashes,
    Ints,
    Tokens,
    classes,
    hash_stretch,
    hash_word,
    powers,
    split,
)
from .words import PAIR, Words, load_words

Flags = npt.NDArray[np.bool_]

BITS = 18
SIZE = 1 << BITS
GRAMS = (3, 4, 5)
GRAM_WEIGHT = 0.8
REACH = 3
_MIX = np.uint64(0xFF51AFD7ED558CCD)
_PAIR = np.uint64(PAIR)
_NEGATED = np.uint64(0xA0761D6478BD642F)
_TAG = 0xE7037ED1A0B428DB


@dataclass(frozen=True, slots=True)
class Features:
    """What the models see of a batch.

    `words` has one row per text (words, pairs, marks of polarity), `grams` one row per word with
    its letter n-grams; `word_owners` gives the text of each row of `grams` and `common` whether the
    word is an everyday one of Indonesian or a neighbour, which no English text has. `emoji` is the sum of
    moods and `emoji_count` the number of known emoji of each text; `praise` and `blame` count words
    of polarity, denial reckoned; `irony` is 1 where praise without blame stands beside a word of
    waiting or trouble.
    """

    words: csr_matrix
    grams: csr_matrix
    word_owners: Ints
    letters: Ints
    emoji: npt.NDArray[np.float32]
    emoji_count: Ints
    praise: Ints
    blame: Ints
    irony: Ints
    common: Flags


def bucket(hashes: Hashes) -> npt.NDArray[np.int32]:
    """Return the bucket of each hash, 0 to SIZE - 1."""
    mixed = (hashes ^ (hashes >> np.uint64(29))) * _MIX
    return (mixed >> np.uint64(64 - BITS)).astype(np.int32)


def read_features(texts: Sequence[str]) -> Features:
    """Return the features of the texts; an empty text has empty rows."""
    tokens = split(texts)
    tables = load_words()
    grams, owners, letters, plain = _read_grams(tokens)
    common = tables.common.find(plain)[0]
    words, praise, blame, irony = _read_words(tokens, tables)
    moods = np.where(tokens.kinds == EMOJI, tables.mood[tokens.codes[tokens.starts]], 0)
    known = (tokens.kinds == EMOJI) & tables.emoji[tokens.codes[tokens.starts]]
    emoji = np.bincount(tokens.owners, moods, tokens.count).astype(np.float32)
    counts = np.bincount(tokens.owners, known, tokens.count).astype(np.int64)
    return Features(words, grams, owners, letters, emoji, counts, praise, blame, irony, common)


def rows_to_matrix(rows: Ints, columns: npt.NDArray[np.int32], count: int) -> csr_matrix:
    """Return the matrix of ones whose entries are given row by row in ascending order."""
    pointer = np.zeros(count + 1, dtype=np.int32)
    np.cumsum(np.bincount(rows, minlength=count), out=pointer[1:])
    data = np.ones(len(columns), dtype=np.float32)
    return csr_matrix((data, columns, pointer), shape=(count, SIZE))


def _read_grams(tokens: Tokens) -> tuple[csr_matrix, Ints, Ints, Hashes]:
    """Return n-grams by word, the text of each word, letters of each text, the hash of each word."""
    codes = tokens.codes
    kinds = _kinds_of(codes)
    word = (kinds == LETTER) | (kinds == DIGIT)
    flat = np.where(word, codes, np.uint32(32)).astype(np.uint64) + np.uint64(1)
    up, down = powers(len(codes) + 1)
    sums = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.cumsum(flat * up[: len(codes)], out=sums[1:])
    inside = np.zeros(len(codes) + 1, dtype=np.int32)
    np.cumsum(word, out=inside[1:])
    begins = np.flatnonzero(word[1:] & ~word[:-1])
    stops = np.flatnonzero(word[:-1] & ~word[1:]) + 1
    number = np.cumsum(word & ~np.concatenate(([False], word[:-1]))) - 1
    length = len(codes)
    hashes = np.zeros((length, len(GRAMS) + 1), dtype=np.uint64)
    valid = np.zeros((length, len(GRAMS) + 1), dtype=np.bool_)
    for column, size in enumerate(GRAMS):
        here = length - size + 1
        if here <= 0:
            continue
        hashes[:here, column] = (sums[size:] - sums[:here]) * down[:here]
        valid[:here, column] = inside[size - 1 : length] - inside[1 : here + 1] == size - 2
    hashes[begins, -1] = hash_stretch(sums, begins, stops + 1, down)
    valid[begins, -1] = True
    at = np.flatnonzero(valid.any(axis=1))
    rows = np.repeat(number[at + 1], valid[at].sum(axis=1))
    grams = rows_to_matrix(rows, bucket(hashes[at][valid[at]]), len(begins))
    text = np.cumsum(codes == ord(BREAK)) - 1
    letters = np.bincount(text[kinds == LETTER], minlength=tokens.count)
    plain = hash_stretch(sums, begins + 1, stops, down)
    return grams, text[begins + 1], letters, plain


def _kinds_of(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint8]:
    return classes()[codes]


def _read_words(tokens: Tokens, tables: Words) -> tuple[csr_matrix, Ints, Ints, Ints]:
    """Return words, pairs and tags by text, then praise, blame and irony."""
    keep = tokens.hashes != _NYA
    hashes, owners, kinds = tokens.hashes[keep], tokens.owners[keep], tokens.kinds[keep]
    known, plain = tables.plain.find(hashes)
    hashes = np.where(known, plain.view(np.uint64), hashes)
    breaks = (kinds == MARK) | tables.breaks.find(hashes)[0]
    denied = find_denied(tables.negators.find(hashes)[0], breaks, owners)
    polarity = _find_polarity(hashes, owners, tables)
    signed = np.where(denied, -polarity, polarity)
    said = (kinds != MARK) | np.isin(hashes, _LOUD)
    single = np.where(denied, hashes ^ _NEGATED, hashes)
    pairs = single[:-1] * _PAIR + single[1:]
    paired = owners[:-1] == owners[1:] if len(owners) else np.zeros(0, dtype=np.bool_)
    count = tokens.count
    rows = np.concatenate((owners[said], owners[:-1][paired]))
    columns = np.concatenate((bucket(single[said]), bucket(pairs[paired])))
    order = np.argsort(rows, kind="stable")
    block = scale_rows(rows_to_matrix(rows[order], columns[order], count), 1.0)
    tags = _read_tags(polarity, denied, _after_break(breaks, owners), owners, count)
    praise = np.bincount(owners[signed > 0], minlength=count)
    blame = np.bincount(owners[signed < 0], minlength=count)
    trouble = np.bincount(owners[tables.trouble.find(hashes)[0]], minlength=count)
    contrast = np.bincount(owners[breaks & (kinds != MARK)], minlength=count)
    irony = (praise > 0) & (blame == 0) & (trouble > 0)
    both = (praise > 0) & (blame > 0)
    whole = np.stack([irony, both, both & (contrast > 0), praise > blame, praise < blame], axis=1)
    rows, which = np.nonzero(whole)
    block = block + tags + rows_to_matrix(rows, _WHOLE[which], count)
    return block, praise, blame, irony.astype(np.int64)


def find_denied(negators: Flags, breaks: Flags, owners: Ints) -> Flags:
    """Return which tokens a negator before them denies: within `REACH` words, before any break."""
    place = np.arange(len(owners))
    first = np.searchsorted(owners, owners)
    negator = np.maximum.accumulate(np.where(negators, place, -REACH - 2)) if len(place) else place
    stop = np.maximum.accumulate(np.where(breaks, place, -1)) if len(place) else place
    near = (place - negator <= REACH) & (negator > stop) & (negator >= first)
    return near & ~negators


def _find_polarity(hashes: Hashes, owners: Ints, tables: Words) -> Ints:
    single = tables.polarity.find(hashes)[1]
    if len(hashes) < 2:
        return single
    known, double = tables.pairs.find(hashes[:-1] * _PAIR + hashes[1:])
    known &= owners[:-1] == owners[1:]
    first = np.append(known, False)
    second = np.concatenate(([False], known))
    single = np.where(first, 0, single)
    return np.where(second, np.concatenate(([0], double)), single)


def _after_break(breaks: Flags, owners: Ints) -> Flags:
    """Return which tokens stand behind the last break word of their text."""
    total = np.cumsum(breaks)
    if not len(owners):
        return np.zeros(0, dtype=np.bool_)
    last = np.searchsorted(owners, owners, side="right") - 1
    first = np.searchsorted(owners, owners)
    before = np.where(first > 0, total[first - 1], 0)
    return (total == total[last]) & (total > before)


def _read_tags(polarity: Ints, denied: Flags, after: Flags, owners: Ints, count: int) -> csr_matrix:
    """Return marks of polarity: strength, sign and denial of each known word, by text."""
    at = np.flatnonzero(polarity)
    code = (polarity[at] + 2) * 2 + denied[at]
    rows = np.concatenate((owners[at], owners[at]))
    columns = np.concatenate((_TAGS[code], _TAGS[np.where(after[at], code + 10, code + 20)]))
    order = np.argsort(rows, kind="stable")
    return scale_rows(rows_to_matrix(rows[order], columns[order], count), 1.0)


def scale_rows(matrix: csr_matrix, weight: float) -> csr_matrix:
    """Return the matrix with each row divided by the root of its number of entries."""
    sizes = np.diff(matrix.indptr)
    matrix.data *= np.repeat(weight / np.sqrt(np.maximum(sizes, 1)), sizes).astype(np.float32)
    return matrix


def join_grams(features: Features) -> csr_matrix:
    """Return the letter n-grams by text instead of by word, scaled."""
    count = features.words.shape[0]
    rows = np.repeat(features.word_owners, np.diff(features.grams.indptr))
    return scale_rows(rows_to_matrix(rows, features.grams.indices, count), GRAM_WEIGHT)


def _hash_of(word: str) -> np.uint64:
    return np.uint64(hash_word(word))


_NYA = _hash_of("nya")
_LOUD = np.array([_hash_of("!"), _hash_of("?")], dtype=np.uint64)
_WHOLE = bucket(np.arange(101, 106, dtype=np.uint64) * np.uint64(_TAG))
_TAGS = bucket(np.arange(1, 31, dtype=np.uint64) * np.uint64(_TAG))
