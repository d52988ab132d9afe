"""Sentences: words in both languages that hold the numbers they speak of."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from tolok.base import DefinitionError, Language, Locale, Period, Text

from .number import Number, Source

Mood = Literal["good", "watch", "bad", "quiet", "plain"]
Piece = str | Number
Filling = Number | Text | Period | date | str

_FORMATTER = string.Formatter()


@dataclass(frozen=True)
class Sentence:
    """One sentence of a report; its placeholders are filled by numbers, names and dates.

    It stands on `sources`: those of its numbers, and any named beside. A sentence without a
    source, one with a digit written into its words, and one whose languages differ in what they
    hold are refused when they are made (DefinitionError), so a report with one cannot be built.
    """

    text: Text
    data: Mapping[str, Filling] = field(default_factory=dict)
    also: tuple[Source, ...] = ()  # sources that are no number in it, such as a judged KPI
    mood: Mood = "plain"

    def __post_init__(self) -> None:
        if not self.sources:
            raise _bad(Text("The sentence “{text}” has no figure behind it.",
                            "Kalimat “{text}” tidak didukung angka."), self.text)  # fmt: skip
        names = [_names(words) for words in (self.text.en, self.text.id)]
        if names[0] != names[1] or not names[0] <= set(self.data):
            raise _bad(Text("The languages of “{text}” hold different things.",
                            "Isi kedua bahasa “{text}” berbeda."), self.text)  # fmt: skip
        if not self._is_quoted and any(c.isdigit() for c in _words(self.text)):
            raise _bad(Text("The sentence “{text}” writes a number into its words.",
                            "Kalimat “{text}” menulis angka di dalam kata."), self.text)  # fmt: skip

    @property
    def _is_quoted(self) -> bool:
        # The words of a judgement come filled from below; the judgement is then their source.
        return bool(self.also)

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Return the numbers it speaks of."""
        return tuple(v for v in self.data.values() if isinstance(v, Number))

    @property
    def sources(self) -> tuple[Source, ...]:
        """Return the facts it rests on."""
        return (*(s for n in self.numbers for s in n.sources), *self.also)

    def say(self, language: Language = "en") -> str:
        """Return the sentence in a language."""
        return "".join(
            p if isinstance(p, str) else p.say(language) for p in self.pieces(language)
        )  # fmt: skip

    def pieces(self, language: Language) -> Iterator[Piece]:
        """Yield its words and its numbers in order."""
        words = self.text.id if language == "id" else self.text.en
        begun = False
        if not self.data:
            yield words[:1].upper() + words[1:]
            return
        for literal, name, _, _ in _FORMATTER.parse(words):
            if literal:
                yield literal if begun else literal[:1].upper() + literal[1:]
                begun = True
            if name is not None:
                value = self.data[name]
                if isinstance(value, Number):
                    yield value
                else:
                    said = say_filling(value, language)
                    yield said if begun else said[:1].upper() + said[1:]
                begun = True


def say_filling(value: Filling, language: Language) -> str:
    """Return what fills a placeholder, as the language writes it."""
    if isinstance(value, Text | Number):
        return value.say(language)
    if isinstance(value, Period):
        return value.label(language)
    if isinstance(value, date):
        return Locale(language).format_date(value)
    return value


def _names(words: str) -> set[str]:
    return {name for _, name, _, _ in _FORMATTER.parse(words) if name}


def _words(text: Text) -> str:
    return "".join(lit for words in (text.en, text.id) for lit, *_ in _FORMATTER.parse(words))


def _bad(message: Text, text: Text) -> DefinitionError:
    return DefinitionError(
        message,
        Text("Give each number as a placeholder filled by a Number.",
             "Tulis setiap angka sebagai tempat isian berisi Number."),
        text=text.en,
    )  # fmt: skip
