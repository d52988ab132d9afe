"""Alignment ratings: one row per thing, day of scoring and person."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="alignment_ratings",
    name=Text("Alignment ratings", "Penilaian keselarasan"),
    meaning=Text(
        "One row per thing, day of scoring and person: the single scores that alignment scores gather.",
        "Satu baris per hal, hari penilaian, dan orang: skor tiap orang yang dirangkum skor keselarasan."),
    columns=(
        Column("subject", "text", "key", Text("campaign, strategy or pillar scored", "kampanye, strategi, atau pilar yang dinilai")),
        Column("scored_on", "date", "key", Text("day the round of scoring began", "hari putaran penilaian dimulai")),
        Column("rater", "text", "key", Text("who scored", "siapa yang menilai")),
        Column("score", "int", "attribute", Text("score on the rubric, 1 to 5", "skor pada rubrik, 1 sampai 5")),
        Column("goal", "text", "attribute", Text("goal it was scored against", "tujuan yang dijadikan acuan")),
        Column("note", "text", "attribute", Text("why", "mengapa")),
    ),
    time="scored_on",
    personal=("rater",),
)  # fmt: skip
