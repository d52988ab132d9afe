"""Posts with what they showed: attributes, and lifetime readings as of each observation."""

from tolok.base import Text

from ..measured import measured
from ..table import Column, Table

TABLE = Table(
    key="posts",
    name=Text("Posts", "Unggahan"),
    meaning=Text(
        "One row per post; its measures are totals so far, so history keeps every reading.",
        "Satu baris per unggahan; ukurannya total sejauh ini, riwayat menyimpan setiap catatan angka.",
    ),
    columns=(
        Column("post", "text", "key", Text("the post: platform:id", "unggahan: platform:id")),
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
        Column("caption", "text", "attribute", Text("caption as written", "keterangan apa adanya")),
        Column("permalink", "text", "attribute", Text("address of the post", "alamat unggahan")),
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
        *measured(
            "lifetime",
            "views",
            "impressions",
            "reach",
            "interactions",
            "reactions",
            "likes",
            "comments",
            "shares",
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
        *measured(
            "lifetime",
            "saves",
            "clicks",
            "link_clicks",
            "profile_visits",
            "follows",
            "video_views",
            "video_views_3s",
            "engaged_views",
            "watch_seconds",
        ),
        Column(
            "average_watch_seconds",
            "float",
            "average",
            Text(
                "average time watched per view, seconds",
                "rata-rata durasi tonton per tayangan, detik",
            ),
            weight="views",
        ),
        Column(
            "completion_rate",
            "float",
            "average",
            Text("share of views that reached the end", "bagian tayangan yang sampai akhir"),
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
    listed_in=("posts",),
    personal=("caption", "title"),
)
