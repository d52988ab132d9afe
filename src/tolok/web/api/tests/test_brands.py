"""Brands by a program: a new one for an owner alone, the logo of a brand and of a report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tolok.web.accounts.models import AuditEntry, Brand, Member, User
from tolok.web.accounts.rights import ROLES
from tolok.web.accounts.tokens import make_token
from tolok.web.reports.models import Report

pytestmark = pytest.mark.django_db
Ask = Callable[..., Any]
NEW = {"name": "Roti Bakar", "time_zone": "Asia/Makassar", "currency": "IDR"}
PNG = b"\x89PNG\r\n\x1a\n...."


@pytest.fixture
def send(brand: Brand, alice: User) -> Callable[..., Any]:
    """Send a picture with a token of Alice's that may do everything."""
    _token, secret = make_token(alice, brand, name="t", scopes=("read", "write", "manage"))

    def post(path: str, content: bytes, name: str = "logo.png") -> Any:
        data = {"logo_file": SimpleUploadedFile(name, content)}
        return Client().post(
            f"/api/v1/brands/kopi/{path}", data, headers={"Authorization": f"Bearer {secret}"}
        )

    return post


def test_an_owner_s_token_makes_a_brand_and_does_not_reach_it(
    ask: Ask, brand: Brand, alice: User
) -> None:
    made = ask("POST", "brands/kopi/new-brand", NEW, **{"Idempotency-Key": "roti"})
    assert made.status_code == 201, made.content
    told = made.json()
    assert (told["slug"], told["time_zone"]) == ("roti-bakar", "Asia/Makassar")
    assert told["tokens"] == "http://testserver/b/roti-bakar/settings/tokens/"
    new = Brand.objects.get(slug="roti-bakar")
    assert new.workspace == brand.workspace
    assert Member.objects.get(brand=new).sorted_roles == list(ROLES)
    assert AuditEntry.objects.filter(action="made_brand", brand_slug="roti-bakar").count() == 1
    assert ask("GET", "brands/roti-bakar").status_code == 404
    assert [b["slug"] for b in ask("GET", "brands").json()["items"]] == ["kopi"]
    again = ask("POST", "brands/kopi/new-brand", NEW, **{"Idempotency-Key": "roti"})
    assert again.content == made.content
    assert ask("POST", "brands/kopi/new-brand", NEW).json()["slug"] == "roti-bakar-2"


def test_nobody_but_an_owner_s_managing_token_makes_a_brand(
    ask: Ask, brand: Brand, hire: Callable[..., User], charlie: User
) -> None:
    assert ask("POST", "brands/kopi/new-brand", NEW, scopes=("read", "plan")).status_code == 403
    keeper = hire("administrator")
    for user, wanted in ((keeper, 403), (charlie, 404)):
        _token, secret = make_token(user, brand, name="t", scopes=("manage",))
        refused = Client().post(
            "/api/v1/brands/kopi/new-brand", NEW, content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"},
        )  # fmt: skip
        assert refused.status_code == wanted
    wrong = ask("POST", "brands/kopi/new-brand", {**NEW, "currency": "BEANS"})
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (422, "invalid")
    assert set(Brand.objects.values_list("slug", flat=True)) == {"kopi", "batik"}


def test_a_logo_is_set_shown_and_taken_away(ask: Ask, brand: Brand, send: Any) -> None:
    assert ask("GET", "brands/kopi/logo").status_code == 404
    for wrong in (b"<svg onload=alert(1)>", PNG + b"x" * 300 * 1024, b""):
        refused = send("logo", wrong)
        assert (refused.status_code, refused.json()["error"]["code"]) == (422, "invalid")
    assert send("logo", PNG, "logo.svg").status_code == 204
    shown = ask("GET", "brands/kopi/logo")
    assert (shown["Content-Type"], shown.content) == ("image/png", PNG)
    assert ask("DELETE", "brands/kopi/logo", scopes=("read",)).status_code == 403
    assert ask("DELETE", "brands/kopi/logo").status_code == 204
    assert ask("GET", "brands/kopi/logo").status_code == 404
    assert AuditEntry.objects.filter(action="changed_brand").count() == 2


def test_a_report_has_a_logo_of_its_own_or_the_brand_s(ask: Ask, brand: Brand, send: Any) -> None:
    report = Report.objects.create(brand=brand, key="bulanan", name="Bulanan")
    at = f"reports/{report.pk}/logo"
    assert send(at, b"no picture").status_code == 422
    assert send(at, PNG).json()["has_logo"] is True
    assert bytes(Report.objects.get().logo or b"") == PNG
    assert ask("DELETE", f"brands/kopi/{at}").status_code == 204
    assert ask("GET", f"brands/kopi/reports/{report.pk}").json()["has_logo"] is False
