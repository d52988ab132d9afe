"""Where the real data lies; tests that need it are skipped with a clear word where it is absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def shared(name: str) -> Path:
    root = Path(__file__).resolve().parents[4]
    folder = Path(os.environ.get("TOLOK_SHARED_DATA", root.parent / "shared" / "data"))
    if not (folder / name).exists():
        pytest.skip(f"real data absent: {name} (set TOLOK_SHARED_DATA)")
    return folder / name
