"""Words in both languages: a `Text` stands wherever Tolok speaks to a person."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from numbers import Real
from typing import Any, Literal

Language = Literal["en", "id"]
LANGUAGES: tuple[Language, ...] = ("en", "id")


# Indonesian swaps the two separators: 1,234.5 is 1.234,5.
_SWAPPED = str.maketrans(",.", ".,")


class _Indonesian:
    """A number that any placeholder writes with Indonesian separators."""

    def __init__(self, value: Real | Decimal) -> None:
        self._value = value

    def __format__(self, spec: str) -> str:
        return format(self._value, spec).translate(_SWAPPED)


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or name in English and Bahasa Indonesia, with `{placeholders}`.

    Both languages are always given, so that no English word can slip into an Indonesian page.
    """

    en: str
    id: str

    def say(self, language: Language = "en", /, **data: Any) -> str:
        """Return the text in the language, its placeholders filled from `data`.

        A value that is itself a `Text` is said in the same language, and a number with the
        separators of that language, as far as its placeholder asks for any (`{count:,}`).
        """
        words = self.id if language == "id" else self.en
        if not data:
            return words
        return words.format(**{k: _said(v, language) for k, v in data.items()})

    def filled(self, **data: Any) -> Text:
        """Return the text with its placeholders filled, in both languages."""
        return Text(self.say("en", **data), self.say("id", **data))

    def __str__(self) -> str:
        return self.en


def _said(value: object, language: Language) -> object:
    if isinstance(value, Text):
        return value.say(language)
    if language == "id" and isinstance(value, Real | Decimal) and not isinstance(value, bool):
        return _Indonesian(value)
    return value
