"""From bytes to UTF-8: which encoding a text is in, and what damage can be undone."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from tolok.base import Text

from .refusals import refuse_encoding, refuse_kind

_CHUNK = 1 << 18
_HEAD = 1 << 16
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# UTF-8 bytes shown as Windows-1252: a lead byte's letter followed by a trail byte's sign.
_MOJIBAKE = re.compile(
    r"[ÂÃ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â[€‚„†‡…][\x80-\xbf“”™œ¦˜¢]|ðŸ|ï»¿"
)
# Every letter that begins such a pair starts with this byte in UTF-8, and most files have none:
# looking for a byte is fifty times quicker than the pattern.
_MOJIBAKE_START = b"\xc3"
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")

_GUESSED = Text(
    "The encoding was taken to be Windows-1252, since the file is not UTF-8: check the letters.",
    "Encoding dianggap Windows-1252 karena berkas ini bukan UTF-8: periksa huruf-hurufnya.",
)
_BROKEN = Text(
    "Some bytes are not valid UTF-8 and are shown as �.",
    "Sebagian byte bukan UTF-8 yang sah dan ditampilkan sebagai �.",
)
_NUL = Text("NUL characters were taken out.", "Karakter NUL dibuang.")
_ODD = Text("The file was cut off inside a letter.", "Berkas terpotong di tengah huruf.")
_MENDED = Text(
    "Letters were garbled (UTF-8 read as Windows-1252) and have been mended.",
    "Huruf sempat kacau (UTF-8 dibaca sebagai Windows-1252) dan sudah dipulihkan.",
)
_GARBLED = Text(
    "Some letters look garbled; names and captions may be wrong, figures are not touched.",
    "Sebagian huruf tampak kacau; nama dan caption bisa salah, angkanya tidak terpengaruh.",
)
_WRONG_BOM = Text(
    "The mark at the start of the file names another encoding than the text has.",
    "Tanda di awal berkas menyebut encoding lain daripada isi sebenarnya.",
)
_UNTURNED = Text(
    "The file was UTF-16 turned to another code page; this was undone.",
    "Berkas UTF-16 sempat diubah ke code page lain; ini sudah dipulihkan.",
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text as UTF-8 without a mark at its start, the encoding it came in, and remarks."""

    utf8: bytes | memoryview
    encoding: str
    notes: tuple[Text, ...]


def decode(data: bytes | memoryview, source: str) -> Decoded:
    """Return the text as UTF-8; raise UserError when it is binary or its letters are lost.

    A big clean UTF-8 file is not copied.
    """
    view = memoryview(data)
    encoding, skip, notes = _find_encoding(view)
    body = view[skip:]
    if encoding == "utf-8":
        clean = _as_clean_utf8(body, source)
        if clean is not None:
            return Decoded(clean, encoding, tuple(notes))
    text, more = _to_text(body, encoding)
    text, mends = _mend(text, source)
    used = "windows-1252" if _GUESSED in more else encoding
    return Decoded(text.encode("utf-8", "replace"), used, (*notes, *more, *mends))


def assume_utf8(data: bytes | memoryview, source: str) -> Decoded | None:
    """Return a text as the UTF-8 its beginning shows it to be; None when it shows another thing.

    Only the beginning is looked at: whoever reads the rest must prove it (see `is_garbled`).
    Raises UserError when it is binary.
    """
    view = memoryview(data)
    encoding, skip, notes = _find_encoding(view)
    body = view[skip:]
    if encoding != "utf-8" or not _has_clean_head(body, source):
        return None
    return Decoded(body, encoding, tuple(notes))


def is_garbled(chunk: bytes) -> bool:
    """Whether UTF-8 bytes, cut anywhere, hold NULs or letters that need mending."""
    if b"\0" in chunk:
        return True
    return _MOJIBAKE_START in chunk and bool(_MOJIBAKE.search(chunk.decode("utf-8", "ignore")))


def _find_encoding(view: memoryview) -> tuple[str, int, list[Text]]:
    head = bytes(view[:_HEAD])
    for bom, name in _BOMS:
        if head.startswith(bom):
            rest = head[len(bom) :]
            if name.startswith("utf-16"):
                return _check_utf16(rest, name, len(bom))
            return name, len(bom), []
    by_zeros = _by_zero_bytes(head)
    # UTF-16 that was read as letters and written as UTF-8 has the zeros too; see `_unturn`.
    if by_zeros and (head.isascii() or not _is_utf8(head)):
        return by_zeros, 0, []
    return "utf-8", 0, []


