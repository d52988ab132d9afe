"""A PostgreSQL of one's own for tests: Debian's programs, a folder that goes away, no root."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MISSING = "PostgreSQL is missing: apt-get install postgresql"
_SERVANTS = ("postgres", "nobody")  # it refuses to be run by root


def find_programs() -> Path | None:
    """Return the folder of PostgreSQL's programs; None where it is not installed."""
    known = [Path(shutil.which("initdb") or "").resolve()]
    found = [*sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")), *known]
    return next((p.parent for p in found if (p.parent / "pg_isready").exists()), None)


@contextmanager
def open_postgres() -> Iterator[str]:
    """Run a fresh server, yield the URL of its empty database, and leave nothing behind."""
    programs = find_programs()
    if programs is None:
        raise FileNotFoundError(MISSING)
    servant = _servant()
    folder = Path(tempfile.mkdtemp(prefix="tolok-postgres-"))
    data, port = folder / "data", _free_port()
    if servant:
        os.chown(folder, servant.pw_uid, servant.pw_gid)
    _run(servant, str(programs / "initdb"), "-D", str(data), "-U", "tolok", "-A", "trust",
         "-E", "UTF8", "--locale=C", "--no-sync")  # fmt: skip
    server = subprocess.Popen(
        [str(programs / "postgres"), "-D", str(data), "-p", str(port), "-k", str(folder),
         "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "max_connections=200"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder, **_as(servant),
    )  # fmt: skip
    try:
        _wait(programs, port)
        yield f"postgresql://tolok@127.0.0.1:{port}/postgres"
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _servant() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    known = {p.pw_name: p for p in pwd.getpwall()}
    return next(known[name] for name in _SERVANTS if name in known)


def _as(servant: pwd.struct_passwd | None) -> dict[str, int]:
    return {"user": servant.pw_uid, "group": servant.pw_gid} if servant else {}


def _run(servant: pwd.struct_passwd | None, *command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, cwd="/", timeout=120, **_as(servant))


def _wait(programs: Path, port: int) -> None:
    asked = [str(programs / "pg_isready"), "-h", "127.0.0.1", "-p", str(port), "-q"]
    for _ in range(600):
        if subprocess.run(asked, check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise RuntimeError("PostgreSQL never answered")


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
