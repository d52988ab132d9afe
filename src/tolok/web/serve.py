"""Start the web and its workers as one tree of processes."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connections
from gunicorn.app.base import BaseApplication

from .quiet import HideSecrets

logger = logging.getLogger("tolok.web")
logging.getLogger("gunicorn.error").addFilter(HideSecrets())
_PAUSE = 1.0


def set_up(home: Path | str | None = None) -> None:
    """Make Django ready with this home folder; afterwards models and queue may be used."""
    if home is not None:
        os.environ["TOLOK_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tolok.web.settings")
    django.setup()


def prepare() -> None:
    """Bring the database and the static files of the home folder up to date."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)


def serve(
    host: str = "127.0.0.1",
    port: int = 8000,
    home: Path | str | None = None,
    *,
    workers: int = 2,
    threads: int = 4,
    jobs: int = 1,
) -> None:
    """Serve the web at host and port, with `jobs` processes for long work, until interrupted.

    TOLOK_LOCAL counts only when the host is loopback. Does not return before the end.
    """
    if not _is_loopback(host):
        os.environ.pop("TOLOK_LOCAL", None)
    set_up(home)
    prepare()
    options = {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": workers,
        "threads": threads,
        "worker_class": "gthread",
        "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,  # noqa: S108
        "timeout": 120,
        "graceful_timeout": 10,
        "preload_app": True,
        "max_requests": 5000,
        "max_requests_jitter": 500,
        "forwarded_allow_ips": os.environ.get("TOLOK_PROXIES", "127.0.0.1,::1"),
        "loglevel": "warning",
        "control_socket_disable": True,
        "worker_exit": lambda _server, _worker: _leave(),
        "when_ready": lambda _server: _start_jobs(jobs),
    }
    connections.close_all()  # children must not inherit an open database
    _Server(options).run()


def _start_jobs(count: int) -> None:
    if count:
        threading.Thread(target=_keep_jobs, args=(count,), name="jobs", daemon=True).start()


def _keep_jobs(count: int) -> None:
    """Keep the watcher of the workers running: one that was killed is started again."""
    env = os.environ | {"TOLOK_WORKERS": str(count)}
    while True:
        # The watcher ends by itself when this process is gone, even after kill -9.
        subprocess.Popen([sys.executable, "-m", "tolok.web.jobs"], env=env).wait()
        time.sleep(_PAUSE)


def _leave() -> None:
    """End a web worker that has done its work, with the code it meant to end with.

    Libraries loaded before the fork abort while they tidy up threads that only the parent has.
    """
    leaving = sys.exception()
    connections.close_all()
    logging.shutdown()
    code = leaving.code if isinstance(leaving, SystemExit) else 1
    os._exit(code if isinstance(code, int) else 0 if code is None else 1)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class _Server(BaseApplication):
    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        return get_wsgi_application()
