"""Kinds of comment: question, complaint, praise, wish. A comment may be of several kinds, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .labels import Labels, label_texts

Flags = npt.NDArray[np.bool_]
KINDS = ("question", "complaint", "praise", "wish")

_ASKING = re.compile(
    r"\b(?:apa(?:kah)?(?! adanya| pun)|siapa|kapan|kpn|(?:di ?)?mana|dmn|ke ?mana|berapa(?:an)?|brp(?:an)?|"
    r"bagaimana|gimana|gmn|kenapa|knp|mengapa|bisa(?:kah)?|masih ada|ada (?:yang )?(?:ukuran|warna|"
    r"stok|promo|diskon)|ready|boleh (?:tanya|tau|tahu|minta)|(?:mau|izin|numpang) (?:tanya|nanya)|"
    r"spill|info(?:nya)? dong|cara(?:nya)? (?:pesan|order|beli|daftar|klaim)|"
    r"how (?:much|many|do|can|long|to)|what|when|where|which|who|why|is there|are there|"
    r"do you|does (?:it|this)|can (?:i|we|you|it)|could you|may i|is (?:it|this|that)|"
    r"any (?:chance|update)|kumaha|pira|piro|endi|ono|berapo|bila|macam mana)\b"
)
_STARTING = re.compile(
    r"^(?:@\S+\s+)*(?:(?:halo|hai|hi|hello|permisi|min|kak|sis|gan|bang|mba[kg]?|mas|admin|tanya|"
    r"nanya)[\s,.!]+)*"
)
_INDIRECT = re.compile(
    r"\b(?:(?:mau|izin|numpang|boleh|mo) (?:tanya|nanya|tau|tahu)|tanya (?:dong|dulu|donk)|"
    r"spill|info(?:nya)? (?:dong|donk|kak|min)|(?:berapa|brp) (?:ya|kak|min|sih|harga)|"
    r"(?:harga|ongkir|stok|lokasi|alamat)(?:nya)? (?:berapa|brp|(?:di ?)?mana|dmn|apa))\b"
)
_WISH = re.compile(
    r"\b(?:semoga (?:ada|bisa|segera|ke ?depan\w*)|(?:tolong|mohon|plis|pls|please|bisa(?:kah)?|coba) "
    r"(?:di)?(?:tambah\w*|tambahin|adain|adakan|hadirkan|bikin\w*|buka\w*|sediakan|perbanyak|"
    r"perbaiki|add|make|bring|open|support|restock|fix)|"
    r"(?:pengen|pingin|pengin|kepengen|mau|berharap|harap(?:an)?(?:nya)?|andai|seandainya|coba) "
    r"(?:sih )?(?:ada|kalau ada|kalo ada|bisa|buka|dong ada)|(?:saran|usul|masukan|request|"
    r"req)(?:ku|nya|an)?\b(?: dong| ya| min| kak|,|:)?|restock (?:dong|lagi|please|pls)|"
    r"(?:buka|adain|bikin|tambahin|keluarin) (?:cabang|outlet|fitur|varian|warna|ukuran|menu|lagi|dong)|"
    r"lebih (?:bagus|baik|enak|oke) (?:lagi )?(?:kalau|kalo|jika)|"
    r"(?:i )?wish (?:you|it|there|this|we)|would (?:love|like) to (?:see|have)|it would be "
    r"(?:nice|great|better|cool|good)|you should (?:add|make|bring|open|have)|"
    r"(?:feature request|suggestion)|hope (?:you|there|it) (?:can|will|add|bring)|when will you add)\b"
)
_TROUBLE = re.compile(
    r"\b(?:rusak|pecah|cacat|penyok|hilang|salah|error|eror|gagal|refund|retur|return|komplain|"
    r"komplen|belum (?:sampai|sampe|dikirim|diterima|masuk|dibalas|ada)|(?:ga|gak|nggak|tidak|tdk|"
    r"g) (?:bisa|sampai|sampe|sesuai|dibalas|dikirim|masuk|berfungsi|aktif|nyala)|lemot|lambat|"
    r"lelet|telat|nunggu|kecewa|parah|buruk|jelek|mengecewakan|tipu|penipu\w*|macet|kapok|nyesel|"
    r"broken|damaged|missing|late|delayed|wrong|never (?:arrived|received|got)|not (?:working|received)|"
    r"doesn'?t work|crash\w*|worst|terrible|awful|scam|disappoint\w*|rude|waiting)\b"
)


@dataclass(frozen=True, slots=True)
class Kinds:
    """Which kinds each text is of: four columns of truths, one row per text."""

    question: Flags
    complaint: Flags
    praise: Flags
    wish: Flags

    def names(self, row: int) -> tuple[str, ...]:
        """Return the kinds of one text."""
        return tuple(name for name in KINDS if getattr(self, name)[row])


def find_kinds(texts: Sequence[str], labels: Labels | None = None) -> Kinds:
    """Return the kinds of the texts; `labels` may be given to save labelling them again.

    A question asks (mark or asking words); a complaint is negative and names trouble, or is surely
    negative; praise is surely positive; a wish asks for something that is not there yet.
    """
    said = labels or label_texts(texts)
    low = [text.lower() for text in texts]
    question = np.array([is_question(text) for text in low], dtype=np.bool_)
    wish = np.array([_WISH.search(text) is not None for text in low], dtype=np.bool_)
    trouble = np.array([_TROUBLE.search(text) is not None for text in low], dtype=np.bool_)
    bad, good = said.sentiment == "negative", said.sentiment == "positive"
    complaint = bad & (trouble | (said.confidence >= 0.6))
    praise = good & (said.confidence >= 0.55) & ~(question & (said.confidence < 0.8))
    return Kinds(question & ~(wish & ~_marked(low)), complaint, praise, wish)


def _marked(texts: Sequence[str]) -> Flags:
    return np.array(["?" in text for text in texts], dtype=np.bool_)


def is_question(text: str) -> bool:
    """Return whether the lower-case text asks something: a mark, or asking words in front."""
    if re.search(r"\?(?!\S*=)", re.sub(r"https?://\S+", "", text)):
        return True
    rest = text[_STARTING.match(text).end() :] if _STARTING.match(text) else text  # type: ignore[union-attr]
    return _ASKING.match(rest) is not None or _INDIRECT.search(text) is not None


def find_waiting(
    texts: Sequence[str], answered: Sequence[bool], kinds: Kinds | None = None
) -> list[int]:
    """Return the rows of questions and complaints that nobody has answered yet, in order."""
    known = kinds or find_kinds(texts)
    asks = known.question | known.complaint
    return [row for row in range(len(texts)) if asks[row] and not answered[row]]
