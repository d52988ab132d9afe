"""Figures are columns until they are looked at, and behave as a list of figures."""

from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from tolok.base import Break, Calendar, PlatformFacts, Text
from tolok.lake import LakeView
from tolok.metrics import (
    ONLY_SOME,
    Change,
    Engine,
    Figure,
    Figures,
    Scope,
    compare,
    load_metrics,
    metric_of,
)
from tolok.metrics.evidence import NO_READING, OLD_LEVEL
from tolok.metrics.query import answer_of

from .small_lake import OCTOBER, TODAY, example_rows, fill_row, lake_of

METRICS = load_metrics()
ASKED = ("views", "account_reach", "followers", "share_of_voice", "comments")
WEEKS = Calendar().split(OCTOBER, "week")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    wanted = [METRICS[k] for k in ASKED if k in METRICS]
    folder: Path = tmp_path_factory.mktemp("figures")
    lake = lake_of(folder, example_rows(wanted), by_brand=True)
    return Engine(LakeView(lake), Calendar(), TODAY).figures(wanted, WEEKS, by=("brand",))


def test_figures_are_counted_found_and_cut_as_a_list(found: Figures) -> None:
    told = list(found)
    assert len(found) == len(told) > 4
    assert [found[i] for i in range(len(found))] == told
    assert found[-1] == told[-1]
    assert found[1:4] == told[1:4]
    assert found == told
    with pytest.raises(IndexError):
        _ = found[len(told)]


def test_the_values_as_a_column_are_those_of_the_figures(found: Figures) -> None:
    told = [np.nan if f.value is None else f.value for f in found]
    np.testing.assert_array_equal(found.values(), told)
    assert np.isfinite(found.values()).any()


def test_a_metric_asked_with_all_others_says_what_it_says_alone(tmp_path: Path) -> None:
    wanted = [m for m in METRICS.values() if m.table == "posts" or m.table == "account_days"]
    lake = lake_of(tmp_path, example_rows(wanted), by_brand=True)
    engine = Engine(LakeView(lake), Calendar(), TODAY)
    together = engine.figures(wanted, WEEKS)
    alone = [f for m in wanted for f in engine.figures([m], WEEKS)]
    assert list(together) == alone
    assert {f.state for f in alone} >= {"exact", "unknown"}


def test_sums_of_every_width_are_read_as_numbers() -> None:
    told = pa.table({
        "bucket": pa.array([1, 0], pa.int16()),
        "whole": pa.array([Decimal(7), None], pa.decimal128(38, 0)),
        "wide": pa.array([Decimal(2**70), Decimal(-3)], pa.decimal128(38, 0)),
        "money": pa.array([Decimal("1.2500"), Decimal("-0.5000")], pa.decimal128(38, 4)),
        "rows": pa.array([4, None], pa.int64()),
        "day": pa.array([date(1970, 1, 3), None], pa.date32()),
    })  # fmt: skip
    answer = answer_of(told, ["whole", "wide", "money", "rows", "day"], [])
    assert answer.keys == [((), 0), ((), 1)]
    wanted = {"whole": [np.nan, 7], "wide": [-3, 2**70], "money": [-0.5, 1.25],
              "rows": [np.nan, 4], "day": [np.nan, 2]}  # fmt: skip
    for name, numbers in wanted.items():
        np.testing.assert_array_equal(answer.columns[name], numbers)


def test_no_figures_are_an_empty_list() -> None:
    assert len(Figures([])) == 0
    assert Figures([]) == []
    assert len(Figures([]).values()) == 0


def test_figures_travel_to_another_process_as_plain_figures(found: Figures) -> None:
    assert pickle.loads(pickle.dumps(found)) == list(found)


def test_before_the_first_post_known_a_count_of_posts_is_not_zero(tmp_path: Path) -> None:
    rows = {"posts": [fill_row("posts", 1, {})]}
    engine = Engine(LakeView(lake_of(tmp_path, rows)), Calendar(), TODAY)
    august, september, november = (
        Calendar().previous(Calendar().previous(OCTOBER)),
        Calendar().previous(OCTOBER),
        Calendar().period_of(date(2026, 11, 2), "month"),
    )
    asked = [august, september, OCTOBER, november]
    told = engine.figures(["posts_published", "comments"], asked, Scope("kopi"))
    published = [f for f in told if f.metric == "posts_published"]
    assert [f.value for f in published] == [None, None, 1, 0]
    assert published[0].state == "unknown"
    assert str(published[0].reason_data["day"]).endswith("Oct 2026")
    assert [f.value for f in told if f.metric == "comments"][:2] == [None, None]


