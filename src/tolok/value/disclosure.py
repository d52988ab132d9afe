"""Disclosure of paid content: whether a post says that it was paid for."""

from __future__ import annotations

import re

_TAGS = frozenset(
    (
        *("ad", "ads", "advertisement", "advertorial", "sponsored", "sponsor", "paidpartnership"),
        *("paidpromote", "paidpromotion", "endorse", "endorsed", "endorsement", "gifted", "pr"),
        *("prpackage", "partner", "iklan", "disponsori", "kerjasama", "kerjasamaberbayar"),
        *("kolaborasiberbayar", "kontenberbayar", "promosiberbayar", "kemitraanberbayar"),
    )
)
_PHRASES = (
    r"paid (?:partnership|promotion|promo)",
    r"sponsored (?:by|post|content)",
    r"in (?:paid )?partnership with",
    r"this is an ad\b",
    r"advertisement",
    r"\[(?:ad|iklan)\]",
    r"^\s*(?:ad|iklan)\s*[:|\-–—]",
    r"kerja ?sama berbayar",
    r"kemitraan berbayar",
    r"(?:konten|postingan|unggahan|video|promosi) (?:ini )?(?:berbayar|bersponsor|iklan)",
    r"disponsori oleh",
    r"bekerja ?sama dengan",
    r"dibayar oleh",
)
_TAG = re.compile(r"[#＃]([\w]+)")
_PHRASE = re.compile("|".join(_PHRASES), re.IGNORECASE | re.MULTILINE)


def find_disclosure(text: str) -> str | None:
    """Return the words by which a post says it was paid for, in English or Indonesian; else None.

    Tags count as whole tags (#ad, not #adventure). The platform's own "paid partnership" label is
    not in the text: pass that knowledge beside it.
    """
    for tag in _TAG.finditer(text):
        if tag.group(1).lower().replace("_", "") in _TAGS:
            return tag.group(0)
    phrase = _PHRASE.search(text)
    return phrase.group(0).strip() if phrase else None
