"""TikTok Studio: overview, follower history, viewers, content; dates without a year."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

from . import season
from .captions import short_caption
from .chance import Chance
from .parcel import Cell, Parcel, csv_text, utc, with_bom
from .people import crowd
from .posts import Post, Slot, daily, grown, planned

FOLDER = "tiktok-kopiserambi"
ACCOUNT = "tiktok:kopiserambi"
PEOPLE = crowd(3000, 7000, 1_500_000)
PLAN = (Slot(2, 20, "video"), Slot(4, 12, "video"), Slot(5, 19, "video"))
# Followers wanted at the end of a month; between them the level moves with chance.
LEVELS = {
    date(2025, 8, 31): 7610, date(2025, 12, 31): 8420, date(2026, 4, 30): 8790,
    date(2026, 5, 31): 9265, date(2026, 7, 31): 9350, date(2026, 10, 31): 9540,
}  # fmt: skip
# TikTok gives 365 days at most: two exports that overlap.
WINDOWS = (
    (date(2025, 9, 1), date(2026, 8, 31)), (date(2025, 11, 1), date(2026, 10, 31)),
)  # fmt: skip
NOT_SAID = {date(2025, 9, 1)}  # the level of the first day of the first export is `undefined`
NOT_A_NUMBER = date(2026, 3, 3)
HEADS: dict[str, list[Cell]] = {
    "Overview": ["Date", "Video Views", "Profile Views", "Likes", "Comments", "Shares"],
    "FollowerHistory": ["Date", "Followers", "Difference in followers from previous day"],
    "Viewers": ["Date", "Total Viewers", "New Viewers", "Returning Viewers"],
    "Content": ["Time", "Video title", "Video link", "Post time", "Total likes",
                "Total comments", "Total shares", "Total views"],
}  # fmt: skip


def fill(parcel: Parcel) -> None:
    """Add TikTok's files and truth."""
    posts = make_posts()
    rows = day_rows(posts)
    for window in WINDOWS:
        add_days(parcel, rows, window)
        add_content(parcel, posts, window)
    parcel.know("accounts", {"account": ACCOUNT}, platform="tiktok", handle="kopiserambi",
                name="Kopi Serambi")  # fmt: skip


def make_posts() -> list[Post]:
    """Return the videos; an id carries its moment in the upper 32 bits, as TikTok's do."""
    chance = Chance("tiktok:posts")
    posts = []
    for number, (moment, kind) in enumerate(planned(PLAN, chance)):
        size = 6400.0 * season.mood(moment.date()) * chance.spread(0.6)
        seconds = int((moment - datetime(1970, 1, 1)).total_seconds()) - 7 * 3600
        post_id = (seconds << 32) + chance.whole(1, 2**32 - 1)
        acts = size * 0.052 * chance.between(0.6, 1.5)
        posts.append(Post(str(post_id), moment, kind, size, acts, number))
    return posts


def levels() -> dict[date, int]:
    """Return followers at the end of each day, with the giveaway's jump in May 2026."""
    chance = Chance("tiktok:followers")
    marks = sorted(LEVELS)
    found = {marks[0]: LEVELS[marks[0]]}
    for first, last in pairwise(marks):
        span = season.days(first + timedelta(days=1), last + timedelta(days=1))
        jump = {d: 430.0 * season.GIVEAWAY.get(d, 0.0) for d in span}
        steady = LEVELS[last] - LEVELS[first] - sum(jump.values())
        weights = [season.mood(d) * (1.0 + 0.6 * chance.bell()) for d in span]
        so_far = 0.0
        for day, weight in zip(span, weights, strict=True):
            so_far += jump[day] + steady * weight / sum(weights)
            found[day] = round(LEVELS[first] + so_far)
    return found


