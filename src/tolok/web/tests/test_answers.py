"""Answers kept for all processes: the page stays the same, and nothing stale is shown as fresh."""

from __future__ import annotations

import multiprocessing
import re
import threading
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from django.test import Client

from tolok.kpi import Kpi, Target, write_kpis
from tolok.lake import Batch, Origin
from tolok.web.accounts import answers
from tolok.web.accounts.dossier import delete_brand
from tolok.web.accounts.facts import (
    answers_folder,
    engine_of,
    is_remembered,
    lake_of,
    mark_of,
    remember,
    workspace_of,
)
from tolok.web.accounts.models import Brand, User
from tolok.web.accounts.start import make_brand
from tolok.web.jobs.models import Job
from tolok.web.jobs.worker import work_off
from tolok.web.shell.preparing import enqueue_stale, pages_of, prepare_pages

pytestmark = pytest.mark.django_db
FIRST = date(2026, 6, 1)
PAGES = (
    "insights/",
    "insights/metric/views/?platform=tiktok",
    "insights/brands/",
    "data/",
    "plan/",
)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOLOK_TODAY", "2026-11-05")


def bring(brand: Brand, views: list[int], first: date = FIRST) -> Batch:
    """Write one day of views for each number."""
    count = len(views)
    return lake_of(brand).write(
        {"account_days": pa.table({
            "brand": [brand.slug] * count, "account": [f"tiktok:{brand.slug}"] * count,
            "day": [first + timedelta(days=n) for n in range(count)],
            "platform": ["tiktok"] * count, "views": views,
            "observed_at": pa.array([datetime(2026, 11, 4)] * count, pa.timestamp("us")),
        })}, Origin("tiktok.overview", brand=brand.slug, file_name="Overview.csv"),
    )  # fmt: skip


def promise(brand: Brand) -> None:
    """Give the brand one KPI."""
    path = workspace_of(brand).kpi_file(brand.slug)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_kpis(path, [Kpi(key="views", name="Views", metric="views", target=Target("ratio", 0.1),
                          start=date(2026, 7, 1), due=date(2026, 12, 31))])  # fmt: skip


@pytest.fixture
def agency(brand: Brand, alice: User) -> list[Brand]:
    """Four brands of one workspace, each with five months of its own figures."""
    random = np.random.default_rng(6)
    brands = [brand, *(make_brand(brand.workspace, f"Merek {n}") for n in range(3))]
    for number, one in enumerate(brands):
        bring(one, random.poisson(100 * (number + 1), 150).tolist())
        promise(one)
    return brands


def read(client: Client, brand: Brand, page: str) -> str:
    answer = client.get(f"/b/{brand.slug}/{page}")
    assert answer.status_code == 200, (page, answer.status_code)
    html = answer.content.decode()
    html = re.sub(r"\b\w{64}\b", "csrf", html)
    return re.sub(r"tip-\w+", "tip", html)


def forget_memory() -> None:
    answers._recent.clear()


def test_a_page_from_kept_answers_is_the_page_worked_out_anew(
    agency: list[Brand], alice: User, sign_in: Callable[[User], Client], monkeypatch: Any
) -> None:
    client = sign_in(alice)
    for one in agency:
        assert list(prepare_pages(one)), "the owner sees pages"
    forget_memory()
    kept = {(b.slug, p): read(client, b, p) for b in agency for p in PAGES}
    made = answers.made_here()
    again = {(b.slug, p): read(client, b, p) for b in agency for p in PAGES}
    assert answers.made_here() == made, "everything was read, nothing worked out"
    assert again == kept
    monkeypatch.setattr(answers, "keep", lambda _folder, _mark, _name, make: make())
    fresh = {(b.slug, p): read(client, b, p) for b in agency for p in PAGES}
    assert fresh == kept
    assert len({kept[b.slug, "insights/"] for b in agency}) == len(agency)


def test_an_import_and_its_undo_show_at_once_and_only_for_their_brand(
    agency: list[Brand], alice: User, sign_in: Callable[[User], Client]
) -> None:
    client, one, other = sign_in(alice), agency[0], agency[1]
    page = "insights/metric/views/?platform=tiktok&period=2026-10"
    before, beside = read(client, one, page), read(client, other, page)
    batch = bring(one, [210] * 31, date(2026, 10, 1))
    after = read(client, one, page)
    assert "6,510" in after
    assert "6,510" not in before
    made = answers.made_here()
    assert read(client, other, page) == beside
    assert answers.made_here() == made, "the other brand's answers still hold"
    lake_of(one).withdraw(batch.id)
    undone = read(client, one, page)
    assert "6,510" not in undone
    figures = [re.findall(r'class="figure-value">([^<]+)', html) for html in (undone, before)]
    assert figures[0] == figures[1]