def _check_utf16(rest: bytes, name: str, skip: int) -> tuple[str, int, list[Text]]:
    """A mark may lie: 8-bit text has no zero bytes, swapped text has them on the wrong side."""
    by_zeros = _by_zero_bytes(rest)
    if by_zeros is None and rest and rest.count(0) * 100 < len(rest):
        return "utf-8", skip, [_WRONG_BOM]
    if by_zeros and by_zeros != name:
        return by_zeros, skip, [_WRONG_BOM]
    return name, skip, []


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _by_zero_bytes(head: bytes) -> str | None:
    sample = head[: len(head) // 2 * 2]
    half = len(sample) // 2
    if half < 2:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > half * 0.3 and even < odd / 4:
        return "utf-16-le"
    if even > half * 0.3 and odd < even / 4:
        return "utf-16-be"
    return None


def _as_clean_utf8(body: memoryview, source: str) -> memoryview | None:
    """Return the body itself when it is UTF-8 that needs no mending, else None."""
    is_clean = _has_clean_head(body, source)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(body), _CHUNK):
            chunk = bytes(body[start : start + _CHUNK])
            decoder.decode(chunk)
            if not is_clean or is_garbled(chunk):
                return None
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return body


def _has_clean_head(body: memoryview, source: str) -> bool:
    head = bytes(body[:_HEAD])
    if len(_CONTROL.findall(head)) * 20 > len(head):
        raise refuse_kind(source, Text("not a text", "bukan teks"))
    return not head.startswith("ÿþ".encode())


def _to_text(body: memoryview, encoding: str) -> tuple[str, list[Text]]:
    raw = bytes(body)
    notes: list[Text] = []
    if encoding.startswith("utf-16") and len(raw) % 2:
        raw, notes = raw[:-1], [_ODD]
    try:
        return raw.decode(encoding), notes
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            return raw.decode(encoding, "replace"), [*notes, _BROKEN]
        if error.end == len(raw) and error.reason == "unexpected end of data":
            return raw[: error.start].decode("utf-8"), [*notes, _ODD]
    return _fall_back(raw)


def _fall_back(raw: bytes) -> tuple[str, list[Text]]:
    """Mostly UTF-8 with a few broken bytes stays UTF-8; else it is a Windows code page."""
    text = raw.decode("utf-8", "replace")
    broken = text.count("�")
    letters = sum(1 for letter in text[: _HEAD * 4] if letter > "\x7f" and letter != "�")
    if letters > 3 * broken:
        return text, [_BROKEN]
    try:
        return raw.decode("cp1252"), [_GUESSED]
    except UnicodeDecodeError:
        return raw.decode("latin-1"), [_GUESSED]


def _mend(text: str, source: str) -> tuple[str, list[Text]]:
    notes: list[Text] = []
    if text.startswith(("ÿþ", "þÿ")) or "\0" in text[:_HEAD]:
        turned = _unturn(text, source)
        text, notes = (text, []) if turned is None else (turned, [_UNTURNED])
    if "\0" in text:
        text, notes = text.replace("\0", ""), [*notes, _NUL]
    text = text.lstrip("\ufeff")
    hits = len(_MOJIBAKE.findall(text[: 1 << 22]))
    if hits:
        mended = _remake(text) if hits >= 2 else None
        text, notes = (text, [*notes, _GARBLED]) if mended is None else (mended, [*notes, _MENDED])
    return text.lstrip("\ufeff"), notes


def _unturn(text: str, source: str) -> str | None:
    """Turn 'ÿþs\\0e\\0p\\0' back: bytes of UTF-16 that someone read as letters; None if it is not."""
    body = text.removeprefix("ÿþ").removeprefix("þÿ")
    raw = _letters_to_bytes(body)
    order = None if raw is None else _by_zero_bytes(raw[:_HEAD])
    if raw is not None and order is not None:
        return raw[: len(raw) // 2 * 2].decode(order, "replace")
    if body != text:
        raise refuse_encoding(source)
    return None


def _remake(text: str) -> str | None:
    raw = _letters_to_bytes(text)
    if raw is None:
        return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _letters_to_bytes(text: str) -> bytes | None:
    """Return the bytes that Windows-1252 shows as these letters; None when some have no byte."""
    try:
        return text.encode("cp1252")
    except UnicodeEncodeError:
        pass
    out = bytearray()
    for letter in text:
        try:
            out += letter.encode("cp1252")
        except UnicodeEncodeError:
            if ord(letter) > 0xFF:
                return None
            out.append(ord(letter))
    return bytes(out)
