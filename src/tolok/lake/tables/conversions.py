"""Conversions and leads: one row per wanted action: lead, sign-up, purchase, visit."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="conversions",
    name=Text("Conversions and leads", "Konversi dan prospek"),
    meaning=Text(
        "One row per wanted action: lead, sign-up, purchase, visit.",
        "Satu baris per tindakan yang diinginkan: prospek, pendaftaran, pembelian, kunjungan."),
    columns=(
        Column("conversion", "text", "key", Text("the conversion", "konversi")),
        Column("at", "moment", "attribute", Text("when it happened", "saat terjadi")),
        Column("kind", "text", "attribute", Text("lead, sign_up, purchase, visit or your own word", "lead, sign_up, purchase, visit, atau istilah sendiri")),
        Column("stage", "text", "attribute", Text("for a lead: new, qualified, won, lost", "untuk prospek: new, qualified, won, lost")),
        Column("qualified_at", "moment", "attribute", Text("when a lead was found fit", "saat prospek dinyatakan layak")),
        Column("campaign", "text", "attribute", Text("campaign", "kampanye")),
        Column("objective", "text", "attribute", Text("objective of the campaign", "tujuan kampanye")),
        Column("platform", "text", "attribute", Text("platform it came from", "platform asal")),
        Column("channel", "text", "attribute", Text("channel it came by (organic_social, paid_social, search …)", "saluran asal (organic_social, paid_social, search …)")),
        Column("utm_source", "text", "attribute", Text("utm_source", "utm_source")),
        Column("medium", "text", "attribute", Text("utm_medium", "utm_medium")),
        Column("content", "text", "attribute", Text("utm_content: usually the post", "utm_content: biasanya unggahan")),
        Column("partnership", "text", "attribute", Text("partnership it came through", "kemitraan asalnya")),
        Column("customer", "text", "attribute", Text("who, pseudonymous", "siapa, disamarkan")),
        Column("referred_by", "text", "attribute", Text("customer or fan who brought them", "pelanggan atau penggemar yang mengajak")),
        Column("value", "money", "flow", Text("what it is worth", "nilainya")),
        Column("currency", "text", "attribute", Text("currency of the value", "mata uang nilai")),
        Column("is_social", "bool", "attribute", Text("whether it came from social media; empty when not known", "apakah dari media sosial; kosong bila tidak diketahui")),
    ),
    time="at",
    listed_in=("conversions",),
    personal=("customer",),
)  # fmt: skip
