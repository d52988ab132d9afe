"""Meta Ads in Indonesian: ads by month in rupiah, an unlabelled total row first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from . import season
from .chance import Chance
from .parcel import Cell, Parcel, csv_text, with_bom
from .people import crowd

FOLDER = "meta_ads-kopiserambi"
ACCOUNT = "meta_ads:kopiserambi"
PEOPLE = crowd(30_000, 120_000, 600_000)
ATTRIBUTION = "Klik 7 hari atau tayangan 1 hari"
HEAD: list[Cell] = [
    "Awal pelaporan", "Akhir pelaporan", "Nama kampanye", "Nama set iklan", "Nama iklan",
    "Penayangan iklan", "Pengaturan atribusi", "Hasil", "Indikator hasil", "Jangkauan",
    "Frekuensi", "Biaya per hasil", "Jumlah yang dibelanjakan (IDR)", "Impresi",
    "CPM (biaya per 1.000 tayangan) (IDR)", "Klik tautan", "CPC (biaya per klik tautan) (IDR)",
    "CTR (Rasio Klik Tayang Tautan)", "Klik (semua)", "Tayangan halaman tujuan", "Pembelian",
    "Nilai konversi pembelian",
]  # fmt: skip
PURCHASE = "actions:offsite_conversion.fb_pixel_purchase"
ADDED = ("spend", "impressions", "link_clicks", "clicks", "landing_views", "purchases", "value")
FEW = 5  # counts below are left blank


@dataclass(frozen=True)
class Plan:
    """An ad: where it hangs, what it is after, spend a day, and the days it may run."""

    campaign: str
    adset: str
    ad: str
    result: str
    per_day: float
    first: date = season.START
    last: date = season.LAST


ADS = (
    Plan("Jangkauan Surabaya", "18-34 Surabaya", "Reel pagi di serambi", "reach", 42_000),
    Plan("Jangkauan Surabaya", "18-34 Surabaya", "Carousel menu", "reach", 26_000),
    Plan("Jangkauan Surabaya", "35-54 Sidoarjo", "Reel pagi di serambi", "reach", 15_000),
    Plan("Kunjungan toko daring", "Minat kopi", "Biji Dampit 250 g", "actions:link_click", 38_000),
    Plan("Kunjungan toko daring", "Pengunjung lama", "Biji Dampit 250 g", PURCHASE, 21_000),
    Plan("Promo 11.11", "Semua pengikut", "Hitung mundur 11.11", PURCHASE, 120_000,
         date(2025, 11, 5), date(2025, 11, 12)),
    Plan("Promo 12.12", "Semua pengikut", "Hitung mundur 12.12", PURCHASE, 120_000,
         date(2025, 12, 6), date(2025, 12, 13)),
    Plan("Ramadan di serambi", "Buka bersama", "Paket takjil", "actions:link_click", 65_000,
         date(2026, 2, 18), date(2026, 3, 19)),
    Plan("Promo 9.9 dan 10.10", "Semua pengikut", "Hitung mundur", PURCHASE, 110_000,
         date(2026, 9, 4), date(2026, 10, 11)),
)  # fmt: skip


@dataclass(frozen=True)
class Result:
    """What an ad brought in a month; None where the platform leaves a small count blank."""

    plan: Plan
    status: str
    spend: int
    impressions: int
    reach: int
    link_clicks: int
    clicks: int
    landing_views: int
    purchases: int
    value: int

    @property
    def results(self) -> int | None:
        """Return the count of what the ad is after, blank when small."""
        counts = {"reach": self.reach, "actions:link_click": self.link_clicks}
        return shown(counts.get(self.plan.result, self.purchases))


def shown(count: int) -> int | None:
    """Return the count, or None where it is too small for the platform to show."""
    return count if count >= FEW else None


def fill(parcel: Parcel) -> None:
    """Add Meta Ads' files and truth."""
    for start, until in season.months():
        add_month(parcel, start, until)
    parcel.know("accounts", {"account": ACCOUNT}, platform="meta_ads")


def running(plan: Plan, start: date, until: date) -> int:
    """Return on how many days of the month the ad runs; nobody advertised in the quiet time."""
    return sum(plan.first <= d <= plan.last and not season.inside(d, season.QUIET)
               for d in season.days(start, until))  # fmt: skip


