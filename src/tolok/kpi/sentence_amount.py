"""Reading the wanted amount out of a sentence: a value, a change, or from one to another."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tolok.base import Unit

from .target import Target, read_plain

_WORDS = {
    "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8,
    "sembilan": 9, "sepuluh": 10, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "dozen": 12,
}  # fmt: skip
_SIZES = {
    "rb": 1e3, "ribu": 1e3, "k": 1e3, "thousand": 1e3, "jt": 1e6, "juta": 1e6, "m": 1e6,
    "million": 1e6, "mio": 1e6, "miliar": 1e9, "billion": 1e9,
}  # fmt: skip
_NUMBER = (
    r"(?P<sign>[+\-−])?\s?(?P<money>rp\.?|idr|us\$|\$|€)?\s?(?P<digits>\d[\d.,]*\d|\d)\s?"
    r"(?:(?P<size>rb|ribu|k|thousand|jt|juta|million|miliar|billion|mio|m)\b)?\s?"
    r"(?P<unit>%|persen|percent|pp|poin persen|percentage points)?"
)
_AMOUNT = re.compile(_NUMBER, re.IGNORECASE)
_TIMES = re.compile(
    r"\b(?:(\d+|dua|tiga|empat|lima)\s*(?:kali|x)(?: lipat)?|(double|triple|melipatgandakan|"
    r"dilipatgandakan))\b", re.IGNORECASE,
)  # fmt: skip
_RISE = re.compile(
    r"\b(?:naik\w*|menaik\w*|tingkat(?:kan)|meningkat\w*|tambah\w*|bertambah|tumbuh\w*|dorong|"
    r"up|rise\w*|raise|increas\w+|grow(?!th)\w*|boost|gain|more|better|lebih)\b", re.IGNORECASE,
)  # fmt: skip
_FALL = re.compile(
    r"\b(?:turun\w*|menurun\w*|kurangi|tekan|down|lower|cut|reduc\w+|decreas\w+|bring)\b",
    re.IGNORECASE,
)  # fmt: skip
_TO = re.compile(
    r"\b(?:menjadi|jadi|ke|to|at|of|below|above|under|di atas|di bawah|minimal|maksimal|least)\s*"
    r"(?:least\s*)?$", re.IGNORECASE,
)  # fmt: skip
_DURATIONS = {
    "detik": 1, "second": 1, "seconds": 1, "sec": 1, "menit": 60, "minute": 60, "minutes": 60,
    "min": 60, "mnt": 60, "jam": 3600, "hour": 3600, "hours": 3600, "h": 3600, "hari": 86400,
    "day": 86400, "days": 86400,
}  # fmt: skip
_AFTER = re.compile(r"\s?([a-z]+)", re.IGNORECASE)
_HALF = re.compile(r"\b(?:separuh|setengah|(?:by|in) half|halve)\b", re.IGNORECASE)
_CURRENCIES = {"rp": "IDR", "rp.": "IDR", "idr": "IDR", "$": "USD", "us$": "USD", "€": "EUR"}
_FROM = re.compile(r"\b(?:dari|from)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Amount:
    """A wanted amount with where it stands in the text, and the baseline if one was said."""

    target: Target
    start: int
    end: int
    baseline: float | None = None
    currency: str | None = None


def find_amount(text: str, *, unit: Unit | None = None) -> Amount | None:
    """Return the first amount a text asks for; None when it asks for none.

    “naik 20%” is a change, “menjadi 4%” and “500 ribu” are values, “dari 3% menjadi 4%” has a
    baseline, “dua kali lipat” is +100 %. With the `unit` of a metric lengths of time are turned
    into it: “2 jam” is 120 for one told in minutes.
    """
    times = _TIMES.search(text)
    if times is not None:
        return Amount(Target("ratio", _factor(times) - 1), times.start(), times.end())
    half = _HALF.search(text)
    found = [m for m in _AMOUNT.finditer(text) if _value(m) is not None]
    if not found and half is not None and _FALL.search(text):
        return Amount(Target("ratio", -0.5), half.start(), half.end())
    if not found:
        return _find_word(text)
    first = found[0]
    if _FROM.search(text[: first.start()]) and len(found) > 1:
        target, value = found[1], _value(first)
        size, base = _scale(text, target, unit), _scale(text, first, unit)
        wanted = Target("value", (_value(target) or 0.0) * size)
        return Amount(wanted, first.start(), target.end(), (value or 0.0) * base, _money(target))
    wanted = _target(text, first)
    if wanted.how in ("value", "change"):
        wanted = Target(wanted.how, wanted.amount * _scale(text, first, unit))
    return Amount(wanted, first.start(), first.end(), None, _money(first))


def _scale(text: str, found: re.Match[str], unit: Unit | None) -> float:
    """Return what turns the length of time written after a number into the metric's own unit."""
    word = _AFTER.match(text, found.end())
    if unit is None or unit.kind != "duration" or word is None:
        return 1.0
    seconds = _DURATIONS.get(word[1].lower())
    return seconds / unit.seconds if seconds else 1.0


def _money(found: re.Match[str]) -> str | None:
    return _CURRENCIES.get((found["money"] or "").lower())


def _target(text: str, found: re.Match[str]) -> Target:
    value = _value(found) or 0.0
    before = text[: found.start()]
    is_to = bool(_TO.search(before))
    falls = bool(_FALL.search(text)) or found["sign"] in ("-", "−")
    unit = (found["unit"] or "").lower()
    if unit.startswith(("pp", "poin", "percentage")):
        return Target("points", -value if falls else value)
    moves = found["sign"] or ((_RISE.search(text) or falls) and not is_to)
    if unit and moves:
        return Target("ratio", -value if falls else value)
    if found["sign"] and not unit:
        return Target("change", -value if falls else value)
    gains = re.search(r"\b(?:tambah|gain|add)\w*\s*$", before, re.IGNORECASE)
    return Target("change", value) if gains else Target("value", value)


def _value(found: re.Match[str]) -> float | None:
    digits = read_plain(found["digits"].rstrip(".,"))
    if digits is None:
        return None
    if found["unit"]:
        return digits / 100
    return digits * _SIZES.get((found["size"] or "").lower(), 1.0)


def _factor(found: re.Match[str]) -> float:
    word = (found[1] or "").lower()
    if word:
        return float(_WORDS.get(word) or word)
    return 3.0 if (found[2] or "").lower() == "triple" else 2.0


def _find_word(text: str) -> Amount | None:
    found = re.search(rf"\b(?:{'|'.join(_WORDS)})\b", text, re.IGNORECASE)
    if found is None:
        return None
    value = float(_WORDS[found[0].lower()])
    return Amount(Target("value", value), found.start(), found.end())
