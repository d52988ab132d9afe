"""What the tools say of the whole tree: lint here, types in the slower proofs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*command: str) -> subprocess.CompletedProcess[str]:
    tool = Path(sys.executable).with_name(command[0])
    return subprocess.run(
        [tool, *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_ruff_finds_nothing() -> None:
    found = run("ruff", "check", ".")
    assert found.returncode == 0, found.stdout[-3000:]


@pytest.mark.proof
def test_the_type_checker_finds_nothing() -> None:
    found = run("mypy")
    assert found.returncode == 0, found.stdout[-3000:]
