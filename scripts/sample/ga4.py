"""GA4: traffic acquisition in Indonesian, one file per month, two tables in each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from . import season
from .chance import Chance
from .parcel import Cell, Parcel, csv_text
from .people import crowd

PROPERTY = "kopiserambi.id"
FOLDER = f"ga4-{PROPERTY}"
ACCOUNT = f"ga4:{PROPERTY}"
PEOPLE = crowd(400, 2600, 300_000)
RULE = "# ----------------------------------------"
HEAD: list[Cell] = [
    "Grup saluran utama sesi (Grup saluran default)", "Sesi", "Pengguna aktif",
    "Pengguna baru", "Jumlah peristiwa", "Peristiwa utama", "Total pendapatan",
]  # fmt: skip
# Sessions a day by channel; social grows from May 2026 on (see `social_growth`).
CHANNELS = {
    "Organic Social": 47.0, "Organic Search": 39.0, "Direct": 28.0, "Paid Social": 17.0,
    "Referral": 9.0, "Email": 4.0, "Unassigned": 2.0,
}  # fmt: skip
SOCIAL = ("Organic Social", "Paid Social")
GROWTH = {5: 1.06, 6: 1.11, 7: 1.17, 8: 1.21, 9: 1.26, 10: 1.30}
AI_SINCE = date(2026, 5, 13)  # the new channel takes a third of Referral from here on


@dataclass(frozen=True)
class Visits:
    """What one channel brought in a month."""

    sessions: int
    users: int
    new_users: int
    events: int
    key_events: int
    revenue: int

    def cells(self) -> list[Cell]:
        """Return the cells of a row."""
        return [self.sessions, self.users, self.new_users, self.events, self.key_events,
                self.revenue]  # fmt: skip

    def lake(self) -> dict[str, Cell]:
        """Return the lake figures."""
        return {"sessions": self.sessions, "active_users": self.users,
                "new_users": self.new_users, "events": self.events,
                "key_events": self.key_events, "revenue": self.revenue}  # fmt: skip


def fill(parcel: Parcel) -> None:
    """Add GA4's files and truth."""
    for start, until in season.months():
        add_month(parcel, start, until)
    parcel.know("accounts", {"account": ACCOUNT}, platform="ga4", name=PROPERTY)


def social_growth(month: date) -> float:
    """Return how much more social brings than before May 2026."""
    return GROWTH.get(month.month, 1.0) if month.year == 2026 else 1.0


def monthly_sessions(start: date, until: date) -> dict[str, int]:
    """Return sessions by channel in the month."""
    chance = Chance(f"ga4:{start}")
    length = (until - start).days
    found = {}
    for channel, per_day in CHANNELS.items():
        wobble = 1.0 + 0.015 * chance.bell()
        growth = social_growth(start) if channel in SOCIAL else 1.0
        found[channel] = round(per_day * length * wobble * growth)
    with_ai = max(0, (until - max(start, AI_SINCE)).days)
    if with_ai:
        found["AI Assistant"] = round(found["Referral"] * with_ai / length / 3)
        found["Referral"] -= found["AI Assistant"]
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def over_days(total: int, span: list[date]) -> list[int]:
    """Return a whole total dealt out over days by their mood, losing nothing."""
    weights = [season.mood(day) for day in span]
    dealt, so_far, given = [], 0.0, 0
    for weight in weights:
        so_far += total * weight / sum(weights)
        dealt.append(round(so_far) - given)
        given = round(so_far)
    return dealt


def visits(channel: str, sessions: int, span: list[date]) -> Visits:
    """Return what the channel's sessions amount to; people come back over the month."""
    chance = Chance(f"ga4:{span[0]}:{channel}")
    users = min(sessions, PEOPLE.reach_over(over_days(sessions, span)))
    sales = chance.count(sessions * 0.012)
    return Visits(sessions, users, round(users * chance.between(0.58, 0.76)),
                  round(sessions * chance.between(5.4, 6.8)), sales + chance.count(sessions * 0.02),
                  sales * 1000 * chance.whole(68, 124))  # fmt: skip


def add_month(parcel: Parcel, start: date, until: date) -> None:
    """Add one month's file: channels with a grand total, then sessions of each day."""
    span = season.days(start, until)
    rows = {c: visits(c, s, span) for c, s in monthly_sessions(start, until).items()}
    each = over_days(sum(v.sessions for v in rows.values()), span)
    total = Visits(sum(each), PEOPLE.reach_over(each), *(
        sum(getattr(v, n) for v in rows.values())
        for n in ("new_users", "events", "key_events", "revenue")))  # fmt: skip
    table: list[list[Cell]] = [HEAD, *([c, *v.cells()] for c, v in rows.items())]
    table.append([None, *total.cells(), "Grand total"])
    days: list[list[Cell]] = [["Hari ke-N", "Sesi", "Pengguna aktif"]]
    span_key = {"account": ACCOUNT, "start": start, "until": until}
    for n, (day, sessions) in enumerate(zip(span, each, strict=True)):
        users = min(sessions, PEOPLE.reach(sessions))
        days.append([f"{n:04d}", sessions, users])
        key = {"account": ACCOUNT, "start": day, "until": day + timedelta(days=1)}
        know(parcel, key, ("total", ""), {"sessions": sessions, "active_users": users})
    for channel, v in rows.items():
        know(parcel, span_key, ("channel", channel), v.lake())
    know(parcel, span_key, ("total", ""), total.lake())
    text = preamble(start, until) + csv_text(table, line_end="\r\n") + "\r\n"
    text += dates(start, until) + csv_text(days, line_end="\r\n")
    seen = datetime.combine(until + timedelta(days=2), datetime.min.time()).replace(hour=8)
    parcel.add(f"{FOLDER}/data-export-{start:%Y-%m}.csv", text.encode(), seen)


def know(
    parcel: Parcel, span: dict[str, object], cut: tuple[str, str], figures: dict[str, Cell]
) -> None:
    """Record the figures of one segment and span."""
    key = {**span, "dimension": cut[0], "segment": cut[1]}
    parcel.know("site_traffic", key, platform="ga4", **figures)


def preamble(start: date, until: date) -> str:
    """Return the lines above the first table."""
    lines = [RULE, "# Akuisisi traffic", "# Akun: Kopi Serambi", f"# Properti: {PROPERTY}", RULE,
             "# ", "# Semua Pengguna"]  # fmt: skip
    return "\r\n".join(lines) + "\r\n" + dates(start, until)


def dates(start: date, until: date) -> str:
    """Return the two lines that date a table."""
    last = until - timedelta(days=1)
    return f"# Tanggal mulai: {start:%Y%m%d}\r\n# Tanggal akhir: {last:%Y%m%d}\r\n"
