"""kill -9 of web and worker during import, check and notice: nothing is lost, nothing is doubled."""

from __future__ import annotations

import json
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tolok.web.tests.killed_place import Installation, Outside, Person
from tolok.web.tests.postgres import MISSING, find_programs, open_postgres

SEED = 20261128
# The same work is done until a kill meets it; of its life so much may pass before.
SHARES = (1.0, 0.5, 0.2, 0.0, 0.0)
# In the midst of what somebody dies, and how often of a hundred.
AIMS = {
    "data.import": 16, "data.examine": 8, "plan.morning": 14, "check form": 10, "share.tell": 5,
    "share.send": 13, "reports.prepare": 3, "reports.send": 9, "upload": 8, "take": 6, "anything": 8,
}  # fmt: skip
FORMS = ("upload", "take", "check form")
GROUPS = {
    "import": ("data.import", "data.examine"),
    "check": ("plan.morning", "check form"),
    "notice": ("share.tell", "share.send", "reports.prepare", "reports.send"),
    "web request": FORMS,
}


def deck_of(kills: int, chance: random.Random) -> list[str]:
    """Return what each kill aims at, in the shares of AIMS, in any order."""
    every = [name for name, times in AIMS.items() for _ in range(times)]
    deck = [every[int((n + 0.5) * len(every) / kills)] for n in range(kills)]
    chance.shuffle(deck)
    return deck


class Proof:
    """A person works, round after round; in each somebody is killed."""

    def __init__(self, place: Installation, chance: random.Random, *, whole: int) -> None:
        self.place, self.chance = place, chance
        self.whole = whole  # percent of kills that take the whole tree
        self.person = Person(place)
        self.killed: Counter[str] = Counter()
        self.hits: Counter[str] = Counter()
        self.news = 0
        self.files = 0
        self.checks: set[int] = set()
        self.mornings: set[int] = set()
        self.reports = 0

    def strike(self, number: int, aim: str) -> None:
        """Have the work of a round done and kill somebody in the midst of it."""
        victim = self._victim(aim)
        for share in SHARES:
            faults: list[BaseException] = []
            worker = threading.Thread(target=self._work, args=(number, aim, faults))
            worker.start()
            is_met = self._meet(aim, victim, worker, share)
            while worker.is_alive():
                self.place.start()
                worker.join(0.2)
            assert not faults, faults
            if is_met:
                return
        raise AssertionError(f"nobody was met in the midst of {aim}")

    def _victim(self, aim: str) -> str:
        if aim == "anything":
            return self.chance.choice(("watcher", "web master", "web worker", "everything"))
        single = "web worker" if aim in FORMS else "job worker"
        return self.chance.choices((single, "everything"), (100 - self.whole, self.whole))[0]

    def _work(self, number: int, aim: str, faults: list[BaseException]) -> None:
        try:
            self.news += 1
            self.place.ask("tell", key=f"news-{self.news}")
            if aim == "plan.morning":
                self.mornings.add(number)
                self.place.ask("morning", number=number)
            if aim.startswith("reports."):
                self.reports += 1
                self.place.ask("report", key=f"r{self.reports}")
            if aim.startswith("data.") or aim in ("upload", "take", "anything"):
                self.files += 1  # a file that is in already would not be taken again
                self.person.bring(self.files - 1)
            if aim in ("check form", "anything"):
                self.checks.add(number)
                self.person.check(number)
        except BaseException as error:
            faults.append(error)

    def _meet(self, aim: str, victim: str, worker: threading.Thread, share: float) -> bool:
        """Wait for the aim, let a random part of its life pass, and kill; False when it ended."""
        if aim == "anything":
            time.sleep(self.chance.uniform(0, 2))
            self.killed[victim] += (is_dead := self.place.kill(victim, lambda: True))
            return is_dead
        meet = self._meet_form if aim in FORMS else self._meet_job
        limit = time.monotonic() + 60
        while time.monotonic() < limit:
            is_over = not worker.is_alive()
            if meet(aim, victim, share):
                return True
            if is_over and (aim in FORMS or not self.place.ask("waiting")["waiting"]):
                return False
            time.sleep(0.003)
        return False

    def _meet_job(self, aim: str, victim: str, share: float) -> bool:
        found = self.place.ask("running", kind=aim)["running"]
        if not found:
            return False
        life = self.place.ask("life", kind=aim)["seconds"] or 0.05
        time.sleep(self.chance.uniform(0, life * share))
        alive = lambda: found[0] in self.place.ask("running", kind=aim)["running"]  # noqa: E731
        if not self.place.kill(victim, alive):
            return False
        self.killed[victim] += 1
        # It is dead, and its job still says "running" under the same claim: it was cut off.
        self.hits[aim] += alive()
        return True

    def _meet_form(self, aim: str, victim: str, share: float) -> bool:
        asked = self.person.under_way
        if asked is None or asked[1] != aim:
            return False
        time.sleep(self.chance.uniform(0, self.person.lives.get(aim, 0.05) * share))
        if not self.place.kill(victim, lambda: self.person.under_way == asked):
            return False
        self.killed[victim] += 1
        while self.person.under_way == asked:
            time.sleep(0.01)
        is_cut = asked[0] in self.person.broken
        self.hits[aim] += is_cut
        return is_cut


