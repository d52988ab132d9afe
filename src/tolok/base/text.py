"""Words in both languages: a `Text` stands wherever Tolok speaks to a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Language = Literal["en", "id"]
LANGUAGES: tuple[Language, ...] = ("en", "id")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or name in English and Bahasa Indonesia, with `{placeholders}`.

    Both languages are always given, so that no English word can slip into an Indonesian page.
    """

    en: str
    id: str

    def say(self, language: Language = "en", /, **data: Any) -> str:
        """Return the text in the language, its placeholders filled from `data`.

        A value that is itself a `Text` is said in the same language.
        """
        words = self.id if language == "id" else self.en
        if not data:
            return words
        filled = {k: v.say(language) if isinstance(v, Text) else v for k, v in data.items()}
        return words.format(**filled)

    def __str__(self) -> str:
        return self.en
