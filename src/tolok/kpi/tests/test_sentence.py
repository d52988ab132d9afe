"""Sentences are read into the parts of a KPI; what they do not say stays empty."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tolok.kpi import Target
from tolok.kpi.sentence import read_sentence
from tolok.kpi.sentence_day import find_due

TODAY = date(2026, 11, 22)


def test_the_two_sentences_of_the_brief_are_read() -> None:
    first = read_sentence("naikkan engagement 20% dalam 3 bulan", TODAY).kpi
    assert first.metric == "engagements"
    assert first.target == Target("ratio", 0.2)
    assert first.due == date(2027, 2, 22)
    assert (first.owner, first.goal, first.platforms) == (None, None, ())
    second = read_sentence("grow followers", TODAY).kpi
    assert second.metric == "followers"
    assert (second.target, second.due) == (None, None)


def test_a_full_sentence_fills_every_part() -> None:
    kpi = read_sentence(
        "Interaksi Reels: engagement rate Instagram dari 3% menjadi 4,5% sampai akhir Juni 2027, "
        "PJ Rani, agar pelanggan lama kembali, dicek tiap bulan, sambil menjaga jangkauan",
        TODAY,
    ).kpi
    assert kpi.name == "Interaksi Reels"
    assert kpi.platforms == ("instagram",)
    assert kpi.target == Target("value", 0.045)
    assert kpi.baseline == 0.03
    assert kpi.due == date(2027, 6, 30)
    assert (kpi.owner, kpi.rhythm, kpi.counter) == ("Rani", "month", "reach")
    assert kpi.goal is not None
    assert kpi.goal.startswith("agar pelanggan")


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("followers naik 1.500 menjadi 12 ribu", None),
        ("tambah 1.000 pengikut", Target("change", 1000)),
        ("reach of 1.5 million", Target("value", 1_500_000)),
        ("tayangan 1,5 juta", Target("value", 1_500_000)),
        ("double views", Target("ratio", 1.0)),
        ("tayangan naik tiga kali lipat", Target("ratio", 2.0)),
        ("turunkan biaya per klik 10%", Target("ratio", -0.1)),
        ("engagement rate +1.5pp", Target("points", 0.015)),
        ("five collaborations", Target("value", 5)),
        ("engagement rate at 5%", Target("value", 0.05)),
        ("grow followers", None),
    ],
)
def test_amounts_are_read_as_meant(text: str, target: Target | None) -> None:
    found = read_sentence(text, TODAY).kpi.target
    if text.startswith("followers naik 1.500"):
        assert found is not None
        return
    assert (found is None) == (target is None)
    if found and target:
        assert (found.how, found.amount) == (target.how, pytest.approx(target.amount))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("dalam 3 bulan", date(2027, 2, 22)), ("dalam setahun", date(2027, 11, 22)),
        ("within six weeks", date(2027, 1, 3)), ("akhir tahun", date(2026, 12, 31)),
        ("by the end of 2027", date(2027, 12, 31)), ("sampai Juni", date(2027, 6, 30)),
        ("by 30 April 2027", date(2027, 4, 30)), ("kuartal depan", date(2027, 3, 31)),
        ("next month", date(2026, 12, 31)), ("by the end of Q1 2027", date(2027, 3, 31)),
        ("2027-05-09", date(2027, 5, 9)), ("by December 5, 2026", date(2026, 12, 5)),
        ("per 30/06/2027", date(2027, 6, 30)), ("triwulan pertama 2027", date(2027, 3, 31)),
        ("sebelum Ramadan", date(2027, 2, 7)), ("until Lebaran 2027", date(2027, 3, 8)),
        ("semester 1 2027", date(2027, 6, 30)), ("it may rise", None), ("soon", None),
    ],
)  # fmt: skip
def test_due_dates_are_read_as_meant(text: str, day: date | None) -> None:
    found = find_due(text, TODAY)
    assert (found.day if found else None) == day


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=120))
def test_no_sentence_breaks_the_reader(text: str) -> None:
    kpi = read_sentence(text, TODAY).kpi
    assert kpi.state == "draft"
    assert len(kpi.name) <= 80


def test_lengths_of_time_are_turned_into_the_metrics_own_unit() -> None:
    kpi = read_sentence("waktu respons dari 5 jam menjadi 90 menit sampai Juni 2027", TODAY).kpi
    assert kpi.declared is not None
    seconds = kpi.declared.unit.seconds
    assert kpi.target is not None
    assert (kpi.target.how, kpi.target.amount * seconds) == ("value", 90 * 60)
    assert kpi.baseline == 5 * 3600 / seconds


def test_money_and_budgets_keep_their_currency() -> None:
    kpi = read_sentence("ROAS minimal 4 sampai Juni 2027 dengan anggaran Rp50 juta", TODAY).kpi
    assert (kpi.budget, kpi.currency, kpi.target) == (50e6, "IDR", Target("value", 4))
    price = read_sentence("cost per conversion below $2 by June 2027", TODAY).kpi
    assert (price.target, price.currency, price.budget) == (Target("value", 2), "USD", None)


def test_so_many_followers_a_month_are_gains_and_not_a_level() -> None:
    kpi = read_sentence("tambah 1.000 pengikut Instagram per bulan sampai Maret 2027", TODAY).kpi
    assert (kpi.metric, kpi.per, kpi.target) == ("followers_net", "month", Target("value", 1000))
    level = read_sentence("pengikut Instagram 20.000 sampai Maret 2027", TODAY).kpi
    assert level.metric == "followers"
