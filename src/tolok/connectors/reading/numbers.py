"""Columns of text as counts, numbers, shares and money; separators decided per column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text, minor_digits

from .parsed import (
    Distinct,
    ParsedColumn,
    as_array,
    count_markers,
    distinct,
    list_problems,
    text_buffers,
    undecided,
)

Column: TypeAlias = pa.ChunkedArray | pa.Array | Sequence[str | None]
Mark = Literal[".", ","]
Unit = Literal["percent", "fraction"]

MONEY = pa.decimal128(20, 4)
_COMMA_LANGUAGES = frozenset({"id", "pt", "es", "de", "fr", "it", "nl", "sv", "tr", "vi"})
_SCALES: dict[str, int] = {
    "": 0, "k": 3, "rb": 3, "ribu": 3, "tsd": 3, "mil": 3, "m": 6, "jt": 6, "juta": 6, "mio": 6,
    "mi": 6, "mln": 6, "mn": 6, "b": 9, "bn": 9, "miliar": 9, "milyar": 9, "mrd": 9, "bi": 9,
}  # fmt: skip
_NUMBER = re.compile(
    r"(?P<open>\()?(?P<sign>[-+])? ?(?P<unit>[A-Za-z]{0,3}[$€£¥₹₩₫฿]|Rp\.?|[A-Z]{3})? ?(?P<inner>-)?"
    r"(?P<digits>\d[\d., ']*|[.,]\d+) ?(?P<scale>[A-Za-z]{1,6}\.?)?"
    r" ?(?P<after>[$€£¥₹₩₫฿]|[A-Z]{3})? ?(?P<percent>%)?\)?"
)
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "−": "-", "’": "'"})
_GROUPED = re.compile(r"\d{1,3}(?:[., ']\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}")
_EXACT = 10**15
_LOWER = np.uint8(0x20)  # the bit that makes a letter small
_PLAIN = r"^-?\d{1,15}(\.\d{1,12})?$"
_PLAIN_PROOF = r"(\.(\d{1,2}|\d{4,})|^-?0\d*\.\d+|^-?\d{4,}\.\d+)$"

_ASK_DECIMAL = Text(
    "It cannot be told whether the point or the comma marks the decimals here "
    "(1.234 may be one thousand or one and a bit): say which.",
    "Tidak jelas apakah titik atau koma yang menjadi tanda desimal di sini "
    "(1.234 bisa seribu lebih atau satu koma sekian): tentukan yang mana.",
)
_ASK_SCALE = Text(
    "“M” may be million or miliar here: say the decimals and units of this file.",
    "“M” di sini bisa berarti million (juta) atau miliar: tentukan satuan berkas ini.",
)
_ASK_UNIT = Text(
    "It cannot be told whether 0.5 means 50 % or half a percent here: say which.",
    "Tidak jelas apakah 0,5 di sini berarti 50% atau setengah persen: tentukan yang mana.",
)


@dataclass(frozen=True, slots=True)
class _Token:
    """A cell taken apart: sign, digits with separators, scale word, currency, percent sign."""

    negative: bool
    digits: str
    scale: str
    unit: str
    percent: bool


def read_counts(
    column: Column, *, hint_language: str | None = None, decimal: Mark | None = None
) -> ParsedColumn:
    """Return a column of whole numbers as int64; 1.2K or 3,4 rb are marked as rounded.

    A count has no fraction, so 1.234 and 1,234 are thousands, unless the column or the file's
    language says otherwise: then it asks. `215.0` is 215; `1.5` is a problem.
    """
    whole = read_whole(column)
    if whole is not None:
        return ParsedColumn(whole)
    reading = _Reading(pa.int64(), whole=True, hint=hint_language, decimal=decimal)
    return _read(as_array(column), reading)


def read_numbers(
    column: Column, *, hint_language: str | None = None, decimal: Mark | None = None
) -> ParsedColumn:
    """Return a column of numbers with fractions as float64; asks where separators are unclear."""
    quick = _quick_plain(column, pa.float64()) if decimal != "," else None
    if quick is not None:
        return quick
    return _read(as_array(column), _Reading(pa.float64(), hint=hint_language, decimal=decimal))


def read_money(
    column: Column,
    *,
    currency: str | None = None,
    hint_language: str | None = None,
    decimal: Mark | None = None,
) -> ParsedColumn:
    """Return a column of amounts as decimal128(20, 4), rounded half to even.

    `units` tells the currency signs seen in the cells. A currency without cents (IDR) reads
    1.234 as thousands, unless the file's language says that the point marks decimals: then asks.
    """
    quick = _quick_plain(column, MONEY) if decimal != "," else None
    if quick is not None:
        return quick
    whole = currency is not None and minor_digits(currency.upper()) == 0
    reading = _Reading(
        MONEY, whole_hint=whole, hint=hint_language, decimal=decimal, with_units=True
    )
    return _read(as_array(column), reading)


def read_percent(
    column: Column,
    *,
    unit: Unit | None = None,
    hint_language: str | None = None,
    decimal: Mark | None = None,
) -> ParsedColumn:
    """Return a column of shares as fractions (float64): 38 % is 0.38.

    `unit` says what a bare number means (`percent`: 6.5 is 0.065; `fraction`: 0.065 is that);
    without it a column of bare numbers asks. Shares above 1 are kept: a loop can be watched twice.
    """
    reading = _Reading(pa.float64(), hint=hint_language, decimal=decimal, percent=True, unit=unit)
    return _read(as_array(column), reading)


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a column of numbers is to be read."""

    kind: pa.DataType
    whole: bool = False
    whole_hint: bool = False
    hint: str | None = None
    decimal: Mark | None = None
    percent: bool = False
    unit: Unit | None = None
    with_units: bool = False

    @property
    def hinted(self) -> Mark | None:
        """Return the decimal mark of the file's language, None when the language is unknown."""
        if self.hint is None:
            return None
        return "," if self.hint.lower()[:2] in _COMMA_LANGUAGES else "."


