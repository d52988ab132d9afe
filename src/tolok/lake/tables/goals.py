"""Marketing goals: one row per marketing goal."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="goals",
    name=Text("Marketing goals", "Tujuan pemasaran"),
    meaning=Text(
        "One row per marketing goal.",
        "Satu baris per tujuan pemasaran."),
    columns=(
        Column("goal", "text", "key", Text("the goal", "tujuan")),
        Column("name", "text", "attribute", Text("in words", "dalam kata-kata")),
        Column("kind", "text", "attribute", Text("brand awareness, engagement, leads, sales, loyalty, service …", "kesadaran merek, interaksi, prospek, penjualan, loyalitas, layanan …")),
        Column("starts", "date", "attribute", Text("from", "dari")),
        Column("ends", "date", "attribute", Text("last day; empty while open", "hari terakhir; kosong bila masih berlaku")),
        Column("owner", "text", "attribute", Text("who answers for it", "penanggung jawab")),
    ),
    time="starts",
    ends="ends",
)  # fmt: skip
