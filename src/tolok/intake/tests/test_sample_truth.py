"""Every figure of the sample brand's exports, against the truth that lies beside them."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from tolok.intake import Answers, import_files
from tolok.lake import Column, Lake, LakeView, table_of

SAMPLE = Path(str(files("tolok.sample")))
TABLES = sorted(p.stem for p in (SAMPLE / "truth").glob("*.csv"))
BRAND = "kopi-serambi"
# What only the brand's own profile tells: no export gives the names of all its accounts.
FROM_THE_PROFILE = {("accounts", "handle"), ("accounts", "name"), ("accounts", "native_id")}
# The truth leaves the kind of LinkedIn's posts blank, although their files say Image.
MORE_THAN_THE_TRUTH = ("posts", "kind", "linkedin")


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> LakeView:
    lake = Lake(tmp_path_factory.mktemp("lake"))
    taken = list(import_files([SAMPLE / "exports"], lake, BRAND, Answers(timezone="Asia/Jakarta")))
    left = [
        f"{t.verdict.path.name}: {t.verdict.reason or t.verdict.questions}"
        for t in taken
        if t.batch is None
    ]
    assert not left
    return LakeView(lake)


def _value(text: str, column: Column) -> Any:
    kind = column.type
    if text == "":
        return "" if column.kind == "key" else None
    if kind == "int":
        return int(float(text))
    if kind == "float":
        return float(text)
    if kind == "money":
        return Decimal(text)
    if kind == "date":
        return date.fromisoformat(text)
    if kind == "moment":
        return datetime.fromisoformat(text)
    return text == "True" if kind == "bool" else text


def _same(found: Any, true: Any) -> bool:
    if isinstance(true, float) and found is not None:
        return math.isclose(found, true, rel_tol=1e-9, abs_tol=1e-9)
    return bool(found == true)


@pytest.mark.parametrize("table", TABLES)
def test_every_imported_figure_is_the_true_one(view: LakeView, table: str) -> None:
    declared = table_of(table)
    key = declared.natural_key[1:]
    rows = view.table(table).to_pyarrow().to_pylist()
    found: Mapping[tuple[Any, ...], dict[str, Any]] = {tuple(r[k] for k in key): r for r in rows}
    with (SAMPLE / "truth" / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        truth = list(csv.DictReader(stream))
    wrong: list[str] = []
    for line in truth:
        true = {c: _value(v, declared.column(c)) for c, v in line.items()}
        name = tuple(true[k] for k in key)
        if name not in found:
            wrong.append(f"missing {name}")
            continue
        wrong += [
            f"{name} {column}: {found[name][column]!r} is not {value!r}"
            for column, value in true.items()
            if (table, column) not in FROM_THE_PROFILE
            and (table, column, true.get("platform")) != MORE_THAN_THE_TRUTH
            and not _same(found[name][column], value)
        ]
    extra = set(found) - {tuple(_value(r[k], declared.column(k)) for k in key) for r in truth}
    wrong += [f"not in the truth: {name}" for name in sorted(extra, key=str)]
    assert not wrong, f"{len(wrong)} differences, such as\n" + "\n".join(wrong[:20])
