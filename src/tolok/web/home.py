"""The home folder: the database, the secret key and the media of one installation."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

_POSTGRES = {"postgres", "postgresql"}


def find_home() -> Path:
    """Return the home folder (TOLOK_HOME, else ~/.tolok), made for its owner only when new."""
    home = Path(os.environ.get("TOLOK_HOME") or Path.home() / ".tolok").expanduser().resolve()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return home


def read_secret(home: Path, name: str = "secret.key") -> str:
    """Return the secret key of the home folder, written at the first start, readable by its owner.

    Two processes that start together agree, since only one of them can make the file.
    """
    path = home / name
    draft = home / f"{name}.{os.getpid()}.{secrets.token_hex(4)}"
    if not path.exists():
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)  # fails where the other process was first: its key then holds
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def forget_old(paths: Iterable[Path], before: datetime) -> int:
    """Delete the files and folders last changed before a moment; return how many."""
    count = 0
    for path in paths:
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before.timestamp():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
                count += 1
    return count


def describe_database(home: Path, url: str | None) -> dict[str, Any]:
    """Return Django's description of the database: SQLite in the home folder, or a PostgreSQL URL.

    Raises ValueError for any other kind of URL.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(home / "tolok.sqlite3"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                    "PRAGMA secure_delete=ON;"  # what is deleted on request is gone from the file
                ),
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in _POSTGRES:
        raise ValueError("TOLOK_DATABASE_URL must begin with postgresql://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
