"""Deliverables: one row per post a partnership owes."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="deliverables",
    name=Text("Deliverables", "Hasil kerja"),
    meaning=Text(
        "One row per post a partnership owes.",
        "Satu baris per unggahan yang harus dikerjakan kemitraan."),
    columns=(
        Column("deliverable", "text", "key", Text("the deliverable", "hasil kerja")),
        Column("partnership", "text", "attribute", Text("partnership", "kemitraan")),
        Column("account", "text", "attribute", Text("our account it works for", "akun kita yang dibantu")),
        Column("platform", "text", "attribute", Text("platform", "platform")),
        Column("campaign", "text", "attribute", Text("campaign", "kampanye")),
        Column("kind", "text", "attribute", Text("kind of content", "jenis konten")),
        Column("due_at", "moment", "attribute", Text("when it is due", "tenggatnya")),
        Column("published_at", "moment", "attribute", Text("when it was published", "saat terbit")),
        Column("post", "text", "attribute", Text("the post", "unggahan")),
        Column("is_disclosed", "bool", "attribute", Text("whether it says that it is paid", "apakah mengaku berbayar")),
        Column("is_agreed", "bool", "attribute", Text("whether it is as agreed", "apakah sesuai kesepakatan")),
        Column("views", "int", "lifetime", Text("views", "tayangan")),
        Column("reach", "int", "unique", Text("people reached", "orang terjangkau")),
        Column("interactions", "int", "lifetime", Text("reactions, comments, shares and saves", "reaksi, komentar, dibagikan, dan disimpan")),
        Column("link_clicks", "int", "lifetime", Text("clicks on a link to outside", "klik tautan ke luar")),
        Column("follows", "int", "lifetime", Text("follows it brought us", "pengikut yang didatangkan")),
        Column("usual_interactions", "float", "flow", Text("interactions the influencer's usual post brings", "interaksi unggahan biasa influencer itu")),
        Column("brand_interactions", "float", "flow", Text("interactions the brand's usual post brings", "interaksi unggahan biasa merek")),
    ),
    time="published_at",
)  # fmt: skip
