"""Any table of GA4: its dimensions become segments, its offsets and dates become days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text

from ...connector import Extract, Field
from ...reading.header import fold_header, is_value
from ...source import Source, as_mask
from .cut import may_be_cut, without_last_cell
from .preamble import Heading, read_heading
from .total import check_totals, total_rows

# Field -> the dimension it makes; in the order in which a table of several names them.
DIMENSIONS = {
    "channel": "channel", "source_medium": "source_medium", "source": "source",
    "medium": "medium", "campaign": "campaign", "source_platform": "source_platform",
    "first_channel": "first_channel", "first_source_medium": "first_source_medium",
    "first_source": "first_source", "first_medium": "first_medium",
    "first_campaign": "first_campaign", "event_channel": "event_channel",
    "event_source_medium": "event_source_medium", "page": "page", "page_title": "page_title",
    "page_location": "page_location", "landing_page": "landing_page", "event": "event",
    "country": "country", "country_id": "country_id", "region": "region", "city": "city",
    "language_of": "language", "device": "device", "browser": "browser", "system": "system",
    "app": "app", "hostname": "hostname", "audience": "audience",
    "new_or_returning": "new_or_returning", "hour": "hour", "weekday": "weekday", "age": "age",
    "gender": "gender",
}  # fmt: skip
DAYS = ("date", "nth_day")
MEASURES = (
    "sessions", "engaged_sessions", "users", "active_users", "new_users", "returning_users",
    "views", "events", "key_events", "revenue", "engagement_seconds", "active_1",
)  # fmt: skip
_RATES = (
    "engagement_rate", "bounce_rate", "per_session_seconds", "per_user_seconds",
    "session_duration", "events_per_session", "events_per_user", "sessions_per_user",
    "views_per_user", "key_event_rate", "user_key_event_rate",
)  # fmt: skip

FIELDS = (
    Field("date", "day"),
    Field("nth_day", "count"),
    *(Field(name, "text") for name in DIMENSIONS),
    Field("sessions", "count", "sessions"),
    Field("engaged_sessions", "count", "engaged_sessions"),
    Field("users", "count", "users"),
    Field("active_users", "count", "active_users"),
    Field("new_users", "count", "new_users"),
    Field("returning_users", "count", "returning_users"),
    Field("views", "count", "views"),
    Field("events", "count", "events"),
    Field("key_events", "number", "key_events"),
    Field("revenue", "number"),
    Field("engagement_seconds", "number", "engagement_seconds"),
    Field("engagement_rate", "percent", "engagement_rate_stated"),
    Field("active_1", "count", "active_users"),
    Field("active_7", "count"),
    Field("active_28", "count"),
    *(Field(name, "number") for name in _RATES if name != "engagement_rate"),
)
_NO_PERIOD = Text(
    "Which days does this table cover? The lines with “#” that GA4 writes above it are missing. "
    "Import the file as GA4 wrote it, or say it with --period, such as {example}.",
    "Tabel ini mencakup tanggal berapa sampai berapa? Baris “#” yang ditulis GA4 di atasnya hilang. "
    "Impor berkas apa adanya dari GA4, atau sebutkan dengan --period, misalnya {example}.",
)
_ONLY_AVERAGES = Text(
    "The table holds averages only, and no counts they could be put together from. Add sessions or "
    "users to the report.",
    "Tabel ini hanya berisi rata-rata tanpa jumlah yang bisa dihitung ulang. Tambahkan sesi atau "
    "pengguna ke laporannya.",
)


def read_report(source: Source) -> Extract:
    """Return one row per segment, or per day and segment, and the Grand total as `total`."""
    heading = read_heading(source)
    if not any(source.has(name) for name in MEASURES):
        return source.refuse("averages", _ONLY_AVERAGES)
    by_day = any(source.has(name) for name in DAYS)
    if not heading.is_dated and not (by_day and source.has("date")):
        source.ask("period", _NO_PERIOD, example="2026-08-01..2026-08-31")
    if source.num_rows == 0:
        source.note(
            Text("GA4 had no data for this table.", "GA4 tidak punya data untuk tabel ini.")
        )
        return source.extract({})
    totals = total_rows(source, [*DAYS, *DIMENSIONS])
    if may_be_cut(source, totals, heading):
        source = without_last_cell(source)
    _check_rates(source)
    check_totals(source, totals)
    if any(check.state == "failed" for check in source.checks):
        return source.extract({})
    _drop_empty(source)
    rows = _common(source, heading) | _span(source, heading, totals) | _segments(source, heading)
    parts: list[Any] = [(rows, ~totals)]
    if heading.is_dated:
        whole = rows | {"dimension": _called("total", heading), "segment": ""}
        parts.append((whole | _whole_span(heading), totals))
    return source.extract({"site_traffic": parts}, more=_accounts(rows["account"], heading))


def _drop_empty(source: Source) -> None:
    known = [as_mask(pc.is_valid(source.value(n))) for n in MEASURES if source.has(n)]
    source.set_aside(~np.logical_or.reduce(known), Text(
        "holds no figure that is taken", "tidak memuat angka yang diambil"))  # fmt: skip


def _common(source: Source, heading: Heading) -> dict[str, Any]:
    account = f"ga4:{heading.site.lower()}" if heading.site else source.account("ga4")
    rows = source.filled() | {"account": account, "platform": "ga4"}
    if source.has("revenue"):
        rows |= _revenue(source)
    if not source.has("engagement_seconds"):
        rows |= _engagement(source)
    return rows


def _revenue(source: Source) -> dict[str, Any]:
    """GA4 writes amounts without their currency: it is the property's, told or left open."""
    revenue = source.numbers("revenue")
    if (pc.max(revenue).as_py() or 0) > 0:
        source.note(
            Text(f"GA4 does not write the currency of revenue: taken as {source.told.currency}.",
                 f"GA4 tidak menulis mata uang pendapatan: dianggap {source.told.currency}.")
            if source.told.currency else
            Text("GA4 does not write the currency of revenue; say it with --currency.",
                 "GA4 tidak menulis mata uang pendapatan; sebutkan dengan --currency.")
        )  # fmt: skip
    return {"revenue": revenue, "currency": source.told.currency}


