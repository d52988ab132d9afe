"""Reports delivered: one row per report and edition."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="report_deliveries",
    name=Text("Reports delivered", "Laporan terkirim"),
    meaning=Text(
        "One row per report and edition.",
        "Satu baris per laporan dan edisi."),
    columns=(
        Column("report", "text", "key", Text("the report", "laporan")),
        Column("edition", "text", "key", Text("the edition, say 2026-10", "edisi, misalnya 2026-10")),
        Column("due_at", "moment", "attribute", Text("when it was due", "tenggatnya")),
        Column("delivered_at", "moment", "attribute", Text("when it was delivered; empty when not yet", "saat terkirim; kosong bila belum")),
        Column("readers", "int", "flow", Text("people it went to", "jumlah penerima")),
        Column("opened_by", "int", "flow", Text("of them who opened it", "penerima yang membukanya")),
        Column("ratings", "int", "flow", Text("ratings given", "jumlah penilaian")),
        Column("rating_sum", "float", "flow", Text("sum of the ratings, 1 to 5", "jumlah nilai, 1 sampai 5")),
        Column("corrections", "int", "flow", Text("figures corrected after delivery", "angka yang dikoreksi setelah terkirim")),
    ),
    time="due_at",
)  # fmt: skip