def test_a_total_of_some_platforms_only_says_which_it_counts(tmp_path: Path) -> None:
    told = fill_row("account_days", 1, {"platform": "tiktok", "account": "tiktok:kopi",
                                        "followers": 120})  # fmt: skip
    listed = {"brand": "kopi", "platform": "instagram", "account": "instagram:kopi",
              "listed": "posts", "start": OCTOBER.start, "until": OCTOBER.end}  # fmt: skip
    rows = {"account_days": [told], "covered": [fill_row("covered", 2, listed)]}
    engine = Engine(LakeView(lake_of(tmp_path, rows)), Calendar(), TODAY)

    def notes(scope: Scope, by: tuple[str, ...] = ()) -> list[dict[str, object]]:
        found = engine.figures(["followers"], [OCTOBER], scope, by=by)
        assert [f.value for f in found] == [120]
        return [dict(data) for text, data in found[0].notes if text is ONLY_SOME]

    assert notes(Scope("kopi")) == [{"told": "tiktok", "all": 2}]
    assert notes(Scope("kopi"), ("brand",)) == [{"told": "tiktok", "all": 2}]
    assert notes(Scope("kopi", platforms=("tiktok",))) == []
    assert notes(Scope("kopi"), ("platform",)) == []


def test_a_total_moves_over_a_break_of_a_platform_it_does_not_count(tmp_path: Path) -> None:
    september = Calendar().previous(OCTOBER)
    days = [
        fill_row("account_days", n, {
            "platform": platform, "account": f"{platform}:kopi", "day": day,
            **dict.fromkeys(("followers", "views"), 120),
            **({} if platform == "tiktok" else {"followers": None}),
        })
        for n, (platform, day) in enumerate(
            (p, d) for p in ("tiktok", "youtube") for d in (september.last_day, OCTOBER.last_day)
        )
    ]  # fmt: skip
    change = Text("counted otherwise", "dihitung lain")
    facts = PlatformFacts(breaks=tuple(
        Break(on=date(2026, 10, 5), platform="youtube", columns=(c,), change=change)
        for c in ("followers", "views")
    ))  # fmt: skip
    engine = Engine(LakeView(lake_of(tmp_path, {"account_days": days})), Calendar(), TODAY, facts)
    before, now, views_before, views = engine.figures(
        ["followers", "views"], [september, OCTOBER], Scope("kopi")
    )

    def moved(metric: str, one: Figure, other: Figure) -> Change:
        return compare(metric_of(metric), one, other, platforms=facts,
                       scope_platforms=("tiktok", "youtube"))  # fmt: skip

    assert (now.platforms, views.platforms) == (("tiktok",), ("tiktok", "youtube"))
    assert moved("followers", now, before).ratio == 0
    assert change not in [data.get("change") for _text, data in now.notes]
    broken = moved("views", views, views_before)
    assert (broken.ratio, broken.reason_data["platform"]) == (None, "youtube")
    assert change in [data.get("change") for _text, data in views.notes]


def test_a_level_in_a_running_period_is_the_one_of_today_and_an_old_one_is_no_zero_base(
    tmp_path: Path,
) -> None:
    day = {"platform": "tiktok", "account": "tiktok:kopi", "day": OCTOBER.last_day, "followers": 9}
    lake = lake_of(tmp_path, {"account_days": [fill_row("account_days", 1, day)]})
    quarter = Calendar().period_of(OCTOBER.start, "quarter")

    def followers(today: date) -> Figure:
        engine = Engine(LakeView(lake), Calendar(), today)
        return engine.figure("followers", quarter, Scope("kopi"))

    assert followers(OCTOBER.last_day).value == 9
    running = followers(date(2026, 11, 28))
    assert running.value == 9
    assert [str(data["on"]) for text, data in running.notes if text is OLD_LEVEL] == ["31 Oct 2026"]
    stale = followers(date(2027, 1, 5))
    assert (stale.value, stale.reason) == (None, NO_READING)
