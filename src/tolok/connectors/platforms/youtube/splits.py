"""Tables that split a channel's views by something else: known, and not taken."""

from __future__ import annotations

from tolok.base import Text

from ...connector import Export, Extract, Field
from ...source import Source
from .measures import FIELDS

_BY = (
    "traffic_source", "city", "geography", "viewer_age", "viewer_gender", "device", "playlist",
    "subscription", "subtitles", "new_and_returning", "content_type", "sharing_service", "post",
)  # fmt: skip


def read_split(source: Source) -> Extract:
    """Refuse: views by city or source are neither people nor days nor videos."""
    by = next((source.header(name) for name in _BY if source.has(name)), "")
    return source.refuse("split", Text(
        "This table splits the views by “{by}”, for which Tolok has no place. "
        "Export “Content” or “Date” from YouTube Studio instead.",
        "Tabel ini membagi tayangan menurut “{by}”, yang tidak disimpan Tolok. "
        "Ekspor “Konten” atau “Tanggal” dari YouTube Studio."), by=by)  # fmt: skip


SPLIT = Export(
    key="youtube.split",
    name=Text("YouTube views by source, city or the like", "Tayangan YouTube menurut sumber, kota"),
    platform="youtube",
    fields=(*(Field(name, "text") for name in _BY), Field("city_name", "text"), *FIELDS),
    read=read_split,
    required_any=(_BY, ("views", "watch_hours")),
)
