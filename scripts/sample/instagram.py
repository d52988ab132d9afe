"""Instagram: content and stories of Meta Business Suite in Indonesian, and daily series."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from . import season
from .captions import caption
from .chance import Chance
from .parcel import Parcel, csv_text, meta_series, utc, with_bom
from .people import crowd
from .posts import Post, Slot, daily, grown, planned, settle_rates

FOLDER = "instagram-kopiserambi"
ACCOUNT = "instagram:kopiserambi"
OWN = ("17841461234500778", "kopiserambi", "Kopi Serambi")
FRIEND = ("17841409876501234", "rotirembulan", "Roti Rembulan")
PEOPLE = crowd(1100, 8000, 900_000)
PLAN = (
    Slot(0, 9, "image"), Slot(1, 18, "reel"), Slot(3, 12, "carousel"),
    Slot(4, 19, "reel"), Slot(6, 8, "reel"),
)  # fmt: skip
STORY_PLAN = (Slot(2, 17, "story"), Slot(5, 10, "story"))
VIRAL = date(2026, 3, 3)
# Interactions ÷ reach wanted per month: slow at first, then clearly up from July 2026 on.
RATES = dict(zip(
    (first for first, _ in season.months()),
    (.0462, .0466, .0470, .0474, .0465, .0478, .0482, .0486, .0492, .0489, .0506, .0514, .0523,
     .0531),
    strict=True,
))  # fmt: skip
HEAD = (
    "ID postingan", "ID akun", "Nama pengguna akun", "Nama akun", "Deskripsi", "Durasi (detik)",
    "Waktu penerbitan", "Permalink", "Jenis postingan", "Tanggal", "Tayangan", "Jangkauan",
    "Suka", "Frekuensi dibagikan", "Mengikuti", "Komentar", "Frekuensi disimpan",
)  # fmt: skip
STORY_HEAD = (
    "ID postingan", "ID akun", "Nama pengguna akun", "Nama akun", "Deskripsi", "Durasi (detik)",
    "Waktu penerbitan", "Permalink", "Jenis postingan", "Tanggal", "Tayangan", "Jangkauan",
    "Suka", "Frekuensi dibagikan", "Kunjungan profil", "Balasan", "Ketukan stiker", "Navigasi",
    "Mengikuti",
)  # fmt: skip
# Windows by day of publication, last day included; each is exported the morning after.
WINDOWS = (
    (date(2025, 9, 1), date(2025, 11, 30)), (date(2025, 12, 1), date(2026, 2, 28)),
    (date(2026, 3, 1), date(2026, 5, 31)), (date(2026, 6, 1), date(2026, 8, 31)),
    (date(2026, 8, 1), date(2026, 10, 31)),
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A post with what the export says about it apart from figures."""

    post: Post
    owner: tuple[str, str, str]
    caption: str
    seconds: int
    link: str

    def split(self, share: float) -> dict[str, int]:
        """Return the figures once `share` of the final ones is reached."""
        views = round(self.post.views * share)
        acts = self.post.acts * share
        tilt = 0.02 * (self.post.number % 5)
        return {
            "views": views,
            "reach": min(views, PEOPLE.reach(views)),
            "likes": round(acts * (0.78 - tilt)),
            "shares": round(acts * (0.07 + tilt / 2)),
            "follows": round(acts * 0.012),
            "comments": round(acts * 0.06),
            "saves": round(acts * (0.09 + tilt / 2)),
        }


def fill(parcel: Parcel) -> None:
    """Add Instagram's files and truth."""
    feed = make_feed()
    stories = make_stories()
    for start, last in WINDOWS:
        add_content(parcel, [e for e in feed if start <= e.post.day <= last], (start, last))
    add_stories(parcel, stories)
    add_series(parcel, [e.post for e in feed if e.owner is OWN])
    parcel.know("accounts", {"account": ACCOUNT}, platform="instagram", handle=OWN[1], name=OWN[2],
                native_id=OWN[0])  # fmt: skip
    parcel.know("accounts", {"account": f"instagram:{FRIEND[1]}"}, platform="instagram",
                handle=FRIEND[1], name=FRIEND[2], native_id=FRIEND[0])  # fmt: skip


def make_feed() -> list[Entry]:
    """Return own posts with the viral reel among them, and two of a friendly bakery."""
    chance = Chance("instagram:feed")
    base = {"reel": 5200.0, "carousel": 3600.0, "image": 2700.0}
    posts = []
    for number, (moment, kind) in enumerate(planned(PLAN, chance)):
        size = base[kind] * season.mood(moment.date()) * chance.spread(0.28)
        size *= 1.0 + 0.25 * season.age_of_brand(moment.date())
        if moment.date() == VIRAL:
            size = 412_000.0
        acts = size * 0.03 * chance.between(0.75, 1.3)
        posts.append(Post(f"18{chance.digits(15)}", moment, kind, size, acts, number))
    posts = settle_rates(posts, {p.id: float(PEOPLE.reach(p.views)) for p in posts}, RATES)
    entries = [entry_of(p, OWN, chance) for p in posts]
    for moment in (datetime(2025, 12, 19, 16, 5), datetime(2026, 7, 17, 11, 40)):
        views = chance.between(7000, 9000)
        post = Post(f"18{chance.digits(15)}", moment, "reel", views, views * 0.05, 3)
        entries.append(entry_of(post, FRIEND, chance))
    return sorted(entries, key=lambda e: e.post.moment, reverse=True)


