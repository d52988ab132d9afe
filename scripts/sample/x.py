"""X: the new content export and account overview, newest day first."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from . import season
from .captions import short_caption
from .chance import Chance
from .parcel import Cell, Parcel, csv_text, utc
from .posts import Post, Slot, daily, grown, planned

FOLDER = "x-kopiserambi"
ACCOUNT = "x:kopiserambi"
EPOCH_MS = 1_288_834_974_657  # ids of X carry milliseconds since this moment
PLAN = (Slot(0, 7, "text"), Slot(2, 12, "image"), Slot(4, 16, "text"), Slot(6, 20, "image"))
CONTENT_HEAD: list[Cell] = [
    "Post id", "Date", "Post text", "Post Link", "Impressions", "Likes", "Engagements",
    "Bookmarks", "Shares", "New follows", "Replies", "Reposts", "Profile visits",
    "Detail Expands", "URL Clicks", "Hashtag Clicks", "Permalink Clicks",
]  # fmt: skip
OVERVIEW_HEAD: list[Cell] = [
    "Date", "Impressions", "Likes", "Engagements", "Bookmarks", "Shares", "New follows",
    "Unfollows", "Replies", "Reposts", "Profile visits", "Create Post", "Video views",
    "Media views",
]  # fmt: skip
WINDOWS = (
    (date(2025, 9, 1), date(2026, 8, 31)), (date(2026, 8, 1), date(2026, 10, 31)),
)  # fmt: skip


def fill(parcel: Parcel) -> None:
    """Add X's files and truth."""
    posts = make_posts()
    rows = overview_rows(posts)
    for window in WINDOWS:
        add_content(parcel, posts, window)
        add_overview(parcel, rows, window)
    parcel.know("accounts", {"account": ACCOUNT}, platform="x", handle="kopiserambi")


def make_posts() -> list[Post]:
    """Return the posts, newest first."""
    chance = Chance("x:posts")
    posts = []
    for number, (moment, kind) in enumerate(planned(PLAN, chance)):
        size = 420.0 * season.mood(moment.date()) * chance.spread(0.5)
        ms = round((moment - datetime(1970, 1, 1)).total_seconds() - 7 * 3600) * 1000
        post_id = (ms - EPOCH_MS << 22) + chance.whole(0, 2**22 - 1)
        acts = size * 0.03 * chance.between(0.5, 1.6)
        posts.append(Post(str(post_id), moment, kind, size, acts, number))
    return posts[::-1]


def split(views: float, acts: float, chance: Chance) -> dict[str, int]:
    """Return the counts X shows for so many impressions and acts."""
    found = {
        "impressions": round(views), "likes": round(acts * 0.62), "bookmarks": round(acts * 0.06),
        "sent": round(acts * 0.04), "follows": chance.count(views * 0.0004),
        "comments": round(acts * 0.12), "reposts": round(acts * 0.16),
        "profile_visits": round(views * 0.006), "expands": round(views * 0.012),
        "urls": round(views * 0.004), "hashtags": round(views * 0.001), "links": 0,
    }  # fmt: skip
    found["engagements"] = sum(v for n, v in found.items() if n != "impressions")
    return found


def spelled(day: date) -> str:
    """Return the day as X writes it."""
    return f"{day:%a, %b} {day.day}, {day.year}"


def add_content(parcel: Parcel, posts: list[Post], window: tuple[date, date]) -> None:
    """Add one content export."""
    rows: list[list[Cell]] = [CONTENT_HEAD]
    for post in posts:
        if not window[0] <= post.day <= window[1]:
            continue
        share = grown((window[1] - post.day).days)
        c = split(post.views * share, post.acts * share, Chance(f"x:{post.id}"))
        link = f"https://x.com/kopiserambi/status/{post.id}"
        rows.append([
            post.id, spelled(post.day), short_caption(Chance(f"x:text:{post.id}")), link,
            c["impressions"], c["likes"], c["engagements"], c["bookmarks"], c["sent"],
            c["follows"], c["comments"], c["reposts"], c["profile_visits"], c["expands"],
            c["urls"], c["hashtags"], c["links"],
        ])  # fmt: skip
        midnight = datetime.combine(post.day, datetime.min.time())
        parcel.know("posts", {"post": f"x:{post.id}"}, account=ACCOUNT, platform="x",
                    published_at=utc(midnight), published_precision="day", permalink=link,
                    impressions=c["impressions"], likes=c["likes"], interactions=c["engagements"],
                    saves=c["bookmarks"], shares=c["sent"] + c["reposts"], follows=c["follows"],
                    comments=c["comments"], profile_visits=c["profile_visits"],
                    link_clicks=c["urls"])  # fmt: skip
    add_file(parcel, "content", rows, window)


def overview_rows(posts: list[Post]) -> dict[date, dict[str, int]]:
    """Return the counts of each day; replies the brand sent earn a little every day."""
    chance = Chance("x:overview")
    rows = {}
    for day in season.days():
        views, acts = daily(posts, day)
        c = split(views + 45.0 * season.mood(day), acts + 0.8, chance)
        c["follows"] = chance.count(1.3)
        c["unfollows"] = chance.count(0.8)
        c["posted"] = sum(p.day == day for p in posts)
        c["video_views"] = round(views * 0.05)
        c["media_views"] = round(views * 0.21)
        rows[day] = c
    return rows


def add_overview(
    parcel: Parcel, rows: dict[date, dict[str, int]], window: tuple[date, date]
) -> None:
    """Add one overview; its last day was not over yet, a later export shows more of it."""
    lines: list[list[Cell]] = []
    for day in season.days(window[0], window[1] + timedelta(days=1)):
        c = dict(rows[day])
        if day == window[1] and day != season.LAST:
            c = {n: v * 2 // 3 for n, v in c.items()}
        lines.append([
            spelled(day), c["impressions"], c["likes"], c["engagements"], c["bookmarks"],
            c["sent"], c["follows"], c["unfollows"], c["comments"], c["reposts"],
            c["profile_visits"], c["posted"], c["video_views"], c["media_views"],
        ])  # fmt: skip
        parcel.know("account_days", {"account": ACCOUNT, "day": day}, platform="x",
                    impressions=c["impressions"], likes=c["likes"], interactions=c["engagements"],
                    saves=c["bookmarks"], shares=c["sent"] + c["reposts"],
                    followers_gained=c["follows"], followers_lost=c["unfollows"],
                    comments=c["comments"], profile_visits=c["profile_visits"],
                    posts_published=c["posted"], video_views=c["video_views"])  # fmt: skip
    add_file(parcel, "overview", [OVERVIEW_HEAD, *lines[::-1]], window)


def add_file(parcel: Parcel, kind: str, rows: list[list[Cell]], window: tuple[date, date]) -> None:
    """Add one file, taken on the evening of its last day, the very last one a day later."""
    seen = datetime.combine(window[1], datetime.min.time()).replace(hour=18)
    if window[1] == season.LAST:
        seen = datetime(2026, 11, 1, 8)
    name = f"account_{'analytics_content' if kind == 'content' else 'overview_analytics'}"
    parcel.add(f"{FOLDER}/{name}_{window[0]}_{window[1]}.csv", csv_text(rows).encode(), seen)
