"""Facebook page: posts of Meta Business Suite in English, daily series, audience."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from . import season
from .captions import caption
from .chance import Chance
from .parcel import Parcel, csv_text, meta_series, utc, with_bom
from .people import crowd
from .posts import Post, Slot, daily, grown, planned

FOLDER = "facebook-kopiserambi"
PAGE = "100094218830571"
NAME = "Kopi Serambi"
ACCOUNT = f"facebook:{PAGE}"
PEOPLE = crowd(500, 3500, 400_000)
PLAN = (Slot(1, 11, "Photos"), Slot(3, 19, "Reels"), Slot(5, 9, "Links"), Slot(6, 16, "Photos"))
KINDS = {"Photos": "image", "Reels": "reel", "Links": "link"}
HEAD = (
    "Post ID", "Page ID", "Page name", "Title", "Description", "Duration (sec)", "Publish time",
    "Caption type", "Permalink", "Is crosspost", "Is share", "Post type", "Languages",
    "Custom labels", "Funded content status", "Data comment", "Date", "Views", "Reach",
    "Reactions, Comments and Shares", "Reactions", "Comments", "Shares", "Total clicks",
    "Link Clicks", "Other Clicks", "Matched Audience Targeting Consumption (Photo Click)",
    "Matched Audience Targeting Consumption (Video Click)", "Seconds viewed",
    "Average Seconds viewed", "Estimated earnings (USD)", "Ad CPM (USD)", "Ad impressions",
)  # fmt: skip
WINDOWS = (
    (date(2025, 9, 1), date(2026, 2, 28)), (date(2026, 3, 1), date(2026, 8, 31)),
    (date(2026, 8, 1), date(2026, 10, 31)),
)  # fmt: skip
SERIES = {
    "views": "Views", "viewers": "Viewers", "interactions": "Content interactions",
    "profile_visits": "Facebook visits", "link_clicks": "Facebook link clicks",
    "followers_gained": "Facebook follows",
}  # fmt: skip
FILES = {
    "views": "Views", "viewers": "Viewers", "interactions": "Interactions",
    "profile_visits": "Visits", "link_clicks": "Link clicks", "followers_gained": "Follows",
}  # fmt: skip


def fill(parcel: Parcel) -> None:
    """Add Facebook's files and truth."""
    posts = make_posts()
    for window in WINDOWS:
        add_posts(parcel, [p for p in posts if window[0] <= p.day <= window[1]], window)
    add_series(parcel, posts)
    add_audience(parcel)
    parcel.know("accounts", {"account": ACCOUNT}, platform="facebook", handle="kopiserambi",
                name=NAME, native_id=PAGE)  # fmt: skip


def make_posts() -> list[Post]:
    """Return the page's posts, newest first; Facebook slowly wanes for the brand."""
    chance = Chance("facebook:posts")
    base = {"Photos": 1500.0, "Reels": 2600.0, "Links": 800.0}
    posts = []
    for number, (moment, kind) in enumerate(planned(PLAN, chance)):
        size = base[kind] * season.mood(moment.date()) * chance.spread(0.25)
        size *= 1.0 - 0.15 * season.age_of_brand(moment.date())
        acts = size * 0.021 * chance.between(0.7, 1.3)
        posts.append(Post(f"12{chance.digits(13)}", moment, kind, size, acts, number))
    return posts[::-1]


def figures(post: Post, share: float) -> dict[str, int | float | None]:
    """Return the lake figures of a post once `share` of the final ones is reached."""
    views, acts = round(post.views * share), post.acts * share
    reactions, comments, shares = round(acts * 0.8), round(acts * 0.12), round(acts * 0.08)
    links = round(post.views * share * (0.02 if post.kind == "Links" else 0.003))
    watched = round(views * 7.31, 3) if post.kind == "Reels" else None
    return {
        "views": views, "reach": min(views, PEOPLE.reach(views)),
        "interactions": reactions + comments + shares, "reactions": reactions,
        "comments": comments, "shares": shares,
        "clicks": links + round(views * 0.012), "link_clicks": links, "watch_seconds": watched,
        "average_watch_seconds": round(watched / views, 3) if watched and views else None,
    }  # fmt: skip


