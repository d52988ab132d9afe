"""Where the real exports lie, for tests that need them; they are skipped where it is absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).parents[4].parent / "shared" / "data"


def exports_folder(*parts: str) -> Path:
    """Return a folder of real exports, or skip the test with a clear word."""
    root = Path(os.environ.get("TOLOK_SHARED_DATA", _BESIDE))
    folder = root.joinpath("exports", *parts)
    if not folder.exists():
        pytest.skip(f"the real exports are not here: {folder}")
    return folder
