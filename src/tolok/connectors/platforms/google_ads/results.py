"""Results of campaigns, ad groups, ads and keywords, with the Total rows as checksums."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text

from ...connector import Export, Extract, Field
from ...source import Source
from .period import read_period
from .totals import check_totals, is_total

NAMES = ("campaign", "adgroup", "ad", "keyword", "search_term")
LEVELS = {"adgroup": "adset"}  # lake's word for an ad group
BREAKDOWNS = (
    "device", "network", "country", "region", "city", "age", "gender", "hour", "weekday",
    "conversion_action",
)  # fmt: skip
_CENT = 0.0051  # rates and amounts are rounded to two decimals
_SHARE = 0.000051  # shares to a hundredth of a percent

FIELDS = (
    *(Field(name, "text") for name in (
        "campaign_status", "adgroup_status", "ad_status", "adgroup", "ad", "keyword",
        "match_type", "search_term", "account_name", "budget", "budget_name", "budget_type",
        "status_reasons", "optimization_score", "week", "month", *BREAKDOWNS)),
    Field("campaign", "text", "campaign"),
    Field("campaign_type", "text", "objective"),
    Field("status", "text", "status"),
    Field("ad_id", "id"),
    Field("customer_id", "text"),
    Field("day", "day"),
    Field("currency", "text"),
    Field("cost", "money", "spend", required=True),
    Field("impressions", "count", "impressions", required=True),
    Field("interactions", "count", "interactions"),
    Field("clicks", "count", "clicks"),
    Field("conversions", "number", "conversions"),
    Field("conversion_value", "money", "conversion_value"),
    *(Field(name, "percent", unit="percent")
      for name in ("ctr", "interaction_rate", "conversion_rate")),
    *(Field(name, "number") for name in (
        "cpm", "cpc", "cpv", "average_cost", "cost_per_conversion")),
    *(Field(name, "text") for name in ("view_rate", "platform_conversions", "all_conversions")),
)  # fmt: skip
_COARSE = Text(
    "The rows are split by week or month, which Tolok cannot place exactly. Export with the segment "
    "Day, or without one.",
    "Barisnya dipecah per minggu atau bulan, yang tidak bisa ditempatkan dengan tepat. Ekspor dengan "
    "segmen Hari, atau tanpa segmen.",
)
_NO_PERIOD = Text(
    "Which days does this report cover? The two lines above its header are missing or say “All "
    "time”. Export again with a date range, or say it with --period, such as {example}.",
    "Laporan ini mencakup tanggal berapa sampai berapa? Dua baris di atas judul kolomnya hilang atau "
    "berisi “All time”. Ekspor lagi dengan rentang tanggal, atau sebutkan dengan --period, misalnya "
    "{example}.",
)


def read_results(source: Source) -> Extract:
    """Return one row per campaign (ad group, ad, keyword) and period; Total rows only check."""
    if not source.has("day") and (source.has("week") or source.has("month")):
        return source.refuse("period", _COARSE)
    period = read_period(source)
    if period is None and not source.has("day"):
        source.ask("period", _NO_PERIOD, example="2026-08-01..2026-08-31")
    totals = is_total(source)
    _check_rates(source)
    check_totals(source, totals)
    source.skip(totals)
    _drop_cut_row(source, totals)
    if any(check.state == "failed" for check in source.checks):
        return source.extract({})
    level = next((n for n in reversed(NAMES) if source.has(n)), "account")
    used = [name for name in BREAKDOWNS if source.has(name)]
    rows = source.filled() | _span(source, period) | {
        "account": _account(source), "platform": "google_ads",
        "currency": _currency(source), "attribution": "",
        "level": LEVELS.get(level, level), "item": _items(source, level),
        "breakdown": ",".join(used), "segment": _joined(
            [pc.fill_null(source.text(n), "") for n in used], ","),
        "adset": source.text("adgroup"), "ad": source.text("ad"),
    }  # fmt: skip
    if not source.has("status"):
        rows["status"] = source.text("campaign_status")
    return source.extract({"ad_results": rows})


def _drop_cut_row(source: Source, totals: np.ndarray) -> None:
    """A report ends with a line end and its Total rows: without either it may have been cut off."""
    if source.sheet.ends_cleanly or totals.any() or source.num_rows == 0:
        return
    is_last = np.arange(source.num_rows) == source.num_rows - 1
    source.set_aside(is_last, Text(
        "the file ends within this row, before its Total rows: export it again",
        "berkas berakhir di tengah baris ini, sebelum baris Total: ekspor sekali lagi"))  # fmt: skip


def _span(source: Source, period: tuple[Any, Any] | None) -> dict[str, Any]:
    if not source.has("day"):
        start, until = period or (None, None)
        return {"start": start, "until": until}
    day = source.days("day")
    until = pc.add(day.cast(pa.int32()), pa.scalar(1, pa.int32())).cast(pa.date32())
    return {"start": day, "until": until}


def _account(source: Source) -> Any:
    for name in ("customer_id", "account_name"):
        if source.has(name) and source.raw(name).null_count < source.num_rows:
            named = pc.fill_null_forward(pc.fill_null_backward(source.text(name)))
            return source.accounts("google_ads", named)
    return source.account("google_ads")


def _currency(source: Source) -> Any:
    """Return the currency of each row: a manager's report holds accounts of several."""
    named = source.text("currency")
    if pc.all(pc.or_(pc.is_valid(named), pa.array(~source.taken))).as_py():
        return named
    return source.currency("cost", "currency")


