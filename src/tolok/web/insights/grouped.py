"""The scorecard by area of responsibility, by funnel stage and by campaign, exceptions first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tolok.kpi import Judgement, Line, RollUp, Scorecard, roll_up_one
from tolok.kpi.rollup import GROUPS
from tolok.kpi.scorecard import read_lines
from tolok.metrics import AREA_NAMES, Engine, Metric, areas_of_metric, load_metrics
from tolok.web.accounts.facts import remember
from tolok.web.accounts.models import Brand
from tolok.web.shell.language import locale_of_page

from . import words
from .catalogue import STAGES
from .periods import Choice, data_until
from .scorecard import Block, promise_of, row_of

GROUPINGS: dict[str, Promise] = {
    "platform": gettext_lazy("By platform"),
    "area": gettext_lazy("By area"),
    "stage": gettext_lazy("By funnel stage"),
    "campaign": gettext_lazy("By campaign"),
}
# What is said first of a group; the rest follows by name.
_TELLING = (
    "engagement_rate_by_reach", "engagement_rate_by_views", "engagement_rate_by_impressions",
    "engagements", "interactions", "engagements_per_post", "followers", "followers_net",
    "follower_growth_rate", "reach", "post_reach", "views", "post_views", "impressions",
    "post_impressions", "social_sessions", "social_session_share", "social_conversion_rate",
    "comments", "comments_per_post", "shares", "shares_per_post", "virality_rate",
    "amplification_rate", "link_clicks", "click_through_rate", "posts_published", "ad_spend",
    "ad_results", "ad_cost_per_result", "ad_conversions", "ad_conversion_rate",
    "ad_cost_per_conversion", "ad_roas", "median_first_response", "response_rate",
    "positive_sentiment_ratio", "net_sentiment", "share_of_voice", "mentions",
)  # fmt: skip
_CAMPAIGN = (
    "ad_spend", "ad_results", "ad_cost_per_result", "ad_conversions", "ad_cost_per_conversion",
    "ad_roas", "ad_impressions", "ad_reach", "ad_link_clicks", "ad_click_through_rate", "ad_cpm",
    "posts_published", "post_reach", "post_views", "engagements", "engagement_rate_by_reach",
)  # fmt: skip
_SHOWN = 7  # lines of a group that are no signals and not folded
_MOST_CAMPAIGNS = 30
_WORST_FIRST = words.URGENCY


def blocks_by(
    grouping: str, brand: Brand, engine: Engine, choice: Choice, judged: Sequence[Judgement]
) -> list[Block]:
    """Return the groups of a grouping that have a figure or a KPI, the most urgent first."""
    if grouping == "campaign":
        return _campaign_blocks(brand, engine, choice)
    lines = _lines_of(brand, engine, choice)
    if grouping == "stage":
        names: dict[str, object] = dict(STAGES)
        belongs: Callable[[Metric], list[str]] = _stages_of_metric
    else:
        names = {key: words.say(name) for key, name in AREA_NAMES.items()}
        belongs = areas_of_metric
    promised: dict[str, list[Judgement]] = {}
    for one in judged:
        promised.setdefault(GROUPS[grouping](one) or "", []).append(one)
    names |= {key: key or _("No area") for key in promised if key not in names}
    found = [
        (key, str(name), [x for x in lines if key in belongs(x.metric)], promised.get(key, []))
        for key, name in names.items()
    ]
    blocks = [
        (_urgency(kpis, group), _block(key, name, group, kpis, brand=brand, choice=choice))
        for key, name, group, kpis in found
        if group or kpis
    ]
    return [block for _rank, block in sorted(blocks, key=lambda b: b[0])]


def _stages_of_metric(metric: Metric) -> list[str]:
    return [metric.stage]


def groups_of(
    grouping: str, brand: Brand, engine: Engine, choice: Choice, card: Scorecard
) -> list[tuple[str, Sequence[Line]]]:
    """Return every line of a grouping under its group's name, for a file."""
    if grouping == "campaign":
        found = _campaign_lines(brand, engine, choice)
        return [(str(key), lines) for key, lines in found.items()]
    if grouping == "platform":
        return [(words.say(section.name), section.lines) for section in card.sections]
    lines = _lines_of(brand, engine, choice)
    if grouping == "stage":
        return [(str(name), [x for x in lines if x.metric.stage == key])
                for key, name in STAGES.items()]  # fmt: skip
    return [(words.say(name), [x for x in lines if key in areas_of_metric(x.metric)])
            for key, name in AREA_NAMES.items()]  # fmt: skip


def _urgency(kpis: Sequence[Judgement], lines: Sequence[Line]) -> tuple[int, int]:
    """Return what sorts groups: the gravest KPI, then how many figures are signals."""
    worst = min((_WORST_FIRST.index(j.state) for j in kpis), default=len(_WORST_FIRST))
    return worst, -sum(line.is_signal for line in lines)


