"""A real Spark standalone cluster on the loopback address, for the proof that figures agree there.

The server is no dependency of Tolok: it is installed with pinned hashes into an environment of its
own (`.venv/spark` of this checkout, 500 MB, once), and needs Java 17.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
LOCK = ROOT / "requirements-spark.lock"
HOST = "127.0.0.1"
READY = "Spark Connect server started"
SETTINGS = {
    "spark.driver.host": HOST, "spark.driver.memory": "1g", "spark.executor.memory": "900m",
    "spark.ui.enabled": "false", "spark.log.level": "INFO",
    # A few rows on two cores: two hundred shuffle tasks a query would only be waiting.
    "spark.sql.shuffle.partitions": "2", "spark.default.parallelism": "2",
    "spark.connect.grpc.binding.address": HOST,
}  # fmt: skip


@contextmanager
def running_cluster(folder: Path) -> Iterator[str]:
    """Run a master, two workers and a Connect server; gives the address for TOLOK_ENGINE."""
    if shutil.which("java") is None:
        pytest.skip("Java is not installed: no Spark cluster to compare with")
    home = _install()
    master, connect = _free_port(), _free_port()
    address = f"spark://{HOST}:{master}"
    spark = "org.apache.spark"
    worker = [f"{spark}.deploy.worker.Worker", address, "--host", HOST, "--cores", "1",
              "--memory", "1g", "--webui-port", "0", "--work-dir"]  # fmt: skip
    submit = ["--master", address, "--class", f"{spark}.sql.connect.service.SparkConnectServer",
              "--conf", f"spark.connect.grpc.binding.port={connect}"]  # fmt: skip
    for name, value in SETTINGS.items():
        submit += ["--conf", f"{name}={value}"]
    commands = {
        "master": ["spark-class", f"{spark}.deploy.master.Master", "--host", HOST,
                   "--port", str(master), "--webui-port", "0"],
        "worker-1": ["spark-class", *worker, str(folder / "one")],
        "worker-2": ["spark-class", *worker, str(folder / "two")],
        "connect": ["spark-submit", *submit, "spark-internal"],
    }  # fmt: skip
    running: list[subprocess.Popen[bytes]] = []
    try:
        for name, command in commands.items():
            running.append(_start(home, command, folder / f"{name}.log"))
        _wait_for(folder / "connect.log", READY, running)
        _wait_for(folder / "connect.log", "with ID 1", running)  # both workers take part
        yield f"sc://{HOST}:{connect}"
    finally:
        for process in reversed(running):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _install() -> Path:
    """Return Spark's home, installed from the lock file when it is not there yet."""
    venv = Path(sys.prefix) / "spark"
    home = venv / "lib" / f"python3.{sys.version_info.minor}" / "site-packages" / "pyspark"
    if (home / "bin").is_dir():
        return home
    python = str(venv / "bin" / "python")
    install = ["install", "--quiet", "--require-hashes", "-r", str(LOCK)]
    try:
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True, timeout=120)
        subprocess.run([python, "-m", "pip", *install], check=True, timeout=900)
    except subprocess.SubprocessError:
        shutil.rmtree(venv, ignore_errors=True)
        pytest.skip("Spark could not be installed: no cluster to compare with")
    return home


def _start(home: Path, command: list[str], log: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": HOST}
    with log.open("wb") as out:
        return subprocess.Popen(
            [str(home / "bin" / command[0]), *command[1:]], stdout=out, stderr=subprocess.STDOUT,
            cwd=log.parent, env=environment, start_new_session=True,
        )  # fmt: skip


def _wait_for(log: Path, words: str, running: list[subprocess.Popen[bytes]]) -> None:
    end = time.monotonic() + 180
    while words not in log.read_text(errors="replace"):
        dead = [p.args for p in running if p.poll() is not None]
        assert not dead, f"ended before the cluster was ready: {dead}\n{log.read_text()[-2000:]}"
        assert time.monotonic() < end, f"Spark said nothing of «{words}» in three minutes"
        time.sleep(0.3)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
