"""Insights: claims with a due date, scored when due."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="insights",
    name=Text("Insights", "Wawasan"),
    meaning=Text(
        "One row per claim: what will be, by when, how surely; and whether it came true.",
        "Satu baris per klaim: apa yang akan terjadi, kapan, seberapa yakin; dan apakah terbukti.",
    ),
    columns=(
        Column("insight", "text", "key", Text("the key of the claim", "kunci klaim")),
        Column("day", "date", "attribute", Text("the day it was made", "hari klaim dibuat")),
        Column("claim", "text", "attribute", Text("the claim in words", "klaim dalam kata-kata")),
        Column("metric", "text", "attribute", Text("the metric it speaks of", "metrik yang dibicarakan")),
        Column("scope", "text", "attribute", Text("platforms, accounts and filters, as TOML", "platform, akun, dan saringan, sebagai TOML")),
        Column("period", "text", "attribute", Text("the period it speaks of", "periode yang dibicarakan")),
        Column("side", "text", "attribute", Text("above or below", "di atas atau di bawah")),
        Column("line", "float", "attribute", Text("the value it must be above or below", "nilai yang harus dilampaui")),
        Column("odds", "float", "attribute", Text("how surely it was claimed, 0 to 1", "seberapa yakin klaimnya, 0 sampai 1")),
        Column("due", "date", "attribute", Text("the day it is scored", "hari penilaiannya")),
        Column("made_by", "text", "attribute", Text("who made it", "pembuatnya")),
        Column("strategy", "text", "attribute", Text("the strategy or experiment that came of it", "strategi atau eksperimen yang lahir darinya")),
        Column("outcome", "text", "attribute", Text("true, false or cannot_say", "terbukti, tidak, atau tidak dapat dinilai")),
        Column("actual", "float", "attribute", Text("the value that came", "nilai yang terjadi")),
        Column("scored_on", "date", "attribute", Text("the day it was scored", "hari penilaiannya")),
        Column("note", "text", "attribute", Text("why it cannot be said", "mengapa tidak dapat dinilai")),
    ),
    time="day",
    personal=("made_by",),
)  # fmt: skip
