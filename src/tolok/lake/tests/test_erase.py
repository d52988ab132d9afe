"""Erasing for good: a brand, or one person; nothing can be read back, nothing else changes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tolok.lake import Lake, LakeView, Origin, erase_brand, erase_person, person_rows

SEEN = pa.scalar(datetime(2026, 10, 20), pa.timestamp("us"))
FIRST, SECOND = datetime(2026, 10, 21), datetime(2026, 10, 22)


def bring(lake: Lake, brand: str, content: bytes, *, at: datetime, folder: Path) -> str:
    """Bring in a file with three messages of two people, and an order of one of them."""
    came = folder / f"{brand}.csv"
    came.write_bytes(content)
    digest = lake.raw.keep(came)
    who = ["Rara", "Dimas", "rara "]
    talks = pa.table({
        "brand": [brand] * 3, "account": [f"instagram:{brand}"] * 3, "platform": ["instagram"] * 3,
        "interaction": ["i1", "i2", "i3"], "at": pa.array([datetime(2026, 10, d) for d in (1, 2, 3)],
                                                          pa.timestamp("us")),
        "author": who, "text": [f"{brand} secret words of {w}" for w in who],
        "observed_at": pa.repeat(SEEN, 3),
    })  # fmt: skip
    orders = pa.table({
        "brand": [brand], "order": ["o1"], "customer": ["RARA"],
        "at": pa.array([datetime(2026, 10, 4)], pa.timestamp("us")),
        "observed_at": pa.repeat(SEEN, 1),
    })  # fmt: skip
    told = {"interactions": talks, "orders": _fit(orders, "orders")}
    lake.write({k: _fit(t, k) for k, t in told.items()},
               Origin("made-up", brand=brand, file=digest, file_name=came.name), at=at)  # fmt: skip
    return digest


def _fit(rows: pa.Table, key: str) -> pa.Table:
    from tolok.lake import table_of

    return rows.select([c for c in rows.column_names if c in table_of(key).schema.names])


def everything(lake: Lake) -> str:
    """All that any file of the lake still says."""
    told = [str(pq.read_table(p, partitioning=None).to_pylist())
            for p in sorted(lake.folder.rglob("*.parquet"))]  # fmt: skip
    rest = [p.read_bytes().decode(errors="replace") for p in lake.folder.rglob("*")
            if p.is_file() and p.suffix != ".parquet"]  # fmt: skip
    return "\n".join([*told, *rest])


def test_a_brand_is_erased_from_facts_history_catalogue_and_files(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    shared = b"the same file"
    bring(lake, "teh", b"teh file", at=FIRST, folder=tmp_path)
    for content, at in ((b"kopi file", FIRST), (shared, SECOND)):
        bring(lake, "kopi", content, at=at, folder=tmp_path)
    kept = bring(lake, "teh", shared, at=SECOND, folder=tmp_path)
    before = LakeView(lake).table("interactions").to_pyarrow()
    erased = erase_brand(lake, "kopi")
    assert erased.rows == {"interactions": 3, "orders": 1}
    assert erased.files == 1
    assert "kopi" not in everything(lake)
    assert lake.raw.path_of(kept).read_bytes() == shared
    rest = LakeView(lake).table("interactions").to_pyarrow()
    assert rest.num_rows == 3
    key = [("interaction", "ascending")]
    assert rest.sort_by(key) == before.filter(pa.compute.equal(before["brand"], "teh")).sort_by(key)
    assert LakeView(lake, FIRST).brands() == ["teh"], "not even as of before"
    assert {b.brand for b in lake.catalogue.batches(with_withdrawn=True)} == {"teh"}
    bring(lake, "kopi", b"kopi file", at=datetime(2026, 10, 23), folder=tmp_path)
    assert LakeView(lake).table("interactions").count().to_pyarrow().as_py() == 6


def test_a_person_is_erased_and_what_was_counted_still_counts(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    digest = bring(lake, "kopi", b"Rara wrote", at=FIRST, folder=tmp_path)
    other = bring(lake, "teh", b"Rara wrote to teh", at=FIRST, folder=tmp_path)
    assert person_rows(lake, "kopi", " @") == {}
    assert person_rows(lake, "kopi", "@rara").keys() == {"interactions", "orders"}
    found = person_rows(lake, "kopi", " rara")
    assert {k: t.num_rows for k, t in found.items()} == {"interactions": 2, "orders": 1}
    marks = len(lake.catalogue.batches())
    erased = erase_person(lake, "kopi", "Rara")
    assert erased.rows == {"interactions": 2, "orders": 1}
    assert erased.files == 1
    assert person_rows(lake, "kopi", "Rara") == {}
    assert len(lake.catalogue.batches()) == marks + 1, "who keeps answers sees it"
    told = everything(lake)
    assert "kopi secret words of Rara" not in told
    assert "Rara wrote to teh" in told
    assert "kopi secret words of Dimas" in told
    view = LakeView(lake)
    rows = view.table("interactions").to_pyarrow().to_pylist()
    mine = {r["interaction"]: r for r in rows if r["brand"] == "kopi"}
    assert len(mine) == 3
    assert [mine[i]["author"] for i in ("i1", "i2", "i3")] == [None, "Dimas", None]
    assert mine["i1"]["at"] == datetime(2026, 10, 1)
    assert not (lake.raw.folder / digest[:2] / digest).exists()
    assert lake.raw.path_of(other).exists()
    assert lake.catalogue.batches(file=digest), "the same file again is known, and not taken"
