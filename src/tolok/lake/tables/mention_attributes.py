"""Brand attributes in mentions: one row per mention and brand attribute it carries."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="mention_attributes",
    name=Text("Brand attributes in mentions", "Atribut merek dalam sebutan"),
    meaning=Text(
        "One row per mention and brand attribute it carries.",
        "Satu baris per sebutan dan atribut merek yang dibawanya."),
    columns=(
        Column("interaction", "text", "key", Text("the mention", "sebutan")),
        Column("attribute", "text", "key", Text("the attribute: cheap, friendly, halal …", "atribut: murah, ramah, halal …")),
        Column("at", "moment", "attribute", Text("when", "waktu")),
        Column("platform", "text", "attribute", Text("platform", "platform")),
        Column("subject", "text", "attribute", Text("who is spoken of", "siapa yang dibicarakan")),
        Column("subject_relation", "text", "attribute", Text("own or competitor", "own (merek sendiri) atau competitor (pesaing)")),
        Column("is_wanted", "bool", "attribute", Text("whether the brand wants to be known for it", "apakah diinginkan merek")),
        Column("sentiment", "text", "attribute", Text("sentiment towards it", "sentimen terhadapnya")),
    ),
    time="at",
)  # fmt: skip
