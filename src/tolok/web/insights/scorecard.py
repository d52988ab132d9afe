"""Parts of a scorecard: KPIs, then what each platform gave, coloured only where it is a signal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tolok.base import Period
from tolok.kpi import Judgement, Line, Scorecard, Section, build_scorecard
from tolok.metrics import Engine
from tolok.web.accounts.access import Access
from tolok.web.accounts.facts import is_remembered, judgement_of, kpis_of, remember
from tolok.web.accounts.models import Brand
from tolok.web.shell.language import locale_of_page
from tolok.web.shell.parts import Change, Empty, Verdict
from tolok.web.shell.sparkline import Step, steps_of

from . import words
from .periods import Choice, data_until

_BAR = 100.0
_EVEN = 0.5
_JUDGED = ("judged",)


@dataclass(frozen=True)
class Promise:
    """A KPI as its card shows it: verdict, sentence, figure, way done so far."""

    name: str
    verdict: Verdict
    answer: str
    reason: str
    value: str
    target: str
    href: str
    owner: str
    notes: tuple[str, ...]
    done: float | None  # of the way from baseline to target, 0 to 100
    due: float | None  # where it should be by now, 0 to 100
    way: str  # the same in words


@dataclass(frozen=True)
class Row:
    """One metric of a platform as its line shows it."""

    name: str
    meaning: str
    href: str
    value: str
    reason: str
    change: Change | None
    spark: tuple[Step, ...]
    course: str
    verdict: Verdict | None
    coverage: str
    expected: str = ""
    target: str = ""  # what a KPI promises of it, with `stands` for how that goes
    stands: Verdict | None = None


@dataclass(frozen=True)
class Block:
    """One platform, area, stage or campaign: its lines, and once for all how sure they are.

    `more` are lines folded away; `stands` and `promises` tell of the KPIs that belong to it.
    """

    key: str
    name: str
    rows: tuple[Row, ...]
    facts: tuple[str, ...]
    more: tuple[Row, ...] = ()
    stands: Verdict | None = None
    said: str = ""
    promises: tuple[Promise, ...] = ()


def card_of(brand: Brand, engine: Engine, period: Period) -> Scorecard:
    """Return the figures of a period, reckoned once for all readers."""
    return remember(
        brand, ("scorecard", period), lambda: build_scorecard(engine, brand.slug, period)
    )


def judgements_of(brand: Brand, engine: Engine) -> list[Judgement]:
    """Return the brand's KPIs judged as of today, the most urgent first."""
    judged = remember(
        brand, _JUDGED,
        lambda: [judgement_of(brand, engine, k) for k in kpis_of(brand) if k.state == "active"],
    )  # fmt: skip
    return sorted(judged, key=lambda j: words.URGENCY.index(j.state))


def are_judged(brand: Brand) -> bool:
    """Whether the brand's KPIs are judged already, so that asking takes no time."""
    return is_remembered(brand, _JUDGED)


def lead_of(judged: Sequence[Judgement], card: Scorecard) -> str:
    """Return the answer of the page in one or two sentences."""
    said = []
    if judged:
        counts: Counter[str] = Counter(j.state for j in judged)
        names: dict[str, str] = {j.state: words.say(j.name) for j in judged}
        parts = [f"{counts[s]} {names[s]}" for s in words.URGENCY if counts[s]]
        total = ngettext("%(count)s KPI", "%(count)s KPIs", len(judged)) % {"count": len(judged)}
        said.append(f"{total}: {', '.join(parts)}.")
    lines = [line for section in card.sections for line in section.lines]
    signals = sum(line.is_signal for line in lines)
    if lines and not signals:
        said.append(_("No figure moved more than routine variation."))
    elif lines:
        said.append(
            ngettext(
                "%(count)s figure moved more than routine variation.",
                "%(count)s figures moved more than routine variation.",
                signals,
            )
            % {"count": signals}
        )
    return " ".join(said)


def promise_of(judged: Judgement, brand: str) -> Promise:
    """Return a judged KPI as its card shows it."""
    kpi, metric = judged.kpi, judged.kpi.declared
    value = target = href = ""
    if metric is not None:
        if judged.figure is not None:
            value = words.write_value(judged.figure, metric, words.write_promised)
        if judged.target is not None:
            target = words.write_promised(judged.target, metric, judged.currency)
        href = reverse("insights:metric", args=[brand, metric.key]) + f"?kpi={kpi.key}"
    reason = words.say(judged.reason, **judged.reason_data)
    answer = _answer(judged, target)
    if not answer or _disagrees(judged):
        # Pace and odds say different things: the verdict's own reason comes first then.
        answer = f"{end_sentence(reason)} {answer}".strip()
    odds = words.say(judged.odds_words)
    notes = [n for n in (odds, words.say(judged.track_record), words.say(judged.signal_words)) if n]
    return Promise(
        name=kpi.name,
        verdict=words.verdict_of(judged),
        answer=answer,
        reason="" if answer.startswith(end_sentence(reason)) else end_sentence(reason),
        value=value,
        target=target,
        href=href,
        owner=kpi.owner or "",
        notes=tuple(notes),
        done=_percent(judged.progress),
        due=_percent(judged.expected_progress),
        way=_say_way(judged),
    )


def _disagrees(judged: Judgement) -> bool:
    tone = words.TONES[judged.state]
    odds = judged.odds if judged.odds is not None else _EVEN
    return (tone == "good" and odds < _EVEN) or (tone == "bad" and odds > _EVEN)


