"""What is read in one go reads the same as cell by cell, and declines what it cannot prove."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest

from tolok.connectors.reading.bulk import read_bulk
from tolok.connectors.reading.dates import read_dates
from tolok.connectors.reading.growing import Origin
from tolok.connectors.reading.numbers import read_counts, read_money, read_numbers
from tolok.connectors.reading.quickdates import read_plain_dates
from tolok.connectors.reading.sheet import Limits

ORIGIN = Origin(source="t", name="", encoding="utf-8", separator=",", kind="csv", notes=(),
                limits=Limits())  # fmt: skip
MOMENTS = [datetime(2023, 12, 27, 23, 58) + timedelta(hours=7 * n) for n in range(300)]
LAYOUTS = ("%Y-%m-%d", "%m/%d/%Y", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%m/%d/%Y %H:%M:%S")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_dates_of_one_layout_are_read_like_single_ones(layout: str) -> None:
    cells = [None, *(moment.strftime(layout) for moment in MOMENTS), None]
    whole = pa.array(["x", *cells])[1:]  # a column that does not begin where its buffers do
    quick = read_plain_dates(whole, "auto", None)
    slow = read_dates(cells)  # too few for the quick way
    assert quick is not None
    assert quick.values.to_pylist() == slow.values.to_pylist()
    assert (quick.order, quick.has_time) == (slow.order, slow.has_time)


@pytest.mark.parametrize(
    "strange", ["02/30/2024 10:00", "13/13/2024 10:00", "01/05/2024 24:00", "01/05/2024 1x:00",
                "00/05/2024 10:00", "01/05/2024 10:61"],
)  # fmt: skip
def test_one_cell_that_is_no_moment_sends_the_column_the_careful_way(strange: str) -> None:
    cells = [moment.strftime("%m/%d/%Y %H:%M") for moment in MOMENTS]
    assert read_plain_dates(pa.array([*cells, strange]), "auto", "mdy") is None


def test_leap_days_count_only_in_leap_years() -> None:
    read = read_plain_dates(pa.array(["2024-02-29", "2000-02-29"]), "auto", None)
    assert read is not None
    assert read.values[0].as_py() == datetime(2024, 2, 29)
    assert read_plain_dates(pa.array(["2023-02-29"]), "auto", None) is None
    assert read_plain_dates(pa.array(["1900-02-29"]), "auto", None) is None


def test_plain_digits_are_numbers_and_hexadecimal_is_not() -> None:
    column = pa.chunked_array([["12", None], ["-7"]])
    assert read_counts(column).values.to_pylist() == [12, None, -7]
    assert read_numbers(column).values.to_pylist() == [12.0, None, -7.0]
    assert [str(v) for v in read_money(column).values.to_pylist()] == ["12.0000", "None", "-7.0000"]
    assert read_counts(["12", "0x10"]).values.to_pylist() == [12, None]
    assert read_counts(["12", "0X10"]).problem_count == 1


def big(rows: list[str]) -> bytes:
    return "\n".join(["Views,Note,Likes", *rows, ""]).encode()


def test_a_line_end_in_a_cell_far_below_is_read_right() -> None:
    rows = [f"{n},plain,{n}" for n in range(60_000)]
    rows[50_000] = '50000,"one\nand two",50000'
    sheet = read_bulk(big(rows), ORIGIN)
    assert sheet is not None
    assert sheet.num_rows == 60_000
    assert sheet.column("Note")[50_000].as_py() == "one\nand two"
    assert np.array_equal(read_counts(sheet.column("Likes")).values.to_numpy(), np.arange(60_000))


@pytest.mark.parametrize(
    "strange", [b"7,caf\xe9,7\n", b"7,nu\x00l,7\n", "7,cafÃ©,7\n".encode(), b'7,"open,7\n']
)  # fmt: skip
def test_what_must_be_mended_is_never_read_quickly(strange: bytes) -> None:
    rows = big([f"{n},plain,{n}" for n in range(60_000)])
    assert read_bulk(rows, ORIGIN) is not None
    assert read_bulk(rows + strange, ORIGIN) is None
