"""Orders: one row per order of a pseudonymous customer."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="orders",
    name=Text("Orders", "Pesanan"),
    meaning=Text(
        "One row per order of a pseudonymous customer.",
        "Satu baris per pesanan dari pelanggan yang disamarkan."),
    columns=(
        Column("order", "text", "key", Text("the order", "pesanan")),
        Column("customer", "text", "attribute", Text("who bought, pseudonymous", "pembeli, disamarkan")),
        Column("ordered_at", "moment", "attribute", Text("when it was ordered", "saat dipesan")),
        Column("revenue", "money", "flow", Text("what was paid, without tax and shipping if known", "yang dibayar, tanpa pajak dan ongkir bila diketahui")),
        Column("margin", "money", "flow", Text("what is left after the cost of the goods", "sisa setelah harga pokok")),
        Column("currency", "text", "attribute", Text("currency", "mata uang")),
        Column("is_first", "bool", "attribute", Text("whether it is the customer's first order", "apakah pesanan pertama pelanggan")),
        Column("is_refunded", "bool", "attribute", Text("whether it was refunded", "apakah dikembalikan")),
        Column("channel", "text", "attribute", Text("channel it came by", "saluran asal")),
        Column("platform", "text", "attribute", Text("platform it came from", "platform asal")),
        Column("medium", "text", "attribute", Text("utm_medium", "utm_medium")),
        Column("campaign", "text", "attribute", Text("campaign", "kampanye")),
        Column("partnership", "text", "attribute", Text("partnership or code it came through", "kemitraan atau kode asalnya")),
        Column("coupon", "text", "attribute", Text("coupon", "kupon")),
        Column("referred_by", "text", "attribute", Text("customer or fan who brought the buyer", "pelanggan atau penggemar yang mengajak")),
        Column("is_social", "bool", "attribute", Text("whether it is traced to social media", "apakah terlacak ke media sosial")),
    ),
    time="ordered_at",
    listed_in=("orders",),
    personal=("customer",),
)  # fmt: skip
