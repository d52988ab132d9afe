"""Touches: one row per contact of a pseudonymous customer with marketing before a conversion."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="touches",
    name=Text("Touches", "Sentuhan"),
    meaning=Text(
        "One row per contact of a pseudonymous customer with marketing before a conversion.",
        "Satu baris per kontak pelanggan yang disamarkan dengan pemasaran sebelum konversi."),
    columns=(
        Column("touch", "text", "key", Text("the touch", "sentuhan")),
        Column("customer", "text", "attribute", Text("who, pseudonymous", "siapa, disamarkan")),
        Column("at", "moment", "attribute", Text("when", "waktu")),
        Column("channel", "text", "attribute", Text("channel", "saluran")),
        Column("platform", "text", "attribute", Text("platform", "platform")),
        Column("campaign", "text", "attribute", Text("campaign", "kampanye")),
        Column("partnership", "text", "attribute", Text("partnership", "kemitraan")),
        Column("post", "text", "attribute", Text("post or advert", "unggahan atau iklan")),
        Column("kind", "text", "attribute", Text("click, view, visit, open …", "click, view, visit, open …")),
    ),
    time="at",
    listed_in=("touches",),
    personal=("customer",),
)  # fmt: skip
