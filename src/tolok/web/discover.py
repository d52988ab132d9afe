"""Rooms of the web are found by standing there: a folder with an `area.py` is an app."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent
GROUND = ("jobs", "accounts", "shell")


def area_names() -> tuple[str, ...]:
    """Return the folder names of all areas of work, in alphabetical order, the ground left out."""
    found = sorted(path.parent.name for path in _HERE.glob("*/area.py"))
    return tuple(name for name in found if name not in GROUND)


def app_names() -> list[str]:
    """Return the Python names of all apps of ours, the ground first."""
    return [f"tolok.web.{name}" for name in (*GROUND, *area_names())]
