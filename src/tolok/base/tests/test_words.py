"""The glossary names each thing once, in both languages, and the code keeps to it."""

import re
from pathlib import Path

import pytest

from tolok.base import PERCENT_POINTS

GLOSSARY = Path(__file__).parents[4] / "docs" / "words.md"


@pytest.fixture(scope="module")
def rows():
    if not GLOSSARY.exists():
        pytest.skip("docs/words.md lies only in the repository, not in an installed package")
    lines = [line for line in GLOSSARY.read_text().splitlines() if line.startswith("|")]
    assert lines[0] == "| key | English | Bahasa Indonesia | meaning |"
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_each_row_has_a_key_both_words_and_a_meaning(rows):
    for row in rows:
        assert len(row) == 4, row
        assert all(row), row
        assert re.fullmatch(r"[a-z][a-z_]*", row[0]), row
        assert row[3].endswith("."), row


@pytest.mark.parametrize("column", [0, 1, 2])
def test_no_word_stands_for_two_things(rows, column):
    words = [row[column].lower() for row in rows]
    assert {word for word in words if words.count(word) > 1} == set()


def test_words_said_by_the_base_are_those_of_the_glossary(rows):
    said = {row[0]: (row[1], row[2]) for row in rows}
    assert said["percentage_points"] == (PERCENT_POINTS.name.en, PERCENT_POINTS.name.id)
