"""Budgets."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="budgets",
    name=Text("Budgets", "Anggaran"),
    meaning=Text(
        "One row per budget line and the day its money is planned for (say the first of the month).",
        "Satu baris per pos anggaran dan hari rencananya (misalnya tanggal satu)."),
    columns=(
        Column("line", "text", "key", Text("budget line", "pos anggaran")),
        Column("day", "date", "key", Text("day the money is planned for", "hari rencana uangnya")),
        Column("campaign", "text", "attribute", Text("campaign", "kampanye")),
        Column("platform", "text", "attribute", Text("platform", "platform")),
        Column("goal", "text", "attribute", Text("marketing goal it serves", "tujuan pemasaran yang dilayani")),
        Column("kpi", "text", "attribute", Text("KPI it pays for", "KPI yang dibiayai")),
        Column("planned", "money", "flow", Text("money planned", "uang yang direncanakan")),
        Column("forecast", "money", "flow", Text("money now expected to be spent in all", "uang yang kini diperkirakan terpakai seluruhnya")),
        Column("currency", "text", "attribute", Text("currency", "mata uang")),
    ),
    time="day",
)  # fmt: skip
