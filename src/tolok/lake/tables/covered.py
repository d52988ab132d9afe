"""Days a file speaks of: where a row that is not there is known not to exist."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="covered",
    name=Text("Days covered by files", "Hari yang tercakup berkas"),
    meaning=Text(
        "One row per account, table and run of days of which a file lists everything; inside it "
        "no row means none, outside it nothing is known.",
        "Satu baris per akun, tabel, dan rentang hari yang isinya disebut lengkap oleh suatu "
        "berkas; di dalamnya tanpa baris berarti tidak ada, di luarnya tidak diketahui."),
    columns=(
        Column("account", "text", "key", Text(
            "the account, empty for tables that name none",
            "akunnya, kosong untuk tabel tanpa akun")),
        Column("listed", "text", "key", Text(
            "key of the table whose rows are listed", "kunci tabel yang barisnya didaftar")),
        Column("start", "date", "key", Text("first day", "hari pertama")),
        Column("until", "date", "key", Text(
            "the day after the last; the first day again where the file lists only some rows",
            "hari setelah hari terakhir; sama dengan hari pertama bila berkas hanya memuat sebagian")),
        Column("platform", "text", "attribute", Text("the platform", "platformnya")),
        Column("is_stated", "bool", "attribute", Text(
            "whether the file states its days; else they reach from its first to its last row",
            "apakah berkas menyebut harinya; jika tidak, dari baris pertama sampai terakhir")),
    ),
    time="start",
)  # fmt: skip
