"""Finding a metric by what people call it."""

from __future__ import annotations

import pytest

from tolok.base import Language
from tolok.metrics import load_metrics, search_metrics
from tolok.metrics.search import _spoken


def keys(words: str) -> list[str]:
    return [m.key for m in search_metrics(words)]


@pytest.mark.parametrize("language", ["en", "id"])
def test_a_metric_comes_first_by_its_whole_name(language: Language) -> None:
    names = [m.name.say(language) for m in load_metrics().values()]
    for metric in load_metrics().values():
        name = metric.name.say(language)
        if names.count(name) == 1:
            assert keys(name)[0] == metric.key, name


def test_a_metric_comes_first_by_its_key() -> None:
    for key in load_metrics():
        assert keys(key)[0] == key


@pytest.mark.parametrize(("words", "wanted"), [
    ("impressions", "impressions"), ("saves", "saves"), ("subscribers", "followers"),
    ("er", "engagement_rate_by_reach"), ("ctr", "click_through_rate"), ("cpm", "ad_cpm"),
    ("sov", "share_of_voice"), ("cpl", "cost_per_lead"), ("ltv", "expected_lifetime_value"),
    ("reply time", "first_response_mean"), ("unfollow", "followers_lost"), ("roas", "ad_roas"),
    ("mention", "mentions"), ("sales", "orders"), ("jangkauan", "reach"), ("pengikut", "followers"),
    ("balasan", "response_rate"), ("penjualan", "orders"), ("keluhan", "resolved_conversations"),
    ("krisis", "incidents"), ("waktu respons", "first_response_mean"), ("komentar", "comments"),
    ("engagment rate", "engagement_rate_by_reach"), ("impresion", "impressions"),
])  # fmt: skip
def test_what_people_type_finds_what_they_mean(words: str, wanted: str) -> None:
    assert wanted in keys(words)[:6], keys(words)[:6]


def test_short_words_are_no_parts_of_others() -> None:
    assert len(keys("er")) < 40
    assert "advocates" not in keys("cac")


def test_an_id_finds_what_serves_it_and_nothing_else() -> None:
    wanted = {m.key for m in load_metrics().values() if "K2.1" in m.serves}
    assert set(keys("k2.1")) == wanted


def test_every_word_must_fit_and_nonsense_finds_nothing() -> None:
    assert keys("xyzzy") == []
    assert keys("likes xyzzy") == []
    assert len(keys("")) == len(load_metrics())


def test_every_everyday_word_leads_somewhere_with_each_of_its_meanings() -> None:
    for word, phrases in _spoken().items():
        assert keys(word), word
        for phrase in phrases:
            assert keys(phrase), (word, phrase)
