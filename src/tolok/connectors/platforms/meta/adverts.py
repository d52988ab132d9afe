"""Adverts: results of campaigns, ad sets and ads, with the unlabelled total as their checksum."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text

from ...connector import Export, Extract, Field
from ...source import Source, as_mask

NAMES = ("campaign", "adset", "ad")
_SAID = {"campaign": Text("campaign", "kampanye"), "adset": Text("ad set", "set iklan"),
         "ad": Text("ad", "iklan"), "account": Text("account", "akun")}  # fmt: skip
BREAKDOWNS = ("region", "country", "age", "gender", "placement", "on_platform", "device", "hour")
_RATE_UNIT = 0.0101  # rates are cut, not rounded, to two decimals in some files
_SUMS = ("spend", "impressions", "link_clicks", "clicks", "landing_views", "purchases")

FIELDS = (
    Field("start", "day", required=True),
    Field("until", "day"),
    Field("day", "day"),
    Field("month", "text"),
    Field("account_name", "text"),
    Field("campaign", "text", "campaign"),
    Field("adset", "text", "adset"),
    Field("ad", "text", "ad"),
    Field("ad_id", "id"),
    Field("status", "text", "status"),
    Field("objective", "text", "objective"),
    Field("attribution", "text"),
    Field("results", "number", "results"),
    Field("result_type", "text", "result_type"),
    Field("cost_per_result", "number", "cost_per_result_stated"),
    Field("currency", "text"),
    Field("spend", "money", "spend", required=True),
    Field("impressions", "count", "impressions"),
    Field("reach", "count", "reach"),
    Field("frequency", "number"),
    Field("clicks", "count", "clicks"),
    Field("link_clicks", "count", "link_clicks"),
    Field("landing_views", "count", "landing_views"),
    Field("purchases", "number", "conversions"),
    Field("purchase_value", "money", "conversion_value"),
    Field("interactions", "count", "interactions"),
    Field("reactions", "count", "reactions"),
    Field("comments", "count", "comments"),
    Field("shares", "count", "shares"),
    Field("saves", "count", "saves"),
    Field("video_views_3s", "count", "video_views_3s"),
    Field("thruplays", "count", "thruplays"),
    Field("cpm", "number"),
    Field("cpc_link", "number"),
    Field("cpc_all", "number"),
    Field("ctr_link", "number"),
    Field("ctr_all", "number"),
    *(Field(name, "text") for name in BREAKDOWNS),
)


def read_adverts(source: Source) -> Extract:
    """Return ads, ad sets or campaigns, and the file's own total as a row of level account."""
    spend = source.money("spend")
    nothing = pc.and_(pc.is_null(spend), pc.is_null(source.counts("impressions")))
    names = [source.text(n) for n in (*NAMES, *BREAKDOWNS, "month")]
    unnamed = _all_null(names)
    source.skip(as_mask(nothing) & unnamed)
    totals = _is_total(source, unnamed)
    _check_rates(source)
    if any(c.state == "failed" for c in source.checks):
        return source.extract({})
    account = _account(source)
    start, until = _span(source)
    common = source.filled(but={"currency"}) | {
        "account": account, "platform": "meta_ads", "currency": source.currency("spend", "currency"),
        "start": start, "until": until,
        "attribution": _filled_in(source.text("attribution"), source),
    }  # fmt: skip
    _check_sums(source, totals)
    level = next((n for n in reversed(NAMES) if source.has(n)), "account")
    used = [b for b in BREAKDOWNS if source.has(b)]
    rows = common | {
        "level": level, "item": _items(source, level, totals),
        "breakdown": ",".join(used), "segment": _joined([source.text(b) for b in used], ","),
    }  # fmt: skip
    whole = common | {"level": "account", "item": "", "breakdown": "", "segment": ""}
    whole |= dict.fromkeys(NAMES)
    whole |= _whole_span(source)
    return source.extract({"ad_results": [(rows, ~totals), (whole, totals)]})


def _all_null(columns: list[pa.ChunkedArray]) -> np.ndarray:
    return np.logical_and.reduce([as_mask(pc.is_null(c)) for c in columns])


def _is_total(source: Source, unnamed: np.ndarray) -> np.ndarray:
    """A row without any name, or named by a word for total, sums the others up."""
    words = source.words("total")
    for name in NAMES:
        if source.has(name):
            called = source.mapped(name, lambda c: "yes" if c and c.casefold() in words else None)
            unnamed = unnamed | as_mask(pc.is_valid(called))
            break
    return unnamed & source.taken


def _account(source: Source) -> Any:
    if source.has("account_name"):
        filled = pc.fill_null_forward(pc.fill_null_backward(source.text("account_name")))
        return source.accounts("meta_ads", filled)
    return source.account("meta_ads")


def _filled_in(attribution: pa.ChunkedArray, source: Source) -> pa.ChunkedArray:
    """Give the total row the attribution of all rows when they agree; none is an empty text."""
    kinds = [k for k in pc.unique(attribution.filter(pa.array(source.taken))).to_pylist() if k]
    if len(kinds) > 1:
        source.note(Text(
            "Rows with different attribution settings are kept apart; their results do not add.",
            "Baris dengan pengaturan atribusi berbeda dipisahkan; hasilnya tidak dijumlahkan."))  # fmt: skip
    return pc.fill_null(attribution, kinds[0] if len(kinds) == 1 else "")


