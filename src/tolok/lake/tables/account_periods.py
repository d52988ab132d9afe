"""Whole periods of accounts: figures a platform gives for a period and no day."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="account_periods",
    name=Text("Periods of accounts", "Periode akun"),
    meaning=Text(
        "One row per account and period, as the platform itself totals it; "
        "the only honest source of reach over days.",
        "Satu baris per akun dan periode menurut total platform; "
        "satu-satunya sumber jujur untuk jangkauan lintas hari.",
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
        Column("start", "date", "key", Text("first day", "hari pertama")),
        Column(
            "until", "date", "key", Text("the day after the last", "hari setelah hari terakhir")
        ),
        Column(
            "platform",
            "text",
            "attribute",
            Text("the platform the account is on", "platform tempat akun berada"),
        ),
        Column("followers", "int", "level", Text("followers at the end", "pengikut di akhir")),
        Column(
            "followers_net",
            "int",
            "flow",
            Text("new less lost followers", "pengikut baru dikurangi yang hilang"),
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
    ),
    time="start",
)
