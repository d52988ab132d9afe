"""Typed columns: texts without spaces at their edges, and every unreadable cell known."""

from __future__ import annotations

import pyarrow as pa
import pytest

from tolok.connectors.cells import read_cells
from tolok.connectors.connector import Told


def cells(texts: list[str | None], reads: str) -> tuple[list[object], int]:
    read = read_cells(pa.chunked_array([texts]), reads, field=None, language="en", told=Told())  # type: ignore[arg-type]
    return read.values.to_pylist(), int(read.strange.sum())


@pytest.mark.parametrize("space", [" ", "\t", "\n", "\u00a0", "\u2003", "\u202f", "\u3000", "\x85"])
def test_spaces_of_any_kind_are_trimmed(space: str) -> None:
    assert cells(["kopi ☕", f"{space}teh", None], "text")[0] == ["kopi ☕", "teh", None]
    assert cells([f"teh{space}", "☕"], "text")[0] == ["teh", "☕"]
    assert cells([space, "☕"], "text")[0] == [None, "☕"]


def test_all_unreadable_cells_are_known_not_only_the_first_thousand() -> None:
    values, strange = cells([*(["?"] * 1_500), "3"], "count")
    assert (values[-1], strange) == (3, 1_500)