def read_whole(column: Column) -> pa.Array | None:
    """Return a column of plain digits, the usual case, as int64; None when any cell is not so."""
    texts = column if isinstance(column, pa.ChunkedArray) else as_array(column)
    try:
        values = pc.cast(texts, pa.int64())
    except pa.ArrowInvalid:
        return None
    chunks = texts.chunks if isinstance(texts, pa.ChunkedArray) else [texts]
    if any((text_buffers(chunk)[1] | _LOWER == ord("x")).any() for chunk in chunks):
        return None  # Arrow would read 0x10 as 16
    return as_array(values)


def _quick_plain(column: Column, kind: pa.DataType) -> ParsedColumn | None:
    """Numbers with a point that can only be a decimal point go through Arrow alone."""
    whole = read_whole(column)
    if whole is not None:
        span = pc.min_max(whole).as_py()
        if max(-(span["min"] or 0), span["max"] or 0) >= _EXACT:
            return None
        wide = whole.cast(pa.decimal128(23, 4)) if pa.types.is_decimal(kind) else whole
        return ParsedColumn(wide.cast(kind))
    array = as_array(column)
    if not pc.all(pc.match_substring_regex(array, _PLAIN)).as_py():
        return None
    with_point = pc.match_substring(array, ".")
    has_point = pc.any(with_point).as_py()
    if has_point and not pc.any(pc.match_substring_regex(array, _PLAIN_PROOF)).as_py():
        return None
    if pa.types.is_decimal(kind):
        values = pc.round(pc.cast(array, pa.decimal128(38, 12)), 4, "half_to_even").cast(kind)
    else:
        values = pc.cast(array, kind)
    return ParsedColumn(values, decimal="." if has_point else "")


def _read(array: pa.Array, reading: _Reading) -> ParsedColumn:
    found = distinct(array)
    tokens = [None if text is None else _take_apart(text, reading) for text in found.texts]
    bad = {i for i, (t, text) in enumerate(zip(tokens, found.texts, strict=True))
           if t is None and text is not None}  # fmt: skip
    mark = _decide(found, tokens, reading)
    if isinstance(mark, Text):
        return undecided(array, reading.kind, mark, "decimal")
    scales = _scales(tokens, reading)
    if scales is None:
        return undecided(array, reading.kind, _ASK_SCALE, "unit")
    unit = _share_unit(tokens, reading)
    if unit is None:
        return undecided(array, reading.kind, _ASK_UNIT, "unit")
    values: list[object] = []
    for index, token in enumerate(tokens):
        value = None if token is None else _value(token, mark, scales, unit, reading)
        if token is not None and value is None:
            bad.add(index)
        values.append(value)
    return _finish(found, tokens, values, bad=bad, mark=mark, kind=reading.kind)


def _finish(
    found: Distinct,
    tokens: list[_Token | None],
    values: list[object],
    *,
    bad: set[int],
    mark: str,
    kind: pa.DataType,
) -> ParsedColumn:
    problems, bad_rows = list_problems(found, bad)
    is_rounded = [
        token is not None and bool(token.scale) and index not in bad
        for index, token in enumerate(tokens)
    ]
    rounded = None
    if any(is_rounded):
        rounded = pc.fill_null(found.spread(is_rounded, pa.bool_()), False)
    return ParsedColumn(
        found.spread(values, kind),
        rounded=rounded,
        problems=problems,
        problem_count=0 if bad_rows is None else len(bad_rows),
        problem_rows=bad_rows,
        markers=count_markers(found),
        decimal=mark,
        units=tuple(sorted({token.unit for token in tokens if token and token.unit})),
    )


def _take_apart(text: str, reading: _Reading) -> _Token | None:
    match = _NUMBER.fullmatch(text.translate(_SPACES))
    if match is None:
        return None
    part = match.groupdict(default="")
    scale = part["scale"].rstrip(".").casefold()
    unit = part["unit"] or part["after"]
    if scale not in _SCALES and not unit and part["scale"].isupper() and len(part["scale"]) == 3:
        scale, unit = "", part["scale"]
    if scale not in _SCALES or bool(part["open"]) != text.endswith(")"):
        return None
    if (unit and not reading.with_units) or (part["percent"] and not reading.percent):
        return None
    negative = "-" in (part["sign"], part["inner"]) or bool(part["open"])
    digits = part["digits"].strip(" '")
    return _Token(negative, digits, scale, unit.rstrip("."), bool(part["percent"]))


