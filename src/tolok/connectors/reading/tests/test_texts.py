"""CSV in any encoding and separator comes back as it was written."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tolok.connectors.reading import read_file
from tolok.connectors.reading.sheet import Limits
from tolok.connectors.reading.texts import read_text

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
LETTERS = st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufeff\ufffd")
WORDS = st.text(st.one_of(LETTERS, st.sampled_from(',;\t|"\n ')), max_size=12)
ROWS = st.lists(st.tuples(st.integers(0, 10**6), WORDS, WORDS), min_size=3, max_size=12)


def written(rows: list[list[str]], separator: str, *, quoting: int = csv.QUOTE_ALL) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, quoting=quoting, lineterminator="\n").writerows(rows)
    return out.getvalue()


@settings(max_examples=150, deadline=None)
@given(ROWS, st.sampled_from(",;\t|"), st.sampled_from(ENCODINGS), st.booleans())
def test_cells_survive_any_encoding_and_separator(
    rows: list[tuple[int, str, str]], separator: str, encoding: str, all_quoted: bool
) -> None:
    quoting = csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL
    table = [[str(number), one, two, "x"] for number, one, two in rows]
    text = written([["Jumlah", "Keterangan", "Judul", "Akhir"], *table], separator, quoting=quoting)
    for bulk_from in (0, 1 << 40):
        (sheet,) = read_text(text.encode(encoding), "t", Limits(), bulk_from=bulk_from)
        assert sheet.header == ("Jumlah", "Keterangan", "Judul", "Akhir")
        assert [[cell or "" for cell in row] for row in sheet.head(99)] == table


def test_an_old_code_page_is_read_with_a_remark() -> None:
    (sheet,) = read_file("Größe;Zahl\nÄpfel;1\nBäume;2\n".encode("cp1252"))
    assert sheet.header == ("Größe", "Zahl")
    assert sheet.encoding == "windows-1252"
    assert "Windows-1252" in sheet.notes[0].en


def test_utf16_turned_to_another_code_page_is_turned_back() -> None:
    raw = "Nama,Tayangan\nKopi ☕,5\nTeh,6\n".encode("utf-16").decode("latin-1").encode()
    (sheet,) = read_file(raw)
    assert sheet.header == ("Nama", "Tayangan")
    assert sheet.head(1) == [("Kopi ☕", "5")]


def test_garbled_utf8_is_mended_with_a_remark() -> None:
    raw = "Gefällt mir,Größe\n5,schön\n6,süß\n".encode().decode("cp1252").encode()
    (sheet,) = read_file(raw)
    assert sheet.header == ("Gefällt mir", "Größe")
    assert "mended" in sheet.notes[0].en


def test_a_mark_that_lies_about_the_encoding_is_seen_through() -> None:
    (sheet,) = read_file(b"\xff\xfe" + b"a,b\n1,2\n3,4\n")
    assert sheet.head() == [("1", "2"), ("3", "4")]


def test_header_cells_lose_what_nobody_sees_and_keep_doubled_names() -> None:
    (sheet,) = read_file("\ufeffViews,Re\u00adach,\u00a0Views \n1,2,3\n".encode())
    assert sheet.header == ("Views", "Reach", "Views")
    assert sheet.column(2).to_pylist() == ["3"]


def test_blank_rows_are_passed_over_and_row_numbers_stay_true() -> None:
    (sheet,) = read_file(b"a,b\n1,2\n\n,,\n3,4\n\n")
    assert sheet.head() == [("1", "2"), ("3", "4")]
    assert sheet.row_numbers().to_pylist() == [2, 5]


def test_a_row_of_another_width_is_set_aside_with_number_and_reason() -> None:
    (sheet,) = read_file(b"a,b,c\n1,2,3\n1,5,2,5,3\n4,5,6\n")
    assert sheet.num_rows == 2
    (aside,) = sheet.set_aside
    assert (aside.row, aside.kind, aside.reason.id) == (3, "long", "selnya terlalu banyak")


def test_a_row_that_holds_other_rows_is_set_aside() -> None:
    text = 'id,text,views,reach\n1,"a,10,11\n2,b,20,21\n3,c",30,31\n4,d,40,41\n'
    (sheet,) = read_file(text.encode())
    assert sheet.column("id").to_pylist() == ["4"]
    assert [(aside.row, aside.kind) for aside in sheet.set_aside] == [(2, "swallowed")]


def test_a_grand_total_behind_the_last_column_gets_a_column_of_its_own() -> None:
    text = "# ---\n# Free form\n\nDay,Users\n,10,Grand total\n20260101,4\n20260102,6\n"
    (sheet,) = read_file(text.encode())
    assert sheet.header == ("Day", "Users", "")
    assert sheet.head() == [
        (None, "10", "Grand total"),
        ("20260101", "4", None),
        ("20260102", "6", None),
    ]


def test_a_hashtag_in_the_first_cell_is_no_comment() -> None:
    (sheet,) = read_file(b"Hashtag,Views\n#kopi,5\n# kopi,6\n")
    assert sheet.num_rows == 2


def test_a_page_title_that_begins_like_a_comment_does_not_end_its_table() -> None:
    text = "# ---\n# Start date: 20260101\n\nPage title,Views\n# 1 kopi,15\nTeh,4\n"
    (sheet,) = read_file(text.encode())
    assert sheet.column("Views").to_pylist() == ["15", "4"]


def test_lines_above_a_header_are_kept_as_preamble() -> None:
    text = 'Campaign report\n"July 8, 2025 - July 31, 2025"\nCampaign,Clicks,Cost\nA,1,2\nB,3,4\n'
    (sheet,) = read_file(text.encode())
    assert sheet.preamble == (("Campaign report",), ("July 8, 2025 - July 31, 2025",))
    assert sheet.header_row == 3


def test_a_text_without_a_last_line_end_says_so() -> None:
    assert not read_file(b"a,b\n1,2\n3,4")[0].ends_cleanly
    assert read_file(b"a,b\n1,2\n3,4\n")[0].ends_cleanly
    assert read_file(b'a,b\n1,2\n"3","4"')[0].ends_cleanly


def test_a_big_file_on_disk_is_read_as_a_small_one(tmp_path: Path) -> None:
    rows = [[str(i), f"kata, {i}\nbaris dua", "x" * 40, str(i % 7)] for i in range(40_000)]
    path = tmp_path / "big.csv"
    path.write_text(written([["Nomor", "Isi", "Kode", "Sisa"], *rows], ","), newline="")
    (sheet,) = read_file(path)
    assert sheet.num_rows == 40_000
    assert sheet.rows is None
    assert sheet.head(2) == [tuple(rows[0]), tuple(rows[1])]
    slow = read_text(path.read_bytes(), "big.csv", Limits(), bulk_from=1 << 40)[0]
    assert slow.table().equals(sheet.table())


@pytest.mark.parametrize("at", [1000, 20_000])
def test_a_big_file_with_a_second_header_is_not_read_the_fast_way(at: int) -> None:
    lines = [f"{i},2026-01-01,{i * 3}\n" for i in range(60_000)]
    lines.insert(at, "Post ID,Date,Views\n")
    (sheet,) = read_file(("Post ID,Date,Views\n" + "".join(lines)).encode())
    assert sheet.num_rows == 60_000
    assert [(aside.row, aside.kind) for aside in sheet.set_aside] == [(at + 2, "header")]


def test_one_column_of_quoted_sentences_stays_one_column() -> None:
    (sheet,) = read_file(b'"Komentar"\n"enak, murah"\n"mahal, lama"\n"ya, boleh"\n')
    assert sheet.header == ("Komentar",)
    assert sheet.num_rows == 3


def test_rows_that_leave_out_empty_cells_at_their_end_are_taken_in_runs_only() -> None:
    full = "".join(f"{i},2026-01-0{i},https://a.b/{i},kata,5,6\n" for i in range(1, 6))
    short = "".join(f"{i},2026-01-0{i},https://a.b/{i},kata,5\n" for i in range(1, 5))
    header = "id,day,link,words,views,clicks\n"
    (sheet,) = read_file((header + full + short).encode())
    assert sheet.num_rows == 9
    assert sheet.column("clicks").to_pylist()[-1] is None
    (sheet,) = read_file((header + full + short.splitlines()[0] + "\n" + full).encode())
    assert (sheet.num_rows, sheet.set_aside[0].kind) == (10, "short")
    shifted = "1,2026-01-01,kata,5,6\n" * 4
    (sheet,) = read_file((header + full + shifted).encode())
    assert (sheet.num_rows, len(sheet.set_aside)) == (5, 4)
