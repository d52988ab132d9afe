"""Answering people: how soon, how surely, in whose hours, and with the unanswered counted.

Tools disagree on every choice here: Hootsuite takes the mean over resolved conversations in
business hours, Sprout the median of answered ones, Intercom the median from the first message,
ZoomSphere starts at the last message before the answer. All readings stand here under names that
say which they are. The honest ones count who was never answered.
"""

from typing import Any

import ibis

from tolok.base import COUNT, MINUTES, Text

from ..forms import count, middle_of, ratio, say_middle, share
from ..metric import Example, Metric
from ..part import count_rows, middle, total, upper_decile

TABLE = "conversations"
DIMENSIONS = ("brand", "platform", "account", "kind", "topic", "language", "campaign", "weekday",
              "hour")  # fmt: skip
REFERENCES = ("Sprout Social: inbox reports", "Intercom: first response time",
              "Hootsuite: service-level agreements in business hours")  # fmt: skip
SERVES = ("K3.2",)


def needing(t: Any) -> Any:
    """Return whether a conversation calls for an answer; unless told otherwise it does."""
    return t.needs_answer.fill_null(True)


def promised(t: Any) -> Any:
    """Return whether its promise can be judged: it was answered, or its time is over."""
    return needing(t) & t.sla_minutes.notnull() & (
        t.answer_minutes.notnull() | (t.waited_minutes > t.sla_minutes)
    )  # fmt: skip


def promised_business(t: Any) -> Any:
    """Return the same in business minutes."""
    return needing(t) & t.sla_minutes.notnull() & (
        t.answer_minutes_business.notnull() | (t.waited_minutes_business > t.sla_minutes)
    )  # fmt: skip


CONVERSATIONS = (
    count("conversations", Text("Conversations that need an answer", "Percakapan yang perlu dijawab"),
          Text("Conversations people began that call for an answer.",
               "Percakapan yang dimulai orang dan perlu dijawab."),
          table=TABLE, where=needing, direction="neither", serves=("K3.2", "K3.4"),
          stage="loyalty", dimensions=DIMENSIONS,
          rows=({}, {"needs_answer": False}, {"needs_answer": True}), value=2),
    count("unanswered_conversations", Text("Conversations never answered", "Percakapan tak terjawab"),
          Text("Conversations that need an answer and have had none by a person.",
               "Percakapan yang perlu dijawab dan belum dijawab oleh orang."),
          table=TABLE, where=lambda t: needing(t) & t.first_reply_at.isnull(), direction="down",
          serves=SERVES, stage="loyalty", dimensions=DIMENSIONS,
          rows=({}, {"first_reply_at": "2026-10-01T06:00"}, {}), value=2),
    count("resolved_conversations", Text("Issues resolved", "Masalah terselesaikan"),
          Text("Conversations of the period that stand resolved.",
               "Percakapan dalam periode yang sudah selesai."),
          table=TABLE, where=lambda t: t.resolved_at.notnull(), serves=("K3.4",), stage="loyalty",
          dimensions=DIMENSIONS, rows=({}, {"resolved_at": "2026-10-02T06:00"}), value=1),
)  # fmt: skip

