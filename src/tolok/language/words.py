"""The word tables of the room: polarity, everyday spellings, negators and emoji, looked up by hash.

The files stand in `tables/` as plain text, written for Tolok, so that a person can read and mend
them; a changed table takes effect on the model only after training.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from .tokens import Hashes, hash_word

PAIR = 0xC2B2AE3D27D4EB4F


@dataclass(frozen=True, slots=True)
class Lookup:
    """A table from hashes to values, found by bisection; the value of an unknown hash is 0."""

    keys: Hashes
    values: npt.NDArray[np.int64]

    def find(self, hashes: Hashes) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.int64]]:
        """Return which hashes are known and the value of each."""
        at = np.minimum(np.searchsorted(self.keys, hashes), len(self.keys) - 1)
        known = self.keys[at] == hashes
        return known, np.where(known, self.values[at], 0)


@dataclass(frozen=True, slots=True)
class Words:
    """All word tables; `plain` leads from a spelling's hash to the hash of the plain word."""

    polarity: Lookup
    pairs: Lookup
    plain: Lookup
    negators: Lookup
    breaks: Lookup
    trouble: Lookup
    common: Lookup
    mood: npt.NDArray[np.int8]
    emoji: npt.NDArray[np.bool_]


def read_table(name: str) -> list[tuple[str, str]]:
    """Return the (head, rest) of each line of a table; lines that begin with # are remarks."""
    text = files(__package__).joinpath("tables").joinpath(name).read_text(encoding="utf-8")
    rows = [line.split(":", 1) for line in text.splitlines() if line and not line.startswith("#")]
    return [(head.strip(), rest.strip()) for head, rest in rows]


def make_lookup(entries: dict[int, int]) -> Lookup:
    """Return a table of the entries, hash to value; values may use all 64 bits."""
    keys = np.array(sorted(entries), dtype=np.uint64)
    values = np.array([entries[int(key)] for key in keys], dtype=np.uint64)
    return Lookup(keys, values.view(np.int64))


def hash_pair(first: int, second: int) -> int:
    """Return the hash of two words in a row."""
    return (first * PAIR + second) % 2**64


def cut_enclitic(word: str) -> str:
    """Return the word without `nya`, as the tokens of a text are cut."""
    return word[:-3] if len(word) >= 6 and word.endswith("nya") else word


def _hash_entry(entry: str) -> int:
    return hash_word(cut_enclitic(entry))


@lru_cache(maxsize=1)
def load_words() -> Words:
    """Return the word tables of the package, read once."""
    plain = _read_plain()
    single: dict[int, int] = {}
    double: dict[int, int] = {}
    marks: dict[str, dict[int, int]] = {"negators": {}, "breaks": {}, "trouble": {}}
    for head, rest in read_table("polarity.txt"):
        for entry in rest.split():
            parts = [_hash_entry(part) for part in entry.split("_")]
            parts = [plain.get(part, part) for part in parts]
            if len(parts) > 2:
                continue
            if head in marks:
                marks[head][parts[0]] = 1
            elif len(parts) == 2:
                double.setdefault(hash_pair(*parts), int(head) % 2**64)
            else:
                single.setdefault(parts[0], int(head) % 2**64)
    mood, emoji = _read_emoji()
    return Words(
        make_lookup(single),
        make_lookup(double),
        make_lookup(plain),
        make_lookup(marks["negators"]),
        make_lookup(marks["breaks"]),
        make_lookup(marks["trouble"]),
        _read_common(),
        mood,
        emoji,
    )


def _read_common() -> Lookup:
    """Return the everyday words of Indonesian and its neighbours that are no English words."""
    rows = dict(read_table("stopwords.txt"))
    english = set(rows["en"].split())
    words = {w for name in ("id", "jv", "su", "ms") for w in rows[name].split()} - english
    return make_lookup({hash_word(word): 1 for word in words if len(word) > 1})


def _read_plain() -> dict[int, int]:
    plain: dict[int, int] = {}
    for head, rest in read_table("slang.txt"):
        target = hash_word(head.split()[0])
        for spelling in rest.split():
            if "_" not in spelling:
                plain.setdefault(hash_word(spelling), target)
    return plain


def _read_emoji() -> tuple[npt.NDArray[np.int8], npt.NDArray[np.bool_]]:
    mood = np.zeros(0x110000, dtype=np.int8)
    known = np.zeros(0x110000, dtype=np.bool_)
    for head, rest in read_table("emoji.txt"):
        for sign in rest.replace("\ufe0f", ""):
            mood[ord(sign)] = int(head)
            known[ord(sign)] = True
    return mood, known
