"""Whether a report may go out: skipped without data, flagged where the period is not covered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from tolok.base import LANGUAGES, Locale, Period, Text
from tolok.metrics import Engine

State = Literal["ready", "flagged", "skip"]

_NOTHING = Text("There is no data for {period} yet; the report was not sent.",
                "Belum ada data untuk {period}; laporan tidak dikirim.")  # fmt: skip
_ENDS = Text("The data ends on {day}; {period} is not covered to its end.",
             "Data hanya sampai {day}; {period} belum lengkap sampai akhir.")  # fmt: skip
_TABLES = (
    ("account_days", "day"),
    ("post_days", "day"),
    ("posts", "published_at"),
    ("ad_results", "start"),
)


@dataclass(frozen=True)
class Readiness:
    """Ready, flagged (sent with a warning) or skip, and why in words."""

    state: State
    reason: Text | None = None
    data_until: date | None = None


def check_readiness(engine: Engine, brand: str, period: Period) -> Readiness:
    """Return whether the period's report may go out.

    Without any row of the period it is skipped. Where the youngest row lies more than two days
    before the end of the period (platforms tell a day late), it is flagged.
    """
    last = last_day(engine, brand, period)
    if last is None:
        return Readiness("skip", _say(_NOTHING, period))
    if last < period.end - timedelta(days=3):
        return Readiness("flagged", _say(_ENDS, period, last), last)
    return Readiness("ready", None, last)


def _say(words: Text, period: Period, day: date | None = None) -> Text:
    return Text(*(
        words.say(x, period=period.label(x), day=Locale(x).format_date(day) if day else "")
        for x in LANGUAGES
    ))  # fmt: skip


def last_day(engine: Engine, brand: str, period: Period) -> date | None:
    """Return the last day of the period with any row of the brand, None for none."""
    found = []
    low, high = engine.calendar.utc_bounds(period)
    for table, column in _TABLES:
        if engine.view.is_empty(table):
            continue
        rows = engine.view.table(table)
        is_moment = rows[column].type().is_timestamp()
        start, end = (low, high) if is_moment else (period.start, period.end)
        rows = rows.filter((rows.brand == brand) & (rows[column] >= start) & (rows[column] < end))
        last = rows[column].max().to_pyarrow().as_py()
        if last is not None:
            found.append(engine.calendar.today_of(last) if isinstance(last, datetime) else last)
    return max(found, default=None)
