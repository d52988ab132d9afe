"""Training: one row per course and employee."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="training",
    name=Text("Training", "Pelatihan"),
    meaning=Text(
        "One row per course and employee.",
        "Satu baris per pelatihan dan karyawan."),
    columns=(
        Column("training", "text", "key", Text("the course", "pelatihan")),
        Column("employee", "text", "key", Text("who", "siapa")),
        Column("planned_on", "date", "attribute", Text("day planned", "hari rencana")),
        Column("done_on", "date", "attribute", Text("day done; empty when not yet", "hari selesai; kosong bila belum")),
        Column("hours", "float", "flow", Text("hours it takes", "lamanya dalam jam")),
        Column("team", "text", "attribute", Text("team", "tim")),
        Column("topic", "text", "attribute", Text("what it teaches", "materinya")),
    ),
    time="planned_on",
    personal=("employee",),
)  # fmt: skip
