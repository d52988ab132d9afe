"""An influencer's scores are the sum of parts that show their evidence; the unsaid stays out."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest

from tolok.value import (
    Accounts,
    FitFacts,
    InfluencerFacts,
    PaidPost,
    Tone,
    band_from_peers,
    find_disclosure,
    find_jumps,
    judge_authenticity,
    judge_brand_fit,
    read_habits,
    suspicion,
)
from tolok.value.engagement import INSTAGRAM_BAND

from .real_data import shared


def part(score, key):
    return next(p for p in score.parts if p.key == key)


def steady(days=120, start=10_000.0, seed=1):
    rng = np.random.default_rng(seed)
    return start + np.cumsum(rng.poisson(12, days)).astype(float)


def test_steady_growth_has_no_jump():
    assert find_jumps(steady()) == []


def test_a_jump_is_found_with_its_day_size_and_loss():
    count = steady()
    count[60:] += 900
    count[75:] -= 800
    (jump,) = find_jumps(count)
    assert (jump.day, jump.was_lost, jump.is_explained) == (60, True, False)
    assert jump.share == pytest.approx(0.086, abs=0.01)


def test_a_jump_with_a_burst_of_engagement_is_explained():
    count, engagement = steady(), np.full(120, 50.0)
    count[60:] += 900
    engagement[59] = 700
    assert [j.is_explained for j in find_jumps(count, engagement)] == [True]


def test_a_hole_in_the_data_is_no_jump():
    count = steady()
    count[40:70] = np.nan
    assert find_jumps(count) == []
    assert find_jumps(count[:30] * np.where(np.arange(30) < 20, 1, np.nan)) is None


def test_comments_are_read_for_repetition_and_words():
    habits = read_habits(
        ["Nice pic!"] * 10 + ["🔥🔥"] * 10 + [f"tanya dong {i}" for i in range(20)]
    )
    assert habits.repeated == pytest.approx(10 / 30)
    assert habits.wordless == pytest.approx(0.25)
    assert habits.most_repeated == ("nice pic", 10)
    assert read_habits(["a"] * 29) is None


def test_repetition_is_seen_through_mentions_case_and_drawn_out_letters():
    habits = read_habits(["@budi KEREEEEN banget"] * 15 + ["keren   banget!!! @ani"] * 15)
    assert habits.repeated == 1.0


def test_a_part_without_data_stays_out_of_the_score_and_says_so():
    score = judge_authenticity(InfluencerFacts("instagram", follower_days=steady()))
    assert [p.key for p in score.said] == ["growth"]
    assert (score.points, score.most) == (25, 25)
    assert all(p.reason.id.startswith("Tidak bisa disebut") for p in score.unsaid)
    nothing = judge_authenticity(InfluencerFacts("threads"))
    assert nothing.points is None


def full_facts(**changes):
    rng = np.random.default_rng(0)
    facts = {
        "platform": "instagram",
        "followers": 20_000.0,
        "follower_days": steady(),
        "likes": rng.poisson(1200, 20) * rng.lognormal(0, 0.4, 20),
        "comment_counts": rng.poisson(40, 20).astype(float),
        "comments": [f"komentar nomor {i} tentang produk" for i in range(60)],
        "audience": Accounts(*(np.full(60, v) for v in (400.0, 350.0, 60.0, 1.0, 1.0, 0.0))),
    }
    return InfluencerFacts(**{**facts, **changes})


def test_the_score_is_the_sum_of_its_parts_and_each_has_evidence():
    score = judge_authenticity(full_facts())
    assert score.most == 100
    assert score.points == pytest.approx(sum(p.points for p in score.parts))
    assert score.points > 90
    assert all(p.evidence for p in score.parts)
    assert (score.method, score.version) == ("authenticity", "1")


@pytest.mark.parametrize(
    ("key", "change"),
    [
        ("growth", {"follower_days": np.r_[steady()[:60], steady()[60:] + 3000]}),
        ("engagement", {"likes": np.arange(31.0, 51.0), "comment_counts": np.zeros(20)}),
        ("evenness", {"likes": np.full(20, 1500.0)}),
        ("comments", {"comments": ["mantap kak"] * 50}),
        (
            "audience",
            {"audience": Accounts(*(np.full(60, v) for v in (2.0, 4000.0, 0.0, 0.0, 0.0, 4.0)))},
        ),
    ],
)
def test_each_sign_costs_its_own_part_only(key, change):
    honest, odd = judge_authenticity(full_facts()), judge_authenticity(full_facts(**change))
    assert part(odd, key).points < 0.4 * part(honest, key).points
    for other in honest.parts:
        if other.key != key:
            assert part(odd, other.key).points == other.points


def test_evidence_is_written_the_way_of_each_language():
    found = part(
        judge_authenticity(full_facts(follower_days=np.r_[steady()[:60], steady()[60:] + 3000])),
        "growth",
    ).evidence[0]
    assert "3,0" in found.en
    assert "3.0" in found.id


def test_ones_own_peers_make_the_band():
    rng = np.random.default_rng(3)
    followers = 10 ** rng.uniform(3, 6, 200)
    rates = 0.4 * followers**-0.2 * 10 ** rng.normal(0, 0.2, 200)
    band = band_from_peers(followers, rates)
    assert band.slope == pytest.approx(-0.2, abs=0.05)
    assert band.usual(1e5) == pytest.approx(0.04, rel=0.15)
    assert band_from_peers(followers[:29], rates[:29]) is None


def fit_facts(**changes):
    facts = {
        "posts": 50,
        "topics": {"kopi": 30, "resep": 15, "musik": 5},
        "brand_topics": {"kopi": 2.0, "resep": 1.0},
        "tone": Tone(3, 30, 17),
        "brand_tone": Tone(2, 50, 30),
        "brand_mentions": Tone(0, 1, 4),
        "competitor_mentions": 0,
        "paid_posts": [PaidPost("Cobain yuk #ad"), PaidPost("x", True), PaidPost("#Iklan kopi")],
        "audience": {"ID": 0.9, "MY": 0.1},
        "target": {"ID": 1.0},
    }
    return FitFacts(**{**facts, **changes})


def test_brand_fit_is_the_sum_of_its_parts():
    score = judge_brand_fit(fit_facts())
    assert score.most == 100
    assert score.points == pytest.approx(sum(p.points for p in score.parts))
    assert part(score, "disclosure").points == 15
    assert "kopi (30)" in part(score, "topics").evidence[0].id


@pytest.mark.parametrize(
    ("key", "change"),
    [
        ("topics", {"topics": {"otomotif": 50}}),
        ("tone", {"tone": Tone(45, 5, 0)}),
        ("mentions", {"brand_mentions": Tone(5, 0, 0), "competitor_mentions": 10}),
        ("disclosure", {"paid_posts": [PaidPost("beli ya", False)] * 3}),
        ("audience", {"audience": {"BR": 1.0}}),
    ],
)
def test_each_misfit_empties_its_own_part(key, change):
    assert part(judge_brand_fit(fit_facts(**change)), key).points <= 1


@pytest.mark.parametrize(
    ("key", "change"),
    [
        ("topics", {"posts": 5}),
        ("topics", {"brand_topics": {}}),
        ("tone", {"brand_tone": None}),
        ("mentions", {"competitor_mentions": None}),
        ("disclosure", {"paid_posts": None}),
        ("audience", {"target": None}),
    ],
)
def test_what_is_not_known_cannot_be_said(key, change):
    found = part(judge_brand_fit(fit_facts(**change)), key)
    assert found.points is None
    assert found.reason.en.startswith("Cannot say")


@pytest.mark.parametrize(
    "text",
    [
        "Love this #ad", "#Iklan ya kak", "Paid partnership with Kopi Tuku", "konten berbayar",
        "Kerja sama berbayar dengan @brand", "[AD] baru nih", "Iklan: promo", "#paid_partnership",
        "Disponsori oleh Kopi", "sponsored by X",
    ],
)  # fmt: skip
def test_disclosure_is_found_in_both_languages(text):
    assert find_disclosure(text)


@pytest.mark.parametrize(
    "text", ["#adventure awaits", "Pasang iklan di sini?", "made my day", "#promo akhir tahun", ""]
)
def test_what_only_sounds_like_disclosure_is_not(text):
    assert find_disclosure(text) is None


def auc(odds, labels):
    order = np.argsort(np.argsort(odds)) + 1
    positive = labels.sum()
    return (order[labels].sum() - positive * (positive + 1) / 2) / positive / (~labels).sum()


def test_account_signs_tell_fake_accounts_from_real_ones_on_real_data():
    rows = []
    for name in ("fake", "real"):
        path = shared(f"influencers_and_bots/instafake/{name}AccountData.json")
        rows += json.loads(path.read_text())

    def column(key):
        return np.array([r[key] for r in rows], dtype=float)

    odds = suspicion(
        Accounts(
            column("userFollowerCount"), column("userFollowingCount"), column("userMediaCount"),
            column("userHasProfilPic"), (column("userBiographyLength") > 0) * 1.0,
            column("usernameDigitCount"),
        )
    )  # fmt: skip
    fake = column("isFake") == 1
    assert auc(odds, fake) > 0.97
    assert (odds[~fake] >= 0.5).mean() < 0.02


def test_unknown_columns_are_left_out_not_counted_as_innocent():
    known = suspicion(Accounts(*(np.array([v]) for v in (1.0, 5000.0, 0.0))))
    assert known[0] > 0.9
    nothing = np.array([np.nan])
    assert np.isnan(suspicion(Accounts(nothing, nothing, nothing))[0])


def test_the_two_hundred_most_followed_lie_inside_the_band():
    def number(text):
        return float(text[:-1]) * {"k": 1e3, "m": 1e6, "b": 1e9}[text[-1]]

    path = shared("influencers_and_bots/top_insta_influencers_data.csv")
    with path.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    off = [
        INSTAGRAM_BAND.distance(
            number(r["followers"]), number(r["avg_likes"]) / number(r["followers"])
        )
        for r in rows
    ]
    assert np.mean(np.abs(off) < 3) > 0.95
