"""Influencers: partnerships, what their posts bring, how genuine and fitting they are, what they cost."""

from typing import Any

from tolok.base import COUNT, MONEY, PEOPLE, SCORE, TIMES, Text

from ..forms import amount, count, joined, ratio, share
from ..metric import Example, Metric
from ..part import count_rows, people, total, total_of

DIMENSIONS = ("brand", "platform", "campaign", "partnership")
STAGES = ("brand", "platform", "campaign", "stage", "band")
POSTS = (*DIMENSIONS, "account", "kind")


def agreed(t: Any) -> Any:
    """Return whether a partnership was agreed."""
    return t.stage.isin(["agreed", "active", "done"])


def published(t: Any) -> Any:
    """Return whether a deliverable is out."""
    return t.published_at.notnull()


PARTNERSHIPS = (
    count("partnerships_established", Text("Partnerships established", "Kemitraan terjalin"),
          Text("Partnerships with influencers agreed in the period.",
               "Kemitraan dengan influencer yang disepakati dalam periode."),
          table="partnerships", where=agreed, columns=("agreed_on", "stage"), serves=("K6.1",),
          stage="awareness", dimensions=STAGES,
          rows=({"stage": "agreed"}, {"stage": "declined"}, {"stage": "done"}), value=2),
    count("partnerships_standing", Text("Partnerships standing", "Kemitraan berjalan"),
          Text("Partnerships open at the end of the period, by stage.",
               "Kemitraan yang masih berlaku di akhir periode, menurut tahap."),
          table="partnerships", basis="state", kind="level", serves=("K6.1",), dimensions=STAGES,
          rows=({"agreed_on": "2026-09-01", "stage": "active"},
                {"agreed_on": "2026-09-01", "ended_on": "2026-10-09", "stage": "done"}), value=1),
    share("deliverables_on_time", Text("Deliverables on time", "Hasil kerja tepat waktu"),
          Text("Of the posts partners published, how many came no later than due.",
               "Dari unggahan mitra yang terbit, berapa yang tidak melewati tenggat."),
          Text("published by the due moment / published with a due moment",
               "terbit sebelum tenggat / terbit dan punya tenggat"),
          table="deliverables", whole=lambda t: published(t) & t.due_at.notnull(),
          good=lambda t: t.published_at <= t.due_at, columns=("published_at", "due_at"),
          serves=("K6.1",), dimensions=POSTS,
          rows=({"published_at": "2026-10-03T05:00", "due_at": "2026-10-03T06:00"},
                {"published_at": "2026-10-05T05:00", "due_at": "2026-10-03T06:00"}), value=0.5),
)  # fmt: skip

