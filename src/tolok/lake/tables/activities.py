"""Activities: what was expected before, and what came of it."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="activities",
    name=Text("Activities", "Aktivitas"),
    meaning=Text(
        "One row per activity: what it was to bring, what it cost, and the effect that was measured.",
        "Satu baris per aktivitas: apa yang diharapkan, biayanya, dan efek yang terukur.",
    ),
    columns=(
        Column("activity", "text", "key", Text("the key of the activity", "kunci aktivitas")),
        Column("start", "date", "attribute", Text("its first day", "hari pertamanya")),
        Column("until", "date", "attribute", Text("the day after its last", "hari setelah hari terakhir")),
        Column("name", "text", "attribute", Text("its name", "namanya")),
        Column("kpi", "text", "attribute", Text("the KPI it is to serve", "KPI yang didukungnya")),
        Column("metric", "text", "attribute", Text("the metric it is to move", "metrik yang hendak digerakkan")),
        Column("scope", "text", "attribute", Text("where, as TOML", "cakupannya, sebagai TOML")),
        Column("control", "text", "attribute", Text("what it does not touch, to compare with, as TOML", "pembanding yang tidak disentuhnya, sebagai TOML")),
        Column("expected", "float", "attribute", Text("the wanted effect as a share, 0.2 for 20 %", "efek yang diharapkan sebagai bagian, 0,2 berarti 20 %")),
        Column("cost", "money", "attribute", Text("what it cost", "biayanya")),
        Column("currency", "text", "attribute", Text("currency of the cost", "mata uang biayanya")),
        Column("made_by", "text", "attribute", Text("who is responsible", "penanggung jawabnya")),
        Column("verdict", "text", "attribute", Text("lift, drop, no_effect_seen or cannot_tell", "naik, turun, tak terlihat, atau tidak dapat dipastikan")),
        Column("effect", "float", "attribute", Text("the effect as a share of what would have been", "efek sebagai bagian dari yang mestinya terjadi")),
        Column("low", "float", "attribute", Text("the least it may be", "batas bawahnya")),
        Column("high", "float", "attribute", Text("the most it may be", "batas atasnya")),
        Column("power", "float", "attribute", Text("the odds that such an effect would be seen", "peluang efek seperti itu terlihat")),
        Column("gained", "float", "attribute", Text("units of the metric it brought", "satuan metrik yang dihasilkannya")),
        Column("scored_on", "date", "attribute", Text("the day it was scored", "hari penilaiannya")),
        Column("learned", "text", "attribute", Text("what the team learned", "pelajaran bagi tim")),
    ),
    time="start",
    personal=("made_by",),
)  # fmt: skip
