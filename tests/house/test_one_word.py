"""One word for one thing in Indonesian, too: what docs/words.md calls one thing has no second name."""

from __future__ import annotations

from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[2] / "src" / "tolok"
SECOND_NAMES = {"postingan": "unggahan"}
# What people and platforms write is read with their words.
THEIRS = ("tests", "fixtures", "aliases", "exports", "labelled")
READS_PEOPLE = {"value/disclosure.py"}


@pytest.mark.parametrize("second", SECOND_NAMES)
def test_no_text_of_tolok_uses_a_second_name(second: str) -> None:
    found = [
        f"{name}:{number}: say “{SECOND_NAMES[second]}”"
        for path in sorted(SOURCES.rglob("*"))
        if path.suffix in (".py", ".html", ".po", ".js", ".toml")
        and not set(THEIRS) & set(path.relative_to(SOURCES).parts)
        and (name := path.relative_to(SOURCES).as_posix()) not in READS_PEOPLE
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if second in line.casefold()
    ]
    assert not found, "\n".join(found)
