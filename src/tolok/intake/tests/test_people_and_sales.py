"""F6, K4.2, K6.2-K6.4 from files to figures, each beside a plain computation over the same files."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

import openpyxl
import pyarrow as pa
import pytest

from tolok.base import Calendar, Period
from tolok.intake import Answers, import_files
from tolok.intake.credits import attribute_brand
from tolok.intake.deliverables import measure_deliverables
from tolok.intake.event_logs import import_touch_log
from tolok.intake.friends import count_friends, find_tags, note_referrals
from tolok.intake.influencer_scores import score_partnerships
from tolok.intake.threads import import_thread_log
from tolok.intake.tracing import count_social, is_social_place
from tolok.lake import Lake, LakeView, Origin
from tolok.metrics import Engine, Scope
from tolok.value import Window

from .real_data import shared

UTC = Calendar(0, 1, "UTC")
NOON = datetime(2026, 8, 20, 5)
LOG = "attribution/attribution_data.csv"


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def write(lake: Lake, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    names = dict.fromkeys(n for r in rows for n in r)
    told = {n: [r.get(n) for r in rows] for n in names}
    told |= {"brand": ["kopi"] * len(rows), "observed_at": [NOON] * len(rows)}
    lake.write({table: pa.table(told)}, Origin(source="test", brand="kopi"))


def fill_template(folder: Path, table: str, rows: Sequence[Mapping[str, Any]]) -> Path:
    """Write rows as a person fills the template of a table."""
    path = folder / f"{table}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([f"tolok:{table}", *rows[0]])
        writer.writerows(["", *row.values()] for row in rows)
    return path


def take(lake: Lake, paths: Sequence[Path], **answers: Any) -> None:
    told = Answers(timezone="UTC", currency=answers.pop("currency", "USD"), **answers)
    for one in import_files(list(paths), lake, "kopi", told):
        assert one.verdict.state == "ready", one.verdict.reason


def engine_of(lake: Lake, today: date) -> Engine:
    return Engine(LakeView(lake), UTC, today)


# Friends brought by fans.


def test_a_tag_is_read_only_where_a_person_tags_a_person() -> None:
    assert find_tags("lihat ini @Ani @budi.s, @ani!") == ["ani", "budi.s"]
    assert find_tags("@toko @ani udah pesan kok", is_reply=True) == []
    assert find_tags("@toko cek ya @ani", is_reply=True) == ["ani"]
    assert find_tags("RT @berita: diskon, via @sumber") == []
    assert find_tags("tulis ke ani@example.com atau https://medium.com/@ani") == []


def test_friends_are_personal_tags_and_never_us_the_writer_the_thread_or_a_public_account(
    lake: Lake,
) -> None:
    def row(n: int, text: str, **more: Any) -> dict[str, Any]:
        return {"interaction": f"x:{n}", "at": NOON, "kind": "comment", "direction": "in",
                "account": "x:toko", "author": f"p{n}", "text": text, **more}  # fmt: skip

    write(lake, "interactions", [
        row(1, "@toko enak, @ani coba deh @budi"),
        row(2, "@toko @P2 saya sendiri"),
        row(3, "@p4 makasih", conversation="t"), row(4, "sama-sama", conversation="t"),
        *(row(n, "mirip @artis ya") for n in range(10, 15)),
        row(20, "jawaban kami untuk @ani", direction="out"),
        row(21, "sudah dihitung sumbernya @ani", people_tagged=7),
        row(22, "tanpa siapa-siapa"),
    ])  # fmt: skip
    assert count_friends(lake, "kopi") == 10
    assert count_friends(lake, "kopi") == 0
    rows = LakeView(lake).table("interactions").to_pyarrow().to_pylist()
    found = {r["interaction"]: r["people_tagged"] for r in rows}
    assert [found[f"x:{n}"] for n in (1, 2, 3, 4, 10, 20, 21, 22)] == [2, 0, 0, 0, 0, None, 7, 0]
    figure = engine_of(lake, date(2026, 9, 5)).figure(
        "friends_tagged", Period.parse("2026-08"), Scope("kopi")
    )
    assert figure.value == 9


def test_friends_tagged_in_service_threads_equal_a_plain_count(lake: Lake) -> None:
    path = shared("customer_support_threads/twcs_first5300.csv")
    import_thread_log(lake, "kopi", path, platform="x", account="AppleSupport")
    count_friends(lake, "kopi")
    rows = LakeView(lake).table("interactions").to_pyarrow().to_pylist()
    with path.open(encoding="utf-8", newline="") as file:
        posts = {p["tweet_id"]: p for p in csv.DictReader(file)}
    ids = [r["interaction"].split(":")[1] for r in rows]
    tagged: dict[str, list[str]] = {}
    for name in ids:
        words = posts[name]["text"].split()
        if posts[name]["in_response_to_tweet_id"]:
            while words and words[0].lstrip(".").startswith("@"):
                words.pop(0)
        hits = re.findall(r"(?:^|[^A-Za-z0-9_@./])@([A-Za-z0-9_]+)", " ".join(words))
        tagged[name] = sorted({h.lower() for h in hits})
    by = defaultdict(set)
    for name, hits in tagged.items():
        for hit in hits:
            by[hit].add(posts[name]["author_id"])
    thread = {r["interaction"].split(":")[1]: r["conversation"] for r in rows}
    met = defaultdict(set)
    for name in ids:
        met[thread[name]].add(posts[name]["author_id"].lower())
    whole = sum(
        h != "applesupport" and len(by[h]) < 5 and h not in met[thread[name]]
        for name in ids if posts[name]["inbound"] == "True" for h in tagged[name]
    )  # fmt: skip
    figure = engine_of(lake, date(2018, 1, 1)).figure(
        "friends_tagged", Period.parse("2017"), Scope("kopi")
    )
    assert figure.value == whole
    assert whole > 0


def test_friends_who_bought_are_referrals_once_by_their_first_order(
    lake: Lake, tmp_path: Path
) -> None:
    orders = [
        {"order": "1", "customer": "ani", "ordered_at": "2026-08-01 10:00", "revenue": 10,
         "currency": "USD", "referred_by": "budi"},
        {"order": "2", "customer": "ani", "ordered_at": "2026-08-02 10:00", "revenue": 10,
         "currency": "USD", "referred_by": "cici"},
        {"order": "3", "customer": "dedi", "ordered_at": "2026-08-03 10:00", "revenue": 10,
         "currency": "USD", "referred_by": ""},
        {"order": "4", "customer": "eka", "ordered_at": "2026-08-04 10:00", "revenue": 10,
         "currency": "USD", "referred_by": "budi"},
    ]  # fmt: skip
    invited = [
        {"referral": "r1", "at": "2026-08-03 09:00", "referred": "eka", "referred_by": "budi",
         "became_customer": "yes"},
        {"referral": "r2", "at": "2026-08-03 09:30", "referred": "fani", "referred_by": "budi",
         "became_customer": "no"},
    ]  # fmt: skip
    take(
        lake,
        [fill_template(tmp_path, "orders", orders), fill_template(tmp_path, "referrals", invited)],
    )
    assert note_referrals(lake, "kopi") == 1
    assert note_referrals(lake, "kopi") == 0
    engine, august = engine_of(lake, date(2026, 9, 5)), Period.parse("2026-08")
    assert engine.figure("referrals", august, Scope("kopi")).value == 3
    rate = engine.figure("referral_conversion_rate", august, Scope("kopi"))
    assert rate.value == pytest.approx(2 / 3)


# Traffic from social media.


def test_social_sessions_of_an_organisation_reach_the_catalogue_month_by_month(
    lake: Lake, tmp_path: Path
) -> None:
    path = shared("exports/meta_business_suite/en_ngo_ukrainian_text/combined.xlsx")
    sheet = openpyxl.load_workbook(path, read_only=True).active
    assert sheet is not None
    head, *lines = sheet.iter_rows(values_only=True)
    at = {str(name): n for n, name in enumerate(head)}
    days = [r for r in lines if r[at["Date"]] and isinstance(r[at["Sessions"]], int)]
    rows = []
    for r in days:
        day = date.fromisoformat(str(r[at["Date"]])[:10])
        social, whole = r[at["Sessions from Facebook"]], r[at["Sessions"]]
        for segment, sessions in (("Organic Social", social), ("Other", whole - social)):
            rows.append({"account": "ga4:ngo", "start": day, "until": day + timedelta(days=1),
                         "dimension": "channel", "segment": segment, "sessions": sessions})  # fmt: skip
    take(lake, [fill_template(tmp_path, "site_traffic", rows)])
    engine = engine_of(lake, date(2024, 4, 1))
    for month in ("2023-08", "2023-10", "2024-02"):
        ours = [r for r in days if str(r[at["Date"]]).startswith(month)]
        social = sum(r[at["Sessions from Facebook"]] for r in ours)
        whole = sum(r[at["Sessions"]] for r in ours)
        assert social > 0
        period = Period.parse(month)
        assert engine.figure("social_sessions", period, Scope("kopi")).value == social
        share = engine.figure("social_session_share", period, Scope("kopi"))
        assert share.value == pytest.approx(social / whole)


# Sales and loyal customers traced to social media; conversions per customer touched.


def read_log() -> list[dict[str, str]]:
    with shared(LOG).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_sales_and_loyal_customers_are_traced_to_social_media(lake: Lake) -> None:
    rows = read_log()
    import_touch_log(lake, "kopi", shared(LOG), currency="USD")
    attribute_brand(lake, "kopi", Window(30))
    # The converting row is itself the last touch: its channel is where the sale came from.
    sales = [r for r in rows if r["conversion"] == "1"]
    social = [r for r in sales if r["channel"] in ("Facebook", "Instagram")]
    assert count_social(lake, "kopi") == (1838, len(social), 0)
    july, scope = Period.parse("2018-07"), Scope("kopi")
    engine = engine_of(lake, date(2018, 8, 5))
    assert engine.figure("orders", july, scope).value == len(sales)
    assert engine.figure("social_orders", july, scope).value == len(social)
    revenue = engine.figure("social_revenue", july, scope)
    assert revenue.value == pytest.approx(sum(float(r["conversion_value"]) for r in social))
    again = Counter(r["customer_id"] for r in social)
    loyal = engine.figure("loyal_social_customers", july, scope)
    assert loyal.value == sum(n >= 2 for n in again.values()) > 10
    by = engine.figures(["social_orders"], [july], scope, by=("channel",))
    told = {f.group["channel"]: f.value for f in by if f.value}
    assert told == Counter(r["channel"] for r in social)


def test_conversions_per_customer_touched_equal_a_plain_count_by_channel(lake: Lake) -> None:
    rows = read_log()
    import_touch_log(lake, "kopi", shared(LOG), currency="USD")
    attribute_brand(lake, "kopi", Window(30))
    july, scope = Period.parse("2018-07"), Scope("kopi")
    engine = engine_of(lake, date(2018, 8, 5))
    whole = engine.figure("touched_conversion_rate", july, scope)
    assert whole.value == pytest.approx(1838 / len({r["customer_id"] for r in rows}))
    for figure in engine.figures(["touched_conversion_rate"], [july], scope, by=("channel",)):
        ours = [r for r in rows if r["channel"] == figure.group["channel"]]
        done = sum(r["conversion"] == "1" for r in ours)
        assert figure.value == pytest.approx(done / len({r["customer_id"] for r in ours}))


def test_results_of_real_adverts_are_rates_per_advert_and_kind_of_result(lake: Lake) -> None:
    meta = shared("exports/meta_ads/ngo_uah/MH4U-Ads-Feb-11-2021-Mar-11-2024.xlsx")
    google = shared("exports/google_ads/campaigns_inr/Campaign report.csv")
    take(lake, [meta], currency="UAH", accounts=("meta_ads:mh4u",))
    sheet = openpyxl.load_workbook(meta, read_only=True).active
    assert sheet is not None
    head, _total, *lines = sheet.iter_rows(values_only=True)
    at = {str(name): n for n, name in enumerate(head)}
    plain = sorted(
        (*(str(r[at[c]]) for c in ("Ad name", "Ad Set Name", "Result indicator")),
         round(r[at["Results"]] / r[at["Impressions"]], 9))
        for r in lines if r[at["Result indicator"]]
    )  # fmt: skip
    engine = engine_of(lake, date(2024, 4, 1))
    span = Period(date(2023, 4, 14), date(2024, 3, 12), "range")
    names = ("ad", "adset", "result_type")
    by = engine.figures(["ad_result_rate"], [span], Scope("kopi"), by=(*names, "item"))
    told = sorted((*(str(f.group[n]) for n in names), round(f.value, 9)) for f in by if f.value)
    assert (len(told), len({row[2] for row in told})) == (48, 3)
    assert told == plain
    take(lake, [google], currency="INR", accounts=("google_ads:mh",))
    july = Period(date(2025, 7, 8), date(2025, 8, 1), "range")
    engine = engine_of(lake, date(2025, 9, 1))
    done = engine.figures(["ad_conversions"], [july], Scope("kopi"), by=("campaign",))
    assert {f.group["campaign"]: f.value for f in done if f.value} == {"MH-m-sand": 15}


def test_places_are_social_by_name_and_unknown_without_one() -> None:
    assert is_social_place("Facebook") is True
    assert is_social_place("Paid Social", None) is True
    assert is_social_place("Paid Search", "") is False
    assert is_social_place(None, "") is None


def test_what_was_traced_is_taken_back_before_crediting_anew(lake: Lake) -> None:
    write(lake, "orders", [
        {"order": "1", "customer": "a", "ordered_at": NOON, "revenue": Decimal(5), "currency": "USD"},
        {"order": "2", "customer": "b", "ordered_at": NOON, "revenue": Decimal(5), "currency": "USD",
         "channel": "Instagram"},
    ])  # fmt: skip
    write(lake, "touches", [{"touch": "t", "customer": "a", "at": NOON - timedelta(days=9),
                             "channel": "Facebook", "kind": "click"}])  # fmt: skip
    attribute_brand(lake, "kopi", Window(30))
    assert count_social(lake, "kopi") == (2, 2, 0)
    done = attribute_brand(lake, "kopi", Window(3))
    assert (done.conversions, done.without) == (1, 1)
    assert count_social(lake, "kopi") == (2, 1, 1)


# Influencers.


def test_partners_posts_are_measured_beside_the_usual_of_both_sides(
    lake: Lake, tmp_path: Path
) -> None:
    folder = "exports/meta_business_suite"
    theirs = shared(f"{folder}/en_creator/May-25-2026_Jun-21-2026_1493633672508178.csv")
    ours = shared(f"{folder}/en_brand/Mar-18-2025_Apr-14-2025_578982927868853.csv")
    take(lake, [theirs, ours])
    plain = {n: read_posts(p) for n, p in (("theirs", theirs), ("ours", ours))}
    paid = sorted(plain["theirs"], key=lambda r: r["at"])[-2:]
    take(lake, [
        fill_template(tmp_path, "accounts", [
            {"account": "instagram:creator_a", "platform": "instagram", "relation": "influencer"},
            {"account": "instagram:oigetit_sa", "platform": "instagram", "relation": "own"}]),
        fill_template(tmp_path, "partnerships", [
            {"partnership": "p1", "influencer": "instagram:creator_a", "platform": "instagram",
             "stage": "active", "agreed_on": "2026-06-01"}]),
        fill_template(tmp_path, "deliverables", [
            {"deliverable": f"d{n}", "partnership": "p1", "post": f"instagram:{r['id']}",
             "published_at": r["at"].isoformat(sep=" ")} for n, r in enumerate(paid)]),
    ])  # fmt: skip
    assert measure_deliverables(lake, "kopi") == 2
    assert measure_deliverables(lake, "kopi") == 2  # anew, not twice
    engine, june, scope = engine_of(lake, date(2026, 7, 5)), Period.parse("2026-06"), Scope("kopi")
    done, reach = sum(r["n"] for r in paid), sum(r["reach"] for r in paid)
    names = {r["id"] for r in paid}
    usual = median(r["n"] for r in plain["theirs"] if r["id"] not in names)
    own = median(r["n"] for r in plain["ours"])

    def said(key: str) -> float | None:
        return engine.figure(key, june, scope).value

    assert said("collaboration_interactions") == done
    assert said("collaboration_engagement_rate") == pytest.approx(done / reach)
    assert said("collaboration_against_usual") == pytest.approx(done / (2 * usual))
    assert said("collaboration_against_brand") == pytest.approx(done / (2 * own))


def read_posts(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{"id": r["Post ID"], "at": datetime.strptime(r["Publish time"], "%m/%d/%Y %H:%M"),
                 "reach": int(r["Reach"] or 0),
                 "n": sum(int(r[c] or 0) for c in ("Likes", "Comments", "Shares", "Saves"))}
                for r in csv.DictReader(file) if r["Post ID"]]  # fmt: skip


def test_real_accounts_are_scored_from_filled_templates_with_every_part_shown(
    lake: Lake, tmp_path: Path
) -> None:
    path = shared("influencers_and_bots/instafake/nonautomatedAccountData.json")
    known = [a for a in json.loads(path.read_text())
             if len(a["mediaLikeNumbers"]) >= 8 and a["userFollowerCount"] > 500][:3]  # fmt: skip
    posts = [
        {"post": f"instagram:{n}.{k}", "account": f"instagram:a{n}", "platform": "instagram",
         "published_at": datetime.fromtimestamp(at).isoformat(sep=" ", timespec="seconds"),
         "likes": likes, "comments": comments}
        for n, a in enumerate(known)
        for k, (likes, comments, at) in enumerate(zip(a["mediaLikeNumbers"], a["mediaCommentNumbers"],
                                                      a["mediaUploadTimes"], strict=True))
    ]  # fmt: skip
    days = [{"account": f"instagram:a{n}", "day": "2018-12-01", "platform": "instagram",
             "followers": a["userFollowerCount"]} for n, a in enumerate(known)]  # fmt: skip
    partners = [{"partnership": f"p{n}", "influencer": f"instagram:a{n}", "platform": "instagram",
                 "stage": "active", "agreed_on": "2018-12-01"} for n in range(3)]  # fmt: skip
    take(lake, [fill_template(tmp_path, "posts", posts), fill_template(tmp_path, "account_days", days),
                fill_template(tmp_path, "partnerships", partners)])  # fmt: skip
    judged = score_partnerships(lake, "kopi")
    figures = [j.columns["engagement_score"] for j in judged]
    assert all(f is not None and 0 <= f <= 1 for f in figures)
    for one, account in zip(judged, known, strict=True):
        part = next(p for p in one.authenticity.parts if p.key == "engagement")
        likes = [a + b for a, b in zip(account["mediaLikeNumbers"], account["mediaCommentNumbers"],
                                       strict=True)]  # fmt: skip
        rate = median(likes) / account["userFollowerCount"]
        shown = re.findall(r"[\d.]+", part.evidence[0].en)
        assert any(abs(float(s.rstrip(".")) - 100 * rate) < 1 for s in shown if s.strip("."))
        told = [p for p in one.authenticity.parts if p.points is not None]
        assert one.authenticity.points == pytest.approx(sum(p.points or 0 for p in told))
        assert all(p.reason is not None for p in one.authenticity.unsaid)
    engine = engine_of(lake, date(2019, 1, 5))
    figure = engine.figure("engagement_authenticity", Period.parse("2018-12"), Scope("kopi"))
    assert figure.value == pytest.approx(sum(f or 0 for f in figures) / 3)


def test_return_of_a_partnership_equals_fee_against_last_touch_of_the_log(
    lake: Lake, tmp_path: Path
) -> None:
    rows = read_log()
    named = tmp_path / "log.csv"
    with named.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0], "partnership"])
        writer.writeheader()
        for r in rows:  # the log's Instagram stands for what one partner brought
            writer.writerow({**r, "partnership": "p1" if r["channel"] == "Instagram" else ""})
    import_touch_log(lake, "kopi", named, currency="USD")
    cost = [{"cost": "1", "day": "2018-07-02", "partnership": "p1", "kind": "fee", "amount": 400,
             "currency": "USD"}]  # fmt: skip
    take(lake, [fill_template(tmp_path, "costs", cost)])
    attribute_brand(lake, "kopi", Window(30), models=("last", "markov"))
    worth = sum(float(r["conversion_value"]) for r in rows
                if r["conversion"] == "1" and r["channel"] == "Instagram")  # fmt: skip
    engine, july = engine_of(lake, date(2018, 8, 5)), Period.parse("2018-07")
    assert engine.figure("partnership_value", july, Scope("kopi")).value == pytest.approx(worth)
    roi = engine.figure("influencer_roi", july, Scope("kopi"))
    assert roi.value == pytest.approx((worth - 400) / 400)
