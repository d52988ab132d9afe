"""Risks: one row per risk in the register."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="risks",
    name=Text("Risks", "Risiko"),
    meaning=Text(
        "One row per risk in the register.",
        "Satu baris per risiko dalam daftar."),
    columns=(
        Column("risk", "text", "key", Text("the risk", "risiko")),
        Column("name", "text", "attribute", Text("what may happen", "yang mungkin terjadi")),
        Column("raised_on", "date", "attribute", Text("day it was entered", "hari dicatat")),
        Column("closed_on", "date", "attribute", Text("day it was closed; empty while open", "hari ditutup; kosong bila masih terbuka")),
        Column("likelihood", "int", "average", Text("1 (rare) to 5", "1 (jarang) sampai 5")),
        Column("impact", "int", "average", Text("1 (slight) to 5", "1 (ringan) sampai 5")),
        Column("owner", "text", "attribute", Text("who answers for it", "penanggung jawab")),
        Column("measure_in_place_on", "date", "attribute", Text("day from which a preventive measure is in place", "hari mulai berlakunya pencegahan")),
        Column("playbook", "text", "attribute", Text("playbook for it", "panduannya")),
        Column("reviewed_on", "date", "attribute", Text("day it was last reviewed", "hari terakhir ditinjau")),
    ),
    time="raised_on",
    ends="closed_on",
)  # fmt: skip
