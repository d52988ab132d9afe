"""Texts say their numbers as the reader's language writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tolok.base import Text

TOTAL = Text("The rows add to {total:,.15g}.", "Barisnya berjumlah {total:,.15g}.")


@pytest.mark.parametrize(
    ("total", "english", "indonesian"),
    [(77818.01, "77,818.01", "77.818,01"), (1211188, "1,211,188", "1.211.188"),
     (Decimal("0.5"), "0.5", "0,5"), (-12, "-12", "-12")],
)  # fmt: skip
def test_a_number_in_a_sentence_has_the_separators_of_its_language(
    total: float, english: str, indonesian: str
) -> None:
    assert TOTAL.say("en", total=total) == f"The rows add to {english}."
    assert TOTAL.say("id", total=total) == f"Barisnya berjumlah {indonesian}."


def test_what_no_placeholder_asks_to_group_stays_plain() -> None:
    row = Text("row {row} of {name}, again: {again}", "baris {row} dari {name}, lagi: {again}")
    assert (
        row.say("id", row=12345, name="a.csv", again=True) == "baris 12345 dari a.csv, lagi: True"
    )


def test_a_filled_text_keeps_both_languages() -> None:
    filled = TOTAL.filled(total=1234.5)
    assert filled == Text("The rows add to 1,234.5.", "Barisnya berjumlah 1.234,5.")
