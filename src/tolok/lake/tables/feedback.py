"""Feedback: one row per thing learnt from the community, and the change it led to."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="feedback",
    name=Text("Feedback", "Masukan"),
    meaning=Text(
        "One row per thing learnt from the community, and the change it led to.",
        "Satu baris per hal yang dipelajari dari komunitas dan perubahan yang dihasilkannya."),
    columns=(
        Column("feedback", "text", "key", Text("the item of feedback", "butir masukan")),
        Column("account", "text", "attribute", Text("the account it came in on", "akun tempat masuknya")),
        Column("platform", "text", "attribute", Text("the platform it came in on", "platform tempat masuknya")),
        Column("noted_at", "moment", "attribute", Text("when it was noted", "saat dicatat")),
        Column("topic", "text", "attribute", Text("topic", "topik")),
        Column("what", "text", "attribute", Text("what people said", "yang dikatakan orang")),
        Column("conversation", "text", "attribute", Text("conversation it came from", "percakapan asalnya")),
        Column("change", "text", "attribute", Text("the change it was carried into, named", "perubahan yang dihasilkan, disebut namanya")),
        Column("changed_on", "date", "attribute", Text("day the change was made", "hari perubahan dibuat")),
        Column("team", "text", "attribute", Text("team that made the change", "tim yang mengubah")),
    ),
    time="noted_at",
)  # fmt: skip
