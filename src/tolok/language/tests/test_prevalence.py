import numpy as np

from tolok.language import SENTIMENTS, count_confusion, estimate_checked, estimate_prevalence

NAMES = np.array(SENTIMENTS)
RATES = np.array([[0.8, 0.15, 0.05], [0.15, 0.7, 0.15], [0.05, 0.2, 0.75]])


def name_texts(chance, shares, count):
    truth = chance.choice(3, size=count, p=shares)
    said = np.array([chance.choice(3, p=RATES[t]) for t in truth])
    return NAMES[truth].tolist(), NAMES[said].tolist()


def test_a_perfect_classifier_is_not_corrected():
    confusion = np.diag([100000, 100000, 100000])
    named = ["positive"] * 60 + ["neutral"] * 20 + ["negative"] * 20
    found = estimate_prevalence(named, confusion)
    assert abs(found.shares["positive"].value - 0.6) < 0.002
    assert abs(found.ratio.value - 0.75) < 0.002
    assert abs(found.net.value - 0.4) < 0.002


def test_the_corrected_interval_covers_the_truth_about_as_often_as_it_says():
    chance = np.random.default_rng(5)
    shares = np.array([0.15, 0.25, 0.6])
    hits = plain = 0
    for seed in range(120):
        confusion = count_confusion(*name_texts(chance, [1 / 3] * 3, 900))
        _, named = name_texts(chance, shares, 600)
        share = estimate_prevalence(named, confusion, seed=seed).shares["positive"]
        hits += share.low <= 0.6 <= share.high
        plain += abs(share.counted - 0.6) <= 1.96 * (0.24 / 600) ** 0.5
    assert hits >= 108
    assert hits / 120 <= 1.0
    assert plain < 60  # the uncorrected count with a plain interval is mostly wrong


def test_a_random_check_corrects_without_knowing_the_confusion():
    chance = np.random.default_rng(6)
    hits = 0
    for seed in range(100):
        truth, named = name_texts(chance, [0.5, 0.2, 0.3], 1500)
        share = estimate_checked(named, named[:150], truth[:150], seed=seed).shares["negative"]
        hits += share.low <= 0.5 <= share.high
    assert hits >= 88


def test_nothing_is_said_of_no_texts_or_too_few():
    confusion = np.diag([50, 50, 50])
    none = estimate_prevalence([], confusion)
    few = estimate_prevalence(["positive"] * 5, confusion)
    assert none.shares == {}
    assert none.ratio is None
    assert "no text" in none.say_reason()
    assert "5" in few.say_reason("id")


def test_a_classifier_that_cannot_tell_apart_is_not_inverted():
    found = estimate_prevalence(["positive"] * 100, np.full((3, 3), 40))
    assert found.shares == {}
    assert "apart" in found.say_reason()


def test_the_shares_add_to_one_and_stay_in_bounds():
    found = estimate_prevalence(["positive"] * 100, np.array([[80, 9, 9], [9, 80, 9], [9, 9, 80]]))
    assert abs(sum(s.value for s in found.shares.values()) - 1) < 1e-9
    assert all(0 <= s.low <= s.value <= s.high <= 1 for s in found.shares.values())
