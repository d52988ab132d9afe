"""Brands and their people: roles, settings, tokens, audit, archive, deletion."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.http import Http404
from django.test import Client, RequestFactory
from django.utils import timezone

from tolok.base import UserError
from tolok.web.accounts.access import NotAllowed, brands_of, require
from tolok.web.accounts.dossier import brand_deleting, brand_exporting
from tolok.web.accounts.models import ApiToken, AuditEntry, Brand, Member, User
from tolok.web.accounts.people import change_roles, remove_member
from tolok.web.accounts.rights import RIGHTS, ROLES, SCOPES, rights_of
from tolok.web.accounts.tokens import close_token, find_token, make_token

pytestmark = pytest.mark.django_db
SETTINGS = {
    "name": "Kopi Senja",
    "colour": "#aa3300",
    "time_zone": "Asia/Jayapura",
    "currency": "IDR",
    "week_start": "6",
    "fiscal_month": "4",
    "holidays": "ID",
    "hours_0": "08:00-12:00, 13:00-17:00",
}


def test_roles_only_ever_add_rights() -> None:
    for role in ROLES:
        assert rights_of([role]) <= rights_of([role, "viewer"]) <= rights_of(ROLES)
    assert rights_of(ROLES) == set(RIGHTS)
    assert rights_of([]) == rights_of(["nonsense"]) == frozenset()
    assert all(rights <= set(RIGHTS) for rights in SCOPES.values())


def test_the_gate_tells_strangers_from_members(hire: Callable[..., User], charlie: User) -> None:
    request = RequestFactory().get("/")
    request.user = hire("viewer")
    assert require(request, "kopi", "see").roles == ("viewer",)
    with pytest.raises(NotAllowed):
        require(request, "kopi", "plan")
    request.user = charlie
    with pytest.raises(Http404):
        require(request, "kopi", "see")
    with pytest.raises(KeyError):
        require(request, "kopi", "fly")


def test_people_see_exactly_their_brands(
    alice: User, hire: Callable[..., User], charlie: User, other_brand: Brand
) -> None:
    assert [b.slug for b in brands_of(alice)] == ["kopi", "teh"]
    assert [b.slug for b in brands_of(hire("viewer"))] == ["kopi"]
    assert [b.slug for b in brands_of(charlie)] == ["batik"]


def test_the_brands_clock_rules_its_pages(brand: Brand, alice: User) -> None:
    brand.time_zone = "Asia/Jayapura"
    brand.save()
    request = RequestFactory().get("/")
    request.user = alice
    require(request, "kopi", "see")
    assert str(timezone.get_current_timezone()) == "Asia/Jayapura"
    timezone.deactivate()


def test_settings_are_saved_with_hours_of_two_spans(
    brand: Brand, alice: User, sign_in: Any
) -> None:
    answer = sign_in(alice).post("/b/kopi/settings/", SETTINGS)
    assert answer.status_code == 302
    brand.refresh_from_db()
    assert (brand.time_zone, brand.week_start, brand.fiscal_month) == ("Asia/Jayapura", 6, 4)
    assert brand.business_hours == {"0": [["08:00", "12:00"], ["13:00", "17:00"]]}
    entry = AuditEntry.objects.get(action="changed_brand")
    assert entry.actor == "alice@example.com"


@pytest.mark.parametrize(
    "wrong",
    [
        {"hours_0": "17:00-09:00"},
        {"hours_0": "nine to five"},
        {"colour": "red;}"},
        {"time_zone": "Mars/Olympus"},
        {"name": ""},
    ],
)
def test_wrong_settings_are_refused_and_nothing_changes(
    brand: Brand, alice: User, sign_in: Any, wrong: dict[str, str]
) -> None:
    assert sign_in(alice).post("/b/kopi/settings/", SETTINGS | wrong).status_code == 422
    assert Brand.objects.get(pk=brand.pk).colour == "#3b4cca"


def test_a_logo_is_judged_by_its_content(brand: Brand, alice: User, sign_in: Any) -> None:
    client = sign_in(alice)
    script = io.BytesIO(b"<svg onload=alert(1)>")
    script.name = "logo.png"
    assert client.post("/b/kopi/settings/", SETTINGS | {"logo_file": script}).status_code == 422
    picture = io.BytesIO(b"\x89PNG\r\n\x1a\n....")
    picture.name = "logo.svg"
    assert client.post("/b/kopi/settings/", SETTINGS | {"logo_file": picture}).status_code == 302
    answer = client.get("/b/kopi/settings/logo")
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert 'name="logo_gone"' in client.get("/b/kopi/settings/").content.decode()
    assert client.post("/b/kopi/settings/", SETTINGS | {"logo_gone": "on"}).status_code == 302
    assert client.get("/b/kopi/settings/logo").status_code == 404
    assert 'name="logo_gone"' not in client.get("/b/kopi/settings/").content.decode()


def test_a_brand_keeps_its_last_administrator(brand: Brand, hire: Callable[..., User]) -> None:
    brand.workspace.seats.update(is_owner=False)
    Member.objects.all().delete()
    keeper = Member.objects.get(user=hire("administrator"))
    number = keeper.pk
    with pytest.raises(UserError):
        change_roles(keeper, ["viewer"])
    with pytest.raises(UserError):
        remove_member(keeper)
    assert Member.objects.get(pk=number).roles == ["administrator"]


def test_who_is_removed_loses_tokens_and_access(
    brand: Brand, alice: User, hire: Callable[..., User], sign_in: Any
) -> None:
    bob = hire("specialist")
    _row, secret = make_token(bob, brand, name="bot", scopes=["read"])
    member = Member.objects.get(user=bob)
    sign_in(alice).post(f"/b/kopi/settings/people/{member.pk}/remove/")
    assert find_token(secret) is None
    assert sign_in(bob).get("/b/kopi/").status_code == 404


def test_a_token_is_kept_as_a_digest_and_ends_when_revoked(brand: Brand, alice: User) -> None:
    token, secret = make_token(alice, brand, name="bot", scopes=["read", "nonsense"])
    assert secret not in json.dumps(list(ApiToken.objects.values()), default=str)
    assert token.scopes == ["read"]
    found = find_token(secret)
    assert found == token
    assert find_token(secret + "x") is None
    close_token(token)
    assert find_token(secret) is None


def test_a_token_never_does_more_than_its_scope_or_its_owner(
    brand: Brand, other_brand: Brand, alice: User, hire: Callable[..., User]
) -> None:
    request = RequestFactory().get("/")
    request.user = alice
    request.api_token, _ = make_token(alice, brand, name="a", scopes=["read"])  # type: ignore[attr-defined]
    assert require(request, "kopi", "export").may("see")
    with pytest.raises(NotAllowed):
        require(request, "kopi", "bring")
    with pytest.raises(Http404):
        require(request, "teh", "see")
    request.user = hire("viewer")
    request.api_token, _ = make_token(request.user, brand, name="b", scopes=["manage"])  # type: ignore[attr-defined, arg-type]
    with pytest.raises(NotAllowed):
        require(request, "kopi", "manage")


def test_a_wrong_token_is_nobody_even_with_a_session(
    alice: User, brand: Brand, sign_in: Any
) -> None:
    client: Client = sign_in(alice)
    answer = client.get("/api/nothing/", headers={"authorization": "Bearer tlk_wrong"})
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"


def test_the_secret_of_a_new_token_is_shown_once(brand: Brand, alice: User, sign_in: Any) -> None:
    client = sign_in(alice)
    form = {"name": "bot", "scopes": ["read"], "days": "90"}
    assert b"tlk_" in client.post("/b/kopi/settings/tokens/", form).content
    start = ApiToken.objects.get().start.encode()
    again = client.get("/b/kopi/settings/tokens/").content
    assert start in again
    assert b'value="tlk_' not in again


def test_an_audit_entry_is_never_changed(alice: User) -> None:
    entry = AuditEntry.objects.create(action="made_brand")
    with pytest.raises(TypeError):
        entry.save()


def test_the_archive_holds_every_table_of_the_brand_and_no_secret(
    brand: Brand, other_brand: Brand, alice: User, sign_in: Any
) -> None:
    _row, secret = make_token(alice, brand, name="bot", scopes=["read"])

    def lake(sender: Any, brand: Brand, **names: Any) -> list[tuple[str, bytes]]:
        return [("lake/posts.csv", b"id\n1\n")]

    brand_exporting.connect(lake)
    answer = sign_in(alice).post("/b/kopi/settings/export/")
    brand_exporting.disconnect(lake)
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    names = archive.namelist()
    assert {"about.json", "tables/accounts.brand.json", "tables/accounts.member.json"} <= set(names)
    assert archive.read("lake/posts.csv") == b"id\n1\n"
    everything = b"".join(archive.read(name) for name in names)
    assert b"Kopi Senja" in everything
    assert b"Teh Pagi" not in everything
    for hidden in (secret.encode(), ApiToken.objects.get().digest.encode(), b"argon2", b"md5$"):
        assert hidden not in everything


@pytest.mark.django_db(transaction=True)
def test_deleting_takes_everything_and_tells_the_areas(
    brand: Brand, other_brand: Brand, alice: User, sign_in: Any
) -> None:
    make_token(alice, brand, name="bot", scopes=["read"])
    told: list[Any] = []

    def lake(sender: Any, **names: Any) -> None:
        told.append((names["workspace_key"], names["slug"], names["brand_id"]))

    brand_deleting.connect(lake)
    client = sign_in(alice)
    assert client.post("/b/kopi/settings/delete/", {"name": "Kopi"}).status_code == 422
    assert Brand.objects.filter(slug="kopi").exists()
    assert client.post("/b/kopi/settings/delete/", {"name": "Kopi Senja"}).status_code == 302
    brand_deleting.disconnect(lake)
    assert told == [(brand.workspace.key, "kopi", brand.pk)]
    assert [b.slug for b in Brand.objects.all()] == ["teh"]
    assert not Member.objects.exists()
    assert not ApiToken.objects.exists()
    assert AuditEntry.objects.filter(action="deleted_brand", brand_slug="kopi").exists()
