"""The law of shelves: a thing that stands there is found, used, shown and tested, with no other edit."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner

from tolok.base import forget_shelves
from tolok.connectors import load_connectors
from tolok.connectors.reading import read_file
from tolok.connectors.recognise import recognise
from tolok.kpi.rule import load_rules
from tolok.lake import Lake, LakeView, Origin, load_tables
from tolok.metrics import load_metrics

Put = Callable[[str, str, str], None]

METRIC = '''
"""A made-up family."""
from tolok.base import COUNT, Text
from tolok.metrics.metric import Example, Metric
from tolok.metrics.part import total
MADE_UP = Metric(
    key="made_up_metric", name=Text("Made up", "Rekaan"), meaning=Text("Made up.", "Rekaan."),
    formula=Text("sum of likes", "jumlah suka"), table="posts", parts={"sum": total("likes")},
    value=lambda p: p["sum"], unit=COUNT, direction="up", kind="flow", basis="published",
    serves=("F1",), example=Example(rows=({"likes": 2}, {"likes": 5}), value=7))
'''
TABLE = '''
"""A made-up table."""
from tolok.base import Text
from tolok.lake.table import Column, Table
TABLE = Table(
    key="made_up_table", name=Text("Made up", "Rekaan"), meaning=Text("A row.", "Satu baris."),
    columns=(Column("thing", "text", "key", Text("thing", "benda")),
             Column("day", "date", "key", Text("day", "hari")),
             Column("weight", "int", "flow", Text("weight", "bobot"))), time="day")
'''
PLATFORM = '''
"""A made-up platform."""
from tolok.base import Text
from tolok.connectors.connector import Connector, Export, Field
def read(source):
    return source.extract({"posts": {
        "post": source.posts("madeup", source.ids("id")), "platform": "madeup",
        "likes": source.counts("likes")}})
CONNECTOR = Connector(
    key="madeup", name=Text("Made up", "Rekaan"), platforms={"madeup": "Made Up"}, folder=__package__,
    exports=(Export(key="madeup.posts", name=Text("Made-up posts", "Postingan rekaan"),
        platform="madeup", read=read, fields=(Field("id", "id", required=True),
                                              Field("likes", "count", "likes", required=True))),))
'''
ALIASES = '[posts]\nid = ["Nomor rekaan"]\nlikes = ["Suka rekaan"]\n'
RULE = '''
"""A made-up rule."""
from tolok.base import Text
from tolok.kpi.examples import good_case
from tolok.kpi.rule import Rule
RULE = Rule(key="made_up_rule", level="warn", message=Text("Made up.", "Rekaan."),
    mend=Text("Mend it.", "Perbaiki."), find=lambda case: None, good=good_case(), bad=good_case())
'''


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Put]:
    """Lay a module on a shelf for the length of one test, as if it stood in the folder."""

    def forget() -> None:
        forget_shelves()
        for loader in (load_metrics, load_tables, load_rules):
            loader.cache_clear()

    def lay(shelf: str, name: str, text: str) -> None:
        package = importlib.import_module(shelf)
        folder = tmp_path / shelf
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        if str(folder) not in package.__path__:
            monkeypatch.setattr(package, "__path__", [*package.__path__, str(folder)])
        importlib.invalidate_caches()
        forget()

    yield lay
    monkeypatch.undo()
    for name in [n for n in sys.modules if "made_up" in n or "madeup" in n]:
        del sys.modules[name]
    forget()


def test_a_metric_laid_on_the_shelf_is_in_the_catalogue_and_under_test(put: Put) -> None:
    put("tolok.metrics.catalogue", "made_up.py", METRIC)
    assert load_metrics()["made_up_metric"].is_additive
    from tolok.cli.main import tolok_command

    shown = CliRunner().invoke(tolok_command, ["--language", "id", "metrics", "made_up_metric"])
    assert "Rekaan" in shown.output


def test_a_table_laid_on_the_shelf_is_stored_and_read(put: Put, tmp_path: Path) -> None:
    put("tolok.lake.tables", "made_up_table.py", TABLE)
    lake = Lake(tmp_path / "lake")
    day = datetime(2026, 10, 1)
    rows = pa.table({"brand": ["b"], "thing": ["t"], "day": [day.date()], "weight": [3],
                     "observed_at": [day]})  # fmt: skip
    lake.write({"made_up_table": rows}, Origin(source="test"))
    assert LakeView(lake).table("made_up_table").weight.sum().to_pyarrow().as_py() == 3


def test_a_platform_laid_on_the_shelf_is_recognised_by_its_words(put: Put, tmp_path: Path) -> None:
    put("tolok.connectors.platforms", "madeup/__init__.py", PLATFORM)
    put("tolok.connectors.platforms", "madeup/aliases/id.toml", ALIASES)
    assert "madeup" in load_connectors()
    (tmp_path / "file.csv").write_text("Nomor rekaan,Suka rekaan\n1,5\n2,7\n", encoding="utf-8")
    found = recognise(read_file(tmp_path / "file.csv")[0])
    assert found.export.key == "madeup.posts"
    assert found.language == "id"


def test_a_rule_laid_on_the_shelf_is_asked_by_the_doctor(put: Put) -> None:
    put("tolok.kpi.rules", "made_up_rule.py", RULE)
    assert "made_up_rule" in load_rules()
