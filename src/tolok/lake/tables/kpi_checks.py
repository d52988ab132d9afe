"""Checks of KPIs: looks in their rhythm that end in a decision."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="kpi_checks",
    name=Text("KPI checks", "Pengecekan KPI"),
    meaning=Text(
        "One row per check of a KPI: what it showed and what was decided.",
        "Satu baris per pengecekan KPI: apa yang terlihat dan apa yang diputuskan.",
    ),
    columns=(
        Column("kpi", "text", "key", Text("the key of the KPI", "kunci KPI")),
        Column("day", "date", "key", Text("the day of the check", "hari pengecekan")),
        Column("due", "date", "attribute", Text("the last day on which the check is inside its rhythm", "hari terakhir pengecekan masih sesuai ritmenya")),
        Column("version", "int", "attribute", Text("the version of the KPI that was looked at", "versi KPI yang dilihat")),
        Column("verdict", "text", "attribute", Text("how it stood: achieved, on_track …", "penilaiannya: tercapai, sesuai jalur …")),
        Column("value", "float", "attribute", Text("its value, in the unit of its metric", "nilainya, dalam satuan metriknya")),
        Column("is_least", "bool", "attribute", Text("whether its value is only at least so much, since data was missing; empty counts as no", "apakah nilainya baru setidaknya sekian karena data belum lengkap; kosong berarti tidak")),
        Column("expected", "float", "attribute", Text("what was to be expected by then", "yang seharusnya saat itu")),
        Column("target", "float", "attribute", Text("its target at that time", "targetnya saat itu")),
        Column("odds", "float", "attribute", Text("the odds of reaching it, 0 to 1", "peluang tercapai, 0 sampai 1")),
        Column("data_until", "date", "attribute", Text("the day up to which there was data", "hari terakhir data tersedia")),
        Column("decision", "text", "attribute", Text("keep, act, adjust or stop", "lanjutkan, bertindak, sesuaikan, atau hentikan")),
        Column("note", "text", "attribute", Text("what was decided and why", "apa yang diputuskan dan mengapa")),
        Column("made_by", "text", "attribute", Text("who decided", "siapa yang memutuskan")),
    ),
    time="day",
    personal=("made_by",),
)  # fmt: skip
