"""Every real export at hand is taken, or refused for the right reason; none is half understood."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

import pytest

from tolok.base import Period
from tolok.intake import Answers, examine_file

ROOT = (
    Path(os.environ.get("TOLOK_SHARED_DATA", Path(__file__).parents[3] / "shared/data")) / "exports"
)
if not ROOT.is_dir():
    pytest.skip("the folder of real exports is not here", allow_module_level=True)

PLATFORMS = ("meta_ads", "x", "youtube", "tiktok", "linkedin", "ga4", "google_ads")
META = (("facebook:a",), ("instagram:a",), ("facebook:a", "instagram:a"))
ACCOUNTS = tuple(f"{p}:a" for p in PLATFORMS)
# What a reader must be told, because the files themselves do not say it.
REFUSED = {
    "dataset_Facebook.csv": "neither the posts nor their dates",
    "dataset_Facebook_CR_only_line_ends.csv": "neither the posts nor their dates",
    "dataset_Facebook_mixed_spanish_headers.csv": "neither the posts nor their dates",
    "dataset_Facebook_type_column_missing.csv": "neither the posts nor their dates",
    "ga4_source_categories.csv": "not an export Tolok knows",  # a table of rules, no export
    "MH4U-data-master-file.xlsx": "not an export Tolok knows",  # own tables: map them once
    "combined.xlsx": "not an export Tolok knows",
    "Formatos do conteúdo mais relevante.csv": "without their days",
    "FollowerActivity.csv": "active in each hour",
    "Cities.csv": "splits the views",
    "Traffic source.csv": "splits the views",
    "Chart data.csv": "only “Average view duration”",
    "Totals.csv": "only “Average view duration”",
}  # fmt: skip
FILES = sorted(
    p for p in ROOT.rglob("*") if p.suffix.lower() in {".csv", ".xlsx", ".xls", ".tsv", ".zip"}
)


def told_for(meta: tuple[str, ...]) -> Answers:
    span = Period(date(2023, 6, 24), date(2026, 6, 25), "range")
    return Answers(accounts=(*ACCOUNTS, *meta), currency="IDR",
                   observed_at=datetime(2026, 3, 1), period=span)  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_real_export_is_taken_or_refused_for_the_right_reason(path: Path) -> None:
    # A person says which of the two a file without a name is of, or names both for one that
    # holds both; one of the answers fits.
    verdicts = [examine_file(path, told_for(meta)) for meta in META]
    verdict = next((v for v in verdicts if v.state != "asked"), verdicts[0])
    if verdict.state == "refused":
        reasons = " ".join(
            p.reason.say("en", **p.data) for p in verdict.parts if p.reason is not None
        ) or (verdict.reason.say("en", **verdict.data) if verdict.reason else "")
        assert path.name in REFUSED, reasons
        assert REFUSED[path.name] in reasons
        return
    assert verdict.state == "ready", [q.text.say("en", **q.data) for q in verdict.questions]
    assert "averages" in path.name or path.name not in REFUSED or verdict.rows
    assert sum(verdict.rows.values()) > 0
