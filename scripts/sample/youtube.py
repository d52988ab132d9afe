"""YouTube Studio in Indonesian: two ZIPs, one by content and one by date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from . import season
from .captions import title
from .chance import Chance
from .parcel import Cell, Parcel, csv_text, utc, zipped
from .posts import Post, Slot, planned, share_on

FOLDER = "youtube-kopiserambi"
ACCOUNT = "youtube:kopiserambi"
SPAN = f"{season.START}_{season.UNTIL}"
PLAN = (Slot(3, 17, "short"), Slot(5, 10, "video"))
HEAD: list[Cell] = [
    "Konten", "Judul video", "Waktu publikasi video", "Durasi", "Penayangan",
    "Waktu tonton (jam)", "Subscriber", "Tayangan", "Rasio klik-tayang dari tayangan (%)",
]  # fmt: skip
DATE_HEAD: list[Cell] = ["Tanggal", *HEAD[4:]]
CHARTED = 5  # Studio puts only the ticked rows into the chart file


@dataclass
class Counts:
    """What one video, day or the channel showed; hours in ten-thousandths, as Studio rounds."""

    views: int = 0
    hours: int = 0
    followers: int = 0
    impressions: int = 0

    def add(self, other: Counts) -> None:
        """Add another's counts."""
        self.views += other.views
        self.hours += other.hours
        self.followers += other.followers
        self.impressions += other.impressions

    def cells(self) -> list[Cell]:
        """Return the cells of the table, the click rate recomputed."""
        clicks = self.views * 0.31
        rate = f"{100 * clicks / self.impressions:.2f}" if self.impressions else None
        return [self.views, f"{self.hours / 10000:.4f}", self.followers, self.impressions, rate]

    def lake(self, follow: str) -> dict[str, Cell]:
        """Return the lake figures; `follow` is the column that takes the net subscribers."""
        return {"views": self.views, "watch_seconds": round(self.hours * 0.36, 2),
                follow: self.followers, "impressions": self.impressions}  # fmt: skip


def fill(parcel: Parcel) -> None:
    """Add YouTube's files and truth."""
    posts = make_posts()
    cells = {p.id: spread_over_days(p) for p in posts}
    add_content(parcel, posts, cells)
    add_dates(parcel, cells)
    parcel.know("accounts", {"account": ACCOUNT}, platform="youtube", handle="kopiserambi",
                name="Kopi Serambi")  # fmt: skip


def make_posts() -> list[Post]:
    """Return the videos; the third id begins with a hyphen."""
    chance = Chance("youtube:posts")
    posts = []
    for number, (moment, kind) in enumerate(planned(PLAN, chance)):
        size = (2300.0 if kind == "short" else 900.0) * chance.spread(0.4)
        name = ("-" if number == 2 else "") + chance.code(10 if number == 2 else 11)
        posts.append(Post(name, moment, kind, size, size * 0.04, number))
    return posts


def spread_over_days(post: Post) -> dict[date, Counts]:
    """Return the video's days; from the break of August 2026 on, views count 38 % higher."""
    chance = Chance(f"youtube:{post.id}")
    seconds = 24 if post.kind == "short" else 140
    found = {}
    for day in season.days(max(post.day, season.START)):
        engaged = post.views * share_on(post, day) * season.mood(day)
        views = round(engaged * (1.38 if day >= season.VIEWS_BREAK else 1.0))
        if views:
            hours = round(engaged * seconds * chance.between(0.9, 1.1) / 0.36)
            won = chance.count(engaged * 0.004) - int(chance.happens(0.01))
            found[day] = Counts(views, hours, won, round(engaged * 4.6) + 1)
    return found


def total(counts: list[Counts]) -> Counts:
    """Return the sum."""
    found = Counts()
    for one in counts:
        found.add(one)
    return found


def duration(post: Post) -> int:
    """Return the length of a video in seconds."""
    return 18 + post.number % 40 if post.kind == "short" else 260 + 7 * (post.number % 60)


def add_content(parcel: Parcel, posts: list[Post], cells: dict[str, dict[date, Counts]]) -> None:
    """Add the ZIP by content: table, chart of the leading videos, totals per day."""
    sums = {p.id: total(list(cells[p.id].values())) for p in posts}
    ranked = sorted(posts, key=lambda p: -sums[p.id].views)
    deleted = ranked[30].id
    all_counts = total(list(sums.values()))
    table: list[list[Cell]] = [HEAD, ["Total", None, None, None, *all_counts.cells()]]
    leads: dict[str, list[Cell]] = {}
    for post in ranked:
        gone = post.id == deleted
        when = None if gone else f"{post.day:%b} {post.day.day}, {post.day.year}"
        shown = f" {post.id}" if post.id.startswith("-") else post.id
        lead: list[Cell] = [shown, title(Chance(f"youtube:{post.id}:title")), when,
                            duration(post)]  # fmt: skip
        leads[post.id] = lead
        table.append([*lead, *sums[post.id].cells()])
        know_post(parcel, post, sums[post.id], gone=gone)
    chart: list[list[Cell]] = [["Tanggal", *HEAD[:5]]]
    for post in ranked[:CHARTED]:
        for day in season.days():
            views = cells[post.id].get(day, Counts()).views
            chart.append([str(day), *leads[post.id], views])
            parcel.know("post_days", {"post": f"youtube:{post.id}", "day": day}, account=ACCOUNT,
                        platform="youtube", views=views)  # fmt: skip
    totals: list[list[Cell]] = [["Tanggal", "Penayangan"]]
    totals += [[str(d), total([c.get(d, Counts()) for c in cells.values()]).views]
               for d in season.days()]  # fmt: skip
    parcel.add(f"{FOLDER}/Konten {SPAN} Kopi Serambi.zip", zipped({
        "Data tabel.csv": csv_text(table), "Data diagram.csv": csv_text(chart),
        "Total.csv": csv_text(totals),
    }), datetime(2026, 11, 1, 8))  # fmt: skip
    period = {"account": ACCOUNT, "start": season.START, "until": season.UNTIL}
    parcel.know("account_periods", period, platform="youtube", **all_counts.lake("followers_net"))


def know_post(parcel: Parcel, post: Post, counts: Counts, *, gone: bool) -> None:
    """Record a video; a deleted one has no moment of publication."""
    midnight = datetime.combine(post.day, datetime.min.time())
    parcel.know("posts", {"post": f"youtube:{post.id}"}, account=ACCOUNT, platform="youtube",
                published_at=None if gone else utc(midnight),
                published_precision=None if gone else "day", duration_seconds=duration(post),
                **counts.lake("follows"))  # fmt: skip


def add_dates(parcel: Parcel, cells: dict[str, dict[date, Counts]]) -> None:
    """Add the ZIP by date, newest day first under the total."""
    table: list[list[Cell]] = []
    days = []
    for day in season.days():
        counts = total([c.get(day, Counts()) for c in cells.values()])
        days.append(counts)
        table.append([str(day), *counts.cells()])
        parcel.know("account_days", {"account": ACCOUNT, "day": day}, platform="youtube",
                    **counts.lake("followers_net"))  # fmt: skip
    rows = [DATE_HEAD, ["Total", *total(days).cells()], *table[::-1]]
    parcel.add(f"{FOLDER}/Tanggal {SPAN} Kopi Serambi.zip",
               zipped({"Data tabel.csv": csv_text(rows)}), datetime(2026, 11, 1, 8))  # fmt: skip
