"""Money against promises: planned, spent so far, what it was to bring and what came (L14, K4.4).

Spent on a line is what costs name the line. A line that names a platform or campaign and has no
such cost of adverts also counts what the platform billed for its adverts. Every sum stays in its
currency; what has another one is shown by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tolok.base import Period, Text
from tolok.kpi import Judgement, Kpi
from tolok.kpi.measure import manner_of
from tolok.kpi.said import fill
from tolok.metrics import Scope
from tolok.web.accounts.facts import calendar_of
from tolok.web.plan.words import write_amount, write_money
from tolok.web.shell.language import locale_of_page

from .board import Board, BudgetRow, Goal

Sums = Mapping[str, Decimal]  # by currency
_WANTED = Text("{money} for {gain}: {price} each.",
               "{money} untuk {gain}: masing-masing {price}.")  # fmt: skip
_CAME = Text("So far {money} for {gain}: {price} each.",
             "Sejauh ini {money} untuk {gain}: masing-masing {price}.")  # fmt: skip
_CAME_NONE = Text("So far {money}, and nothing gained over the baseline.",
                  "Sejauh ini {money}, dan belum ada kenaikan dari nilai awal.")  # fmt: skip
_NOT_YET = Text("What came cannot be said yet.", "Hasilnya belum dapat dihitung.")
_RATE = Text("Its figure is a rate: units of money cannot be shared out over it. Compare money gone "
             "with the way gone.",
             "Angkanya berupa rasio: uang tidak bisa dibagi per satuan. Bandingkan uang terpakai "
             "dengan jalan yang ditempuh.")  # fmt: skip
_WAY = Text("{spent} of the money and {way} of the way are gone.",
            "{spent} uang terpakai dan {way} jalan ditempuh.")  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A line of the budget in one currency over a period, by month."""

    line: str
    currency: str
    months: tuple[Period, ...]
    planned: Mapping[date, Decimal]
    spent: Mapping[date, Decimal]
    forecast: Decimal | None
    campaign: str | None
    platform: str | None
    goal: str | None
    kpi: str | None
    by_platform: bool = False

    @property
    def plan_total(self) -> Decimal | None:
        """All that is planned; None for nothing."""
        return sum(self.planned.values(), Decimal(0)) if self.planned else None

    @property
    def spent_total(self) -> Decimal | None:
        """All that was spent so far; None when nothing is known to have been."""
        return sum(self.spent.values(), Decimal(0)) if self.spent else None

    def plan_until(self, day: date) -> Decimal:
        """What was planned for the months that have begun before a day."""
        return sum((a for m, a in self.planned.items() if m < day), Decimal(0))


def read_lines(board: Board, period: Period) -> list[Line]:
    """Return every line with a plan in the period, and what was spent without one, by name."""
    book = board.book
    return book.keep(
        "budget lines", (*book.batches, board.today, period.key), lambda: _read(board, period)
    )  # fmt: skip


def _read(board: Board, period: Period) -> list[Line]:
    months = tuple(calendar_of(board.brand).split(period, "month"))
    costs = _costs(board, period)
    plans: dict[tuple[str, str], list[BudgetRow]] = {}
    for row in board.budget:
        if period.contains(row.day):
            currency = row.currency or board.brand.currency
            plans.setdefault((row.line, currency), []).append(row)
    lines = [
        _line(board, name, currency, months, rows, costs)
        for (name, currency), rows in plans.items()
    ]
    known = set(plans)
    for name, currency in sorted({(n, c) for n, c, *_rest in costs} - known):
        lines.append(_line(board, name, currency, months, (), costs))
    return sorted(lines, key=lambda x: (x.line == "", x.line.casefold(), x.currency))


Cost = tuple[str, str, date, str, Decimal]  # line, currency, day, kind, amount


def _costs(board: Board, period: Period) -> list[Cost]:
    """Return the costs of the period; those that name no line have an empty one."""
    view = board.book.engine.view
    if view.is_empty("costs"):
        return []
    rows = view.table("costs")
    rows = rows.filter(
        (rows.brand == board.brand.slug) & (rows.day >= period.start) & (rows.day < period.end)
        & rows.amount.notnull()
    )  # fmt: skip
    shown = rows.select("line", "currency", "day", "kind", "amount").to_pyarrow().to_pylist()
    home = board.brand.currency
    return [
        (r["line"] or "", r["currency"] or home, r["day"], r["kind"] or "", r["amount"])
        for r in shown
    ]


def _line(
    board: Board, name: str, currency: str, months: Sequence[Period], rows: Sequence[BudgetRow],
    costs: Iterable[Cost],
) -> Line:  # fmt: skip
    mine = [c for c in costs if (c[0], c[1]) == (name, currency)]
    spent: dict[date, Decimal] = {}
    for _line_name, _currency, day, _kind, amount in mine:
        _add(spent, months, day, amount)
    last = rows[-1] if rows else None
    forecasts = [r.forecast for r in rows if r.forecast is not None]
    names_ads = last is not None and (last.platform or last.campaign)
    by_platform = False
    if names_ads and last is not None and all(kind != "ads" for *_rest, kind, _amount in mine):
        billed = _billed(board, last, currency, months)
        by_platform = bool(billed)
        for day, amount in billed.items():
            _add(spent, months, day, amount)
    planned: dict[date, Decimal] = {}
    for row in rows:
        if row.planned is not None:
            _add(planned, months, row.day, row.planned)
    return Line(
        name, currency, tuple(months), planned, spent,
        sum(forecasts, Decimal(0)) if forecasts else None,
        *((last.campaign, last.platform, last.goal, last.kpi) if last else (None,) * 4),
        by_platform=by_platform,
    )  # fmt: skip


