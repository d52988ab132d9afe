"""Post-mortems: one row per post-mortem owed for an incident."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="postmortems",
    name=Text("Post-mortems", "Telaah insiden"),
    meaning=Text(
        "One row per post-mortem owed for an incident.",
        "Satu baris per telaah insiden yang wajib dibuat untuk insiden."),
    columns=(
        Column("postmortem", "text", "key", Text("the post-mortem", "telaah insiden")),
        Column("incident", "text", "attribute", Text("incident", "insiden")),
        Column("due_on", "date", "attribute", Text("day by which it is to be held", "batas hari pelaksanaan")),
        Column("held_on", "date", "attribute", Text("day it was held; empty when not yet", "hari dilaksanakan; kosong bila belum")),
        Column("cause", "text", "attribute", Text("cause found", "penyebab yang ditemukan")),
        Column("learning", "text", "attribute", Text("what was learnt", "pelajarannya")),
    ),
    time="due_on",
)  # fmt: skip
