"""A template filled by hand is recognised by its first header and becomes facts."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from tolok.base import UserError
from tolok.intake import Answers, import_files
from tolok.intake.templates import template_columns, template_csv, template_lines, write_template
from tolok.lake import Lake, LakeView, load_tables

SAMPLES = {"text": "a-{n}", "int": "{n}", "float": "{n}.5", "money": "1500", "date": "2026-10-0{n}",
           "moment": "2026-10-0{n} 09:30", "bool": "ya"}  # fmt: skip


def fill(table: str, rows: int) -> str:
    """Return the CSV of a template with made-up rows in every column."""
    lines = template_lines(table, "id")
    columns = template_columns(load_tables()[table])
    for n in range(1, rows + 1):
        cells = [
            "IDR" if c.name == "currency" else SAMPLES[c.type].format(n=n)
            for c in columns
        ]  # fmt: skip
        lines.append(["", *cells])
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue()


@pytest.mark.parametrize("table", load_tables())
def test_every_template_comes_back_as_facts(table: str, tmp_path: Path) -> None:
    path = tmp_path / "filled.csv"
    path.write_text(fill(table, 3), encoding="utf-8")
    lake = Lake(tmp_path / "lake")
    (taken,) = import_files([path], lake, "kopi", Answers())
    verdict = taken.verdict
    assert verdict.state == "ready", (verdict.reason, verdict.parts)
    assert verdict.parts[0].kind == f"template.{table}"
    rows = LakeView(lake).table(table).to_pyarrow().to_pylist()
    assert len(rows) == 3
    first = min(rows, key=lambda r: str(r[load_tables()[table].natural_key[1]]))
    empty = [c.name for c in load_tables()[table].columns if first[c.name] is None]
    assert empty == []


def test_moments_are_read_on_the_brands_clock(tmp_path: Path) -> None:
    path = tmp_path / "slots.csv"
    path.write_text("tolok:slots,slot,due_at\n#,x,y\n,s1,2026-10-01 09:30\n", encoding="utf-8")
    lake = Lake(tmp_path / "lake")
    list(import_files([path], lake, "kopi", Answers(timezone="Asia/Jakarta")))
    (row,) = LakeView(lake).table("slots").to_pyarrow().to_pylist()
    assert row["due_at"] == datetime(2026, 10, 1, 2, 30)


def test_a_row_that_says_neither_yes_nor_no_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    text = "tolok:orders,order,ordered_at,is_first\n,o1,2026-10-01 09:30,maybe\n,o2,2026-10-01 09:30,no\n"
    path.write_text(text, encoding="utf-8")
    lake = Lake(tmp_path / "lake")
    (taken,) = import_files([path], lake, "kopi", Answers())
    assert taken.verdict.aside_count == 1
    (row,) = LakeView(lake).table("orders").to_pyarrow().to_pylist()
    assert (row["order"], row["is_first"]) == ("o2", False)


def test_a_workbook_is_written_and_its_text_is_never_a_formula(tmp_path: Path) -> None:
    path = write_template("costs", tmp_path / "costs.xlsx", "en")
    sheet = openpyxl.load_workbook(path).active
    assert [c.value for c in sheet[1]][:2] == ["tolok:costs", "cost"]
    assert sheet["A2"].value == "#"
    sheet.append([None, "c1", "2026-10-04", *[None] * 7, 2500, "IDR"])
    sheet.parent.save(path)
    lake = Lake(tmp_path / "lake")
    (taken,) = import_files([path], lake, "kopi", Answers())
    assert taken.verdict.state == "ready", taken.verdict.reason
    (row,) = LakeView(lake).table("costs").to_pyarrow().to_pylist()
    assert (row["cost"], int(row["amount"]), row["currency"]) == ("c1", 2500, "IDR")


def test_an_unknown_table_is_named_with_the_known_ones() -> None:
    with pytest.raises(UserError, match="no table"):
        template_csv("nothing", "en")
