"""The whole path in a real browser: open locally, drop files, scorecard, metric, row, file."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pytest

from tolok.web.accounts.models import User
from tolok.web.accounts.start import ensure_local_owner, make_brand
from tolok.web.jobs import worker
from tolok.web.tests.browser import NARROW, WIDE, find_barriers, is_too_wide, shoot, visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = {
    "en": ("Look at the files", "Take them in", "See the figures", "can be taken", "are in",
           "Engagement rate by reach", "Each time it was seen", "Around line"),
    "id": ("Periksa berkas", "Ambil", "Lihat angkanya", "bisa diambil", "sudah masuk",
           "Tingkat interaksi per jangkauan", "Setiap kali diamati", "Sekitar baris"),
}  # fmt: skip
LOOKS = [("en", "light", WIDE), ("id", "dark", NARROW)]


@pytest.fixture
def some_exports(tmp_path: Path) -> Path:
    """A folder with some of the Instagram exports of the sample brand."""
    target = tmp_path / "exports"
    with as_file(files("tolok.sample")) as folder:
        source = Path(folder) / "exports"
        own = target / "instagram-kopiserambi"
        own.mkdir(parents=True)
        for pattern in ("Mar-*.csv", "Jun-*.csv", "Aug-*.csv", "Tayangan.csv"):
            for file in (source / "instagram-kopiserambi").glob(pattern):
                shutil.copy(file, own)
        shutil.copy(source / "accounts.toml", target)
    return target


@pytest.mark.parametrize(("language", "theme", "size"), LOOKS)
def test_files_dropped_become_figures_that_open_down_to_the_line(
    chromium: Any, live_server: Any, settings: Any, some_exports: Path, monkeypatch: Any,
    language: str, theme: str, size: Any,
) -> None:  # fmt: skip
    settings.TOLOK_LOCAL = True
    monkeypatch.setenv("TOLOK_TODAY", "2026-11-05")
    owner = ensure_local_owner()
    brand = make_brand(owner.seats.first().workspace, "Kopi Kami", slug=f"kami-{language}")
    User.objects.update(language=language)
    look, take, see, ready, done, metric, seen, around = WORDS[language]
    name = f"{language}-{theme}"

    with visit(chromium, live_server.url, language=language, theme=theme, size=size) as page:

        def check(what: str) -> None:
            shoot(page, f"path-{what}-{name}")
            assert find_barriers(page) == [], what
            assert not is_too_wide(page), what

        page.goto(f"/b/{brand.slug}/insights/")
        check("empty")
        page.goto(f"/b/{brand.slug}/data/bring/")
        check("bring")
        page.locator("#folder").set_input_files(str(some_exports))
        page.get_by_role("button", name=look).click()
        page.wait_for_url("**/data/bring/*-*/")
        check("looking")
        worker.work_off()
        page.get_by_role("heading", level=1, name=ready).wait_for()
        check("verdicts")
        page.get_by_role("button", name=take, exact=True).click()
        worker.work_off()
        page.get_by_role("heading", level=1, name=done).wait_for()
        check("taken")
        page.get_by_role("link", name=see).click()
        page.get_by_role("link", name=metric).click()
        page.wait_for_url("**/metric/engagement_rate_by_reach/**")
        check("metric")
        page.locator("#rows ~ .table-box tbody th a").first.click()
        page.get_by_role("heading", name=seen).wait_for()
        check("row")
        page.locator("a[href*='/data/files/']").first.click()
        page.get_by_role("heading", name=around).first.wait_for()
        assert page.locator("tr.here").count() >= 1
        check("file")
        page.goto(f"/b/{brand.slug}/insights/")
        check("scorecard")
