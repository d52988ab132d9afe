"""Actions: one row per action somebody owes: of a post-mortem, a check, a review, a meeting."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="actions",
    name=Text("Actions", "Tindak lanjut"),
    meaning=Text(
        "One row per action somebody owes: of a post-mortem, a check, a review, a meeting.",
        "Satu baris per tindak lanjut: dari telaah insiden, pengecekan, tinjauan, rapat."),
    columns=(
        Column("action", "text", "key", Text("the action", "tindak lanjut")),
        Column("origin", "text", "attribute", Text("postmortem, kpi_check, review, meeting …", "postmortem, kpi_check, review, meeting …")),
        Column("subject", "text", "attribute", Text("of which post-mortem, check …", "dari telaah insiden, pengecekan … yang mana")),
        Column("what", "text", "attribute", Text("what is to be done", "yang harus dikerjakan")),
        Column("owner", "text", "attribute", Text("who owes it", "penanggung jawab")),
        Column("due_on", "date", "attribute", Text("by when", "paling lambat")),
        Column("done_on", "date", "attribute", Text("day it was done; empty when not yet", "hari selesai; kosong bila belum")),
    ),
    time="due_on",
    personal=("owner",),
)  # fmt: skip
