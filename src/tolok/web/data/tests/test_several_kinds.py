"""A file that could be several exports: answered on the screen and by a program, in both languages."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tolok.intake.tests.test_several_kinds import FITTING, MERGED
from tolok.web.accounts.facts import engine_of, lake_of
from tolok.web.accounts.models import Brand, User
from tolok.web.data.models import Drop
from tolok.web.data.tests.test_bringing_in import drop_files
from tolok.web.jobs import worker

pytestmark = pytest.mark.django_db
OTHER = "Date,Hour,Active followers,Views,Watch time (ms)\n2026-10-01,1,12,30,900\n"


@pytest.fixture
def bob(hire: Callable[..., User], sign_in: Any) -> Client:
    """A specialist of the brand, signed in."""
    return sign_in(hire("specialist"))


def bring(client: Client, *files: tuple[str, str]) -> tuple[Drop, str]:
    drop = drop_files(client, *((name, text.encode()) for name, text in files))
    worker.work_off()
    drop.refresh_from_db()
    return drop, f"/b/kopi/data/bring/{drop.pk}/"


def answer(client: Client, drop: Drop, told: dict[str, str]) -> Any:
    sent = client.post(f"/b/kopi/data/bring/{drop.pk}/answer/", told, follow=True)
    worker.work_off()
    drop.refresh_from_db()
    return sent


def options(page: str) -> list[tuple[str, str]]:
    found = re.findall(r'<option value="([\w.]*)"[^>]*>([^<]*)</option>', page)
    return [(key, html.unescape(words)) for key, words in found if key]


@pytest.mark.parametrize(
    ("language", "asks", "names"),
    [
        ("en", "Which export is it?", ["TikTok overview", "TikTok viewers", "none of these"]),
        ("id", "Berkas ini ekspor yang mana?",
         ["Ringkasan TikTok", "Penonton TikTok", "bukan salah satunya"]),
    ],
)  # fmt: skip
def test_the_page_asks_in_words_and_takes_what_was_told(
    language: str, asks: str, names: list[str], bob: Client, brand: Brand
) -> None:
    User.objects.update(language=language)
    drop, at = bring(bob, ("merged.csv", MERGED))
    page = bob.get(at).content.decode()
    assert asks in page
    assert options(page) == list(zip((*FITTING, "none"), names, strict=True))
    answer(bob, drop, {"0.kind": "tiktok.viewers"})
    page = bob.get(at).content.decode()
    assert ('<option value="tiktok.viewers"' in page, drop.verdicts[0]["state"]) == (False, "asked")
    answer(bob, drop, {"0.account": "tiktok:kopi"})
    assert drop.verdicts[0]["state"] == "ready"
    bob.post(f"{at}take/")
    worker.work_off()
    (batch,) = lake_of(brand).catalogue.batches()
    assert batch.source == "tiktok.viewers"
    rows = engine_of(brand).view.table("account_days").to_pyarrow()
    assert sorted(rows["viewers"].to_pylist()) == [90, 100]


def test_an_export_it_cannot_be_is_refused_in_one_sentence(bob: Client, brand: Brand) -> None:
    drop, _at = bring(bob, ("merged.csv", MERGED))
    for language, says in (("en", "Choose one of the exports listed for merged.csv."),
                           ("id", "Pilih salah satu ekspor yang tercantum untuk merged.csv.")):  # fmt: skip
        User.objects.update(language=language)
        for wrong in ("x.video", "nonsense"):
            assert says in answer(bob, drop, {"0.kind": wrong}).content.decode()
    assert (drop.answers.get("files"), drop.verdicts[0]["state"]) == (None, "asked")


def test_none_of_them_leads_to_naming_its_columns(bob: Client, brand: Brand) -> None:
    drop, at = bring(bob, ("merged.csv", MERGED))
    answer(bob, drop, {"0.kind": "none"})
    assert "Tell what its columns mean" in bob.get(at).content.decode()
    meant = {
        "file": "merged.csv", "sheet": "0", "table": "account_days", "name": "Harian",
        "platform": "tiktok", "account": "kopi", "column.0": "day", "column.1": "views",
    }  # fmt: skip
    tried = bob.post(f"{at}columns/", {**meant, "do": "try"}).content.decode()
    assert "150" in tried
    bob.post(f"{at}columns/", {**meant, "do": "save"})
    worker.work_off()
    drop.refresh_from_db()
    assert [(v["state"], v["parts"][0]["kind"]["en"]) for v in drop.verdicts] == [
        ("ready", "Harian")
    ]


def test_each_table_of_a_file_has_its_own_field(bob: Client, brand: Brand) -> None:
    drop, at = bring(bob, ("both.csv", f"{MERGED}\n\n{OTHER}"))
    page = bob.get(at).content.decode()
    fields = re.findall(r'<select id="q-([^"]+)" name="([^"]+)"', page)
    assert fields == [("0.kind", "0.kind"), ("0.kind.1", "0.kind.1")]
    assert "Its columns: Date, Video views, Profile views, Total viewers, New viewers<" in page
    assert "Its columns: Date, Hour, Active followers, Views, Watch time (ms)<" in page
    told = {"0.kind": "tiktok.viewers", "0.kind.1": "x.video"}
    assert "Choose one of" in answer(bob, drop, {**told, "0.kind": "x.video"}).content.decode()
    answer(bob, drop, told)
    assert drop.told("both.csv")["kind"] == "tiktok.viewers,x.video"
    assert [p["kind"].get("en") for p in drop.verdicts[0]["parts"]] == [
        "TikTok viewers", "X video overview"
    ]  # fmt: skip


def test_an_answer_goes_to_the_file_it_stands_under(bob: Client, brand: Brand) -> None:
    # Folders of which one name begins the other stand in another order as paths than as words.
    drop = drop_files(
        bob, ("x.csv", MERGED.encode()), ("x.csv", MERGED.replace("120", "121").encode()),
        paths=["a/x.csv", "a-b/x.csv"],
    )  # fmt: skip
    worker.work_off()
    page = bob.get(f"/b/kopi/data/bring/{drop.pk}/").content.decode()
    legends = re.findall(r"<legend>([^<]+)</legend>", page)
    drop.refresh_from_db()
    answer(bob, drop, {"0.kind": "tiktok.overview", "1.kind": "tiktok.viewers"})
    told = [drop.told(path)["kind"] for path in legends]
    assert told == ["tiktok.overview", "tiktok.viewers"]
