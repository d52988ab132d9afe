"""Strategy: what was put to work, what it serves, what was born of insights."""

from typing import Any

from tolok.base import COUNT, SCORE, Text

from ..forms import count, ratio, share
from ..part import count_rows, total

STRATEGY = ("brand", "goal", "owner")


def proven(t: Any) -> Any:
    """Return whether a strategy in force has evidence: something that ran because of it."""
    return t.in_force_on.notnull() & t.evidence.notnull()


STRATEGIES = (
    count("strategies_in_force", Text("New strategies put to work", "Strategi baru yang dijalankan"),
          Text("Strategies put to work in the period that have evidence: a campaign, pillar or slot "
               "that ran because of them.",
               "Strategi yang mulai dijalankan dalam periode dan punya bukti: kampanye, pilar, atau "
               "slot yang berjalan karenanya."),
          table="strategies", where=proven, columns=("in_force_on",), serves=("K1.1",),
          dimensions=STRATEGY,
          rows=({"evidence": "campaign:ramadan"}, {}, {"evidence": "pillar:recipes"}), value=2),
    count("strategies_without_evidence",
          Text("Strategies said to be in force, without evidence",
               "Strategi yang disebut berjalan, tanpa bukti"),
          Text("Strategies declared in force with nothing that ran because of them.",
               "Strategi yang dinyatakan berjalan tanpa ada yang berjalan karenanya."),
          table="strategies", where=lambda t: t.evidence.isnull(), direction="down",
          serves=("K1.1",), dimensions=STRATEGY,
          rows=({"evidence": "campaign:ramadan"}, {}), value=1),
    count("strategies_standing", Text("Strategies standing", "Strategi yang berlaku"),
          Text("Strategies in force at the end of the period.",
               "Strategi yang berjalan di akhir periode."),
          table="strategies", basis="state", kind="level", direction="neither", serves=("K1.1",),
          dimensions=STRATEGY,
          rows=({"in_force_on": "2026-02-01"}, {"in_force_on": "2026-03-01", "ended_on": "2026-10-09"},
                {"in_force_on": "2026-10-09"}, {"in_force_on": "2026-11-02"}), value=2),
    count("strategies_born_of_insights", Text("Strategies born of insights", "Strategi dari wawasan"),
          Text("Strategies put to work in the period that name the insight they came of.",
               "Strategi yang mulai dijalankan dalam periode dan menyebut wawasan asalnya."),
          table="strategies", where=lambda t: t.insight.notnull(), columns=("insight",),
          serves=("K8.4",), dimensions=STRATEGY, rows=({"insight": "i1"}, {}), value=1),
    share("insight_strategy_success", Text("Insight-born strategies that worked",
                                           "Strategi dari wawasan yang berhasil"),
          Text("Of the strategies born of insights whose outcome is known, how many worked.",
               "Dari strategi hasil wawasan yang sudah diketahui hasilnya, berapa yang berhasil."),
          Text("worked / (worked + failed)", "berhasil / (berhasil + gagal)"), table="strategies",
          whole=lambda t: t.insight.notnull() & t.outcome.isin(["worked", "failed"]),
          good=lambda t: t.outcome == "worked", columns=("outcome",), serves=("K8.4",),
          dimensions=STRATEGY,
          rows=({"insight": "a", "outcome": "worked"}, {"insight": "b", "outcome": "failed"},
                {"insight": "c", "outcome": "unclear"}, {"outcome": "worked"}), value=0.5),
    share("insights_used_share", Text("Insights put to use", "Wawasan yang dipakai"),
          Text("Of the insights of the period, how many led to a strategy or experiment.",
               "Dari wawasan dalam periode, berapa yang menghasilkan strategi atau eksperimen."),
          Text("with a strategy or experiment / insights", "dengan strategi atau eksperimen / wawasan"),
          table="insights", good=lambda t: t.strategy.notnull(), columns=("strategy",),
          serves=("K8.4",), dimensions=("brand", "metric"), rows=({"strategy": "s1"}, {}, {}, {}),
          value=0.25),
)  # fmt: skip

