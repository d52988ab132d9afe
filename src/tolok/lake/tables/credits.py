"""Credits: one row per conversion, model of attribution and what is credited."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="credits",
    name=Text("Credits", "Kredit"),
    meaning=Text(
        "One row per conversion, model of attribution and what is credited: shares of one conversion add up to one within a model.",
        "Satu baris per konversi, model atribusi, dan penerima kredit: bagian dari satu konversi berjumlah satu dalam satu model."),
    columns=(
        Column("conversion", "text", "key", Text("the conversion or order", "konversi atau pesanan")),
        Column("model", "text", "key", Text("the model: last, first, linear, position, time_decay, markov, shapley", "model: last, first, linear, position, time_decay, markov, shapley")),
        Column("item", "text", "key", Text("what is credited: a touch, or a label such as a channel", "penerima kredit: sentuhan atau label seperti saluran")),
        Column("at", "moment", "attribute", Text("moment of the conversion", "saat konversi")),
        Column("model_version", "text", "attribute", Text("version of the model", "versi model")),
        Column("channel", "text", "attribute", Text("channel credited", "saluran penerima")),
        Column("platform", "text", "attribute", Text("platform credited", "platform penerima")),
        Column("campaign", "text", "attribute", Text("campaign credited", "kampanye penerima")),
        Column("partnership", "text", "attribute", Text("partnership credited", "kemitraan penerima")),
        Column("post", "text", "attribute", Text("post or advert credited", "unggahan atau iklan penerima")),
        Column("share", "float", "flow", Text("share of the conversion, 0 to 1", "bagian dari konversi, 0 sampai 1")),
        Column("value", "money", "flow", Text("share of its value", "bagian dari nilainya")),
        Column("currency", "text", "attribute", Text("currency", "mata uang")),
    ),
    time="at",
)  # fmt: skip
