"""LinkedIn page: content and followers as binary .xls, a note line above each header."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta

import xlwt

from . import season
from .captions import english
from .chance import Chance
from .parcel import Cell, Parcel, utc
from .people import crowd
from .posts import Post, Slot, daily, planned

FOLDER = "linkedin-kopi-serambi"
ACCOUNT = "linkedin:kopi-serambi"
PEOPLE = crowd(160, 500, 60_000)
PLAN = (Slot(1, 8, "image"),)
KINDS = ("organic", "sponsored", "total")
GROUPS = {"Clicks": "clicks", "Reactions": "reactions", "Comments": "comments",
          "Reposts": "shares"}  # fmt: skip
NOTES = {
    "Metrics": "Aggregated engagement metrics for your posts over time, organic and sponsored.",
    "All posts": "Engagement metrics for each post, counted from its creation to the export.",
    "New followers": "New followers per day. Dates are in UTC.",
}
POST_HEAD: list[Cell] = [
    "Post title", "Post link", "Post type", "Campaign name", "Posted by", "Created date",
    "Campaign start date", "Campaign end date", "Audience", "Impressions",
    "Views (Excluding offsite video views)", "Offsite Views", "Clicks",
    "Click through rate (CTR)", "Likes", "Comments", "Reposts", "Follows", "Engagement rate",
    "Content Type",
]  # fmt: skip
DEMOGRAPHICS: dict[str, tuple[str, dict[str, int]]] = {
    "Location": ("city", {"Greater Surabaya Area": 381, "Greater Jakarta Area": 142,
                          "Greater Malang Area": 96, "Singapore": 21}),
    "Job function": ("job", {"Business Development": 118, "Operations": 97, "Marketing": 91,
                             "Sales": 74, "Entrepreneurship": 66}),
    "Seniority": ("seniority", {"Entry": 246, "Senior": 188, "Manager": 79, "Owner": 52}),
    "Industry": ("industry", {"Food and Beverage Services": 153, "Hospitality": 88,
                              "Retail": 71, "Advertising Services": 43}),
    "Company size": ("company_size", {"2-10": 171, "11-50": 149, "51-200": 102, "201-500": 47}),
}  # fmt: skip
WINDOWS = (
    (date(2025, 9, 1), date(2026, 8, 31)), (date(2026, 9, 1), date(2026, 10, 31)),
)  # fmt: skip
Sheets = dict[str, list[list[Cell]]]


def fill(parcel: Parcel) -> None:
    """Add LinkedIn's files and truth."""
    posts = make_posts()
    for window in WINDOWS:
        sheets: Sheets = {"Metrics": metrics(parcel, posts, window),
                          "All posts": all_posts(parcel, posts, window)}  # fmt: skip
        add_book(parcel, "content", sheets, window[1])
    add_book(parcel, "followers", followers(parcel), season.LAST)
    parcel.know("accounts", {"account": ACCOUNT}, platform="linkedin", handle="kopi-serambi")


def make_posts() -> list[Post]:
    """Return the page's posts, newest first; most of them speak to offices and partners."""
    chance = Chance("linkedin:posts")
    posts = []
    for number, (moment, kind) in enumerate(planned(PLAN, chance)):
        size = 640.0 * chance.spread(0.3) * (1.0 + 0.4 * season.age_of_brand(moment.date()))
        acts = size * 0.035 * chance.between(0.6, 1.5)
        post_id = f"7{370 + number * 2}{chance.digits(15)}"
        posts.append(Post(post_id, moment, kind, size, acts, number))
    return posts[::-1]