RESULTS = (
    amount("collaboration_interactions", Text("Interactions from collaborations",
                                              "Interaksi dari kolaborasi"),
           Text("Interactions with posts of partnerships published in the period.",
                "Interaksi dengan unggahan kemitraan yang terbit dalam periode."),
           table="deliverables", column="interactions", basis="published", serves=("K6.2",),
           stage="consideration", dimensions=POSTS,
           rows=({"interactions": 50}, {"interactions": 7}), value=57),
    amount("collaboration_clicks", Text("Clicks from collaborations", "Klik dari kolaborasi"),
           Text("Link clicks of posts of partnerships.", "Klik tautan unggahan kemitraan."),
           table="deliverables", column="link_clicks", basis="published", serves=("K6.2", "F6"),
           stage="consideration", dimensions=POSTS, rows=({"link_clicks": 5}, {"link_clicks": 7}),
           value=12),
    Metric(
        key="collaboration_reach", name=Text("Reach of collaborations", "Jangkauan kolaborasi"),
        meaning=Text("People who saw posts of partnerships: bounds over several posts.",
                     "Orang yang melihat unggahan kemitraan: berupa batas bila beberapa unggahan."),
        formula=Text("people reached, never added up", "orang terjangkau, tidak dijumlahkan"),
        table="deliverables", parts={"people": people("reach")}, value=lambda p: p["people"],
        unit=PEOPLE, direction="up", kind="unique", basis="published", stage="awareness",
        is_vanity=True, outcome="collaboration_clicks", serves=("K6.2",), dimensions=POSTS,
        example=Example(({"reach": 70}, {"reach": 50}), None, low=70, high=120)),
    ratio("collaboration_engagement_rate",
          Text("Engagement rate of collaborations", "Tingkat interaksi kolaborasi"),
          Text("Interactions per person reached, over posts of partnerships.",
               "Interaksi per orang terjangkau, untuk unggahan kemitraan."),
          Text("Σ interactions / Σ reach of the same posts", "Σ interaksi / Σ jangkauan unggahan itu"),
          table="deliverables", top=total("interactions"),
          base=total_of(lambda t: t.reach, "reach", is_gross=True), basis="published",
          serves=("K6.2",), stage="consideration", dimensions=POSTS, min_base=5,
          benchmark="influencer_er_by_reach",
          rows=({"interactions": 10, "reach": 100}, {"interactions": 10, "reach": 900}), value=0.02),
    ratio("collaboration_against_usual",
          Text("Against the influencer's usual post", "Dibanding unggahan biasa influencer"),
          Text("Interactions of posts of partnerships per interaction their usual posts bring: under one "
               "when their audience cares less for ours.",
               "Interaksi unggahan kemitraan dibanding interaksi unggahan biasa mereka: di bawah satu "
               "bila audiensnya kurang tertarik."),
          Text("Σ interactions / Σ usual interactions", "Σ interaksi / Σ interaksi biasa"),
          table="deliverables", top=total("interactions"), base=total("usual_interactions"),
          unit=TIMES, basis="published", serves=("K6.2",), dimensions=POSTS, min_base=5,
          rows=({"interactions": 10, "usual_interactions": 20},
                {"interactions": 50, "usual_interactions": 40}), value=1),
    ratio("collaboration_against_brand",
          Text("Against the brand's usual post", "Dibanding unggahan biasa merek"),
          Text("Interactions of posts of partnerships per interaction the brand's usual posts bring.",
               "Interaksi unggahan kemitraan dibanding interaksi unggahan biasa merek."),
          Text("Σ interactions / Σ the brand's usual", "Σ interaksi / Σ interaksi biasa merek"),
          table="deliverables", top=total("interactions"), base=total("brand_interactions"),
          unit=TIMES, basis="published", serves=("K6.2",), dimensions=POSTS, min_base=5,
          rows=({"interactions": 10, "brand_interactions": 10},
                {"interactions": 50, "brand_interactions": 20}), value=2),
)  # fmt: skip


def _score(key: str, column: str, en: str, id_: str, meaning: Text) -> Metric:
    return ratio(key, Text(en, id_), meaning,
                 Text(f"mean of {column.replace('_', ' ')} over partnerships agreed",
                      f"rata-rata {column.replace('_', ' ')} dari kemitraan yang disepakati"),
                 table="partnerships", where=agreed,
                 top=total_of(lambda t: t[column], column, is_gross=True), base=count_rows(),
                 kind="average", serves=("K6.3",), dimensions=STAGES, unit=SCORE,
                 rows=({column: 0.9, "stage": "agreed"}, {column: 0.5, "stage": "active"},
                       {column: 0.1, "stage": "declined"}), value=0.7)  # fmt: skip


def authenticity(t: Any) -> Any:
    """Return the mean of the two signs of authenticity of a partnership."""
    return (t.audience_score + t.engagement_score) / 2


def fit(t: Any) -> Any:
    """Return the mean of the two signs of fit of a partnership."""
    return (t.topic_fit + t.tone_fit) / 2


SCORES = (
    _score("audience_authenticity", "audience_score", "Genuine audience", "Keaslian audiens",
           Text("How genuine the followers look, 0 to 1; a sign, no proof.",
                "Seberapa asli pengikutnya tampak, 0 sampai 1; petunjuk, bukan bukti.")),
    _score("engagement_authenticity", "engagement_score", "Genuine engagement", "Keaslian interaksi",
           Text("How genuine the engagement looks, 0 to 1; a sign, no proof.",
                "Seberapa asli interaksinya tampak, 0 sampai 1; petunjuk, bukan bukti.")),
    _score("topic_fit", "topic_fit", "Fit of topics", "Kecocokan topik",
           Text("How near the influencer's topics are to the brand's, 0 to 1.",
                "Seberapa dekat topik influencer dengan topik merek, 0 sampai 1.")),
    _score("tone_fit", "tone_fit", "Fit of tone", "Kecocokan nada",
           Text("How near the influencer's tone is to the brand's, 0 to 1.",
                "Seberapa dekat nada influencer dengan nada merek, 0 sampai 1.")),
    ratio("authenticity_and_fit", Text("Authenticity and fit", "Keaslian dan kecocokan"),
          Text("Mean of its four parts, each shown beside it: audience, engagement, topics, tone.",
               "Rata-rata empat bagiannya, masing-masing ditampilkan: audiens, interaksi, topik, nada."),
          Text("mean of the four scores", "rata-rata keempat skor"), table="partnerships",
          where=agreed,
          top=total_of(lambda t: (authenticity(t) + fit(t)) / 2, "audience_score",
                       "engagement_score", "topic_fit", "tone_fit", is_gross=True),
          base=count_rows(), kind="average", unit=SCORE, serves=("K6.3",), dimensions=STAGES,
          rows=({"stage": "agreed", "audience_score": 1, "engagement_score": 0.5, "topic_fit": 0.5,
                 "tone_fit": 0},
                {"stage": "agreed", "audience_score": 1, "engagement_score": 1, "topic_fit": 1,
                 "tone_fit": 1}), value=0.75),
    share("disclosure_rate", Text("Paid content disclosed", "Konten berbayar yang diakui"),
          Text("Of the posts of partnerships that were looked at, how many say that they are paid.",
               "Dari unggahan kemitraan yang diperiksa, berapa yang mengaku berbayar."),
          Text("disclosed / looked at", "diakui / diperiksa"), table="deliverables",
          whole=lambda t: t.is_disclosed.notnull(), good=lambda t: t.is_disclosed,
          columns=("is_disclosed",), serves=("K6.3",), basis="published", dimensions=POSTS,
          references=("FTC: Disclosures 101 for social media influencers",),
          rows=({"is_disclosed": True}, {"is_disclosed": False}, {}), value=0.5),
)  # fmt: skip

