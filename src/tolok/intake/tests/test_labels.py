"""What people wrote is labelled once, corrected by people, learned from, and counted honestly."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from tolok.base import Calendar, Period, UserError
from tolok.intake.honest_share import share_sentiment
from tolok.intake.labels import count_labels, label_brand
from tolok.intake.relabels import (
    fair_draw,
    forget_learning,
    is_measuring,
    learn,
    list_to_check,
    lot_of,
    model_of,
    read_judged,
    read_relabels,
    relabel,
)
from tolok.intake.threads import import_thread_log, summarise_threads
from tolok.intake.topics import BrandTopics, NamedTopic, propose_topics, read_topics, save_topics
from tolok.lake import Lake, LakeView, Origin
from tolok.language import load_shipped
from tolok.metrics import Engine, Scope

DAY = datetime(2026, 3, 2, 5)
GOOD = "mantap banget kak, kopinya enak, suka sekali 😍"
BAD = "kecewa, kopinya dingin dan pesanan salah terus, parah"
ASK = "kak masih buka jam berapa?"
MAY = Period.parse("2026-03-01..2026-05-31")
CALENDAR = Calendar(0, 1, "Asia/Jakarta")


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def put(
    lake: Lake, texts: list[str | None], *, brand: str = "kopi", first: int = 0, **more: object
) -> None:
    count = len(texts)
    columns: dict[str, object] = {
        "brand": [brand] * count,
        "interaction": [f"instagram:{first + i}" for i in range(count)],
        "at": [DAY + timedelta(hours=first + i) for i in range(count)],
        "kind": ["comment"] * count, "direction": ["in"] * count, "text": texts,
        "observed_at": [DAY] * count,
        **{name: [value] * count for name, value in more.items()},
    }  # fmt: skip
    lake.write({"interactions": pa.table(columns)}, Origin(source="test", brand=brand))


def rows_of(lake: Lake, table: str = "interactions") -> list[dict[str, object]]:
    return LakeView(lake).table(table).order_by("interaction").to_pyarrow().to_pylist()


def test_each_text_gets_its_labels_once_with_the_model_s_version_on_them(lake: Lake) -> None:
    put(lake, [GOOD, BAD, ASK, None])
    done = label_brand(lake, "kopi")
    assert (done.written, done.foreign) == (3, 0)
    worn = rows_of(lake)
    assert [r["sentiment"] for r in worn] == ["positive", "negative", "neutral", None]
    assert worn[0]["model_version"] == load_shipped().version
    assert worn[0]["language"] == "id"
    assert worn[3]["model"] is None
    said = {r["interaction"]: r["says"] for r in rows_of(lake, "labels")}
    assert said["instagram:1"] == "complaint"
    assert said["instagram:2"] == "question"
    assert label_brand(lake, "kopi").written == 0
    put(lake, [GOOD], first=10)
    assert label_brand(lake, "kopi").written == 1


def test_batches_tell_how_far_they_are_and_another_brand_is_left_alone(lake: Lake) -> None:
    put(lake, [GOOD, BAD, ASK])
    put(lake, [GOOD], brand="teh")
    told: list[tuple[int, int]] = []
    label_brand(lake, "kopi", batch=2, progress=lambda done, whole: told.append((done, whole)))
    assert told == [(2, 3), (3, 3)]
    assert count_labels(LakeView(lake), "teh", load_shipped().version) == (1, 1, 0)


def test_a_sentiment_the_source_gave_and_a_language_it_named_are_kept(lake: Lake) -> None:
    put(lake, [GOOD], sentiment="negative")
    put(lake, ["Очень плохой кофе"], first=5, language="ru")
    done = label_brand(lake, "kopi")
    assert (done.written, done.foreign, done.kept) == (1, 1, 1)
    given, strange = rows_of(lake)
    assert (given["sentiment"], given["model"]) == ("negative", None)
    assert (strange["sentiment"], strange["language"]) == (None, "ru")
    assert rows_of(lake, "labels")[0]["doubt"] == "language"
    assert label_brand(lake, "kopi").written == 0


def test_personal_data_are_masked_in_what_is_shown_and_the_fact_is_kept(lake: Lake) -> None:
    put(lake, ["wa aku 0812-3456-7890 ya kak, pesanan belum sampai"])
    label_brand(lake, "kopi")
    (shown,) = list_to_check(LakeView(lake), "kopi", 5, drawn="doubtful").to_pylist()
    assert "[phone]" in shown["masked"]
    assert "0812" not in shown["masked"]
    assert "0812" in str(rows_of(lake)[0]["text"])


def test_a_person_s_word_wins_over_every_later_model(lake: Lake) -> None:
    put(lake, [GOOD, BAD])
    label_brand(lake, "kopi")
    relabel(lake, "kopi", {"instagram:0": "negative"}, person="bob")
    newer = load_shipped()
    label_brand(lake, "kopi", type(newer)(**{**_fields(newer), "version": "tolok-language-9"}))
    first, second = rows_of(lake)
    assert (first["sentiment"], first["model"]) == ("negative", "person")
    assert second["model_version"] == "tolok-language-9"
    model, people = read_judged(LakeView(lake), "kopi")
    assert model.num_rows == 2
    assert people["person"].to_pylist() == ["bob"]


def _fields(model: object) -> dict[str, object]:
    return {name: getattr(model, name) for name in model.__dataclass_fields__}  # type: ignore[attr-defined]


def test_a_relabel_of_nothing_or_with_an_unknown_word_is_refused(lake: Lake) -> None:
    put(lake, [GOOD])
    label_brand(lake, "kopi")
    for wrong in ({"instagram:0": "happy"}, {"instagram:99": "positive"}):
        with pytest.raises(UserError):
            relabel(lake, "kopi", wrong, person="bob")


def test_queues_leave_out_what_was_checked_and_the_lot_is_blind_to_content(lake: Lake) -> None:
    put(lake, [GOOD, BAD, ASK, "biasa aja sih", "hmm entah ya enak tapi mahal"] * 4)
    label_brand(lake, "kopi")
    view = LakeView(lake)
    drawn = list_to_check(view, "kopi", 5, drawn="random")["interaction"].to_pylist()
    assert drawn == sorted((f"instagram:{i}" for i in range(20)), key=lot_of)[:5]
    sure = list_to_check(view, "kopi", 20, drawn="doubtful")["confidence"].to_pylist()
    assert sum(sure[:5]) < sum(sure[-5:])
    relabel(lake, "kopi", dict.fromkeys(drawn, "neutral"), person="bob", drawn="random")
    again = list_to_check(LakeView(lake), "kopi", 20, drawn="random")["interaction"].to_pylist()
    assert len(again) == 15
    assert not set(again) & set(drawn)


def test_shares_are_called_uncorrected_until_people_checked_a_random_draw(lake: Lake) -> None:
    put(lake, [GOOD, GOOD, GOOD, BAD] * 25)
    label_brand(lake, "kopi")
    plain = share_sentiment(LakeView(lake), "kopi", period=MAY, calendar=CALENDAR)
    assert plain.ratio is not None
    assert plain.ratio.value == 0.75
    assert not plain.is_corrected
    assert "Belum dikoreksi" in plain.say("id")
    draw = list_to_check(LakeView(lake), "kopi", 40, drawn="random")["interaction"].to_pylist()
    # People find that a third of the praise was irony.
    truth = {i: "negative" if int(i.split(":")[1]) % 4 in (2, 3) else "positive" for i in draw}
    relabel(lake, "kopi", truth, person="bob", drawn="random")
    fixed = share_sentiment(LakeView(lake), "kopi", period=MAY, calendar=CALENDAR)
    assert fixed.is_corrected
    assert fixed.checked == 40
    assert fixed.ratio is not None
    assert fixed.ratio.low <= 0.5 <= fixed.ratio.high
    assert fixed.shares["positive"].counted == 0.75


def test_learning_keeps_half_the_random_checks_for_measuring_and_can_be_undone(
    lake: Lake, tmp_path: Path
) -> None:
    odd = [f"wkwk gas {i} bos, cuan naik" for i in range(60)] + [
        f"boncos {i} gan" for i in range(60)
    ]
    put(lake, odd)
    label_brand(lake, "kopi")
    with pytest.raises(UserError):
        learn(lake, tmp_path)
    truth = {f"instagram:{i}": "positive" if i < 60 else "negative" for i in range(120)}
    draw = list_to_check(LakeView(lake), "kopi", 20, drawn="random")["interaction"].to_pylist()
    relabel(lake, "kopi", {i: truth.pop(i) for i in draw}, person="bob", drawn="random")
    relabel(lake, "kopi", truth, person="bob")
    texts, _ = read_relabels(LakeView(lake))
    _, people = read_judged(LakeView(lake), "kopi")
    highest = fair_draw(people)
    kept = sum(is_measuring(i, highest) for i in draw)
    assert 0 < kept < 20
    assert len(texts) == 120 - kept
    learned = learn(lake, tmp_path)
    assert learned.is_kept
    assert learned.gain.f1_after >= learned.gain.f1_before
    assert model_of(tmp_path).version == learned.version
    put(lake, ["boncos lagi gan"], first=500)
    assert label_brand(lake, "kopi", model_of(tmp_path)).written == 1
    assert forget_learning(tmp_path)
    assert not forget_learning(tmp_path)
    assert model_of(tmp_path).version == load_shipped().version


def test_topics_are_proposed_named_by_people_and_found_in_new_texts(tmp_path: Path) -> None:
    texts = [f"ongkir mahal ke kota {i}" for i in range(20)] + [
        f"rasa gula aren nomor {i} enak" for i in range(20)
    ]
    proposed = propose_topics(texts, count=2, exclude=("kopi",))
    assert any("ongkir" in t.words or "ongkir mahal" in t.words for t in proposed.topics)
    path = tmp_path / "topics" / "kopi.toml"
    assert read_topics(path) is None
    save_topics(BrandTopics((NamedTopic("Pengiriman, ongkir", ("ongkir", "kurir")),)), path)
    read = read_topics(path)
    assert read is not None
    assert read.find(["Kurir lama, ongkir mahal", "enak"]) == [("Pengiriman ongkir",), ()]


def test_comments_count_by_sentiment_and_topic_and_the_parts_add_up(lake: Lake) -> None:
    put(lake, [GOOD, BAD, ASK, GOOD + " ongkir murah"])
    topics = BrandTopics(
        (NamedTopic("ongkir", ("ongkir",)), NamedTopic("rasa", ("kopinya", "enak")))
    )
    label_brand(lake, "kopi", topics=topics)
    engine = Engine(LakeView(lake), CALENDAR, date(2026, 6, 1))
    scope = Scope("kopi")
    whole = engine.figure("received_comments", MAY, scope).value
    by = engine.figures(["received_comments"], [MAY], scope, by=("sentiment", "topic"))
    assert whole == 4 == sum(f.value or 0 for f in by)
    found = {(f.group["sentiment"], f.group["topic"]): f.value for f in by}
    assert found[("neutral", "other")] == 1
    assert engine.figure("positive_sentiment_ratio", MAY, scope).value == pytest.approx(2 / 3)


def test_what_the_brand_wrote_and_spam_enter_no_queue_and_no_share(lake: Lake) -> None:
    put(lake, [GOOD, BAD])
    put(lake, [GOOD] * 3, first=10, direction="out")
    put(lake, [GOOD] * 3, first=20, is_spam=True)
    label_brand(lake, "kopi")
    assert list_to_check(LakeView(lake), "kopi", 9, drawn="random").num_rows == 2
    assert share_sentiment(LakeView(lake), "kopi").count == 2


def test_a_service_thread_is_kept_though_nobody_answered(lake: Lake, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text(
        "tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id\n"
        "1,77,True,Tue Oct 31 22:10:00 +0000 2017,@Kopi parah banget,2,\n"
        "2,Kopi,False,Tue Oct 31 22:15:30 +0000 2017,Maaf kak,,1.0\n"
        "3,88,True,Tue Oct 31 23:10:00 +0000 2017,@kopi halo?,,\n"
        "4,99,True,Tue Oct 31 23:10:00 +0000 2017,@teh halo?,,\n"
    )
    read = import_thread_log(lake, "kopi", log, platform="x", account="Kopi")
    assert read.rows == {"interactions": 3}
    assert import_thread_log(lake, "kopi", log, platform="x", account="Kopi").batch is None
    assert summarise_threads(lake, "kopi") == 2
    rows = LakeView(lake).table("conversations").order_by("conversation").to_pyarrow().to_pylist()
    assert [r["answer_minutes"] for r in rows] == [5.5, None]
    assert [r["messages_out"] for r in rows] == [1, 0]


def test_clocks_the_team_keeps_are_not_touched_and_sentiment_is_added(lake: Lake) -> None:
    put(lake, [BAD], conversation="instagram:c1")
    reply = DAY + timedelta(minutes=3)
    row = {"brand": ["kopi"], "conversation": ["instagram:c1"], "started_at": [DAY], "first_reply_at": [reply],
           "observed_at": [DAY]}  # fmt: skip
    lake.write({"conversations": pa.table(row)}, Origin(source="inbox", brand="kopi"))
    label_brand(lake, "kopi")
    for _ in range(2):
        assert summarise_threads(lake, "kopi") == 1
        (kept,) = LakeView(lake).table("conversations").to_pyarrow().to_pylist()
        assert (kept["first_reply_at"], kept["sentiment_first"]) == (reply, "negative")
        assert kept["messages_in"] is None