ALIGNMENT = (
    share("aligned_slot_share", Text("Slots tied to a goal", "Slot terkait tujuan"),
          Text("Of the slots of the calendar, how many name a marketing goal.",
               "Dari slot kalender, berapa yang menyebut tujuan pemasaran."),
          Text("slots with a goal / slots", "slot bertujuan / slot"), table="slots",
          whole=lambda t: t.state.fill_null("planned") != "cancelled", good=lambda t: t.goal.notnull(),
          columns=("goal",), serves=("K1.4",),
          dimensions=("brand", "platform", "account", "campaign", "pillar"),
          rows=({"goal": "g"}, {}, {"goal": "g", "state": "cancelled"}, {"goal": "g"}), value=2 / 3),
    share("aligned_campaign_share", Text("Campaigns tied to a goal", "Kampanye terkait tujuan"),
          Text("Of the campaigns that began in the period, how many name a marketing goal.",
               "Dari kampanye yang mulai dalam periode, berapa yang menyebut tujuan pemasaran."),
          Text("campaigns with a goal / campaigns", "kampanye bertujuan / kampanye"),
          table="campaigns", good=lambda t: t.goal.notnull(), columns=("goal",), serves=("K1.4",),
          dimensions=("brand", "objective"), rows=({"goal": "g"}, {}, {}, {}), value=0.25),
    ratio("alignment_score", Text("Alignment with marketing goals", "Keselarasan dengan tujuan"),
          Text("Mean score on the rubric of 1 to 5, over things scored by at least two people.",
               "Rata-rata skor pada rubrik 1 sampai 5, untuk hal yang dinilai sedikitnya dua orang."),
          Text("Σ scores / Σ raters", "Σ skor / Σ penilai"), table="alignment_scores",
          where=lambda t: t.raters >= 2, top=total("score_sum"), base=total("raters"), unit=SCORE,
          kind="average", serves=("K1.4",), dimensions=("brand", "subject", "goal"),
          rows=({"raters": 2, "score_sum": 8}, {"raters": 3, "score_sum": 7},
                {"raters": 1, "score_sum": 5}), value=3),
    share("alignment_agreement", Text("Agreement of the raters", "Kesepakatan penilai"),
          Text("Of the things scored by at least two people, how many had all scores within one point. "
               "Low agreement means that the rubric, not the work, wants mending.",
               "Dari hal yang dinilai sedikitnya dua orang, berapa yang semua skornya berselisih paling "
               "banyak satu. Kesepakatan rendah berarti rubriknya yang perlu dibenahi."),
          Text("highest − lowest ≤ 1 / scored by two or more",
               "tertinggi − terendah ≤ 1 / dinilai dua orang atau lebih"),
          table="alignment_scores", whole=lambda t: t.raters >= 2,
          good=lambda t: t.score_high - t.score_low <= 1, columns=("score_high", "score_low"),
          serves=("K1.4",), dimensions=("brand", "goal"), min_base=5,
          rows=({"raters": 2, "score_low": 3, "score_high": 4},
                {"raters": 2, "score_low": 1, "score_high": 5}), value=0.5),
    count("goals_standing", Text("Marketing goals standing", "Tujuan pemasaran yang berlaku"),
          Text("Marketing goals open at the end of the period.",
               "Tujuan pemasaran yang berlaku di akhir periode."),
          table="goals", basis="state", kind="level", direction="neither", serves=("K1.4",),
          unit=COUNT, dimensions=("brand", "kind"),
          rows=({"starts": "2026-01-01"}, {"starts": "2026-01-01", "ends": "2026-06-30"}), value=1),
)  # fmt: skip

CALENDAR_DIMENSIONS = ("brand", "platform", "account", "kind", "pillar", "campaign", "weekday")

MEAN_RATERS = ratio(
    "raters_per_subject", Text("Raters per thing scored", "Penilai per hal"),
    Text("How many people scored each thing on average; under two, a score is one opinion.",
         "Rata-rata jumlah orang yang menilai tiap hal; di bawah dua, skor hanyalah satu pendapat."),
    Text("Σ raters / things scored", "Σ penilai / hal yang dinilai"), table="alignment_scores",
    top=total("raters"), base=count_rows(), unit=SCORE, kind="average", serves=("K1.4",),
    dimensions=("brand", "goal"), rows=({"raters": 2}, {"raters": 3}, {"raters": 1}), value=2,
)  # fmt: skip