def add_posts(parcel: Parcel, posts: list[Post], window: tuple[date, date]) -> None:
    """Add the posts export of one window; a blank line stands between some posts."""
    chance = Chance(f"facebook:captions:{window}")
    rows: list[list[str | int | float | None]] = [list(HEAD)]
    for post in posts:
        f = figures(post, grown((window[1] - post.day).days))
        text = caption(Chance(f"facebook:{post.id}"))
        path = "reel" if post.kind == "Reels" else "kopiserambi/posts"
        link = f"https://www.facebook.com/{path}/{post.id}"
        seconds = 10 + post.number % 40 if post.kind == "Reels" else 0
        both = chance.happens(0.5)
        counts = [f[n] for n in ("views", "reach", "interactions", "reactions", "comments",
                                 "shares", "clicks", "link_clicks")]  # fmt: skip
        other = int(f["clicks"] or 0) - int(f["link_clicks"] or 0)
        is_reel = post.kind == "Reels"
        rows.append([
            post.id, PAGE, NAME, text, text if both else None, seconds,
            f"{post.moment:%m/%d/%Y %H:%M}", "uploaded" if is_reel else "N/A", link, 0, 0,
            post.kind, None, None, None, None, "Lifetime", *counts, other, None, None,
            f["watch_seconds"], f["average_watch_seconds"], 0 if is_reel else None, None,
            0 if is_reel else None,
        ])  # fmt: skip
        if post.number % 23 == 0:
            rows.append([])
        parcel.know("posts", {"post": f"facebook:{post.id}"}, account=ACCOUNT, platform="facebook",
                    published_at=utc(post.moment), published_precision="minute",
                    kind=KINDS[post.kind], permalink=link, duration_seconds=seconds,
                    **f)  # fmt: skip
    start, last = window
    number = chance.digits(16)
    parcel.add(f"{FOLDER}/{start:%b-%d-%Y}_{last:%b-%d-%Y}_{number}.csv",
               with_bom(csv_text(rows)), morning_after(last))  # fmt: skip


def morning_after(last: date) -> datetime:
    """Return the moment an export was taken: eight in the morning after its last day."""
    return datetime.combine(last + timedelta(days=1), datetime.min.time()).replace(hour=8)


def add_series(parcel: Parcel, posts: list[Post]) -> None:
    """Add the daily series; the hour moves with daylight saving, visits end three days early."""
    chance = Chance("facebook:series")
    found: dict[str, dict[str, int]] = {name: {} for name in SERIES}
    for day in season.days():
        views, acts = daily(posts, day)
        views += 260.0 * season.mood(day) * chance.spread(0.08)
        values = {
            "views": round(views), "viewers": min(round(views), PEOPLE.reach(views)),
            "interactions": round(acts), "profile_visits": round(views * 0.03),
            "link_clicks": chance.count(views * 0.006), "followers_gained": chance.count(1.1),
        }  # fmt: skip
        summer = date(2026, 3, 8) <= day < date(2026, 11, 1) or day < date(2025, 11, 2)
        stamp = f"{day}T{'00' if summer else '01'}:00:00"
        for column, value in values.items():
            if column == "profile_visits" and day > date(2026, 10, 28):
                continue
            found[column][stamp] = value
            parcel.know("account_days", {"account": ACCOUNT, "day": day}, platform="facebook",
                        **{column: value})  # fmt: skip
    for column, name in SERIES.items():
        parcel.add(f"{FOLDER}/{FILES[column]}.csv",
                   meta_series(name, ("Date", "Primary"), found[column]),
                   datetime(2026, 11, 1, 8))  # fmt: skip


AGES = {"18-24": (21.4, 12.1), "25-34": (24.8, 17.3), "35-44": (9.2, 7.1),
        "45-54": (2.9, 2.4), "55-64": (1.1, 0.9), "65+": (0.4, 0.4)}  # fmt: skip
CITIES = {"Surabaya, Indonesia": 46.2, "Sidoarjo, Indonesia": 12.8, "Malang, Indonesia": 9.7,
          "Jakarta, Indonesia": 6.1, "Gresik, Indonesia": 4.3}  # fmt: skip
COUNTRIES = {"Indonesia": 96.3, "Malaysia": 1.2, "Singapore": 0.6, "Japan": 0.3}


def add_audience(parcel: Parcel) -> None:
    """Add the audience file: three titled blocks of percentages."""
    lines = ["sep=,", '"Age & gender"', '"","Women","Men"']
    lines += [f'"{age}","{women}","{men}"' for age, (women, men) in AGES.items()]
    for name, block in (("Top cities", CITIES), ("Top countries", COUNTRIES)):
        lines += ["", f'"{name}"', ",".join(f'"{k}"' for k in block),
                  ",".join(f'"{v}"' for v in block.values())]  # fmt: skip
    text = "\ufeff" + "\n".join(lines) + "\n\n"
    parcel.add(f"{FOLDER}/Audience.csv", text.encode("utf-16-le"), datetime(2026, 11, 1, 8))
    know_share = [("age_gender", f"{age} {gender}", share) for age, pair in AGES.items()
                  for gender, share in zip(("women", "men"), pair, strict=True)]  # fmt: skip
    know_share += [("city", k, v) for k, v in CITIES.items()]
    know_share += [("country", k, v) for k, v in COUNTRIES.items()]
    for dimension, segment, share in know_share:
        key = {"account": ACCOUNT, "day": "2026-11-01", "dimension": dimension, "segment": segment}
        parcel.know("audience", key, platform="facebook", share=round(share / 100, 6))
