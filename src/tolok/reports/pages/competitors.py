"""Competitors and benchmarks: our figures beside those of the accounts we watch."""

from __future__ import annotations

from collections.abc import Iterable

from tolok.base import Text

from ..blocks import Block, Cell, Column, Grid, Words
from ..case import Case, is_told
from ..industry import industry_blocks
from ..number import Fact, Number, number_of
from ..page import Page
from ..sentence import Filling, Sentence

KEYS = ("followers", "followers_net", "posts_published", "engagements_per_post", "interactions")
_LEADS = Text("{metric} on {platform}: ours {ours}, the middle of the {count} we watch {middle}.",
              "{metric} di {platform}: kita {ours}, nilai tengah dari {count} yang kita pantau "
              "{middle}.")  # fmt: skip


def _watched(case: Case, key: str) -> dict[str | None, list[Fact]]:
    """Return per platform the known figures of watched accounts."""
    scope = case.scope(relation="competitor")
    found: dict[str | None, list[Fact]] = {}
    for fact in case.facts([key], [case.period], scope=scope, by=("platform", "account")):
        if fact.figure.value is not None:
            found.setdefault(fact.figure.group.get("platform"), []).append(fact)
    return found


def _middle(facts: list[Fact]) -> Number:
    ordered = sorted(facts, key=lambda f: f.figure.value or 0.0)
    return number_of(ordered[(len(ordered) - 1) // 2])


def _build(case: Case) -> Iterable[Block]:
    rows: list[tuple[Cell, ...]] = []
    said: list[Sentence] = []
    for key in case.known(KEYS):
        for platform, facts in sorted(_watched(case, key).items(), key=lambda p: str(p[0])):
            ours = case.fact_on(key, case.period, platform)
            if ours is None or not is_told(ours.figure):
                continue
            middle, name = _middle(facts), case.name_of(platform)
            best = number_of(max(facts, key=lambda f: f.figure.value or 0.0))
            count = Number(len(facts), ours.metric.unit, "count", tuple(facts))
            rows.append((ours.metric.name, name, number_of(ours), middle, best, count))
            data: dict[str, Filling] = {"metric": ours.metric.name, "platform": name, "ours": number_of(ours),
                    "middle": middle, "count": count}  # fmt: skip
            said.append(Sentence(_LEADS, data))
    if rows:
        yield Words(tuple(said[:4]), is_answer=True)
        yield Grid(_COLUMNS, tuple(rows))
    yield from industry_blocks(case, is_answer=not rows)


_COLUMNS = (
    Column(Text("Metric", "Metrik"), "left", 3), Column(Text("Platform", "Platform"), "left"),
    Column(Text("ours", "kita")), Column(Text("middle of the others", "nilai tengah lainnya")),
    Column(Text("highest of the others", "tertinggi lainnya")), Column(Text("accounts", "akun")),
)  # fmt: skip


PAGE = Page(
    key="competitors", order=110, build=_build,
    title=Text("Competitors and benchmarks", "Pesaing dan tolok banding"),
    question=Text("How do we stand beside those we watch, and the industry?",
                  "Bagaimana posisi kita dibanding yang kita pantau dan industri?"),
    nothing=Text("No competitor's figures for this period, and none of ours that a publisher counts the same way.",
                 "Belum ada angka pesaing untuk periode ini, dan belum ada angka kita yang definisinya sama dengan terbitan."),
    follows=KEYS, serves=("K8.3", "L12"),
)  # fmt: skip
