# ruff: noqa: ARG001 - addresses name the brand and the thing; the gate has found them
"""Operations on the budget and on the scores of alignment."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.pagination import paginate

from tolok.base import Period, Text, UserError
from tolok.web.accounts.facts import calendar_of
from tolok.web.accounts.models import Brand
from tolok.web.bodies import Body, body_of, judge
from tolok.web.operations import AT, Gate, access_of
from tolok.web.plan.builder import platforms_of

from .alignment import Gathered, gather_scores, keep_score, names_of, round_of
from .board import Board
from .budget_form import LineForm
from .budgets import Typed, keep_line, long_period, read_sheet
from .forms import ScoreForm
from .linked import linked_of
from .spending import Line, read_lines

ROUTER = Router(tags=["budget"])
ScoreIn: Any = body_of(ScoreForm, "ScoreIn")
_NO_PERIOD = Text("{asked} is no year, half or quarter.",
                  "{asked} bukan tahun, semester, atau kuartal.")  # fmt: skip
_WRITE_IT = Text("Write it like 2026, 2026-H2 or 2026-Q3.",
                 "Tulis seperti 2026, 2026-H2, atau 2026-Q3.")  # fmt: skip
_NO_MONTH = Text("{asked} is no month of this period.", "{asked} bukan bulan dalam periode ini.")


class AmountIn(Body):
    """What is planned for a month, and what is now expected to be spent; null for nothing."""

    planned: Decimal | None = Field(None, ge=0, lt=Decimal("1e15"))
    forecast: Decimal | None = Field(None, ge=0, lt=Decimal("1e15"))


class _Months(Body):
    """The months of a line by their key, such as 2026-10; a month left out stays as it is."""

    months: dict[str, AmountIn] = Field(default_factory=dict, max_length=12)


LineIn: Any = body_of(LineForm, "LineIn", base=_Months)


class MonthOut(Schema):
    """A month of a line: planned, and spent so far; null where nothing stands."""

    planned: Decimal | None
    spent: Decimal | None


class LineOut(Schema):
    """A line of the budget over a period, in its currency."""

    line: str
    currency: str
    goal: str | None
    kpi: str | None
    campaign: str | None
    platform: str | None
    planned: Decimal | None
    spent: Decimal | None
    forecast: Decimal | None
    months: dict[str, MonthOut]


class BudgetOut(Schema):
    """The budget of a period by line; sums of different currencies are never added up."""

    period: str
    lines: list[LineOut]


class ScoresOut(Schema):
    """The scores of one thing in its last round; `mean` counts once two people scored it."""

    subject: str
    name: str
    goal: str | None
    raters: int
    mean: float | None
    gap: int | None
    agrees: bool | None
    mine: int | None


def _period(board: Board, asked: str) -> Period:
    if not asked:
        return calendar_of(board.brand).period_of(board.today, "year")
    found = long_period(board, asked)
    if found is None:
        raise UserError(_NO_PERIOD, _WRITE_IT, asked=asked[:40])
    return found


def _line(line: Line) -> LineOut:
    return LineOut(
        line=line.line, currency=line.currency, goal=line.goal, kpi=line.kpi,
        campaign=line.campaign, platform=line.platform, planned=line.plan_total,
        spent=line.spent_total, forecast=line.forecast,
        months={
            m.key: MonthOut(planned=line.planned.get(m.start), spent=line.spent.get(m.start))
            for m in line.months
        },
    )  # fmt: skip


def _budget(board: Board, period: Period) -> BudgetOut:
    return BudgetOut(period=period.key, lines=[_line(x) for x in read_lines(board, period)])


@ROUTER.get(f"{AT}/budget", response=BudgetOut, auth=Gate("see"))
def get_budget(request: HttpRequest, brand: str, period: str = "") -> BudgetOut:
    """Return the budget of a year, half or quarter; of the year that runs when none is named."""
    board = Board(access_of(request).brand)
    return _budget(board, _period(board, period))


@ROUTER.put(f"{AT}/budget", response=BudgetOut, auth=Gate("spend"))
def save_budget_line(request: HttpRequest, brand: str, body: LineIn, period: str = "") -> BudgetOut:
    """Write one line of the budget: what it pays for, and what is planned for each month."""
    access = access_of(request)
    board = Board(access.brand)
    span = _period(board, period)
    sent = body.fill()
    months = sent.pop("months", {})
    sheet = read_sheet(board, sent["line"], sent["currency"], span)
    known = {m.key: m for m in sheet.months}
    if strange := [key for key in months if key not in known]:
        raise UserError(_NO_MONTH, asked=strange[0][:40])
    form = judge(
        LineForm(sent, board=board, last=sheet.last, linked=linked_of(board),
                 platforms=platforms_of(board.book))
    )  # fmt: skip
    typed: Typed = {
        (m.start, name): getattr(months[m.key], name) if m.key in months else sheet.amount(m, name)
        for m in sheet.months for name in ("planned", "forecast")
    }  # fmt: skip
    keep_line(request, access, sheet, form.cleaned_data, typed)
    return _budget(Board(access.brand), span)


def has_subject(brand: Brand, kind: str, key: str) -> bool:
    """Whether the brand has a thing of that kind that can be scored."""
    return f"{kind}:{key}" in names_of(Board(brand))


def _scores(gathered: Gathered, mine: int | None) -> ScoresOut:
    told = gathered if gathered.is_shared else None
    return ScoresOut(
        subject=gathered.subject, name=gathered.name, goal=gathered.goal,
        raters=len(gathered.ratings), mine=mine, mean=told.mean if told else None,
        gap=told.gap if told else None, agrees=told.agrees if told else None,
    )  # fmt: skip


@ROUTER.get(f"{AT}/alignment", response=list[ScoresOut], auth=Gate("see"), tags=["strategy"])
@paginate
def list_alignment(request: HttpRequest, brand: str) -> list[ScoresOut]:
    """List how well things serve their goals, as people scored them, the latest first."""
    access = access_of(request)
    me = access.user.email
    return [
        _scores(g, next((r.score for r in g.ratings if r.rater == me), None))
        for g in gather_scores(Board(access.brand))
    ]


@ROUTER.put(
    f"{AT}/alignment/{{slug:kind}}/{{path:thing}}", response=ScoresOut,
    auth=Gate("work", has_subject), tags=["strategy"],
)  # fmt: skip
def score_alignment(
    request: HttpRequest, brand: str, kind: str, thing: str, body: ScoreIn
) -> ScoresOut:
    """Give one's own score, 1 to 5, of how well a strategy, campaign or pillar serves its goal."""
    access = access_of(request)
    subject = f"{kind}:{thing}"
    form = judge(ScoreForm(body.fill()))
    keep_score(request, access, subject, form.cleaned_data)
    board = Board(access.brand)
    standing = round_of(board, subject)
    name = names_of(board).get(subject, subject)
    return _scores(Gathered(subject, name, standing[-1].goal, standing), form.cleaned_data["score"])
