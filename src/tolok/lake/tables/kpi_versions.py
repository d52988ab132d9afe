"""KPIs as they were written: every change is a new version."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="kpi_versions",
    name=Text("KPI versions", "Versi KPI"),
    meaning=Text(
        "One row per version of a KPI: its whole definition, from when, by whom and why.",
        "Satu baris per versi KPI: seluruh isinya, sejak kapan, oleh siapa, dan mengapa.",
    ),
    columns=(
        Column("kpi", "text", "key", Text("the key of the KPI", "kunci KPI")),
        Column("version", "int", "key", Text("1 for the first, then counting", "1 untuk yang pertama, lalu berurutan")),
        Column("made_at", "moment", "attribute", Text("when the version was made", "saat versi dibuat")),
        Column("name", "text", "attribute", Text("the name of the KPI", "nama KPI")),
        Column("metric", "text", "attribute", Text("the metric it promises", "metrik yang dijanjikan")),
        Column("state", "text", "attribute", Text("draft, active or retired", "draf, aktif, atau dihentikan")),
        Column("area", "text", "attribute", Text("the area it belongs to", "area tanggung jawabnya")),
        Column("owner", "text", "attribute", Text("who answers for it", "penanggung jawab")),
        Column("rhythm", "text", "attribute", Text("how often it is checked", "ritme pengecekannya")),
        Column("definition", "text", "attribute", Text("the KPI as a table of a KPI file", "KPI sebagai tabel berkas KPI")),
        Column("made_by", "text", "attribute", Text("who made the change", "siapa yang mengubah")),
        Column("note", "text", "attribute", Text("why it was changed", "mengapa diubah")),
    ),
    time="made_at",
    personal=("owner", "made_by"),
)  # fmt: skip