def _lines_of(brand: Brand, engine: Engine, choice: Choice) -> tuple[Line, ...]:
    """Return what is known of the whole brand, metric by metric, reckoned once for all readers."""
    keys = sorted(
        (m.key for m in load_metrics().values()
         if not m.is_joined and not engine.view.is_empty(m.table)),
        key=_telling,
    )  # fmt: skip
    platforms = sorted(data_until(brand, engine))
    found = remember(
        brand, ("lines", choice.period),
        lambda: read_lines(engine, brand.slug, choice.period, keys, platforms=platforms),
    )  # fmt: skip
    return found.get(None, ())


def _telling(key: str) -> tuple[int, str]:
    return (_TELLING.index(key) if key in _TELLING else len(_TELLING), key)


def _block(
    key: str, name: str, lines: Sequence[Line], kpis: Sequence[Judgement], *,
    brand: Brand, choice: Choice,
) -> Block:  # fmt: skip
    """Return one group: signals first, then what says most, the rest folded."""
    now = [x for x in lines if x.figure.value is not None or x.figure.low is not None]
    ordered = sorted(now, key=lambda x: not x.is_signal)
    rows = [row_of(x, choice, brand.slug, narrowed={}, judged=kpis) for x in ordered]
    cut = max(_SHOWN, sum(x.is_signal for x in now))
    told = roll_up_one(key, kpis) if kpis else None
    return Block(
        key=key,
        name=name,
        rows=tuple(rows[:cut]),
        more=tuple(rows[cut:]),
        facts=tuple(_facts(now)),
        stands=words.verdict_of_state(told.state, told.verdict) if told else None,
        said=_say_together(told) if told else "",
        promises=tuple(promise_of(j, brand.slug) for j in kpis),
    )


def _say_together(told: RollUp) -> str:
    if told.attained is None:
        return ""
    share = locale_of_page().format_percent(told.attained, 0)
    return _("%(share)s of what should be done by now") % {"share": share}


def _facts(lines: Sequence[Line]) -> Iterable[str]:
    signals = sum(line.is_signal for line in lines)
    routine = sum(line.signal.kind == "routine" for line in lines)
    if signals:
        yield ngettext("%(count)s signal", "%(count)s signals", signals) % {"count": signals}
    if routine:
        yield ngettext(
            "%(count)s figure is routine variation",
            "%(count)s figures are routine variation",
            routine,
        ) % {"count": routine}


def _campaign_blocks(brand: Brand, engine: Engine, choice: Choice) -> list[Block]:
    """Return the campaigns with a figure in the period, those with signals first, then by cost."""
    found = _campaign_lines(brand, engine, choice)
    told = _planned(brand, engine)
    blocks: list[tuple[tuple[int, float, str], Block]] = []
    for campaign, lines in found.items():
        now = [x for x in lines if x.figure.value]
        if campaign is None or not now:
            continue
        rows = [
            row_of(x, choice, brand.slug, narrowed={"campaign": campaign})
            for x in sorted(now, key=lambda x: not x.is_signal)
        ]
        name, span = told.get(campaign, (campaign, ""))
        facts = tuple(f for f in (span, *_facts(now)) if f)
        block = Block(key=f"c{len(blocks)}", name=name, rows=tuple(rows), facts=facts)
        weight = next((x.figure.value or 0.0 for x in now if x.metric.key == "ad_spend"), 0.0)
        blocks.append(((-sum(x.is_signal for x in now), -weight, name), block))
    return [block for _rank, block in sorted(blocks, key=lambda b: b[0])[:_MOST_CAMPAIGNS]]


def _campaign_lines(
    brand: Brand, engine: Engine, choice: Choice
) -> dict[str | None, tuple[Line, ...]]:
    keys = [k for k in _CAMPAIGN if not engine.view.is_empty(load_metrics()[k].table)]
    if not keys:
        return {}
    platforms = sorted(data_until(brand, engine))
    return remember(
        brand, ("campaign lines", choice.period),
        lambda: read_lines(engine, brand.slug, choice.period, keys, platforms=platforms,
                           by="campaign"),
    )  # fmt: skip


def _planned(brand: Brand, engine: Engine) -> dict[str, tuple[str, str]]:
    """Return the name and the days of every planned campaign, by its key."""
    if engine.view.is_empty("campaigns"):
        return {}
    rows = engine.view.table("campaigns")
    rows = rows.filter(rows.brand == brand.slug).select("campaign", "name", "starts", "ends")
    return {
        row["campaign"]: (row["name"] or row["campaign"], _span(row["starts"], row["ends"]))
        for row in rows.to_pyarrow().to_pylist()
    }


def _span(first: date | None, last: date | None) -> str:
    if first is None:
        return ""
    locale = locale_of_page()
    if last is None:
        return _("since %(day)s") % {"day": locale.format_date(first)}
    return f"{locale.format_date(first)} – {locale.format_date(last)}"
