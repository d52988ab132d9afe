"""What the homes of the roles tell beside KPIs: slots, answers owed, alerts, rivals, trends, money.

Each question is asked of the facts once and kept until facts or day change; a view only reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from tolok.base import Text
from tolok.kpi import VERDICT_NAMES
from tolok.kpi.insight import Insight
from tolok.web.accounts.models import Brand
from tolok.web.plan.book import Book
from tolok.web.plan.claims import claims_of
from tolok.web.plan.models import LastVerdict
from tolok.web.plan.words import verdict_named, write_day
from tolok.web.share.models import Comment
from tolok.web.sharing import shared_kinds
from tolok.web.shell import parts
from tolok.web.shell.language import language_of_page

_BACK = timedelta(days=7)  # how long a missed slot or a fallen verdict stays news
_WAITING = timedelta(days=30)  # older questions are counted, not shown
_RECENT = timedelta(days=60)
_MOST = 6
_GRAVE = ("off_track", "missed")
SLOT_STATES: Mapping[str, parts.Verdict] = {
    "published": parts.Verdict(tone="good", word=Text("Published", "Terbit")),
    "planned": parts.Verdict(tone="quiet", word=Text("Planned", "Direncanakan")),
    "overdue": parts.Verdict(tone="watch", word=Text("Overdue", "Lewat jadwal")),
    "missed": parts.Verdict(tone="bad", word=Text("Missed", "Terlewat")),
}
TREND_STATES: Mapping[str, Text] = {
    "open": Text("not decided yet", "belum diputuskan"),
    "take_up": Text("to be taken up, nothing is out yet", "akan diangkat, belum ada yang terbit"),
    "watch": Text("watched", "dipantau"),
}
KIND_NAMES: Mapping[str, Text] = {
    "comment": Text("comments", "komentar"), "mention": Text("mentions", "sebutan"),
    "message": Text("messages", "pesan"), "review": Text("reviews", "ulasan"),
}  # fmt: skip


def write_time(moment: datetime, brand: Brand) -> str:
    """Return the hour of a naive UTC moment on the brand's clock."""
    local = moment.replace(tzinfo=UTC).astimezone(brand.zone)
    return f"{local:%H.%M}" if language_of_page() == "id" else f"{local:%H:%M}"


def local_day(moment: datetime, brand: Brand) -> str:
    """Return the day of a naive UTC moment on the brand's clock."""
    return write_day(moment.replace(tzinfo=UTC).astimezone(brand.zone).date(), "short")


def _rows(book: Book, table: str) -> Any:
    view = book.engine.view
    if view.is_empty(table):
        return None
    rows = view.table(table)
    return rows.filter(rows.brand == book.brand.slug)


def _bounds(book: Book) -> tuple[datetime, datetime]:
    """Return the first and last moment of today by the brand's clock, in naive UTC."""
    first = datetime.combine(book.today, datetime.min.time(), book.brand.zone)
    start = first.astimezone(UTC).replace(tzinfo=None)
    return start, start + timedelta(days=1)


# The specialist's day


def slots_of_day(book: Book) -> dict[str, Any]:
    """Return today's slots by the hour, and those of the week before that are still not out."""
    found: list[dict[str, Any]] = book.keep(
        "slots of the day", (*book.batches, book.today), lambda: _read_slots(book)
    )
    start, _end = _bounds(book)
    now = datetime.now(UTC).replace(tzinfo=None)
    told = [_slot(book, row, now) for row in found]
    late = [x for x in told if x["due"] < start and x["state"] is not SLOT_STATES["published"]]
    return {
        "slots": [x for x in told if x["due"] >= start],
        "slots_late": late[-_MOST:],
        "has_calendar": not book.engine.view.is_empty("slots"),
    }


def _read_slots(book: Book) -> list[dict[str, Any]]:
    rows = _rows(book, "slots")
    if rows is None:
        return []
    start, end = _bounds(book)
    rows = rows.filter((rows.due_at >= start - _BACK) & (rows.due_at < end))
    rows = rows.filter(rows.state.fill_null("planned") != "cancelled").order_by("due_at")
    names = ("slot", "due_at", "platform", "kind", "state", "pillar", "campaign")
    read: list[dict[str, Any]] = rows.select(*names).to_pyarrow().to_pylist()
    return read


