"""Days of posts: what happened to each post on each day."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="post_days",
    name=Text("Days of posts", "Hari postingan"),
    meaning=Text(
        "One row per post and day: what was added that day.",
        "Satu baris per postingan dan hari: yang bertambah hari itu.",
    ),
    columns=(
        Column("post", "text", "key", Text("the post: platform:id", "postingan: platform:id")),
        Column(
            "day",
            "date",
            "key",
            Text(
                "the day, in the platform's or brand's zone",
                "hari, menurut zona platform atau merek",
            ),
        ),
        Column(
            "account",
            "text",
            "attribute",
            Text("the account that published it", "akun yang menerbitkan"),
        ),
        Column(
            "platform",
            "text",
            "attribute",
            Text("the platform the account is on", "platform tempat akun berada"),
        ),
        Column("follows", "int", "flow", Text("follows won", "pengikut yang didapat")),
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
    ),
    time="day",
)