def _answer(judged: Judgement, target: str) -> str:
    """Return the odds as one short sentence; empty while there are none."""
    if judged.odds is None or judged.kpi.due is None:
        return ""
    locale = locale_of_page()
    data = {
        "odds": locale.format_percent(judged.odds, 0),
        "target": target,
        "due": locale.format_date(judged.kpi.due, "long"),
    }
    if judged.kpi.aim == "reach":
        return _("%(odds)s likely to reach %(target)s by %(due)s.") % data
    return _("%(odds)s likely to keep to %(target)s until %(due)s.") % data


def end_sentence(said: str) -> str:
    """Return words as a sentence: a capital first, a stop last; empty stays empty."""
    if not said:
        return ""
    said = said.strip()
    return said[:1].upper() + said[1:] + ("" if said.endswith((".", "!", "?")) else ".")


def _percent(share: float | None) -> float | None:
    return None if share is None else round(min(1.0, max(0.0, share)) * _BAR, 1)


def _say_way(judged: Judgement) -> str:
    if judged.progress is None:
        return ""
    locale = locale_of_page()
    done = locale.format_percent(judged.progress, 0)
    if judged.expected_progress is None:
        return _("%(done)s of the way") % {"done": done}
    due = locale.format_percent(judged.expected_progress, 0)
    return _("%(done)s of the way, %(due)s was due by now") % {"done": done, "due": due}


def blocks_of(
    card: Scorecard, choice: Choice, brand: Brand, engine: Engine,
    judged: Sequence[Judgement] = (),
) -> list[Block]:  # fmt: skip
    """Return the platforms of a scorecard as the page shows them."""
    until = data_until(brand, engine)
    return [
        Block(
            key=section.platform or "all",
            name=words.say(section.name),
            rows=tuple(
                row_of(line, choice, brand.slug, judged=judged,
                       narrowed={"platform": section.platform} if section.platform else {})
                for line in section.lines
            ),
            facts=tuple(_facts(section, until, engine.today)),
        )
        for section in card.sections
    ]  # fmt: skip


def row_of(
    line: Line, choice: Choice, brand: str, *,
    narrowed: Mapping[str, str], judged: Sequence[Judgement] = (),
) -> Row:  # fmt: skip
    """Return one line as the page shows it; it leads to the metric, narrowed in the same way."""
    figure, metric = line.figure, line.metric
    told = {"period": choice.period.key, **narrowed}
    if choice.against_key != "previous":
        told["against"] = choice.against_key
    change = line.change_last_year if choice.against_key == "last-year" else line.change
    promise = find_promise(judged, line, narrowed)
    signal = line.signal
    return Row(
        name=words.say(metric.name),
        meaning=words.say(metric.meaning),
        href=f"{reverse('insights:metric', args=[brand, metric.key])}?{urlencode(told)}",
        value=words.write_value(figure, metric),
        reason=words.say_caution(figure),
        change=words.write_change(line, choice.against, change),
        spark=steps_of(line.history, line.breaks),
        course=words.say_course(len(line.history), words.say(metric.name)),
        verdict=words.write_signal(line),
        coverage=words.write_coverage(figure.coverage),
        expected=words.write_range(signal.low, signal.high, metric, figure.currency),
        target=words.write_number(promise.target, metric, promise.currency) if promise else "",
        stands=words.verdict_of(promise) if promise else None,
    )


def find_promise(
    judged: Sequence[Judgement], line: Line, narrowed: Mapping[str, str]
) -> Judgement | None:
    """Return the most urgent KPI that promises something of this very figure; None for none."""
    platform = narrowed.get("platform")
    platforms = (platform,) if platform else ()
    if set(narrowed) - {"platform"}:
        return None  # no KPI of the scorecard speaks of a narrower thing
    found = (
        one for one in judged
        if one.kpi.metric == line.metric.key and one.target is not None
        and one.kpi.platforms == platforms and not one.kpi.accounts and not one.kpi.filters
    )  # fmt: skip
    return next(found, None)


def _facts(section: Section, until: dict[str, date], today: date) -> Iterable[str]:
    """Yield what holds for all lines of a section: freshness, late figures, how much is routine."""
    last = until.get(section.platform or "")
    if section.platform is None:
        last = min(until.values(), default=None)
    if fresh := words.say_freshness(last, today):
        yield fresh
    if late := words.say_provisional(max(x.figure.provisional_days for x in section.lines)):
        yield late
    routine = sum(line.signal.kind == "routine" for line in section.lines)
    young = sum(line.signal.kind == "cannot say" for line in section.lines)
    if routine:
        yield ngettext(
            "%(count)s figure is routine variation",
            "%(count)s figures are routine variation",
            routine,
        ) % {"count": routine}
    if young:
        yield ngettext(
            "%(count)s has too short a past to say", "%(count)s have too short a past to say", young
        ) % {"count": young}


def empty_of(access: Access, choice: Choice) -> Empty:
    """Return what to say when the period has no figure."""
    can_bring = access.may("bring")
    return Empty(
        title=_("No figures for %(period)s yet") % {"period": choice.label},
        text=_(
            "Here stands what each platform gave, against the period before or the year before, "
            "and how your KPIs do. It begins with the exports of your platforms."
        ),
        action=_("Bring in data") if can_bring else "",
        href=address("data:bring", access.brand.slug) if can_bring else "",
        sample=_("Look at the sample brand") if can_bring and settings.TOLOK_LOCAL else "",
        sample_href=address("data:sample", access.brand.slug)
        if can_bring and settings.TOLOK_LOCAL
        else "",
    )


def address(name: str, *args: object) -> str:
    """Return the address of a page of another area; empty where that area is not installed."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
