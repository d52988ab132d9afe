"""Website traffic by source, as the analytics tool reports it."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="site_traffic",
    name=Text("Website traffic", "Lalu lintas situs"),
    meaning=Text(
        "One row per property, period, dimension and segment.",
        "Satu baris per properti, periode, dimensi, dan segmen.",
    ),
    columns=(
        Column("account", "text", "key", Text("the analytics property", "properti analitik")),
        Column("start", "date", "key", Text("first day", "hari pertama")),
        Column(
            "until", "date", "key", Text("the day after the last", "hari setelah hari terakhir")
        ),
        Column(
            "dimension",
            "text",
            "key",
            Text(
                "what segments the row: total, channel, source_medium, page, event, country "
                "and others",
                "pembagi baris: total, channel, sumber, halaman, peristiwa, dan lainnya",
            ),
        ),
        Column("segment", "text", "key", Text("the segment", "segmen")),
        Column(
            "platform",
            "text",
            "attribute",
            Text("the platform the account is on", "platform tempat akun berada"),
        ),
        Column("sessions", "int", "flow", Text("sessions", "sesi")),
        Column(
            "engaged_sessions", "int", "flow", Text("engaged sessions", "sesi dengan interaksi")
        ),
        Column("users", "int", "unique", Text("all users", "semua pengguna")),
        Column("active_users", "int", "unique", Text("active users", "pengguna aktif")),
        Column("new_users", "int", "unique", Text("new users", "pengguna baru")),
        Column("returning_users", "int", "unique", Text("returning users", "pengguna kembali")),
        Column(
            "views", "int", "flow", Text("pages or screens viewed", "halaman atau layar dilihat")
        ),
        Column("events", "int", "flow", Text("events", "peristiwa")),
        Column(
            "key_events",
            "float",
            "flow",
            Text("key events (conversions)", "peristiwa utama (konversi)"),
        ),
        Column(
            "engagement_seconds",
            "float",
            "flow",
            Text("time of engagement, seconds", "lama interaksi, detik"),
        ),
        Column("revenue", "money", "flow", Text("total revenue", "total pendapatan")),
        Column(
            "currency", "text", "attribute", Text("currency of the revenue", "mata uang pendapatan")
        ),
        Column(
            "engagement_rate_stated",
            "float",
            "ratio",
            Text(
                "engagement rate as the file states it; a check only",
                "tingkat interaksi menurut berkas; hanya untuk pemeriksaan",
            ),
        ),
    ),
    time="start",
)
