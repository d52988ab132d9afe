"""The language of a page is told in one place; areas ask it there."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import override

from tolok.web.shell.language import language_of_page, locale_of_page, point_of_page

WEB = Path(__file__).parents[2]


def test_a_page_is_english_unless_it_is_indonesian() -> None:
    told = {}
    for spoken in ("id", "en", "en-gb", "fr"):
        with override(spoken):
            told[spoken] = (language_of_page(), locale_of_page().format_number(1234.5))
    assert told == {
        "id": ("id", "1.234,5"),
        **dict.fromkeys(("en", "en-gb", "fr"), ("en", "1,234.5")),
    }


def test_a_plain_number_has_the_decimal_sign_of_the_page() -> None:
    with override("id"):
        assert point_of_page("1234.5%") == "1234,5%"
    with override("en"):
        assert point_of_page("1234.5%") == "1234.5%"


def test_no_other_place_of_the_web_works_out_the_language() -> None:
    marks = ("def language_of_page", "def locale_of_page", 'get_language() == "id"')
    found = [
        path.relative_to(WEB).as_posix()
        for path in sorted(WEB.rglob("*.py"))
        if "tests" not in path.parts and any(m in path.read_text(encoding="utf-8") for m in marks)
    ]
    assert found == ["shell/language.py"]
