"""One metric of one platform beside competitors and what is published, for its own page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tolok.lake import name_account
from tolok.metrics import Engine, Figure, Metric, Scope
from tolok.web.accounts.facts import remember
from tolok.web.accounts.models import Brand
from tolok.web.shell.language import locale_of_page
from tolok.web.shell.parts import Cell, Column, Table

from . import words
from .competitors import say_place
from .others import Beside, read_beside
from .periods import Choice
from .published import (
    RATES,
    Compared,
    compare_published,
    read_refused,
    say_definition,
    say_reason,
    say_sample,
    say_source,
    say_value,
)

_MOST = 8


def tell_beside(
    brand: Brand, engine: Engine, metric: Metric, choice: Choice, scope: Scope, figure: Figure
) -> dict[str, Any]:
    """Return the table of others and what is refused; nothing for a figure of several platforms.

    Publishers and competitors speak of whole accounts on one platform: a figure narrowed further
    has nothing to stand beside.
    """
    if len(scope.platforms) != 1 or scope.accounts or scope.filters:
        return {}
    (platform,) = scope.platforms
    beside = remember(
        brand, ("beside", metric.key, choice.period, platform),
        lambda: read_beside(engine, brand.slug, choice.period, keys=(metric.key,),
                            platforms=(platform,)),
    )  # fmt: skip
    published = compare_published(metric, platform, figure)
    refused = read_refused([(metric, platform, figure)]) if metric.key in RATES else []
    if not beside and not published and not refused:
        return {}
    return {
        "beside": _table(beside[0] if beside else None, published, figure, metric, engine),
        "refused": [(say_source(c.benchmark), say_reason(c)) for c in refused],
        "place": say_place(beside[0]) if beside else None,
    }


def _table(
    beside: Beside | None, published: list[Compared], figure: Figure, metric: Metric,
    engine: Engine,
) -> Table | None:  # fmt: skip
    rows: list[list[Cell | str]] = []
    if beside is not None:
        count = len(beside.values)
        name = ngettext("The %(count)s we follow", "Middle of the %(count)s we follow", count) % {
            "count": count
        }
        rows.append([name, words.write_number(beside.middle, metric, figure.currency),
                     _difference(figure, beside.middle), ""])  # fmt: skip
        rows += [
            [name_account(o.account, engine.platforms), words.write_value(o.figure, metric),
             _difference(figure, o.figure.value), ""]
            for o in beside.others[:_MOST]
        ]  # fmt: skip
    rows += [
        [Cell(value=say_source(c.benchmark), note=say_definition(c.benchmark)), say_value(c),
         words.write_ratio(c.change) or say_reason(c), say_sample(c.benchmark)]
        for c in published
    ]  # fmt: skip
    if not rows:
        return None
    columns = (
        Column(label=_("Who")), Column(label=_("Value"), is_number=True),
        Column(label=_("Ours against it"), is_number=True), Column(label=_("Sample and region")),
    )  # fmt: skip
    return Table(caption=_("Ours beside others"), columns=columns, rows=rows)


def _difference(figure: Figure, other: float | None) -> str:
    if figure.value is None or not other:
        return ""
    return locale_of_page().format_change(figure.value / other - 1)