RATES = (
    share("response_rate", Text("Response rate", "Tingkat respons"),
          Text("Of the conversations that need an answer, how many a person has answered. Automatic "
               "answers do not count.",
               "Dari percakapan yang perlu dijawab, berapa yang sudah dijawab orang. Jawaban "
               "otomatis tidak dihitung."),
          Text("answered by a person / needing an answer", "dijawab orang / perlu dijawab"),
          table=TABLE, whole=needing, good=lambda t: t.first_reply_at.notnull(),
          columns=("first_reply_at",), serves=SERVES, stage="loyalty", dimensions=DIMENSIONS,
          benchmark="response_rate", references=REFERENCES,
          rows=({"first_reply_at": "2026-10-01T06:00"}, {}, {}, {"needs_answer": False}), value=1 / 3),
    share("automation_share", Text("Answered by automation only", "Hanya dijawab otomatis"),
          Text("Of the conversations that need an answer, how many had an automatic answer and none "
               "by a person.",
               "Dari percakapan yang perlu dijawab, berapa yang hanya dijawab otomatis tanpa orang."),
          Text("automatic answer only / needing an answer", "jawaban otomatis saja / perlu dijawab"),
          table=TABLE, whole=needing, direction="neither",
          good=lambda t: t.first_reply_at.isnull() & t.automated_reply_at.notnull(),
          columns=("automated_reply_at",), serves=SERVES, dimensions=DIMENSIONS,
          rows=({"automated_reply_at": "2026-10-01T05:01"}, {}, {}, {}), value=0.25),
    share("sla_share", Text("Answered within the promise", "Terjawab dalam janji layanan"),
          Text("Of the conversations whose promised time is over or that were answered, how many "
               "were answered in time by the clock. The unanswered count as missed.",
               "Dari percakapan yang tenggatnya sudah lewat atau sudah dijawab, berapa yang terjawab "
               "tepat waktu menurut jam. Yang tak terjawab dihitung meleset."),
          Text("answered within the promise / answered or overdue",
               "terjawab dalam janji / terjawab atau lewat tenggat"),
          table=TABLE, whole=promised,
          good=lambda t: t.answer_minutes.fill_null(float("inf")) <= t.sla_minutes,
          columns=("answer_minutes", "sla_minutes"), serves=SERVES, stage="loyalty",
          dimensions=DIMENSIONS, references=REFERENCES,
          rows=({"answer_minutes": 10, "sla_minutes": 30}, {"answer_minutes": 40, "sla_minutes": 30},
                {"waited_minutes": 500, "sla_minutes": 30}, {"waited_minutes": 5, "sla_minutes": 30}),
          value=1 / 3),
    share("sla_share_business",
          Text("Answered within the promise, business hours", "Terjawab dalam janji, jam kerja"),
          Text("The same with the clock running in business hours only.",
               "Sama, dengan jam yang hanya berjalan pada jam kerja."),
          Text("answered within the promise / answered or overdue, in business minutes",
               "terjawab dalam janji / terjawab atau lewat tenggat, dalam menit kerja"),
          table=TABLE, whole=promised_business,
          good=lambda t: t.answer_minutes_business.fill_null(float("inf")) <= t.sla_minutes,
          columns=("answer_minutes_business", "sla_minutes"), serves=SERVES, stage="loyalty",
          dimensions=DIMENSIONS, references=REFERENCES,
          rows=({"answer_minutes_business": 10, "sla_minutes": 30},
                {"waited_minutes_business": 31, "sla_minutes": 30}), value=0.5),
    share("resolution_rate", Text("Resolution rate", "Tingkat penyelesaian"),
          Text("Of the conversations that need an answer, how many stand resolved.",
               "Dari percakapan yang perlu dijawab, berapa yang sudah selesai."),
          Text("resolved / needing an answer", "selesai / perlu dijawab"),
          table=TABLE, whole=needing, good=lambda t: t.resolved_at.notnull(),
          columns=("resolved_at",), serves=("K3.4",), stage="loyalty", dimensions=DIMENSIONS,
          rows=({"resolved_at": "2026-10-01T06:00"}, {}, {}, {}), value=0.25),
    share("service_recovery_rate", Text("Turned around", "Berbalik baik"),
          Text("Of the conversations that began negative and whose end is known, how many did not "
               "end negative.",
               "Dari percakapan yang diawali negatif dan akhirnya diketahui, berapa yang tidak "
               "berakhir negatif."),
          Text("negative first, not negative last / negative first",
               "awal negatif, akhir tidak / awal negatif"),
          table=TABLE,
          whole=lambda t: (t.sentiment_first == "negative") & t.sentiment_last.notnull(),
          good=lambda t: t.sentiment_last != "negative", columns=("sentiment_first", "sentiment_last"),
          serves=("K3.4",), stage="loyalty", dimensions=DIMENSIONS,
          rows=({"sentiment_first": "negative", "sentiment_last": "positive"},
                {"sentiment_first": "negative", "sentiment_last": "negative"},
                {"sentiment_first": "positive", "sentiment_last": "negative"}), value=0.5),
)  # fmt: skip


def _within(key: str, minutes: int, en: str, id_: str) -> Metric:
    return share(
        key, Text(f"Answered within {en}", f"Terjawab dalam {id_}"),
        Text(f"Of all conversations that need an answer, how many a person answered within {en} of "
             "the first message. The unanswered count as not in time.",
             f"Dari semua percakapan yang perlu dijawab, berapa yang dijawab orang dalam {id_} sejak "
             "pesan pertama. Yang tak terjawab dihitung tidak tepat waktu."),
        Text(f"answered within {en} / needing an answer", f"terjawab dalam {id_} / perlu dijawab"),
        table=TABLE, whole=needing, good=lambda t: t.answer_minutes <= minutes,
        columns=("answer_minutes",), serves=SERVES, stage="loyalty", dimensions=DIMENSIONS,
        references=("Facebook: very responsive to messages (90 % answered, 15 minutes)",),
        rows=({"answer_minutes": minutes}, {"answer_minutes": minutes + 1}, {}, {}), value=0.25,
    )  # fmt: skip


