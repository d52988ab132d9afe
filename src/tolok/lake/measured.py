"""What platforms count alike wherever they count it: one meaning for each measure of several tables."""

from __future__ import annotations

from tolok.base import Text

from .table import Column, Kind, Type

PEOPLE = frozenset({"reach"})

MEANINGS: dict[str, tuple[Type, Text]] = {
    "clicks": (
        "int",
        Text("all clicks, wherever on the post", "semua klik di mana pun pada unggahan"),
    ),
    "comments": ("int", Text("comments or replies to the post", "komentar atau balasan")),
    "engaged_views": (
        "int",
        Text(
            "views past the first moment (YouTube engaged views)",
            "tayangan yang berlanjut (engaged views YouTube)",
        ),
    ),
    "follows": ("int", Text("follows won", "pengikut yang didapat")),
    "impressions": (
        "int",
        Text(
            "impressions: times shown, in the older or advertising sense",
            "impresi: berapa kali ditampilkan",
        ),
    ),
    "interactions": (
        "int",
        Text("the platform's own total of interactions", "total interaksi menurut platform"),
    ),
    "likes": ("int", Text("likes", "suka")),
    "link_clicks": ("int", Text("clicks on a link to outside", "klik tautan ke luar")),
    "posts_published": (
        "int",
        Text("posts published, as the source counts them", "unggahan terbit menurut sumber"),
    ),
    "profile_visits": (
        "int",
        Text("visits to the profile or page", "kunjungan ke profil atau halaman"),
    ),
    "reach": (
        "int",
        Text("people who saw it at least once", "orang yang melihat setidaknya sekali"),
    ),
    "reactions": (
        "int",
        Text("reactions of every kind, likes included", "semua reaksi, termasuk suka"),
    ),
    "saves": ("int", Text("saves or bookmarks", "disimpan")),
    "shares": ("int", Text("shares, reposts and quotes", "dibagikan, termasuk repost dan kutipan")),
    "video_views": (
        "int",
        Text("video views in the platform's own count", "tayangan video menurut platform"),
    ),
    "video_views_3s": (
        "int",
        Text("video views of at least 3 seconds", "tayangan video minimal 3 detik"),
    ),
    "views": (
        "int",
        Text(
            "views: times shown or played, as the platform counts views",
            "tayangan menurut hitungan platform",
        ),
    ),
    "watch_seconds": ("float", Text("time watched, seconds", "durasi tonton, detik")),
}


def measured(kind: Kind, *names: str) -> tuple[Column, ...]:
    """Return the named measures as columns of the kind; people are unique in every table."""
    return tuple(
        Column(name, MEANINGS[name][0], "unique" if name in PEOPLE else kind, MEANINGS[name][1])
        for name in names
    )
