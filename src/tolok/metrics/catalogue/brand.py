"""The brand in people's heads: the right audience, recall when asked."""

from typing import Any

from tolok.base import RATIO, TIMES, Text

from ..forms import joined, ratio
from ..interval import wilson
from ..metric import Example, Metric
from ..part import count_rows, level, total

SURVEY = ("brand", "survey", "question", "subject", "audience")
REFERENCES = ("Keller 1993: brand recall and recognition",)


def _match(key: str, trait: str, en: str, id_: str) -> Metric:
    def of_trait(t: Any) -> Any:
        return t.trait == trait

    return Metric(
        key=key, name=Text(f"Audience match by {en}", f"Kecocokan audiens menurut {id_}"),
        meaning=Text(f"Of the followers whose {en} is known, how many are whom the brand wants.",
                     f"Dari pengikut yang {id_}nya diketahui, berapa yang termasuk sasaran merek."),
        formula=Text("followers in the target / followers of known trait",
                     "pengikut dalam sasaran / pengikut yang cirinya diketahui"),
        table="audience_matches", where=of_trait,
        parts={"in": level("people_in_target"), "all": level("people_known")},
        value=lambda p: p["in"] / p["all"], direction="up", kind="ratio", basis="state",
        unit=RATIO, serves=("K9.3",), stage="awareness",
        dimensions=("brand", "platform", "account"),
        example=Example(({"trait": trait, "people_known": 400, "people_in_target": 100},
                         {"trait": trait, "people_known": 500, "people_in_target": 300}), 0.6),
    )  # fmt: skip


def own(t: Any) -> Any:
    """Return the answers about the brand itself."""
    return t.subject == "own"


def _recall(key: str, where: Any, name: Text, meaning: Text, **row: Any) -> Metric:
    rows = ({"subject": "own", "asked": 100, "recalled": 20, **row},
            {"subject": "own", "asked": 300, "recalled": 100, **row})  # fmt: skip
    return Metric(
        key=key, name=name, meaning=meaning,
        formula=Text("Σ who said yes / Σ asked", "Σ yang menjawab ya / Σ yang ditanya"),
        table="survey_recall", where=where,
        parts={"good": total("recalled"), "all": total("asked")},
        value=lambda p: p["good"] / p["all"], interval=lambda p: wilson(p["good"], p["all"]),
        direction="up", kind="ratio", basis="activity", unit=RATIO, serves=("K9.3",),
        stage="awareness", dimensions=SURVEY, one_kind=("question",), references=REFERENCES,
        example=Example(tuple({"question": "aided_recall", **r} for r in rows), 0.3),
    )  # fmt: skip


MATCHES = (
    _match("audience_match", "all", "all traits", "semua ciri"),
    _match("audience_match_age", "age", "age", "usia"),
    _match("audience_match_gender", "gender", "gender", "gender"),
    _match("audience_match_place", "place", "place", "tempat"),
)

RECALL = (
    _recall("survey_recall", own, Text("Recall in surveys", "Ingatan merek dalam survei"),
            Text("Of the people asked, how many recalled or knew the brand; one question at a time.",
                 "Dari orang yang ditanya, berapa yang ingat atau mengenal merek; satu pertanyaan "
                 "saja.")),
    _recall("survey_recall_in_target", lambda t: own(t) & t.is_target,
            Text("Recall among the target audience", "Ingatan merek di audiens sasaran"),
            Text("The same among the target audience.", "Sama, di antara audiens sasaran."),
            is_target=True),
)  # fmt: skip

POSITION = (
    joined("attribute_advantage", Text("Lead on wanted attributes", "Keunggulan atribut idaman"),
           Text("How much oftener mentions of the brand carry wanted attributes than mentions of "
                "competitors; compare before and after a campaign.",
                "Seberapa lebih sering sebutan merek membawa atribut idaman dibanding sebutan "
                "pesaing; bandingkan sebelum dan sesudah kampanye."),
           Text("share with wanted attributes, ours / competitors'",
                "porsi beratribut idaman, kita / pesaing"),
           table="interactions", unit=TIMES,
           parts={"own": "wanted_attribute_share", "other": "competitor_wanted_attribute_share"},
           combine=lambda p: p["own"] / p["other"], serves=("K9.4",), stage="awareness",
           dimensions=("brand", "platform", "topic", "language", "brand_set"),
           rows=tuple({"kind": "mention", "subject_relation": r, "wanted_attributes": n} for r, n in
                      (("own", 1), ("own", 0), ("competitor", 1), ("competitor", 0),
                       ("competitor", 0), ("competitor", 0))), others={}, value=2),
    ratio("mention_attribute_density", Text("Wanted attributes per mention", "Atribut idaman per sebutan"),
          Text("Wanted attributes a mention of the brand carries on average.",
               "Rata-rata atribut idaman yang dibawa satu sebutan merek."),
          Text("Σ wanted attributes / mentions read", "Σ atribut idaman / sebutan dibaca"),
          table="interactions", where=lambda t: t.kind == "mention", top=total("wanted_attributes"),
          base=count_rows(), unit=TIMES, serves=("K9.4",), stage="awareness", min_base=30,
          dimensions=("brand", "platform", "topic", "language", "subject_relation"),
          rows=tuple({"kind": "mention", "wanted_attributes": n} for n in (0, 2, 1)), value=1),
)  # fmt: skip
