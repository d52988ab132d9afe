"""The form of a page: the question it answers, what it needs, who it is for, how it is built."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from tolok.base import Text, load_shelf

from .blocks import Block, Sheet
from .case import Case

Audience = Literal["team", "boss", "client"]
AUDIENCES: tuple[Audience, ...] = ("team", "boss", "client")
AUDIENCE_NAMES = {
    "team": Text("team", "tim"),
    "boss": Text("boss", "atasan"),
    "client": Text("client", "klien"),
}
SHELF = f"{__package__}.pages"


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page: a card from which menu, schedule and every format follow.

    `needs` names metrics of which at least one must have data; a page without any says
    `nothing` in one line. `build` returns its blocks, or a Text that says why there are none.
    `follows` are metrics it draws over time, asked for together with those of other pages.
    `order` places it in a report, low first.
    """

    key: str
    title: Text
    question: Text
    build: Callable[[Case], Iterable[Block] | Text]
    nothing: Text
    order: int
    needs: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    audience: tuple[Audience, ...] = AUDIENCES
    serves: tuple[str, ...] = ()

    def make(self, case: Case) -> Sheet:
        """Return the page built for a case; with no data it says so and has no blocks."""
        if self.needs and not case.known(self.needs):
            return Sheet(self.key, self.title, self.question, nothing=self.nothing)
        built = self.build(case)
        if isinstance(built, Text):
            return Sheet(self.key, self.title, self.question, nothing=built)
        blocks = tuple(built)
        nothing = None if blocks else self.nothing
        return Sheet(self.key, self.title, self.question, blocks, nothing)


def load_pages() -> dict[str, Page]:
    """Return every page of the shelf by its key, in the order of a report."""
    found = load_shelf(SHELF, Page)
    return dict(sorted(found.items(), key=lambda item: (item[1].order, item[0])))
