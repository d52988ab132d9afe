"""What a page of a metric speaks of: read from its address, written back into links."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from tolok.base import Text, UserError
from tolok.kpi import Kpi
from tolok.lake import name_column, name_value
from tolok.metrics import Engine, Metric, Scope
from tolok.web.shell.language import language_of_page

from .breakdown import DIMENSIONS
from .words import say

_LONGEST = 200


@dataclass(frozen=True)
class Asked:
    """The narrowing of a metric page: a KPI's own, or platform, account and further dimensions."""

    brand: str
    metric: str
    narrowed: tuple[tuple[str, str], ...] = ()
    kpi: str = ""

    def scope(self, kpi: Kpi | None = None) -> Scope:
        """Return what the engine is to count."""
        given = dict(self.narrowed)
        base = kpi.scope_in(self.brand) if kpi else Scope(self.brand)
        platform, account = given.pop("platform", ""), given.pop("account", "")
        return replace(
            base,
            platforms=(platform,) if platform else base.platforms,
            accounts=(account,) if account else base.accounts,
            filters={**base.filters, **{name: (value,) for name, value in given.items()}},
        )

    def query(self, **more: str) -> str:
        """Return the address's question part; an empty value in `more` takes a name out."""
        told = {**dict(self.narrowed), "kpi": self.kpi, **more}
        return urlencode({k: v for k, v in told.items() if v})

    def href(self, **more: str) -> str:
        """Return the address of the metric page with this narrowing."""
        return f"{reverse('insights:metric', args=[self.brand, self.metric])}?{self.query(**more)}"


def read_asked(request: HttpRequest, brand: str, metric: Metric) -> Asked:
    """Return the narrowing the address asks for; raises UserError for one the metric has not."""
    narrowed = []
    for name in DIMENSIONS:
        value = request.GET.get(name, "")[:_LONGEST]
        if not value:
            continue
        if name not in metric.dimensions or name in ("weekday", "hour"):
            raise UserError(
                Text("“{metric}” cannot be narrowed by {name}.",
                     "“{metric}” tidak bisa disaring menurut {name}."),
                Text("Leave it out.", "Hilangkan saringan itu."),
                metric=metric.name, name=name_column(name),
            )  # fmt: skip
        narrowed.append((name, value))
    return Asked(brand, metric.key, tuple(narrowed), request.GET.get("kpi", "")[:_LONGEST])


def chips_of(asked: Asked, engine: Engine, period: str) -> list[dict[str, str]]:
    """Return each narrowing with its name and the address without it."""
    language = language_of_page()
    return [
        {
            "dimension": say(name_column(name)),
            "value": name_value(name, value, engine.platforms, language),
            "without": asked.href(period=period, **{name: ""}),
        }
        for name, value in asked.narrowed
    ]
