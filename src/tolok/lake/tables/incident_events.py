"""Timeline of incidents: one row per thing that happened or was done in an incident."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="incident_events",
    name=Text("Timeline of incidents", "Linimasa insiden"),
    meaning=Text(
        "One row per thing that happened or was done in an incident.",
        "Satu baris per kejadian atau tindakan dalam insiden."),
    columns=(
        Column("incident", "text", "key", Text("the incident", "insiden")),
        Column("event", "text", "key", Text("the event", "kejadian")),
        Column("at", "moment", "attribute", Text("when", "waktu")),
        Column("kind", "text", "attribute", Text("detected, acknowledged, posted, escalated, resolved, note …", "detected, acknowledged, posted, escalated, resolved, note …")),
        Column("by_whom", "text", "attribute", Text("who", "siapa")),
        Column("what", "text", "attribute", Text("what", "apa")),
    ),
    time="at",
    personal=("by_whom",),
)  # fmt: skip
