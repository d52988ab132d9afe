"""Crises: how fast, how deep, how long; what was learnt; what stands ready before the next."""

import ibis

from tolok.base import HOURS, MINUTES, TIMES, Text

from ..forms import count, middle_of, ratio, share
from ..metric import Example, Metric
from ..part import total

INCIDENT = ("brand", "platform", "severity", "cause", "playbook")


def _time(key: str, column: str, en: str, id_: str, *, is_p90: bool = False) -> Metric:
    said = ("nine in ten", "sembilan dari sepuluh") if is_p90 else ("median", "median")
    return middle_of(
        key, Text(f"Incident {en}, {said[0]}", f"Insiden {id_}, {said[1]}"),
        Text(f"Time an incident took from detection until it was {en}.",
             f"Waktu sejak insiden terdeteksi sampai {id_}."),
        table="incidents", row=lambda t: t[column], columns=(column,), unit=MINUTES, is_p90=is_p90,
        serves=("K7.1",), dimensions=INCIDENT, min_base=3,
        rows=({column: 5}, {column: 30}, {column: 900}), value=726 if is_p90 else 30,
    )  # fmt: skip


TIMES_TAKEN = (
    _time("incident_acknowledge_median", "acknowledge_minutes", "acknowledged", "ditangani"),
    _time("incident_response_median", "respond_minutes", "answered in public", "ditanggapi publik"),
    _time("incident_response_p90", "respond_minutes", "answered in public", "ditanggapi publik",
          is_p90=True),
    _time("incident_resolution_median", "resolve_minutes", "resolved", "selesai"),
)  # fmt: skip

COUNTS = (
    count("incidents", Text("Incidents", "Insiden"),
          Text("Incidents detected in the period.", "Insiden yang terdeteksi dalam periode."),
          table="incidents", direction="down", serves=("K7.1", "K7.2"), dimensions=INCIDENT,
          rows=({}, {}), value=2),
    share("incident_response_in_time", Text("Incidents answered by the playbook's time",
                                            "Insiden ditanggapi sesuai panduan"),
          Text("Of the incidents with a time in their playbook, how many were answered in public within "
               "it. Those never answered count as missed.",
               "Dari insiden yang panduannya menetapkan waktu, berapa yang ditanggapi publik dalam waktu "
               "itu. Yang tak pernah ditanggapi dihitung meleset."),
          Text("answered in time / with a time allowed", "ditanggapi tepat waktu / punya batas waktu"),
          table="incidents", whole=lambda t: t.respond_target_minutes.notnull(),
          good=lambda t: t.respond_minutes <= t.respond_target_minutes,
          columns=("respond_minutes", "respond_target_minutes"), serves=("K7.1",),
          dimensions=INCIDENT, min_base=3,
          rows=({"respond_minutes": 20, "respond_target_minutes": 60},
                {"respond_minutes": 90, "respond_target_minutes": 60},
                {"respond_target_minutes": 60}, {"respond_minutes": 1}), value=1 / 3),
)  # fmt: skip


def _shift(key: str, phase: str, name: Text, meaning: Text) -> Metric:
    plus, minus = f"positive_{phase}", f"negative_{phase}"
    columns = ("positive_before", "negative_before", plus, minus)
    return Metric(
        key=key, name=name, meaning=meaning,
        formula=Text(f"net sentiment {phase} − net sentiment before, mentions of all incidents together",
                     "sentimen bersih fase itu − sentimen bersih sebelumnya, sebutan semua insiden"),
        table="incidents", parts={c: total(c) for c in columns},
        value=lambda p: (p[plus] - p[minus]) / (p[plus] + p[minus])
        - (p["positive_before"] - p["negative_before"])
        / (p["positive_before"] + p["negative_before"]),
        unit=TIMES, direction="up", kind="ratio", basis="activity", serves=("K7.2",),
        dimensions=INCIDENT,
        example=Example(({"positive_before": 30, "negative_before": 10, plus: 5, minus: 20},
                         {"positive_before": 30, "negative_before": 10, plus: 10, minus: 10}),
                        15 / 45 * -1 - 0.5),
    )  # fmt: skip


