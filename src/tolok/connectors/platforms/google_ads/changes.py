"""The change history: who changed what, which holds no figures."""

from __future__ import annotations

from tolok.base import Text

from ...connector import Export, Extract, Field
from ...source import Source


def read_changes(source: Source) -> Extract:
    """Refuse: there are no results in it."""
    return source.refuse("changes", Text(
        "This is the change history: it says who changed what, and holds no results. Download the "
        "campaign report instead.",
        "Ini riwayat perubahan: isinya siapa mengubah apa, tanpa angka hasil. Download laporan "
        "kampanye sebagai gantinya."))  # fmt: skip


CHANGES = Export(
    key="google_ads.changes",
    name=Text("Google Ads change history", "Riwayat perubahan Google Ads"),
    platform="google_ads",
    fields=(
        Field("moment", "text", required=True), Field("campaign", "text"),
        Field("adgroup", "text"), Field("change_type", "text"),
        Field("user", "text", required=True), Field("tool", "text"),
    ),
    read=read_changes,
)  # fmt: skip
