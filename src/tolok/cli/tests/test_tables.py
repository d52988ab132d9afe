"""Tables in the terminal: whatever the width, no figure is cut and no word is lost."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text as Line

from tolok.cli.tables import Column, lay_table, print_with_reasons

COLUMNS = [Column("name", wraps=True), Column("now", is_number=True), Column("before", is_number=True),
           Column("last year", is_number=True, rank=1), Column("course", rank=2)]  # fmt: skip
words = st.text("abcdefgh ", min_size=1, max_size=40).map(str.strip).filter(bool)
figures = st.integers(-(10**9), 10**9).map(lambda n: f"{n:,}")


def drawn(width: int, *tables: object) -> str:
    written = io.StringIO()
    out = Console(file=written, width=width, highlight=False)
    for table in tables:
        out.print(table)
    return written.getvalue()


@given(st.lists(st.tuples(words, figures, figures, figures, figures), min_size=1, max_size=5),
       st.integers(70, 140))  # fmt: skip
def test_a_figure_stands_whole_or_its_column_not_at_all(
    rows: list[tuple[str, ...]], width: int
) -> None:
    text = drawn(width, lay_table(COLUMNS, rows, width))
    assert all(len(line) <= width for line in text.splitlines())
    shown = [i for i, c in enumerate(COLUMNS) if c.head in text]
    assert {0, 1, 2} <= set(shown)
    lines = text.splitlines()[1:]
    told = [cell for line in lines for cell in line.split()]
    for row in rows:
        for i in shown[1:]:
            assert row[i] in told
    letters = sorted(c for row in rows for c in row[0] if c.isalpha())
    assert sorted(c for word in told if word.isalpha() for c in word) == letters


def test_tables_laid_alike_have_the_same_columns() -> None:
    narrow = [("a", "1", "2", "3", "▁▂▃")]
    wide = [("b", "1,234,567,890 people", "+12,345.6 %", "+1,234.5 %", "▁▂▃▄▅▆▇█▁▂▃▄▅")]
    every = [*narrow, *wide]
    alone, beside = (lay_table(COLUMNS, rows, 60, like=every) for rows in (narrow, wide))
    heads = drawn(60, alone).splitlines()[0], drawn(60, beside).splitlines()[0]
    assert heads[0] == heads[1]
    assert "course" not in heads[0]
    assert "course" in drawn(60, lay_table(COLUMNS, narrow, 60))


def test_a_reason_stands_beside_its_row_or_below_it_by_a_mark() -> None:
    columns = [Column(), Column("KPI", wraps=True), Column("now", is_number=True)]
    rows = [(Line("✗ missed"), "Followers", "9,540"), (Line("✓ achieved"), "Reach", "120")]
    reasons = ["9,540 on the due date, the target was 10,104", ""]
    wide, narrow = io.StringIO(), io.StringIO()
    for written, width in ((wide, 120), (narrow, 50)):
        out = Console(file=written, width=width)
        print_with_reasons(out, columns, rows, reasons, named=1, head="why")
    assert "why" in wide.getvalue()
    assert "¹" not in wide.getvalue()
    assert "Followers¹" in narrow.getvalue()
    assert "\n¹ 9,540 on the due date" in narrow.getvalue()
    assert "²" not in narrow.getvalue()
