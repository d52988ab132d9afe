"""Competitors: one row per competitor followed."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="competitors",
    name=Text("Competitors", "Pesaing"),
    meaning=Text(
        "One row per competitor followed.",
        "Satu baris per pesaing yang diikuti."),
    columns=(
        Column("competitor", "text", "key", Text("the competitor", "pesaing")),
        Column("name", "text", "attribute", Text("name", "nama")),
        Column("brand_set", "text", "attribute", Text("set of brands for the share of voice", "kelompok merek untuk pangsa suara")),
        Column("since", "date", "attribute", Text("followed since", "diikuti sejak")),
        Column("until_on", "date", "attribute", Text("followed until; empty while followed", "diikuti sampai; kosong bila masih diikuti")),
        Column("sector", "text", "attribute", Text("industry", "industri")),
    ),
    time="since",
    ends="until_on",
)  # fmt: skip
