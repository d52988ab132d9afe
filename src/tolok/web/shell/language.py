"""The language a page is drawn in, and how it writes numbers and days: one place for all areas."""

from __future__ import annotations

from django.utils.translation import get_language

from tolok.base import Language, Locale


def language_of_page() -> Language:
    """Return the language the page is drawn in; English where it is none of ours."""
    return "id" if get_language() == "id" else "en"


def locale_of_page() -> Locale:
    """Return how the language of the page writes numbers, money and days."""
    return Locale(language_of_page())


def point_of_page(plain: str) -> str:
    """Return a plain number, such as 1.5, with the decimal sign of the page's language."""
    return plain.replace(".", ",") if language_of_page() == "id" else plain
