"""Text files: CSV and its kin, in any encoding and with any separator."""

from __future__ import annotations

import codecs

from tolok.base import Text

from .blocks import read_blocks
from .bulk import BULK_BYTES, read_bulk
from .encoding import decode
from .growing import Origin
from .records import SAMPLE, RecordReader, find_separator, is_wrapped, unwrap_text
from .refusals import refuse_no_table
from .sheet import Limits, Sheet

_WRAPPED = Text(
    "Every line was wrapped in quotation marks; this was undone.",
    "Setiap baris dibungkus tanda kutip; ini sudah dipulihkan.",
)


def read_text(
    data: bytes | memoryview, source: str, limits: Limits, *, bulk_from: int = BULK_BYTES
) -> list[Sheet]:
    """Return the tables of a text file; raise UserError when there is none to be had.

    A text of `bulk_from` bytes or more is read by the fast way if it proves clean.
    """
    decoded = decode(data, source)
    utf8, notes = decoded.utf8, decoded.notes
    sample = _sample(utf8)
    if is_wrapped(sample):
        utf8 = unwrap_text(str(utf8, "utf-8")).encode()
        sample, notes = _sample(utf8), (*notes, _WRAPPED)
    origin = Origin(
        source=source,
        name="",
        encoding=decoded.encoding,
        separator=find_separator(sample),
        kind="csv",
        notes=notes,
        limits=limits,
        ends_cleanly=bytes(utf8[-1:]) in (b"\n", b"\r", b'"'),
    )
    sheets = _read_sheets(utf8, origin, bulk_from)
    if not sheets:
        raise refuse_no_table(source)
    return sheets


def _read_sheets(utf8: bytes | memoryview, origin: Origin, bulk_from: int) -> list[Sheet]:
    if len(utf8) >= bulk_from:
        sheet = read_bulk(utf8, origin)
        if sheet is not None:
            return [sheet]
    limits = origin.limits
    records = RecordReader(utf8, origin.separator, source=origin.source, limits=limits)
    return list(read_blocks(records, origin))


def _sample(utf8: bytes | memoryview) -> str:
    return codecs.getincrementaldecoder("utf-8")("replace").decode(bytes(utf8[:SAMPLE]))
