"""Bring what some tests need and Python packages cannot give: Chromium and PostgreSQL.

Where they are missing and this is a Debian machine on which we are root, they are installed; else
the tests that need them are skipped by name, each saying what is missing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

NEEDED = {"chromium": ["chromium"], "postgres": ["postgresql"]}


def is_there(name: str) -> bool:
    """Whether the program can be found, PostgreSQL also where Debian hides it."""
    if name == "postgres":
        return bool(
            shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        )
    return shutil.which(name) is not None


def main() -> None:
    """Install what is missing where that is possible; never fail."""
    missing = [name for name in NEEDED if not is_there(name)]
    if not missing:
        return
    if not shutil.which("apt-get") or os.geteuid() != 0:
        print(f"› without {', '.join(missing)}: their tests will be skipped by name")
        return
    packages = [package for name in missing for package in NEEDED[name]]
    print(f"› installing {', '.join(packages)} for the tests that need them")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-q"],
                    ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]):  # fmt: skip
        try:
            subprocess.run(command, check=True, timeout=600, env=environment, **quiet)
        except (subprocess.SubprocessError, OSError):
            print(f"› could not install {', '.join(packages)}: their tests will be skipped by name")
            return


if __name__ == "__main__":
    main()
