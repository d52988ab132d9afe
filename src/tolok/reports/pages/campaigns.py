"""Campaigns and money: what was spent, what it brought, by every way of giving credit."""

from __future__ import annotations

from tolok.base import Text

from ..page import Page
from ..sections import Part, Split, build_sections, keys_of

PARTS = (
    Part(Text("Adverts", "Iklan"),
         ("ad_spend", "ad_results", "ad_cost_per_result", "ad_link_clicks", "ad_cpc", "ad_cpm", "ad_click_through_rate", "ad_conversions", "ad_roas",)),
    Part(Text("Wanted actions", "Tindakan yang diharapkan"),
         ("conversions", "leads", "campaign_conversion_rate", "cost_per_conversion", "cost_per_lead", "orders", "social_revenue", "average_order_value",)),
    Part(Text("Return by way of giving credit", "Hasil menurut cara membagi kredit"),
         ("roi_last", "roi_linear", "roi_position", "roi_markov", "roi_shapley", "roas_last", "roas_shapley",)),
    Part(Text("Budget and time", "Anggaran dan waktu"),
         ("cost", "budget_planned", "budget_variance", "budget_forecast", "forecast_overrun", "milestones_on_time", "schedule_variance", "campaigns_running",)),
)  # fmt: skip
SPLITS = (
    Split("ad_spend", "campaign", Text("Spend by campaign", "Belanja per kampanye")),
    Split("ad_results", "campaign", Text("Results by campaign", "Hasil per kampanye")),
    Split("conversions", "campaign", Text("Conversions by campaign", "Konversi per kampanye")),
)

PAGE = Page(
    key="campaigns", order=70, build=build_sections(PARTS, SPLITS),
    title=Text("Campaigns and money", "Kampanye dan anggaran"),
    question=Text("What did our money bring?", "Apa hasil dari uang yang kita keluarkan?"),
    nothing=Text("No advert, cost, order or campaign has been read in yet.", "Belum ada iklan, biaya, pesanan, atau kampanye yang masuk."),
    needs=keys_of(PARTS), follows=keys_of(PARTS),
    serves=("K4.1", "K4.2", "K4.3", "K4.4", "L14", "W3",),
)  # fmt: skip
