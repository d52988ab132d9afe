"""Words of strategies and scores, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from tolok.base import Text
from tolok.web.shell import parts

STATES: Mapping[str, parts.Verdict] = {
    "in_force": parts.Verdict(
        tone="good", word=Text("In force", "Berjalan"),
        why=Text("It is at work, and something ran because of it.",
                 "Sedang dijalankan, dan ada yang berjalan karenanya."),
    ),
    "unproven": parts.Verdict(
        tone="watch", word=Text("In force, without evidence", "Berjalan, tanpa bukti"),
        why=Text("It is said to be at work, yet nothing is named that ran because of it.",
                 "Disebut berjalan, tetapi belum ada yang disebut berjalan karenanya."),
    ),
    "proposed": parts.Verdict(tone="quiet", word=Text("Proposed", "Diusulkan")),
    "ended": parts.Verdict(tone="quiet", word=Text("Ended", "Berakhir")),
}  # fmt: skip
OUTCOMES: Mapping[str, parts.Verdict] = {
    "worked": parts.Verdict(tone="good", word=Text("Worked", "Berhasil")),
    "failed": parts.Verdict(tone="bad", word=Text("Failed", "Gagal")),
    "unclear": parts.Verdict(tone="quiet", word=Text("Unclear", "Belum jelas")),
}
# What each score of the rubric means, so that two people mean the same by a 3.
RUBRIC: Mapping[int, Text] = {
    1: Text("Nothing to do with the goal", "Tidak ada kaitannya dengan tujuan"),
    2: Text("Near the goal in words only", "Dekat dengan tujuan hanya di kata-kata"),
    3: Text("Helps in part; nobody says by how much",
            "Membantu sebagian; belum disebut seberapa besar"),
    4: Text("Serves it clearly, and a KPI would show it",
            "Jelas mendukung, dan ada KPI yang akan menunjukkannya"),
    5: Text("Made for this goal, and its KPI moves when it works",
            "Dibuat untuk tujuan ini, dan KPI-nya bergerak bila berhasil"),
}  # fmt: skip
DID: Mapping[str, Text] = {
    "made": Text("Written down", "Dicatat"),
    "changed": Text("Changed", "Diubah"),
    "put to work": Text("Put to work", "Mulai dijalankan"),
    "ended": Text("Ended", "Diakhiri"),
    "scored": Text("Scored", "Dinilai"),
}
