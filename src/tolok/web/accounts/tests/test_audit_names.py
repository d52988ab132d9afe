"""Every act that is written down has a name a person reads, in both languages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import override

from tolok.web.accounts.audit import ACTIONS

WEB = Path(__file__).resolve().parents[2]


def acts() -> Iterator[tuple[str, str]]:
    """Yield each act recorded anywhere in the web, with where."""
    for path in sorted(WEB.rglob("*.py")):
        if "tests" in path.parts:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                yield from ((act, path.name) for act in _acts_of(function))


def _acts_of(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record":
            said = node.args[1]
            if isinstance(said, ast.Name):  # chosen a line before
                said = next(
                    a.value for a in ast.walk(function)
                    if isinstance(a, ast.Assign) and ast.unparse(a.targets[0]) == said.id
                )  # fmt: skip
            yield from (c.value for c in ast.walk(said) if isinstance(c, ast.Constant))


def test_every_act_that_is_written_down_has_its_name() -> None:
    found = set(acts())
    assert len(found) > 50
    assert {(act, where) for act, where in found if act not in ACTIONS} == set()


def test_every_name_is_said_in_both_languages() -> None:
    told = {}
    for language in ("en", "id"):
        with override(language):
            told[language] = [str(name) for name in ACTIONS.values()]
    assert all(en and id_ and en != id_ for en, id_ in zip(told["en"], told["id"], strict=True))
    assert len(set(told["id"])) == len(told["id"])
