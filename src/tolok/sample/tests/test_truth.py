"""Every figure of the files is in the truth: read again here, without the script's own code."""

from __future__ import annotations

import csv
import io
import tomllib
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from python_calamine import CalamineWorkbook

HOME = Path(__file__).resolve().parents[1]
EXPORTS = HOME / "exports"
Figures = dict[str, str]


def truth(table: str, key: str, platform: str) -> dict[str, Figures]:
    text = (HOME / "truth" / f"{table}.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return {"|".join(r[k] for k in key.split("|")): r for r in rows if r["platform"] == platform}


def oldest_first(pattern: str) -> list[Path]:
    observed = tomllib.loads((EXPORTS / "accounts.toml").read_text())["observed"]
    return sorted(EXPORTS.glob(pattern), key=lambda p: observed[p.relative_to(EXPORTS).as_posix()])


def dicts_of(path: Path, skip: int = 0) -> list[Figures]:
    text = io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")
    for _ in range(skip):
        text.readline()
    head, *rows = csv.reader(text)
    return [dict(zip(head, row, strict=True)) for row in rows if row]


def sheets_of(pattern: str, name: str) -> Iterator[Figures]:
    for path in oldest_first(pattern):
        book = CalamineWorkbook.from_path(str(path))
        if name in book.sheet_names:
            _, head, *rows = book.get_sheet_by_name(name).to_python()
            for row in rows:
                yield {str(h): str(v) for h, v in zip(head, row, strict=True)}


def assert_same(found: dict[str, Figures], known: dict[str, Figures], columns: Figures) -> None:
    """Compare figures by lake column; both sides must hold the same rows, blanks included."""
    assert found.keys() == known.keys()
    for key, row in found.items():
        for column, header in columns.items():
            mine, stated = row[header].replace(",", ""), known[key][column]
            if mine in ("", " --", "undefined", "NaN"):
                assert stated == "", (key, column)
            else:
                assert float(mine) == float(stated), (key, column)


def test_facebook_posts():
    found = {r["Post ID"]: r for p in oldest_first("facebook-*/*_*_*.csv") for r in dicts_of(p)}
    assert_same(
        {f"facebook:{k}": r for k, r in found.items()},
        truth("posts", "post", "facebook"),
        {"views": "Views", "reach": "Reach", "interactions": "Reactions, Comments and Shares",
         "reactions": "Reactions", "comments": "Comments", "shares": "Shares",
         "clicks": "Total clicks", "link_clicks": "Link Clicks",
         "watch_seconds": "Seconds viewed", "average_watch_seconds": "Average Seconds viewed"},
    )  # fmt: skip


def test_instagram_stories():
    path = next(EXPORTS.glob("instagram-*/*stories*.csv"))
    found = {f"instagram:{r['ID postingan']}": r for r in dicts_of(path)}
    known = truth("posts", "post", "instagram")
    stories = {k: r for k, r in known.items() if r["kind"] == "story"}
    assert_same(found, stories, {
        "views": "Tayangan", "reach": "Jangkauan", "likes": "Suka", "comments": "Balasan",
        "shares": "Frekuensi dibagikan", "profile_visits": "Kunjungan profil",
        "follows": "Mengikuti"})  # fmt: skip


def test_tiktok_videos():
    found = {}
    for path in oldest_first("tiktok-*/Content_*.csv"):
        for row in dicts_of(path):
            found["tiktok:" + row["Video link"].rsplit("/", 1)[1]] = row
    assert_same(found, truth("posts", "post", "tiktok"), {
        "views": "Total views", "likes": "Total likes", "comments": "Total comments",
        "shares": "Total shares"})  # fmt: skip


def test_tiktok_days():
    found: dict[str, Figures] = {}
    for path in oldest_first("tiktok-*/*.csv"):
        name, start, _ = path.stem.split("_")
        if name != "Content":
            for n, row in enumerate(dicts_of(path)):
                day = date.fromisoformat(start) + timedelta(days=n)
                assert row["Date"] == f"{day:%B} {day.day}"
                found.setdefault(str(day), {}).update(row)
    assert_same({d: r for d, r in found.items() if d != "2025-09-01"},
                {k: r for k, r in truth("account_days", "day", "tiktok").items()
                 if k != "2025-09-01"},
                {"views": "Video Views", "profile_visits": "Profile Views", "likes": "Likes",
                 "comments": "Comments", "shares": "Shares", "followers": "Followers",
                 "followers_net": "Difference in followers from previous day",
                 "viewers": "Total Viewers", "new_viewers": "New Viewers",
                 "returning_viewers": "Returning Viewers"})  # fmt: skip


def test_x_posts_and_days():
    posts, days = {}, {}
    for path in oldest_first("x-*/*content*.csv"):
        for row in dicts_of(path):
            row["both"] = str(int(row["Shares"]) + int(row["Reposts"]))
            posts[f"x:{row['Post id']}"] = row
    for path in oldest_first("x-*/*overview*.csv"):
        for row in dicts_of(path):
            row["both"] = str(int(row["Shares"]) + int(row["Reposts"]))
            days[str(datetime.strptime(row["Date"], "%a, %b %d, %Y").date())] = row
    shared = {"impressions": "Impressions", "likes": "Likes", "interactions": "Engagements",
              "saves": "Bookmarks", "shares": "both", "comments": "Replies",
              "profile_visits": "Profile visits"}  # fmt: skip
    assert_same(posts, truth("posts", "post", "x"),
                {**shared, "follows": "New follows", "link_clicks": "URL Clicks"})  # fmt: skip
    assert_same(days, truth("account_days", "day", "x"),
                {**shared, "followers_gained": "New follows", "followers_lost": "Unfollows",
                 "posts_published": "Create Post", "video_views": "Video views"})  # fmt: skip


def test_linkedin_posts_and_days():
    posts = {"linkedin:" + r["Post link"].rsplit(":", 1)[1]: r
             for r in sheets_of("linkedin-*/*content*.xls", "All posts")}  # fmt: skip
    assert_same(posts, truth("posts", "post", "linkedin"), {
        "impressions": "Impressions", "clicks": "Clicks", "likes": "Likes",
        "comments": "Comments", "shares": "Reposts", "follows": "Follows",
        "engagement_rate_stated": "Engagement rate"})  # fmt: skip
    days = {}
    for row in sheets_of("linkedin-*/*content*.xls", "Metrics"):
        days[str(datetime.strptime(row["Date"], "%m/%d/%Y").date())] = row
        parts = [float(row[f"{n} (total)"]) for n in ("Clicks", "Reactions", "Comments", "Reposts")]
        stated = float(row["Engagement rate (total)"])
        assert abs(stated - sum(parts) / float(row["Impressions (total)"])) < 1e-12
    assert_same(days, truth("account_days", "day", "linkedin"), {
        "impressions": "Impressions (total)", "reach": "Unique impressions (organic)",
        "clicks": "Clicks (total)", "reactions": "Reactions (total)",
        "comments": "Comments (total)", "shares": "Reposts (total)"})  # fmt: skip


def test_meta_ads():
    found = {}
    for path in oldest_first("meta_ads-*/*.csv"):
        for row in dicts_of(path):
            names = [row["Nama kampanye"], row["Nama set iklan"], row["Nama iklan"]]
            found[f"{row['Awal pelaporan']}|{' / '.join(filter(None, names))}"] = row
    assert_same(found, truth("ad_results", "start|item", "meta_ads"), {
        "spend": "Jumlah yang dibelanjakan (IDR)", "impressions": "Impresi",
        "reach": "Jangkauan", "clicks": "Klik (semua)", "link_clicks": "Klik tautan",
        "landing_views": "Tayangan halaman tujuan", "results": "Hasil",
        "conversions": "Pembelian", "conversion_value": "Nilai konversi pembelian",
        "cost_per_result_stated": "Biaya per hasil"})  # fmt: skip


def test_google_ads():
    found = {}
    for path in oldest_first("google_ads-*/*.csv"):
        for row in dicts_of(path, skip=2):
            if not row["Campaign status"].startswith("Total"):
                found[f"{path.stem[-7:]}-01|{row['Campaign']}"] = row
    assert_same(found, truth("ad_results", "start|item", "google_ads"), {
        "spend": "Cost", "impressions": "Impr.", "interactions": "Interactions",
        "clicks": "Clicks", "conversions": "Conversions",
        "conversion_value": "Conv. value"})  # fmt: skip


def test_ga4():
    found: dict[str, Figures] = {}
    days: dict[str, Figures] = {}
    for path in oldest_first("ga4-*/*.csv"):
        first, second = path.read_bytes().decode().split("\r\n\r\n")
        head, *rows = list(csv.reader(x for x in first.splitlines() if not x.startswith("#")))
        start = date.fromisoformat(f"{path.stem[-7:]}-01")
        until = (start + timedelta(days=32)).replace(day=1)
        for row in rows:
            figures = dict(zip(head, row, strict=False))
            cut = "channel" if row[0] else "total"
            found[f"{start}|{until}|{cut}|{row[0]}"] = figures
        for row in list(csv.reader(second.splitlines()))[3:]:
            day = start + timedelta(days=int(row[0]))
            figures = {"Sesi": row[1], "Pengguna aktif": row[2]}
            days[f"{day}|{day + timedelta(days=1)}|total|"] = figures
    known = truth("site_traffic", "start|until|dimension|segment", "ga4")
    short = {"sessions": "Sesi", "active_users": "Pengguna aktif"}
    assert_same(found, {k: r for k, r in known.items() if k not in days}, {
        **short, "new_users": "Pengguna baru", "events": "Jumlah peristiwa",
        "key_events": "Peristiwa utama", "revenue": "Total pendapatan"})  # fmt: skip
    assert_same(days, {k: r for k, r in known.items() if k in days}, short)


def zipped(name: str, member: str) -> list[Figures]:
    with zipfile.ZipFile(next(EXPORTS.glob(f"youtube-*/{name} *.zip"))) as archive:
        text = archive.read(member).decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    for row in rows:
        if hours := row.get("Waktu tonton (jam)"):
            row["seconds"] = f"{float(hours) * 3600:.2f}"
    return rows


def test_youtube_videos_days_and_total():
    shared = {"views": "Penayangan", "watch_seconds": "seconds", "impressions": "Tayangan"}
    total, *videos = zipped("Konten", "Data tabel.csv")
    found = {f"youtube:{r['Konten'].strip()}": r for r in videos}
    assert_same(found, truth("posts", "post", "youtube"), {**shared, "follows": "Subscriber"})
    _, *days = zipped("Tanggal", "Data tabel.csv")
    assert_same({r["Tanggal"]: r for r in days}, truth("account_days", "day", "youtube"),
                {**shared, "followers_net": "Subscriber"})  # fmt: skip
    assert_same({"2025-09-01|2026-11-01": total},
                truth("account_periods", "start|until", "youtube"),
                {**shared, "followers_net": "Subscriber"})  # fmt: skip
    chart = {f"youtube:{r['Konten'].strip()}|{r['Tanggal']}": r
             for r in zipped("Konten", "Data diagram.csv")}  # fmt: skip
    assert_same(chart, truth("post_days", "post|day", "youtube"), {"views": "Penayangan"})


def test_linkedin_audience_and_facebook_audience():
    names = {"Location": "city", "Job function": "job", "Seniority": "seniority",
             "Industry": "industry", "Company size": "company_size"}  # fmt: skip
    path = next(EXPORTS.glob("linkedin-*/*followers*.xls"))
    book = CalamineWorkbook.from_path(str(path))
    found = {f"{dimension}|{segment}": {"people": str(people)} for name, dimension in names.items()
             for segment, people in book.get_sheet_by_name(name).to_python()[1:]}  # fmt: skip
    assert_same(found, truth("audience", "dimension|segment", "linkedin"), {"people": "people"})
    known = truth("audience", "dimension|segment", "facebook")
    text = (EXPORTS / "facebook-kopiserambi/Audience.csv").read_bytes().decode("utf-16")
    assert '"25-34","24.8","17.3"' in text
    assert known["age_gender|25-34 women"]["share"] == "0.248"
    assert known["age_gender|25-34 men"]["share"] == "0.173"
