"""kill -9 of web and worker during import, check and notice: nothing is lost, nothing is doubled."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from aiosmtpd.controller import Controller

from tolok.web.tests.postgres import MISSING, find_programs, open_postgres
from tolok.web.tests.test_serve import free_port

HERE = Path(__file__).parent
SEED = 20261128
PATIENCE = 600  # seconds a person tries again, and the queue may take at the end
CODE = (
    "import sys; from tolok.web.serve import serve; serve('127.0.0.1', int(sys.argv[1]), workers=2)"
)
# Who is killed, and how often of a hundred.
VICTIMS = {"job worker": 40, "web worker": 25, "watcher": 10, "web master": 10, "everything": 15}
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


class Outside:
    """The world outside: a mail server and a webhook that count what reaches them."""

    def __init__(self) -> None:
        self.mails: Counter[str] = Counter()
        self.hooks: Counter[str] = Counter()
        outside = self

        class Hook(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                outside.hooks[self.headers["Tolok-Delivery"]] += 1
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
        self.mails[name.split(":", 1)[1].strip()] += 1
        return "250 OK"

    def close(self) -> None:
        self.smtp.stop()
        self.web.shutdown()


class Installation:
    """A whole Tolok as `tolok serve` runs it, with a helper beside it that is never killed."""

    def __init__(self, home: Path, outside: Outside, database: str) -> None:
        self.port = free_port()
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(("TOLOK_", "DJANGO_"))}
        self.env |= {
            "TOLOK_HOME": str(home), "TOLOK_LOCAL": "1", "TOLOK_JOB_LEASE": "2",
            "TOLOK_JOB_BEAT": "0.4", "DJANGO_SETTINGS_MODULE": "tolok.web.settings",
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

    def family(self) -> dict[str, list[psutil.Process]]:
        """Return the processes by what they do."""
        assert self.server is not None
        found: dict[str, list[psutil.Process]] = {name: [] for name in VICTIMS}
        with suppress(psutil.NoSuchProcess):
            master = psutil.Process(self.server.pid)
            found["web master"] = [master]
            for one in master.children(recursive=True):
                with suppress(psutil.NoSuchProcess):
                    words = one.cmdline()
                    kind = "web worker" if "tolok.web.jobs" not in words else (
                        "job worker" if "--one" in words else "watcher")  # fmt: skip
                    found[kind].append(one)
        found["everything"] = [p for group in found.values() for p in group]
        return found

    def kill(self, chance: random.Random) -> str:
        """Kill somebody with kill -9, and return who that was."""
        family = self.family()
        names = [name for name in VICTIMS if family[name]]
        if not names:
            return "nobody"
        victim = chance.choices(names, [VICTIMS[n] for n in names])[0]
        group = family[victim]
        for one in group if victim == "everything" else [chance.choice(group)]:
            with suppress(psutil.NoSuchProcess):
                one.send_signal(signal.SIGKILL)
        if victim in ("web master", "everything"):
            assert self.server is not None
            self.server.wait(30)
        return victim

    def close(self) -> None:
        for one in self.family()["everything"] if self.server else ():
            with suppress(psutil.NoSuchProcess):
                one.kill()
        self.helper.kill()
        self.log.close()


class Person:
    """Somebody at a browser who tries again until the page says yes."""

    def __init__(self, place: Installation) -> None:
        self.place = place
        self.web = httpx.Client(base_url=f"http://127.0.0.1:{place.port}", timeout=120)
        self.tries = 0

    def until_yes(self, path: str, **form: Any) -> str:
        """Send a form until it is answered by a redirect, and return where that leads."""
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit:
            self.tries += 1
            with suppress(httpx.HTTPError):
                if "tolok_csrf" not in self.web.cookies:
                    self.web.get("/b/kopi/data/bring/")
                head = {"X-CSRFToken": self.web.cookies.get("tolok_csrf", ""),
                        "Referer": str(self.web.base_url)}  # fmt: skip
                answer = self.web.post(path, headers=head, **form)
                if answer.status_code == 302 and "/sign-in" not in answer.headers["Location"]:
                    return str(answer.headers["Location"])
                if answer.status_code < 500:
                    self.web.cookies.clear()
            time.sleep(0.1)
        raise AssertionError(f"{path} never said yes")

    def work(self, number: int) -> None:
        """Bring in a file, hold a check, and let news go out."""
        files = {"files": (f"Oct-{number}.csv", export_of(number), "text/csv")}
        drop = self.until_yes("/b/kopi/data/bring/", files=files).rstrip("/").rsplit("/", 1)[1]
        self.place.ask("tell", key=f"news-{number}")
        limit = time.monotonic() + PATIENCE
        while self.place.ask("drop", key=drop)["state"] == "examining":
            assert time.monotonic() < limit, "the file was never judged"
            time.sleep(0.05)
        self.until_yes(f"/b/kopi/data/bring/{drop}/take/")
        decision = {"decision": "keep", "note": ""}
        self.until_yes(f"/b/kopi/plan/kpi/k{number:03}/check/", data=decision)


@contextmanager
def installed(home: Path, kills: int, database: str) -> Iterator[tuple[Installation, Outside]]:
    outside = Outside()
    place = Installation(home, outside, database)
    try:
        told = place.ask(
            "make", count=kills, webhook=f"http://localhost:{outside.web.server_port}/"
        )
        assert ("postgresql" if database else "sqlite3") in told["engine"]
        yield place, outside
    finally:
        place.close()
        outside.close()


def prove(home: Path, kills: int, database: str = "") -> None:
    """Kill somebody so many times while a person works, then count everything."""
    chance = random.Random(SEED)
    killed: Counter[str] = Counter()
    amid: Counter[str] = Counter()
    began, last = time.monotonic(), 4.0
    with installed(home, kills, database) as (place, outside):
        place.start()
        person = Person(place)
        for number in range(kills):
            faults: list[BaseException] = []
            worker = threading.Thread(target=_run, args=(person, number, faults))
            since = time.monotonic()
            worker.start()
            time.sleep(chance.uniform(0, last))
            amid.update(place.ask("running")["running"] or ["nothing"])
            killed[place.kill(chance)] += 1
            while worker.is_alive():
                place.start()
                worker.join(0.2)
            last = min(10.0, max(1.0, time.monotonic() - since))
            assert not faults, faults
        found = _settle(place)
        told = {
            "seed": SEED, "kills": kills, "seconds": round(time.monotonic() - began),
            "database": "PostgreSQL" if database else "SQLite", "killed": dict(killed),
            "under way": dict(amid), "requests": person.tries,
            "mails": (len(outside.mails), sum(outside.mails.values())),
            "webhooks": (len(outside.hooks), sum(outside.hooks.values())), "stands": found,
        }  # fmt: skip
        print(f"\n{json.dumps(told)}")  # noqa: T201 - the figures of the proof
    expect(found, outside, kills)


def _run(person: Person, number: int, faults: list[BaseException]) -> None:
    try:
        person.work(number)
    except BaseException as error:
        faults.append(error)


def _settle(place: Installation) -> dict[str, Any]:
    """Wait until the queue is empty, and return what stands."""
    limit = time.monotonic() + PATIENCE
    place.start()
    while (found := place.ask("look"))["open"]:
        assert time.monotonic() < limit, found
        time.sleep(0.5)
    return found


def expect(found: dict[str, Any], outside: Outside, count: int) -> None:
    """Every piece of work stands exactly once."""
    assert found["sound"] == ["ok"] * len(found["sound"])
    assert found["posts"] == 2 * count, "two posts of each file"
    assert found["views"] == sum(n * 10 + n * 10 + 1 for n in range(count))
    assert found["files"] == [1] * count, "each file in one batch"
    assert found["kept"] == count, "each file kept as it came"
    assert found["checks"] == [[f"k{n:03}", 1] for n in range(count)]
    assert found["notices"] == {"email sent": count, "webhook sent": count}
    # What was on its way when the sender died may come again, with the same number on it.
    assert len(outside.mails) == len(outside.hooks) == count
    assert not [job for job in found["jobs"] if job.endswith(" failed")], found["jobs"]


@pytest.mark.proof
def test_a_hundred_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    prove(tmp_path, int(os.environ.get("TOLOK_KILLS", "100")))


@pytest.mark.proof
@pytest.mark.postgres
def test_kills_lose_and_double_nothing_on_postgresql_either(tmp_path: Path) -> None:
    if find_programs() is None:
        pytest.skip(MISSING)
    with open_postgres() as url:
        prove(tmp_path, int(os.environ.get("TOLOK_KILLS", "25")), url)
