"""What each unit of money is to bring, and brought (L14), in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import floor, log10

from tolok.base import MONEY, Text
from tolok.metrics import Metric

from .said import fill, say_value

BROUGHT = Text("{unit}: it brought about {gained}; each cost {price}, and every {part} spent brought "
               "{for_part}; {planned} for every {part} was expected.",
               "{unit}: hasilnya sekitar {gained}; tiap satuan menghabiskan {price}, dan tiap {part} "
               "mendatangkan {for_part}; yang diharapkan {planned} untuk tiap {part}.")  # fmt: skip
PLANNED = Text("Each is to cost {price}; every {part} spent is to bring {for_part}.",
               "Tiap satuan direncanakan menghabiskan {price}; tiap {part} diharapkan mendatangkan "
               "{for_part}.")  # fmt: skip


@dataclass(frozen=True)
class Price:
    """What was paid for more of a metric; `cost` is None when nobody said it."""

    cost: Decimal | None
    currency: str | None
    metric: Metric

    @property
    def part(self) -> float:
        """A round part of the cost, a one with zeros, of which it holds one to ten."""
        return float(10 ** floor(log10(float(self.cost)))) if self.cost else 1.0

    def words(self, gain: float) -> dict[str, Text]:
        """Return the price of one more unit, and what a round part of the money brings."""
        return {
            "price": say_value(float(self.cost or 0) / gain, MONEY, self.currency),
            "part": say_value(self.part, MONEY, self.currency),
            "for_part": self.say_for_part(gain),
        }

    def say_for_part(self, gain: float | None) -> Text:
        """Return in words how much of a gain falls to a round part of the money."""
        if gain is None or not self.cost:
            return say_value(None, self.metric.unit)
        return say_value(gain * self.part / float(self.cost), self.metric.unit)


def say_brought(price: Price, gained: float, planned: float | None) -> list[Text]:
    """Return what an activity's money brought beside what it was to bring; nothing without a cost."""
    if not price.cost or gained <= 0:
        return []
    told = {"unit": price.metric.name, "gained": say_value(gained, price.metric.unit),
            "planned": price.say_for_part(planned)}  # fmt: skip
    return [fill(BROUGHT, told | price.words(gained))]


def say_planned(price: Price, gain: float) -> list[Text]:
    """Return what an activity's money is to bring; nothing without a cost or a gain."""
    return [fill(PLANNED, price.words(gain))] if price.cost and gain > 0 else []
