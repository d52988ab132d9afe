"""Posts with what they showed: attributes, and lifetime readings as of each observation."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="posts",
    name=Text("Posts", "Postingan"),
    meaning=Text(
        "One row per post; its measures are totals so far, so history keeps every reading.",
        "Satu baris per postingan; ukurannya total sejauh ini, riwayat menyimpan setiap pembacaan.",
    ),
    columns=(
        Column("post", "text", "key", Text("the post: platform:id", "postingan: platform:id")),
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
        Column(
            "published_at",
            "moment",
            "attribute",
            Text("moment of publication, UTC", "saat terbit, UTC"),
        ),
        Column(
            "published_precision",
            "text",
            "attribute",
            Text(
                "minute or day: how exactly the moment is known",
                "menit atau hari: seberapa tepat saat terbit diketahui",
            ),
        ),
        Column(
            "kind",
            "text",
            "attribute",
            Text(
                "image, carousel, reel, video, short, story, text, link, live or other",
                "gambar, carousel, reel, video, short, story, teks, tautan, live, atau lainnya",
            ),
        ),
        Column("title", "text", "attribute", Text("title", "judul")),
        Column("caption", "text", "attribute", Text("caption as written", "takarir apa adanya")),
        Column("permalink", "text", "attribute", Text("address of the post", "alamat postingan")),
        Column(
            "duration_seconds",
            "float",
            "attribute",
            Text("length of the video, seconds", "durasi video, detik"),
        ),
        Column(
            "is_paid",
            "bool",
            "attribute",
            Text("whether its figures include paid delivery", "apakah angkanya termasuk iklan"),
        ),
        Column("pillar", "text", "attribute", Text("content pillar", "pilar konten")),
        Column(
            "campaign", "text", "attribute", Text("campaign it belongs to", "kampanye induknya")
        ),
        Column(
            "views",
            "int",
            "lifetime",
            Text(
                "views: times shown or played, as the platform counts views",
                "tayangan menurut hitungan platform",
            ),
        ),
        Column(
            "impressions",
            "int",
            "lifetime",
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
            "lifetime",
            Text("the platform's own total of interactions", "total interaksi menurut platform"),
        ),
        Column(
            "reactions",
            "int",
            "lifetime",
            Text("reactions of every kind, likes included", "semua reaksi, termasuk suka"),
        ),
        Column("likes", "int", "lifetime", Text("likes", "suka")),
        Column(
            "comments",
            "int",
            "lifetime",
            Text("comments or replies to the post", "komentar atau balasan"),
        ),
        Column(
            "shares",
            "int",
            "lifetime",
            Text("shares, reposts and quotes", "dibagikan, termasuk repost dan kutipan"),
        ),
        Column(
            "shares_24h",
            "int",
            "lifetime",
            Text(
                "shares within 24 hours of publication",
                "dibagikan dalam 24 jam sejak terbit",
            ),
        ),
        Column(
            "followers_then",
            "int",
            "level",
            Text("followers when it was published", "pengikut saat terbit"),
        ),
        Column("saves", "int", "lifetime", Text("saves or bookmarks", "disimpan")),
        Column(
            "clicks",
            "int",
            "lifetime",
            Text("all clicks, wherever on the post", "semua klik di mana pun pada postingan"),
        ),
        Column(
            "link_clicks",
            "int",
            "lifetime",
            Text("clicks on a link to outside", "klik tautan ke luar"),
        ),
        Column(
            "profile_visits",
            "int",
            "lifetime",
            Text("visits to the profile or page", "kunjungan profil atau halaman"),
        ),
        Column("follows", "int", "lifetime", Text("follows won", "pengikut yang didapat")),
        Column(
            "video_views",
            "int",
            "lifetime",
            Text("video views in the platform's own count", "penayangan video menurut platform"),
        ),
        Column(
            "video_views_3s",
            "int",
            "lifetime",
            Text("video views of at least 3 seconds", "penayangan video minimal 3 detik"),
        ),
        Column(
            "engaged_views",
            "int",
            "lifetime",
            Text(
                "views past the first moment (YouTube engaged views)",
                "penayangan yang berlanjut (engaged views YouTube)",
            ),
        ),
        Column(
            "watch_seconds",
            "float",
            "lifetime",
            Text("time watched, seconds", "lama tonton, detik"),
        ),
        Column(
            "average_watch_seconds",
            "float",
            "average",
            Text(
                "average time watched per view, seconds",
                "rata-rata lama tonton per penayangan, detik",
            ),
            weight="views",
        ),
        Column(
            "completion_rate",
            "float",
            "average",
            Text("share of views that reached the end", "bagian penayangan yang sampai akhir"),
            weight="views",
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
    time="published_at",
    personal=("caption", "title"),
)
