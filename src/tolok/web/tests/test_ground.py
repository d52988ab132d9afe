"""The ground: home folder, secret, database by one setting, deployment check, packaged files."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tolok.web.discover import app_names, area_names
from tolok.web.home import describe_database, read_secret

WEB = Path(__file__).parent.parent


def test_the_secret_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    first = read_secret(tmp_path)
    assert len(first) > 60
    assert read_secret(tmp_path) == first
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_processes_that_start_together_agree_on_the_secret(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tolok.web.home import read_secret;"
        "print(read_secret(Path(sys.argv[1])))"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    assert len({process.communicate()[0] for process in started}) == 1


def test_the_database_is_sqlite_at_home_or_postgresql_by_one_setting(tmp_path: Path) -> None:
    own = describe_database(tmp_path, None)
    assert own["NAME"] == str(tmp_path / "tolok.sqlite3")
    assert own["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    big = describe_database(tmp_path, "postgresql://to%40lok:p%2Fw@db:5433/tolok?sslmode=require")
    assert (big["USER"], big["PASSWORD"], big["HOST"]) == ("to@lok", "p/w", "db")
    assert (big["PORT"], big["NAME"], big["OPTIONS"]) == ("5433", "tolok", {"sslmode": "require"})
    with pytest.raises(ValueError, match="postgresql"):
        describe_database(tmp_path, "mysql://x")


def run(home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("TOLOK_", "DJANGO_"))}
    env |= {"TOLOK_HOME": str(home), "DJANGO_SETTINGS_MODULE": "tolok.web.settings", **more}
    return subprocess.run(
        [sys.executable, "-m", "django", *words],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_deployment_check_is_clean_behind_https(tmp_path: Path) -> None:
    done = run(
        tmp_path, "check", "--deploy", "--fail-level", "INFO", TOLOK_URL="https://tolok.example.com"
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_packaged_build_names_every_static_file(tmp_path: Path) -> None:
    done = run(tmp_path, "collectstatic", "--noinput")
    assert done.returncode == 0, done.stderr
    names = {path.name for path in (tmp_path / "static" / "tolok").iterdir()}
    assert any(name.startswith("tolok.") and name.endswith(".css.gz") for name in names)
    assert any(name.startswith("inter.") and name.endswith(".woff2") for name in names)


def test_migrations_say_all_that_the_models_say(tmp_path: Path) -> None:
    for name in ("jobs", "accounts"):
        done = run(tmp_path, "makemigrations", "--check", "--dry-run", name)
        assert done.returncode == 0, done.stdout


def test_the_first_load_is_light() -> None:
    static = WEB / "shell" / "static" / "tolok"
    files = ("tolok.css", "tolok.js", "htmx.min.js", "inter.woff2", "mark.svg")
    assert sum((static / name).stat().st_size for name in files) < 150_000


def test_a_folder_with_an_area_file_is_an_app() -> None:
    found = {path.parent.name for path in WEB.glob("*/area.py")} - {"accounts"}
    assert set(area_names()) == found
    assert {f"tolok.web.{name}" for name in found} < set(app_names())
