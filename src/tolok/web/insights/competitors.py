"""The page of others: competitors followed, shares of voice, and what is published of the industry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from tolok.base import Period
from tolok.lake import name_account
from tolok.metrics import Engine, Figure, Metric, load_metrics
from tolok.web.accounts.access import Access, page
from tolok.web.accounts.facts import engine_of, remember
from tolok.web.accounts.models import Brand
from tolok.web.shell.language import locale_of_page
from tolok.web.shell.parts import Cell, Column, Empty, Table, Verdict

from . import words
from .others import Beside, Voice, follows_anyone, read_beside, read_voices
from .periods import Choice, comparison_lines, data_until, preset_lines, read_choice
from .published import (
    RATES,
    SEGMENTS,
    Compared,
    read_published,
    read_refused,
    say_meaning,
    say_reason,
    say_sample,
    say_source,
    say_value,
    segments_known,
)
from .scorecard import address, card_of

_MOST_OTHERS = 5


@dataclass(frozen=True)
class Others:
    """Everything the page and its files tell of one period."""

    beside: list[Beside]
    voices: list[Voice]
    published: list[Compared]
    refused: list[Compared]


@page("see")
@require_GET
def show(request: HttpRequest, access: Access) -> HttpResponse:
    """Show our figures beside those of competitors and of the industry."""
    brand = access.brand
    engine = engine_of(brand)
    choice = read_choice(request, engine, brand)
    segment = read_segment(request)
    told = others_of(brand, engine, choice.period, segment)
    base = reverse("insights:competitors", args=[brand.slug])
    context = {
        "access": access, "choice": choice, "segment": segment,
        "presets": preset_lines(engine), "comparisons": comparison_lines(choice),
        "kept": [("segment", segment)], "form_address": base,
        "segments": segments_known(),
        "platforms": _platform_tables(told.beside, engine, choice, brand.slug),
        "voices": [_voice_table(name, rows, brand) for name, rows in _sets(told.voices)],
        "published": _published_table(
            [c for c in told.published if is_ours_known(c)], engine, choice, brand.slug
        ),
        "waiting": _waiting_table(
            [c for c in told.published if not is_ours_known(c)], engine, choice, brand.slug
        ),
        "refused": [(_name_refused(c, engine), say_reason(c)) for c in told.refused],
        "lead": lead_of(told),
        "follows": follows_anyone(engine),
        "empty": _empty(access),
        "files": _files(access, choice, segment),
    }  # fmt: skip
    return render(request, "insights/competitors.html", context)


def read_segment(request: HttpRequest) -> str:
    """Return the industry the address asks for; all of them together when it names none."""
    asked = request.GET.get("segment", "")
    return asked if asked in SEGMENTS else "all"


def others_of(brand: Brand, engine: Engine, period: Period, segment: str) -> Others:
    """Return what is known of others, reckoned once for all readers."""
    name = ("others", period, segment)
    return remember(brand, name, lambda: _read(brand, engine, period, segment))


def _read(brand: Brand, engine: Engine, period: Period, segment: str) -> Others:
    platforms = sorted(data_until(brand, engine))
    card = card_of(brand, engine, period)
    rates: list[tuple[Metric, str, Figure]] = [
        (line.metric, section.platform, line.figure)
        for section in card.sections for line in section.lines
        if section.platform and line.metric.key in RATES
    ]  # fmt: skip
    return Others(
        beside=read_beside(engine, brand.slug, period),
        voices=read_voices(engine, brand.slug, period),
        published=read_published(engine, brand.slug, period, platforms=platforms,
                                 segment=segment),
        refused=read_refused(rates, segment=segment),
    )  # fmt: skip


def lead_of(told: Others) -> str:
    """Return the answer of the page: where we stand first, where we stand last."""
    said = []
    places = [(b, b.place) for b in told.beside if b.place]
    ahead = sum(place[0] * 2 <= place[1] for _b, place in places)
    if places:
        said.append(
            ngettext(
                "Of %(all)s figure known of others, ours is in the better half in %(ahead)s.",
                "Of %(all)s figures known of others, ours are in the better half in %(ahead)s.",
                len(places),
            ) % {"all": len(places), "ahead": ahead}
        )  # fmt: skip
    judged = [c for c in told.published if c.change.difference is not None]
    above = sum((c.change.difference or 0) >= 0 for c in judged)
    if judged:
        said.append(
            ngettext(
                "%(above)s of %(all)s published figure is met or passed.",
                "%(above)s of %(all)s published figures are met or passed.",
                len(judged),
            ) % {"above": above, "all": len(judged)}
        )  # fmt: skip
    return " ".join(said)


def _platform_tables(
    beside: Sequence[Beside], engine: Engine, choice: Choice, brand: str
) -> list[tuple[str, Table]]:
    """Return a table per platform: a metric a row, ours first, then the others."""
    tables = []
    for platform in dict.fromkeys(b.platform for b in beside):
        rows = [b for b in beside if b.platform == platform]
        accounts = list(dict.fromkeys(o.account for b in rows for o in b.others))[:_MOST_OTHERS]
        name = engine.platforms.names.get(platform, platform)
        columns = [
            Column(label=_("Metric")), Column(label=_("Ours"), is_number=True),
            Column(label=_("Our place")), Column(label=_("Middle of the others"), is_number=True),
            *(Column(label=name_account(a, engine.platforms).split(" · ")[0], is_number=True)
              for a in accounts),
        ]  # fmt: skip
        lines = [_beside_row(b, accounts, choice, brand) for b in rows]
        tables.append((name, Table(caption=name, columns=columns, rows=lines)))
    return tables


def _beside_row(
    beside: Beside, accounts: Sequence[str], choice: Choice, brand: str
) -> list[Cell | str]:
    metric = beside.metric
    told = {o.account: words.write_value(o.figure, metric) for o in beside.others}
    href = reverse("insights:metric", args=[brand, metric.key])
    href += f"?period={choice.period.key}&platform={beside.platform}"
    ours = words.write_value(beside.ours, metric) if beside.ours else ""
    return [
        Cell(value=words.say(metric.name), href=href),
        ours or Cell(value="–", note=words.why_none(beside.ours) if beside.ours else ""),
        Cell(value="", verdict=say_place(beside)) if beside.place else "",
        words.write_number(beside.middle, metric, beside.ours.currency if beside.ours else None),
        *(told.get(a, "–") for a in accounts),
    ]


def say_place(beside: Beside) -> Verdict | None:
    """Return our place among the accounts known, as a chip; a place is no judgement of a trend."""
    if beside.place is None:
        return None
    place, count = beside.place
    word = _("%(place)s of %(count)s") % {"place": place, "count": count}
    return Verdict(tone="good" if place == 1 else "quiet", word=word)


def _sets(voices: Sequence[Voice]) -> list[tuple[str, list[Voice]]]:
    names = dict.fromkeys(v.brand_set for v in voices)
    return [(name, [v for v in voices if v.brand_set == name]) for name in names]


def _voice_table(name: str, voices: Sequence[Voice], brand: Brand) -> Table:
    locale = locale_of_page()
    metric = load_metrics()["share_of_voice"]
    rows: list[list[Cell | str]] = [
        [
            Cell(value=brand.name if v.is_ours else v.subject,
                 verdict=Verdict(tone="good", word=_("ours")) if v.is_ours else None),
            words.write_number(v.figure.value, metric),
            words.write_range(v.figure.low or 0.0, v.figure.high or 0.0, metric, None),
        ]
        for v in voices
    ]  # fmt: skip
    count = locale.format_number(voices[0].figure.base)
    caption = _("Share of voice, %(count)s mentions") % {"count": count}
    if name:
        caption = _("Share of voice in “%(set)s”, %(count)s mentions") % {
            "set": name, "count": count,
        }  # fmt: skip
    columns = (Column(label=_("Brand")), Column(label=_("Share of the talk"), is_number=True),
               Column(label=_("What chance leaves open"), is_number=True))  # fmt: skip
    return Table(caption=caption, columns=columns, rows=rows)


def _published_table(
    published: Sequence[Compared], engine: Engine, choice: Choice, brand: str
) -> Table:
    columns = (
        Column(label=_("Metric")), Column(label=_("Ours"), is_number=True),
        Column(label=_("Published"), is_number=True), Column(label=_("Difference"), is_number=True),
        Column(label=_("Who, when")), Column(label=_("Sample and region")),
    )  # fmt: skip
    rows = [_published_row(c, engine, choice, brand) for c in published]
    return Table(
        caption=_("Published figures of the same definition"),
        columns=columns,
        rows=rows,
        empty=_(
            "Nothing published of this industry means the same as a figure of ours that is known."
        ),
    )


def is_ours_known(compared: Compared) -> bool:
    """Whether we have a figure that could stand beside the published one."""
    return compared.ours is not None and compared.ours.value is not None


def _waiting_table(
    published: Sequence[Compared], engine: Engine, choice: Choice, brand: str
) -> Table:
    """Return the published figures that ours cannot stand beside yet."""
    columns = (
        Column(label=_("Metric")), Column(label=_("Published"), is_number=True),
        Column(label=_("Who, when")), Column(label=_("Sample and region")),
    )  # fmt: skip
    rows = []
    for compared in published:
        name, _ours, value, _difference, *source = _published_row(compared, engine, choice, brand)
        rows.append([name, value, *source])
    caption = _("Published figures for which ours is not known in this period")
    return Table(caption=caption, columns=columns, rows=rows)


def _published_row(
    compared: Compared, engine: Engine, choice: Choice, brand: str
) -> list[Cell | str]:
    metric, benchmark = compared.metric, compared.benchmark
    href = reverse("insights:metric", args=[brand, metric.key])
    href += f"?period={choice.period.key}&platform={compared.platform}"
    ours = words.write_value(compared.ours, metric) if compared.ours else ""
    name = engine.platforms.names.get(compared.platform, compared.platform)
    return [
        Cell(value=f"{words.say(metric.name)} · {name}", href=href, note=say_meaning(benchmark)),
        ours or "–",
        say_value(compared),
        words.write_ratio(compared.change) or Cell(value="", note=say_reason(compared)),
        say_source(benchmark),
        say_sample(benchmark),
    ]


def _name_refused(compared: Compared, engine: Engine) -> str:
    platform = engine.platforms.names.get(compared.platform, compared.platform)
    return _("%(metric)s on %(platform)s, with %(source)s") % {
        "metric": words.say(compared.metric.name),
        "platform": platform,
        "source": say_source(compared.benchmark),
    }


def _files(access: Access, choice: Choice, segment: str) -> list[tuple[str, str]]:
    if not access.may("export"):
        return []
    query = f"?period={choice.period.key}&segment={segment}"
    return [
        (form.upper(), reverse("insights:competitors_file", args=[access.brand.slug, form]) + query)
        for form in ("csv", "xlsx")
    ]


def _empty(access: Access) -> Empty:
    can_bring = access.may("bring")
    return Empty(
        title=_("No competitor is followed yet"),
        text=_(
            "Here our figures stand beside those of the accounts you follow: followers, growth, "
            "posts, engagement. It begins with the accounts of competitors in an export."
        ),
        action=_("Bring in data") if can_bring else "",
        href=address("data:bring", access.brand.slug) if can_bring else "",
        icon="flag",
    )
