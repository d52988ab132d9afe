"""Labels: one row per interaction and judge, the model or a person, side by side."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="labels",
    name=Text("Labels", "Label"),
    meaning=Text(
        "One row per interaction and judge: what the model said of it and what a person said, kept side by side so that each can be held against the other.",
        "Satu baris per interaksi dan pemberi label: kata model dan kata orang, disimpan berdampingan supaya bisa dibandingkan."),
    columns=(
        Column("interaction", "text", "key", Text("the interaction", "interaksi")),
        Column("judge", "text", "key", Text("model or person", "model atau person (orang)")),
        Column("at", "moment", "attribute", Text("when the interaction was written", "saat interaksi ditulis")),
        Column("sentiment", "text", "attribute", Text("positive, neutral or negative", "positive, neutral, atau negative")),
        Column("confidence", "float", "average", Text("probability of that sentiment, 0 to 1", "peluang sentimen itu, 0 sampai 1")),
        Column("positive_probability", "float", "average", Text("probability that it is positive", "peluang bernada positif")),
        Column("negative_probability", "float", "average", Text("probability that it is negative", "peluang bernada negatif")),
        Column("doubt", "text", "attribute", Text("why a person should look: low, both, irony, empty, language (one the model does not know); else nothing", "alasan perlu dilihat orang: low, both, irony, empty, language (bahasa yang tidak dikenal model); bila tidak, kosong")),
        Column("says", "text", "attribute", Text("question, complaint, praise, wish, parted by commas", "question, complaint, praise, wish, dipisah koma")),
        Column("language", "text", "attribute", Text("id, en, ms, jv, su, mixed or none", "id, en, ms, jv, su, mixed, atau none")),
        Column("language_confidence", "float", "average", Text("probability of that language", "peluang bahasa itu")),
        Column("topic", "text", "attribute", Text("main topic", "topik utama")),
        Column("topics", "text", "attribute", Text("all topics, parted by commas", "semua topik, dipisah koma")),
        Column("masked", "text", "attribute", Text("the text with personal data masked, for display", "teks dengan data pribadi disamarkan, untuk ditampilkan")),
        Column("drawn", "text", "attribute", Text("for a person's label: random, doubtful or chosen", "untuk label orang: random (acak), doubtful (diragukan), atau chosen (dipilih)")),
        Column("person", "text", "attribute", Text("who labelled it", "pemberi label")),
        Column("model", "text", "attribute", Text("the model", "model")),
        Column("model_version", "text", "attribute", Text("its version", "versinya")),
    ),
    time="at",
    personal=("masked", "person"),
)  # fmt: skip
