"""A few figures anyone can check by hand, added up from the truth of the lake tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from .parcel import Cell, Parcel

Row = dict[str, Cell]
PERIODS = {
    "2026-Q2": (date(2026, 4, 1), date(2026, 7, 1)),
    "2026-Q3": (date(2026, 7, 1), date(2026, 10, 1)),
    "2026-10": (date(2026, 10, 1), date(2026, 11, 1)),
}
PARTS = ("likes", "comments", "shares", "saves")


def figures(parcel: Parcel) -> dict[str, object]:
    """Return the figures of each period, of three KPIs, and of reach that does not add."""
    found: dict[str, object] = {
        name: figures_of(parcel, start, until) for name, (start, until) in PERIODS.items()
    }
    return {**found, "kpis": kpis(parcel), "reach_does_not_add": not_additive(parcel)}


def figures_of(parcel: Parcel, start: date, until: date) -> dict[str, object]:
    """Return the figures of one period."""
    return {
        "from": str(start),
        "until": str(until),
        "interactions_of_posts_published": post_interactions(parcel, start, until),
        "instagram_engagement_rate_by_reach": engagement(parcel, start, until),
        "followers_at_end": followers_at_end(parcel, until),
        "followers_net": sums(parcel, ("followers_net",), start, until),
        "followers_gained": sums(parcel, ("followers_gained",), start, until),
        "account_interactions": sums(parcel, ("interactions",), start, until),
        "spend_idr": spend(parcel, start, until),
        "social_sessions": social_sessions(parcel, start, until),
    }


def published(parcel: Parcel, start: date, until: date) -> list[Row]:
    """Return the posts whose local day of publication lies in the period."""
    found = []
    for row in parcel.truth["posts"].values():
        if row.get("published_at"):
            local = datetime.fromisoformat(str(row["published_at"])) + timedelta(hours=7)
            if start <= local.date() < until:
                found.append(row)
    return found


def post_interactions(parcel: Parcel, start: date, until: date) -> dict[str, int]:
    """Return interactions per account: the platform's own total, else the sum of the parts."""
    found: dict[str, int] = {}
    for row in published(parcel, start, until):
        parts = [row.get(n) for n in PARTS]
        own = row.get("interactions")
        if own is None and all(p is None for p in parts):
            continue
        value = add(parts) if own is None else int(own)
        found[str(row["account"])] = found.get(str(row["account"]), 0) + value
    return dict(sorted(found.items()))


def engagement(parcel: Parcel, start: date, until: date) -> dict[str, object]:
    """Return Instagram's interactions ÷ reach of own posts published, with and without stories."""
    rows = [r for r in published(parcel, start, until) if r["account"] == "instagram:kopiserambi"]
    return {
        "all_posts": ratio(rows),
        "without_stories": ratio([r for r in rows if r["kind"] != "story"]),
    }


def ratio(rows: list[Row]) -> dict[str, object]:
    """Return the ratio of sums with its parts."""
    acts = add(row.get(n) for row in rows for n in PARTS)
    reach = add(row.get("reach") for row in rows)
    return {"posts": len(rows), "interactions": acts, "reach": reach, "rate": acts / reach}


def add(values: Iterable[Cell]) -> int:
    """Return the sum of what is known."""
    return sum(int(v) for v in values if v is not None)


def followers_at_end(parcel: Parcel, until: date) -> dict[str, Cell]:
    """Return the level on the last day, of accounts whose export tells a level."""
    last = str(until - timedelta(days=1))
    return {account: row["followers"] for (account, day), row
            in sorted(parcel.truth["account_days"].items())
            if day == last and "followers" in row}  # fmt: skip


def sums(parcel: Parcel, columns: tuple[str, ...], start: date, until: date) -> dict[str, int]:
    """Return the sum of daily flows per account, over the days there are."""
    found: dict[str, int] = {}
    for (account, day), row in sorted(parcel.truth["account_days"].items()):
        values = [row[c] for c in columns if c in row]
        if values and str(start) <= day < str(until):
            found[account] = found.get(account, 0) + add(values)
    return found


