"""Trends read from series: one row per KPI or metric and day its series was analysed."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="trend_readings",
    name=Text("Trends read from series", "Pembacaan tren"),
    meaning=Text(
        "One row per KPI or metric and day its series was analysed: trend, season, shifts of level.",
        "Satu baris per KPI atau metrik dan hari deretnya dianalisis: tren, musim, pergeseran level."),
    columns=(
        Column("metric", "text", "key", Text("the metric or KPI", "metrik atau KPI")),
        Column("as_of", "date", "key", Text("the day it was analysed", "hari dianalisis")),
        Column("scope", "text", "attribute", Text("what it was read over: an account, a platform", "cakupannya: akun atau platform")),
        Column("slope", "float", "average", Text("trend per week as a share of the level", "tren per minggu sebagai bagian dari level")),
        Column("season_strength", "float", "average", Text("strength of the season, 0 to 1", "kekuatan musim, 0 sampai 1")),
        Column("shifts", "int", "flow", Text("shifts of level found", "pergeseran level yang ditemukan")),
        Column("is_enough", "bool", "attribute", Text("whether the history was long enough to read", "apakah riwayatnya cukup panjang untuk dibaca")),
        Column("words", "text", "attribute", Text("the finding in a sentence", "temuannya dalam satu kalimat")),
        Column("model", "text", "attribute", Text("what read it", "pembacanya")),
    ),
    time="as_of",
)  # fmt: skip
