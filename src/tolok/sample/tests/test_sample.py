"""The sample is what its script makes, carries the true quirks, and its truth is in its files."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from collections import defaultdict
from datetime import date, datetime, timedelta
from importlib import import_module, util
from itertools import pairwise
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

HOME = Path(__file__).resolve().parents[1]
EXPORTS = HOME / "exports"
SCRIPT = HOME.parents[2] / "scripts" / "make_sample.py"
TABLES = sorted(p.stem for p in (HOME / "truth").glob("*.csv"))


def truth(table: str) -> list[dict[str, str]]:
    text = (HOME / "truth" / f"{table}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def rows_of(path: Path, encoding: str = "utf-8-sig") -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode(encoding), newline="")))


def dicts_of(path: Path) -> list[dict[str, str]]:
    head, *rows = rows_of(path)
    return [dict(zip(head, row, strict=True)) for row in rows if row]


def days_of(account: str, column: str) -> dict[str, int]:
    return {r["day"]: int(r[column]) for r in truth("account_days")
            if r["account"] == account and r[column]}  # fmt: skip


def oldest_first(pattern: str) -> list[Path]:
    observed = tomllib.loads((EXPORTS / "accounts.toml").read_text())["observed"]
    paths = sorted(EXPORTS.glob(pattern))
    return sorted(paths, key=lambda p: observed[p.relative_to(EXPORTS).as_posix()])


def in_zip(name: str, member: str) -> list[list[str]]:
    path = next((EXPORTS / "youtube-kopiserambi").glob(f"{name} *.zip"))
    with zipfile.ZipFile(path) as archive:
        text = archive.read(member).decode("utf-8")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.skipif(not SCRIPT.exists(), reason="the script is not part of an installed package")
@pytest.mark.skipif(util.find_spec("xlwt") is None, reason="xlwt writes .xls; it is not installed")
def test_the_committed_files_are_byte_for_byte_what_the_script_makes():
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_sample_is_small_enough_to_ship():
    assert sum(p.stat().st_size for p in HOME.rglob("*") if p.is_file()) < 2_500_000


def test_every_file_has_an_account_and_a_moment_of_export():
    told = tomllib.loads((EXPORTS / "accounts.toml").read_text())
    files = {p.relative_to(EXPORTS).as_posix() for p in EXPORTS.rglob("*")
             if p.is_file() and p.name != "accounts.toml"}  # fmt: skip
    assert files == set(told["observed"])
    assert {f.split("/")[0] for f in files} == set(told["folders"])
    own = {a["account"] for a in tomllib.loads((HOME / "profile.toml").read_text())["accounts"]}
    assert set(told["folders"].values()) == own


@pytest.mark.parametrize("table", TABLES)
def test_truth_speaks_in_the_columns_of_the_lake_and_names_each_row_once(table):
    form = import_module(f"tolok.lake.tables.{table}").TABLE
    rows = truth(table)
    declared = {c.name for c in form.columns}
    assert set(rows[0]) <= declared
    key = [n for n in form.natural_key if n != "brand"]
    assert list(rows[0])[: len(key)] == key
    assert len({tuple(r[n] for n in key) for r in rows}) == len(rows)


@pytest.mark.parametrize(
    ("file", "name", "head", "column"),
    [
        ("instagram-kopiserambi/Tayangan", "Tayangan", "Tanggal", "views"),
        ("instagram-kopiserambi/Jangkauan", "Jangkauan", "Tanggal", "reach"),
        ("instagram-kopiserambi/Kunjungan", "Kunjungan", "Tanggal", "profile_visits"),
        ("instagram-kopiserambi/Pengikut", "Pengikut", "Tanggal", "followers_gained"),
        ("instagram-kopiserambi/Interaksi", "Interaksi", "Tanggal", "interactions"),
        ("facebook-kopiserambi/Views", "Views", "Date", "views"),
        ("facebook-kopiserambi/Viewers", "Viewers", "Date", "viewers"),
        ("facebook-kopiserambi/Interactions", "Content interactions", "Date", "interactions"),
        ("facebook-kopiserambi/Visits", "Facebook visits", "Date", "profile_visits"),
        ("facebook-kopiserambi/Link clicks", "Facebook link clicks", "Date", "link_clicks"),
        ("facebook-kopiserambi/Follows", "Facebook follows", "Date", "followers_gained"),
    ],
)
def test_meta_daily_series_are_utf16_with_the_metric_named_in_line_two(file, name, head, column):
    data = (EXPORTS / f"{file}.csv").read_bytes()
    assert data.startswith(b"\xff\xfes\x00e\x00p\x00=\x00,\x00\n\x00")
    lines = data.decode("utf-16").splitlines()
    assert lines[1:3] == [f'"{name}"', f'"{head}","Primary"']
    values = {line[1:11]: int(line.split('"')[3]) for line in lines[3:]}
    account = "instagram:kopiserambi" if "instagram" in file else "facebook:100094218830571"
    assert values == days_of(account, column)


def test_instagram_followers_leave_out_zero_days_and_visits_miss_nine_days():
    gained = days_of("instagram:kopiserambi", "followers_gained")
    visits = days_of("instagram:kopiserambi", "profile_visits")
    every = {str(date(2025, 9, 1) + timedelta(days=n)) for n in range(426)}
    assert 0 not in gained.values()
    assert 5 <= len(every - set(gained)) <= 40
    assert sorted(every - set(visits)) == [f"2026-10-{d:02d}" for d in range(9, 18)]


def test_facebook_hours_move_with_daylight_saving_and_visits_end_early():
    lines = (EXPORTS / "facebook-kopiserambi/Visits.csv").read_bytes().decode("utf-16").splitlines()
    assert {line[11:17] for line in lines[3:]} == {"T00:00", "T01:00"}
    assert lines[-1].startswith('"2026-10-28')


def test_instagram_content_carries_its_quirks_and_the_later_export_wins():
    paths = [p for p in oldest_first("instagram-kopiserambi/*_*.csv") if "stories" not in p.name]
    assert len(paths) == 5
    latest: dict[str, dict[str, str]] = {}
    risen = 0
    for path in paths:
        assert path.read_bytes().startswith(b"\xef\xbb\xbfID postingan,ID akun,")
        for row in dicts_of(path):
            assert re.fullmatch(r"\d\d/\d\d/\d{4} \d\d:\d\d", row["Waktu penerbitan"])
            assert row["Tanggal"] == "Lifetime"
            assert "\n" in row["Deskripsi"]
            if before := latest.get(row["ID postingan"]):
                assert int(row["Tayangan"]) >= int(before["Tayangan"])
                risen += int(row["Tayangan"]) > int(before["Tayangan"])
            latest[row["ID postingan"]] = row
    assert risen > 15
    assert {r["Nama pengguna akun"] for r in latest.values()} == {"kopiserambi", "rotirembulan"}
    columns = {"views": "Tayangan", "reach": "Jangkauan", "likes": "Suka", "follows": "Mengikuti",
               "shares": "Frekuensi dibagikan", "comments": "Komentar",
               "saves": "Frekuensi disimpan"}  # fmt: skip
    known = {r["post"]: r for r in truth("posts") if r["platform"] == "instagram"}
    for post, row in latest.items():
        expected = known[f"instagram:{post}"]
        assert {c: row[h] for c, h in columns.items()} == {c: expected[c] for c in columns}
        local = datetime.strptime(row["Waktu penerbitan"], "%m/%d/%Y %H:%M")
        assert str(local - timedelta(hours=7)) == expected["published_at"]


def test_captions_hold_quotes_and_emoji():
    text = "".join(p.read_text("utf-8-sig") for p in EXPORTS.glob("instagram-*/*_*.csv"))
    assert '""' in text
    assert "☕" in text


def test_facebook_posts_have_33_columns_a_comma_in_a_header_and_blank_rows():
    for path in EXPORTS.glob("facebook-kopiserambi/*_*_*.csv"):
        rows = rows_of(path)
        assert path.read_bytes().startswith(b"\xef\xbb\xbfPost ID,")
        assert len(rows[0]) == 33
        assert "Reactions, Comments and Shares" in rows[0]
        assert [] in rows[1:]
        assert {len(r) for r in rows if r} == {33}


def test_facebook_interactions_are_the_sum_of_their_parts():
    for row in truth("posts"):
        if row["platform"] == "facebook":
            parts = (row["reactions"], row["comments"], row["shares"])
            assert sum(map(int, parts)) == int(row["interactions"])


def test_tiktok_dates_have_no_year_and_what_is_undefined_is_not_in_the_truth():
    for path in EXPORTS.glob("tiktok-kopiserambi/*.csv"):
        rows = rows_of(path)
        assert path.read_bytes().startswith(b'\xef\xbb\xbf"')
        assert all(re.fullmatch(r"[A-Z][a-z]+ \d{1,2}", r[0]) for r in rows[1:])
        assert len(rows) == 366 or path.name.startswith("Content")
    folder = EXPORTS / "tiktok-kopiserambi"
    first = rows_of(folder / "FollowerHistory_2025-09-01_2026-08-31.csv")[1]
    assert first == ["September 1", "undefined", "0"]
    assert "2025-09-01" not in days_of("tiktok:kopiserambi", "followers")
    assert ["March 3", "NaN", "NaN", "NaN"] in rows_of(folder / "Viewers_2025-09-01_2026-08-31.csv")
    assert "2026-03-03" not in days_of("tiktok:kopiserambi", "viewers")


def test_tiktok_levels_and_differences_agree():
    level = days_of("tiktok:kopiserambi", "followers")
    net = days_of("tiktok:kopiserambi", "followers_net")
    ordered = sorted(level)
    assert len(ordered) == 425
    assert all(level[b] - level[a] == net[b] for a, b in pairwise(ordered))


def test_tiktok_ids_carry_the_day_of_their_video():
    for row in truth("posts"):
        if row["platform"] == "tiktok":
            seconds = int(row["post"].removeprefix("tiktok:")) >> 32
            local = datetime(1970, 1, 1) + timedelta(seconds=seconds + 7 * 3600)
            assert str(local.date()) == str(
                (datetime.fromisoformat(row["published_at"]) + timedelta(hours=7)).date()
            )


def test_youtube_puts_the_total_first_and_it_is_the_sum_of_the_rows():
    table = in_zip("Konten", "Data tabel.csv")
    days = in_zip("Tanggal", "Data tabel.csv")
    assert table[1][0] == days[1][0] == "Total"
    for column in (4, 6, 7):
        assert sum(int(r[column]) for r in table[2:]) == int(table[1][column])
        assert sum(int(r[column - 3]) for r in days[2:]) == int(table[1][column])
    assert any(r[0].startswith(" -") for r in table)
    assert sum(not r[2] for r in table[2:]) == 1
    chart = in_zip("Konten", "Data diagram.csv")
    charted: dict[str, int] = defaultdict(int)
    for row in chart[1:]:
        charted[row[1]] += int(row[5])
    assert len(charted) == 5
    assert all(charted[r[0]] == int(r[4]) for r in table if r[0] in charted)


def test_x_is_newest_first_and_a_day_not_yet_over_was_smaller():
    old, new = oldest_first("x-kopiserambi/account_overview*.csv")
    first, second = dicts_of(old), dicts_of(new)
    assert first[0]["Date"] == "Mon, Aug 31, 2026"
    assert first[-1]["Date"] == "Mon, Sep 1, 2025"
    later = next(r for r in second if r["Date"] == "Mon, Aug 31, 2026")
    assert int(later["Impressions"]) > int(first[0]["Impressions"])
    assert days_of("x:kopiserambi", "impressions")["2026-08-31"] == int(later["Impressions"])


def test_linkedin_is_binary_excel_with_a_note_above_the_header_and_negative_reactions():
    gained = 0
    low = 0.0
    for path in EXPORTS.glob("linkedin-kopi-serambi/*.xls"):
        assert path.read_bytes().startswith(bytes.fromhex("d0cf11e0a1b11ae1"))
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python()
            if name == "New followers":
                assert rows[1][-1] == "Total followers"
                gained = sum(int(r[-1]) for r in rows[2:])
            if name == "Metrics":
                at = rows[1].index("Reactions (total)")
                low = min(low, *(float(r[at]) for r in rows[2:]))
    assert low == -1.0
    assert gained == sum(days_of("linkedin:kopi-serambi", "followers_gained").values())


def test_ga4_sessions_add_and_users_do_not():
    for path in sorted(EXPORTS.glob("ga4-*/*.csv")):
        first, second = path.read_bytes().decode().split("\r\n\r\n")
        assert first.startswith("# ---")
        assert "# Tanggal mulai: 20" in second
        channels = [r for r in csv.reader(first.splitlines()) if not r[0].startswith("#")][1:]
        days = list(csv.reader(second.splitlines()))[3:]
        total = channels.pop()
        assert total[0] == ""
        assert total[-1] == "Grand total"
        assert sum(int(r[1]) for r in channels) == sum(int(r[1]) for r in days) == int(total[1])
        assert max(int(r[2]) for r in channels) < int(total[2]) < sum(int(r[2]) for r in channels)
        assert int(total[2]) < sum(int(r[2]) for r in days)
        assert days[0][0] == "0000"


def test_meta_ads_total_row_adds_spend_but_counts_people_once():
    blanks = 0
    for path in sorted(EXPORTS.glob("meta_ads-*/*.csv")):
        total, *ads = dicts_of(path)
        assert total["Nama iklan"] == total["Nama kampanye"] == ""
        assert sum(int(r["Impresi"]) for r in ads) == int(total["Impresi"])
        spend = "Jumlah yang dibelanjakan (IDR)"
        assert sum(int(r[spend]) for r in ads) == int(total[spend])
        assert int(total["Jangkauan"]) < sum(int(r["Jangkauan"]) for r in ads)
        assert int(total["Jangkauan"]) > max(int(r["Jangkauan"]) for r in ads)
        blanks += sum(not r["Pembelian"] for r in ads)
    assert blanks > 20


def test_google_ads_has_two_title_lines_and_totals_that_add():
    for path in sorted(EXPORTS.glob("google_ads-*/*.csv")):
        title, _, head, *rows = rows_of(path, "utf-8")
        assert title == ["Campaign report"]
        cost = head.index("Cost")
        kinds = {r[0]: float(r[cost]) for r in rows if r[0].startswith("Total: ")}
        own = sum(float(r[cost]) for r in rows if not r[0].startswith("Total: "))
        assert {"Total: Campaigns", "Total: Account", "Total: Search"} <= set(kinds)
        assert kinds["Total: Account"] == pytest.approx(own)
        assert any(" --" in r for r in rows)


def test_the_scorecard_can_be_added_up_from_the_truth():
    card = json.loads((HOME / "truth" / "scorecard.json").read_text())
    october = card["2026-10"]
    acts = reach = 0
    for row in truth("posts"):
        if row["account"] == "instagram:kopiserambi" and row["kind"] != "story":
            local = datetime.fromisoformat(row["published_at"]) + timedelta(hours=7)
            if local.year == 2026 and local.month == 10:
                acts += sum(int(row[n]) for n in ("likes", "comments", "shares", "saves"))
                reach += int(row["reach"])
    stated = october["instagram_engagement_rate_by_reach"]["without_stories"]
    assert (stated["interactions"], stated["reach"]) == (acts, reach)
    assert stated["rate"] == pytest.approx(acts / reach)
    levels = days_of("tiktok:kopiserambi", "followers")
    assert october["followers_at_end"] == {"tiktok:kopiserambi": levels["2026-10-31"]}
    ads = [r for r in truth("ad_results")
           if r["level"] == "ad" and r["start"] == "2026-10-01"]  # fmt: skip
    assert october["spend_idr"]["meta_ads:kopiserambi"] == sum(int(r["spend"]) for r in ads)


def test_the_story_told_by_the_three_kpis_holds():
    kpis = json.loads((HOME / "truth" / "scorecard.json").read_text())["kpis"]
    engagement = kpis["instagram_engagement_rate_by_reach_without_stories"]
    assert 4 / 6 * 0.10 < engagement["change"] < 0.10  # four of six months have passed
    followers = kpis["tiktok_followers"]
    assert 0.7 * 0.20 * 10 / 12 < followers["change"] < 0.9 * 0.20 * 10 / 12
    assert kpis["social_sessions_of_six_months"]["change"] > 0.15
