"""Experiments: one row per experiment."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="experiments",
    name=Text("Experiments", "Eksperimen"),
    meaning=Text(
        "One row per experiment.",
        "Satu baris per eksperimen."),
    columns=(
        Column("experiment", "text", "key", Text("the experiment", "eksperimen")),
        Column("name", "text", "attribute", Text("in words", "dalam kata-kata")),
        Column("hypothesis", "text", "attribute", Text("what was expected", "dugaan awal")),
        Column("metric", "text", "attribute", Text("metric it was judged by", "metrik penilainya")),
        Column("started_on", "date", "attribute", Text("day it began", "hari mulai")),
        Column("concluded_on", "date", "attribute", Text("day it was judged; empty while it runs", "hari dinilai; kosong bila masih berjalan")),
        Column("verdict", "text", "attribute", Text("won, lost, undecided", "won, lost, undecided")),
        Column("effect", "float", "average", Text("measured effect, as a share of what would have been", "pengaruh terukur, sebagai bagian dari keadaan tanpa eksperimen")),
        Column("effect_low", "float", "average", Text("lower end of its interval", "batas bawah rentangnya")),
        Column("effect_high", "float", "average", Text("upper end of its interval", "batas atas rentangnya")),
        Column("is_innovative", "bool", "attribute", Text("whether it tries something new to the team", "apakah hal baru bagi tim")),
        Column("campaign", "text", "attribute", Text("campaign", "kampanye")),
        Column("insight", "text", "attribute", Text("insight it was born of", "wawasan asalnya")),
        Column("platform", "text", "attribute", Text("platform", "platform")),
    ),
    time="concluded_on",
)  # fmt: skip
