"""Preventive measures: one row per preventive measure."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="preventive_measures",
    name=Text("Preventive measures", "Langkah pencegahan"),
    meaning=Text(
        "One row per preventive measure.",
        "Satu baris per langkah pencegahan."),
    columns=(
        Column("measure", "text", "key", Text("the measure", "langkah")),
        Column("risk", "text", "attribute", Text("risk it serves", "risiko yang dicegah")),
        Column("what", "text", "attribute", Text("what it is", "apa isinya")),
        Column("planned_on", "date", "attribute", Text("day it was to be in place", "hari rencana berlaku")),
        Column("in_place_on", "date", "attribute", Text("day it was in place; empty when not yet", "hari mulai berlaku; kosong bila belum")),
        Column("ended_on", "date", "attribute", Text("day it ended; empty while it stands", "hari berakhir; kosong bila masih berlaku")),
        Column("owner", "text", "attribute", Text("who answers for it", "penanggung jawab")),
    ),
    time="planned_on",
    ends="ended_on",
)  # fmt: skip
