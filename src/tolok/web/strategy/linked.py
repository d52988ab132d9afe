"""What a tactic can run as, and what is known to have run: campaigns, pillars and slots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from tolok.base import Text
from tolok.kpi.ledger import SOURCE
from tolok.web.plan.words import write_day
from tolok.web.shell.language import language_of_page

from .board import Board, Tactic

_SLOTS = timedelta(days=60)
_MOST_SLOTS = 80
KIND_NAMES: Mapping[str, Text] = {
    "campaign": Text("Campaign", "Kampanye"),
    "pillar": Text("Content pillar", "Pilar konten"),
    "slot": Text("Slot", "Slot jadwal"),
}
_RAN = Text("{kind} “{name}”, at work from {first} to {last}",
            "{kind} “{name}”, berjalan {first} sampai {last}")  # fmt: skip
_NOT_YET = Text("{kind} “{name}”, nothing of it has run yet",
                "{kind} “{name}”, belum ada yang berjalan")  # fmt: skip


@dataclass(frozen=True)
class Linked:
    """A campaign, pillar or slot: the days between which something of it ran, None for nothing.

    `is_imported` says that a file brought the campaign itself, so that no tactic writes it down.
    """

    kind: str
    key: str
    name: str
    first: date | None = None
    last: date | None = None
    goal: str | None = None
    is_imported: bool = False

    @property
    def link(self) -> str:
        """How facts name it."""
        return f"{self.kind}:{self.key}"

    @property
    def has_run(self) -> bool:
        """Whether something of it ran."""
        return self.first is not None

    def say(self) -> str:
        """What it is and when it ran, in the language of the page."""
        kind = KIND_NAMES[self.kind].say(language_of_page())
        if self.first is None:
            return _NOT_YET.say(language_of_page(), kind=kind, name=self.name)
        return _RAN.say(
            language_of_page(), kind=kind, name=self.name, first=write_day(self.first),
            last=write_day(self.last),
        )  # fmt: skip


def linked_of(board: Board) -> dict[str, Linked]:
    """Return everything that can be linked, by its link, what ran last first."""
    book = board.book
    return book.keep("linked", (*book.batches, board.today), lambda: _find(board))


def _find(board: Board) -> dict[str, Linked]:
    found: dict[str, Linked] = {}
    for one in (*_campaigns(board), *_ran_as(board), *_slots(board)):
        found[one.link] = _joined(found.get(one.link), one)
    order = sorted(found.values(), key=lambda x: (x.last or date.min, x.name), reverse=True)
    return {one.link: one for one in order}


def _joined(old: Linked | None, new: Linked) -> Linked:
    if old is None:
        return new
    days = [d for d in (old.first, new.first) if d]
    ends = [d for d in (old.last, new.last) if d]
    return replace(old, first=min(days, default=None), last=max(ends, default=None))


def _rows(board: Board, table: str) -> Any:
    view = board.book.engine.view
    if view.is_empty(table):
        return None
    rows = view.table(table)
    return rows.filter(rows.brand == board.brand.slug)


def _campaigns(board: Board) -> list[Linked]:
    """Return the campaigns written down; only a file's own word counts as having run."""
    rows = _rows(board, "campaigns")
    if rows is None:
        return []
    told = rows.select("campaign", "name", "starts", "ends", "status", "goal")
    came = board.book.engine.view.history("campaigns")
    came = came.filter((came.brand == board.brand.slug) & (came.source != SOURCE))
    imported = {r["campaign"] for r in came.select("campaign").to_pyarrow().to_pylist()}
    found = []
    for r in told.to_pyarrow().to_pylist():
        is_in = r["campaign"] in imported
        ran = is_in and r["status"] in ("running", "done", "stopped") and r["starts"] is not None
        first = r["starts"] if ran and r["starts"] <= board.today else None
        last = min(r["ends"] or board.today, board.today) if first else None
        name = r["name"] or r["campaign"]
        found.append(Linked("campaign", r["campaign"], name, first, last, r["goal"], is_in))
    return found


def _ran_as(board: Board) -> list[Linked]:
    """Return campaigns that cost money, and campaigns and pillars that posts belong to."""
    found = []
    for table, kind, first, last in (
        ("ad_results", "campaign", "start", "until"), ("costs", "campaign", "day", "day"),
        ("posts", "campaign", "published_at", "published_at"),
        ("posts", "pillar", "published_at", "published_at"),
        ("slots", "campaign", "published_at", "published_at"),
        ("slots", "pillar", "published_at", "published_at"),
    ):  # fmt: skip
        rows = _rows(board, table)
        if rows is None:
            continue
        if table == "ad_results":
            rows = rows.filter(rows.spend > 0)
        rows = rows.filter(rows[kind].notnull() & (rows[kind] != ""))
        shown = rows.group_by(kind).aggregate(first=rows[first].min(), last=rows[last].max())
        for r in shown.to_pyarrow().to_pylist():
            # A span of advert figures ends on the day before `until`.
            end = (
                _day(r["last"]) - timedelta(days=1) if last == "until" and r["last"] else r["last"]
            )
            found.append(Linked(kind, r[kind], r[kind], _day(r["first"]), _day(end)))
    return found


def _slots(board: Board) -> list[Linked]:
    rows = _rows(board, "slots")
    if rows is None:
        return []
    since = datetime.combine(board.today - _SLOTS, datetime.min.time())
    rows = rows.filter((rows.due_at >= since) & (rows.due_at < since + 2 * _SLOTS))
    rows = rows.filter(rows.state.fill_null("planned") != "cancelled").order_by("due_at")
    shown = rows.select("slot", "due_at", "platform", "kind", "state", "published_at", "goal")
    found = []
    for r in shown.limit(_MOST_SLOTS).to_pyarrow().to_pylist():
        words = [r["slot"], r["platform"], r["kind"]]
        ran = _day(r["published_at"] or r["due_at"]) if r["state"] == "published" else None
        name = " · ".join(word for word in words if word)
        found.append(Linked("slot", r["slot"], name, ran, ran, r["goal"]))
    return found


def _day(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


def slots_of_pillar(board: Board, pillar: str, tactic: Tactic) -> list[str]:
    """Return the slots of a pillar in the days of a tactic that serve nothing but its strategy."""
    first, last = tactic.starts, tactic.ends
    rows = _rows(board, "slots")
    if rows is None:
        return []
    is_free = rows.goal.isnull() | (rows.strategy == tactic.strategy)
    rows = rows.filter((rows.pillar == pillar) & is_free)
    if first is not None:
        rows = rows.filter(rows.due_at >= datetime.combine(first, datetime.min.time()))
    if last is not None:
        rows = rows.filter(
            rows.due_at < datetime.combine(last + timedelta(days=1), datetime.min.time())
        )
    return [r["slot"] for r in rows.select("slot").to_pyarrow().to_pylist()]
