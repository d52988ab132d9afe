# ruff: noqa: ARG001 - addresses name the brand and the thing; the gate has found them
"""Operations on figures: the catalogue, the scorecard, any figure, what it is made of."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from ninja.pagination import paginate

from tolok.base import Text, UserError
from tolok.kpi import build_scorecard, explain_figure
from tolok.metrics import Metric, Scope, load_metrics, search_metrics
from tolok.web.accounts.facts import engine_of
from tolok.web.bodies import ChangeOut, FigureOut, Words, both, tell_change, tell_figure
from tolok.web.operations import AT, Gate, access_of, read_period

ROUTER = Router()
MOST_METRICS = 20


class MetricOut(Schema):
    """A metric of the catalogue."""

    key: str
    name: Words
    meaning: Words
    formula: Words
    unit: str
    direction: str
    kind: str
    basis: str
    stage: str
    is_vanity: bool
    dimensions: list[str]
    references: list[str]


class LineOut(Schema):
    """One metric of a section of the scorecard.

    `history` are the values of the periods up to this one, `history_states` how far each is known:
    one of state at_least beside exact ones is no fall.
    """

    figure: FigureOut
    change: ChangeOut
    change_last_year: ChangeOut
    is_signal: bool
    history: list[float | None]
    history_states: list[str]


class SectionOut(Schema):
    """What one platform gave, or all together (platform is then null)."""

    platform: str | None
    name: Words
    lines: list[LineOut]


class ScorecardOut(Schema):
    """The scorecard of a period."""

    period: str
    previous: str
    last_year: str
    sections: list[SectionOut]


class ExplanationOut(Schema):
    """What a figure is made of: its heaviest rows and the files they were read from."""

    figure: FigureOut
    items: list[dict[str, Any]]
    files: list[dict[str, Any]]


def _metric(metric: Metric) -> MetricOut:
    return MetricOut(
        key=metric.key, name=both(metric.name), meaning=both(metric.meaning),
        formula=both(metric.formula), unit=metric.unit.kind, direction=metric.direction,
        kind=metric.kind, basis=metric.basis, stage=metric.stage, is_vanity=metric.is_vanity,
        dimensions=list(metric.dimensions), references=list(metric.references),
    )  # fmt: skip


@ROUTER.get("/metrics", response=list[MetricOut], auth=Gate(), tags=["metrics"])
@paginate
def list_metrics(request: HttpRequest, stage: str = "", q: str = "") -> list[MetricOut]:
    """List the catalogue of metrics, by funnel stage or by words, then the fittest first."""
    return [_metric(m) for m in search_metrics(q) if not stage or m.stage == stage]


@ROUTER.get("/metrics/{slug:metric}", response=MetricOut, auth=Gate(), tags=["metrics"])
def get_metric(request: HttpRequest, metric: str) -> MetricOut:
    """Return one metric of the catalogue."""
    found = load_metrics().get(metric)
    if found is None:
        raise Http404
    return _metric(found)


@ROUTER.get(f"{AT}/scorecard", response=ScorecardOut, auth=Gate("see"), tags=["figures"])
def get_scorecard(request: HttpRequest, brand: str, period: str = "last-month") -> ScorecardOut:
    """Return what each platform gave in a period, against before and the year before."""
    access = access_of(request)
    engine = engine_of(access.brand)
    card = build_scorecard(engine, access.brand.slug, read_period(engine, period))
    return ScorecardOut(
        period=card.period.key, previous=card.previous.key, last_year=card.last_year.key,
        sections=[
            SectionOut(platform=s.platform, name=both(s.name), lines=[
                LineOut(figure=tell_figure(x.figure), change=tell_change(x.change),
                        change_last_year=tell_change(x.change_last_year), is_signal=x.is_signal,
                        history=[f.value for f in x.history],
                        history_states=[f.state for f in x.history])
                for x in s.lines
            ])
            for s in card.sections
        ],
    )  # fmt: skip


@ROUTER.get(f"{AT}/figures", response=list[FigureOut], auth=Gate("see"), tags=["figures"])
def list_figures(
    request: HttpRequest, brand: str, metric: str, period: str = "last-month",
    platform: str = "", by: str = "", grain: str = "",
) -> list[FigureOut]:  # fmt: skip
    """Return figures of metrics (keys parted by commas) for a period, by a dimension or a grain."""
    access = access_of(request)
    engine = engine_of(access.brand)
    whole = read_period(engine, period)
    periods = [whole]
    if grain:
        if grain not in ("week", "month", "quarter", "half", "year"):
            raise UserError(
                Text("“{grain}” is no grain.", "“{grain}” bukan satuan waktu."),
                Text("Choose week, month, quarter, half or year.",
                     "Pilih week, month, quarter, half, atau year."),
                grain=grain[:40],
            )  # fmt: skip
        periods = engine.calendar.split(whole, grain)
    scope = Scope(access.brand.slug, platforms=(platform,) if platform else ())
    keys = [key.strip() for key in metric.split(",")][:MOST_METRICS]
    found = engine.figures(keys, periods, scope, by=(by,) if by else ())
    return [tell_figure(figure) for figure in found]


@ROUTER.get(f"{AT}/explain", response=ExplanationOut, auth=Gate("see"), tags=["figures"])
def explain(
    request: HttpRequest,
    brand: str,
    metric: str,
    period: str = "last-month",
    platform: str = "",
) -> ExplanationOut:
    """Open a figure: the rows that weigh most, and the files and lines they were read from."""
    access = access_of(request)
    engine = engine_of(access.brand)
    scope = Scope(access.brand.slug, platforms=(platform,) if platform else ())
    told = explain_figure(engine, metric, read_period(engine, period), scope)
    files = [
        {"name": f.file_name, "source": f.source, "digest": f.file, "rows": f.rows,
         "first_row": f.first_row, "last_row": f.last_row}
        for f in told.files
    ]  # fmt: skip
    items = [{k: _plain(v) for k, v in item.items()} for item in told.items]
    return ExplanationOut(figure=tell_figure(told.figure), items=items, files=files)


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, bool | int | float) else str(value)
