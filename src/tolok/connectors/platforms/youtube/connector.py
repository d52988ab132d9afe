"""The connector of YouTube Studio: kinds of export, breaks, re-read window, gaps."""

from __future__ import annotations

from datetime import date

from tolok.base import Break, Text

from ...connector import Connector
from .days import CHART, DAYS
from .splits import SPLIT
from .videos import VIDEOS

_COUNTED_BY_VIEW = ("views", "average_watch_seconds", "completion_rate")

BREAKS = (
    Break(
        on=date(2025, 3, 31), platform="youtube", columns=_COUNTED_BY_VIEW, scope="Shorts",
        change=Text(
            "Shorts count a view from the first frame; the earlier rule lives on as engaged views.",
            "Shorts menghitung tayangan sejak bingkai pertama; aturan lama kini bernama "
            "engaged views.",
        ),
    ),
    Break(
        on=date(2026, 8, 24), until=date(2026, 8, 27), platform="youtube",
        columns=_COUNTED_BY_VIEW, scope="",
        change=Text(
            "Every format counts a view from the first frame, autoplay and hovering included; "
            "engaged views carry on unchanged.",
            "Semua format menghitung tayangan sejak bingkai pertama, termasuk putar otomatis "
            "dan pratinjau kursor; engaged views tidak berubah.",
        ),
    ),
)  # fmt: skip

CONNECTOR = Connector(
    key="youtube",
    name=Text("YouTube Studio", "YouTube Studio"),
    platforms={"youtube": "YouTube"},
    exports=(VIDEOS, DAYS, CHART, SPLIT),
    folder=__package__,
    breaks=BREAKS,
    reread_days={"youtube": 7},  # figures come 48-72 hours late, the last full day is cut short
    cannot_give={"youtube": {
        "reach": Text(
            "YouTube tells unique viewers of a channel, not how many people a post reached.",
            "YouTube memberi penonton unik kanal, bukan jumlah orang yang dijangkau unggahan.",
        ),
        "saves": Text(
            "YouTube Studio's tables hold no saves.", "Tabel YouTube Studio tidak memuat simpanan."
        ),
        "link_clicks": Text(
            "YouTube tells clicks on end screens and cards, not on links in the description.",
            "YouTube memberi klik layar akhir dan kartu, bukan klik tautan di deskripsi.",
        ),
        "profile_visits": Text(
            "YouTube Studio does not tell visits to the channel page.",
            "YouTube Studio tidak memberi kunjungan ke halaman kanal.",
        ),
    }},
)  # fmt: skip