def _engagement(source: Source) -> dict[str, Any]:
    """Time of engagement is the average of the file times what it was averaged over."""
    pairs = (("per_session_seconds", "sessions"), ("per_user_seconds", "active_users"))
    for average, base in pairs:
        if source.has(average, base):
            seconds = pc.multiply(source.numbers(average), source.counts(base).cast(pa.float64()))
            return {"engagement_seconds": pc.round(seconds, 3)}
    return {}


def _span(source: Source, heading: Heading, totals: np.ndarray) -> dict[str, Any]:
    """Return first day and day after the last of each row."""
    if not any(source.has(name) for name in DAYS):
        return _whole_span(heading)
    source.set_aside(
        as_mask(pc.is_null(source.raw("date" if source.has("date") else "nth_day"))) & ~totals,
        Text("names no day", "tidak menyebut hari"),
    )
    if source.has("date"):
        start = source.days("date").cast(pa.int32())
    else:
        first = (heading.start - date(1970, 1, 1)).days if heading.start else None
        start = pc.add(source.counts("nth_day").cast(pa.int32()), pa.scalar(first, pa.int32()))
    until = pc.add(start, pa.scalar(1, pa.int32()))
    return {"start": start.cast(pa.date32()), "until": until.cast(pa.date32())}


def _whole_span(heading: Heading) -> dict[str, Any]:
    if heading.start is None or heading.last is None:
        return {"start": None, "until": None}  # asked for
    return {"start": heading.start, "until": heading.last + timedelta(days=1)}


def _segments(source: Source, heading: Heading) -> dict[str, Any]:
    """Return dimension and segment; a table by several dimensions joins them with commas."""
    columns = {made: source.text(name) for name, made in DIMENSIONS.items() if source.has(name)}
    columns |= _unknown_dimensions(source)
    if not columns:
        return {"dimension": _called("total", heading), "segment": ""}
    if len(columns) > 1:
        source.note(Text(
            "The table is split by several dimensions at once: its rows stand apart from those of "
            "tables split by one.",
            "Tabel ini dipecah menurut beberapa dimensi sekaligus: barisnya terpisah dari tabel "
            "dengan satu dimensi."))  # fmt: skip
    return {
        "dimension": _called(",".join(columns), heading),
        "segment": pc.binary_join_element_wise(*columns.values(), ","),
    }


def _unknown_dimensions(source: Source) -> dict[str, pa.ChunkedArray]:
    """Return columns of words no alias knows: left out, they would make rows look repeated."""
    known = set(source.mapping.values())
    found = {}
    for index, header in enumerate(source.sheet.header):
        cells = source.sheet.column(index)
        if index not in known and header.strip() and _has_words(cells):
            found[fold_header(header).replace(",", " ")] = cells
    return found


def _has_words(cells: pa.ChunkedArray) -> bool:
    distinct = pc.unique(cells.slice(0, 1000)).to_pylist()
    return any(cell and not is_value(cell) for cell in distinct)


def _called(dimension: str, heading: Heading) -> str:
    """Return the dimension's name; figures of a comparison must never pass for those of all."""
    return f"{dimension} ({heading.group})" if heading.group else dimension


def _accounts(account: Any, heading: Heading) -> dict[str, pa.Table]:
    if not heading.site:
        return {}
    row = {"account": [account], "platform": ["ga4"], "name": [heading.site]}
    return {"accounts": pa.table(row | {"relation": ["own"]})}


def _check_rates(source: Source) -> None:
    """Recompute the file's rates: a file opened under another locale has lost decimal points."""
    sessions, users = source.counts("sessions"), source.counts("active_users")
    if source.has("engagement_rate", "engaged_sessions", "sessions"):
        source.check_ratio("engagement_rate", source.percents("engagement_rate"),
                           source.counts("engaged_sessions"), sessions, half_unit=0.00006)  # fmt: skip
    rates = {
        "events_per_session": (source.counts("events"), sessions),
        "events_per_user": (source.counts("events"), users),
        "views_per_user": (source.counts("views"), users),
    }
    for name, (numerator, denominator) in rates.items():
        if source.has(name):
            # Users are estimated, so a few rows may differ; a damaged file differs in most.
            source.check_ratio(name, source.numbers(name), numerator, denominator,
                               tolerance=0.01, half_unit=0.006, allowed=0.2)  # fmt: skip
