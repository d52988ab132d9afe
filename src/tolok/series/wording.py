"""Numbers as people of both languages read them, for the sentences of this room."""

from __future__ import annotations

import math

from tolok.base import Language, Text


def say_number(value: float, language: Language = "en") -> str:
    """Return a number with few digits: 12,345 and 3.2 in English, 12.345 and 3,2 in Indonesian."""
    if not math.isfinite(value):
        return "–"
    size = abs(value)
    digits = 0 if size >= 100 or value == round(value) else 1 if size >= 10 else 2
    if 0 < size < 0.1:
        digits = min(6, 1 - math.floor(math.log10(size)))
    english = f"{value:,.{digits}f}"
    return english if language == "en" else english.translate(str.maketrans(",.", ".,"))


def say_percent(share: float, language: Language = "en") -> str:
    """Return a share as whole per cent: 0.23 is "23%"."""
    return say_number(round(share * 100), language) + "%"


def fill(text: Text, /, **numbers: float | str | Text) -> Text:
    """Return the text with numbers written the way each language writes them."""
    return Text(
        en=text.en.format(**{k: _write(v, "en") for k, v in numbers.items()}),
        id=text.id.format(**{k: _write(v, "id") for k, v in numbers.items()}),
    )


def _write(value: float | str | Text, language: Language) -> str:
    if isinstance(value, Text):
        return value.say(language)
    return value if isinstance(value, str) else say_number(value, language)


def join(*parts: Text | None) -> Text:
    """Return the sentences one after another; None is left out."""
    kept = [part for part in parts if part is not None]
    return Text(en=" ".join(p.en for p in kept), id=" ".join(p.id for p in kept))
