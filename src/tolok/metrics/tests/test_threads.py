"""Conversations: whose turn it was, on which clock, and what real support threads say."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from tolok.base import Calendar, Period
from tolok.base.hours import BusinessHours
from tolok.lake import Lake, LakeView, Origin
from tolok.metrics import Engine
from tolok.metrics.threads import Mark, Message, build_conversations

from .real_data import real_file
from .small_lake import arrow_of

HOURS = BusinessHours("UTC")
FRIDAY = datetime(2026, 10, 2, 16, 45)
NOW = datetime(2026, 10, 9)


def said(
    minutes: float, *, inbound: bool = False, by: str = "person", thread: str = "t"
) -> Message:
    return Message(thread, FRIDAY + timedelta(minutes=minutes), inbound, by)  # type: ignore[arg-type]


def test_the_clock_runs_from_the_first_and_from_the_last_unanswered_message() -> None:
    (row,) = build_conversations(
        [said(0, inbound=True), said(5, inbound=True), said(1, by="automation"), said(12)],
        HOURS, now=NOW, sla_minutes=30,
    )  # fmt: skip
    assert (row["answer_minutes"], row["last_answer_minutes"]) == (12, 7)
    assert row["automated_reply_at"] == FRIDAY + timedelta(minutes=1)
    assert row["waited_minutes"] is None


def test_business_minutes_stand_still_over_the_weekend() -> None:
    monday = (datetime(2026, 10, 5, 9, 15) - FRIDAY).total_seconds() / 60
    (row,) = build_conversations([said(0, inbound=True), said(monday)], HOURS, now=NOW)
    assert row["answer_minutes"] == monday
    assert row["answer_minutes_business"] == 30


def test_an_automatic_answer_alone_leaves_people_waiting() -> None:
    (row,) = build_conversations([said(0, inbound=True), said(1, by="automation")], HOURS, now=NOW)
    assert row["first_reply_at"] is None
    assert row["waited_minutes"] == (NOW - FRIDAY).total_seconds() / 60
    assert row["waited_minutes_business"] == 15 + 4 * 480


def test_a_new_conversation_begins_after_a_day_of_silence() -> None:
    rows = build_conversations(
        [said(0, inbound=True), said(10), said(10 + 1440, inbound=True)], HOURS, now=NOW
    )
    assert [r["conversation"] for r in rows] == ["t", "t#2"]


def test_marks_resolve_and_reopen() -> None:
    marks = [Mark("t", FRIDAY + timedelta(minutes=m), w) for m, w in
             ((20, "resolved"), (30, "reopened"), (50, "resolved"))]  # fmt: skip
    (row,) = build_conversations([said(0, inbound=True), said(10)], HOURS, now=NOW, marks=marks)
    assert (row["resolve_minutes"], row["reopened"]) == (50, 1)


def test_what_we_write_unasked_is_no_conversation() -> None:
    assert build_conversations([said(0), said(3)], HOURS, now=NOW) == []


# -- 5,000 messages between customers and companies, 2017 -------------------------------------


@pytest.fixture(scope="module")
def tweets() -> dict[int, dict[str, str]]:
    path = real_file("customer_support_threads/twcs_first5300.csv")
    with path.open(encoding="utf-8", newline="") as source:
        rows = [r for r in csv.DictReader(source) if r["inbound"] in ("True", "False")]
    return {int(r["tweet_id"]): r for r in rows}


def at(row: dict[str, str]) -> datetime:
    return datetime.strptime(row["created_at"], "%a %b %d %H:%M:%S %z %Y").replace(tzinfo=None)


def parent_of(tweets: dict[int, dict[str, str]], number: int) -> int | None:
    told = tweets[number]["in_response_to_tweet_id"]
    return int(float(told)) if told and int(float(told)) in tweets else None


@pytest.mark.data
def test_the_usual_figure_counts_every_answer_against_the_message_before_it(
    tweets: dict[int, dict[str, str]],
) -> None:
    """12.1 minutes and 385 at nine in ten: each answer against the one message it answers.

    That is neither a first response nor a conversation: who writes three times before an answer
    comes is answered thrice, and a late first answer is drowned by quick later ones.
    """
    minutes = [
        (at(row) - at(tweets[parent])).total_seconds() / 60
        for number, row in tweets.items()
        if row["inbound"] == "False" and (parent := parent_of(tweets, number)) is not None
        and tweets[parent]["inbound"] == "True"
    ]  # fmt: skip
    assert len(minutes) == 2188
    assert np.median(minutes) == pytest.approx(12.1, abs=0.05)
    assert np.quantile(minutes, 0.9) == pytest.approx(385, abs=1)


@pytest.mark.data
def test_the_honest_figure_takes_conversations_from_their_first_message(
    tweets: dict[int, dict[str, str]], tmp_path: Path
) -> None:
    rows = build_conversations(
        [Message(str(_root(tweets, n)), at(r), r["inbound"] == "True", seen={"platform": "x"})
         for n, r in tweets.items()],
        HOURS, now=max(map(at, tweets.values())),
    )  # fmt: skip
    facts = arrow_of("conversations", [
        {"brand": "twcs", "observed_at": datetime(2017, 12, 31), **r} for r in rows])  # fmt: skip
    lake = Lake(tmp_path)
    lake.write({"conversations": facts}, Origin(source="test"))
    engine = Engine(
        LakeView(lake), calendar=Calendar(timezone="UTC"), today=datetime(2018, 1, 1).date()
    )
    period = Period(min(map(at, tweets.values())).date(), datetime(2017, 12, 31).date(), "range")
    figures = {f.metric: f for f in engine.figures(
        ["first_response_median", "first_response_p90", "first_response_median_all", "response_rate",
         "first_response_median_from_last", "conversations"], [period])}  # fmt: skip
    answered = sorted(r["answer_minutes"] for r in rows if r["answer_minutes"] is not None)
    assert figures["first_response_median"].value == pytest.approx(float(np.median(answered)))
    assert figures["first_response_p90"].value == pytest.approx(float(np.quantile(answered, 0.9)))
    assert figures["conversations"].value == len(rows)
    # Both are above the usual 12.1 and 385.
    assert (figures["first_response_median"].value or 0) > 13
    assert (figures["first_response_p90"].value or 0) > 450
    everyone = figures["first_response_median_all"]
    assert (everyone.value or 0) >= (figures["first_response_median"].value or 0)
    assert (len(rows), len(answered)) == (1416, 1366)
    assert everyone.value == pytest.approx(15.05)


def _root(tweets: dict[int, dict[str, str]], number: int) -> int:
    seen = {number}
    while (parent := parent_of(tweets, number)) is not None and parent not in seen:
        seen.add(parent)
        number = parent
    return number
