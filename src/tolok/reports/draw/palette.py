"""Colours of reports: four verdicts, one accent, five series that differ in grey too."""

from __future__ import annotations

from collections.abc import Mapping

INK, SOFT, LINE, SUNK, PAPER = "#16181d", "#555c6b", "#d9dbe2", "#f3f4f7", "#ffffff"
MOODS: Mapping[str, str] = {
    "good": "#0b6553", "watch": "#824c00", "bad": "#ad241c", "quiet": "#555c6b", "plain": INK,
}  # fmt: skip
SOFT_MOODS: Mapping[str, str] = {
    "good": "#e2f3ee", "watch": "#fbf0dc", "bad": "#fce9e7", "quiet": "#eeeff2", "plain": "#eeeff2",
}  # fmt: skip
SIGNS: Mapping[str, str] = {"good": "●", "watch": "▲", "bad": "▼", "quiet": "·", "plain": ""}


def series_colours(accent: str) -> tuple[str, ...]:
    """Return the colours of up to five series, dark to light, the accent first."""
    return (accent, "#d28b00", "#4a9c84", "#8a8f9c", "#c2557f")
