"""Files cut off within a figure: GA4 ends its files without a line end, cut or whole."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text

from ...source import Source
from .preamble import Heading


def may_be_cut(source: Source, totals: np.ndarray, heading: Heading) -> bool:
    """Whether nothing proves that the last figure of the table is whole.

    A line end does, and so do a Grand total and days without a gap up to the end date.
    """
    if source.sheet.ends_cleanly or totals.any() or source.num_rows == 0:
        return False
    return not _reaches_end(source, heading)


def _reaches_end(source: Source, heading: Heading) -> bool:
    if heading.start is None or heading.last is None:
        return False
    length = (heading.last - heading.start).days + 1
    if source.has("nth_day"):
        return set(range(length)) <= set(source.counts("nth_day").to_pylist())
    days = pc.unique(source.days("date")).drop_null() if source.has("date") else []
    return len(days) >= length


def without_last_cell(source: Source) -> Source:
    """Return the source with the last cell of the last row blank: cut off, 1 may stand for 144."""
    sheet = source.sheet
    last = sheet.columns[-1]
    blank = pa.chunked_array(
        [last.slice(0, len(last) - 1).combine_chunks(), pa.nulls(1, pa.string())]
    )
    again = Source(
        replace(sheet, columns=(*sheet.columns[:-1], blank)), source.connector, source.export,
        mapping=source.mapping, language=source.language, told=source.told,
    )  # fmt: skip
    again.note(Text(
        f"The file ends without a line end, so its last figure (“{sheet.header[-1]}” in row "
        f"{sheet.row_number(sheet.num_rows - 1)}) may have been cut off and is left open.",
        f"Berkas berakhir tanpa pergantian baris, jadi angka terakhirnya (“{sheet.header[-1]}” di "
        f"baris {sheet.row_number(sheet.num_rows - 1)}) mungkin terpotong dan dikosongkan."))  # fmt: skip
    return again
