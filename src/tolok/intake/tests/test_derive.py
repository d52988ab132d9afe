"""What follows from imported facts is written once, and goes when its import goes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from tolok.intake import Derived, derive_facts
from tolok.lake import Batch, Lake, LakeView, Origin

SEEN = datetime(2026, 10, 20, 3)


def put(lake: Lake, table: str, *rows: dict[str, Any]) -> Batch:
    told = [{"brand": "kopi", "observed_at": SEEN, **r} for r in rows]
    return lake.write({table: pa.Table.from_pylist(told)}, Origin("test", brand="kopi"))


def rows_of(lake: Lake, table: str) -> list[dict[str, Any]]:
    return list(LakeView(lake).table(table).to_pyarrow().to_pylist())


def test_friends_partners_and_referrals_follow_from_what_came_in(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    assert derive_facts(lake, "kopi") == Derived()
    text = {"interaction": "x:1", "at": SEEN, "author": "rara", "text": "cobain @sinta!",
            "direction": "in", "kind": "comment", "account": "x:kopi", "platform": "x"}  # fmt: skip
    put(lake, "interactions", text)
    put(lake, "posts", {"post": "x:9", "published_at": SEEN, "views": 70, "account": "x:dita"})
    put(lake, "deliverables", {"deliverable": "d1", "partnership": "p1", "post": "x:9"})
    orders = put(lake, "orders", {"order": "o1", "ordered_at": SEEN, "customer": "c2",
                                  "referred_by": "c1"})  # fmt: skip
    assert derive_facts(lake, "kopi") == Derived(friends=1, deliverables=1, referrals=1)
    assert [r["people_tagged"] for r in rows_of(lake, "interactions")] == [1]
    assert [r["views"] for r in rows_of(lake, "deliverables")] == [70]
    assert [r["referred_by"] for r in rows_of(lake, "referrals")] == ["c1"]
    assert derive_facts(lake, "kopi") == Derived(deliverables=1)
    lake.withdraw(orders.id)
    derive_facts(lake, "kopi", anew=True)
    assert rows_of(lake, "referrals") == []
    assert [r["people_tagged"] for r in rows_of(lake, "interactions")] == [1]
