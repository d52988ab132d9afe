"""Searches for the brand: one row per day and query: how often people searched and came."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="searches",
    name=Text("Searches for the brand", "Pencarian merek"),
    meaning=Text(
        "One row per day and query: how often people searched and came.",
        "Satu baris per hari dan kata pencarian: seberapa sering orang mencari dan datang."),
    columns=(
        Column("query", "text", "key", Text("what was searched", "kata yang dicari")),
        Column("day", "date", "key", Text("day", "hari")),
        Column("is_branded", "bool", "attribute", Text("whether the query names the brand", "apakah menyebut nama merek")),
        Column("impressions", "int", "flow", Text("times shown in the results", "berapa kali tampil di hasil")),
        Column("clicks", "int", "flow", Text("visits from the results", "kunjungan dari hasil")),
    ),
    time="day",
)  # fmt: skip