_FEES = ({"partnership": "p1", "amount": 300}, {"partnership": "p2", "amount": 100})
MONEY_METRICS = (
    amount("partnership_cost", Text("Cost of partnerships", "Biaya kemitraan"),
           Text("Fees, product and commission of partnerships.",
                "Honor, produk, dan komisi kemitraan."),
           table="costs", column="amount", where=lambda t: t.partnership.notnull(), unit=MONEY,
           direction="neither", serves=("K6.4",), dimensions=("brand", "platform", "campaign",
                                                              "partnership", "kind"),
           rows=(*_FEES, {"amount": 999}), value=400),
    amount("partnership_value", Text("Value from partnerships", "Nilai dari kemitraan"),
           Text("Value of conversions credited to partnerships by their last touch or code.",
                "Nilai konversi yang dikreditkan ke kemitraan lewat sentuhan terakhir atau kode."),
           table="credits", column="value",
           where=lambda t: t.partnership.notnull() & (t.model == "last"), unit=MONEY,
           serves=("K6.4",), stage="conversion", dimensions=DIMENSIONS,
           rows=({"partnership": "p1", "model": "last", "value": 500},
                 {"partnership": "p1", "model": "markov", "value": 70},
                 {"model": "last", "value": 30}), value=500),
    joined("influencer_roi", Text("Return on partnerships", "ROI kemitraan"),
           Text("What partnerships leave per unit of their cost, by last touch or code; no value is "
                "made up for likes.",
                "Sisa nilai kemitraan per satuan biayanya, menurut sentuhan terakhir atau kode; suka "
                "tidak diberi nilai rekaan."),
           Text("(value − cost) / cost", "(nilai − biaya) / biaya"), table="credits",
           parts={"value": "partnership_value", "cost": "partnership_cost"},
           combine=lambda p: (p["value"] - p["cost"]) / p["cost"], serves=("K6.4",),
           stage="conversion", dimensions=DIMENSIONS,
           rows=({"partnership": "p1", "model": "last", "value": 500},), others={"costs": _FEES},
           value=0.25),
    joined("cost_per_collaboration_interaction",
           Text("Cost per interaction of partnerships", "Biaya per interaksi kemitraan"),
           Text("Cost of partnerships per interaction their posts brought.",
                "Biaya kemitraan per interaksi dari unggahannya."),
           Text("cost / interactions", "biaya / interaksi"), table="deliverables", unit=MONEY,
           parts={"cost": "partnership_cost", "base": "collaboration_interactions"},
           combine=lambda p: p["cost"] / p["base"], direction="down", serves=("K6.4",),
           dimensions=DIMENSIONS, rows=({"interactions": 30}, {"interactions": 10}),
           others={"costs": _FEES}, value=10),
)  # fmt: skip

FOLLOWS = amount(
    "collaboration_follows", Text("Followers from collaborations", "Pengikut dari kolaborasi"),
    Text("Followers that posts of partnerships brought.", "Pengikut yang didatangkan kemitraan."),
    table="deliverables", column="follows", basis="published", serves=("K6.2",), unit=COUNT,
    dimensions=POSTS, is_vanity=True, outcome="collaboration_interactions",
    rows=({"follows": 4}, {"follows": 9}), value=13,
)  # fmt: skip
