"""Lifetime values: one row per customer and day of valuation."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="lifetime_values",
    name=Text("Lifetime values", "Nilai seumur pelanggan"),
    meaning=Text(
        "One row per customer and day of valuation: what the customer is expected to bring yet.",
        "Satu baris per pelanggan dan hari penilaian: yang masih diharapkan dari pelanggan."),
    columns=(
        Column("customer", "text", "key", Text("who, pseudonymous", "siapa, disamarkan")),
        Column("as_of", "date", "key", Text("day of the valuation", "hari penilaian")),
        Column("past_value", "money", "flow", Text("what the customer brought so far", "nilai yang sudah dibawa pelanggan")),
        Column("expected_value", "money", "flow", Text("what is expected within the horizon", "yang diharapkan dalam rentang itu")),
        Column("expected_low", "money", "attribute", Text("lower end of the interval of that expectation", "batas bawah rentang perkiraan itu")),
        Column("expected_high", "money", "attribute", Text("upper end of the interval of that expectation", "batas atas rentang perkiraan itu")),
        Column("alive_probability", "float", "average", Text("probability that the customer still buys", "peluang pelanggan masih membeli")),
        Column("horizon_days", "int", "attribute", Text("horizon in days", "rentang dalam hari")),
        Column("currency", "text", "attribute", Text("currency", "mata uang")),
        Column("channel", "text", "attribute", Text("channel that won the customer", "saluran yang mendatangkan pelanggan")),
        Column("platform", "text", "attribute", Text("platform that won the customer", "platform yang mendatangkan pelanggan")),
        Column("is_social", "bool", "attribute", Text("whether social media won the customer", "apakah didatangkan media sosial")),
        Column("model", "text", "attribute", Text("model", "model")),
        Column("model_version", "text", "attribute", Text("its version", "versinya")),
    ),
    time="as_of",
    personal=("customer",),
)  # fmt: skip
