"""Parts of the page of a metric: the answer, its course, what it is made of, rows and files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tolok.kpi import Explanation, Judgement, explain_figure
from tolok.lake import name_column
from tolok.metrics import BASIS_NAMES, Engine, Figure, Metric, Scope, compare, load_metrics
from tolok.web.accounts.facts import kpis_of, remember
from tolok.web.accounts.models import Brand
from tolok.web.shell.language import language_of_page, locale_of_page
from tolok.web.shell.parts import Verdict

from . import words
from .beside_metric import tell_beside
from .breakdown import Breakdown, dimensions_of, read_breakdown
from .course import Course, Point, read_course
from .periods import Choice
from .rows import files_table, items_table
from .scope import Asked
from .scorecard import end_sentence, judgements_of
from .telling import say_visible

GOOD_WHEN = {"up": gettext_lazy("it rises"), "down": gettext_lazy("it falls"), "neither": ""}


def find_metric(key: str) -> Metric:
    """Return the metric of the catalogue; raises Http404 when there is none."""
    found = load_metrics().get(key)
    if found is None:
        raise Http404
    return found


def find_judged(brand: Brand, engine: Engine, asked: Asked) -> Judgement | None:
    """Return the KPI the address names, judged; None when it names none of this metric."""
    if not asked.kpi:
        return None
    judged = judgements_of(brand, engine)
    found = (j for j in judged if j.kpi.key == asked.kpi and j.kpi.metric == asked.metric)
    return next(found, None)


def course_of(
    brand: Brand, engine: Engine, metric: Metric, choice: Choice, scope: Scope, *,
    judged: Judgement | None = None, is_classic: bool = False,
) -> Course:  # fmt: skip
    """Return the course that leads up to the period, reckoned once for all readers."""
    name = ("course", metric.key, choice.period, repr(scope), judged and judged.kpi.key, is_classic)
    return remember(
        brand, name,
        lambda: read_course(engine, metric, choice.period, scope, judged=judged,
                            is_classic=is_classic),
    )  # fmt: skip


def figures_of(
    brand: Brand, engine: Engine, metric: Metric, choice: Choice, scope: Scope
) -> Sequence[Figure]:
    """Return the figure of the period and the one compared with, reckoned once for all readers."""
    name = ("answer", metric.key, choice.period, choice.against, repr(scope))
    return remember(
        brand, name, lambda: engine.figures([metric], [choice.period, choice.against], scope)
    )


def beside_of(
    brand: Brand, engine: Engine, metric: Metric, choice: Choice, scope: Scope
) -> dict[str, Any]:
    """Return what others show of the same thing."""
    figure = figures_of(brand, engine, metric, choice, scope)[0]
    return tell_beside(brand, engine, metric, choice, scope, figure)


def answer_of(
    brand: Brand, engine: Engine, metric: Metric, choice: Choice, *, scope: Scope, course: Course
) -> dict[str, Any]:
    """Return the figure in words: value, change, whether it is news, how sure it is."""
    figure, before = figures_of(brand, engine, metric, choice, scope)
    change = compare(metric, figure, before, platforms=engine.platforms,
                     scope_platforms=scope.platforms)  # fmt: skip
    last = next((p for p in reversed(course.points) if p.period == choice.period), None)
    value = words.write_value(figure, metric)
    return {
        "value": value,
        "reason": end_sentence(words.why_none(figure)),
        "change": words.write_ratio(change),
        "why_no_change": _why_no_change(figure, change.reason, change.reason_data)
        if change.ratio is None else "",
        "verdict": _verdict(last, metric, value),
        "expected": _say_expected(last, course),
        "facts": _facts(figure, metric, engine, choice, course),
        "notes": [words.say(text, **data) for text, data in figure.notes],
        "outcome": load_metrics().get(metric.outcome or "") if metric.is_vanity else None,
        "counter": load_metrics().get(metric.counter or ""),
    }  # fmt: skip


def _why_no_change(figure: Figure, reason: Any, data: Any) -> str:
    return words.say(reason, **data) if figure.value is not None and reason else ""


def _verdict(last: Point | None, metric: Metric, value: str) -> Verdict | None:
    if last is None or not value:
        return None
    if last.is_open:
        return Verdict(tone="quiet", word=_("Not over yet"))
    if not last.is_whole:
        return Verdict(tone="quiet", word=_("Not complete"))
    if last.kind == "routine":
        return Verdict(tone="quiet", word=_("Routine variation"))
    if not last.is_signal:
        return None
    rising = last.kind == "signal up" or (last.value or 0) > (last.expected or 0)
    word = _("Level shifted") if last.kind == "shift" else (
        _("Signal: up") if rising else _("Signal: down"))  # fmt: skip
    return Verdict(tone=words.tone_of(metric, 1.0 if rising else -1.0), word=word)


def _say_expected(last: Point | None, course: Course) -> str:
    if last is None or last.low is None or last.high is None or last.is_open or not last.is_whole:
        return ""
    return _("%(low)s to %(high)s was to be expected.") % {
        "low": words.write_number(last.low, course.metric, course.currency),
        "high": words.write_number(last.high, course.metric, course.currency),
    }


def _facts(
    figure: Figure, metric: Metric, engine: Engine, choice: Choice, course: Course
) -> list[tuple[str, str]]:
    """Return what tells how far to trust the figure."""
    locale = locale_of_page()
    facts = [
        (_("Formula"), words.say(metric.formula)),
        (_("What counts"), words.say(BASIS_NAMES[metric.basis])),
        (_("Coverage"), words.write_coverage(figure.coverage) or _("nothing missing")),
        (_("Provisional"), words.say_provisional(figure.provisional_days)),
        (_("Smallest visible change"), say_visible(course)),
        (_("Good when"), GOOD_WHEN[metric.direction]),
        (_("Rests on"), _("%(count)s rows") % {"count": locale.format_number(figure.base)}
         if figure.base else ""),
    ]  # fmt: skip
    if figure.observed_at is not None:
        seen = locale.format_datetime(figure.observed_at, engine.calendar.timezone)
        facts.append((_("Last seen"), seen))
    if choice.period.end > engine.today:
        facts.append((_("Period"), _("not over yet: days to come are missing")))
    return [(name, str(said)) for name, said in facts if said]


def course_files(asked: Asked, choice: Choice, *, is_classic: bool) -> list[tuple[str, str]]:
    """Return the files of the chart: name and address."""
    more = {"limits": "xmr"} if is_classic else {}
    return [
        (form.upper(), file_address(asked, "course", form, choice, **more))
        for form in ("csv", "xlsx", "svg", "png")
    ]


def file_address(asked: Asked, what: str, form: str, choice: Choice, **more: str) -> str:
    """Return the address of a file with a part of the page."""
    base = reverse("insights:metric_file", args=[asked.brand, asked.metric, what, form])
    return f"{base}?{asked.query(period=choice.period.key, against=choice.against_key, **more)}"


def other_promises(
    brand: Brand, metric: Metric, asked: Asked, choice: Choice
) -> list[dict[str, str]]:
    """Return the KPIs that rest on this metric, but for the one shown."""
    base = reverse("insights:metric", args=[brand.slug, metric.key])
    return [
        {"name": k.name, "href": f"{base}?kpi={k.key}&period={choice.period.key}"}
        for k in kpis_of(brand)
        if k.metric == metric.key and k.state == "active" and k.key != asked.kpi
    ]


def parts_of(
    brand: Brand, engine: Engine, metric: Metric, *,
    asked: Asked, choice: Choice, scope: Scope, by: str, may_export: bool,
) -> dict[str, Any]:  # fmt: skip
    """Return the breakdown, the rows and the files behind the figure."""
    breakdown = breakdown_of(brand, engine, metric, choice, scope, by=by) if by else None
    told = explained_of(brand, engine, metric, choice, scope)
    return {
        "dimensions": [
            {"key": d, "name": words.say(name_column(d)), "is_here": d == by,
             "href": asked.href(period=choice.period.key, by=d)}
            for d in dimensions_of(metric, scope)
        ],
        "breakdown": breakdown,
        "narrower": _narrower(asked, breakdown, choice),
        "items": items_table(told, engine, brand.slug),
        "files": files_table(told, brand.slug),
        "part_files": {
            what: [(f.upper(), file_address(asked, what, f, choice, by=by)) for f in ("csv", "xlsx")]
            for what in ("breakdown", "rows", *(["files"] if told.files else []))
        } if may_export else {},
    }  # fmt: skip


def breakdown_of(
    brand: Brand, engine: Engine, metric: Metric, choice: Choice, scope: Scope, *, by: str
) -> Breakdown:
    """Return a breakdown, reckoned once for all readers."""
    # Slices hold words, so each language has its own.
    language = language_of_page()
    name = ("breakdown", metric.key, choice.period, choice.against, repr(scope), by, language)
    return remember(
        brand, name,
        lambda: read_breakdown(engine, metric, choice.period, scope, by=by, against=choice.against),
    )  # fmt: skip


def explained_of(
    brand: Brand, engine: Engine, metric: Metric, choice: Choice, scope: Scope, *, most: int = 10
) -> Explanation:
    """Return the rows and files behind a figure, reckoned once for all readers."""
    name = ("explained", metric.key, choice.period, repr(scope), most)
    return remember(
        brand, name, lambda: explain_figure(engine, metric.key, choice.period, scope, most=most)
    )


def _narrower(asked: Asked, breakdown: Breakdown | None, choice: Choice) -> list[tuple[Any, str]]:
    if breakdown is None:
        return []
    opens = breakdown.dimension not in ("weekday", "hour")
    return [
        (s, asked.href(period=choice.period.key, **{breakdown.dimension: s.key})
         if opens and s.key else "")
        for s in breakdown.slices
    ]  # fmt: skip
