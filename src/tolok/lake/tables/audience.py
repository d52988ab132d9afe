"""Audience make-up: who follows or watches, by age, gender, place."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="audience",
    name=Text("Audience", "Audiens"),
    meaning=Text(
        "One row per account, day of observation, dimension and segment.",
        "Satu baris per akun, hari pengamatan, dimensi, dan segmen.",
    ),
    columns=(
        Column(
            "account",
            "text",
            "key",
            Text(
                "the account: platform:handle or platform:id",
                "akun: platform:nama atau platform:id",
            ),
        ),
        Column("day", "date", "key", Text("the day it was observed", "hari pengamatan")),
        Column(
            "dimension",
            "text",
            "key",
            Text(
                "age, gender, age_gender, country, city, language, job, seniority, "
                "industry or company_size",
                "usia, gender, negara, kota, dan seterusnya",
            ),
        ),
        Column(
            "segment",
            "text",
            "key",
            Text("the group within the dimension", "kelompok dalam dimensi"),
        ),
        Column(
            "platform",
            "text",
            "attribute",
            Text("the platform the account is on", "platform tempat akun berada"),
        ),
        Column("people", "int", "level", Text("people in the segment", "orang dalam segmen")),
        Column(
            "share",
            "float",
            "ratio",
            Text("share of the audience in the segment", "bagian audiens dalam segmen"),
        ),
    ),
    time="day",
)
