"""From messages to conversations: whose turn it was, and how long they waited on two clocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from tolok.base.hours import BusinessHours

SILENCE = timedelta(hours=24)  # after so long without a word, a new message begins anew


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a thread; `answered_by` tells for one of ours who wrote it.

    An edit or a reaction is no message. `at` is naive UTC. `seen` holds further columns of the
    conversations table (account, platform, kind, topic, author …); the first inbound's count.
    """

    thread: str
    at: datetime
    is_inbound: bool
    answered_by: Literal["person", "automation"] = "person"
    sentiment: str | None = None
    seen: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A person of the team declared a thread resolved, or opened it again."""

    thread: str
    at: datetime
    what: Literal["resolved", "reopened"]


def build_conversations(
    messages: Iterable[Message],
    hours: BusinessHours,
    *,
    now: datetime,
    sla_minutes: float | None = None,
    marks: Iterable[Mark] = (),
    silence: timedelta = SILENCE,
) -> list[dict[str, Any]]:
    """Return one row of the conversations table per conversation, without its brand.

    A conversation begins with a message from outside; another begins when one comes after a
    silence of `silence`. Only a person's answer stops the clock; automatic ones are kept apart.
    Clocks run from the first message and from the last one before the answer, in minutes of the
    clock and of business; who has not been answered has waited until `now`.
    """
    by_thread: dict[str, list[Message]] = {}
    for message in messages:
        by_thread.setdefault(message.thread, []).append(message)
    marked: dict[str, list[Mark]] = {}
    for mark in marks:
        marked.setdefault(mark.thread, []).append(mark)
    rows: list[dict[str, Any]] = []
    for thread, found in by_thread.items():
        parts = _split(sorted(found, key=lambda m: m.at), silence)
        for number, part in enumerate(parts):
            until = parts[number + 1][0].at if number + 1 < len(parts) else datetime.max
            mine = [m for m in marked.get(thread, ()) if part[0].at <= m.at < until]
            row = _row(part, hours, now=now, marks=sorted(mine, key=lambda m: m.at))
            name = thread if number == 0 else f"{thread}#{number + 1}"
            rows.append({**row, "conversation": name, "sla_minutes": sla_minutes})
    return rows


def _split(messages: Sequence[Message], silence: timedelta) -> list[list[Message]]:
    parts: list[list[Message]] = []
    for message in messages:
        is_new = not parts or message.at - parts[-1][-1].at >= silence
        if is_new and message.is_inbound:
            parts.append([message])
        elif parts:  # what we wrote before anybody asked answers nothing
            parts[-1].append(message)
    return parts


def _row(
    part: Sequence[Message], hours: BusinessHours, *, now: datetime, marks: Sequence[Mark]
) -> dict[str, Any]:
    start = part[0].at
    inbound = [m for m in part if m.is_inbound]
    replies = [m for m in part if not m.is_inbound]
    reply = next((m.at for m in replies if m.answered_by == "person"), None)
    resolved = marks[-1].at if marks and marks[-1].what == "resolved" else None
    last = max(m.at for m in inbound if reply is None or m.at <= reply)
    return {
        **(part[0].seen or {}),
        "started_at": start,
        "last_unanswered_at": last,
        "first_reply_at": reply,
        "automated_reply_at": next((m.at for m in replies if m.answered_by == "automation"), None),
        "resolved_at": resolved,
        "reopened": sum(m.what == "reopened" for m in marks),
        "messages_in": len(inbound),
        "messages_out": len(replies),
        "sentiment_first": inbound[0].sentiment,
        "sentiment_last": inbound[-1].sentiment,
        **_clock("answer_minutes", start, reply, hours),
        **_clock("last_answer_minutes", last, reply, hours),
        **_clock("resolve_minutes", start, resolved, hours),
        **_clock("waited_minutes", start, now if reply is None else None, hours),
    }


def _clock(
    name: str, start: datetime, end: datetime | None, hours: BusinessHours
) -> dict[str, float | None]:
    if end is None:
        return {name: None, f"{name}_business": None}
    business = hours.minutes_between(start, end)
    return {name: (end - start).total_seconds() / 60, f"{name}_business": business}
