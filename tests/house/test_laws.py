"""Laws of the house that cross rooms; each failure names the place and the law."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/tolok"
FORBIDDEN_ROOMS = {"utils", "helpers", "common", "manager", "misc"}
WITHOUT_DJANGO = ("base", "lake", "metrics", "connectors", "language", "series", "value", "kpi",
                  "intake", "watch", "publish", "reports")  # fmt: skip


def sources(*, tests: bool = False) -> Iterator[Path]:
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" in path.parts or (not tests and "tests" in path.parts):
            continue
        yield path


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: the law of tracked files cannot be checked")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def test_arrows_run_down_only_and_neighbours_are_strangers() -> None:
    result = subprocess.run([Path(sys.executable).with_name("lint-imports"), "--no-cache"],
                            cwd=ROOT, capture_output=True, text=True, check=False)  # fmt: skip
    assert result.returncode == 0, result.stdout[-3000:]


def test_no_file_is_over_600_lines_and_nine_in_ten_stay_under_300() -> None:
    lengths = {name_of(p): p.read_text(encoding="utf-8").count("\n") for p in sources()}
    assert {n: c for n, c in lengths.items() if c > 600} == {}
    ordered = sorted(lengths.values())
    assert ordered[int(len(ordered) * 0.9)] <= 300


def test_no_function_is_over_60_lines_and_nine_in_ten_stay_under_28() -> None:
    lengths: dict[str, int] = {}
    for path in sources():
        for node in functions(path):
            place = f"{name_of(path)}:{node.lineno} {node.name}"
            lengths[place] = (node.end_lineno or node.lineno) - node.lineno + 1
    assert {n: c for n, c in lengths.items() if c > 60} == {}
    ordered = sorted(lengths.values())
    assert ordered[int(len(ordered) * 0.9)] <= 28


def test_no_room_is_a_junk_room() -> None:
    rooms = {p.stem for p in SOURCE.rglob("*") if p.is_dir() or p.suffix == ".py"}
    assert rooms & FORBIDDEN_ROOMS == set()


def test_every_module_says_what_it_is() -> None:
    silent = [
        name_of(p) for p in sources()
        if p.read_text(encoding="utf-8").strip() and not ast.get_docstring(ast.parse(p.read_text(encoding="utf-8")))
    ]  # fmt: skip
    assert silent == []


def test_public_names_of_floors_one_to_five_have_a_docstring() -> None:
    silent: list[str] = []
    for path in sources():
        if path.relative_to(SOURCE).parts[0] not in WITHOUT_DJANGO:
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            is_public = isinstance(
                node, ast.FunctionDef | ast.ClassDef
            ) and not node.name.startswith("_")
            if is_public and not ast.get_docstring(node):  # type: ignore[arg-type]
                silent.append(f"{name_of(path)}:{node.lineno} {node.name}")  # type: ignore[attr-defined]
    assert silent == []


def test_a_face_only_hands_names_on() -> None:
    allowed = (ast.ImportFrom, ast.Import, ast.Expr, ast.Assign, ast.AnnAssign)
    odd = [
        f"{name_of(p)}:{node.lineno}" for p in sources() if p.name == "__init__.py"
        for node in ast.parse(p.read_text(encoding="utf-8")).body if not isinstance(node, allowed)
    ]  # fmt: skip
    assert odd == []


def test_nothing_inside_a_room_imports_the_room_s_own_face() -> None:
    odd: list[str] = []
    for path in sources():
        room = path.relative_to(SOURCE).parts[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.ImportFrom)
                and node.level == 0
                and node.module == f"tolok.{room}"
            ):
                odd.append(f"{name_of(path)}:{node.lineno}")
    assert odd == []


def test_nothing_is_left_to_do() -> None:
    mark = re.compile(r"\b(TODO|FIXME)\b|raise NotImplementedError")
    found = [
        f"{name_of(p)}:{number}" for p in sources() for number, line
        in enumerate(p.read_text(encoding="utf-8").splitlines(), 1) if mark.search(line)
    ]  # fmt: skip
    assert found == []


def test_the_repository_names_no_package_host_and_no_path_of_a_machine() -> None:
    hosts = re.compile(
        r"index-url|files\.pythonhosted|\"resolved\":|/work/(main|shared)|/root/|/home/[a-z]+/"
    )
    found = []
    for path in tracked_files():
        if not path.exists() or path.suffix in {
            ".woff2",
            ".png",
            ".zip",
            ".xls",
            ".xlsx",
            ".npz",
            ".parquet",
            ".js",
        }:
            continue
        text = path.read_text(encoding="utf-8", errors="ignore")
        if path != Path(__file__).resolve() and hosts.search(text):
            found.append(name_of(path))
    assert found == []


def test_house_md_says_of_each_room_what_the_room_says_of_itself() -> None:
    house = (ROOT / "HOUSE.md").read_text(encoding="utf-8")
    for face in sorted(SOURCE.glob("*/__init__.py")):
        caption = (
            ast.get_docstring(ast.parse(face.read_text(encoding="utf-8"))) or ""
        ).splitlines()[0]
        assert f"**{face.parent.name}**: {caption}" in house, face.parent.name