def test_an_engine_opened_before_an_import_never_passes_for_one_opened_after(brand: Brand) -> None:
    bring(brand, [1] * 30)
    old = engine_of(brand)
    bring(brand, [100] * 30)
    count = lambda engine: int(engine.view.table("account_days").views.sum().to_pyarrow().as_py())  # noqa: E731
    assert remember(brand, ("sum",), lambda: count(old)) == 30
    engine = engine_of(brand)
    assert remember(brand, ("sum",), lambda: count(engine)) == 3000
    forget_memory()
    assert remember(brand, ("sum",), lambda: 0) == 3000


def test_a_new_day_another_promise_and_another_calendar_make_answers_anew(
    brand: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = set()
    for change in (
        lambda: bring(brand, [1]),
        lambda: promise(brand),
        lambda: monkeypatch.setenv("TOLOK_TODAY", "2026-11-06"),
        lambda: setattr(brand, "time_zone", "Asia/Jayapura"),
        lambda: monkeypatch.setattr(answers, "definitions_mark", lambda: "another version"),
    ):
        change()
        engine_of(brand)
        marks.add(mark_of(brand))
    assert len(marks) == 5


def test_one_works_it_out_and_the_others_wait(tmp_path: Path) -> None:
    def slow() -> int:
        runs.append(1)
        time.sleep(0.3)
        return 7

    runs: list[int] = []
    got: list[int] = []
    many = [
        threading.Thread(target=lambda: got.append(answers.keep(tmp_path, "m", "q", slow)))
        for _ in range(6)
    ]
    for thread in many:
        thread.start()
    for thread in many:
        thread.join()
    assert (got, runs) == ([7] * 6, [1])
    assert [p.suffix for p in (tmp_path / "m").iterdir()] == [".answer"]


def _ask(folder: Path, out: Any) -> None:
    def slow() -> str:
        out.put("worked")
        time.sleep(0.5)
        return "answer"

    out.put(answers.keep(folder, "m", "across", slow))


def test_processes_share_what_one_of_them_worked_out(tmp_path: Path) -> None:
    kind = multiprocessing.get_context("fork")
    out = kind.Queue()
    family = [kind.Process(target=_ask, args=(tmp_path, out)) for _ in range(3)]
    for one in family:
        one.start()
    said = sorted(out.get(timeout=60) for _ in range(4))
    for one in family:
        one.join()
    assert said == ["answer", "answer", "answer", "worked"]


def test_what_failed_or_was_cut_short_or_forged_is_worked_out_again(tmp_path: Path) -> None:
    def fail() -> int:
        raise ValueError

    with pytest.raises(ValueError):
        answers.keep(tmp_path, "m", "q", fail)
    assert answers.keep(tmp_path, "m", "q", lambda: 1) == 1
    file = next((tmp_path / "m").glob("*.answer"))
    for harm in (file.read_bytes()[:-3], b"", b"x" * 80):
        file.write_bytes(harm)
        forget_memory()
        assert answers.keep(tmp_path, "m", "q", lambda: 2) == 2
        assert file.read_bytes() != harm


def test_pages_people_asked_for_are_ready_again_after_an_import(
    brand: Brand, alice: User, sign_in: Callable[[User], Client]
) -> None:
    bring(brand, [100] * 150)
    client = sign_in(alice)
    asked = f"/b/{brand.slug}/insights/metric/views/?platform=tiktok&period=2026-09"
    assert client.get(asked).status_code == 200
    assert asked in pages_of(brand)
    old = mark_of(brand)
    bring(brand, [200] * 30, date(2026, 9, 1))
    brand = Brand.objects.get(pk=brand.pk)
    assert enqueue_stale() == 1
    assert enqueue_stale() == 1
    assert Job.objects.filter(kind="shell.prepare").count() == 1, "asked twice, queued once"
    assert work_off() > 0
    assert Job.objects.get(kind="shell.prepare").state == Job.State.DONE
    folder, mark = answers_folder(brand), mark_of(brand)
    assert answers.is_ready(folder, mark)
    assert [p.name for p in folder.iterdir() if p.is_dir()] == [mark] != [old]
    made = answers.made_here()
    assert "6,000" in client.get(asked).content.decode()
    assert answers.made_here() == made, "the page was ready"
    assert enqueue_stale() == 0


def test_a_deleted_brand_leaves_no_answer(
    brand: Brand, django_capture_on_commit_callbacks: Any
) -> None:
    bring(brand, [1] * 30)
    engine_of(brand)
    remember(brand, ("secret",), lambda: "words of a customer")
    assert is_remembered(brand, ("secret",))
    folder = answers_folder(brand)
    with django_capture_on_commit_callbacks(execute=True):
        delete_brand(brand)
    assert not folder.exists()
    assert not any(key[0] == folder for key in answers._recent.answers)


def test_what_is_drawn_once_never_mixes_languages_rights_or_brands(
    agency: list[Brand], alice: User, hire: Callable[..., User], sign_in: Callable[[User], Client],
    find_english: Callable[[str], list[str]],
) -> None:  # fmt: skip
    """Whoever comes first, each reader gets the own language, files only with the right to them."""
    one, other = agency[:2]
    reader = hire("viewer")
    reader.language = "id"
    reader.save()
    owner, viewer = sign_in(alice), sign_in(reader)
    pages = ("insights/", "insights/?by=area", "insights/metric/views/?platform=tiktok")
    first = {p: (read(owner, one, p), read(viewer, one, p)) for p in pages}
    forget_memory()
    answers.forget_all(answers_folder(one))
    for page in pages:  # the other one first
        again = read(viewer, one, page), read(owner, one, page)
        assert again == first[page][::-1]
        english, indonesian = first[page]
        assert find_english(english)
        assert set(find_english(indonesian)) <= {"Views"}, "the name the team gave its KPI"
        assert "download" not in indonesian, "a viewer takes no files along"
        assert "download" in english
        assert f"/b/{other.slug}/" not in re.sub(r"(?s)<aside.*?</aside>", "", english)
        assert f"/b/{other.slug}/" not in indonesian
    assert viewer.get(f"/b/{other.slug}/insights/").status_code == 404


def test_a_note_and_a_brand_renamed_show_at_once(
    brand: Brand, alice: User, sign_in: Callable[[User], Client]
) -> None:
    bring(brand, [100, 120] * 75)
    client = sign_in(alice)
    page = "insights/metric/views/?platform=tiktok&period=2026-09"
    assert "Fire drill" not in read(client, brand, page)
    told = {"day": "2026-09-03", "text": "Fire drill"}
    client.post(f"/b/{brand.slug}/insights/metric/views/notes/", told)
    shown = read(client, brand, page)
    assert shown.count("Fire drill") >= 2, "in the chart and below it"
    assert "Kopi Senja" in read(client, brand, "insights/brands/")
    Brand.objects.filter(pk=brand.pk).update(name="Kopi <Pagi>", colour="#123456")
    renamed = read(client, brand, "insights/brands/")
    assert "Kopi &lt;Pagi&gt;" in renamed
    assert "Kopi Senja" not in renamed
    assert "Kopi <Pagi>" not in renamed
    assert renamed.count("#123456") >= 2, "in the list and in the switcher"


def test_a_changed_template_text_or_holiday_makes_answers_anew(
    brand: Brand, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    marks = set()
    monkeypatch.setattr(answers.tolok, "__file__", str(tmp_path / "__init__.py"))
    for content in ("one", "two"):
        file.write_text(content)
        answers.definitions_mark.cache_clear()
        marks.add(mark_of(brand))
    brand.holidays = "MY"
    marks.add(mark_of(brand))
    assert len(marks) == 3
    monkeypatch.undo()
    answers.definitions_mark.cache_clear()


def test_memory_holds_what_fits_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "_IN_MEMORY", 1000)
    memory = answers._Memory()
    keys = [(Path("a"), "mark", str(number)) for number in range(30)]
    for key in keys:
        memory.add(key, answers._Found(key, 100))
        memory.find(keys[0])
    assert memory.size == 1000
    assert list(memory.answers) == [*keys[-9:], keys[0]], "what was asked for last"
    memory.add(keys[0], answers._Found("larger than all", 5000))
    assert list(memory.answers) == [keys[0]]