def prove(home: Path, deck: Sequence[str], database: str = "", *, whole: int = 8) -> None:
    """Kill somebody so many times while a person works, then count everything."""
    chance, began = random.Random(SEED), time.monotonic()
    with _installed(home, len(deck), database) as (place, outside):
        proof = Proof(place, chance, whole=whole)
        place.wait_until_up()
        proof.files += 1
        proof.person.bring(0)  # so that there is something to report on
        for number, aim in enumerate(deck):
            place.wait_until_up()
            proof.strike(number, aim)
        found = _settle(place)
        tidied = place.ask("tidy")
        after = place.ask("look")
        told = {
            "seed": SEED, "rounds": len(deck), "seconds": round(time.monotonic() - began),
            "seconds of CPU": round(place.cpu()),
            "database": "PostgreSQL" if database else "SQLite",
            "kills": sum(proof.killed.values()), "killed": dict(proof.killed),
            "cut off": dict(proof.hits), "by kind": by_group(proof.hits),
            "files": proof.files, "checks": len(proof.checks),
            "mornings": len(proof.mornings), "requests": proof.person.tries, "requests broken": len(proof.person.broken),
            "mails": (len(outside.mails), sum(outside.mails.values())),
            "webhooks": (len(outside.hooks), sum(outside.hooks.values())),
            "reports": Counter(state for _way, state, _name in found["sendings"]),
            "jobs": found["jobs"], "strays swept": tidied["strays"],
        }  # fmt: skip
        print(f"\n{json.dumps(told)}")  # noqa: T201 - the figures of the proof
    expect_facts(found, proof)
    expect_told(found, outside, proof)
    assert (tidied["half written"], tidied["left"]) == ([], [])
    assert after["posts"] == found["posts"], "sweeping takes nothing away"
    assert proof.killed.total() >= len(deck)
    for name, hits in by_group(proof.hits).items():
        assert hits >= max(1, len(deck) // 10), f"{name} was cut off {hits} times only"


def by_group(hits: Counter[str]) -> dict[str, int]:
    """Return how often each kind of work was cut off."""
    return {name: sum(hits[one] for one in members) for name, members in GROUPS.items()}


@contextmanager
def _installed(home: Path, rounds: int, database: str) -> Iterator[tuple[Installation, Outside]]:
    outside = Outside()
    place = Installation(home, outside, database)
    try:
        webhook = f"http://localhost:{outside.web.server_port}/"
        told = place.ask("make", count=rounds, webhook=webhook)
        assert ("postgresql" if database else "sqlite3") in told["engine"]
        yield place, outside
    finally:
        place.close()
        outside.close()


def _settle(place: Installation) -> dict[str, Any]:
    """Wait until the queue is empty, and return what stands."""
    limit = time.monotonic() + Person.PATIENCE
    place.start()
    while (found := place.ask("look"))["open"]:
        assert time.monotonic() < limit, found
        time.sleep(0.5)
    return found


def expect_facts(found: dict[str, Any], proof: Proof) -> None:
    """Every file, check and job stands exactly once, and whole."""
    assert found["sound"] == ["ok"] * len(found["sound"])
    want = [[f"9{n:05}{p}", n * 10 + p - 1] for n in range(proof.files) for p in (1, 2)]
    assert found["posts"] == sorted(want), "two posts of each file, with their own views"
    assert found["files"] == [1] * proof.files, "each file in one batch"
    assert found["kept"] == proof.files, "each file kept as it came"
    assert found["checks"] == [[f"k{n:03}", 1] for n in sorted(proof.checks)]
    assert not [job for job in found["jobs"] if job.endswith((" failed", " cancelled"))]


def expect_told(found: dict[str, Any], outside: Outside, proof: Proof) -> None:
    """Every notice arrived, once in effect; no reader got a report twice, none was lost unsaid."""
    assert found["verdicts"] == [1] * 2 * len(proof.mornings)
    every = Counter((kind, state) for kind, state, _key, _name in found["notices"])
    news = proof.news + 2 * len(proof.mornings) + found["unsure"]
    assert every == {("email", "sent"): news, ("webhook", "sent"): news}
    assert len({(kind, name) for kind, _s, _k, name in found["notices"]}) == 2 * news
    came = {"email": outside.mails, "webhook": outside.hooks, "slack": outside.hooks}
    # What was on its way when its sender died comes again, with the same number on it.
    again = sum(came[kind][name] - 1 for kind, _s, _k, name in found["notices"])
    assert min(came[kind][name] for kind, _s, _k, name in found["notices"]) >= 1
    assert again <= proof.killed.total()
    assert len(found["sendings"]) == 2 * proof.reports
    for way, state, name in found["sendings"]:
        assert state in ("sent", "unsure")
        assert came[way][name] == 1 or (state == "unsure" and came[way][name] == 0)
    known = {name for *_rest, name in [*found["notices"], *found["sendings"]]}
    assert set(outside.mails) | set(outside.hooks) <= known, "nothing came that nobody sent"


def test_five_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    prove(tmp_path, ("data.import", "upload", "share.send", "check form", "take"), whole=0)


@pytest.mark.proof
def test_a_hundred_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    kills = int(os.environ.get("TOLOK_KILLS", "100"))
    prove(tmp_path, deck_of(kills, random.Random(SEED)))


@pytest.mark.proof
@pytest.mark.postgres
def test_kills_lose_and_double_nothing_on_postgresql_either(tmp_path: Path) -> None:
    if find_programs() is None:
        pytest.skip(MISSING)
    kills = int(os.environ.get("TOLOK_KILLS", "25"))
    with open_postgres() as url:
        prove(tmp_path, deck_of(kills, random.Random(SEED)), url)