DAMAGE = (
    _shift("sentiment_shift_during", "during",
           Text("Sentiment shift during incidents", "Pergeseran sentimen selama insiden"),
           Text("Net sentiment while incidents lasted less that before them.",
                "Sentimen bersih selama insiden dikurangi sebelumnya.")),
    _shift("sentiment_shift_after", "after",
           Text("Sentiment shift after incidents", "Pergeseran sentimen setelah insiden"),
           Text("Net sentiment after incidents less that before them: what damage stayed.",
                "Sentimen bersih setelah insiden dikurangi sebelumnya: kerusakan yang tersisa.")),
    ratio("mention_surge", Text("Surge of mentions", "Lonjakan sebutan"),
          Text("Mentions a day while incidents lasted, per mention a day before.",
               "Sebutan per hari selama insiden dibanding per hari sebelumnya."),
          Text("Σ mentions a day during / Σ before", "Σ sebutan per hari selama / Σ sebelum"),
          table="incidents", top=total("mentions_during"), base=total("mentions_before"), unit=TIMES,
          direction="down", serves=("K7.2",), dimensions=INCIDENT,
          rows=({"mentions_during": 300, "mentions_before": 20},
                {"mentions_during": 100, "mentions_before": 80}), value=4),
    middle_of("incident_recovery_median", Text("Time to recover", "Waktu pulih"),
              Text("Middle of the hours until sentiment was back at its baseline; not yet recovered "
                   "counts as never.",
                   "Nilai tengah jam sampai sentimen kembali normal; yang belum pulih dihitung belum "
                   "pernah."),
              table="incidents",
              row=lambda t: ibis.coalesce(t.recover_hours, ibis.literal(float("inf"))),
              columns=("recover_hours",), unit=HOURS, serves=("K7.2",), dimensions=INCIDENT,
              min_base=3, rows=({"recover_hours": 10}, {"recover_hours": 48}, {}), value=48),
)  # fmt: skip

LEARNING = (
    share("postmortems_held", Text("Post-mortems held", "Telaah insiden dilaksanakan"),
          Text("Of the post-mortems owed in the period, how many were held.",
               "Dari telaah insiden yang wajib dalam periode, berapa yang dilaksanakan."),
          Text("held / owed", "dilaksanakan / wajib"), table="postmortems",
          good=lambda t: t.held_on.notnull(), columns=("held_on",), serves=("K7.3",),
          dimensions=("brand",), min_base=3, rows=({"held_on": "2026-10-05"}, {}), value=0.5),
    share("postmortem_actions_closed", Text("Actions of post-mortems closed",
                                            "Tindak lanjut telaah insiden selesai"),
          Text("Of the actions of post-mortems due in the period, how many are done.",
               "Dari tindak lanjut telaah insiden yang jatuh tempo dalam periode, berapa yang selesai."),
          Text("done / due", "selesai / jatuh tempo"), table="actions",
          whole=lambda t: t.origin == "postmortem", good=lambda t: t.done_on.notnull(),
          columns=("done_on",), serves=("K7.3",), dimensions=("brand", "owner"), min_base=5,
          rows=({"origin": "postmortem", "done_on": "2026-10-05"}, {"origin": "postmortem"},
                {"origin": "meeting"}), value=0.5),
    share("actions_closed_on_time", Text("Actions closed on time", "Tindak lanjut tepat waktu"),
          Text("Of all actions due in the period, how many were done by their day.",
               "Dari semua tindak lanjut yang jatuh tempo dalam periode, berapa yang selesai pada "
               "harinya."),
          Text("done by the day / due", "selesai pada harinya / jatuh tempo"), table="actions",
          good=lambda t: t.done_on <= t.due_on, columns=("done_on",), serves=("K7.3",),
          dimensions=("brand", "owner", "origin"),
          rows=({"due_on": "2026-10-05", "done_on": "2026-10-05"},
                {"due_on": "2026-10-05", "done_on": "2026-10-07"}), value=0.5),
    share("repeat_incidents", Text("Repeats of a known cause", "Penyebab yang berulang"),
          Text("Of the incidents whose cause is known, how many had a cause met before.",
               "Dari insiden yang penyebabnya diketahui, berapa yang penyebabnya pernah terjadi."),
          Text("repeats / with a known cause", "berulang / penyebab diketahui"), table="incidents",
          whole=lambda t: t.is_repeat.notnull(), good=lambda t: t.is_repeat, direction="down",
          columns=("is_repeat",), serves=("K7.3",), dimensions=INCIDENT, min_base=3,
          rows=({"is_repeat": True}, {"is_repeat": False}, {"is_repeat": False}, {}), value=1 / 3),
)  # fmt: skip