def _items(source: Source, level: str) -> Any:
    """Return what names each row: campaign / ad group / ad or keyword; an ad has an ID."""
    if level == "account":
        return ""
    if level == "ad" and source.has("ad_id"):
        return source.ids("ad_id")
    names = [source.text(n) for n in NAMES if source.has(n)]
    if source.has("match_type") and level in ("keyword", "search_term"):
        names.append(source.text("match_type"))
    return _joined(names, " / ")


def _joined(columns: list[pa.ChunkedArray], separator: str) -> Any:
    """Return the columns joined row by row, what is blank left out; null where all are."""
    if not columns:
        return ""
    joined = columns[0]
    for column in columns[1:]:
        joined = pc.coalesce(pc.binary_join_element_wise(joined, column, separator), joined, column)
    return joined


def _check_rates(source: Source) -> None:
    """Recompute the file's rates: a file opened under another locale has lost decimal points."""
    cost, shown = source.money("cost").cast(pa.float64()), source.counts("impressions")
    clicks, acts = source.counts("clicks"), source.counts("interactions")
    won = source.numbers("conversions")
    thousand = pc.divide(shown.cast(pa.float64()), 1000.0)
    for name, stated, parts, unit, allowed in (
        ("cpm", source.numbers, (cost, thousand), _CENT, 0.0),
        ("ctr", source.percents, (clicks, shown), _SHARE, 0.0),
        ("interaction_rate", source.percents, (acts, shown), _SHARE, 0.0),
        # Which clicks and conversions count here depends on the campaign's goals.
        ("average_cost", source.numbers, (cost, acts), _CENT, 0.2),
        ("cpc", source.numbers, (cost, clicks), _CENT, 1.0),
        ("conversion_rate", source.percents, (won, acts), _SHARE, 1.0),
        ("cost_per_conversion", source.numbers, (cost, won), _CENT, 1.0),
    ):
        if source.has(name) and _is_known(parts):
            source.check_ratio(name, stated(name), *parts, half_unit=unit, allowed=allowed)


def _is_known(parts: tuple[pa.ChunkedArray, pa.ChunkedArray]) -> bool:
    return all(part.null_count < len(part) for part in parts) and bool(np.any(len(parts[0])))


RESULTS = Export(
    key="google_ads.results",
    name=Text("Google Ads results", "Hasil Google Ads"),
    platform="google_ads",
    fields=FIELDS,
    read=read_results,
    required_any=(NAMES, ("interactions", "clicks", "conversions", "currency")),
    where=Text("Google Ads › Campaigns › Download › .csv or Excel .csv",
               "Google Ads › Kampanye › Download › .csv atau Excel .csv"),
    how_fresh=Text("Conversions may still be added for 30 days and longer.",
                   "Konversi masih bisa bertambah selama 30 hari atau lebih."),
)  # fmt: skip
