"""Trends: one row per trend noticed."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="trends",
    name=Text("Trends", "Tren"),
    meaning=Text(
        "One row per trend noticed.",
        "Satu baris per tren yang terlihat."),
    columns=(
        Column("trend", "text", "key", Text("the trend", "tren")),
        Column("platform", "text", "attribute", Text("platform", "platform")),
        Column("noticed_at", "moment", "attribute", Text("when it was noticed", "saat diketahui")),
        Column("decision", "text", "attribute", Text("take_up, watch, leave", "take_up (angkat), watch (pantau), leave (lewati)")),
        Column("taken_up_at", "moment", "attribute", Text("when our first content about it went out", "saat konten pertama kita tentangnya terbit")),
        Column("lead_hours", "float", "flow", Text("hours from noticing to content", "jam dari terlihat sampai konten terbit")),
        Column("post", "text", "attribute", Text("first post about it", "unggahan pertama tentangnya")),
        Column("faded_at", "moment", "attribute", Text("when it had faded", "saat tren mereda")),
    ),
    time="noticed_at",
)  # fmt: skip
