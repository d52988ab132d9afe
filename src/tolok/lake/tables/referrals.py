"""Friends brought by fans: one row per friend a fan or customer brought."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="referrals",
    name=Text("Friends brought by fans", "Teman yang diajak penggemar"),
    meaning=Text(
        "One row per friend a fan or customer brought: by code, link, invitation.",
        "Satu baris per teman yang diajak penggemar atau pelanggan: lewat kode, tautan, undangan."),
    columns=(
        Column("referral", "text", "key", Text("the referral", "rujukan")),
        Column("at", "moment", "attribute", Text("when", "waktu")),
        Column("referred", "text", "attribute", Text("who came, pseudonymous", "siapa yang datang, disamarkan")),
        Column("referred_by", "text", "attribute", Text("who brought them, pseudonymous", "siapa yang mengajak, disamarkan")),
        Column("platform", "text", "attribute", Text("platform", "platform")),
        Column("campaign", "text", "attribute", Text("campaign", "kampanye")),
        Column("became_customer", "bool", "attribute", Text("whether they bought", "apakah membeli")),
    ),
    time="at",
    personal=("referred", "referred_by",),
)  # fmt: skip
