"""Strategies: one row per strategy."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="strategies",
    name=Text("Strategies", "Strategi"),
    meaning=Text(
        "One row per strategy.",
        "Satu baris per strategi."),
    columns=(
        Column("strategy", "text", "key", Text("the strategy", "strategi")),
        Column("name", "text", "attribute", Text("in words", "dalam kata-kata")),
        Column("proposed_on", "date", "attribute", Text("day proposed", "hari diusulkan")),
        Column("in_force_on", "date", "attribute", Text("day it was put to work; empty when not yet", "hari mulai dijalankan; kosong bila belum")),
        Column("ended_on", "date", "attribute", Text("day it ended; empty while it stands", "hari berakhir; kosong bila masih berlaku")),
        Column("goal", "text", "attribute", Text("marketing goal it serves", "tujuan pemasaran yang dilayani")),
        Column("insight", "text", "attribute", Text("insight it was born of", "wawasan asalnya")),
        Column("evidence", "text", "attribute", Text("campaign, pillar or slot that ran because of it", "kampanye, pilar, atau slot yang berjalan karenanya")),
        Column("outcome", "text", "attribute", Text("what came of it: worked, failed, unclear", "hasilnya: worked, failed, unclear")),
        Column("owner", "text", "attribute", Text("who answers for it", "penanggung jawab")),
    ),
    time="in_force_on",
    ends="ended_on",
)  # fmt: skip
