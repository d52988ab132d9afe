"""ZIP archives, opened with care: bombs, locks, nests, broken members."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from tolok.base import Text, UserError

from .refusals import refuse_bomb, refuse_damaged, refuse_encrypted, refuse_kind, refuse_size
from .sheet import Limits

_PIECE = 1 << 20
_SMALL = 16 << 20  # below this no ratio is alarming: a small sheet of zeros packs 1:500
_CUT = Text("the archive is cut off or broken", "arsipnya terpotong atau rusak")
_JUNK = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def open_archive(stream: zipfile.ZipFile | object, source: str) -> zipfile.ZipFile:
    """Return a ZIP opened for reading; raise UserError when it is broken."""
    try:
        return zipfile.ZipFile(stream)  # type: ignore[call-overload,no-any-return]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise refuse_damaged(source, _CUT) from error


def tell_office(archive: zipfile.ZipFile, source: str) -> bool:
    """Return True for an XLSX, False for a plain archive; raise UserError for other documents."""
    names = set(archive.namelist())
    if "xl/workbook.bin" in names:
        raise refuse_kind(source, Text("a binary workbook (XLSB)", "buku kerja biner (XLSB)"))
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        return True
    if "[Content_Types].xml" in names:
        raise refuse_kind(source, Text("an Office document", "dokumen Office"))
    if {"mimetype", "content.xml"} <= names:
        raise refuse_kind(source, Text("an OpenDocument file", "berkas OpenDocument"))
    if any(name.endswith((".numbers", "Index/Document.iwa")) for name in names):
        raise refuse_kind(source, Text("an Apple Numbers file", "berkas Apple Numbers"))
    return False


def is_plain_archive(data: bytes) -> bool:
    """Return whether bytes are a ZIP that is no document of Office."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return not tell_office(archive, "")
    except (UserError, zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the files of an archive that a person put there, in the archive's order."""
    return [
        info
        for info in archive.infolist()
        if not info.is_dir() and not any(mark in info.filename for mark in _JUNK)
    ]


def check_sizes(archive: zipfile.ZipFile, source: str, limits: Limits) -> None:
    """Raise UserError when an archive is locked, has too many members, or swells too much."""
    infos = archive.infolist()
    if len(infos) > limits.max_zip_members:
        raise refuse_size(source, Text("members", "isi"), limits.max_zip_members)
    if any(info.flag_bits & 0x1 for info in infos):
        raise refuse_encrypted(source)
    total = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if total > limits.max_bytes:
        raise refuse_bomb(source)
    if total > _SMALL and total > limits.max_zip_ratio * max(packed, 1):
        raise refuse_bomb(source)


def read_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: str, limits: Limits
) -> bytes:
    """Return a member's bytes; raise UserError when it is broken or bigger than it said."""
    return b"".join(read_in_pieces(archive, info, source, limits))


def read_in_pieces(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    source: str,
    limits: Limits,
    overlap: int = 0,
) -> Iterator[bytes]:
    """Yield a member in pieces of 1 MiB, each led by the last `overlap` bytes before it."""
    taken = 0
    tail = b""
    try:
        with archive.open(info) as stream:
            while piece := stream.read(_PIECE):
                taken += len(piece)
                if taken > limits.max_bytes:
                    raise refuse_bomb(source)
                yield tail + piece
                tail = piece[-overlap:] if overlap else b""
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise refuse_damaged(source, _CUT) from error
    except RuntimeError as error:  # zipfile's word for a member locked with a password
        raise refuse_encrypted(source) from error