def result_of(plan: Plan, start: date, until: date) -> Result:
    """Return what the ad brought in the month."""
    chance = Chance(f"meta_ads:{plan.campaign}:{plan.adset}:{plan.ad}:{start}")
    spend = round(plan.per_day * running(plan, start, until) * chance.between(0.93, 1.07))
    impressions = round(spend / chance.between(17.0, 29.0))
    rate = 0.004 if plan.result == "reach" else 0.016
    links = chance.count(impressions * rate)
    sold = chance.count(links * (0.05 if plan.result == PURCHASE else 0.008))
    over = plan.last < until - timedelta(days=1) or until < season.UNTIL
    return Result(plan, "not_delivering" if over else "active", spend, impressions,
                  PEOPLE.reach(impressions), links, links + chance.count(impressions * 0.006),
                  round(links * chance.between(0.68, 0.85)), sold,
                  sold * 1000 * chance.whole(72, 118))  # fmt: skip


def add_month(parcel: Parcel, start: date, until: date) -> None:
    """Add one month's file: the total with people counted once, then its ads."""
    results = [result_of(p, start, until) for p in ADS if running(p, start, until)]
    last = str(until - timedelta(days=1))
    span = {"start": start, "until": until}
    rows: list[list[Cell]] = [HEAD, [str(start), last, *total(parcel, results, span)]]
    for r in sorted(results, key=lambda r: -r.spend):
        p, found = r.plan, r.results
        each = r.spend / found if found else None
        rows.append([
            str(start), last, p.campaign, p.adset, p.ad, r.status, ATTRIBUTION, found,
            p.result, *delivery(r.spend, r.impressions, r.reach, cost=each),
            *clicks(r.spend, r.impressions, r.link_clicks), r.clicks, shown(r.landing_views),
            shown(r.purchases), r.value if shown(r.purchases) else None,
        ])  # fmt: skip
        key = {"account": ACCOUNT, "level": "ad", "item": f"{p.campaign} / {p.adset} / {p.ad}",
               **span, "attribution": ATTRIBUTION, "breakdown": "", "segment": ""}  # fmt: skip
        parcel.know(
            "ad_results", key, platform="meta_ads", campaign=p.campaign, adset=p.adset, ad=p.ad,
            status=r.status, result_type=p.result, currency="IDR", spend=r.spend,
            impressions=r.impressions, reach=r.reach, clicks=r.clicks, link_clicks=r.link_clicks,
            landing_views=shown(r.landing_views), results=found,
            conversions=shown(r.purchases),
            conversion_value=r.value if shown(r.purchases) else None,
            cost_per_result_stated=decimal(each),
        )  # fmt: skip
    seen = datetime.combine(until + timedelta(days=1), datetime.min.time()).replace(hour=8)
    name = f"Kopi-Serambi-Iklan-{start:%Y-%m-%d}-{last}.csv"
    parcel.add(f"{FOLDER}/{name}", with_bom(csv_text(rows)), seen)


def total(parcel: Parcel, results: list[Result], span: dict[str, date]) -> list[Cell]:
    """Return the cells of the total row after its dates, and record it."""
    sums = {n: sum(getattr(r, n) for r in results) for n in ADDED}
    reach = PEOPLE.reach_over(float(r.impressions) for r in results)
    key = {"account": ACCOUNT, "level": "account", "item": "", **span,
           "attribution": ATTRIBUTION, "breakdown": "", "segment": ""}  # fmt: skip
    parcel.know("ad_results", key, platform="meta_ads", currency="IDR", spend=sums["spend"],
                impressions=sums["impressions"], reach=reach, clicks=sums["clicks"],
                link_clicks=sums["link_clicks"], landing_views=sums["landing_views"],
                conversions=sums["purchases"], conversion_value=sums["value"])  # fmt: skip
    return [
        None, None, None, None, ATTRIBUTION, None, None,
        *delivery(sums["spend"], sums["impressions"], reach),
        *clicks(sums["spend"], sums["impressions"], sums["link_clicks"]), sums["clicks"],
        sums["landing_views"], sums["purchases"], sums["value"],
    ]  # fmt: skip


def delivery(spend: int, impressions: int, reach: int, *, cost: float | None = None) -> list[Cell]:
    """Return the cells from reach to cost per thousand."""
    return [reach, decimal(impressions / reach), decimal(cost), spend, impressions,
            decimal(1000 * spend / impressions)]  # fmt: skip


def clicks(spend: int, impressions: int, links: int) -> list[Cell]:
    """Return the cells of link clicks with their rates."""
    return [links, decimal(spend / links if links else None), decimal(100 * links / impressions)]


def decimal(value: float | None) -> str | None:
    """Return a rate as Meta writes it, with up to eight places."""
    return None if value is None else f"{value:.8f}".rstrip("0").rstrip(".")
