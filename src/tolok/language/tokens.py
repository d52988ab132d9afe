"""Texts into tokens, all at once: one buffer of code points, a hash for any stretch of it.

A batch is joined into one array of code points. The hash of a stretch [s, e) is
(S[e] - S[s]) * B**-s modulo 2**64, where S is the running sum of c * B**i and B is odd and so has
an inverse: any word or n-gram is hashed by two look-ups and one product, without a Python loop.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Codes = npt.NDArray[np.uint32]

BASE = 0x9E3779B97F4A7C15
INVERSE = pow(BASE, -1, 2**64)
BREAK = "\x1e"  # white space to a regular expression, so that no pattern runs over it
OTHER, LETTER, DIGIT, MARK, EMOJI, BETWEEN = 0, 1, 2, 3, 4, 5

_LINK = re.compile(r"(?:https?://|www\.)\S+|xxx(?:user|number|date|url)xxx|\[(?:url|username)\]")
_PERSON = re.compile(r"(?<![\w.])@[\w.]+")
_FACE = re.compile(
    r"(?<![\w:;=])(?:[:;=8x]['-]?(?P<good>[)\]dp*]+)|:['-]?(?P<bad>[(\[/|]+)|(?P<heart><3+)|"
    r"(?P<sad>t[_.]t|:'\()|(?P<joy>\^[_.]?\^)|(?P<bored>-[_.]+-))(?!\w)"
)
_FACES = {"good": "🙂", "bad": "🙁", "heart": "❤", "sad": "😭", "joy": "😊", "bored": "😒"}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a batch: where each stands in the buffer, its hash, and its text.

    `starts`, `ends`, `hashes`, `kinds` and `owners` have one entry per token; `codes` is the
    buffer, `sums` the running hash sums; `count` is the number of texts.
    """

    codes: Codes
    sums: Hashes
    starts: Ints
    ends: Ints
    hashes: Hashes
    kinds: npt.NDArray[np.uint8]
    owners: Ints
    count: int

    def texts(self) -> list[str]:
        """Return the tokens as strings, in the order of the batch."""
        whole = self.codes.tobytes().decode("utf-32-le", "replace")
        return [whole[s:e] for s, e in zip(self.starts.tolist(), self.ends.tolist(), strict=True)]


@lru_cache(maxsize=1)
def classes() -> npt.NDArray[np.uint8]:
    """Return the class of each code point: letter, digit, mark, emoji, between or other."""
    table = np.zeros(0x110000, dtype=np.uint8)
    for code in range(0x2000):
        if chr(code).isalpha():
            table[code] = LETTER
        elif chr(code).isdigit():
            table[code] = DIGIT
    table[0x2C00:0xD800] = LETTER
    table[0x2E00:0x2E80] = OTHER
    table[0x3000:0x3040] = OTHER
    for low, high in ((0x2190, 0x2C00), (0x1F000, 0x1FB00)):
        table[low:high] = EMOJI
    table[0x1F3FB:0x1F400] = BETWEEN
    table[[0x200D, 0xFE0F, 0x20E3]] = BETWEEN
    for mark in "!?.,;:":
        table[ord(mark)] = MARK
    return table


@lru_cache(maxsize=4)
def _powers(size: int) -> tuple[Hashes, Hashes]:
    ones = np.ones(size, dtype=np.uint64)
    up, down = ones.copy(), ones.copy()
    up[1:] = BASE
    down[1:] = INVERSE
    return np.multiply.accumulate(up), np.multiply.accumulate(down)


def powers(size: int) -> tuple[Hashes, Hashes]:
    """Return B**i and B**-i for i below `size`, rounded up so that the tables are shared."""
    return _powers(1 << max(size, 1024).bit_length())


def clean(texts: Sequence[str]) -> str:
    """Return the batch as one lower-case string: links and handles gone, smileys as emoji."""
    joined = BREAK.join(texts)
    if joined.count(BREAK) != max(len(texts) - 1, 0):
        joined = BREAK.join(text.replace(BREAK, " ") for text in texts)
    joined = joined.lower()
    if "://" in joined or "www." in joined or "xxx" in joined or "[u" in joined:
        joined = _LINK.sub(" ", joined)
    if "@" in joined:
        joined = _PERSON.sub(" ", joined)
    joined = _FACE.sub(lambda m: f" {_FACES[m.lastgroup or 'bored']} ", joined)
    return joined.replace("’", "'").replace("‘", "'")


def squeeze(codes: Codes, kinds: npt.NDArray[np.uint8]) -> Codes:
    """Return the buffer with drawn-out letters shortened: `bangeeettt` → `bangeet`.

    Runs of three or more become one letter, or two for e and o inside a word (`gooood`).
    """
    if len(codes) < 3:
        return codes
    turns = np.flatnonzero(codes[1:] != codes[:-1]) + 1
    starts = np.concatenate(([0], turns))
    lengths = np.diff(np.append(starts, len(codes)))
    long = (lengths >= 3) & (kinds[starts] == LETTER)
    if not long.any():
        return codes
    after = kinds[np.minimum(starts + lengths, len(codes) - 1)] == LETTER
    heads = codes[starts]
    double = after & ((heads == ord("e")) | (heads == ord("o")))
    lengths[long] = np.where(double[long], 2, 1)
    return np.repeat(heads, lengths)


def hash_stretch(sums: Hashes, starts: Ints, ends: Ints, down: Hashes) -> Hashes:
    """Return the hash of each stretch [start, end) of the buffer."""
    return (sums[ends] - sums[starts]) * down[starts]


def split(texts: Sequence[str]) -> Tokens:
    """Return the tokens of all texts: words, numbers, single marks and single emoji.

    The enclitic `nya` is cut from words of six letters and more (`rasanya` → `rasa`), as some
    corpora write it apart.
    """
    table = classes()
    padded = f"{BREAK}{clean(texts)}{BREAK}".replace("'", "")
    codes = np.frombuffer(padded.encode("utf-32-le", "replace"), dtype=np.uint32)
    codes = squeeze(codes, table[codes])
    kinds = table[codes]
    up, down = powers(len(codes) + 1)
    sums = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.cumsum((codes.astype(np.uint64) + np.uint64(1)) * up[: len(codes)], out=sums[1:])
    word = (kinds == LETTER) | (kinds == DIGIT)
    edge = np.flatnonzero(word[1:] != word[:-1]) + 1
    single = np.flatnonzero((kinds == MARK) | (kinds == EMOJI))
    starts = np.concatenate((edge[0::2], single))
    ends = np.concatenate((edge[1::2], single + 1))
    order = np.argsort(starts, kind="stable")
    starts, ends = starts[order], ends[order]
    owners = np.cumsum(codes == ord(BREAK))[starts] - 1
    ends = _cut_enclitic(codes, starts, ends)
    hashes = hash_stretch(sums, starts, ends, down)
    return Tokens(codes, sums, starts, ends, hashes, kinds[starts], owners, len(texts))


def _cut_enclitic(codes: Codes, starts: Ints, ends: Ints) -> Ints:
    tail = (codes[ends - 1] == ord("a")) & (ends - starts >= 6)
    tail &= (codes[ends - 2] == ord("y")) & (codes[ends - 3] == ord("n"))
    return np.where(tail, ends - 3, ends)


def hash_word(word: str) -> int:
    """Return the hash that `split` gives the word; for tables of words looked up by hash."""
    total, power = 0, 1
    for letter in word:
        total += (ord(letter) + 1) * power
        power *= BASE
    return total % 2**64
