"""Areas: how the KPIs of each area of responsibility stand together."""

from __future__ import annotations

from collections.abc import Iterable

from tolok.base import COUNT, Text
from tolok.kpi import Judgement
from tolok.kpi.rollup import RollUp, area_of_kpi, roll_up_one
from tolok.metrics import AREA_NAMES

from ..blocks import Block, Cell, Column, Grid, Mark, Words
from ..case import Case
from ..narrative import STATE_MOODS
from ..number import Number, share_of
from ..page import Page
from ..sentence import Sentence

OTHER = Text("Without an area", "Tanpa area")
_SAID = Text("{area}: {verdict}; {words}.", "{area}: {verdict}; {words}.")


def roll_areas(judged: tuple[Judgement, ...]) -> list[tuple[Text, RollUp]]:
    """Return the roll-up of each area that has a KPI, in the order of the areas."""
    groups: dict[str, list[Judgement]] = {}
    for one in judged:
        groups.setdefault(area_of_kpi(one.kpi) or "", []).append(one)
    order = list(AREA_NAMES)
    keys = sorted(groups, key=lambda k: (order.index(k) if k in order else len(order), k))
    return [
        (AREA_NAMES.get(k, Text(k, k) if k else OTHER), roll_up_one(k, groups[k])) for k in keys
    ]


def _build(case: Case) -> Iterable[Block]:
    rolled = roll_areas(case.judgements)
    if not rolled:
        return
    gravest = [r for r in rolled if STATE_MOODS[r[1].state] in ("bad", "watch")] or rolled
    yield Words(tuple(_say(*r) for r in gravest), is_answer=True)
    columns = (
        Column(Text("Area", "Area tanggung jawab"), "left", 2), Column(Text("Verdict", "Penilaian"), "left"),
        Column(Text("done of what is due by now", "tercapai dari yang seharusnya")), Column(Text("KPIs", "KPI")),
    )  # fmt: skip
    yield Grid(columns, tuple(_row(*r) for r in rolled))


def _say(name: Text, rolled: RollUp) -> Sentence:
    data = {"area": name, "verdict": rolled.verdict, "words": rolled.words}
    return Sentence(_SAID, data, also=rolled.judgements, mood=STATE_MOODS[rolled.state])


def _row(name: Text, rolled: RollUp) -> tuple[Cell, ...]:
    share = None if rolled.attained is None else share_of(rolled.attained, *rolled.judgements)
    count = Number(len(rolled.judgements), COUNT, "count", rolled.judgements)
    return (name, Mark(rolled.verdict, STATE_MOODS[rolled.state]), share, count)


PAGE = Page(
    key="areas", order=18, build=_build,
    title=Text("Areas", "Area tanggung jawab"),
    question=Text("How does each area of responsibility stand?", "Bagaimana posisi tiap area tanggung jawab?"),
    nothing=Text("No KPI is active yet, so no area can be judged.", "Belum ada KPI yang aktif, jadi area belum bisa dinilai."),
    audience=("team", "boss"), serves=("L8", "L9"),
)  # fmt: skip