def spend(parcel: Parcel, start: date, until: date) -> dict[str, float]:
    """Return the amount spent per advertising account, from the objects, not from total rows."""
    cents: dict[str, int] = {}
    for key, row in sorted(parcel.truth["ad_results"].items()):
        account, level, _, first = key[:4]
        if level != "account" and str(start) <= first < str(until):
            cents[account] = cents.get(account, 0) + round(float(row["spend"] or 0) * 100)
    return {account: value / 100 for account, value in cents.items()}


def social_sessions(parcel: Parcel, start: date, until: date) -> dict[str, int]:
    """Return sessions from social channels of the site, monthly rows added."""
    found: dict[str, int] = {}
    for key, row in parcel.truth.get("site_traffic", {}).items():
        _, first, _, dimension, segment = key
        is_social = dimension == "channel" and segment in ("Organic Social", "Paid Social")
        if is_social and str(start) <= first < str(until):
            found[segment] = found.get(segment, 0) + add([row.get("sessions")])
    return found


def kpis(parcel: Parcel) -> dict[str, object]:
    """Return baseline, target and standing of the three KPIs of the worked example."""
    before = ratio(feed(parcel, date(2026, 4, 1), date(2026, 7, 1)))["rate"]
    now = ratio(feed(parcel, date(2026, 10, 1), date(2026, 11, 1)))["rate"]
    level = followers_at_end(parcel, date(2026, 1, 1))["tiktok:kopiserambi"]
    later = followers_at_end(parcel, date(2026, 11, 1))["tiktok:kopiserambi"]
    earlier = sum(social_sessions(parcel, date(2025, 11, 1), date(2026, 5, 1)).values())
    sessions = sum(social_sessions(parcel, date(2026, 5, 1), date(2026, 11, 1)).values())
    return {
        "instagram_engagement_rate_by_reach_without_stories": kpi(
            before, now, 0.10, ("2026-07-01", "2027-01-01"), "at risk"),
        "tiktok_followers": kpi(level, later, 0.20, ("2026-01-01", "2027-01-01"), "at risk"),
        "social_sessions_of_six_months": kpi(
            earlier, sessions, 0.15, ("2026-05-01", "2026-11-01"), "achieved"),
    }  # fmt: skip


def feed(parcel: Parcel, start: date, until: date) -> list[Row]:
    """Return own Instagram posts published in the period, stories left out."""
    return [r for r in published(parcel, start, until)
            if r["account"] == "instagram:kopiserambi" and r["kind"] != "story"]  # fmt: skip


def kpi(
    baseline: Cell | object, actual: Cell | object, rise: float, span: tuple[str, str], story: str
) -> dict[str, object]:
    """Return one KPI: what it starts from, where it should be at its end, where it is."""
    first, latest = float(str(baseline)), float(str(actual))
    return {"from": span[0], "until": span[1], "baseline": baseline,
            "target": first * (1.0 + rise), "actual": actual, "change": latest / first - 1.0,
            "meant_to_be": story}  # fmt: skip


def not_additive(parcel: Parcel) -> dict[str, object]:
    """Return, for October 2026, people counted once beside the sum of people counted apart."""
    ads = {key: row for key, row in parcel.truth["ad_results"].items()
           if key[0] == "meta_ads:kopiserambi" and key[3] == "2026-10-01"}  # fmt: skip
    site = parcel.truth["site_traffic"].items()
    month = [(key, row) for key, row in site if key[1:3] == ("2026-10-01", "2026-11-01")]
    return {
        "meta_ads_reach_total": add(r["reach"] for k, r in ads.items() if k[1] == "account"),
        "meta_ads_reach_sum_of_ads": add(r["reach"] for k, r in ads.items() if k[1] == "ad"),
        "ga4_active_users_month": add(r["active_users"] for k, r in month if k[3] == "total"),
        "ga4_active_users_sum_of_channels": add(
            r["active_users"] for k, r in month if k[3] == "channel"),
        "ga4_active_users_sum_of_days": add(
            r["active_users"] for k, r in site
            if k[3] == "total" and k[1].startswith("2026-10") and k not in dict(month)),
    }  # fmt: skip
