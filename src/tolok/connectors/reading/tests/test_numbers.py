"""Columns of numbers are decided as a whole; what cannot be told is asked, never guessed."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from tolok.connectors.reading import (
    read_counts,
    read_duration,
    read_ids,
    read_money,
    read_numbers,
    read_percent,
)

LANGUAGES = {"en": "en_US", "id": "id_ID", "de": "de_DE", "pt": "pt_BR", "fr": "fr_FR"}


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1), st.sampled_from(sorted(LANGUAGES)))
def test_counts_grouped_by_any_language_come_back(numbers: list[int], language: str) -> None:
    cells = [format_decimal(number, locale=LANGUAGES[language]) for number in numbers]
    read = read_counts(cells, hint_language=language)
    assert read.verdict == "read"
    assert read.values.to_pylist() == numbers


@given(
    st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=1),
    st.sampled_from(sorted(LANGUAGES)),
)
def test_amounts_written_by_any_language_come_back(amounts: list[Decimal], language: str) -> None:
    pattern = "#,##0.00;-#,##0.00"
    cells = [format_decimal(amount, pattern, locale=LANGUAGES[language]) for amount in amounts]
    read = read_money(cells, currency="USD")
    assert read.verdict == "read"
    assert read.values.to_pylist() == amounts


@given(st.lists(st.floats(-1e9, 1e9).map(lambda x: round(x, 7)), min_size=1))
def test_plain_floats_come_back_or_are_asked_about(numbers: list[float]) -> None:
    cells = [format(Decimal(repr(number)), "f") for number in numbers]
    read = read_numbers(cells)
    assert read.verdict == "ambiguous" or read.values.to_pylist() == numbers
    assert read_numbers(cells, decimal=".").values.to_pylist() == numbers


@pytest.mark.parametrize(
    "marker",
    ["", " ", "--", " --", "-", "undefined", "NaN", "NAN", "n/a", "N/A", "< 1%", "<1", "< 10%"],
)
def test_a_mark_of_absence_is_null_and_never_nought(marker: str) -> None:
    cells = ["5", marker, "0"]
    for read in (read_counts(cells), read_numbers(cells), read_money(cells)):
        assert [None if v is None else int(v) for v in read.values.to_pylist()] == [5, None, 0]
        assert read.problem_count == 0
        assert bool(read.markers) == bool(marker.strip())


@pytest.mark.parametrize(
    ("cells", "values", "mark"),
    [
        (["11,337", "985"], [11337, 985], "."),
        (["1.200", "900"], [1200, 900], ","),
        (["215.0", "3.0"], [215, 3], "."),
        (["1,234,567", "1.0"], [1234567, 1], "."),
        (["12,34,567"], [1234567], "."),
        (["1 234 567", "5"], [1234567, 5], ""),
        (["'42", "\u00a07 "], [42, 7], ""),
        (["(12)", "−3", "-4"], [-12, -3, -4], ""),
    ],
)
def test_counts_are_read_by_the_style_of_their_column(
    cells: list[str], values: list[int], mark: str
) -> None:
    read = read_counts(cells)
    assert (read.values.to_pylist(), read.decimal, read.problem_count) == (values, mark, 0)
    assert pa.types.is_int64(read.values.type)


def test_shortened_numbers_are_marked_as_rounded() -> None:
    read = read_counts(["1.2K", "15", "3.4M", "--"])
    assert read.values.to_pylist() == [1200, 15, 3400000, None]
    assert read.rounded is not None
    assert read.rounded.to_pylist() == [True, False, True, False]
    read = read_counts(["3,4 rb", "1,2 jt", "1,5 M", "7"], hint_language="id")
    assert read.values.to_pylist() == [3400, 1_200_000, 1_500_000_000, 7]


def test_million_and_miliar_are_asked_about_in_indonesian() -> None:
    assert read_counts(["1,2 M", "7"], hint_language="id").key == "unit"
    assert read_counts(["1.2M", "7"], hint_language="en").values.to_pylist() == [1_200_000, 7]


@pytest.mark.parametrize("cells", [["1.234", "2.345"], ["1,234"], ["1.234", "2,345"]])
def test_numbers_with_one_mark_and_three_digits_are_asked_about(cells: list[str]) -> None:
    read = read_numbers(cells)
    assert (read.verdict, read.key) == ("ambiguous", "decimal")
    assert read.values.null_count == len(cells)


def test_one_clear_cell_settles_its_whole_column() -> None:
    assert read_numbers(["1.234", "2.5"]).values.to_pylist() == [1.234, 2.5]
    assert read_numbers(["1.234", "2,5"]).values.to_pylist() == [1234.0, 2.5]
    assert read_numbers(["1.234", "0.500"]).values.to_pylist() == [1.234, 0.5]


def test_an_answer_settles_what_was_asked() -> None:
    assert read_numbers(["1.234"], decimal=".").values.to_pylist() == [1.234]
    assert read_numbers(["1.234"], decimal=",").values.to_pylist() == [1234.0]
    assert read_counts(["1.200"], hint_language="en", decimal=",").values.to_pylist() == [1200]


def test_a_column_in_two_styles_is_asked_about_and_a_stray_cell_is_a_problem() -> None:
    assert read_numbers(["1.5", "2,5"]).verdict == "ambiguous"
    read = read_numbers(["1.5"] * 200 + ["1.234,5"])
    assert read.values[200].as_py() is None
    assert [(problem.index, problem.text) for problem in read.problems] == [(200, "1.234,5")]
    assert read.problem_rows is not None


def test_a_count_that_contradicts_its_files_language_is_asked_about() -> None:
    assert read_counts(["18.415"], hint_language="en").verdict == "ambiguous"
    assert read_counts(["18.415"], hint_language="id").values.to_pylist() == [18415]


def test_rupiah_have_no_cents_so_a_lone_point_groups_thousands() -> None:
    read = read_money(["Rp 1.500", "Rp20.000"], currency="IDR")
    assert read.values.to_pylist() == [Decimal(1500), Decimal(20000)]
    assert read.units == ("Rp",)
    assert read_money(["18415", "18.415"], currency="IDR", hint_language="en").key == "decimal"
    assert read_money(["18415", "18.415"], currency="USD").key == "decimal"


@pytest.mark.parametrize("cell", ["abc", "1.2.3", "12 apples", "0x10", "1e5", "2026-01-02", "1,5"])
def test_what_is_no_count_is_a_problem_and_null(cell: str) -> None:
    read = read_counts(["7", cell])
    assert read.values.to_pylist() == [7, None]
    assert [problem.index for problem in read.problems] == [1]


def test_shares_are_fractions_whatever_they_were_written_in() -> None:
    assert read_percent(["38%", "6.5%", "120%"]).values.to_pylist() == [0.38, 0.065, 1.2]
    assert read_percent(["23,9%", "1%"]).values.to_pylist() == pytest.approx([0.239, 0.01])
    assert read_percent(["0.38"], unit="fraction").values.to_pylist() == [0.38]
    assert read_percent(["6.5"], unit="percent").values.to_pylist() == [0.065]
    assert read_percent(["0.38", "0.5"]).key == "unit"
    assert read_percent(["38%", "0.38"]).problem_count == 1


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [("0:09", 9.0), ("1:02:03", 3723.0), ("12:34", 754.0), ("45", 45.0), ("0:00:00", 0.0),
     ("1h 2m 3s", 3723.0), ("2 menit 5 detik", 125.0), ("--", None), ("100:00:01", 360001.0)],
)  # fmt: skip
def test_lengths_of_time_are_seconds(cell: str, seconds: float | None) -> None:
    assert read_duration([cell, "0:01"]).values.to_pylist() == [seconds, 1.0]


def test_lengths_of_time_a_spreadsheet_shifted_are_asked_about() -> None:
    shifted = [f"0:{minute:02}:00" for minute in range(5, 12)]
    assert read_duration(shifted).verdict == "ambiguous"
    assert read_duration([*shifted, "0:00:01"]).verdict == "read"


def test_bare_lengths_take_the_unit_of_their_header() -> None:
    assert read_duration(["1500"], unit="milliseconds").values.to_pylist() == [1.5]
    assert read_duration(["2.5"], unit="hours").values.to_pylist() == [9000.0]


def test_ids_destroyed_by_a_spreadsheet_are_null_and_counted() -> None:
    read = read_ids(["1.22158E+17", "5,70306E+17", "17900000000000001"])
    assert read.values.to_pylist() == [None, None, "17900000000000001"]
    assert (read.scientific, read.rounded) == (2, 0)
    read = read_ids(["122158000000000000", "122159111111111000", "12"])
    assert read.values.to_pylist() == [None, None, "12"]
    assert read.damaged_share == pytest.approx(2 / 3)


def test_one_id_among_many_may_end_in_zeros() -> None:
    ids = [str(17900000000000001 + index) for index in range(300)]
    assert read_ids(ids).values.to_pylist() == ids


def test_ids_lose_spaces_and_the_apostrophe_but_keep_their_hyphen() -> None:
    read = read_ids([" -abcDEF", "'@flyONT", "0012", "", "215.0"])
    assert read.values.to_pylist() == ["-abcDEF", "@flyONT", "0012", None, "215"]


def test_an_empty_column_is_empty_and_not_nought() -> None:
    for read in (read_counts([]), read_counts(["", None]), read_money([None])):
        assert read.verdict == "empty"
        assert read.values.null_count == len(read.values)
