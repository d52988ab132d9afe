"""Campaigns: one row per campaign."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="campaigns",
    name=Text("Campaigns", "Kampanye"),
    meaning=Text(
        "One row per campaign.",
        "Satu baris per kampanye."),
    columns=(
        Column("campaign", "text", "key", Text("the campaign, as utm_campaign writes it", "kampanye, seperti di utm_campaign")),
        Column("name", "text", "attribute", Text("its name", "namanya")),
        Column("starts", "date", "attribute", Text("first day", "hari pertama")),
        Column("ends", "date", "attribute", Text("last day", "hari terakhir")),
        Column("objective", "text", "attribute", Text("lead, sign_up, purchase, visit, awareness …", "lead, sign_up, purchase, visit, awareness …")),
        Column("goal", "text", "attribute", Text("marketing goal it serves", "tujuan pemasaran yang dilayani")),
        Column("strategy", "text", "attribute", Text("strategy it belongs to", "strategi induknya")),
        Column("status", "text", "attribute", Text("planned, running, done, stopped", "planned, running, done, stopped")),
        Column("owner", "text", "attribute", Text("who answers for it", "penanggung jawab")),
        Column("is_innovative", "bool", "attribute", Text("whether it tries something new", "apakah mencoba hal baru")),
    ),
    time="starts",
    ends="ends",
)  # fmt: skip
