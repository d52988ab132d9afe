"""Our own reporting: are KPIs looked at, are claims right, do reports arrive."""

from __future__ import annotations

from tolok.base import Text

from ..page import Page
from ..sections import Part, build_sections, keys_of

PARTS = (
    Part(Text("Checks", "Pengecekan"),
         ("kpis_kept_in_view", "kpis_checked", "kpis_active", "metrics_with_trend", "level_shifts_found",)),
    Part(Text("Claims", "Klaim"),
         ("insight_hit_rate", "insight_brier", "insights_claimed", "insights_used_share",)),
    Part(Text("Reports", "Laporan"),
         ("reports_on_time", "report_open_rate", "report_rating", "report_corrections",)),
    Part(Text("Calendar", "Kalender"),
         ("calendar_adherence", "slots_due", "slots_late", "slots_missed", "posting_gap_median",)),
)  # fmt: skip

PAGE = Page(
    key="reporting", order=150, build=build_sections(PARTS),
    title=Text("Our reporting", "Pelaporan kita"),
    question=Text("Do we look at what we promised to look at?", "Apakah kita memeriksa yang kita janjikan?"),
    nothing=Text("No check, claim or delivery has been written down yet.", "Belum ada pengecekan, klaim, atau pengiriman yang dicatat."),
    needs=keys_of(PARTS), follows=keys_of(PARTS),
    serves=("K5.1", "K5.2", "K5.3", "K5.4", "K2.4",),
    audience=('team', 'boss'),
)  # fmt: skip
