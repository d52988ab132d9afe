"""From any file a person drops to sheets of text cells, or to one clear refusal."""

from __future__ import annotations

import mmap
import os
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from tolok.base import Text, UserError

from .archive import check_sizes, is_plain_archive, members, open_archive, read_member, tell_office
from .content import tell_content
from .memory import use_steady_memory
from .refusals import (
    refuse_bomb,
    refuse_empty,
    refuse_nested,
    refuse_no_table,
    refuse_size,
    refuse_unopened,
)
from .sheet import Limits, Sheet
from .spreadsheetml import read_spreadsheetml
from .texts import read_text
from .workbook import read_xls, read_xlsx

_HEAD = 1 << 16
_MAP_FROM = 32 << 20
_DEFAULT = Limits()


def read_file(
    path_or_bytes: str | Path | bytes, name: str | None = None, limits: Limits = _DEFAULT
) -> list[Sheet]:
    """Return every table of a file: CSV, XLSX, XLS, SpreadsheetML, or a ZIP of these.

    What the file is, is told by its content; `name` (else the path's) only names it. Raises
    UserError with one sentence when it is empty, locked, damaged, too big, or no table at all.
    """
    if isinstance(path_or_bytes, bytes):
        return _read(path_or_bytes, name or "file", limits)
    path = Path(path_or_bytes)
    source = name or path.name
    size = _size_of(path, source)
    if size > limits.max_bytes:
        raise refuse_size(source, Text("MiB", "MiB"), limits.max_bytes / 2**20)
    if size == 0:
        raise refuse_empty(source)
    if size < _MAP_FROM:
        return _read(path.read_bytes(), source, limits)
    use_steady_memory()
    # Never closed by hand: an error on its way up still holds views of it, and closing would
    # then fail and hide that error. It goes with its last view.
    with path.open("rb") as stream:
        data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    return _read(memoryview(data), source, limits)


def _size_of(path: Path, source: str) -> int:
    if not path.is_file() or not os.access(path, os.R_OK):
        raise refuse_unopened(source)
    return path.stat().st_size


def _read(data: bytes | memoryview, source: str, limits: Limits, *, depth: int = 0) -> list[Sheet]:
    if len(data) > limits.max_bytes:
        raise refuse_size(source, Text("MiB", "MiB"), limits.max_bytes / 2**20)
    head = bytes(data[:_HEAD])
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise refuse_empty(source)
    content = tell_content(head, source)
    if content == "zip":
        return _read_zip(bytes(data), source, limits, depth=depth)
    if content == "xls":
        return read_xls(bytes(data), source, limits)
    if content == "spreadsheetml":
        return read_spreadsheetml(bytes(data), source, limits)
    return read_text(data, source, limits)


def _read_zip(data: bytes, source: str, limits: Limits, *, depth: int) -> list[Sheet]:
    with open_archive(BytesIO(data), source) as archive:
        if tell_office(archive, source):
            return read_xlsx(data, source, limits)
        if depth:
            raise refuse_nested(source)
        check_sizes(archive, source, limits)
        return _read_members(archive, source, limits)


def _read_members(archive: zipfile.ZipFile, source: str, limits: Limits) -> list[Sheet]:
    """Read each member; one that is no table is noted, unless nothing else is in the archive."""
    sheets: list[Sheet] = []
    refused: list[UserError] = []
    taken = 0
    for info in members(archive):
        inner = f"{source}/{info.filename}"
        data = read_member(archive, info, inner, limits)
        taken += len(data)
        if taken > limits.max_bytes:
            raise refuse_bomb(source)
        if is_plain_archive(data):
            raise refuse_nested(inner)
        try:
            sheets.extend(_read(data, inner, limits, depth=1))
        except UserError as error:
            refused.append(error)
        if len(sheets) > limits.max_sheets:
            raise refuse_size(source, Text("sheets", "lembar"), limits.max_sheets)
    if not sheets:
        raise refused[0] if refused else refuse_no_table(source)
    notes = tuple(Text(error.say("en"), error.say("id")) for error in refused)
    return [replace(sheets[0], notes=(*sheets[0].notes, *notes)), *sheets[1:]]
