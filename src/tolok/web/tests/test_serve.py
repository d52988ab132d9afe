"""The whole tree of processes: one call serves the web with its workers, and leaves none behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import psutil

CODE = (
    "import sys; from tolok.web.serve import serve; serve('127.0.0.1', int(sys.argv[1]), workers=1)"
)


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def wait_until_up(address: str) -> None:
    for _ in range(300):
        try:
            if httpx.get(f"{address}/healthz").text == "ok":
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the server never answered")


def test_one_call_serves_a_signed_in_owner_and_dies_without_leaving_workers(tmp_path: Path) -> None:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("TOLOK_", "DJANGO_"))}
    env |= {"TOLOK_HOME": str(tmp_path), "TOLOK_LOCAL": "1"}
    port = free_port()
    server = subprocess.Popen([sys.executable, "-c", CODE, str(port)], env=env)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_up(address)
        with httpx.Client(base_url=address, follow_redirects=True) as client:
            page = client.get("/")
            assert page.status_code == 200
            assert 'name="time_zone"' in page.text
            style = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
            sheet = client.get(style)
            assert sheet.status_code == 200
            assert "immutable" in sheet.headers["Cache-Control"]
            assert client.get("/nothing/").status_code == 404
        family = psutil.Process(server.pid).children(recursive=True)
        assert any("tolok.web.jobs" in " ".join(child.cmdline()) for child in family)
    finally:
        os.kill(server.pid, signal.SIGKILL)
        server.wait()
    _gone, alive = psutil.wait_procs(family, timeout=20)
    assert alive == []


def test_a_stopped_server_ends_in_peace(tmp_path: Path) -> None:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("TOLOK_", "DJANGO_"))}
    env |= {"TOLOK_HOME": str(tmp_path), "TOLOK_LOCAL": "1"}
    port = free_port()
    log = tmp_path / "log"
    with log.open("wb") as said:
        server = subprocess.Popen([sys.executable, "-c", CODE, str(port)], env=env, stderr=said)
        try:
            wait_until_up(f"http://127.0.0.1:{port}")
            assert httpx.get(f"http://127.0.0.1:{port}/", follow_redirects=True).status_code == 200
            server.terminate()
            assert server.wait(timeout=30) == 0
        finally:
            server.kill()
            server.wait()
    told = log.read_text()
    assert "terminate called" not in told
    assert "SIGABRT" not in told
    assert "SIGSEGV" not in told
