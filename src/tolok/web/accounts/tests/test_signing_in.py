"""Coming in: password, second factor, lock-out, sign-up, invitation, devices, the local owner."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tolok.web.accounts import factor
from tolok.web.accounts.invitations import invite
from tolok.web.accounts.models import AuditEntry, Brand, Device, Member, Seat, User
from tolok.web.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def enter(client: Client, email: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/sign-in/", {"email": email, "password": password, **more})


def test_the_right_password_opens_and_is_written_down(brand: Brand) -> None:
    client = Client()
    answer = enter(client, "ALICE@example.com", next="/b/kopi/settings/")
    assert (answer.status_code, answer["Location"]) == (302, "/b/kopi/settings/")
    assert client.get("/b/kopi/settings/").status_code == 200
    assert AuditEntry.objects.filter(action="signed_in", actor="alice@example.com").exists()


def test_a_wrong_password_says_nothing_of_who_exists(brand: Brand) -> None:
    known = enter(Client(), "alice@example.com", "wrong password")
    unknown = enter(Client(), "nobody@example.com", "wrong password")
    assert known.status_code == unknown.status_code == 422
    assert b"do not fit together" in known.content
    assert b"do not fit together" in unknown.content


def test_signing_in_never_leads_to_another_site(brand: Brand) -> None:
    for target in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        assert enter(Client(), "alice@example.com", next=target)["Location"] == "/"


def test_many_wrong_passwords_pause_signing_in(brand: Brand) -> None:
    client = Client()
    answers = [enter(client, "alice@example.com", "wrong password").status_code for _ in range(8)]
    assert answers[-1] == 429
    assert enter(client, "alice@example.com").status_code == 429


def test_with_a_second_factor_the_password_alone_opens_nothing(brand: Brand, alice: User) -> None:
    secret = pyotp.random_base32()
    factor.turn_on(alice, secret)
    client = Client()
    assert enter(client, "alice@example.com")["Location"] == "/sign-in/code/"
    assert client.get("/b/kopi/settings/").status_code == 302
    assert client.post("/sign-in/code/", {"code": "000000"}).status_code == 422
    code = pyotp.TOTP(secret).now()
    assert client.post("/sign-in/code/", {"code": code}).status_code == 302
    assert client.get("/b/kopi/settings/").status_code == 200
    other = Client()
    enter(other, "alice@example.com")
    assert other.post("/sign-in/code/", {"code": code}).status_code == 422, "a code works once"


def test_a_recovery_code_works_once(brand: Brand, alice: User) -> None:
    codes = factor.turn_on(alice, pyotp.random_base32())
    alice.refresh_from_db()
    assert len(set(codes)) == 10
    assert factor.accept(alice, codes[0].upper())
    assert not factor.accept(alice, codes[0])


def test_five_wrong_codes_lock_even_the_right_one(alice: User) -> None:
    secret = pyotp.random_base32()
    factor.turn_on(alice, secret)
    alice.refresh_from_db()
    for _ in range(5):
        assert not factor.accept(alice, "123")
    alice.refresh_from_db()
    assert not factor.accept(alice, pyotp.TOTP(secret).now())
    User.objects.update(totp_locked_until=timezone.now() - timedelta(seconds=1))
    alice.refresh_from_db()
    assert factor.accept(alice, pyotp.TOTP(secret).now())


def test_the_second_factor_is_turned_on_and_off_in_the_page(sign_in: Any, alice: User) -> None:
    client = sign_in(alice)
    page = client.get("/me/security/on/").content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert secret
    picture = client.get("/me/security/on/qr.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    totp = pyotp.TOTP(secret.group(1).replace(" ", ""))
    assert client.post("/me/security/on/", {"code": "000 000"}).status_code == 422
    shown = client.post("/me/security/on/", {"code": totp.now()}).content.decode()
    codes = re.findall(r"<li><code>([a-z0-9-]+)</code>", shown)
    assert len(codes) == 10
    assert client.post("/me/security/off/", {"code": codes[3]}).status_code == 302
    alice.refresh_from_db()
    assert not alice.has_second_factor


def test_the_first_person_opens_a_workspace_and_the_next_one_cannot(db: Any) -> None:
    client = Client()
    assert client.get("/")["Location"] == "/sign-in/?next=%2F"
    assert client.get("/sign-in/")["Location"] == "/sign-up/"
    form = {"name": "Dewi", "workspace": "Tim Dewi", "email": "Dewi@Example.com"}
    assert client.post("/sign-up/", form | {"password": "short"}).status_code == 422
    assert client.post("/sign-up/", form | {"password": PASSWORD})["Location"] == "/brands/new/"
    made = client.post(
        "/brands/new/", {"name": "Kopi Susu", "time_zone": "Asia/Makassar", "currency": "IDR"}
    )
    assert made["Location"] == "/b/kopi-susu/"
    assert Brand.objects.get().time_zone == "Asia/Makassar"
    assert Client().get("/sign-up/").status_code == 404


def test_an_invitation_makes_one_member_once(brand: Brand, alice: User) -> None:
    _row, secret = invite(brand, "Rina@example.com", ["specialist", "viewer"], by=alice)
    client = Client()
    assert b"Kopi Senja" in client.get(f"/invitation/{secret}/").content
    answer = client.post(f"/invitation/{secret}/", {"name": "Rina", "password": PASSWORD})
    assert answer["Location"] == "/b/kopi/"
    member = Member.objects.get(user__email="rina@example.com")
    assert member.sorted_roles == ["viewer", "specialist"]
    assert not Seat.objects.get(user=member.user).is_owner
    assert Client().get(f"/invitation/{secret}/").status_code == 404


def test_an_invitation_to_a_known_address_needs_that_persons_sign_in(
    brand: Brand, alice: User, charlie: User, sign_in: Any
) -> None:
    _row, secret = invite(brand, charlie.email, ["manager"], by=alice)
    taken = Client().post(f"/invitation/{secret}/", {"name": "Thief", "password": PASSWORD})
    assert taken.status_code == 200
    assert not Member.objects.filter(user=charlie, brand=brand).exists()
    assert sign_in(charlie).post(f"/invitation/{secret}/").status_code == 302
    assert Member.objects.get(user=charlie, brand=brand).roles == ["manager"]


def test_an_old_or_withdrawn_invitation_opens_nothing(brand: Brand, alice: User) -> None:
    row, secret = invite(brand, "rina@example.com", ["viewer"], by=alice)
    row.ends_at = timezone.now() - timedelta(seconds=1)
    row.save()
    assert Client().get(f"/invitation/{secret}/").status_code == 404


def test_a_revoked_device_is_signed_out(brand: Brand, alice: User, sign_in: Any) -> None:
    here, there = sign_in(alice), sign_in(alice)
    here.get("/me/"), there.get("/me/")
    other = Device.objects.get(session_key=there.session.session_key)
    assert here.post(f"/me/devices/{other.pk}/revoke/").status_code == 302
    assert there.get("/me/").status_code == 302
    assert here.get("/me/").status_code == 200


def test_a_new_password_signs_out_the_other_devices_only(alice: User, sign_in: Any) -> None:
    here, there = sign_in(alice), sign_in(alice)
    here.get("/me/"), there.get("/me/")
    form = {"old": PASSWORD, "password": "teh manis hangat sekali"}
    assert here.post("/me/password/", form).status_code == 302
    assert here.get("/me/").status_code == 200
    assert there.get("/me/").status_code == 302


def test_the_sign_in_form_needs_its_csrf_token(brand: Brand) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = enter(client, "alice@example.com")
    assert answer.status_code == 403
    assert b"no longer valid" in answer.content


class TestOwnerOfThisMachine:
    """`make run`: no password on one's own machine, and only there."""

    @pytest.fixture(autouse=True)
    def _local(self, monkeypatch: Any, db: Any) -> None:
        monkeypatch.setattr(settings, "TOLOK_LOCAL", True)

    def test_the_first_visit_is_signed_in_and_owns_the_workspace(self, brand: Brand) -> None:
        client = Client()
        assert client.get("/", HTTP_HOST="127.0.0.1:8000")["Location"] == "/b/kopi/"
        assert User.objects.get(is_local_owner=True).has_usable_password() is False

    @pytest.mark.parametrize(
        "more",
        [
            {"REMOTE_ADDR": "10.0.0.7"},
            {"HTTP_X_FORWARDED_FOR": "10.0.0.7"},
            {"HTTP_HOST": "testserver"},
        ],
    )
    def test_nobody_else_is(self, brand: Brand, more: dict[str, str]) -> None:
        answer = Client().get("/", **({"HTTP_HOST": "localhost"} | more))  # type: ignore[arg-type]
        assert answer["Location"].startswith("/sign-in/")
        assert not User.objects.filter(is_local_owner=True).exists()

    def test_who_signs_out_stays_out(self, brand: Brand) -> None:
        client = Client(headers={"host": "localhost"})
        client.get("/")
        client.post("/sign-out/")
        assert client.get("/")["Location"].startswith("/sign-in/")
