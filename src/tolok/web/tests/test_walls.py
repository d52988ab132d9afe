"""Every address of the URL map × every role × own brand, other brand, other workspace, nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tolok.web.accounts.models import Brand, User
from tolok.web.accounts.rights import RIGHTS, ROLES
from tolok.web.tests.walls import Wall, collect_urls, collect_walls, no_thing

pytestmark = pytest.mark.django_db
WALLS = collect_walls()
OF_A_BRAND = {name: wall for name, wall in WALLS.items() if wall.right in RIGHTS}
OF_THINGS = [n for n, w in OF_A_BRAND.items() if w.args is not no_thing and not w.is_common]
OUTSIDE = {name: wall for name, wall in WALLS.items() if wall.right not in RIGHTS}


def ask(client: Client, name: str, wall: Wall, brand: Brand) -> Any:
    names = wall.args(brand)
    try:
        address = reverse(name, kwargs={"brand": brand.slug, **names})
    except NoReverseMatch:
        address = reverse(name, kwargs=names)
    return (
        client.generic(wall.method, address) if not wall.data else client.post(address, wall.data)
    )


def test_every_address_is_listed_and_every_list_entry_exists() -> None:
    addresses = list(collect_urls())
    assert set(addresses) - set(WALLS) == set(), "list these in tests/walls.py of their app"
    assert set(WALLS) - set(addresses) == set(), "these are listed but gone"
    assert len(addresses) == len(set(addresses))


@pytest.mark.parametrize("name", OF_A_BRAND)
@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_what_its_rights_say(
    name: str, role: str, hire: Callable[..., User], brand: Brand, sign_in: Any
) -> None:
    wall = OF_A_BRAND[name]
    answer = ask(sign_in(hire(role)), name, wall, brand)
    if role in RIGHTS[wall.right]:
        assert answer.status_code in wall.own
    else:
        assert answer.status_code in (403, 404)


@pytest.mark.parametrize("name", OF_A_BRAND)
def test_strangers_find_nothing(
    name: str,
    hire: Callable[..., User],
    charlie: User,
    brand: Brand,
    other_brand: Brand,
    sign_in: Any,
) -> None:
    wall = OF_A_BRAND[name]
    bob = sign_in(hire("administrator"))
    assert ask(bob, name, wall, other_brand).status_code == 404
    assert ask(sign_in(charlie), name, wall, brand).status_code == 404


@pytest.mark.parametrize(
    "name", [*OF_A_BRAND, *(n for n, w in OUTSIDE.items() if w.right == "signed_in")]
)
def test_nobody_is_sent_to_the_sign_in_page(name: str, brand: Brand) -> None:
    answer = ask(Client(), name, WALLS[name], brand)
    assert answer.status_code in (302, 401)
    assert answer.status_code == 401 or answer["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("name", OF_THINGS)
def test_things_of_another_brand_cannot_be_reached_through_ones_own(
    name: str, brand: Brand, other_brand: Brand, hire: Callable[..., User], sign_in: Any
) -> None:
    wall = OF_A_BRAND[name]
    names = wall.args(other_brand)
    assert names
    bob = sign_in(hire("administrator"))
    address = reverse(name, kwargs={"brand": brand.slug, **names})
    assert bob.generic(wall.method, address).status_code == 404


@pytest.mark.parametrize("name", OUTSIDE)
def test_pages_without_a_brand_answer_as_listed(
    name: str, hire: Callable[..., User], brand: Brand, sign_in: Any
) -> None:
    wall = OUTSIDE[name]
    mine = ask(sign_in(hire("viewer")), name, wall, brand).status_code
    nobody = ask(Client(), name, wall, brand).status_code
    if wall.right == "hidden":
        assert (mine, nobody) == (404, 404)
    elif wall.right == "open":
        assert mine in wall.own
        assert nobody in wall.own
    else:
        assert mine in wall.own


def test_a_missing_brand_and_a_foreign_one_answer_alike(
    charlie: User, brand: Brand, sign_in: Any
) -> None:
    client = sign_in(charlie)
    foreign, missing = client.get("/b/kopi/"), client.get("/b/nowhere/")
    assert foreign.status_code == missing.status_code == 404
    tokens = [line for line in foreign.content.splitlines() if b"csrf" not in line.lower()]
    others = [line for line in missing.content.splitlines() if b"csrf" not in line.lower()]
    assert [line.replace(b"/b/kopi/", b"") for line in tokens] == [
        line.replace(b"/b/nowhere/", b"") for line in others
    ]
