"""Every platform has its page of formats, and the index names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tolok.connectors import load_connectors

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize("key", sorted(load_connectors()))
def test_every_platform_has_a_page_of_formats_in_the_index(key: str) -> None:
    assert (DOCS / "formats" / f"{key}.md").is_file()
    assert f"(formats/{key}.md)" in (DOCS / "formats.md").read_text(encoding="utf-8")
