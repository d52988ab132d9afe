"""Masking of personal data in what people write: phone, e-mail, order, account and identity numbers.

Formats are Indonesian first (08…, +62…, NIK of 16 digits, resi, INV/…), international second.
Prices, dates, years and plain counts stay, for they are what a comment is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("email", re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)),
    (
        "order",
        re.compile(
            r"\b(?:inv(?:oice)?|ord(?:er)?|po|trx|tx|so)[/#-][\w/#-]*\d[\w/#-]*"
            r"|(?<=[\s:#(])(?=[a-z]{0,6}\d*[a-z]*\d)(?:[a-z]{1,6}\d{6,16}[a-z]{0,3}|\d{6,16}[a-z]{2,4})\b"
            r"|^(?:[a-z]{1,6}\d{6,16}[a-z]{0,3})\b",
            re.IGNORECASE,
        ),
    ),
    (
        "order",
        re.compile(
            r"(?<=\b)(?P<keep>(?:no(?:mor|mer)?\.?\s*)?(?:resi|pesanan|order|invoice|transaksi|tiket|"
            r"booking|order id|order number|tracking(?: number)?)\s*(?:id|no\.?|number|nya|saya|is|"
            r"itu|:|#|\s){0,4}\s*)(?P<mask>[a-z]{0,5}\d[\w-]{4,24})",
            re.IGNORECASE,
        ),
    ),
    (
        "account",
        re.compile(
            r"(?P<keep>\b(?:rek(?:ening)?|norek|a/?n|bca|bri|bni|mandiri|bsi|account)\b\.?\s*"
            r"(?:no(?:mor)?\.?|saya|bank|[:\s])*)(?P<mask>\d[\d -]{7,20}\d)",
            re.IGNORECASE,
        ),
    ),
    ("card", re.compile(r"(?<![\d.])(?:\d{4}[ -]){3}\d{4}(?![\d.])")),
    ("identity", re.compile(r"(?<![\d.,])\d{16}(?![\d.,]\d|\d)")),
    (
        "phone",
        re.compile(
            r"(?<![\w.,/])(?:\+|00)\d{1,3}[\s.-]?\(?\d{2,4}\)?(?:[\s.-]?\d{2,4}){2,4}(?!\d)"
            r"|(?<![\w.,/])(?:62[\s-]?8|0\s?8)\d{1,2}(?:[\s.-]?\d{2,4}){2,4}(?!\d)"
            r"|(?<![\w.,/])\(?0(?:2[1-9]|[3-7]\d{1,2}|9\d{1,2})\)?[\s-]\d{3,4}[\s-]?\d{3,5}(?!\d)"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without personal data, and the kinds that were found, in the order of the rules."""

    text: str
    found: tuple[str, ...]


def mask_personal(text: str) -> Masked:
    """Return the text with personal data replaced by `[phone]`, `[email]` and the like.

    Kinds: email, order, account, card, identity, phone. A rule may mask too much rather than too
    little; names and street addresses are not found.
    """
    if "@" not in text and not any(sign.isdigit() for sign in text) and "at" not in text:
        return Masked(text, ())
    found: list[str] = []
    for kind, pattern in _RULES:
        text, count = pattern.subn(
            rf"\g<keep>[{kind}]" if "keep" in pattern.groupindex else f"[{kind}]", text
        )
        if count:
            found.append(kind)
    return Masked(text, tuple(dict.fromkeys(found)))


def mask_all(texts: Sequence[str]) -> list[Masked]:
    """Return each text masked, in order."""
    return [mask_personal(text) for text in texts]
