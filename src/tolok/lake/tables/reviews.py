"""Big reviews of KPIs: keep, change or retire each."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="reviews",
    name=Text("Reviews", "Tinjauan"),
    meaning=Text(
        "One row per KPI of a review of half a year or a year.",
        "Satu baris per KPI dalam tinjauan semester atau tahun.",
    ),
    columns=(
        Column("review", "text", "key", Text("the period reviewed, such as 2026-H1", "periode yang ditinjau, misalnya 2026-H1")),
        Column("kpi", "text", "key", Text("the key of the KPI", "kunci KPI")),
        Column("day", "date", "attribute", Text("the day of the review", "hari tinjauan")),
        Column("state", "text", "attribute", Text("how the KPI stood", "penilaian KPI saat itu")),
        Column("value", "float", "attribute", Text("its value, in the unit of its metric", "nilainya, dalam satuan metriknya")),
        Column("target", "float", "attribute", Text("its target", "targetnya")),
        Column("verdict", "text", "attribute", Text("keep, change or retire", "pertahankan, ubah, atau hentikan")),
        Column("evidence", "text", "attribute", Text("what the verdict rests on", "dasar keputusannya")),
        Column("note", "text", "attribute", Text("what was said", "catatannya")),
        Column("made_by", "text", "attribute", Text("who decided", "siapa yang memutuskan")),
    ),
    time="day",
    personal=("made_by",),
)  # fmt: skip
