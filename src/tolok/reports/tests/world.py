"""A made-up brand for the tests: any number of accounts, months of facts, captions of all kinds."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pyarrow as pa

from tolok.base import BrandProfile, Period
from tolok.kpi import Kpi, read_target
from tolok.lake import Lake, LakeView, Origin, table_of
from tolok.metrics import Engine
from tolok.reports import Report, build_report

BRAND = "kopi"
TODAY = date(2026, 11, 10)
OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1), "month")
PLATFORMS = ("instagram", "tiktok", "facebook", "x", "linkedin", "youtube")
KINDS = ("image", "reel", "carousel", "video")
CAPTIONS = (
    "Promo akhir pekan ☕🔥👨‍👩‍👧‍👦 diskon 50% untuk 3 pembeli pertama",
    "قهوة الصباح مع أصدقاء رائعين في سورابايا",
    "Pertanggungjawabanketidaksinambungankeanekaragamanmempertanggungjawabkannya",
    "=CMD|' /C calc'!A0 <script>alert(1)</script> #kopi $x$ *tebal* _miring_",
    "שלום עולם קפה טוב", "Menu baru: es kopi pandan", "咖啡 コーヒー 커피", "",
)  # fmt: skip
PROFILE = BrandProfile(BRAND, "Kopi Serambi & Kawan-Kawan")
LONG = "Meningkatkan pertanggungjawaban dan keberlanjutan keanekaragaman konten komunitas pelanggan setia"


def make_lake(
    accounts: int, months: int, *, seed: int = 7, posts: int = 6, lake: Lake | None = None
) -> Lake:
    """Return a lake with so many accounts and months up to the end of October 2026."""
    chance, lake = random.Random(seed), lake or Lake(Path(mkdtemp()) / "lake")
    start = date(2026, 11, 1) - timedelta(days=int(months * 30.44))
    days: list[dict[str, object]] = []
    written: list[dict[str, object]] = []
    for number in range(accounts):
        platform = PLATFORMS[number % len(PLATFORMS)]
        account, followers = f"{platform}:akun-{number}", 1000 + 90 * number
        for offset in range((date(2026, 11, 1) - start).days):
            day = start + timedelta(days=offset)
            gained = chance.randint(0, 9)
            followers += gained - 2
            days.append({"account": account, "platform": platform, "day": day, "views": chance.randint(200, 900),
                         "interactions": chance.randint(20, 90), "followers": followers,
                         "followers_gained": gained, "followers_lost": 2})  # fmt: skip
        for offset in range(0, (date(2026, 11, 1) - start).days, max(1, 30 // posts)):
            moment = datetime.combine(start + timedelta(days=offset), datetime.min.time())
            reach = chance.randint(300, 3000)
            written.append({
                "post": f"{account}:{offset}", "account": account, "platform": platform,
                "published_at": moment + timedelta(hours=chance.randint(1, 14)), "published_precision": "minute",
                "kind": chance.choice(KINDS), "caption": chance.choice(CAPTIONS), "reach": reach,
                "views": reach + 50, "likes": chance.randint(5, 200), "comments": chance.randint(0, 20),
                "shares": chance.randint(0, 9), "saves": chance.randint(0, 9),
                "followers_then": 1000 + 90 * number,
            })  # fmt: skip
    if accounts:
        facts = {
            "account_days": as_table("account_days", days),
            "posts": as_table("posts", written),
        }
        lake.write(facts, Origin(source="test", brand=BRAND))
    return lake


def as_table(key: str, rows: list[dict[str, object]]) -> pa.Table:
    """Return rows as a table of facts, all seen on 9 November 2026."""
    seen = datetime(2026, 11, 9)
    schema = table_of(key).schema
    full = [{**row, "brand": BRAND, "observed_at": seen} for row in rows]
    return pa.table({n: pa.array([r.get(n) for r in full], schema.field(n).type) for n in full[0]})


def engine_of(lake: Lake) -> Engine:
    """Return an engine over the lake in the brand's calendar."""
    return Engine(LakeView(lake), PROFILE.calendar, TODAY)


KPIS = (
    Kpi(key="er", name=LONG, metric="engagement_rate_by_reach", owner="Rani", goal="Pelanggan setia",
        target=read_target("+10%"), baseline=0.05, start=date(2026, 7, 1), due=date(2026, 12, 31), rhythm="month"),
    Kpi(key="followers", name="Pengikut TikTok", metric="followers", platforms=("tiktok",), owner="Bima",
        target=read_target("+20%"), start=date(2026, 8, 1), due=date(2026, 12, 31), rhythm="month"),
    Kpi(key="nothing", name="Belum ada metriknya", metric="no_such_metric", target=read_target(5),
        start=date(2026, 8, 1), due=date(2026, 12, 31)),
)  # fmt: skip


@cache
def report_of(accounts: int, months: int = 14, audience: str = "team") -> Report:
    """Return a report over October 2026, built once per size."""
    engine = engine_of(make_lake(accounts, months))
    return build_report(engine, PROFILE, OCTOBER, kpis=KPIS if accounts else (), audience=audience)  # type: ignore[arg-type]
