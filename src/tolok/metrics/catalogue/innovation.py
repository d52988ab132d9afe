"""Innovation: trends taken up, experiments won, competitors answered, people taught."""

from typing import Any

from tolok.base import HOURS, RATIO, Text

from ..forms import amount, count, different, middle_of, share

TREND = ("brand", "platform", "decision")
EXPERIMENT = ("brand", "platform", "metric", "campaign")
MOVE = ("brand", "competitor", "kind", "decision")
TRAINING = ("brand", "team", "topic", "training")


def concluded(t: Any) -> Any:
    """Return the experiments that were judged."""
    return t.verdict.isin(["won", "lost", "undecided"])


TRENDS = (
    count("trends_taken_up", Text("Trends taken up", "Tren yang diangkat"),
          Text("Trends noticed in the period that became content.",
               "Tren yang terlihat dalam periode dan menjadi konten."),
          table="trends", where=lambda t: t.taken_up_at.notnull(), columns=("taken_up_at",),
          serves=("K10.1",), dimensions=TREND, rows=({"taken_up_at": "2026-10-03T05:00"}, {}), value=1),
    share("trend_take_up_rate", Text("Share of trends taken up", "Porsi tren yang diangkat"),
          Text("Of the trends noticed, how many became content.",
               "Dari tren yang terlihat, berapa yang menjadi konten."),
          Text("with content / noticed", "menjadi konten / terlihat"), table="trends",
          good=lambda t: t.taken_up_at.notnull(), columns=("taken_up_at",), serves=("K10.1",),
          direction="neither", dimensions=TREND,
          rows=({"taken_up_at": "2026-10-03T05:00"}, {}, {}, {}), value=0.25),
    middle_of("trend_lead_time", Text("From trend to content", "Dari tren ke konten"),
              Text("Middle of the hours from noticing a trend to the first content about it.",
                   "Nilai tengah jam dari melihat tren sampai konten pertamanya terbit."),
              table="trends", row=lambda t: t.lead_hours, columns=("lead_hours",), unit=HOURS,
              serves=("K10.1",), dimensions=TREND, min_base=3,
              rows=({"lead_hours": 6}, {"lead_hours": 30}, {"lead_hours": 200}), value=30),
)  # fmt: skip

EXPERIMENTS = (
    count("experiments_concluded", Text("Experiments concluded", "Eksperimen selesai"),
          Text("Experiments judged in the period.", "Eksperimen yang dinilai dalam periode."),
          table="experiments", where=concluded, columns=("verdict",), serves=("K10.2",),
          dimensions=EXPERIMENT, rows=({"verdict": "won"}, {"verdict": "undecided"}, {}), value=2),
    share("experiment_win_rate", Text("Experiments won", "Eksperimen yang berhasil"),
          Text("Of the experiments concluded, how many won; undecided ones did not win.",
               "Dari eksperimen yang selesai, berapa yang berhasil; yang tak pasti tidak dihitung "
               "berhasil."),
          Text("won / concluded", "berhasil / selesai"), table="experiments", whole=concluded,
          good=lambda t: t.verdict == "won", columns=("verdict",), serves=("K10.2",),
          dimensions=EXPERIMENT,
          rows=({"verdict": "won"}, {"verdict": "lost"}, {"verdict": "undecided"}, {}), value=1 / 3),
    middle_of("experiment_effect_median", Text("Effect of experiments", "Pengaruh eksperimen"),
              Text("Middle of the effects measured in concluded experiments; each keeps its own "
                   "interval.",
                   "Nilai tengah pengaruh terukur pada eksperimen yang selesai; masing-masing punya "
                   "rentangnya sendiri."),
              table="experiments", where=concluded, row=lambda t: t.effect, columns=("effect",),
              unit=RATIO, direction="up", serves=("K10.2",), dimensions=EXPERIMENT, min_base=3,
              rows=({"verdict": "won", "effect": 0.2}, {"verdict": "lost", "effect": -0.1},
                    {"verdict": "won", "effect": 0.05}), value=0.05),
    share("experiments_clear", Text("Experiments with a clear effect", "Eksperimen berpengaruh jelas"),
          Text("Of the experiments with an interval, how many leave no doubt on which side of zero the "
               "effect lies.",
               "Dari eksperimen yang punya rentang, berapa yang pengaruhnya jelas di satu sisi nol."),
          Text("interval on one side of zero / with an interval",
               "rentang di satu sisi nol / punya rentang"),
          table="experiments", whole=lambda t: t.effect_low.notnull() & t.effect_high.notnull(),
          good=lambda t: (t.effect_low > 0) | (t.effect_high < 0),
          columns=("effect_low", "effect_high"), serves=("K10.2",), dimensions=EXPERIMENT,
          rows=({"effect_low": 0.1, "effect_high": 0.3}, {"effect_low": -0.1, "effect_high": 0.3}, {}),
          value=0.5),
    share("innovative_win_rate", Text("Innovative campaigns that succeeded",
                                      "Kampanye inovatif yang berhasil"),
          Text("Of the concluded experiments that tried something new, how many won.",
               "Dari eksperimen selesai yang mencoba hal baru, berapa yang berhasil."),
          Text("won / concluded, new things only", "berhasil / selesai, hanya hal baru"),
          table="experiments", whole=lambda t: concluded(t) & t.is_innovative,
          good=lambda t: t.verdict == "won", columns=("verdict", "is_innovative"),
          serves=("K10.2",), dimensions=EXPERIMENT, min_base=5,
          rows=({"verdict": "won", "is_innovative": True}, {"verdict": "lost", "is_innovative": True},
                {"verdict": "won", "is_innovative": False}), value=0.5),
)  # fmt: skip

