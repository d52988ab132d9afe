"""Google Ads: campaign report by month, two title lines, total rows, ` --` for none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from . import season
from .chance import Chance
from .parcel import Cell, Parcel, csv_text

FOLDER = "google_ads-kopiserambi"
ACCOUNT = "google_ads:kopiserambi"
FIRST = date(2026, 3, 1)
NONE = " --"
HEAD: list[Cell] = [
    "Campaign status", "Campaign", "Budget", "Budget name", "Budget type", "Status",
    "Status reasons", "Optimization score", "Campaign type", "Currency code", "Avg. CPM",
    "Impr.", "Interactions", "Interaction rate", "Avg. cost", "Cost", "Clicks", "CTR",
    "Conv. rate", "Conversions", "Cost / conv.", "Conv. value",
]  # fmt: skip


@dataclass(frozen=True)
class Campaign:
    """A campaign: name, type, budget a day, month it begins."""

    name: str
    type: str
    budget: int
    first: date


CAMPAIGNS = (
    Campaign("Merek - Kopi Serambi", "Search", 25_000, FIRST),
    Campaign("Umum - kopi Surabaya", "Search", 40_000, FIRST),
    Campaign("Video - es kopi pandan", "Video", 30_000, date(2026, 5, 1)),
)


@dataclass(frozen=True)
class Result:
    """What a campaign brought in a month; money in hundredths of a rupiah."""

    cost: int
    impressions: int
    interactions: int
    clicks: int
    conversions: int
    value: int


def fill(parcel: Parcel) -> None:
    """Add Google Ads' files and truth."""
    for start, until in season.months():
        if start >= FIRST:
            add_month(parcel, start, until)
    parcel.know("accounts", {"account": ACCOUNT}, platform="google_ads")


def result_of(campaign: Campaign, start: date, until: date) -> Result:
    """Return what the campaign brought in the month."""
    chance = Chance(f"google_ads:{campaign.name}:{start}")
    cost = round(100 * campaign.budget * (until - start).days * chance.between(0.82, 0.99))
    is_video = campaign.type == "Video"
    clicks = round(cost / 100 / chance.between(900.0, 1400.0)) // (6 if is_video else 1)
    impressions = round(cost / 100 / 24.0) if is_video else round(clicks / 0.061)
    interactions = round(impressions * 0.31) if is_video else clicks
    sold = chance.count(clicks * 0.021)
    return Result(cost, impressions, interactions, clicks, sold,
                  100_000 * sold * chance.whole(70, 110))  # fmt: skip


def added(results: Iterable[Result]) -> Result:
    """Return the sum of results."""
    each = list(results)
    return Result(*(sum(getattr(r, n) for r in each) for n in Result.__dataclass_fields__))


def numbers(result: Result) -> list[Cell]:
    """Return the cells from `Avg. CPM` on; none are a space and two hyphens or zero."""
    r = result
    return [
        money(r.cost * 1000, r.impressions), f"{r.impressions:,}", f"{r.interactions:,}",
        percent(r.interactions, r.impressions), money(r.cost, r.interactions), money(r.cost, 1),
        f"{r.clicks:,}", percent(r.clicks, r.impressions), percent(r.conversions, r.interactions),
        f"{r.conversions:.2f}", money(r.cost, r.conversions), money(r.value, 1),
    ]  # fmt: skip


def money(hundredths: int, parts: int) -> str:
    """Return an amount over parts with two places, ` --` over nothing."""
    return f"{hundredths / 100 / parts:.2f}" if parts else NONE


def percent(part: int, whole: int) -> str:
    """Return a share in percent."""
    return f"{100 * part / whole:.2f}%" if whole else NONE


def add_month(parcel: Parcel, start: date, until: date) -> None:
    """Add one month's file with its three kinds of total rows."""
    live = {c: result_of(c, start, until) for c in CAMPAIGNS if c.first <= start}
    rows: list[list[Cell]] = [HEAD]
    for campaign, result in live.items():
        rows.append([
            "Enabled", campaign.name, f"{campaign.budget:.2f}", NONE, "Daily", "Eligible", None,
            NONE, campaign.type, "IDR", *numbers(result),
        ])  # fmt: skip
        know(parcel, campaign, result, {"start": start, "until": until})
    everything = numbers(added(live.values()))
    rows.append(["Total: Campaigns", *[NONE] * 5, None, NONE, NONE, "IDR", *everything])
    rows.append(["Total: Account", *[None] * 8, "IDR", *everything])
    for kind in sorted({c.type for c in live}):
        part = added(r for c, r in live.items() if c.type == kind)
        rows.append([f"Total: {kind}", *[None] * 7, kind, "IDR", *numbers(part)])
    last = until - timedelta(days=1)
    title = f'Campaign report\n"{spelled(start)} - {spelled(last)}"\n'
    seen = datetime.combine(until + timedelta(days=1), datetime.min.time()).replace(hour=8)
    parcel.add(f"{FOLDER}/Campaign report {start:%Y-%m}.csv",
               (title + csv_text(rows)).encode(), seen)  # fmt: skip


def spelled(day: date) -> str:
    """Return a day as the title line writes it."""
    return f"{day:%B} {day.day}, {day.year}"


def know(parcel: Parcel, campaign: Campaign, result: Result, span: dict[str, date]) -> None:
    """Record a campaign's month; total rows only check the sums and are no facts of their own."""
    key = {"account": ACCOUNT, "level": "campaign", "item": campaign.name, **span,
           "attribution": "", "breakdown": "", "segment": ""}  # fmt: skip
    parcel.know("ad_results", key, platform="google_ads", campaign=campaign.name,
                objective=campaign.type, status="Eligible", currency="IDR",
                spend=f"{result.cost / 100:.2f}", impressions=result.impressions,
                interactions=result.interactions, clicks=result.clicks,
                conversions=result.conversions,
                conversion_value=f"{result.value / 100:.2f}")  # fmt: skip
