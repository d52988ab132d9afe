"""What a file is, told by its content and never by its name."""

from __future__ import annotations

import re
from typing import Literal

from tolok.base import Text

from .refusals import refuse_damaged, refuse_encrypted, refuse_kind, refuse_web_page

Content = Literal["text", "zip", "xls", "spreadsheetml"]

_FOREIGN: tuple[tuple[bytes, Text], ...] = (
    (b"%PDF", Text("a PDF", "PDF")),
    (b"\x89PNG", Text("a picture", "gambar")),
    (b"\xff\xd8\xff", Text("a picture", "gambar")),
    (b"GIF8", Text("a picture", "gambar")),
    (b"\x1f\x8b", Text("a gzip archive", "arsip gzip")),
    (b"7z\xbc\xaf\x27\x1c", Text("a 7z archive", "arsip 7z")),
    (b"Rar!", Text("a RAR archive", "arsip RAR")),
    (b"BZh", Text("a bzip2 archive", "arsip bzip2")),
    (b"\xfd7zXZ", Text("an xz archive", "arsip xz")),
    (b"PAR1", Text("a Parquet file", "berkas Parquet")),
    (b"ARROW1", Text("an Arrow file", "berkas Arrow")),
    (b"SQLite format 3", Text("a database", "basis data")),
    (b"{\\rtf", Text("a text document", "dokumen teks")),
    (b"\x7fELF", Text("a program", "program")),
    (b"MZ", Text("a program", "program")),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|script|meta)\b", re.I)
_LOGIN = re.compile(rb"type=[\"']?password|log ?in|sign ?in|masuk|iniciar sesi|anmelden", re.I)
_JSON = re.compile(rb"\s*(?:\{\s*(?:\"|\})|\[\s*(?:\{|\[|\]))")


def tell_content(head: bytes, source: str) -> Content:
    """Return what kind of file begins with `head` (some 64 KiB); raise UserError if no table."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(_OLE):
        return "xls"
    if head[:2] in (b"\x09\x00", b"\x09\x02", b"\x09\x04") and head[2:4] in (b"\x04\0", b"\x06\0"):
        raise refuse_kind(source, Text("a very old Excel file", "berkas Excel yang sangat lama"))
    for magic, what in _FOREIGN:
        # Two letters prove little: a CSV may begin with the word "MZ…".
        if head.startswith(magic) and (len(magic) > 3 or b"\0" in head[:64]):
            raise refuse_kind(source, what)
    return _tell_text(head, source)


def check_ole(data: bytes, source: str) -> None:
    """Raise UserError when an OLE container holds an encrypted workbook or no workbook at all."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise refuse_encrypted(source)
    names = [name.encode("utf-16-le") for name in ("Workbook", "Book", "WORKBOOK", "BOOK")]
    if not any(name in data for name in names):
        if "WordDocument".encode("utf-16-le") in data:
            raise refuse_kind(source, Text("a Word document", "dokumen Word"))
        raise refuse_damaged(
            source, Text("it holds no workbook", "tidak ada buku kerja di dalamnya")
        )


def _tell_text(head: bytes, source: str) -> Content:
    plain = head[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    is_xml = plain.startswith((b"<?xml", b"<!--"))
    if is_xml and b"schemas-microsoft-com:office:spreadsheet" in head.replace(b"\0", b""):
        return "spreadsheetml"
    if plain.startswith(b"<") and _HTML.search(plain):
        raise refuse_web_page(source, login=bool(_LOGIN.search(head)))
    if plain.startswith(b"<?xml"):
        raise refuse_kind(source, Text("an XML file", "berkas XML"))
    if plain.startswith(b"<Workbook"):
        return "spreadsheetml"
    if _JSON.match(plain):
        raise refuse_kind(source, Text("a JSON file", "berkas JSON"))
    return "text"
