"""The real files of Meta, against the table in docs/formats/meta.md."""

from __future__ import annotations

import csv
import importlib.util
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from tolok.connectors.reading import read_file
from tolok.connectors.tests.real_data import exports_folder

HERE = Path(__file__).parent
OTHERS = ("Audience", "Público", "Formatos")
DOC = HERE.parents[5] / "docs/formats/meta.md"


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("meta_real_files", HERE / "real_files.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


real = _load()


def lines_of(name: str) -> list[str]:
    return [line for line in DOC.read_text("utf-8").splitlines() if line.startswith(f"| {name}/")]


@pytest.mark.parametrize("folder", ["meta_business_suite", "meta_ads", "facebook_uci_500_posts"])
def test_every_real_file_gives_the_figures_of_the_table(folder: str) -> None:
    root = exports_folder()
    found = [
        row
        for path in sorted((root / folder).rglob("*"))
        if path.suffix in (".csv", ".xlsx")
        for row in real.rows_of(path, root)
    ]
    assert found == lines_of(folder)


def test_reach_of_adverts_is_not_the_sum_of_ads_while_spend_is() -> None:
    path = exports_folder("meta_ads/ngo_uah") / "MH4U-Ads-Feb-11-2021-Mar-11-2024.xlsx"
    (sheet,) = read_file(path)
    facts = real.read_sheet(sheet).facts["ad_results"]
    total = facts.filter(pc.equal(facts["level"], "account"))
    ads = facts.filter(pc.equal(facts["level"], "ad"))
    assert (total.num_rows, ads.num_rows) == (1, 50)
    assert total["reach"].to_pylist() == [1211188]
    assert pc.sum(ads["reach"]).as_py() == 2166883
    assert pc.sum(ads["spend"]).as_py() == total["spend"][0].as_py() == Decimal("77818.0100")


def test_daily_series_equal_what_the_csv_module_reads() -> None:
    folder = exports_folder("meta_business_suite")
    seen = 0
    for path in sorted(folder.rglob("*.csv")):
        raw = path.read_bytes()
        if not raw.startswith(b"\xff\xfe") or path.name.startswith(OTHERS):
            continue
        records = list(csv.reader(raw.decode("utf-16").replace("\t", ",").splitlines()))
        true = sum(int(r[1]) for r in records if r and r[0][:2] == "20")
        taken = sum(_figures(facts) for s in read_file(path) for facts in _facts(s, records))
        seen += 1
        assert taken == true, path.name
    assert seen > 20


def _facts(sheet: object, records: list[list[str]]) -> list[pa.Table]:
    extract = real.read_sheet(sheet)
    if any(
        c.state == "failed" for c in extract.checks
    ):  # new Page likes: left out, so are its days
        title = records[1][0]
        until = next(i for i, r in enumerate(records) if i > 2 and not r)
        assert "likes" in title
        return [pa.table({"n": [sum(int(r[1]) for r in records[3:until])]})]
    return list(extract.facts.values())


def _figures(facts: pa.Table) -> int:
    names = [n for n in facts.column_names if pa.types.is_integer(facts[n].type) and n != "row"]
    assert len(names) == 1
    return int(pc.sum(facts[names[0]]).as_py())


def test_one_file_under_two_names_gives_the_same_facts() -> None:
    folder = exports_folder("meta_business_suite/en_brand")
    one, other = (
        real.read_sheet(read_file(folder / f"Mar-18-2025_Apr-14-2025_{n}.csv")[0]).facts["posts"]
        for n in ("1019826952924933", "578982927868853")
    )
    assert one.equals(other)
