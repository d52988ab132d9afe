"""Targets: what is wanted, as a value or as a change from the baseline, read from what people write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from tolok.base import Text, UserError

How = Literal["value", "ratio", "points", "change"]

_FORM = re.compile(
    r"([+\-−])?\s*(\d[\d.,]*)\s*(%|pp|poin|points?|persen|percent)?", re.IGNORECASE
)  # fmt: skip
_POINTS = ("pp", "poin", "point", "points")


@dataclass(frozen=True, slots=True)
class Target:
    """What a KPI promises: a value, or a change that only the baseline turns into a value.

    `how` is `value` (in the metric's unit; 0.05 for 5 %), `ratio` (0.1 is +10 % of the
    baseline), `points` (0.01 is one percentage point more) or `change` (so many more).
    """

    how: How
    amount: float

    @property
    def needs_baseline(self) -> bool:
        """Whether the value can only be said once the baseline is known."""
        return self.how != "value"

    def value_from(self, baseline: float | None) -> float | None:
        """Return the wanted value; None when it needs a baseline and there is none."""
        if self.how == "value":
            return self.amount
        if baseline is None:
            return None
        if self.how == "ratio":
            return baseline * (1 + self.amount)
        return baseline + self.amount

    def write(self) -> float | int | str:
        """Return the target as it stands in a KPI file; `read_target` reads it back."""
        if self.how == "value":
            return int(self.amount) if self.amount == int(self.amount) else self.amount
        scaled = self.amount if self.how == "change" else round(self.amount * 100, 9)
        number = f"{scaled:+.10g}"
        return number + {"ratio": "%", "points": "pp", "change": ""}[self.how]

    def say(self) -> Text:
        """Return the target as it was written, with the decimal sign of each language."""
        words = str(self.write())
        return Text(words, words.replace(".", ","))


def read_target(given: float | str) -> Target:
    """Read a target: 10104, "6%" (a share), "+10%", "-5%", "+1.5pp" or "+500".

    A comma is a decimal sign before one or two digits, else it groups. Raises UserError.
    """
    if isinstance(given, bool):
        raise _unreadable(str(given))
    if isinstance(given, int | float):
        return Target("value", float(given))
    found = _FORM.fullmatch(given.strip())
    if found is None:
        raise _unreadable(given)
    sign, digits, unit = found[1], read_plain(found[2]), (found[3] or "").lower()
    if digits is None:
        raise _unreadable(given)
    amount = -digits if sign in ("-", "−") else digits
    if unit in _POINTS:
        return Target("points", amount / 100)
    if unit:
        return Target("ratio" if sign else "value", amount / 100)
    return Target("change" if sign else "value", amount)


def read_plain(digits: str) -> float | None:
    """Read digits as people of either language write them; None when they are no number.

    The last sign is a decimal one when one or two digits follow it and it stands alone.
    """
    if re.fullmatch(r"\d{1,3}([.,])\d{3}(\1\d{3})*", digits):
        return float(re.sub(r"[.,]", "", digits))
    if re.fullmatch(r"\d+([.,]\d+)?", digits):
        return float(digits.replace(",", "."))
    mixed = re.fullmatch(r"(\d{1,3}(?:([.,])\d{3})+)([.,])(\d+)", digits)
    if mixed and mixed[2] != mixed[3]:
        return float(re.sub(r"[.,]", "", mixed[1]) + "." + mixed[4])
    return None


def _unreadable(given: str) -> UserError:
    return UserError(
        Text("“{given}” is no target.", "“{given}” bukan target."),
        Text("Write 12000, \"6%\", \"+10%\", \"+1.5pp\" or \"+500\".",
             "Tulis 12000, \"6%\", \"+10%\", \"+1.5pp\", atau \"+500\"."),
        given=given,
    )  # fmt: skip
