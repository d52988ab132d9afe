"""Where the real data lies, for tests that are skipped by name without it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]


def real_file(name: str) -> Path:
    """Return the path of a file of real data; skips the test where it is absent."""
    folder = Path(os.environ.get("TOLOK_SHARED_DATA") or ROOT.parent / "shared/data")
    if not (folder / name).exists():
        pytest.skip(f"real data is absent: {name}")
    return folder / name
