"""Crises and lessons: how fast we answered, what it cost, what we learned."""

from __future__ import annotations

from tolok.base import Text

from ..page import Page
from ..sections import Part, build_sections, keys_of

PARTS = (
    Part(Text("Response", "Respons"),
         ("incidents", "incident_acknowledge_median", "incident_response_median", "incident_response_p90", "incident_response_in_time", "incident_resolution_median",)),
    Part(Text("Damage", "Dampak"),
         ("sentiment_shift_during", "sentiment_shift_after", "mention_surge", "incident_recovery_median",)),
    Part(Text("Lessons", "Pelajaran"),
         ("postmortems_held", "postmortem_actions_closed", "actions_closed_on_time", "repeat_incidents",)),
    Part(Text("Prevention", "Pencegahan"),
         ("risk_coverage", "risks_open", "measures_in_place", "drills_held", "drill_response_median",)),
)  # fmt: skip

PAGE = Page(
    key="crises", order=100, build=build_sections(PARTS),
    title=Text("Crises and lessons", "Krisis dan pelajaran"),
    question=Text("How well did we handle trouble, and what did we learn?", "Seberapa baik kita menangani masalah, dan apa pelajarannya?"),
    nothing=Text("No incident, risk or drill has been written down yet.", "Belum ada insiden, risiko, atau simulasi yang dicatat."),
    needs=keys_of(PARTS), follows=keys_of(PARTS),
    serves=("K7.1", "K7.2", "K7.3", "K7.4",),
)  # fmt: skip
