"""Who is expected to give a metric: what the files' own counts tell is what the rows tell."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from tolok.base import Calendar, Period
from tolok.lake import Lake, LakeView, Origin, table_of
from tolok.metrics import Scope, load_metrics, presence
from tolok.metrics.presence import callers, read_presence
from tolok.metrics.rows import Question

PERIOD = Period(date(2026, 9, 1), date(2026, 11, 1), "range")
METRICS = tuple(m for m in load_metrics().values() if m.table == "account_days")
COLUMNS = tuple(sorted({c for m in METRICS for c in m.columns}))


def random_lake(folder: Path, seed: int) -> Lake:
    """Return a lake whose accounts give columns together, in turn, or not at all."""
    random, lake = np.random.default_rng(seed), Lake(folder)
    rows = []
    for number in range(12):
        share = random.choice([0.0, 0.2, 0.9, 1.0], len(COLUMNS))
        for day in range(int(random.integers(1, 40))):
            told = {c: 5 for c, s in zip(COLUMNS, share, strict=True) if random.random() < s}
            rows.append({"brand": f"b{number % 3}", "platform": "x", "account": f"x:{number}",
                         "day": date(2026, 9, 5) + timedelta(days=day),
                         "observed_at": datetime(2026, 11, 20), **told})  # fmt: skip
    lake.write({"account_days": pa.Table.from_pylist(rows)}, Origin(source="test"))
    return lake


@pytest.mark.parametrize("seed", range(4))
def test_the_files_counts_and_the_rows_name_the_same_accounts(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = LakeView(random_lake(tmp_path, seed))
    question = Question(
        view, Calendar(), table_of("account_days"), METRICS, (PERIOD,), Scope(), ("brand",)
    )
    told = read_presence(question)
    assert presence._told(question)  # some are told by the files, not all by the rows
    presence._FOUND.clear()
    presence._SEEN.clear()
    monkeypatch.setattr(presence, "_told", lambda _: {})
    counted = read_presence(question)
    for metric in METRICS:
        for group in (("b0",), ("b1",), ("b2",)):
            assert told.tellers(metric, group) == counted.tellers(metric, group), metric.key
            assert told.members_of(metric, group) == counted.members_of(metric, group), metric.key


@pytest.mark.parametrize("seed", range(3))
def test_each_account_of_a_roll_call_is_named_once(seed: int) -> None:
    random = np.random.default_rng(seed)
    words = {n: random.choice([None, "", "a", "b", "c"], 60).tolist() for n in ("brand", "account")}
    calls = pa.concat_tables(  # as many chunks as files, each with words of its own
        pa.table({n: pa.array(w[i : i + 20], pa.string()) for n, w in words.items()})
        for i in (0, 20, 40)
    )
    who, place = callers(calls)
    rows = list(zip(words["brand"], words["account"], strict=True))
    assert [who[i] for i in place.tolist()] == rows
    assert len(who) == len(set(who)) == len(set(rows))


def test_nobody_is_named_by_an_empty_roll_call() -> None:
    empty = pa.table({n: pa.array([], pa.string()) for n in ("brand", "platform", "account")})
    who, place = callers(empty)
    assert who == []
    assert not len(place)
