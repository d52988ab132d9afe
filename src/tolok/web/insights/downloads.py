"""Figures to take along: the scorecard, a chart, a breakdown, rows; as CSV, XLSX, SVG or PNG."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import typst
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tolok.lake import name_column, table_of
from tolok.metrics import BASIS_NAMES, Engine, Figure, Metric, Scope
from tolok.web.accounts import audit
from tolok.web.accounts.access import Access, page
from tolok.web.accounts.facts import engine_of
from tolok.web.shell.language import language_of_page
from tolok.web.shell.sheets import CellValue, Sheet, send, write_csv, write_xlsx

from . import words
from .breakdown import dimensions_of
from .catalogue import find_metrics, flags_of, read_words
from .chart_file import draw_file
from .course import Course
from .grouped import groups_of
from .metric import GOOD_WHEN, breakdown_of, course_of, explained_of, find_judged, find_metric
from .periods import Choice, read_choice
from .rows import name_source
from .scope import read_asked
from .scorecard import card_of
from .scorecard_page import read_asked as read_scorecard
from .telling import name_kind, tell_course

_MOST_ROWS = 50_000
_PIXELS_PER_INCH = 192
_PAGE = '#set page(width: auto, height: auto, margin: 12pt)\n#image("chart.svg", width: 640pt)\n'


@page("export")
@require_GET
def send_scorecard(request: HttpRequest, access: Access, form: str) -> HttpResponse:
    """Send the scorecard of a period."""
    engine = engine_of(access.brand)
    choice = read_choice(request, engine, access.brand)
    card = card_of(access.brand, engine, choice.period)
    rows: list[Sequence[CellValue]] = []
    asked = read_scorecard(request)
    for name, lines in groups_of(asked.by, access.brand, engine, choice, card):
        for line in lines:
            change = line.change_last_year if choice.against_key == "last-year" else line.change
            rows.append([name, words.say(line.metric.name),
                         *_figure_cells(line.figure, line.metric), change.ratio,
                         words.say(line.signal.sentence)])  # fmt: skip
    heads = [_("Group"), _("Metric"), *_figure_heads(),
             _("Change against %(period)s") % {"period": choice.against_name},
             _("Judgement")]  # fmt: skip
    sheet = Sheet(choice.label, heads, rows, notes_of(access, choice))
    audit.record(request, "exported_figures", brand=access.brand, thing=choice.label)
    return send_sheet(sheet, form, access.brand.slug, name_file(asked.by), choice.period.key)


def name_file(by: str) -> str:
    """Return the part of a file's name that tells how a scorecard is grouped."""
    return "scorecard" if by == "platform" else f"scorecard-by-{by}"


@page("export")
@require_GET
def send_metric(
    request: HttpRequest, access: Access, metric: str, what: str, form: str
) -> HttpResponse:
    """Send a part of a metric's page."""
    told = find_metric(metric)
    engine = engine_of(access.brand)
    choice = read_choice(request, engine, access.brand)
    asked = read_asked(request, access.brand.slug, told)
    judged = find_judged(access.brand, engine, asked)
    scope = asked.scope(judged.kpi if judged else None)
    names = (access.brand.slug, told.key, what, choice.period.key)
    audit.record(request, "exported_figures", brand=access.brand, thing=words.say(told.name))
    if what == "course":
        is_classic = request.GET.get("limits") == "xmr"
        course = course_of(access.brand, engine, told, choice, scope, judged=judged,
                           is_classic=is_classic)  # fmt: skip
        if form in ("svg", "png"):
            return send(_draw(course, form, access, choice), form, *names)
        return send_sheet(_course_sheet(course, access, choice), form, *names)
    if what == "breakdown":
        sheet = _breakdown_sheet(request, access, engine, told, choice=choice, scope=scope)
        return send_sheet(sheet, form, *names)
    if what == "rows":
        return send_sheet(_rows_sheet(access, engine, told, choice, scope), form, *names)
    if what == "files":
        return send_sheet(_files_sheet(access, engine, told, choice, scope), form, *names)
    raise Http404


def send_sheet(sheet: Sheet, form: str, *names: str) -> HttpResponse:
    """Return a sheet as CSV or XLSX; raises Http404 for any other form."""
    if form == "csv":
        return send(write_csv(sheet), form, *names)
    if form == "xlsx":
        return send(write_xlsx([sheet]), form, *names)
    raise Http404


def notes_of(access: Access, choice: Choice) -> list[str]:
    """Return what stands above a sheet: whose it is, of when, what an empty cell means."""
    return [f"{access.brand.name} · {choice.label}",
            _("Empty cells are values that cannot be said; they are not zero.")]  # fmt: skip


def _figure_heads() -> list[str]:
    return [_("Value"), _("At least"), _("At most"), _("Unit"), _("Currency"), _("Kind of value"),
            _("There"), _("Expected"), _("Days that may still change"), _("Why there is none")]  # fmt: skip