def _decide(
    found: Distinct, tokens: list[_Token | None], reading: _Reading
) -> Mark | Literal[""] | Text:
    """Return the decimal mark of the whole column ('' when it does not matter), or the question."""
    if reading.decimal:
        return reading.decimal
    proofs: Counter[str] = Counter()
    doubtful: set[str] = set()
    counts = found.counts()
    for token, count in zip(tokens, counts, strict=True):
        told = _tell_mark(token.digits) if token else ""
        if told.startswith("?"):
            doubtful.add(told[1:])
        elif told:
            proofs[told] += count
    if proofs:
        return _weigh(proofs)
    if not doubtful:
        return ""
    if len(doubtful) > 1:
        return _ASK_DECIMAL
    return _decide_doubtful(doubtful.pop(), reading)


def _weigh(proofs: Counter[str]) -> Mark | Text:
    (best, most), *others = proofs.most_common()
    # A stray cell in another style is a problem of that cell; a fair share is a question.
    if others and others[0][1] * 50 > most:
        return _ASK_DECIMAL
    return "." if best == "." else ","


def _decide_doubtful(mark: str, reading: _Reading) -> Mark | Text:
    other: Mark = "," if mark == "." else "."
    same: Mark = "." if mark == "." else ","
    if reading.whole or reading.whole_hint:
        # It must be thousands; if the file's language says otherwise the file is damaged.
        return _ASK_DECIMAL if reading.hinted == same else other
    return reading.hinted or _ASK_DECIMAL


def _tell_mark(digits: str) -> str:
    """Return the decimal mark these digits prove, '?' and the mark in doubt, or '' for neither."""
    marks = [letter for letter in digits if letter in ".,"]
    if not marks:
        return ""
    last = marks[-1]
    if len(set(marks)) == 2:
        return last
    if len(marks) > 1:
        return "," if last == "." else "."
    before, _, after = digits.partition(last)
    is_doubtful = len(after) == 3 and 1 <= len(before) <= 3 and before[0] != "0"
    return f"?{last}" if is_doubtful else last


def _scales(tokens: list[_Token | None], reading: _Reading) -> dict[str, int] | None:
    """Return the power of ten of each scale word; None when “M” may be million or miliar."""
    used = {token.scale for token in tokens if token}
    if (reading.hint or "")[:2].lower() != "id" or "m" not in used:
        return _SCALES
    if used & {"jt", "juta", "rb", "ribu"}:
        return _SCALES | {"m": 9}
    return _SCALES if "k" in used else None


def _share_unit(tokens: list[_Token | None], reading: _Reading) -> Unit | Literal["bare"] | None:
    """Return what a bare number means; 'bare' where there is none, None when it must be asked."""
    if not reading.percent:
        return "bare"
    bare = [token for token in tokens if token and not token.percent]
    if reading.unit is not None:
        return reading.unit
    # Nought is nought in either unit; beside signed shares a bare number is a problem of its own.
    doubtful = [token for token in bare if token.digits.strip("0.,")]
    if doubtful and not any(token and token.percent for token in tokens):
        return None
    return "bare"


def _value(
    token: _Token,
    mark: str,
    scales: dict[str, int],
    unit: str,
    reading: _Reading,
) -> int | float | Decimal | None:
    number = _number(token.digits, mark)
    if number is None:
        return None
    number = number.scaleb(scales[token.scale])
    if token.negative:
        number = -number
    if reading.percent:
        return _share(number, token, unit)
    if reading.whole:
        return int(number) if number == int(number) and abs(number) < 2**63 else None
    if pa.types.is_decimal(reading.kind):
        return _amount(number)
    return float(number)


def _share(number: Decimal, token: _Token, unit: str) -> float | None:
    if token.percent or unit == "percent":
        return float(number / 100)
    if unit == "bare" and number != 0:
        return None
    return float(number)


def _amount(number: Decimal) -> Decimal | None:
    if abs(number) >= Decimal(10) ** 16:
        return None
    return number.quantize(Decimal("0.0001"), ROUND_HALF_EVEN)


def _number(digits: str, mark: str) -> Decimal | None:
    """Return the number these digits are under a decimal mark; None when they cannot be."""
    whole, fraction = digits, ""
    if mark and mark in digits:
        whole, _, fraction = digits.rpartition(mark)
        if mark in whole or not (fraction.isdigit() or not fraction):
            return None
    elif not mark and ("." in digits or "," in digits):
        return None
    if not whole.isdigit() and whole:
        if not _GROUPED.fullmatch(whole) or len(set(re.sub(r"\d", "", whole))) > 1:
            return None
        whole = re.sub(r"\D", "", whole)
    if len(whole) > 30 or not (whole or fraction):
        return None
    return Decimal(f"{whole or '0'}.{fraction or '0'}")
