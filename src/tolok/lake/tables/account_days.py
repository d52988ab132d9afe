"""Days of accounts: flows, levels and unique people per account and day."""

from tolok.base import Text

from ..measured import measured
from ..table import Column, Table

TABLE = Table(
    key="account_days",
    name=Text("Days of accounts", "Hari akun"),
    meaning=Text(
        "One row per account and day: what happened that day and where the levels stood.",
        "Satu baris per akun dan hari: apa yang terjadi dan posisi level saat itu.",
    ),
    columns=(
        Column(
            "account",
            "text",
            "key",
            Text(
                "the account: platform:handle or platform:id",
                "akun: platform:nama atau platform:id",
            ),
        ),
        Column(
            "day", "date", "key", Text("the day, as the platform cuts it", "hari, menurut platform")
        ),
        Column(
            "platform",
            "text",
            "attribute",
            Text("the platform the account is on", "platform tempat akun berada"),
        ),
        Column(
            "followers",
            "int",
            "level",
            Text("followers at the end of the day", "pengikut di akhir hari"),
        ),
        Column("followers_gained", "int", "flow", Text("new followers", "pengikut baru")),
        Column("followers_lost", "int", "flow", Text("followers lost", "pengikut hilang")),
        Column(
            "followers_net",
            "int",
            "flow",
            Text(
                "new less lost followers; may be negative",
                "pengikut baru dikurangi yang hilang; bisa negatif",
            ),
        ),
        *measured(
            "flow",
            "views",
            "impressions",
            "reach",
            "interactions",
            "reactions",
            "likes",
            "comments",
            "shares",
            "saves",
            "clicks",
            "link_clicks",
            "profile_visits",
            "video_views",
            "engaged_views",
            "watch_seconds",
            "posts_published",
        ),
        Column("messages_received", "int", "flow", Text("messages received", "pesan masuk")),
        Column("messages_sent", "int", "flow", Text("messages sent", "pesan keluar")),
        Column("viewers", "int", "unique", Text("people who viewed", "orang yang menonton")),
        Column(
            "new_viewers",
            "int",
            "unique",
            Text("people who viewed for the first time", "penonton baru"),
        ),
        Column(
            "returning_viewers",
            "int",
            "unique",
            Text("people who viewed before", "penonton yang kembali"),
        ),
        Column(
            "mentions",
            "int",
            "flow",
            Text("times the account was mentioned", "berapa kali akun disebut"),
        ),
        Column(
            "revenue",
            "money",
            "flow",
            Text("estimated revenue from the platform", "perkiraan pendapatan dari platform"),
        ),
        Column(
            "currency",
            "text",
            "attribute",
            Text("currency of the money columns", "mata uang kolom uang"),
        ),
    ),
    time="day",
)