RISK = ("brand", "owner")
PREVENTION = (
    count("risks_open", Text("Risks open", "Risiko terbuka"),
          Text("Risks of the register open at the end of the period.",
               "Risiko dalam daftar yang terbuka di akhir periode."),
          table="risks", basis="state", kind="level", direction="neither", serves=("K7.4",),
          dimensions=RISK,
          rows=({"raised_on": "2026-01-01"}, {"raised_on": "2026-01-01", "closed_on": "2026-09-01"}),
          value=1),
    share("risk_coverage", Text("Risks covered", "Risiko tertangani"),
          Text("Of the open risks, how many have a preventive measure in place and a playbook.",
               "Dari risiko terbuka, berapa yang punya pencegahan yang berlaku dan panduan."),
          Text("with measure and playbook / open", "punya pencegahan dan panduan / terbuka"),
          table="risks", good=lambda t: t.measure_in_place_on.notnull() & t.playbook.notnull(),
          columns=("measure_in_place_on", "playbook"), basis="state", serves=("K7.4",),
          dimensions=RISK, min_base=3,
          rows=({"measure_in_place_on": "2026-03-01", "playbook": "recall"}, {"playbook": "recall"},
                {}, {}), value=0.25),
    share("measures_in_place", Text("Preventive measures in place", "Pencegahan yang berlaku"),
          Text("Of the measures planned by the end of the period and not ended, how many are in place.",
               "Dari langkah yang direncanakan sampai akhir periode dan belum berakhir, berapa yang "
               "sudah berlaku."),
          Text("in place / planned", "berlaku / direncanakan"), table="preventive_measures",
          good=lambda t: t.in_place_on.notnull(), columns=("in_place_on",), basis="state",
          serves=("K7.4",), dimensions=RISK, min_base=3, rows=({"in_place_on": "2026-10-04"}, {}),
          value=0.5),
    share("drills_held", Text("Drills held", "Simulasi dilaksanakan"),
          Text("Of the drills planned for the period, how many were held.",
               "Dari simulasi yang direncanakan dalam periode, berapa yang dilaksanakan."),
          Text("held / planned", "dilaksanakan / direncanakan"), table="drills",
          good=lambda t: t.held_on.notnull(), columns=("held_on",), serves=("K7.4",),
          dimensions=("brand", "playbook"), min_base=2, rows=({"held_on": "2026-10-04"}, {}, {}, {}),
          value=0.25),
    middle_of("drill_response_median", Text("Response in drills", "Respons saat simulasi"),
              Text("Middle of the minutes to the first response in drills.",
                   "Nilai tengah menit sampai tanggapan pertama saat simulasi."),
              table="drills", row=lambda t: t.respond_minutes, columns=("respond_minutes",),
              unit=MINUTES, serves=("K7.4",), dimensions=("brand", "playbook"), min_base=2,
              rows=({"respond_minutes": 12}, {"respond_minutes": 30}, {"respond_minutes": 14}),
              value=14),
)  # fmt: skip
