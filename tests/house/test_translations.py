"""One sentence of the source has one translation: Django merges the catalogues of all areas."""

from __future__ import annotations

import gettext
from collections import defaultdict
from pathlib import Path

from django.utils.translation import trans_real

WEB = Path(__file__).parents[2] / "src/tolok/web"
CATALOGUES = sorted(WEB.glob("*/locale/id/LC_MESSAGES/django.mo"))


def _read(path: Path) -> dict[object, str]:
    with path.open("rb") as file:
        return dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]


def _clashes(catalogues: dict[str, dict[object, str]]) -> dict[object, dict[str, list[str]]]:
    """Return what is translated in more than one way, and where; a context tells two apart."""
    found: dict[object, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for area, catalogue in catalogues.items():
        for source, told in catalogue.items():
            if source != "":
                found[source][told].append(area)
    return {s: dict(told) for s, told in found.items() if len(told) > 1}


def test_a_sentence_is_translated_the_same_way_in_every_area() -> None:
    assert len(CATALOGUES) >= 9
    assert _clashes({p.parts[-5]: _read(p) for p in CATALOGUES}) == {}


def test_two_translations_of_one_sentence_are_found_and_a_context_keeps_them_apart() -> None:
    person = f"person{trans_real.CONTEXT_SEPARATOR}Remove"
    areas = {"share": {"Remove": "Hapus"}, "accounts": {"Remove": "Keluarkan"}}
    assert _clashes(areas) == {"Remove": {"Hapus": ["share"], "Keluarkan": ["accounts"]}}
    assert _clashes({"share": {"Remove": "Hapus"}, "accounts": {person: "Keluarkan"}}) == {}
