"""Both languages: nothing is left untranslated, plurals work, Indonesian pages hold no English."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django.utils.translation import ngettext, override

from tolok.web.accounts.models import Brand, User
from tolok.web.messages import compiled, find_all, find_catalogues

CATALOGUES = find_catalogues()
SAME_IN_BOTH = {"Menu", "E-mail", "Logo", "", "%(here)s", "Filter", "Manager", "Administrator"}


@pytest.mark.parametrize("file", find_all(), ids=lambda file: file.parts[-5])
def test_every_word_has_its_indonesian_one_with_the_same_placeholders(file: Any) -> None:
    with file.open("rb") as stream:
        catalogue = read_po(stream, locale="id")
    for message in catalogue:
        if not message.id:
            continue
        english = message.id if isinstance(message.id, tuple) else (message.id,)
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(said), message.id
        assert not message.fuzzy, message.id
        wanted = set(re.findall(r"%\(\w+\)s", english[-1]))
        assert all(set(re.findall(r"%\(\w+\)s", words)) == wanted for words in said), message.id


@pytest.mark.parametrize("file", find_all(), ids=lambda file: file.parts[-5])
def test_the_compiled_words_are_those_of_the_source(file: Any) -> None:
    assert file.with_suffix(".mo").read_bytes() == compiled(file), (
        "run python -m tolok.web.messages"
    )


def test_indonesian_plurals_are_not_dropped() -> None:
    one, many = "On. %(left)s recovery code left.", "On. %(left)s recovery codes left."
    with override("id"):
        for count in (1, 5):
            said = ngettext(one, many, count) % {"left": count}
            assert said == f"Menyala. Sisa {count} kode pemulihan."


class Words(HTMLParser):
    """Gathers what a person reads or hears of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"script", "style", "option"}
        heard = {"aria-label", "title", "placeholder", "alt"}
        self.found += [value or "" for name, value in attrs if name in heard]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style", "option"}

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


PAGES = [
    "/b/kopi/gallery/",
    "/b/kopi/settings/",
    "/b/kopi/settings/people/",
    "/b/kopi/settings/audit/",
    "/b/kopi/settings/tokens/",
    "/b/kopi/settings/delete/",
    "/me/",
    "/me/security/",
    "/me/security/on/",
    "/me/password/",
    "/brands/new/",
    "/b/nowhere/",
    "/b/kopi/insights/",
    "/b/kopi/insights/?by=area&against=target",
    "/b/kopi/insights/?by=campaign",
    "/b/kopi/insights/competitors/",
    "/b/kopi/insights/brands/",
    "/b/kopi/insights/metric/views/?platform=tiktok",
    "/b/kopi/gallery/fail/user/",
]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_an_indonesian_page_holds_no_english_sentence_of_ours(
    path: str, brand: Brand, alice: User, sign_in: Any
) -> None:
    english: set[str] = set()
    for file in CATALOGUES:
        with file.open("rb") as stream:
            for message in read_po(stream, locale="id"):
                if message.id and isinstance(message.id, str) and message.id != message.string:
                    english.add(message.id)
    User.objects.update(language="id")
    parser = Words()
    parser.feed(sign_in(alice).get(path).content.decode())
    said = {" ".join(words.split()) for words in parser.found}
    assert said & english == set()
    stray = re.compile(r"\b(the|your|with|this|and|is|are|you)\b", re.IGNORECASE)
    assert [words for words in said if stray.search(words)] == []