def _add(sums: dict[date, Decimal], months: Sequence[Period], day: date, amount: Decimal) -> None:
    month = next((m for m in months if m.contains(day)), None)
    if month is not None:
        sums[month.start] = sums.get(month.start, Decimal(0)) + amount


def _billed(
    board: Board, row: BudgetRow, currency: str, months: Sequence[Period]
) -> dict[date, Decimal]:
    """Return what the platforms billed for the adverts of a line, month by month."""
    engine = board.book.engine
    if engine.view.is_empty("ad_results"):
        return {}
    begun = [m for m in months if m.start <= board.today]
    filters = {"campaign": (row.campaign,)} if row.campaign else {}
    scope = Scope(
        board.brand.slug, (row.platform,) if row.platform else (), filters=filters
    )  # fmt: skip
    found = engine.figures(["ad_spend"], begun, scope)
    return {
        f.period.start: Decimal(str(f.value)) for f in found
        if f.value and (f.currency or currency) == currency
    }  # fmt: skip


def total_by_currency(lines: Iterable[Line], today: date) -> list[dict[str, Any]]:
    """Return one line of sums per currency: planned, planned so far, spent, what is left."""
    sums: dict[str, dict[str, Decimal]] = {}
    for line in lines:
        one = sums.setdefault(line.currency, {"plan": Decimal(0), "due": Decimal(0),
                                              "spent": Decimal(0), "forecast": Decimal(0)})  # fmt: skip
        one["plan"] += line.plan_total or 0
        one["due"] += line.plan_until(today)
        one["spent"] += line.spent_total or 0
        one["forecast"] += line.forecast if line.forecast is not None else line.plan_total or 0
    return [_told(currency, one) for currency, one in sorted(sums.items())]


def _told(currency: str, one: Mapping[str, Decimal]) -> dict[str, Any]:
    share = float(one["spent"] / one["plan"]) if one["plan"] else None
    return {
        "currency": currency,
        **{name: write_money(amount, currency) for name, amount in one.items()},
        "left": write_money(one["plan"] - one["spent"], currency),
        "is_over": one["plan"] > 0 and one["spent"] > one["plan"],
        "is_ahead": one["due"] > 0 and one["spent"] > one["due"] * Decimal("1.1"),
        "has_plan": one["plan"] > 0,
        "share": share,
        "bar": round(min(1.0, share) * 100) if share is not None else 0,
    }


def money_of_goal(board: Board, goal: Goal) -> list[dict[str, Any]]:
    """Return the sums of the running year's lines that name a goal, one per currency."""
    year = calendar_of(board.brand).period_of(board.today, "year")
    lines = [x for x in read_lines(board, year) if x.goal == goal.goal]
    return total_by_currency(lines, board.today)


@dataclass(frozen=True)
class Bargain:
    """What a KPI's money was to bring and what it brought, in words."""

    kpi: Kpi
    planned: str
    spent: str
    wanted: Text | None
    came: Text
    judgement: Judgement


def bargains_of(board: Board, lines: Sequence[Line]) -> list[Bargain]:
    """Return the KPIs that money is planned for, each with what a unit was and is worth.

    A KPI's own budget counts where no line names it. What came is not proven to come from the
    money: only an activity with a comparison can tell that.
    """
    found = []
    for judged in board.book.judgements:
        mine = [x for x in lines if x.kpi == judged.kpi.key]
        currency = mine[0].currency if mine else judged.kpi.currency or board.brand.currency
        same = [x for x in mine if x.currency == currency]
        planned = sum((x.plan_total or Decimal(0) for x in same), Decimal(0))
        if not planned and judged.kpi.budget:
            planned = Decimal(str(judged.kpi.budget))
        if planned:
            spent = sum((x.spent_total or Decimal(0) for x in same), Decimal(0))
            found.append(_bargain(judged, planned, spent, currency))
    return found


def _bargain(judged: Judgement, planned: Decimal, spent: Decimal, currency: str) -> Bargain:
    kpi, metric = judged.kpi, judged.kpi.declared
    money = {"planned": write_money(planned, currency),
             "spent": write_money(spent, currency) if spent else ""}  # fmt: skip
    if metric is None or manner_of(kpi, metric) == "each":
        return Bargain(kpi, money["planned"], money["spent"], _RATE, _way(judged, planned, spent),
                       judged)  # fmt: skip
    start = 0.0 if manner_of(kpi, metric) == "total" else _start(judged)
    target = judged.target
    if target is None and kpi.target is not None:
        target = kpi.target.value_from(start)
    wanted = _price(judged, planned, currency, target, start, _WANTED)
    if not spent or judged.value is None or start is None:
        came = _NOT_YET
    else:
        came = _price(judged, spent, currency, judged.value, start, _CAME) or fill(
            _CAME_NONE, {"money": money["spent"]}
        )
    return Bargain(kpi, money["planned"], money["spent"], wanted, came, judged)


def _start(judged: Judgement) -> float | None:
    return judged.baseline.value if judged.baseline else None


def _price(
    judged: Judgement, money: Decimal, currency: str, value: float | None, start: float | None,
    words: Text,
) -> Text | None:  # fmt: skip
    if value is None or start is None or value <= start or judged.kpi.declared is None:
        return None
    gain = value - start
    data = {
        "money": write_money(money, currency), "gain": write_amount(judged.kpi, gain),
        "price": write_money(money / Decimal(str(gain)), currency),
    }  # fmt: skip
    return fill(words, data)


def _way(judged: Judgement, planned: Decimal, spent: Decimal) -> Text:
    if judged.progress is None or not spent:
        return _NOT_YET
    locale = locale_of_page()
    shares = {"spent": float(spent / planned), "way": judged.progress}
    return fill(_WAY, {name: locale.format_percent(share, 0) for name, share in shares.items()})