WITHIN = (
    _within("answered_within_15_minutes", 15, "15 minutes", "15 menit"),
    _within("answered_within_1_hour", 60, "one hour", "satu jam"),
    _within("answered_within_24_hours", 1440, "24 hours", "24 jam"),
)

_FROM = {
    "answer_minutes": ("", "from the first message, clock minutes", "sejak pesan pertama, menit jam"),
    "answer_minutes_business": ("_business", "from the first message, business minutes",
                                "sejak pesan pertama, menit kerja"),
    "last_answer_minutes": ("_from_last", "from the last unanswered message, clock minutes",
                            "sejak pesan terakhir yang belum dijawab, menit jam"),
    "last_answer_minutes_business": ("_from_last_business",
                                     "from the last unanswered message, business minutes",
                                     "sejak pesan terakhir yang belum dijawab, menit kerja"),
}  # fmt: skip


def _answered(column: str, *, is_p90: bool) -> Metric:
    ending, en, id_ = _FROM[column]
    kind, said, told = ("p90", "Slowest tenth", "Sepersepuluh terlama") if is_p90 else (
        "median", "Middle", "Nilai tengah")  # fmt: skip
    return middle_of(
        f"first_response_{kind}{ending}",
        Text(f"First response, {'nine in ten' if is_p90 else 'median'} ({en})",
             f"Respons pertama, {'sembilan dari sepuluh' if is_p90 else 'median'} ({id_})"),
        Text(f"{said} of the time to the first answer by a person, {en}. Only answered conversations "
             "are in it: it flatters when many are left unanswered.",
             f"{told} waktu sampai jawaban pertama oleh orang, {id_}. Hanya percakapan yang terjawab: "
             "tampak lebih baik bila banyak yang tak terjawab."),
        table=TABLE, where=needing, row=lambda t: t[column], columns=(column,), is_p90=is_p90,
        unit=MINUTES, serves=SERVES, stage="loyalty", dimensions=DIMENSIONS, easy_to_game=True,
        counter="response_rate", references=REFERENCES, benchmark=f"first_response_{kind}{ending}",
        rows=({column: 4}, {column: 10}, {column: 100}), value=82 if is_p90 else 10,
    )  # fmt: skip


ANSWERED = tuple(_answered(c, is_p90=p) for c in _FROM for p in (False, True))


def _with_unanswered(key: str, answer: str, waited: str, *, said: Text, is_p90: bool) -> Metric:
    part = upper_decile if is_p90 else middle
    told = say_middle(TABLE, answer, is_p90=is_p90)
    return Metric(
        key=key, name=said,
        meaning=Text(
            "Time to the first answer by a person over all conversations that need one: who has not "
            "been answered counts as waiting for ever. The lower end of the interval counts them as "
            "answered at the moment of observation; a Kaplan–Meier estimate lies between the two.",
            "Waktu sampai jawaban pertama oleh orang untuk semua percakapan yang perlu dijawab: yang "
            "belum terjawab dihitung menunggu selamanya. Batas bawah rentang menghitungnya seolah "
            "dijawab saat pengamatan; taksiran Kaplan–Meier ada di antaranya."),
        formula=Text(f"{told.en}, unanswered as infinite", f"{told.id}, tak terjawab sebagai tak hingga"),
        table=TABLE, where=needing, paired=False,
        parts={"top": part(lambda t: ibis.coalesce(t[answer], ibis.literal(float("inf"))), answer),
               "low": part(lambda t: ibis.coalesce(t[answer], t[waited], ibis.literal(0.0)),
                           answer, waited)},
        value=lambda p: p["top"], interval=lambda p: (p["low"], p["top"]),
        undefined=Text("so many are unanswered that this share has no answer yet",
                       "terlalu banyak yang belum terjawab sehingga nilainya belum ada"),
        unit=MINUTES, direction="down", kind="median", basis="activity", stage="loyalty",
        serves=SERVES, dimensions=DIMENSIONS, min_base=10, references=REFERENCES,
        example=Example(({answer: 4}, {answer: 10}, {waited: 7}), None if is_p90 else 10),
    )  # fmt: skip


HONEST = (
    _with_unanswered("first_response_median_all", "answer_minutes", "waited_minutes", is_p90=False,
                     said=Text("First response, median with the unanswered",
                               "Respons pertama, median dengan yang tak terjawab")),
    _with_unanswered("first_response_median_all_business", "answer_minutes_business",
                     "waited_minutes_business", is_p90=False,
                     said=Text("First response, median with the unanswered (business minutes)",
                               "Respons pertama, median dengan yang tak terjawab (menit kerja)")),
    _with_unanswered("first_response_p90_all", "answer_minutes", "waited_minutes", is_p90=True,
                     said=Text("First response, nine in ten with the unanswered",
                               "Respons pertama, sembilan dari sepuluh dengan yang tak terjawab")),
)  # fmt: skip

