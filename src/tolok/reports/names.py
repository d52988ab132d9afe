"""Shown names of what posts are."""

from __future__ import annotations

from tolok.base import Text

KIND_NAMES = {
    "image": Text("image", "gambar"), "carousel": Text("carousel", "carousel"),
    "reel": Text("reel", "reel"), "video": Text("video", "video"),
    "short": Text("short", "short"), "story": Text("story", "story"),
    "text": Text("text", "teks"), "link": Text("link", "tautan"),
    "live": Text("live", "siaran langsung"), "other": Text("other", "lainnya"),
    None: Text("not told", "tidak disebut"),
}  # fmt: skip
