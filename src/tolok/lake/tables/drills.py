"""Drills: one row per drill of a playbook."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="drills",
    name=Text("Drills", "Simulasi"),
    meaning=Text(
        "One row per drill of a playbook.",
        "Satu baris per simulasi panduan."),
    columns=(
        Column("drill", "text", "key", Text("the drill", "simulasi")),
        Column("playbook", "text", "attribute", Text("playbook", "panduan tindakan")),
        Column("due_on", "date", "attribute", Text("day planned", "hari rencana")),
        Column("held_on", "date", "attribute", Text("day held; empty when not yet", "hari dilaksanakan; kosong bila belum")),
        Column("respond_minutes", "float", "flow", Text("minutes to the first response", "menit sampai tanggapan pertama")),
        Column("target_minutes", "float", "attribute", Text("minutes allowed", "menit yang diperbolehkan")),
        Column("people", "int", "flow", Text("people who took part", "jumlah peserta")),
    ),
    time="due_on",
)  # fmt: skip