MEAN = ratio(
    "first_response_mean", Text("First response, mean", "Respons pertama, rata-rata"),
    Text("Mean time to the first answer by a person over answered conversations. A few long waits "
         "rule it; prefer the median.",
         "Rata-rata waktu sampai jawaban pertama oleh orang pada percakapan terjawab. Beberapa "
         "penantian panjang mendominasi; lebih baik pakai median."),
    Text("Σ minutes to the first answer / answered", "Σ menit sampai jawaban pertama / terjawab"),
    table=TABLE, where=needing, top=total("answer_minutes"), base=count_rows(),
    unit=MINUTES, direction="down", kind="average", serves=SERVES, stage="loyalty",
    dimensions=DIMENSIONS, min_base=10, references=("Hootsuite: average first response time",),
    rows=({"answer_minutes": 4}, {"answer_minutes": 100}, {}), value=52,
)  # fmt: skip


def _resolved(key: str, column: str, en: str, id_: str, *, is_p90: bool) -> Metric:
    said = ("nine in ten", "sembilan dari sepuluh") if is_p90 else ("median", "median")
    return middle_of(
        key, Text(f"Time to resolution, {said[0]} ({en})", f"Waktu penyelesaian, {said[1]} ({id_})"),
        Text(f"Time from the first message until the issue was resolved, {en}.",
             f"Waktu dari pesan pertama sampai masalah selesai, {id_}."),
        table=TABLE, row=lambda t: t[column], columns=(column,), is_p90=is_p90, unit=MINUTES,
        serves=("K3.4",), stage="loyalty", dimensions=DIMENSIONS, easy_to_game=True,
        counter="reopen_rate", rows=({column: 60}, {column: 600}, {column: 120}),
        value=504 if is_p90 else 120,
    )  # fmt: skip


RESOLVED = (
    _resolved("resolution_time_median", "resolve_minutes", "clock", "jam", is_p90=False),
    _resolved("resolution_time_p90", "resolve_minutes", "clock", "jam", is_p90=True),
    _resolved("resolution_time_median_business", "resolve_minutes_business", "business minutes",
              "menit kerja", is_p90=False),
)  # fmt: skip

REOPENED = share(
    "reopen_rate", Text("Reopened", "Dibuka lagi"),
    Text("Of the conversations that were resolved at some time, how many had to be reopened.",
         "Dari percakapan yang pernah diselesaikan, berapa yang harus dibuka lagi."),
    Text("reopened at least once / resolved or reopened", "pernah dibuka lagi / pernah diselesaikan"),
    table=TABLE, whole=lambda t: t.resolved_at.notnull() | (t.reopened > 0),
    good=lambda t: t.reopened > 0, columns=("resolved_at", "reopened"), direction="down",
    serves=("K3.4",), stage="loyalty", dimensions=DIMENSIONS,
    rows=({"resolved_at": "2026-10-01T06:00"}, {"resolved_at": "2026-10-02T06:00", "reopened": 2},
          {}), value=0.5,
)  # fmt: skip

FEEDBACK_DIMENSIONS = ("brand", "platform", "account", "topic", "team")
FEEDBACK = (
    count("feedback_items", Text("Feedback noted", "Masukan dicatat"),
          Text("Things learnt from the community and written down.",
               "Hal yang dipelajari dari komunitas dan dicatat."),
          table="feedback", serves=("K3.4",), stage="loyalty", dimensions=FEEDBACK_DIMENSIONS,
          unit=COUNT, rows=({}, {}), value=2),
    share("feedback_used_share", Text("Feedback carried into a change", "Masukan yang diterapkan"),
          Text("Of the feedback noted, how much led to a change that is named.",
               "Dari masukan yang dicatat, berapa yang menghasilkan perubahan yang disebut namanya."),
          Text("with a named change / noted", "dengan perubahan yang disebut / dicatat"),
          table="feedback", good=lambda t: t.change.notnull() & t.changed_on.notnull(),
          columns=("change", "changed_on"), serves=("K3.4",), stage="loyalty",
          dimensions=FEEDBACK_DIMENSIONS,
          rows=({"change": "Bigger print on the label", "changed_on": "2026-10-20"}, {},
                {"change": "asked the kitchen"}, {}), value=0.25),
)  # fmt: skip
