"""How often somebody calls in a minute, counted over all processes of an installation's machine."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from django.conf import settings

_SHAPE = (
    "create table if not exists calls"
    "(who text, minute integer, number integer, primary key (who, minute)) without rowid"
)
_ADD = (
    "insert into calls values (?, ?, 1) "
    "on conflict do update set number = number + 1 returning number"
)


def count_call(who: str) -> tuple[int, int]:
    """Count a call and return how many came in this minute with it, and the seconds to its end.

    Each web process has a memory of its own, so the count lies in a file that they share. It is
    beside the database, whose readers must not wait for a writer. A lost file only begins anew.
    """
    now = int(time.time())
    with closing(sqlite3.connect(calls_file(), timeout=5)) as connection, connection:
        connection.execute("pragma synchronous=off")
        connection.execute(_SHAPE)
        number = connection.execute(_ADD, (who, now // 60)).fetchone()[0]
        if number == 1:
            connection.execute("delete from calls where minute < ?", (now // 60,))
    return number, 60 - now % 60


def calls_file() -> Path:
    """Where the calls of this minute are counted."""
    folder = Path(settings.TOLOK_HOME) / "cache"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / "calls.sqlite3"
