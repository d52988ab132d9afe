"""Workers are killed with kill -9 in mid-job: nothing is lost, nothing is done twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

WORK = Path(__file__).with_name("crash_work.py")
JOBS = 4


def run(home: Path, *words: str) -> subprocess.Popen[bytes]:
    env = os.environ | {
        "TOLOK_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "tolok.web.settings",
        "TOLOK_JOB_LEASE": "1.5",
        "TOLOK_JOB_BEAT": "0.3",
    }
    env.pop("TOLOK_DATABASE_URL", None)
    return subprocess.Popen([sys.executable, str(WORK), *words], env=env, stdout=subprocess.PIPE)


def wait_for(file: Path) -> None:
    for _ in range(600):
        if file.exists():
            return
        time.sleep(0.05)
    raise AssertionError(f"{file.name} never began")


def test_a_killed_worker_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    assert run(tmp_path, "make", str(JOBS), str(tmp_path)).wait(120) == 0
    for number in (0, 1):
        victim = run(tmp_path, "work")
        wait_for(tmp_path / f"job{number}")
        time.sleep(0.1)
        os.kill(victim.pid, signal.SIGKILL)
        victim.wait()
        (tmp_path / f"job{number}").unlink()
    survivor = run(tmp_path, "work")
    assert survivor.wait(120) == 0
    out, _ = run(tmp_path, "look").communicate(timeout=60)
    keys, states = out.decode().split()
    assert keys == "job0,job1,job2,job3"
    assert states == "done,done,done,done"
    assert (tmp_path / "job0").exists(), "the killed job was begun again"
