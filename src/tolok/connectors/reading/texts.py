"""Text files: CSV and its kin, in any encoding and with any separator."""

from __future__ import annotations

import codecs
from dataclasses import replace

from tolok.base import Text

from .blocks import read_blocks
from .bulk import BULK_BYTES, read_bulk
from .encoding import Decoded, assume_utf8, decode
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
    hoped = assume_utf8(data, source) if len(data) >= bulk_from else None
    sheet = None if hoped is None else _read_quickly(hoped, source, limits)
    if sheet is not None:
        return [sheet]
    decoded = decode(data, source)
    is_changed = not isinstance(decoded.utf8, memoryview)
    if is_changed and len(decoded.utf8) >= bulk_from:
        sheet = _read_quickly(decoded, source, limits)
    sheets = [sheet] if sheet is not None else _read_carefully(decoded, source, limits)
    if not sheets:
        raise refuse_no_table(source)
    return sheets


def _read_quickly(decoded: Decoded, source: str, limits: Limits) -> Sheet | None:
    sample = _sample(decoded.utf8)
    if is_wrapped(sample):
        return None
    return read_bulk(decoded.utf8, _origin(decoded, sample, source, limits))


def _read_carefully(decoded: Decoded, source: str, limits: Limits) -> list[Sheet]:
    sample = _sample(decoded.utf8)
    if is_wrapped(sample):
        utf8 = unwrap_text(str(decoded.utf8, "utf-8")).encode()
        decoded = replace(decoded, utf8=utf8, notes=(*decoded.notes, _WRAPPED))
        sample = _sample(utf8)
    origin = _origin(decoded, sample, source, limits)
    records = RecordReader(decoded.utf8, origin.separator, source=source, limits=limits)
    return list(read_blocks(records, origin))


def _origin(decoded: Decoded, sample: str, source: str, limits: Limits) -> Origin:
    return Origin(
        source=source,
        name="",
        encoding=decoded.encoding,
        separator=find_separator(sample),
        kind="csv",
        notes=decoded.notes,
        limits=limits,
        ends_cleanly=bytes(decoded.utf8[-1:]) in (b"\n", b"\r", b'"'),
    )


def _sample(utf8: bytes | memoryview) -> str:
    return codecs.getincrementaldecoder("utf-8")("replace").decode(bytes(utf8[:SAMPLE]))
