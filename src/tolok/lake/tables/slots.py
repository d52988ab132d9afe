"""Slots of the calendar: one row per planned publication."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="slots",
    name=Text("Slots of the calendar", "Slot kalender"),
    meaning=Text(
        "One row per planned publication.",
        "Satu baris per rencana terbit."),
    columns=(
        Column("slot", "text", "key", Text("the slot", "slot")),
        Column("due_at", "moment", "attribute", Text("when it is to be published", "jadwal terbit")),
        Column("account", "text", "attribute", Text("account", "akun")),
        Column("platform", "text", "attribute", Text("platform", "platform")),
        Column("state", "text", "attribute", Text("planned, published, missed, cancelled", "planned, published, missed, cancelled")),
        Column("published_at", "moment", "attribute", Text("when it was published", "saat terbit")),
        Column("post", "text", "attribute", Text("the post it became", "unggahan hasilnya")),
        Column("kind", "text", "attribute", Text("kind of content", "jenis konten")),
        Column("pillar", "text", "attribute", Text("content pillar", "pilar konten")),
        Column("campaign", "text", "attribute", Text("campaign", "kampanye")),
        Column("goal", "text", "attribute", Text("marketing goal it serves", "tujuan pemasaran yang dilayani")),
        Column("strategy", "text", "attribute", Text("strategy it puts to work", "strategi yang dijalankan")),
        Column("trend", "text", "attribute", Text("trend it takes up", "tren yang diangkat")),
        Column("minutes_late", "float", "flow", Text("minutes from the due moment to publication; negative when early", "menit dari jadwal sampai terbit; negatif bila lebih awal")),
        Column("gap_hours", "float", "flow", Text("hours since the publication before on the account", "jam sejak terbitan sebelumnya di akun itu")),
    ),
    time="due_at",
)  # fmt: skip
