"""The reference page and the description: every operation told whole, in both languages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import gettext, override

from tolok.web.accounts.models import Brand, User
from tolok.web.api.describing import WRITING
from tolok.web.api.groups import ERRORS, GROUPS
from tolok.web.api.pages import operations

pytestmark = pytest.mark.django_db
AT = "/b/kopi/api/"
NAMES = re.compile(r"<(code|pre)\b.*?</\1>|<ol class=\"api-code\".*?</ol>", re.DOTALL)


@pytest.fixture
def told() -> dict[str, Any]:
    """The description as programs get it."""
    found: dict[str, Any] = Client().get("/api/v1/openapi.json").json()
    return found


def test_every_operation_stands_in_a_group_and_says_what_it_does_in_both_languages() -> None:
    assert {one.group for one in operations()} == set(GROUPS)
    with override("id"):
        assert [one.key for one in operations() if one.says in ("", gettext(one.says))] == []


def test_the_description_names_rights_errors_and_the_key_of_repeats(told: dict[str, Any]) -> None:
    for path, methods in told["paths"].items():
        for method, one in methods.items():
            errors = {status for status in one["responses"] if status >= "400"}
            assert {"401", "429"} <= errors, one["operationId"]
            assert ("403" in errors) == ("{brand}" in path)
            assert one["x-scopes"]
            heads = [p["name"] for p in one.get("parameters", ()) if p["in"] == "header"]
            assert heads == (["Idempotency-Key"] if method in WRITING else [])
    by_name = {o["operationId"]: o for p in told["paths"].values() for o in p.values()}
    assert (by_name["create_kpi"]["x-right"], by_name["create_kpi"]["x-scopes"]) == (
        "plan", ["plan"],
    )  # fmt: skip
    assert by_name["list_metrics"]["x-right"] == ""
    assert set(told["components"]["schemas"]["Error"]["properties"]["error"]["properties"]) == {
        "code", "message", "hint",
    }  # fmt: skip


def test_every_error_a_program_sees_is_among_those_told(ask: Callable[..., Any]) -> None:
    errors = {one.key: one.errors for one in operations()}
    assert ask("GET", "brands/teh").status_code in errors["get_brand"]
    assert ask("POST", "brands/kopi/kpis", {}).status_code in errors["create_kpi"]
    assert ask("POST", "brands/kopi/kpis", {}, scopes=("read",)).status_code in errors["create_kpi"]
    assert ask("GET", "brands/kopi/figures?metric=x").status_code in errors["list_figures"]
    assert set().union(*errors.values()) == set(ERRORS)


@pytest.mark.parametrize("one", operations(), ids=lambda one: one.key)
def test_an_example_is_a_whole_call(one: Any) -> None:
    first, *flags = one.example.split(" \\\n")
    assert ("-X" in first) == (one.method != "GET")
    assert set(re.findall(r"{(\w+)}", first)) <= {"base", "brand"}
    assert flags[0] == '-H "Authorization: Bearer tlk_…"'
    sent = [flag for flag in flags if flag.startswith("-d ")]
    assert bool(sent) == (bool(one.body) and not one.is_form)
    for flag in sent:
        needed = {asked.name for asked in one.body if asked.is_needed}
        assert needed <= set(json.loads(flag[4:-1]))
    for answer in one.answers:
        assert answer.shape == "" or json.loads(answer.shape) is not None


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("language", ["en", "id"])
def test_a_group_tells_its_operations(
    brand: Brand, alice: User, sign_in: Any, find_english: Any, group: str, language: str
) -> None:
    User.objects.update(language=language)
    page = sign_in(alice).get(f"{AT}{group}/").content.decode()
    mine = [one for one in operations() if one.group == group]
    for one in mine:
        assert f'id="{one.key}"' in page
        assert f"/api/v1{one.path.replace('{brand}', 'kopi').partition('{')[0]}" in page
    assert page.count('class="api-op"') == len(mine)
    if language == "id":  # names and values of the API are the same in every language
        assert find_english(re.sub(NAMES, "", page)) == []


def test_the_overview_leads_to_every_group_and_the_search_finds(
    brand: Brand, alice: User, sign_in: Any
) -> None:
    client = sign_in(alice)
    page = client.get(AT).content.decode()
    assert all(f'href="{AT}{group}/"' in page for group in GROUPS)
    assert 'class="api-op"' not in page, "the overview is short"
    found = client.get(f"{AT}?q=logo report").content.decode()
    assert 'id="set_report_logo"' in found
    assert 'id="list_kpis"' not in found
    by_word = client.get(f"{AT}?q=anggaran").content.decode()
    assert 'id="get_budget"' in by_word, "words of either language find"
    nothing = client.get(f"{AT}?q=<script>xyz").content.decode()
    assert "0 operations found" in nothing
    assert "<script>xyz" not in nothing
    assert client.get(f"{AT}nonsense/").status_code == 404