def entry_of(post: Post, owner: tuple[str, str, str], chance: Chance) -> Entry:
    """Return the post with caption, length and address."""
    seconds = chance.whole(9, 62) if post.kind == "reel" else 0
    path = "reel" if post.kind == "reel" else "p"
    link = f"https://www.instagram.com/{path}/D{chance.code(10)}/"
    return Entry(post, owner, caption(chance), seconds, link)


def file_name(start: date, last: date, number: str) -> str:
    """Return the name Meta gives to an export."""
    return f"{FOLDER}/{start:%b-%d-%Y}_{last:%b-%d-%Y}_{number}.csv"


def add_content(parcel: Parcel, entries: list[Entry], window: tuple[date, date]) -> None:
    """Add the content export of one window with the figures of the morning after it."""
    seen = datetime.combine(window[1] + timedelta(days=1), datetime.min.time()).replace(hour=8)
    rows: list[list[str | int | None]] = [list(HEAD)]
    for entry in entries:
        post = entry.post
        f = entry.split(grown((window[1] - post.day).days))
        rows.append([
            post.id, *entry.owner, entry.caption, entry.seconds,
            f"{post.moment:%m/%d/%Y %H:%M}", entry.link, f"IG {post.kind}", "Lifetime",
            *f.values(),
        ])  # fmt: skip
        know_post(parcel, entry, f)
    name = file_name(*window, number=Chance(f"instagram:{window}").digits(16))
    parcel.add(name, with_bom(csv_text(rows)), seen)


def know_post(parcel: Parcel, entry: Entry, figures: dict[str, int]) -> None:
    """Record the latest figures of a post."""
    post = entry.post
    parcel.know(
        "posts", {"post": f"instagram:{post.id}"}, account=f"instagram:{entry.owner[1]}",
        platform="instagram", published_at=utc(post.moment), published_precision="minute",
        kind=post.kind, permalink=entry.link, duration_seconds=entry.seconds, **figures,
    )  # fmt: skip


def make_stories() -> list[Entry]:
    """Return the stories; they live a day, so one export is final."""
    chance = Chance("instagram:stories")
    found = []
    for number, (moment, kind) in enumerate(planned(STORY_PLAN, chance)):
        views = 780.0 * season.mood(moment.date()) * chance.spread(0.15)
        post = Post(f"18{chance.digits(15)}", moment, kind, views, views * 0.03, number)
        link = f"https://www.instagram.com/stories/kopiserambi/{chance.digits(19)}"
        found.append(Entry(post, OWN, "", 0, link))
    return found[::-1]


def add_stories(parcel: Parcel, entries: list[Entry]) -> None:
    """Add the one export of stories."""
    rows: list[list[str | int | None]] = [list(STORY_HEAD)]
    for entry in entries:
        post, full = entry.post, entry.split(1.0)
        f = {
            "views": full["views"], "reach": full["reach"], "likes": full["likes"],
            "shares": full["shares"], "profile_visits": round(post.views * 0.011),
            "comments": round(post.views * 0.004), "follows": post.number % 3 // 2,
        }  # fmt: skip
        other = [round(post.views * 0.02), round(post.views * 0.9)]
        rows.append([
            post.id, *OWN, None, 0, f"{post.moment:%m/%d/%Y %H:%M}", entry.link, "IG story",
            "Lifetime", *list(f.values())[:6], *other, f["follows"],
        ])  # fmt: skip
        know_post(parcel, entry, f)
    parcel.add(file_name(season.START, season.LAST, "stories_9051277730114562"),
               with_bom(csv_text(rows)), datetime(2026, 11, 1, 8))  # fmt: skip


def series_of(posts: list[Post]) -> dict[str, dict[date, int]]:
    """Return the daily figures of the profile by lake column."""
    chance = Chance("instagram:series")
    found: dict[str, dict[date, int]] = {
        name: {}
        for name in ("views", "reach", "profile_visits", "followers_gained", "interactions")
    }
    for day in season.days():
        views, acts = daily(posts, day)
        views += 900.0 * season.mood(day) * chance.spread(0.06)
        gained = 0.0024 * views**0.85 * season.mood(day)
        extra = round(1870 * season.GIVEAWAY.get(day, 0.0))
        found["views"][day] = round(views)
        found["reach"][day] = min(round(views), PEOPLE.reach(views))
        found["profile_visits"][day] = round(views * 0.021 * chance.spread(0.08)) + extra
        found["followers_gained"][day] = chance.count(gained * 1.6) + extra
        found["interactions"][day] = round(acts)
    return found


def add_series(parcel: Parcel, posts: list[Post]) -> None:
    """Add the daily series; followers leave out zero days, visits miss nine days of October."""
    found = series_of(posts)
    lost = (date(2026, 10, 9), date(2026, 10, 18))
    found["profile_visits"] = {
        d: v for d, v in found["profile_visits"].items() if not season.inside(d, lost)
    }
    found["followers_gained"] = {d: v for d, v in found["followers_gained"].items() if v}
    names = {"views": "Tayangan", "reach": "Jangkauan", "profile_visits": "Kunjungan",
             "followers_gained": "Pengikut", "interactions": "Interaksi"}  # fmt: skip
    for column, name in names.items():
        stamped = {f"{d}T00:00:00": v for d, v in found[column].items()}
        parcel.add(f"{FOLDER}/{name}.csv", meta_series(name, ("Tanggal", "Primary"), stamped),
                   datetime(2026, 11, 1, 8))  # fmt: skip
        for day, value in found[column].items():
            parcel.know("account_days", {"account": ACCOUNT, "day": day}, platform="instagram",
                        **{column: value})  # fmt: skip
