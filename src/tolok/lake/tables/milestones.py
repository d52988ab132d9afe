"""Milestones: one row per milestone of a campaign."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="milestones",
    name=Text("Milestones", "Tonggak"),
    meaning=Text(
        "One row per milestone of a campaign.",
        "Satu baris per tonggak kampanye."),
    columns=(
        Column("milestone", "text", "key", Text("the milestone", "tonggak")),
        Column("campaign", "text", "attribute", Text("campaign", "kampanye")),
        Column("name", "text", "attribute", Text("what is to be reached", "yang harus dicapai")),
        Column("due", "date", "attribute", Text("planned day", "hari rencana")),
        Column("forecast", "date", "attribute", Text("day now expected", "hari yang kini diperkirakan")),
        Column("done_on", "date", "attribute", Text("day reached; empty when not yet", "hari tercapai; kosong bila belum")),
        Column("owner", "text", "attribute", Text("who answers for it", "penanggung jawab")),
    ),
    time="due",
)  # fmt: skip