def _span(source: Source) -> tuple[Any, Any]:
    """Return first day and day after the last of each row: its day, its month, else the report's."""
    start, last = source.days("start"), source.days("until")
    if source.has("day"):
        day = source.days("day")
        start, last = pc.coalesce(day, start), pc.coalesce(day, last)
    if source.has("month"):
        ends = [source.mapped("month", lambda c, i=i: _end(c, i)) for i in (0, 1)]
        first, final = (e.cast(pa.date32()) for e in ends)
        start, last = pc.coalesce(first, start), pc.coalesce(final, last)
    return start, _next_day(pc.coalesce(last, start))


def _whole_span(source: Source) -> dict[str, Any]:
    if not source.has("day") and not source.has("month"):
        return {}
    start, last = source.days("start"), source.days("until")
    return {"start": start, "until": _next_day(pc.coalesce(last, start))}


def _next_day(days: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.add(days.cast(pa.int32()), pa.scalar(1, pa.int32())).cast(pa.date32())


def _end(cell: str | None, which: int) -> str | None:
    parts = cell.split(" - ") if cell else []
    return parts[which].strip() if len(parts) == 2 else None


def _joined(columns: list[pa.ChunkedArray], separator: str) -> Any:
    if not columns:
        return ""
    return pc.binary_join_element_wise(*(pc.fill_null(c, "") for c in columns), separator)


def _items(source: Source, level: str, totals: np.ndarray) -> Any:
    """Return what names each row: the ad ID, else campaign / ad set / ad, one name numbered."""
    names = [source.text(n) for n in NAMES if source.has(n)]
    if not names:
        return ""
    joined = names[0]
    for name in names[1:]:
        both = pc.binary_join_element_wise(joined, name, " / ")
        joined = pc.coalesce(both, joined, name)
    if source.has("ad_id"):
        ids = source.ids("ad_id")
        return pc.if_else(pc.is_valid(ids), ids, joined)
    return pa.chunked_array([pa.array(_numbered(source, joined.to_pylist(), totals, level))])


def _numbered(
    source: Source, items: list[str | None], totals: np.ndarray, level: str
) -> list[str | None]:
    spans = ["start", "until", "day", "month", "attribution", *BREAKDOWNS]
    marks = _joined([source.raw(n) for n in spans if source.has(n)], "|").to_pylist()
    seen: dict[tuple[str | None, str], int] = {}
    result: list[str | None] = []
    for index, key in enumerate(zip(items, marks, strict=True)):
        counts = source.taken[index] and not totals[index]
        seen[key] = seen.get(key, 0) + int(counts)
        again = counts and seen[key] > 1
        result.append(f"{key[0]} ({seen[key]})" if again else key[0])
    repeated = sum(n - 1 for n in seen.values() if n > 1)
    if repeated:
        source.check("names", "noted", Text(
            "{count} rows share their name with another {level}; they are numbered in the order "
            "of the file. Export with the ad ID to tell them apart for good.",
            "{count} baris bernama sama dengan {level} lain; semuanya dinomori menurut urutan "
            "berkas. Ekspor bersama ID iklan agar selalu bisa dibedakan."),
            count=repeated, level=_SAID[level])  # fmt: skip
    return result


def _check_rates(source: Source) -> None:
    """Recompute the file's rates: a file opened under another locale has lost decimal points."""
    spend = source.money("spend").cast(pa.float64())
    shown, clicks = source.counts("impressions"), source.counts("clicks")
    link = source.counts("link_clicks")
    thousand = pc.divide(shown.cast(pa.float64()), 1000.0)
    hundred = pc.divide(shown.cast(pa.float64()), 100.0)
    rates: dict[str, tuple[Any, Any]] = {
        "cpm": (spend, thousand), "cpc_link": (spend, link), "cpc_all": (spend, clicks),
        "ctr_link": (link, hundred), "ctr_all": (clicks, hundred),
        "frequency": (shown, source.counts("reach")),
        "cost_per_result": (spend, source.numbers("results")),
    }  # fmt: skip
    for name, (numerator, denominator) in rates.items():
        if source.has(name):
            source.check_ratio(name, source.numbers(name), numerator, denominator,
                               half_unit=_RATE_UNIT)  # fmt: skip


def _check_sums(source: Source, totals: np.ndarray) -> None:
    if totals.sum() != 1 or source.taken.sum() < 2:
        return
    at, rows = int(np.flatnonzero(totals)[0]), pa.array(source.taken & ~totals)
    for name in _SUMS:
        if source.has(name):
            values = source.value(name).cast(pa.float64())
            source.check_total(name, values[at].as_py(), values.filter(rows))
    if source.has("reach"):
        reach = source.counts("reach")
        source.check("unique", "noted", Text(
            "Reach of the whole is {total:,}, of the rows together {summed:,}: people are counted "
            "once in the first and again and again in the second, so the rows are never added.",
            "Jangkauan keseluruhan {total:,}, sedangkan jumlah barisnya {summed:,}: orang yang sama "
            "terhitung berulang di baris, jadi baris tidak pernah dijumlahkan."),
            total=reach[at].as_py() or 0, summed=pc.sum(reach.filter(rows)).as_py() or 0)  # fmt: skip


ADVERTS = Export(
    key="meta.adverts",
    name=Text("Meta Ads results", "Hasil Iklan Meta"),
    platform="meta_ads",
    fields=FIELDS,
    read=read_adverts,
    required_any=(("impressions", "reach", "results"),),
    where=Text("Ads Manager › Reports › Export table data", "Pengelola Iklan › Laporan › Ekspor"),
    how_fresh=Text("Results may still change for 28 days.", "Hasil masih bisa berubah 28 hari."),
)
