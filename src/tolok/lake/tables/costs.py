"""Costs: one row per cost: adverts, fees, product, staff, tools, tax."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="costs",
    name=Text("Costs", "Biaya"),
    meaning=Text(
        "One row per cost: adverts, fees, product, staff, tools, tax.",
        "Satu baris per biaya: iklan, honor, produk, tenaga, alat, pajak."),
    columns=(
        Column("cost", "text", "key", Text("the cost: your number for it", "biaya: nomor dari Anda")),
        Column("day", "date", "attribute", Text("day it counts on", "hari dicatatnya")),
        Column("campaign", "text", "attribute", Text("campaign", "kampanye")),
        Column("line", "text", "attribute", Text("budget line", "pos anggaran")),
        Column("kind", "text", "attribute", Text("ads, fee, product, commission, staff, tools, tax, other", "ads, fee, product, commission, staff, tools, tax, other")),
        Column("platform", "text", "attribute", Text("platform", "platform")),
        Column("channel", "text", "attribute", Text("channel", "saluran")),
        Column("partnership", "text", "attribute", Text("partnership", "kemitraan")),
        Column("goal", "text", "attribute", Text("marketing goal it serves", "tujuan pemasaran yang dilayani")),
        Column("amount", "money", "flow", Text("what it costs, tax included if you count it so", "besarnya, termasuk pajak bila dihitung begitu")),
        Column("currency", "text", "attribute", Text("currency", "mata uang")),
    ),
    time="day",
)  # fmt: skip
