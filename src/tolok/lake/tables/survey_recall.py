"""Surveys of recall: one row per survey and question."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="survey_recall",
    name=Text("Surveys of recall", "Survei ingatan merek"),
    meaning=Text(
        "One row per survey and question: how many were asked and how many knew the brand.",
        "Satu baris per survei dan pertanyaan: berapa yang ditanya dan berapa yang mengenal merek."),
    columns=(
        Column("survey", "text", "key", Text("the survey", "survei")),
        Column("question", "text", "key", Text("aided_recall, unaided_recall, awareness, consideration, or an attribute", "aided_recall, unaided_recall, awareness, consideration, atau suatu atribut")),
        Column("subject", "text", "key", Text("brand asked about: own or a competitor", "merek yang ditanyakan: sendiri atau pesaing")),
        Column("asked_on", "date", "attribute", Text("day asked", "hari ditanyakan")),
        Column("audience", "text", "attribute", Text("who was asked", "siapa yang ditanya")),
        Column("asked", "int", "flow", Text("people asked", "jumlah yang ditanya")),
        Column("recalled", "int", "flow", Text("of them who said yes", "yang menjawab ya")),
        Column("is_target", "bool", "attribute", Text("whether they are of the target audience", "apakah termasuk audiens sasaran")),
    ),
    time="asked_on",
)  # fmt: skip