def _figure_cells(figure: Figure, metric: Metric) -> list[CellValue]:
    coverage = figure.coverage
    return [figure.value, figure.low, figure.high, words.say(metric.unit.name),
            figure.currency or "", _name_state(figure), coverage.have if coverage else None,
            coverage.expected if coverage else None, figure.provisional_days,
            words.say_caution(figure)]  # fmt: skip


def _name_state(figure: Figure) -> str:
    return {
        "exact": _("exact"), "at_least": _("at least"), "about": _("about"),
        "range": _("between"), "unknown": _("cannot say"),
    }[figure.state]  # fmt: skip


def _course_sheet(course: Course, access: Access, choice: Choice) -> Sheet:
    heads = [_("Period"), _("From"), _("To"), *_figure_heads(), _("Expected from"),
             _("Expected to"), _("Judgement")]  # fmt: skip
    language = language_of_page()
    rows = [
        [p.period.label(language), p.period.start, p.period.last_day,
         *_figure_cells(p.figure, course.metric), p.low, p.high,
         name_kind(p) if p.value is not None else ""]
        for p in course.points
    ]  # fmt: skip
    return Sheet(words.say(course.metric.name), heads, rows, notes_of(access, choice))


def _draw(course: Course, form: str, access: Access, choice: Choice) -> bytes:
    title = f"{words.say(course.metric.name)} · {access.brand.name} · {choice.label}"
    drawing = draw_file(course, title, tell_course(course))
    if form == "svg":
        return drawing.encode()
    with tempfile.TemporaryDirectory(prefix="tolok-") as folder:
        (Path(folder) / "chart.svg").write_text(drawing, encoding="utf-8")
        (Path(folder) / "page.typ").write_text(_PAGE, encoding="utf-8")
        made = typst.compile(Path(folder) / "page.typ", format="png", ppi=_PIXELS_PER_INCH)
    return bytes(made[0]) if isinstance(made, list) else bytes(made)


def _breakdown_sheet(
    request: HttpRequest, access: Access, engine: Engine, metric: Metric, *,
    choice: Choice, scope: Scope,
) -> Sheet:  # fmt: skip
    known = dimensions_of(metric, scope)
    by = request.GET.get("by", "")
    by = by if by in known else next(iter(known), "")
    if not by:
        raise Http404
    told = breakdown_of(access.brand, engine, metric, choice, scope, by=by)
    heads = [words.say(name_column(by)), *_figure_heads(),
             _("Change against %(period)s") % {"period": choice.against_name}]  # fmt: skip
    rows = [
        [s.name, *_figure_cells(s.figure, metric), s.change.ratio if s.change else None]
        for s in told.slices
    ]
    return Sheet(words.say(metric.name), heads, rows, notes_of(access, choice))


def _rows_sheet(
    access: Access, engine: Engine, metric: Metric, choice: Choice, scope: Scope
) -> Sheet:
    told = explained_of(access.brand, engine, metric, choice, scope, most=_MOST_ROWS)
    keys = [k for k in (told.items[0] if told.items else {}) if k != "brand"]
    heads = [words.say(name_column(k, metric.table)) for k in keys]
    return Sheet(words.say(metric.name), heads, [[i[k] for k in keys] for i in told.items],
                 notes_of(access, choice))  # fmt: skip


def _files_sheet(
    access: Access, engine: Engine, metric: Metric, choice: Choice, scope: Scope
) -> Sheet:
    """Return the files a figure was read from, with how many rows and which lines of each."""
    told = explained_of(access.brand, engine, metric, choice, scope)
    heads = [_("File"), _("Kind of file"), _("Rows"), _("First line"), _("Last line"),
             _("Mark of the file")]  # fmt: skip
    rows = [
        [f.file_name or name_source(f.source), name_source(f.source), f.rows, f.first_row,
         f.last_row, f.file or ""]
        for f in told.files
    ]  # fmt: skip
    return Sheet(words.say(metric.name), heads, rows, notes_of(access, choice))


@page("export")
@require_GET
def send_catalogue(request: HttpRequest, access: Access, form: str) -> HttpResponse:
    """Send the metrics of the catalogue that hold the words asked for, or all."""
    asked = read_words(request)
    heads = [_("Key"), _("Metric"), _("Stage"), _("Meaning"), _("Formula"), _("Unit"),
             _("What counts"), _("Table"), _("Good when"), _("Adds up"), _("Cautions")]  # fmt: skip
    rows: list[Sequence[CellValue]] = []
    for stage, metrics in find_metrics(asked):
        for m in metrics:
            rows.append([
                m.key, words.say(m.name), str(stage), words.say(m.meaning), words.say(m.formula),
                words.say(m.unit.name), words.say(BASIS_NAMES[m.basis]),
                words.say(table_of(m.table).name), str(GOOD_WHEN[m.direction]),
                _("yes") if m.is_additive else _("no"), "; ".join(str(x) for x in flags_of(m)),
            ])  # fmt: skip
    sheet = Sheet(_("Metrics"), heads, rows, [access.brand.name])
    audit.record(request, "exported_figures", brand=access.brand, thing=str(_("Metrics")))
    return send_sheet(sheet, form, access.brand.slug, "metrics")
