"""Units: what a number counts, so that it is shown rightly and never mixed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .errors import DefinitionError
from .text import Text

UnitKind = Literal["count", "ratio", "duration", "money", "number"]
UNIT_KINDS: tuple[UnitKind, ...] = ("count", "ratio", "duration", "money", "number")


@dataclass(frozen=True, slots=True)
class Unit:
    """What one step of a number is: a thing counted, a share, a time, money, or a plain number.

    `symbol` is written after the number where that helps; `seconds` is the length of one step of
    a duration and 0 for every other kind.
    """

    key: str
    name: Text
    kind: UnitKind
    symbol: Text | None = None
    seconds: int = 0

    def __post_init__(self) -> None:
        if self.kind not in UNIT_KINDS:
            raise DefinitionError(
                Text("Unit {key} has the unknown kind {kind}.", "Satuan {key} berjenis {kind}."),
                Text("Known kinds: {known}.", "Jenis yang ada: {known}."),
                key=self.key,
                kind=self.kind,
                known=", ".join(UNIT_KINDS),
            )
        if (self.kind == "duration") != (self.seconds > 0):
            raise DefinitionError(
                Text(
                    "Unit {key} must say its length in seconds if, and only if, it is a duration.",
                    "Satuan {key} wajib menyebut panjangnya dalam detik hanya bila berupa durasi.",
                ),
                key=self.key,
            )


def _same(words: str) -> Text:
    return Text(words, words)


COUNT = Unit("count", Text("count", "jumlah"), "count")
PEOPLE = Unit("people", Text("people", "orang"), "count")
RATIO = Unit("ratio", Text("percent", "persen"), "ratio", _same("%"))
"""A share or rate; 0.05 is shown as 5.0 %."""
PERCENT_POINTS = Unit(
    "percent_points", Text("percentage points", "poin persen"), "ratio", Text("pp", "poin persen")
)
"""The difference of two ratios, on the scale of the ratios: 0.05 is shown as 5.0 pp."""
TIMES = Unit("times", Text("times", "kali"), "number", _same("×"))
SECONDS = Unit("seconds", Text("seconds", "detik"), "duration", Text("s", "dtk"), 1)
MINUTES = Unit("minutes", Text("minutes", "menit"), "duration", Text("min", "mnt"), 60)
HOURS = Unit("hours", Text("hours", "jam"), "duration", Text("h", "jam"), 3600)
DAYS = Unit("days", Text("days", "hari"), "duration", Text("d", "hari"), 86400)
MONEY = Unit("money", Text("money", "uang"), "money")
SCORE = Unit("score", Text("score", "skor"), "number")
PER_POST = Unit(
    "per_post", Text("per post", "per unggahan"), "number", Text("per post", "per unggahan")
)

UNITS: dict[str, Unit] = {
    unit.key: unit
    for unit in (
        COUNT,
        PEOPLE,
        RATIO,
        PERCENT_POINTS,
        TIMES,
        SECONDS,
        MINUTES,
        HOURS,
        DAYS,
        MONEY,
        SCORE,
        PER_POST,
    )
}
"""Every unit by its key."""
