"""What of an Indonesian page is still English, as a person reads or hears it."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser

from babel.messages.pofile import read_po

from tolok.web.messages import find_catalogues

_STRAY = re.compile(r"\b(the|your|with|this|and|is|are|you|of|for|no|not)\b", re.IGNORECASE)


class Words(HTMLParser):
    """Gathers what a person reads or hears of a page; choices of a list as well."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"script", "style"}
        heard = {"aria-label", "title", "placeholder", "alt"}
        self.found += [value or "" for name, value in attrs if name in heard]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


@cache
def english_words() -> frozenset[str]:
    """Return every English sentence of ours that Indonesian says in another way."""
    found: set[str] = set()
    for file in find_catalogues():
        with file.open("rb") as stream:
            for message in read_po(stream, locale="id"):
                if isinstance(message.id, str) and message.id and message.id != message.string:
                    found.add(message.id)
    return frozenset(found - _said_in_indonesian())


def _said_in_indonesian() -> set[str]:
    """Return the Indonesian sentences: a word that is one of them is no English left over."""
    found: set[str] = set()
    for file in find_catalogues():
        with file.open("rb") as stream:
            found |= {m.string for m in read_po(stream, locale="id") if isinstance(m.string, str)}
    return found


def find_english_words(html: str) -> list[str]:
    """Return what of a page is English."""
    parser = Words()
    parser.feed(html)
    said = {" ".join(words.split()) for words in parser.found} - {""}
    return sorted(said & english_words()) + sorted(w for w in said if _STRAY.search(w))
