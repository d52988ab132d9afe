"""Alignment scores: one row per thing and day of scoring."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="alignment_scores",
    name=Text("Alignment scores", "Skor keselarasan"),
    meaning=Text(
        "One row per thing and day of scoring: how well it fits the marketing goals, on a 1–5 rubric, by at least two people.",
        "Satu baris per hal dan hari penilaian: seberapa selaras dengan tujuan pemasaran, rubrik 1–5, oleh sedikitnya dua orang."),
    columns=(
        Column("subject", "text", "key", Text("campaign, strategy or pillar scored", "kampanye, strategi, atau pilar yang dinilai")),
        Column("scored_on", "date", "key", Text("day of scoring", "hari penilaian")),
        Column("raters", "int", "flow", Text("people who scored", "jumlah penilai")),
        Column("score_sum", "float", "flow", Text("sum of their scores", "jumlah skor mereka")),
        Column("score_low", "float", "average", Text("lowest score", "skor terendah")),
        Column("score_high", "float", "average", Text("highest score", "skor tertinggi")),
        Column("goal", "text", "attribute", Text("goal it was scored against", "tujuan yang dijadikan acuan")),
    ),
    time="scored_on",
)  # fmt: skip
