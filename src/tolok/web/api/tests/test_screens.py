"""The law: everything the screens can do a program can do, or a reason stands beside the screen."""

from __future__ import annotations

import pytest

from tolok.web.api.tests.screens import FOR_PROGRAMS, SAVES_NOTHING, SCREENS, Because
from tolok.web.tests.walls import collect_urls, collect_walls

V1 = "api_open:v1:"
ADDRESSES = set(collect_urls())
OPERATIONS = {name.removeprefix(V1) for name in ADDRESSES if name.startswith(V1)}
OPERATIONS -= {"openapi-json", "api-root"}
WALLS = collect_walls()


def test_every_screen_has_its_operations_or_a_reason() -> None:
    screens = {name for name in ADDRESSES if not name.startswith(V1)}
    assert screens - set(SCREENS) == set(), (
        "name what does the same by the API, or why nothing does"
    )
    assert set(SCREENS) - screens == set(), "these screens are gone"


def test_every_operation_does_what_some_screen_does() -> None:
    named = {one for told in SCREENS.values() if not isinstance(told, Because) for one in told}
    assert named - OPERATIONS == set(), "no such operation"
    assert OPERATIONS - named == FOR_PROGRAMS


@pytest.mark.parametrize("screen", [n for n, told in SCREENS.items() if isinstance(told, Because)])
def test_a_reason_is_a_sentence(screen: str) -> None:
    told = SCREENS[screen]
    assert isinstance(told, Because)
    assert len(told.reason.split()) >= 5


WRITING = [
    name for name, told in SCREENS.items()
    if name not in SAVES_NOTHING and not isinstance(told, Because) and WALLS[name].right not in ("see", "export")
]  # fmt: skip


@pytest.mark.parametrize("screen", WRITING)
def test_a_program_needs_the_right_of_the_screen(screen: str) -> None:
    told = SCREENS[screen]
    assert not isinstance(told, Because)
    # Outside every brand there is no right to hold; a program is always inside one.
    needed = {"signed_in": "manage"}.get(WALLS[screen].right, WALLS[screen].right)
    assert needed in {WALLS[f"{V1}{one}"].right for one in told}