MOVES = (
    count("competitor_moves", Text("Moves of competitors logged", "Langkah pesaing dicatat"),
          Text("Moves of competitors and the industry noticed in the period.",
               "Langkah pesaing dan industri yang diketahui dalam periode."),
          table="competitor_moves", direction="neither", serves=("K10.3",), dimensions=MOVE,
          rows=({}, {}), value=2),
    share("moves_decided", Text("Moves decided on", "Langkah yang diputuskan"),
          Text("Of the moves noticed, how many were decided on: answer, watch or ignore.",
               "Dari langkah yang diketahui, berapa yang sudah diputuskan: jawab, pantau, abaikan."),
          Text("with a decision / noticed", "diputuskan / diketahui"), table="competitor_moves",
          good=lambda t: t.decision.notnull(), columns=("decision",), serves=("K10.3",),
          dimensions=("brand", "competitor", "kind"), rows=({"decision": "watch"}, {}, {}, {}),
          value=0.25),
    middle_of("move_response_time", Text("Time to answer a competitor", "Waktu menjawab pesaing"),
              Text("Middle of the hours from noticing a move to our answer.",
                   "Nilai tengah jam dari mengetahui langkah pesaing sampai tanggapan kita."),
              table="competitor_moves", row=lambda t: t.respond_hours, columns=("respond_hours",),
              unit=HOURS, serves=("K10.3",), dimensions=MOVE, min_base=3,
              rows=({"respond_hours": 4}, {"respond_hours": 90}, {"respond_hours": 20}), value=20),
)  # fmt: skip

PEOPLE = (
    share("training_done_share", Text("Training done", "Pelatihan terlaksana"),
          Text("Of the places planned in courses of the period, how many were taken.",
               "Dari tempat pelatihan yang direncanakan dalam periode, berapa yang dijalani."),
          Text("done / planned", "dijalani / direncanakan"), table="training",
          good=lambda t: t.done_on.notnull(), columns=("done_on",), serves=("K10.4",),
          dimensions=TRAINING, min_base=5, rows=({"done_on": "2026-10-05"}, {}), value=0.5),
    amount("training_hours", Text("Hours of training", "Jam pelatihan"),
           Text("Hours of training done.", "Jam pelatihan yang dijalani."), table="training",
           column="hours", where=lambda t: t.done_on.notnull(), unit=HOURS, serves=("K10.4",),
           dimensions=TRAINING,
           rows=({"hours": 3, "done_on": "2026-10-05"}, {"hours": 9},
                 {"hours": 2, "done_on": "2026-10-06"}), value=5),
    different("employees_trained", Text("Employees trained", "Karyawan terlatih"),
              Text("Different employees who took part in training.",
                   "Karyawan berbeda yang mengikuti pelatihan."),
              table="training", column="employee", where=lambda t: t.done_on.notnull(),
              serves=("K10.4",), dimensions=TRAINING,
              rows=({"employee": "a", "done_on": "2026-10-05"}, {"employee": "b"},
                    {"employee": "a", "training": "x", "done_on": "2026-10-05"}), value=1),
    count("advocacy_posts", Text("Posts of employees", "Unggahan karyawan"),
          Text("Posts employees made about the brand.", "Unggahan karyawan tentang merek."),
          table="advocacy_posts", basis="published", serves=("K10.4",), stage="advocacy",
          dimensions=("brand", "platform", "campaign"), rows=({}, {}), value=2),
    different("advocates", Text("Employees who posted", "Karyawan yang memposting"),
              Text("Different employees who posted about the brand.",
                   "Karyawan berbeda yang memposting tentang merek."),
              table="advocacy_posts", column="employee", basis="published", serves=("K10.4",),
              stage="advocacy", dimensions=("brand", "platform", "campaign"),
              rows=({"employee": "a"}, {"employee": "b"}, {"employee": "a"}), value=2),
    amount("advocacy_interactions", Text("Interactions with employees' posts",
                                         "Interaksi unggahan karyawan"),
           Text("Interactions with posts employees made about the brand.",
                "Interaksi dengan unggahan karyawan tentang merek."),
           table="advocacy_posts", column="interactions", basis="published", serves=("K10.4",),
           stage="advocacy", dimensions=("brand", "platform", "campaign"),
           rows=({"interactions": 3}, {"interactions": 8}), value=11),
)  # fmt: skip
