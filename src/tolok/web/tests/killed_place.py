"""What the proof by kill -9 stands on: a whole installation, the world outside, who is killed."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain
from pathlib import Path
from typing import Any

import httpx
import psutil
from aiosmtpd.controller import Controller

from tolok.web.tests.test_serve import free_port, wait_until_up

HERE = Path(__file__).parent
TODAY = "2026-11-28"
SLOW = (0.02, 0.25)  # seconds the world outside takes to say yes, after it has taken the message
CODE = (
    "import sys; from tolok.web.serve import serve; serve('127.0.0.1', int(sys.argv[1]), workers=2)"
)
PARTS = ("job worker", "web worker", "watcher", "web master")


class Outside:
    """A mail server and a webhook that count what reaches them, by the number it carries."""

    def __init__(self) -> None:
        self.mails: Counter[str] = Counter()
        self.hooks: Counter[str] = Counter()
        outside = self

        class Hook(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                outside.hooks[self.headers["Tolok-Delivery"]] += 1
                time.sleep(random.uniform(*SLOW))
                with suppress(OSError):  # who asked may be dead by now
                    self.send_response(204)
                    self.end_headers()

            def log_message(self, *_words: object) -> None:
                return

        self.web = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
        threading.Thread(target=self.web.serve_forever, daemon=True).start()
        self.smtp = Controller(self, "127.0.0.1", free_port())
        self.smtp.start()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        head = envelope.content.decode(errors="replace").split("\r\n\r\n")[0]
        name = next(x for x in head.splitlines() if x.lower().startswith("message-id:"))
        self.mails[name.split("<", 1)[1].split("@")[0]] += 1
        await asyncio.sleep(random.uniform(*SLOW))
        return "250 OK"

    def close(self) -> None:
        self.smtp.stop()
        self.web.shutdown()
        self.web.server_close()


class Installation:
    """A whole Tolok as `tolok serve` runs it, with a helper beside it that is never killed."""

    def __init__(self, home: Path, outside: Outside, database: str) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(("TOLOK_", "DJANGO_"))}
        self.env |= {
            "TOLOK_HOME": str(home), "TOLOK_LOCAL": "1", "TOLOK_TODAY": TODAY,
            "TOLOK_JOB_LEASE": "2", "TOLOK_JOB_BEAT": "0.4",
            "DJANGO_SETTINGS_MODULE": "tolok.web.settings",
            "TOLOK_SMTP_URL": f"smtp://127.0.0.1:{outside.smtp.port}",
            "TOLOK_WEBHOOK_HOSTS": "localhost",
        }  # fmt: skip
        if database:
            self.env["TOLOK_DATABASE_URL"] = database
        self.log = (home / "log.txt").open("wb")
        self.helper = subprocess.Popen([sys.executable, str(HERE / "killed_work.py")], env=self.env,
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # fmt: skip
        self._guard = threading.Lock()
        self.server: subprocess.Popen[bytes] | None = None
        self.spent = 0.0  # seconds of CPU of those that are dead
        self._family: dict[str, list[psutil.Process]] = {}

    def ask(self, do: str, **told: object) -> dict[str, Any]:
        """Have the helper do something, and return its answer."""
        assert self.helper.stdin is not None
        assert self.helper.stdout is not None
        with self._guard:
            self.helper.stdin.write(json.dumps({"do": do, **told}) + "\n")
            self.helper.stdin.flush()
            answer: dict[str, Any] = json.loads(self.helper.stdout.readline())
        return answer

    def start(self) -> None:
        """Start the server unless it runs, as whoever keeps services running does."""
        if self.server is None or self.server.poll() is not None:
            self.server = subprocess.Popen([sys.executable, "-c", CODE, str(self.port)],
                                           env=self.env, stderr=self.log)  # fmt: skip

    def wait_until_up(self) -> None:
        """Start the server where it does not run, and wait for its first answer."""
        self.start()
        wait_until_up(self.address)

    def family(self) -> dict[str, list[psutil.Process]]:
        """Return the processes by what they do; looked for again only when one is gone."""
        known = self._family
        if known and all(known.values()) and all(map(_is_alive, chain(*known.values()))):
            return known
        found: dict[str, list[psutil.Process]] = {name: [] for name in PARTS}
        with suppress(psutil.NoSuchProcess):
            assert self.server is not None
            master = psutil.Process(self.server.pid)
            found["web master"] = [master]
            for one in master.children():
                with suppress(psutil.NoSuchProcess):
                    is_watcher = "tolok.web.jobs" in one.cmdline()
                    found["watcher" if is_watcher else "web worker"].append(one)
                    found["job worker"] += one.children() if is_watcher else []
        self._family = found
        return found

    def kill(self, victim: str, is_amid: Callable[[], bool]) -> bool:
        """Kill whoever the name says with kill -9, if it is in the midst of what it should die in.

        It is held still while that is looked at, so that nothing can end between look and death.
        """
        family = self.family()
        every = list(chain.from_iterable(family.values()))
        group = every if victim == "everything" else family[victim]
        _signal(group, signal.SIGSTOP)
        if not group or not is_amid():
            _signal(group, signal.SIGCONT)
            return False
        self.spent += sum(map(_seconds, group))
        _signal(group, signal.SIGKILL)
        psutil.wait_procs(group, timeout=30)
        return True

    def cpu(self) -> float:
        """Return the seconds of CPU that the helper and all servers so far took."""
        alive = [psutil.Process(self.helper.pid), *chain.from_iterable(self.family().values())]
        return self.spent + sum(map(_seconds, alive))

    def close(self) -> None:
        for group in self.family().values() if self.server else ():
            _signal(group, signal.SIGKILL)
        if self.server is not None:
            self.server.wait(30)
        self.helper.kill()
        self.helper.wait()
        self.log.close()


def _signal(group: list[psutil.Process], number: int) -> None:
    for one in group:
        with suppress(psutil.NoSuchProcess):
            one.send_signal(number)


def _is_alive(one: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):
        return one.is_running() and one.status() != psutil.STATUS_ZOMBIE
    return False


def _seconds(one: psutil.Process) -> float:
    with suppress(psutil.NoSuchProcess):
        told = one.cpu_times()
        return float(told.user + told.system)
    return 0.0


HEADS = (
    "Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,"
    "Permalink,Post type,Data comment,Date,Views,Reach,Likes,Shares,Follows,Comments,Saves"
)


def export_of(number: int) -> bytes:
    """An Instagram content export with two posts of its own, seen 10n and 10n + 1 times."""
    rows = [
        f'9{number:05}{n},999,kopi,Kopi,"Kopi {number}",0,10/0{n}/2026 09:15,'
        f"https://www.instagram.com/p/{number}-{n}/,IG image,,Lifetime,{number * 10 + n - 1},"
        "5,1,0,2,3,1"
        for n in (1, 2)
    ]
    return "\r\n".join([HEADS, *rows, ""]).encode()


class Person:
    """Somebody at a browser who tries again until the page says yes."""

    PATIENCE = 600.0  # seconds

    def __init__(self, place: Installation) -> None:
        self.place = place
        self.web = httpx.Client(base_url=place.address, timeout=120)
        self.tries = 0
        self.under_way: tuple[int, str] | None = None  # the number and name of what is asked now
        self.broken: set[int] = set()
        self.lives: dict[str, float] = {}

    def until_yes(self, name: str, path: str, **form: Any) -> str:
        """Send a form until it is answered by a redirect, and return where that leads."""
        limit = time.monotonic() + self.PATIENCE
        while time.monotonic() < limit:
            with suppress(httpx.HTTPError):
                if "tolok_csrf" not in self.web.cookies:
                    self.web.get("/b/kopi/data/bring/")
            answer = self._post(name, path, form)
            if answer is not None:
                if answer.status_code == 302 and "/sign-in" not in answer.headers["Location"]:
                    return str(answer.headers["Location"])
                if answer.status_code < 500:
                    self.web.cookies.clear()
            time.sleep(0.1)
        raise AssertionError(f"{path} never said yes")

    def _post(self, name: str, path: str, form: Any) -> httpx.Response | None:
        head = {"X-CSRFToken": self.web.cookies.get("tolok_csrf", ""),
                "Referer": str(self.web.base_url)}  # fmt: skip
        asked = self.web.build_request("POST", path, headers=head, **form)
        body = asked.read()
        self.tries += 1
        began = time.monotonic()
        self.under_way = (self.tries, name)
        try:
            return self.web.post(path, headers=asked.headers, content=_slowly(body))
        except httpx.ConnectError:
            return None  # nobody was there to be killed
        except httpx.HTTPError:
            self.broken.add(self.tries)
            return None
        finally:
            self.under_way = None
            self.lives[name] = time.monotonic() - began

    def bring(self, number: int) -> None:
        """Drop a file into the page, and have it taken."""
        files = {"files": (f"Oct-{number}.csv", export_of(number), "text/csv")}
        drop = self.until_yes("upload", "/b/kopi/data/bring/", files=files)
        drop = drop.rstrip("/").rsplit("/", 1)[1]
        self._while(drop, "examining")
        self.until_yes("take", f"/b/kopi/data/bring/{drop}/take/")
        self._while(drop, "taking")

    def check(self, number: int) -> None:
        """Hold the check of a KPI."""
        decision = {"decision": "keep", "note": ""}
        self.until_yes("check form", f"/b/kopi/plan/kpi/k{number:03}/check/", data=decision)

    def _while(self, drop: str, state: str) -> None:
        limit = time.monotonic() + self.PATIENCE
        while self.place.ask("drop", key=drop)["state"] == state:
            assert time.monotonic() < limit, f"the file was {state} for ever"
            time.sleep(0.05)


def _slowly(body: bytes) -> Any:
    """Yield a body in four pieces, as a slow line does."""
    step = max(1, len(body) // 4 + 1)
    for start in range(0, len(body), step):
        yield body[start : start + step]
        time.sleep(0.02)
