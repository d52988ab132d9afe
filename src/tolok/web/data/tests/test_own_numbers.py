"""Own numbers typed into a grid, and tables of one's own mapped once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tolok.web.accounts.facts import engine_of, lake_of
from tolok.web.accounts.models import Brand, User
from tolok.web.data.models import Drop
from tolok.web.jobs import worker

pytestmark = pytest.mark.django_db
GRID = {"account": "instagram:kopi", "month": "2026-10", "column": ["followers", "views"]}


@pytest.fixture
def bob(hire: Callable[..., User], sign_in: Any) -> Client:
    """A specialist of the brand, signed in."""
    return sign_in(hire("specialist"))


def days_of(brand: Brand) -> dict[date, tuple[Any, Any]]:
    rows = engine_of(brand).view.table("account_days")
    told = rows.filter(rows.brand == brand.slug).select("day", "followers", "views")
    return {r["day"]: (r["followers"], r["views"]) for r in told.to_pyarrow().to_pylist()}


def test_what_is_typed_counts_and_what_is_empty_stays_unknown(bob: Client, brand: Brand) -> None:
    typed = {"2026-10-01.followers": "1,200", "2026-10-02.views": "35", "2026-10-03.views": " "}
    answer = bob.post("/b/kopi/data/own/", {**GRID, **typed})
    assert answer.status_code == 302
    assert days_of(brand) == {date(2026, 10, 1): (1200, None), date(2026, 10, 2): (None, 35)}
    page = bob.get(answer["Location"]).content.decode()
    assert 'value="1,200"' in page


def test_a_cell_that_is_no_number_keeps_everything_typed_and_writes_nothing(
    bob: Client, brand: Brand
) -> None:
    typed = {"2026-10-01.followers": "12.00.3", "2026-10-02.followers": "7"}
    answer = bob.post("/b/kopi/data/own/", {**GRID, **typed})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "12.00.3" in page
    assert 'value="7"' in page
    assert lake_of(brand).catalogue.batches() == []


def test_keeping_the_same_numbers_again_writes_nothing(bob: Client, brand: Brand) -> None:
    for _time in range(2):
        bob.post("/b/kopi/data/own/", {**GRID, "2026-10-01.followers": "7"})
    assert len(lake_of(brand).catalogue.batches()) == 1


def test_an_unknown_table_is_told_once_and_read_from_then_on(bob: Client, brand: Brand) -> None:
    pasted = "Tanggal\tJumlah orang ikut\tCatatan tim\n2026-10-01\t120\tok\n2026-10-02\t125\tok"
    answer = bob.post("/b/kopi/data/bring/", {"pasted": pasted})
    drop = Drop.objects.get(pk=answer["Location"].rstrip("/").rsplit("/", 1)[1])
    worker.work_off()
    drop.refresh_from_db()
    assert drop.verdicts[0]["parts"][0]["state"] == "unknown"
    address = f"/b/kopi/data/bring/{drop.pk}/columns/"
    page = bob.get(address, {"file": "pasted.csv", "table": "account_days"}).content.decode()
    assert "Jumlah orang ikut" in page
    told = {
        "file": "pasted.csv", "sheet": "0", "table": "account_days", "name": "Catatan tim",
        "platform": "instagram", "account": "kopi", "column.0": "day", "column.1": "followers",
    }  # fmt: skip
    tried = bob.post(address, {**told, "do": "try"}).content.decode()
    assert "It gives 2 rows" in tried
    assert lake_of(brand).catalogue.batches() == []
    bob.post(address, {**told, "do": "save"})
    worker.work_off()
    drop.refresh_from_db()
    assert drop.verdicts[0]["state"] == "ready"
    bob.post(f"/b/kopi/data/bring/{drop.pk}/take/")
    worker.work_off()
    assert [v[0] for v in days_of(brand).values()] == [120, 125]


def test_the_map_of_months_says_what_is_missing(
    bob: Client, brand: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOLOK_TODAY", "2026-11-05")
    for day in ("2026-09-01", "2026-10-01", "2026-10-02"):
        month = {**GRID, "month": day[:7]}
        bob.post("/b/kopi/data/own/", {**month, f"{day}.followers": "5"})
    page = bob.get("/b/kopi/data/months/").content.decode()
    assert "58 days are missing" in page  # 29 of September, 29 of October
    assert "of 31" in page
    assert 'class="hatched"' in page  # November has begun and nothing of it is in


def test_an_account_of_posts_alone_has_the_days_its_files_list(
    bob: Client, brand: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOLOK_TODAY", "2026-11-05")
    pasted = "tolok:posts\tpost\taccount\tplatform\tpublished_at\n" + "".join(
        f"\tx:{n}\tx:kopi\tx\t2026-10-{day} 09:00\n" for n, day in enumerate(("03", "20"))
    )
    answer = bob.post("/b/kopi/data/bring/", {"pasted": pasted})
    worker.work_off()
    bob.post(answer["Location"] + "take/")
    worker.work_off()
    page = bob.get("/b/kopi/data/months/").content.decode()
    assert "18<small>of 31" in page
    assert "13 days are missing" in page


def test_the_map_of_months_says_where_a_list_of_posts_is_not_whole(
    bob: Client, brand: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOLOK_TODAY", "2026-11-05")
    days = [f"2026-10-{n:02}" for n in range(1, 32)]
    tables = (
        "tolok:account_days\taccount\tday\tplatform\tposts_published\n"
        + "".join(f"\tx:kopi\t{day}\tx\t1\n" for day in days),
        "tolok:posts\tpost\taccount\tplatform\tpublished_at\n"
        + "".join(f"\tx:{day}\tx:kopi\tx\t{day} 09:00\n" for day in days[::3]),
    )
    for pasted in tables:
        answer = bob.post("/b/kopi/data/bring/", {"pasted": pasted})
        worker.work_off()
        bob.post(answer["Location"] + "take/")
        worker.work_off()
    page = bob.get("/b/kopi/data/months/").content.decode()
    assert '31<small class="lacks">11 of 31 posts</small>' in page
    assert "In 1 month the list of posts lacks some." in page
    assert "import the whole list, unless posts were deleted" in page
    User.objects.update(language="id")
    page = bob.get("/b/kopi/data/months/").content.decode()
    assert '<small class="lacks">11 dari 31 unggahan</small>' in page
    assert "Di 1 bulan daftar unggahannya kurang." in page
