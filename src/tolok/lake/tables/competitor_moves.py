"""Moves of competitors: one row per move of a competitor or the industry."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="competitor_moves",
    name=Text("Moves of competitors", "Langkah pesaing"),
    meaning=Text(
        "One row per move of a competitor or the industry.",
        "Satu baris per langkah pesaing atau industri."),
    columns=(
        Column("move", "text", "key", Text("the move", "langkah")),
        Column("noticed_at", "moment", "attribute", Text("when it was noticed", "saat diketahui")),
        Column("competitor", "text", "attribute", Text("who", "siapa")),
        Column("kind", "text", "attribute", Text("campaign, price, product, content, platform change …", "campaign, price, product, content, platform change …")),
        Column("what", "text", "attribute", Text("what they did", "yang dilakukan")),
        Column("decision", "text", "attribute", Text("answer, watch, ignore; empty while open", "answer, watch, ignore; kosong bila belum diputuskan")),
        Column("decided_at", "moment", "attribute", Text("when it was decided", "saat diputuskan")),
        Column("responded_at", "moment", "attribute", Text("when our answer was out", "saat tanggapan kita keluar")),
        Column("respond_hours", "float", "flow", Text("hours from noticing to our answer", "jam dari diketahui sampai tanggapan kita")),
        Column("response", "text", "attribute", Text("our answer", "tanggapan kita")),
    ),
    time="noticed_at",
)  # fmt: skip
