"""Posts of employees: one row per post an employee made about the brand."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="advocacy_posts",
    name=Text("Posts of employees", "Unggahan karyawan"),
    meaning=Text(
        "One row per post an employee made about the brand.",
        "Satu baris per unggahan karyawan tentang merek."),
    columns=(
        Column("post", "text", "key", Text("the post", "unggahan")),
        Column("employee", "text", "attribute", Text("who, pseudonymous", "siapa, disamarkan")),
        Column("published_at", "moment", "attribute", Text("when", "waktu")),
        Column("platform", "text", "attribute", Text("platform", "platform")),
        Column("campaign", "text", "attribute", Text("campaign", "kampanye")),
        Column("views", "int", "lifetime", Text("views", "tayangan")),
        Column("interactions", "int", "lifetime", Text("reactions, comments, shares", "reaksi, komentar, dibagikan")),
        Column("link_clicks", "int", "lifetime", Text("clicks on a link", "klik tautan")),
    ),
    time="published_at",
    personal=("employee",),
)  # fmt: skip
