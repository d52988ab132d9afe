"""Competitors and benchmarks: our figures beside those of the accounts we watch."""

from __future__ import annotations

from collections.abc import Iterable

from tolok.base import Text

from ..blocks import Block, Cell, Column, Grid, Words
from ..case import Case, is_told
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
    if not rows:
        return
    yield Words(tuple(said[:4]), is_answer=True)
    columns = (
        Column(Text("Metric", "Metrik"), "left", 3), Column(Text("Platform", "Platform"), "left"),
        Column(Text("ours", "kita")), Column(Text("middle of the others", "nilai tengah lainnya")),
        Column(Text("highest of the others", "tertinggi lainnya")), Column(Text("accounts", "akun")),
    )  # fmt: skip
    yield Grid(columns, tuple(rows))


PAGE = Page(
    key="competitors", order=110, build=_build,
    title=Text("Competitors", "Pesaing"),
    question=Text("How do we stand beside those we watch?", "Bagaimana posisi kita di antara yang kita pantau?"),
    nothing=Text("No competitor's figures for this period: declare their accounts and import what they show.",
                 "Belum ada angka pesaing untuk periode ini: daftarkan akunnya dan impor datanya."),
    follows=KEYS, serves=("K8.3", "L12"),
)  # fmt: skip