def day_rows(posts: list[Post]) -> dict[date, dict[str, int]]:
    """Return the figures of each day by lake column."""
    chance = Chance("tiktok:days")
    follower = levels()
    rows = {}
    for day in season.days():
        views, acts = daily(posts, day)
        views += 350.0 * season.mood(day)
        viewers = min(round(views), PEOPLE.reach(views))
        new = round(viewers * chance.between(0.62, 0.74))
        rows[day] = {
            "views": round(views), "profile_visits": round(views * 0.011),
            "likes": round(acts * 0.86), "comments": round(acts * 0.05),
            "shares": round(acts * 0.09), "followers": follower[day],
            "followers_net": follower[day] - follower[day - timedelta(days=1)],
            "viewers": viewers, "new_viewers": new, "returning_viewers": viewers - new,
        }  # fmt: skip
    return rows


def spelled(day: date) -> str:
    """Return the day as TikTok writes it: no year."""
    return f"{day:%B} {day.day}"


def add_days(parcel: Parcel, rows: dict[date, dict[str, int]], window: tuple[date, date]) -> None:
    """Add the three daily files of one export."""
    sheets: dict[str, list[list[Cell]]] = {
        name: [HEADS[name]] for name in ("Overview", "FollowerHistory", "Viewers")
    }
    for day in season.days(window[0], window[1] + timedelta(days=1)):
        row = dict(rows[day])
        overview = ("views", "profile_visits", "likes", "comments", "shares")
        people = ("viewers", "new_viewers", "returning_viewers")
        sheets["Overview"].append([spelled(day), *(row[n] for n in overview)])
        follower: list[Cell] = [row["followers"], row["followers_net"]]
        seen: list[Cell] = [row[n] for n in people]
        if day in NOT_SAID:
            follower, seen = ["undefined", 0], ["undefined", 0, 0]
        elif day == NOT_A_NUMBER:
            seen = ["NaN", "NaN", "NaN"]
        sheets["FollowerHistory"].append([spelled(day), *follower])
        sheets["Viewers"].append([spelled(day), *seen])
        hidden = {"followers", "followers_net", *people} if day in NOT_SAID else set()
        hidden |= set(people) if day == NOT_A_NUMBER else set()
        kept = {n: v for n, v in row.items() if n not in hidden}
        parcel.know("account_days", {"account": ACCOUNT, "day": day}, platform="tiktok", **kept)
    for name, lines in sheets.items():
        add_sheet(parcel, name, lines, window)


def add_content(parcel: Parcel, posts: list[Post], window: tuple[date, date]) -> None:
    """Add the content file of one export, newest first."""
    last = window[1]
    lines: list[list[Cell]] = []
    for post in sorted(posts, key=lambda p: p.day, reverse=True):
        if not window[0] <= post.day <= last:
            continue
        share = grown((last - post.day).days)
        acts = post.acts * share
        f = {"likes": round(acts * 0.86), "comments": round(acts * 0.05),
             "shares": round(acts * 0.09), "views": round(post.views * share)}  # fmt: skip
        link = f"https://www.tiktok.com/@kopiserambi/video/{post.id}"
        text = "" if post.number % 17 == 0 else short_caption(Chance(f"tiktok:{post.id}"))
        lines.append([spelled(last), text, link, spelled(post.day), *f.values()])
        midnight = datetime.combine(post.day, datetime.min.time())
        parcel.know("posts", {"post": f"tiktok:{post.id}"}, account=ACCOUNT, platform="tiktok",
                    published_at=utc(midnight), published_precision="day", kind="video",
                    permalink=link, **f)  # fmt: skip
    add_sheet(parcel, "Content", [HEADS["Content"], *lines], window)


def add_sheet(
    parcel: Parcel, name: str, lines: list[list[Cell]], window: tuple[date, date]
) -> None:
    """Add one file of an export."""
    seen = datetime.combine(window[1] + timedelta(days=1), datetime.min.time()).replace(hour=8)
    parcel.add(f"{FOLDER}/{name}_{window[0]}_{window[1]}.csv",
               with_bom(csv_text(lines, quote_all=True)), seen)  # fmt: skip
