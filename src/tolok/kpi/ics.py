"""A calendar feed of checks, due dates and reviews (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from tolok.base import Calendar, Language, Text

from .kpi import Kpi
from .rhythm import check_days

AHEAD = 400  # days a feed looks ahead
CHECK = Text("Check: {name}", "Cek KPI: {name}")
DUE = Text("Due: {name}", "Tenggat KPI: {name}")
REVIEW = Text("KPI review {period}", "Tinjauan KPI {period}")
WHAT = Text("Look at what changed, then decide: keep, act, adjust or stop.",
            "Lihat apa yang berubah, lalu putuskan: lanjutkan, bertindak, sesuaikan, atau "
            "hentikan.")  # fmt: skip
_WIDTH = 75  # octets of a line


def make_feed(
    kpis: Iterable[Kpi],
    calendar: Calendar,
    today: date,
    *,
    brand: str,
    stamp: datetime,
    language: Language = "en",
) -> str:
    """Return the feed of all active KPIs; the same for the same KPIs, day and stamp (UTC)."""
    alive = [k for k in kpis if k.state == "active"]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tolok//KPI//EN", "CALSCALE:GREGORIAN",
             f"X-WR-CALNAME:{_escape(f'Tolok {brand}')}"]  # fmt: skip
    for kpi in alive:
        for day in check_days(kpi, calendar, today + timedelta(days=AHEAD)):
            if day >= today:
                uid = f"check-{kpi.key}-{day:%Y%m%d}@{brand}.tolok"
                words = CHECK.say(language, name=kpi.name)
                lines += _event(uid, day, words, WHAT.say(language), kpi.owner, stamp)
        if kpi.due and kpi.due >= today:
            uid = f"due-{kpi.key}@{brand}.tolok"
            words = DUE.say(language, name=kpi.name)
            lines += _event(uid, kpi.due, words, kpi.reason or "", kpi.owner, stamp)
    if alive:
        for day, label in _reviews(calendar, today, language):
            uid = f"review-{day:%Y%m%d}@{brand}.tolok"
            lines += _event(uid, day, REVIEW.say(language, period=label), "", None, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _fold(line))


def _reviews(calendar: Calendar, today: date, language: Language) -> Iterator[tuple[date, str]]:
    half = calendar.period_of(today, "half")
    for _ in range(2):
        yield half.end, half.label(language)
        half = calendar.following(half)


def _event(
    uid: str, day: date, summary: str, description: str, owner: str | None, stamp: datetime
) -> list[str]:
    text = f"{description} ({owner})" if owner and description else description or owner or ""
    told = ["BEGIN:VEVENT", f"UID:{uid}", f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escape(summary)}"]  # fmt: skip
    if text:
        told.append(f"DESCRIPTION:{_escape(text)}")
    return [*told, "TRANSP:TRANSPARENT", "END:VEVENT"]


def _escape(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _fold(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 octets, never inside a character."""
    piece = ""
    for sign in line:
        if len((piece + sign).encode()) > _WIDTH:
            yield piece
            piece = " "
        piece += sign
    yield piece
