"""Calls are counted over all processes, each minute anew."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings

from tolok.web.api import rate

CALL = "from tolok.web.api.rate import count_call; print(*(count_call('t1')[0] for _ in range(50)))"
NOON = 1_800_000_000


def test_two_processes_count_the_same_calls() -> None:
    env = os.environ | {"TOLOK_TEST_HOME": str(settings.TOLOK_HOME)}
    # The clock stands still in the processes, or a minute could end between them.
    still = f"import time; time.time = lambda: {NOON}; " + CALL
    running = [
        subprocess.Popen([sys.executable, "-c", still], env=env, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    told = [int(number) for one in running for number in one.communicate()[0].split()]
    assert sorted(told) == list(range(1, 101))


def test_a_minute_begins_anew_and_keeps_nothing_of_the_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rate.time, "time", lambda: NOON + 45)
    assert [rate.count_call(who) for who in ("t1", "t1", "u7")] == [(1, 15), (2, 15), (1, 15)]
    monkeypatch.setattr(rate.time, "time", lambda: NOON + 60)
    assert rate.count_call("t1") == (1, 60)
    assert rate.count_call("u7") == (1, 60)


def test_a_lost_count_only_begins_anew() -> None:
    rate.count_call("t1")
    rate.calls_file().unlink()
    assert rate.count_call("t1")[0] == 1
