"""Signs and their sum: a score is nothing but its parts, and a part is nothing but its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tolok.base import LANGUAGES, Language, Locale, Text


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in evidence: written the way of the reader's language, as percent if a share."""

    number: float
    is_share: bool = False

    def say(self, language: Language) -> str:
        """Return the number as people of the language write it."""
        locale = Locale(language)
        if self.is_share:
            return locale.format_percent(self.number, 0 if self.number >= 0.1 else 1)
        digits = 0 if abs(self.number) >= 10 or self.number == round(self.number) else 1
        return locale.format_number(self.number, digits)


def fill(text: Text, amounts: Mapping[str, Amount | Text | str]) -> Text:
    """Return the text with its placeholders filled in both languages."""
    said = {
        language: {
            name: amount if isinstance(amount, str) else amount.say(language)
            for name, amount in amounts.items()
        }
        for language in LANGUAGES
    }
    return Text(en=text.en.format(**said["en"]), id=text.id.format(**said["id"]))


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score with the evidence it rests on.

    `points` lie between 0 and `most`; None when nothing can be said, with the `reason`, and then
    the part stays out of the score.
    """

    key: str
    name: Text
    most: int
    points: float | None
    evidence: tuple[Text, ...] = ()
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """Points of all parts that could be said, out of the most those could give.

    `points` is None where no part could be said. `unsaid` names the parts left out: a score over
    fewer parts says less, and must be shown with them.
    """

    parts: tuple[Part, ...]
    method: str
    version: str

    @property
    def said(self) -> tuple[Part, ...]:
        """Return the parts with points."""
        return tuple(p for p in self.parts if p.points is not None)

    @property
    def unsaid(self) -> tuple[Part, ...]:
        """Return the parts about which nothing can be said."""
        return tuple(p for p in self.parts if p.points is None)

    @property
    def points(self) -> float | None:
        """Return the sum of the points said; None where no part could be said."""
        return sum(p.points or 0.0 for p in self.said) if self.said else None

    @property
    def most(self) -> int:
        """Return the most that the parts said could have given."""
        return sum(p.most for p in self.said)


def grade(value: float, *, best: float, worst: float) -> float:
    """Return 1 at or beyond `best`, 0 at or beyond `worst`, and evenly between."""
    return min(max((value - worst) / (best - worst), 0.0), 1.0)
