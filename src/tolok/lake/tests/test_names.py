"""Columns have names for people, in both languages."""

from __future__ import annotations

import pytest

from tolok.lake import list_columns, load_tables, meaning_of, name_column


def test_columns_in_a_sentence_are_words_of_its_language() -> None:
    told = list_columns(["reactions", "shares_24h", "utm_term"], "posts")
    assert told.en == "reactions, shares in 24 hours, utm term"
    assert told.id == "reaksi, dibagikan dalam 24 jam, utm term"


@pytest.mark.parametrize("table", load_tables())
def test_no_column_is_told_by_its_key(table: str) -> None:
    for column in load_tables()[table].columns:
        name = name_column(column.name, table)
        assert "_" not in name.en.removeprefix("Utm_"), column.name  # a name of the web itself
        assert name.en[:1].isupper() or not name.en[:1].isalpha()
        assert meaning_of(column.name, table) == column.meaning


def test_a_column_of_another_table_has_no_meaning_here() -> None:
    assert meaning_of("reactions", "orders") is None
    assert meaning_of("reactions", "") is None
