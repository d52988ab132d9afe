"""Days of accounts: flows, levels and unique people per account and day."""

from tolok.base import Text

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
        Column(
            "views",
            "int",
            "flow",
            Text(
                "views: times shown or played, as the platform counts views",
                "tayangan menurut hitungan platform",
            ),
        ),
        Column(
            "impressions",
            "int",
            "flow",
            Text(
                "impressions: times shown, in the older or advertising sense",
                "impresi: berapa kali ditampilkan",
            ),
        ),
        Column(
            "reach",
            "int",
            "unique",
            Text("people who saw it at least once", "orang yang melihat setidaknya sekali"),
        ),
        Column(
            "interactions",
            "int",
            "flow",
            Text("the platform's own total of interactions", "total interaksi menurut platform"),
        ),
        Column(
            "reactions",
            "int",
            "flow",
            Text("reactions of every kind, likes included", "semua reaksi, termasuk suka"),
        ),
        Column("likes", "int", "flow", Text("likes", "suka")),
        Column(
            "comments",
            "int",
            "flow",
            Text("comments or replies to the post", "komentar atau balasan"),
        ),
        Column(
            "shares",
            "int",
            "flow",
            Text("shares, reposts and quotes", "dibagikan, termasuk repost dan kutipan"),
        ),
        Column("saves", "int", "flow", Text("saves or bookmarks", "disimpan")),
        Column(
            "clicks",
            "int",
            "flow",
            Text("all clicks, wherever on the post", "semua klik di mana pun pada postingan"),
        ),
        Column(
            "link_clicks", "int", "flow", Text("clicks on a link to outside", "klik tautan ke luar")
        ),
        Column(
            "profile_visits",
            "int",
            "flow",
            Text("visits to the profile or page", "kunjungan profil atau halaman"),
        ),
        Column(
            "video_views",
            "int",
            "flow",
            Text("video views in the platform's own count", "penayangan video menurut platform"),
        ),
        Column(
            "engaged_views",
            "int",
            "flow",
            Text(
                "views past the first moment (YouTube engaged views)",
                "penayangan yang berlanjut (engaged views YouTube)",
            ),
        ),
        Column(
            "watch_seconds", "float", "flow", Text("time watched, seconds", "lama tonton, detik")
        ),
        Column(
            "posts_published",
            "int",
            "flow",
            Text("posts published, as the source counts them", "postingan terbit menurut sumber"),
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
