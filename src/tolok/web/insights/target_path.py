"""The target path of a KPI beside the steps of a chart: straight, stepped, monthly or seasonal."""

from __future__ import annotations

from dataclasses import dataclass

from tolok.base import Period
from tolok.kpi import Judgement, Kpi
from tolok.kpi.measure import manner_of
from tolok.kpi.path import trace_path
from tolok.metrics import Engine, Scope


@dataclass(frozen=True)
class TargetPath:
    """What a KPI asks of the steps of a chart; empty where it cannot stand beside them."""

    target: float | None = None
    path: tuple[float | None, ...] = ()
    is_total: bool = False


def read_target_path(
    engine: Engine, judged: Judgement | None, scope: Scope, *, spans: list[Period], grain: str
) -> TargetPath:
    """Return the target path of a judged KPI over the steps of a chart: straight, by steps set by
    hand, month by month, or with last year's season.
    """
    if judged is None or judged.target is None or judged.kpi.declared is None:
        return TargetPath()
    kpi, metric = judged.kpi, judged.kpi.declared
    is_total = manner_of(kpi, metric) == "total"
    adds_up = metric.is_additive and metric.kind != "level"
    if kpi.aim != "reach":
        # A limit for a sum over the whole time, or per month, cannot stand beside other steps.
        if adds_up and (is_total or kpi.per != grain):
            return TargetPath()
        return TargetPath(judged.target, tuple(_within(kpi, p, judged.target) for p in spans))
    if adds_up and not is_total and kpi.per != grain:
        return TargetPath()
    start = 0.0 if is_total else judged.baseline.value if judged.baseline else None
    if start is None:
        return TargetPath(judged.target, tuple(_within(kpi, p, judged.target) for p in spans))
    path = trace_path(kpi, metric, engine, scope, periods=spans, start=start,
                      target=judged.target, is_total=is_total)  # fmt: skip
    return TargetPath(judged.target, tuple(path), is_total)


def _within(kpi: Kpi, period: Period, value: float) -> float | None:
    window = kpi.window
    if window is None or period.end <= window.start or period.start >= window.end:
        return None
    return value
