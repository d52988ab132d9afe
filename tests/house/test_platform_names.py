"""The law of shelves: a platform is one folder, and its name steers code in no file outside it.

Words in sentences for people (a docstring, a hint, an example of a command) may name a platform; a
string that *is* a platform's key would be a branch on it, and belongs into the platform's folder.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tolok.connectors import load_connectors

SOURCE = Path(__file__).resolve().parents[2] / "src/tolok"
ROOMS = ("base", "lake", "metrics", "connectors", "intake", "watch", "publish", "reports", "series",
         "language")  # fmt: skip
PLATFORMS = SOURCE / "connectors/platforms"


def names() -> set[str]:
    connectors = load_connectors().values()
    found = {c.key for c in connectors} | {p for c in connectors for p in c.platforms}
    return {name for name in found if len(name) > 1}


def files(kind: str) -> Iterator[Path]:
    for room in ROOMS:
        for path in sorted((SOURCE / room).rglob(kind)):
            if "tests" not in path.parts and PLATFORMS not in path.parents:
                yield path


def test_no_code_outside_its_folder_knows_a_platforms_name() -> None:
    known = names()
    found = [
        f"{path.relative_to(SOURCE)}:{node.lineno} {node.value!r}"
        for path in files("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in known
    ]
    assert not found


def test_no_module_outside_the_shelf_imports_a_platform() -> None:
    found = [
        f"{path.relative_to(SOURCE)}: {line.strip()}"
        for path in files("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "connectors.platforms." in line and ("import " in line)
    ]
    assert not found


@pytest.mark.parametrize("key", sorted(load_connectors()))
def test_every_platform_folder_has_the_same_parts(key: str) -> None:
    folder = PLATFORMS / key
    assert {"__init__.py", "connector.py", "README.md", "aliases", "tests"} <= {
        p.name for p in folder.iterdir()
    }
    assert list((folder / "aliases").glob("*.toml"))
    assert list((folder / "tests").glob("test_*.py"))


@pytest.mark.parametrize("key", sorted(load_connectors()))
def test_platforms_do_not_know_each_other(key: str) -> None:
    others = [k for k in load_connectors() if k != key]
    found = [
        f"{path.name}: {line.strip()}"
        for path in (PLATFORMS / key).rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(("from ", "import "))
        and any(f"platforms.{o}" in line or f"..{o} " in line for o in others)
    ]
    assert not found
