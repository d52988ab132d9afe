"""A token reaches the brands it names and no other, with what its maker may do in each, now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from tolok.web.accounts.dossier import delete_brand
from tolok.web.accounts.models import ApiToken, AuditEntry, Brand, Member, Seat, User
from tolok.web.accounts.people import remove_member
from tolok.web.accounts.start import make_brand
from tolok.web.accounts.tokens import find_token, make_token

pytestmark = pytest.mark.django_db
PAGE = "/b/kopi/settings/tokens/"
FORM = {"name": "Dashboard", "scopes": ["read"], "days": "90"}


def call(secret: str, path: str) -> Any:
    return Client().get(f"/api/v1/{path}", headers={"authorization": f"Bearer {secret}"})


def reached(secret: str) -> set[str]:
    """Return the brands a token lists, each of which it must also open."""
    listed = {b["slug"] for b in call(secret, "brands").json()["items"]}
    assert {call(secret, f"brands/{slug}").status_code for slug in listed} <= {200}
    return listed


def secret_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.content.decode()
    return "tlk_" + answer.content.decode().split('value="tlk_')[1].split('"')[0]


def join(user: User, brand: Brand, *roles: str) -> Member:
    return Member.objects.create(user=user, brand=brand, roles=list(roles))


@pytest.fixture
def bob(hire: Callable[..., User], other_brand: Brand) -> User:
    """Administrator of Kopi, viewer of Teh, in a workspace he does not own."""
    user = hire("administrator")
    join(user, other_brand, "viewer")
    return user


def test_a_token_of_one_brand_finds_no_other(
    brand: Brand, other_brand: Brand, charlie: User, alice: User
) -> None:
    _row, secret = make_token(alice, brand, name="a", scopes=["read"])
    assert reached(secret) == {"kopi"}
    assert [call(secret, f"brands/{s}").status_code for s in ("teh", "batik")] == [404, 404]


def test_a_token_of_several_brands_reaches_these_and_no_third(
    brand: Brand, other_brand: Brand, charlie: User, alice: User
) -> None:
    make_brand(brand.workspace, "Roti Siang", slug="roti")
    _row, secret = make_token(alice, brand, name="a", scopes=["read"], also=[other_brand])
    assert reached(secret) == {"kopi", "teh"}
    assert [call(secret, f"brands/{s}").status_code for s in ("roti", "batik")] == [404, 404]
    with pytest.raises(ValueError, match="one workspace"):
        make_token(alice, brand, name="a", scopes=[], also=[Brand.objects.get(slug="batik")])


def test_in_each_brand_it_may_what_its_maker_may_there(
    brand: Brand, other_brand: Brand, bob: User
) -> None:
    _row, secret = make_token(bob, brand, name="b", scopes=["read", "manage"], also=[other_brand])
    assert call(secret, "brands/kopi/people").status_code == 200
    assert call(secret, "brands/teh/people").status_code == 403
    assert "manage" not in call(secret, "brands/teh").json()["rights"]


def test_losing_a_seat_takes_the_brand_away_at_once_and_for_good(
    brand: Brand, other_brand: Brand, bob: User
) -> None:
    _row, secret = make_token(bob, brand, name="b", scopes=["read"], also=[other_brand])
    remove_member(Member.objects.get(user=bob, brand=other_brand))
    assert reached(secret) == {"kopi"}
    join(bob, other_brand, "administrator")
    assert call(secret, "brands/teh").status_code == 404
    # A seat that goes by any other way is gone for the token, too.
    Member.objects.filter(user=bob, brand=brand).delete()
    assert reached(secret) == set()
    assert call(secret, "brands/kopi").status_code == 404


def test_a_token_of_the_workspace_reaches_later_brands_while_its_maker_owns_it(
    brand: Brand, other_brand: Brand, charlie: User, alice: User
) -> None:
    _row, secret = make_token(alice, brand, name="w", scopes=["read"], is_whole=True)
    make_brand(brand.workspace, "Roti Siang", slug="roti")
    assert reached(secret) == {"kopi", "teh", "roti"}
    assert call(secret, "brands/batik").status_code == 404
    Seat.objects.filter(user=alice).update(is_owner=False)
    join(alice, other_brand, "administrator")
    assert reached(secret) == set()
    assert call(secret, "brands/teh").status_code == 404


def test_the_page_makes_one_for_several_brands_and_says_which(
    brand: Brand, other_brand: Brand, alice: User, sign_in: Any
) -> None:
    client = sign_in(alice)
    secret = secret_of(client.post(PAGE, {**FORM, "also": [other_brand.pk]}))
    assert reached(secret) == {"kopi", "teh"}
    assert "Reaches Kopi Senja, Teh Pagi" in client.get(PAGE).content.decode()
    assert "Reaches Kopi Senja, Teh Pagi" in client.get("/b/teh/settings/tokens/").content.decode()
    told = AuditEntry.objects.filter(action="made_token", thing="Dashboard")
    assert {entry.brand_slug for entry in told} == {"kopi", "teh"}
    client.post(f"{PAGE}{ApiToken.objects.get().pk}/revoke/")
    told = AuditEntry.objects.filter(action="closed_token", thing="Dashboard")
    assert {entry.brand_slug for entry in told} == {"kopi", "teh"}


def test_many_brands_are_counted_first_and_named_below(
    brand: Brand, alice: User, sign_in: Any
) -> None:
    more = [make_brand(brand.workspace, f"Klien {n}", slug=f"k{n}") for n in range(9)]
    make_token(alice, brand, name="a", scopes=["read"], also=more)
    shown = sign_in(alice).get(PAGE).content.decode()
    assert "<summary>Reaches 10 brands</summary>Klien 0, Klien 1, " in shown


def test_the_page_makes_one_for_the_workspace_in_both_languages(
    brand: Brand, other_brand: Brand, alice: User, sign_in: Any
) -> None:
    client = sign_in(alice)
    assert reached(secret_of(client.post(PAGE, {**FORM, "is_whole": "on"}))) == {"kopi", "teh"}
    assert "Reaches every brand of the workspace" in client.get(PAGE).content.decode()
    User.objects.filter(pk=alice.pk).update(language="id")
    told = client.get("/b/teh/settings/tokens/").content.decode()
    assert "Menjangkau semua merek di ruang kerja" in told


def test_only_brands_one_manages_are_offered_and_taken(
    brand: Brand, other_brand: Brand, charlie: User, bob: User, sign_in: Any
) -> None:
    client, batik = sign_in(bob), Brand.objects.get(slug="batik")
    shown = client.get(PAGE).content.decode()
    assert 'name="also"' not in shown
    assert 'name="is_whole"' not in shown
    roti = make_brand(brand.workspace, "Roti Siang", slug="roti")
    join(bob, roti, "administrator")
    shown = client.get(PAGE).content.decode()
    assert ("Roti Siang" in shown, f'value="{other_brand.pk}"' in shown) == (True, False)
    for foreign in (other_brand, batik):
        assert client.post(PAGE, {**FORM, "also": [foreign.pk]}).status_code == 422
    assert not ApiToken.objects.exists()
    sent = {**FORM, "also": [roti.pk], "is_whole": "on"}
    assert reached(secret_of(client.post(PAGE, sent))) == {"kopi", "roti"}


def test_nobody_reads_the_name_of_a_brand_that_is_not_theirs(
    brand: Brand, other_brand: Brand, alice: User, hire: Callable[..., User], sign_in: Any
) -> None:
    make_token(alice, brand, name="a", scopes=["read"], also=[other_brand])
    shown = sign_in(hire("administrator")).get(PAGE).content.decode()
    assert "Reaches Kopi Senja<" in shown
    assert "Teh Pagi" not in shown


def test_another_administrator_takes_it_out_of_their_brand_only(
    brand: Brand, other_brand: Brand, alice: User, hire: Callable[..., User], sign_in: Any
) -> None:
    row, secret = make_token(alice, brand, name="a", scopes=["read"], also=[other_brand])
    client = sign_in(hire("administrator"))
    assert "Take out of this brand" in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}{row.pk}/revoke/").status_code == 302
    assert reached(secret) == {"teh"}
    assert client.post(f"{PAGE}{row.pk}/revoke/").status_code == 404
    owner = sign_in(alice)
    assert owner.post(f"/b/teh/settings/tokens/{row.pk}/revoke/").status_code == 302
    assert find_token(secret) is None


def test_a_token_of_the_workspace_is_revoked_by_an_owner_only(
    brand: Brand, alice: User, hire: Callable[..., User], sign_in: Any
) -> None:
    row, secret = make_token(alice, brand, name="w", scopes=["read"], is_whole=True)
    client = sign_in(hire("administrator"))
    assert "/revoke/" not in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}{row.pk}/revoke/").status_code == 404
    assert reached(secret) == {"kopi"}
    assert sign_in(alice).post(f"{PAGE}{row.pk}/revoke/").status_code == 302
    assert find_token(secret) is None


@pytest.mark.django_db(transaction=True)
def test_a_deleted_brand_leaves_the_token_to_the_others(
    brand: Brand, other_brand: Brand, alice: User
) -> None:
    _one, gone = make_token(alice, brand, name="a", scopes=["read"])
    _two, secret = make_token(alice, brand, name="b", scopes=["read"], also=[other_brand])
    delete_brand(brand)
    assert find_token(gone) is None
    assert reached(secret) == {"teh"}


@pytest.mark.django_db(transaction=True)
def test_tokens_made_before_reach_the_brand_they_reached() -> None:
    executor = MigrationExecutor(connection)
    latest = [n for n in executor.loader.graph.leaf_nodes() if n[0] == "accounts"]
    try:
        executor.migrate([("accounts", "0001_first")])
        old = executor.loader.project_state([("accounts", "0001_first")]).apps
        user = old.get_model("accounts", "User").objects.create(email="a@example.com")
        space = old.get_model("accounts", "Workspace").objects.create(name="w", key="w")
        kopi = old.get_model("accounts", "Brand").objects.create(
            workspace=space, slug="kopi", name="Kopi"
        )
        old.get_model("accounts", "ApiToken").objects.create(
            user=user, brand=kopi, name="t", digest="d"
        )
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(latest)
    token = ApiToken.objects.get()
    assert ([b.slug for b in token.brands.all()], token.workspace_id) == (["kopi"], space.pk)
    assert not token.is_whole
