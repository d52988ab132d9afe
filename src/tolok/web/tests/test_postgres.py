"""PostgreSQL instead of SQLite by one setting: the tests that touch the database run on it too."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tolok.web.tests.postgres import MISSING, find_programs, open_postgres

pytestmark = pytest.mark.postgres
WEB = Path(__file__).parents[1]
# What needs a browser, or asks figures of a lake for minutes, says nothing of the database.
ELSEWHERE = (
    "in_browser",
    "test_figures",
    "test_fuzz",
    "test_postgres",
    "test_serve",
    "test_killed",
)


def files_of(app: str) -> list[Path]:
    """Return the test files of an app that touch the database."""
    found = sorted((WEB / app).glob("test_*.py") if app == "tests" else
                   (WEB / app / "tests").glob("test_*.py"))  # fmt: skip
    return [
        path for path in found
        if "django_db" in path.read_text() and not any(word in path.name for word in ELSEWHERE)
    ]  # fmt: skip


APPS = [path.parent.name for path in sorted(WEB.glob("*/tests")) if files_of(path.parent.name)]


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    if find_programs() is None:
        pytest.skip(MISSING)
    with open_postgres() as url:
        yield url


def test_every_app_with_tables_has_tests_that_touch_the_database() -> None:
    tables = {path.parents[1].name for path in WEB.glob("*/migrations/0001_first.py")}
    assert tables <= set(APPS), tables - set(APPS)


# The queue, people, links and the API live by the database; the others are proved by `make proof`.
QUICK = ("accounts", "api", "jobs", "share")


@pytest.mark.parametrize(
    "app",
    [a if a in QUICK else pytest.param(a, marks=pytest.mark.proof) for a in (*APPS, "tests")],
)
def test_the_tests_of_an_app_pass_on_postgresql(app: str, postgres: str) -> None:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "TOLOK_"))}
    env |= {"TOLOK_TEST_DATABASE_URL": postgres}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist",
               "-m", "not browser and not proof",
               *map(str, files_of(app))]  # fmt: skip
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=900, check=False,
                          cwd=WEB.parents[2])  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert " passed" in done.stdout.splitlines()[-1]
    assert "skipped" not in done.stdout.splitlines()[-1]


def test_the_tests_know_which_database_they_run_on() -> None:
    told = "from tolok.web.tests import settings; print(settings.DATABASES['default']['ENGINE'])"
    env = os.environ | {"TOLOK_TEST_DATABASE_URL": "postgresql://tolok@127.0.0.1:1/x"}
    done = subprocess.run([sys.executable, "-c", told], env=env, capture_output=True, text=True,
                          timeout=120, check=True)  # fmt: skip
    assert done.stdout.strip() == "django.db.backends.postgresql"
