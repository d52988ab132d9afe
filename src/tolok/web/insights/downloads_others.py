"""Files of the pages of others and of all brands: tidy tables, numbers as numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tolok.lake import name_account
from tolok.metrics import Engine, load_metrics
from tolok.web.accounts import audit
from tolok.web.accounts.access import Access, page
from tolok.web.accounts.facts import engine_of
from tolok.web.shell.sheets import CellValue, Sheet

from . import words
from .competitors import Others, others_of, read_segment
from .downloads import notes_of, send_sheet
from .periods import read_choice
from .portfolio import lines_for
from .published import REGIONS, SAMPLES, say_definition, say_reason


@page("export")
@require_GET
def send_competitors(request: HttpRequest, access: Access, form: str) -> HttpResponse:
    """Send our figures beside those of others, one row per figure."""
    engine = engine_of(access.brand)
    choice = read_choice(request, engine, access.brand)
    told = others_of(access.brand, engine, choice.period, read_segment(request))
    heads = [_("Kind"), _("Metric"), _("Platform"), _("Who"), _("Value"), _("At least"),
             _("At most"), _("Unit"), _("Ours"), _("Difference"), _("Definition"), _("Published"),
             _("Data of"), _("Sample"), _("Region"), _("Why not compared")]  # fmt: skip
    rows = [*_beside_rows(told, engine), *_voice_rows(told, access.brand.name),
            *_published_rows(told, engine)]  # fmt: skip
    sheet = Sheet(_("Competitors"), heads, rows, notes_of(access, choice))
    audit.record(request, "exported_figures", brand=access.brand, thing=str(_("Competitors")))
    return send_sheet(sheet, form, access.brand.slug, "competitors", choice.period.key)


def _beside_rows(told: Others, engine: Engine) -> Iterator[Sequence[CellValue]]:
    for row in told.beside:
        name = engine.platforms.names.get(row.platform, row.platform)
        ours = row.ours.value if row.ours else None
        start = [_("competitor"), words.say(row.metric.name), name]
        for other in row.others:
            value = other.figure.value
            gap = ours / value - 1 if ours is not None and value else None
            yield [*start, name_account(other.account, engine.platforms), value, None, None,
                   words.say(row.metric.unit.name), ours, gap, "", "", "", "", "", ""]  # fmt: skip


def _voice_rows(told: Others, brand: str) -> Iterator[Sequence[CellValue]]:
    metric = load_metrics()["share_of_voice"]
    for voice in told.voices:
        yield [_("share of voice"), words.say(metric.name), voice.brand_set,
               brand if voice.is_ours else voice.subject, voice.figure.value, voice.figure.low,
               voice.figure.high, words.say(metric.unit.name), None, None, "", "", "", "", "",
               ""]  # fmt: skip


def _published_rows(told: Others, engine: Engine) -> Iterator[Sequence[CellValue]]:
    for row in (*told.published, *told.refused):
        one = row.benchmark
        sample = SAMPLES.get(one.sample)
        yield [
            _("published"), words.say(row.metric.name),
            engine.platforms.names.get(row.platform, row.platform), one.publisher, one.value, None,
            None, words.say(row.metric.unit.name), row.ours.value if row.ours else None,
            row.change.ratio, say_definition(one), one.report_year, one.data_period,
            words.say(sample) if sample else one.sample,
            str(REGIONS.get(one.region, one.region)), say_reason(row),
        ]  # fmt: skip


@page("export")
@require_GET
def send_portfolio(request: HttpRequest, access: Access, form: str) -> HttpResponse:
    """Send how all brands of the workspace stand that the person may enter."""
    lines = lines_for(access)
    states = [(state, words.say(name)) for state, name in words.STATE_NAMES.items()]
    heads = [_("Brand"), _("Verdict"), _("Most urgent KPI"), *(name for _key, name in states),
             _("Data")]  # fmt: skip
    rows: list[Sequence[CellValue]] = [
        [x.brand.name, str(x.verdict.word) if x.verdict else "", x.worst,
         *(x.states.get(key, 0) for key, _name in states), x.last]
        for x in lines
    ]  # fmt: skip
    audit.record(request, "exported_figures", brand=access.brand, thing=str(_("All brands")))
    sheet = Sheet(_("All brands"), heads, rows)
    today = engine_of(access.brand).today
    return send_sheet(sheet, form, access.brand.workspace.key, "brands", today.isoformat())
