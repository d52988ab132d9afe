"""Tactics: one row per way in which a strategy is put to work."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="tactics",
    name=Text("Tactics", "Taktik"),
    meaning=Text(
        "One row per tactic: one way in which a strategy is put to work.",
        "Satu baris per taktik: satu cara menjalankan strategi."),
    columns=(
        Column("tactic", "text", "key", Text("the tactic", "taktik")),
        Column("name", "text", "attribute", Text("in words", "dalam kata-kata")),
        Column("strategy", "text", "attribute", Text("strategy it puts to work", "strategi yang dijalankan")),
        Column("link", "text", "attribute", Text("what it runs as: campaign:…, pillar:… or slot:…", "wujudnya: campaign:…, pillar:…, atau slot:…")),
        Column("starts", "date", "attribute", Text("first day", "hari pertama")),
        Column("ends", "date", "attribute", Text("last day; empty while open", "hari terakhir; kosong bila masih berlaku")),
        Column("owner", "text", "attribute", Text("who answers for it", "penanggung jawab")),
    ),
    time="starts",
    ends="ends",
)  # fmt: skip
