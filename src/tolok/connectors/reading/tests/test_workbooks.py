"""Workbooks give text that nobody can misread: numbers, dates, lengths of time."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
import xlwt

from tolok.base import UserError
from tolok.connectors.reading import Limits, read_counts, read_dates, read_file, read_numbers

SPREADSHEETML = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Data"><Table>
<Row><Cell><Data ss:Type="String">Tanggal</Data></Cell><Cell><Data ss:Type="String">Nilai</Data></Cell></Row>
<Row ss:Index="4"><Cell><Data ss:Type="DateTime">2026-03-04T00:00:00.000</Data></Cell>
<Cell ss:Index="2"><Data ss:Type="Number">12</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


def xlsx_of(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_numbers_and_dates_of_an_xlsx_lose_nothing() -> None:
    raw = xlsx_of(
        ["Kode", "Jumlah", "Rasio", "Hari", "Saat", "Lama"],
        ["=1+1 teks", 12.0, 1.234, date(2026, 1, 2), datetime(2026, 1, 2, 3, 4, 5), time(0, 0, 9)],
        ["b", 1500000, 0.5, date(2026, 1, 3), datetime(2026, 1, 3), timedelta(hours=26, minutes=3)],
    )
    (sheet,) = read_file(raw, "x.csv")
    assert sheet.kind == "xlsx"
    assert sheet.head()[0][1:] == ("12", "1.2340", "2026-01-02", "2026-01-02T03:04:05", "0:00:09")
    assert sheet.head()[1][1:3] == ("1500000", "0.5")
    assert sheet.head()[1][5] == "26:03:00"
    assert sheet.dated == {3, 4}
    assert read_counts(sheet.column("Jumlah")).values.to_pylist() == [12, 1500000]
    assert read_numbers(sheet.column("Rasio")).values.to_pylist() == [1.234, 0.5]
    assert read_dates(sheet.column("Hari")).values.to_pylist()[0] == datetime(2026, 1, 2)


def test_rows_of_a_workbook_keep_their_spreadsheet_numbers() -> None:
    raw = xlsx_of(["Laporan"], [], ["Tanggal", "Nilai"], ["2026-01-01", 1], [], ["2026-01-02", 2])
    (sheet,) = read_file(raw)
    assert (sheet.header_row, sheet.row_numbers().to_pylist()) == (3, [4, 6])
    assert sheet.preamble[0][0] == "Laporan"


def test_all_sheets_of_a_binary_xls_are_read() -> None:
    book = xlwt.Workbook()
    for name in ("Metrics", "Posts"):
        sheet = book.add_sheet(name)
        sheet.write(0, 0, "A note above the header")
        for column, title in enumerate(("Date", "Impressions (organic)")):
            sheet.write(1, column, title)
        sheet.write(2, 0, "03/15/2026")
        sheet.write(2, 1, -3)
    out = io.BytesIO()
    book.save(out)
    sheets = read_file(out.getvalue(), "linkedin.csv")
    assert [(s.name, s.kind, s.header_row) for s in sheets] == [
        ("Metrics", "xls", 2),
        ("Posts", "xls", 2),
    ]
    assert sheets[1].head() == [("03/15/2026", "-3")]


def test_spreadsheetml_is_read_with_its_row_numbers() -> None:
    (sheet,) = read_file(SPREADSHEETML.encode(), "x.xls")
    assert (sheet.kind, sheet.name) == ("spreadsheetml", "Data")
    assert sheet.head() == [("2026-03-04T00:00:00", "12")]
    assert sheet.row_number(0) == 4


def test_xml_with_entities_that_explode_is_refused() -> None:
    bomb = SPREADSHEETML.replace(
        '<?mso-application progid="Excel.Sheet"?>',
        '<!DOCTYPE b [<!ENTITY a "xxxxxxxxxx"><!ENTITY c "&a;&a;&a;&a;">]>',
    ).replace("Tanggal", "&c;")
    with pytest.raises(UserError, match="damaged"):
        read_file(bomb.encode())


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_workbooks_cut_off_are_refused(share: float) -> None:
    for raw in (xlsx_of(["a", "b"], [1, 2]), SPREADSHEETML.encode()):
        with pytest.raises(UserError):
            read_file(raw[: int(len(raw) * share)])


def test_one_stray_cell_at_the_far_corner_is_refused_not_laid_out() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "a"
    book.active["XFD1048576"] = 1
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(UserError, match=r"columns|cells"):
        read_file(out.getvalue())


def test_a_workbook_that_lies_about_its_sizes_is_refused() -> None:
    raw = bytearray(xlsx_of(["a", "b"], *([i, "x" * 50] for i in range(500))))
    with zipfile.ZipFile(io.BytesIO(bytes(raw))) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    at = raw.index(b"PK\x01\x02")
    while raw[at + 46 : at + 46 + len(info.filename)] != info.filename.encode():
        at = raw.index(b"PK\x01\x02", at + 4)
    raw[at + 24 : at + 28] = (100).to_bytes(4, "little")
    with pytest.raises(UserError):
        read_file(bytes(raw))


def test_a_workbook_with_nothing_in_it_is_refused() -> None:
    with pytest.raises(UserError, match="No table"):
        read_file(xlsx_of(), "empty.xlsx", Limits())
