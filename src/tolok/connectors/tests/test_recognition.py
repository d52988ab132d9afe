"""Telling exports apart by what stands in them, with a made-up platform."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolok.base import DefinitionError, Text
from tolok.connectors import Ambiguous, Recognised, Source, Told, load_connectors, recognise
from tolok.connectors.aliases import aliases_of, header_names
from tolok.connectors.reading import Sheet, read_file
from tolok.connectors.shelf import platform_facts
from tolok.connectors.source import as_mask

META = Path(__file__).parents[1] / "platforms/meta/fixtures"
IG = META / "instagram_id.csv"


def sheet_of(text: str) -> Sheet:
    (sheet,) = read_file(text.encode(), "file.csv")
    return sheet


def shuffled(sheet: Sheet, order: list[int]) -> Sheet:
    return replace(
        sheet,
        header=tuple(sheet.header[i] for i in order),
        columns=tuple(sheet.columns[i] for i in order),
    )


@given(st.integers(0, 10_000))
def test_the_order_of_columns_changes_nothing(seed: int) -> None:
    (sheet,) = read_file(IG)
    order = list(range(len(sheet.header)))
    random.Random(seed).shuffle(order)
    found = recognise(shuffled(sheet, order))
    assert isinstance(found, Recognised)
    extract = found.export.read(found.source(shuffled(sheet, order), Told()))
    straight = recognise(sheet)
    assert isinstance(straight, Recognised)
    expected = straight.export.read(straight.source(sheet, Told()))
    assert extract.facts["posts"].equals(
        expected.facts["posts"].select(extract.facts["posts"].column_names)
    )


def test_the_name_of_a_file_changes_nothing(tmp_path: Path) -> None:
    odd = tmp_path / "tiktok youtube.xlsx"
    odd.write_bytes(IG.read_bytes())
    (sheet,) = read_file(odd)
    found = recognise(sheet)
    assert isinstance(found, Recognised)
    assert found.export.key == "meta.instagram_content"
    assert found.language == "id"


def test_an_unknown_table_is_unknown_and_a_bare_date_column_is_not_enough() -> None:
    assert recognise(sheet_of("Apa,Siapa\n1,2\n")) is None
    wide = "Date," + ",".join(f"Kolom {i}" for i in range(15)) + ",Likes,Comments\n"
    assert recognise(sheet_of(wide + ",".join(["1"] * 18) + "\n")) is None


@pytest.mark.parametrize("told", ["platform,instagram", "Akun,instagram:kopi", "Network,Instagram",
                                  "Channel,TikTok"])  # fmt: skip
def test_rows_that_name_another_network_are_not_taken_for_an_export_of_one(told: str) -> None:
    title, network = told.split(",")
    rows = "".join(f"{network},2026-08-{d:02},{d}\n" for d in range(1, 29))
    assert recognise(sheet_of(f"{title},day,views\n{rows}")) is None
    mixed = rows + f"youtube,2026-08-01,3\n{network},2026-08-29,2\n"
    assert recognise(sheet_of(f"{title},day,views\n{mixed}")) is None
    own = "".join(f"youtube,2026-08-{d:02},{d}\n" for d in range(1, 29))
    found = recognise(sheet_of(f"{title},day,views\n{own}"))
    assert isinstance(found, Recognised)
    assert found.connector.key == "youtube"


def test_two_kinds_that_fit_alike_are_ambiguous() -> None:
    connector = load_connectors()["meta"]
    twin = replace(connector, key="twin", exports=tuple(
        replace(e, key=e.key.replace("meta.", "twin.")) for e in connector.exports))  # fmt: skip
    (sheet,) = read_file(IG)
    found = recognise(sheet, connectors=[connector, twin])
    assert isinstance(found, Ambiguous)
    assert {r.connector.key for r in found.found} == {"meta", "twin"}


def test_headers_of_two_languages_in_one_file_are_understood_together() -> None:
    text = IG.read_text("utf-8-sig").replace("Jangkauan", "Reach").replace("Suka", "Likes")
    found = recognise(sheet_of(text))
    assert isinstance(found, Recognised)
    assert found.language == "mixed"
    assert {"reach", "likes", "views"} <= set(found.mapping)


def test_every_header_of_every_language_means_one_field_of_its_kind() -> None:
    for connector in load_connectors().values():
        for export in connector.exports:
            aliases_of(connector, export)


def test_every_required_field_has_a_header_in_some_language() -> None:
    for connector in load_connectors().values():
        for export in connector.exports:
            known = {f for fields in aliases_of(connector, export).values() for f in fields}
            assert set(export.required) <= known, export.key


def test_keys_of_exports_begin_with_their_connector_and_are_used_once() -> None:
    keys = [e.key for c in load_connectors().values() for e in c.exports]
    assert len(keys) == len(set(keys))
    for key, connector in load_connectors().items():
        assert all(e.key.startswith(f"{key}.") for e in connector.exports)


def test_double_headers_are_numbered_and_currencies_left_open() -> None:
    names = header_names(["Views", "Biaya (IDR)", "Views", "", "CTR (all)"])
    assert names[0] == ("views",)
    assert names[1] == ("biaya (idr)", "biaya ({currency})")
    assert names[2] == ("views#2",)
    assert names[3] == ()
    assert names[4] == ("ctr (all)",)


def test_one_header_for_two_fields_is_the_authors_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    package = tmp_path / "broken_platform"
    (package / "aliases").mkdir(parents=True)
    (package / "__init__.py").write_text('"""Broken."""')
    (package / "aliases/en.toml").write_text('[kind]\nviews = ["Seen"]\nreach = ["seen"]\n')
    monkeypatch.syspath_prepend(str(tmp_path))
    connector = load_connectors()["meta"]
    export = replace(
        next(e for e in connector.exports if e.key == "meta.instagram_content"), key="broken.kind"
    )
    with pytest.raises(DefinitionError):
        aliases_of(replace(connector, folder="broken_platform"), export)


def test_breaks_and_windows_are_gathered_from_the_folders() -> None:
    facts = platform_facts()
    assert facts.names["instagram"] == "Instagram"
    assert facts.reread("meta_ads") == 28
    assert facts.breaks_between(
        "facebook", frozenset({"views"}), date(2024, 10, 1), date(2024, 12, 1)
    )


# -- the source ---------------------------------------------------------------------------------

HEAD = (
    "Post ID,Account ID,Account username,Publish time,Post type,Views,Reach,Likes,Duration (sec)\n"
)


def source_of(rows: str, **told: object) -> Source:
    sheet = sheet_of(HEAD + rows)
    found = recognise(sheet)
    assert isinstance(found, Recognised)
    return found.source(sheet, Told(**told))  # type: ignore[arg-type]


def row(number: int, *, views: object = 10, when: str = "02/03/2026 08:00") -> str:
    return f"1800000000000001{number},1784140000000001,kopi,{when},IG reel,{views},9,1,30\n"


def test_missing_is_not_zero() -> None:
    source = source_of(row(1, views="") + row(2, views="--") + row(3, views=0) + row(4))
    assert source.counts("views").to_pylist() == [None, None, 0, 10]
    assert source.counts("saves").to_pylist() == [None] * 4


def test_a_row_that_stands_twice_counts_once_and_is_listed() -> None:
    source = source_of(row(1) + row(2) + row(1) + row(3))
    extract = source.export.read(source)
    assert extract.facts["posts"].num_rows == 3
    assert [(a.row, a.reason.en) for a in extract.set_aside] == [(4, "repeats an earlier row")]


def test_rows_of_one_key_with_other_figures_refuse_the_file() -> None:
    source = source_of(row(1) + row(2) + row(1, views=11) + row(2, views=99))
    extract = source.export.read(source)
    assert [c.key for c in extract.checks if c.state == "failed"] == ["doubles"]


def test_a_column_of_words_where_numbers_belong_refuses_the_file() -> None:
    rows = "".join(row(n, views=f"banyak{n}") for n in range(1, 9))
    source = source_of(rows)
    extract = source.export.read(source)
    assert [c.key for c in extract.checks if c.state == "failed"] == ["readable"]


def test_an_undecided_decimal_is_asked_and_answered_by_what_is_told() -> None:
    rows = "".join(row(n, views='"1.234"') for n in range(1, 5))
    asked = source_of(rows)
    asked.counts("views")
    assert [q.key for q in asked.questions.values()] == ["decimal"]
    told = source_of(rows, decimal=",")
    assert told.counts("views").to_pylist() == [1234] * 4


def test_moments_follow_the_zone_right_through_daylight_saving() -> None:
    rows = row(1, when="03/08/2026 01:59") + row(2, when="03/08/2026 03:00")
    moments = source_of(rows, timezone="America/New_York").moments("publish_time").to_pylist()
    assert moments == [datetime(2026, 3, 8, 6, 59), datetime(2026, 3, 8, 7, 0)]


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 10**6)), min_size=1, max_size=30),
       st.integers(0, 29))  # fmt: skip
def test_a_rate_is_believed_when_its_parts_give_it_and_only_then(
    parts: list[tuple[int, int]], at: int
) -> None:
    source = source_of("".join(row(n) for n in range(1, 10)) * 4)
    fill = parts + [(0, 0)] * (36 - len(parts))
    above, below = np.array([p[0] for p in fill]), np.array([p[1] for p in fill])
    stated = np.array([a / b if b else np.nan for a, b in fill])
    source.check_ratio("views", stated, above, below)
    assert source.checks[-1].state == "passed"
    wrong = stated.copy()
    wrong[at % len(parts)] = wrong[at % len(parts)] * 1.01 + 0.5
    source.check_ratio("views", wrong, above, below)
    assert source.checks[-1].state == "failed"


@pytest.mark.parametrize(
    ("total", "rows", "state"),
    [(6.0, [1, 2, 3], "passed"), (7.0, [1, 2, 3], "failed"), (7.0, [1, 2, 3, None], "noted"),
     (5.0, [1, 2, 3, None], "failed"), (None, [1], None)],
)  # fmt: skip
def test_totals_are_checksums(
    total: float | None, rows: list[int | None], state: str | None
) -> None:
    source = source_of(row(1))
    source.check_total("views", total, pa.array(rows))
    assert [c.state for c in source.checks] == ([state] if state else [])


def test_masks_of_any_kind_read_null_as_no() -> None:
    kinds: list[Callable[[], object]] = [
        lambda: pa.array([True, None, False]),
        lambda: pa.chunked_array([[True], [None, False]]),
        lambda: np.array([True, False, False]),
    ]
    for kind in kinds:
        assert as_mask(kind()).tolist() == [True, False, False]


def test_texts_of_checks_fill_in_both_languages() -> None:
    source = source_of(row(1) + row(2, views="x"))
    source.counts("views")
    for check in source.checks:
        assert isinstance(check.text, Text)
        assert "{" not in check.text.say("en", **check.data) + check.text.say("id", **check.data)
