"""Kinds of GA4 tables: one reader for all, told apart by what splits their rows."""

from __future__ import annotations

from collections.abc import Callable

from tolok.base import Text

from ...connector import Export, Extract, Field
from ...source import Source
from .preamble import read_heading
from .report import DAYS, DIMENSIONS, FIELDS, read_report

_TRAFFIC = frozenset({
    "channel", "source_medium", "source", "medium", "campaign", "source_platform",
    "event_channel", "event_source_medium",
})  # fmt: skip
_FIRST = frozenset(name for name in DIMENSIONS if name.startswith("first_"))
_PAGES = frozenset({"page", "page_title", "page_location", "landing_page"})
# Words hardly any other file uses; a sheet without GA4's own lines must hold two of them.
_TELLING = (
    "events", "users", "new_users", "returning_users", "engaged_sessions", "key_events",
    "channel", "first_channel", "source_medium", "nth_day", "events_per_user",
    "per_session_seconds", "session_duration",
)  # fmt: skip
_MOSTLY = 0.8
_WHERE = Text("GA4 › Reports or Explore › Share this report › Download file › CSV",
              "GA4 › Laporan atau Eksplorasi › Bagikan laporan › Download file › CSV")  # fmt: skip
_FRESH = Text("Figures settle within 2 days, key events within 12.",
              "Angka stabil dalam 2 hari, peristiwa utama dalam 12 hari.")  # fmt: skip
_COHORT_FIELDS = (
    Field("week_0", "text", required=True), Field("week_1", "text", required=True),
    Field("date", "text"), *(Field(f"week_{n}", "text") for n in range(2, 6)),
)  # fmt: skip
_ITEM_FIELDS = (Field("item", "text", required=True), Field("items", "text", required=True))


def kind_of(source: Source) -> str:
    """Return which kind of table this is, by the dimensions in its header."""
    here = {name for name in DIMENSIONS if source.has(name)}
    for kind, names in (("traffic", _TRAFFIC), ("first_visits", _FIRST), ("pages", _PAGES)):
        if here & names:
            return kind
    if "event" in here:
        return "events"
    return "segments" if here else "days"


def is_ga4(source: Source) -> bool:
    """Whether GA4 wrote the table: by the lines above it, or by nearly all of its header."""
    if _has_heading(source):
        return True
    headers = [h for h in source.sheet.header if h.strip()]
    telling = sum(source.has(name) for name in _TELLING)
    return telling >= 2 and len(source.mapping) >= _MOSTLY * len(headers)


def _has_heading(source: Source) -> bool:
    heading = read_heading(source)
    return heading.is_own and heading.is_dated


def _only(kind: str) -> Callable[[Source], float | None]:
    return lambda source: 0.0 if kind_of(source) == kind and is_ga4(source) else None


def _export(kind: str, name: Text) -> Export:
    return Export(
        key=f"ga4.{kind}", name=name, platform="ga4", fields=FIELDS, read=read_report,
        matches=_only(kind), required_any=((*DAYS, *DIMENSIONS), _COUNTED),
        where=_WHERE, how_fresh=_FRESH, numbers_like="en",
    )  # fmt: skip


_COUNTED = tuple(f.name for f in FIELDS if f.name not in (*DAYS, *DIMENSIONS))


def _refuse_cohorts(source: Source) -> Extract:
    return source.refuse("cohorts", Text(
        "A table of returning visitors by week of the first visit has no place among Tolok's "
        "figures yet. Nothing of it was taken.",
        "Tabel pengunjung yang kembali menurut minggu kunjungan pertama belum punya tempat di "
        "Tolok. Tidak ada yang diambil."))  # fmt: skip


def _refuse_items(source: Source) -> Extract:
    return source.refuse("items", Text(
        "Items bought or viewed have no place among Tolok's figures. Nothing of it was taken.",
        "Barang yang dibeli atau dilihat tidak punya tempat di Tolok. Tidak ada yang diambil."))  # fmt: skip


TRAFFIC = _export("traffic", Text("GA4 traffic acquisition", "Akuisisi traffic GA4"))
FIRST_VISITS = _export("first_visits", Text("GA4 user acquisition", "Akuisisi pengguna GA4"))
PAGES = _export("pages", Text("GA4 pages", "Halaman GA4"))
EVENTS = _export("events", Text("GA4 events", "Peristiwa GA4"))
SEGMENTS = _export("segments", Text("GA4 visitors by segment", "Pengunjung GA4 per segmen"))
SITE_DAYS = _export("days", Text("GA4 days", "Harian GA4"))
COHORTS = Export(
    key="ga4.cohorts", name=Text("GA4 returning visitors", "Pengunjung kembali GA4"),
    platform="ga4", fields=_COHORT_FIELDS, read=_refuse_cohorts,
    matches=lambda source: 0.0 if _has_heading(source) else None, where=_WHERE,
)  # fmt: skip
ITEMS = Export(
    key="ga4.items", name=Text("GA4 items", "Barang GA4"), platform="ga4", fields=_ITEM_FIELDS,
    read=_refuse_items, matches=lambda source: 0.0 if _has_heading(source) else None,
    where=_WHERE,
)  # fmt: skip
EXPORTS = (TRAFFIC, FIRST_VISITS, PAGES, EVENTS, SEGMENTS, SITE_DAYS, COHORTS, ITEMS)