def metrics(parcel: Parcel, posts: list[Post], window: tuple[date, date]) -> list[list[Cell]]:
    """Return the daily sheet; reactions taken back make a negative day now and then."""
    head: list[Cell] = ["Date", *(f"Impressions ({k})" for k in KINDS),
                        "Unique impressions (organic)"]  # fmt: skip
    head += [f"{group} ({k})" for group in (*GROUPS, "Engagement rate") for k in KINDS]
    rows = [head]
    for day in season.days(window[0], window[1] + timedelta(days=1)):
        chance = Chance(f"linkedin:{day}")
        views, acts = daily(posts, day)
        views += 14.0
        taken_back = chance.happens(0.05) and acts < 3.0
        counts = {
            "impressions": round(views), "reach": min(round(views), PEOPLE.reach(views)),
            "clicks": round(views * 0.021), "reactions": -1 if taken_back else round(acts * 0.7),
            "comments": round(acts * 0.1), "shares": round(acts * 0.06),
        }  # fmt: skip
        rate = sum(counts[c] for c in GROUPS.values()) / counts["impressions"]
        line: list[Cell] = [f"{day:%m/%d/%Y}", counts["impressions"], 0, counts["impressions"],
                            counts["reach"]]  # fmt: skip
        for column in GROUPS.values():
            line += [counts[column], 0, counts[column]]
        rows.append([*line, rate, 0.0, rate])
        parcel.know("account_days", {"account": ACCOUNT, "day": day}, platform="linkedin",
                    **counts)  # fmt: skip
    return rows


def all_posts(parcel: Parcel, posts: list[Post], window: tuple[date, date]) -> list[list[Cell]]:
    """Return the sheet of the posts created in the window, with their figures so far."""
    rows = [POST_HEAD]
    for post in posts:
        if not window[0] <= post.day <= window[1]:
            continue
        views = round(post.views)
        f = {"impressions": views, "clicks": round(views * 0.019),
             "likes": round(post.acts * 0.7), "comments": round(post.acts * 0.1),
             "shares": round(post.acts * 0.06), "follows": post.number % 4}  # fmt: skip
        rate = (f["clicks"] + f["likes"] + f["comments"] + f["shares"]) / views
        link = f"https://www.linkedin.com/feed/update/urn:li:share:{post.id}"
        rows.append([
            english(Chance(f"linkedin:{post.id}")), link, "Organic", None, "Dewi Serambi",
            f"{post.day:%m/%d/%Y}", None, None, "All followers", views, None, None, f["clicks"],
            f["clicks"] / views, f["likes"], f["comments"], f["shares"], f["follows"], rate,
            "Image",
        ])  # fmt: skip
        midnight = datetime.combine(post.day, datetime.min.time())
        parcel.know("posts", {"post": f"linkedin:{post.id}"}, account=ACCOUNT,
                    platform="linkedin", published_at=utc(midnight), published_precision="day",
                    permalink=link, engagement_rate_stated=rate, **f)  # fmt: skip
    return rows


def followers(parcel: Parcel) -> Sheets:
    """Return the followers book: daily gains (called `Total followers`) and who they are."""
    chance = Chance("linkedin:followers")
    gains: list[list[Cell]] = [["Date", "Sponsored followers", "Organic followers",
                                "Auto-invited followers", "Total followers"]]  # fmt: skip
    for day in season.days(date(2025, 11, 1)):  # LinkedIn gives 365 days at most
        organic, invited = chance.count(0.9), chance.count(0.15)
        gains.append([f"{day:%m/%d/%Y}", 0, organic, invited, organic + invited])
        parcel.know("account_days", {"account": ACCOUNT, "day": day}, platform="linkedin",
                    followers_gained=organic + invited)  # fmt: skip
    sheets: Sheets = {"New followers": gains}
    for name, (dimension, people) in DEMOGRAPHICS.items():
        rows: list[list[Cell]] = [[name, "Total followers"]]
        rows += [[k, v] for k, v in people.items()]
        sheets[name] = rows
        for segment, count in people.items():
            key = {"account": ACCOUNT, "day": "2026-11-01", "dimension": dimension,
                   "segment": segment}  # fmt: skip
            parcel.know("audience", key, platform="linkedin", people=count)
    return sheets


def add_book(parcel: Parcel, kind: str, sheets: Sheets, last: date) -> None:
    """Add one .xls; the note line stands above the header of the sheets that have one."""
    seen = datetime.combine(last + timedelta(days=1), datetime.min.time()).replace(hour=8)
    book = xlwt.Workbook(encoding="utf-8")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        notes: list[list[Cell]] = [[NOTES[name]]] if name in NOTES else []
        for r, row in enumerate([*notes, *rows]):
            for c, value in enumerate(row):
                if value is not None:
                    sheet.write(r, c, value)
    out = io.BytesIO()
    book.save(out)
    stamp = round((seen - datetime(1970, 1, 1)).total_seconds() - 7 * 3600) * 1000
    parcel.add(f"{FOLDER}/kopi-serambi_{kind}_{stamp}.xls", out.getvalue(), seen)