def _slot(book: Book, row: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    state = row["state"] or "planned"
    if state == "planned" and row["due_at"] < now:
        state = "overdue"
    platform = book.engine.platforms.names.get(row["platform"], row["platform"])
    words = [platform, row["kind"], row["pillar"] or row["campaign"]]
    return {
        "due": row["due_at"],
        "at": write_time(row["due_at"], book.brand),
        "day": local_day(row["due_at"], book.brand),
        "words": " · ".join(word for word in words if word) or row["slot"],
        "state": SLOT_STATES.get(state, SLOT_STATES["planned"]),
    }


@dataclass(frozen=True)
class Waiting:
    """Questions of the last thirty days that nobody answered, and how many are older."""

    count: int
    late: int
    older: int
    kinds: tuple[tuple[str, int], ...]
    oldest: tuple[Mapping[str, Any], ...]


def answers_owed(book: Book) -> dict[str, Any]:
    """Return what waits for an answer, the longest waiting first; None without conversations."""
    if book.engine.view.is_empty("conversations"):
        return {"waiting": None}
    found = book.keep("answers owed", (*book.batches, book.today), lambda: _read_waiting(book))
    language = language_of_page()
    names = book.engine.platforms.names
    return {
        "waiting": found,
        "waiting_kinds": ", ".join(
            f"{n} {KIND_NAMES[k].say(language) if k in KIND_NAMES else k}" for k, n in found.kinds
        ),
        "waiting_lines": [
            {"platform": names.get(r["platform"], r["platform"] or ""), "topic": r["topic"] or "",
             "day": local_day(r["started_at"], book.brand),
             "at": write_time(r["started_at"], book.brand), "is_late": r["is_late"],
             "assignee": r["assignee"] or ""}
            for r in found.oldest
        ],
    }  # fmt: skip


def _read_waiting(book: Book) -> Waiting:
    rows = _rows(book, "conversations")
    _start, end = _bounds(book)
    rows = rows.filter(
        rows.first_reply_at.isnull() & rows.resolved_at.isnull()
        & rows.needs_answer.fill_null(True) & (rows.started_at < end)
    )  # fmt: skip
    fresh = rows.filter(rows.started_at >= end - _WAITING)
    waited = fresh.waited_minutes.fill_null(0.0)
    fresh = fresh.mutate(is_late=(fresh.sla_minutes.notnull() & (waited > fresh.sla_minutes)))
    older = int(rows.filter(rows.started_at < end - _WAITING).count().to_pyarrow().as_py())
    kinds = fresh.group_by("kind").aggregate(n=fresh.count(), late=fresh.is_late.sum())
    counted = kinds.to_pyarrow().to_pylist()
    names = ("platform", "topic", "started_at", "is_late", "assignee")
    oldest = fresh.order_by("started_at").select(*names).limit(_MOST).to_pyarrow().to_pylist()
    told = sorted(((r["kind"] or "message", r["n"]) for r in counted), key=lambda x: -x[1])
    return Waiting(
        sum(r["n"] for r in counted), sum(r["late"] or 0 for r in counted), older, tuple(told),
        tuple(oldest),
    )  # fmt: skip


def fallen_verdicts(book: Book) -> list[tuple[Any, parts.Verdict, str]]:
    """Return the KPIs whose verdict became grave within a week, with the day."""
    since = timezone.now() - _BACK
    rows = LastVerdict.objects.filter(brand=book.brand, state__in=_GRAVE, since__gte=since)
    found = []
    for row in rows.order_by("-since"):
        kpi = book.kpi(row.kpi)
        if kpi is not None and kpi.state == "active" and row.state in VERDICT_NAMES:
            day = write_day(row.since.astimezone(book.brand.zone).date(), "short")
            found.append((kpi, verdict_named(row.state), day))
    return found


# The strategist's desk


def trends_noticed(book: Book) -> list[dict[str, Any]]:
    """Return the trends of the last sixty days that nothing of ours has taken up yet."""
    found: list[dict[str, Any]] = book.keep(
        "trends noticed", (*book.batches, book.today), lambda: _read_trends(book)
    )
    names = book.engine.platforms.names
    return [
        {"trend": r["trend"], "platform": names.get(r["platform"], r["platform"] or ""),
         "day": local_day(r["noticed_at"], book.brand),
         "state": TREND_STATES.get(r["decision"] or "open", TREND_STATES["open"])}
        for r in found
    ]  # fmt: skip


def _read_trends(book: Book) -> list[dict[str, Any]]:
    rows = _rows(book, "trends")
    if rows is None:
        return []
    since = datetime.combine(book.today, datetime.min.time()) - _RECENT
    rows = rows.filter(
        (rows.noticed_at >= since) & rows.taken_up_at.isnull() & rows.faded_at.isnull()
        & (rows.decision.fill_null("open") != "leave")
    )  # fmt: skip
    rows = rows.order_by(rows.noticed_at.desc()).limit(_MOST)
    names = ("trend", "platform", "noticed_at", "decision")
    read: list[dict[str, Any]] = rows.select(*names).to_pyarrow().to_pylist()
    return read


def moves_of_rivals(book: Book) -> list[dict[str, Any]]:
    """Return the moves of competitors that wait for a decision or for our answer."""
    found: list[dict[str, Any]] = book.keep(
        "moves of rivals", (*book.batches, book.today), lambda: _read_moves(book)
    )
    return [r | {"day": local_day(r["noticed_at"], book.brand)} for r in found]


def _read_moves(book: Book) -> list[dict[str, Any]]:
    rows = _rows(book, "competitor_moves")
    if rows is None:
        return []
    rows = rows.filter(
        rows.responded_at.isnull() & rows.decision.fill_null("open").isin(["open", "answer"])
    )
    rows = rows.order_by(rows.noticed_at.desc()).limit(_MOST)
    names = ("competitor", "what", "noticed_at", "decision")
    read: list[dict[str, Any]] = rows.select(*names).to_pyarrow().to_pylist()
    return read


def claims_due(book: Book) -> list[tuple[Insight, str]]:
    """Return the claims that come due within two weeks or are past it, unscored."""
    soon = book.today + timedelta(days=14)
    open_ = [c for c in claims_of(book) if c.outcome is None and c.due <= soon]
    return [(c, write_day(c.due)) for c in sorted(open_, key=lambda c: c.due)]


# The stakeholder's page


def last_comments(brand: Brand) -> list[dict[str, Any]]:
    """Return what was said last about anything of the brand, the latest first."""
    rows = Comment.objects.filter(brand=brand, removed_at=None).order_by("-at")[:_MOST]
    kinds = shared_kinds()
    found = []
    for row in rows:
        shown = kinds.get(row.kind)
        name = shown.name_of(brand, row.thing) if shown else None
        if shown is not None and name is not None:
            found.append({"comment": row, "name": name, "path": shown.path_of(brand, row.thing),
                          "day": write_day(row.at.astimezone(brand.zone).date(), "short")})  # fmt: skip
    return found
