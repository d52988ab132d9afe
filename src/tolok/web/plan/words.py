"""From judgements, findings and checks to the parts of a page, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tolok.base import Money, Text
from tolok.kpi import RHYTHM_NAMES, VERDICT_NAMES, Judgement, Kpi
from tolok.kpi.check import Check
from tolok.kpi.rule import LEVEL_NAMES, Finding
from tolok.kpi.said import say_value
from tolok.web.accounts.models import Brand
from tolok.web.shell import parts
from tolok.web.shell.language import language_of_page, locale_of_page
from tolok.web.shell.sparkline import step_of, steps_of

TONES: Mapping[str, parts.Tone] = {
    "achieved": "good",
    "on_track": "good",
    "at_risk": "watch",
    "off_track": "bad",
    "missed": "bad",
    "not_enough_data": "quiet",
}
LEVEL_TONES: Mapping[str, parts.Tone] = {"stop": "bad", "warn": "watch", "hint": "quiet"}
# The gravest first: a page shows the exceptions before what goes well.
GRAVITY = ("missed", "off_track", "at_risk", "not_enough_data", "on_track", "achieved")
STAGES = ("awareness", "consideration", "conversion", "loyalty", "advocacy")
STAGE_QUESTIONS = {
    "awareness": Text("Do people know us?", "Apakah orang mengenal kita?"),
    "consideration": Text("Do they care?", "Apakah mereka peduli?"),
    "conversion": Text("Do they act?", "Apakah mereka bertindak?"),
    "loyalty": Text("Do they come back?", "Apakah mereka kembali?"),
    "advocacy": Text("Do they bring others?", "Apakah mereka mengajak orang lain?"),
    "none": Text("What else counts?", "Apa lagi yang dihitung?"),
}


def as_sentence(words: Text) -> Text:
    """Return words as a sentence: a capital first, a full stop last."""
    return Text(_sentence(words.en), _sentence(words.id))


def _sentence(words: str) -> str:
    words = words.strip()
    if not words:
        return ""
    return words[0].upper() + words[1:] + ("" if words[-1] in ".!?…" else ".")


def capital(words: Text) -> Text:
    """Return words with a capital first."""
    return Text(words.en[:1].upper() + words.en[1:], words.id[:1].upper() + words.id[1:])


def reason_of(judgement: Judgement) -> Text:
    """Return why the KPI is judged so, as a sentence."""
    return as_sentence(Text(judgement.say("en"), judgement.say("id")))


def verdict_of(judgement: Judgement) -> parts.Verdict:
    """Return the verdict of a judgement."""
    return parts.Verdict(
        tone=TONES[judgement.state], word=capital(judgement.name), why=reason_of(judgement)
    )


def verdict_named(state: str) -> parts.Verdict:
    """Return the verdict of a state that was written down."""
    word = VERDICT_NAMES.get(state, Text(state, state))
    return parts.Verdict(tone=TONES.get(state, "quiet"), word=capital(word))


def level_of(finding: Finding) -> parts.Verdict:
    """Return how grave a finding is."""
    return parts.Verdict(tone=LEVEL_TONES[finding.level], word=capital(LEVEL_NAMES[finding.level]))


def write_amount(kpi: Kpi, value: float | None, currency: str | None = None) -> str:
    """Return a value of the KPI's metric with its unit; a dash for none."""
    if value is None:
        return "–"
    if kpi.declared is None:
        return locale_of_page().format_number(value)
    return say_value(value, kpi.declared.unit, currency or kpi.currency).say(language_of_page())


def write_target(kpi: Kpi) -> str:
    """Return what the KPI promises as it was written, in the language of the page."""
    if kpi.target is None:
        return "–"
    if kpi.target.how == "value":
        return write_amount(kpi, kpi.target.amount)
    return kpi.target.say().say(language_of_page())


def write_day(day: date | None, style: str = "medium") -> str:
    """Return a day as the language of the page writes it."""
    return locale_of_page().format_date(day, style) if day else "–"


def card_of(brand: Brand, judgement: Judgement, history: Sequence[Check] = ()) -> parts.Figure:
    """Return a judged KPI as a card; the small line is its checks so far."""
    kpi = judgement.kpi
    held = [step_of(c.value, is_least=bool(c.is_least)) for c in history if c.kpi == kpi.key]
    now = steps_of([judgement.figure]) if judgement.figure else (judgement.value,)
    return parts.Figure(
        label=kpi.name,
        meaning=kpi.declared.meaning if kpi.declared else "",
        value=write_amount(kpi, judgement.value, judgement.currency)
        if judgement.value is not None
        else "",
        reason=reason_of(judgement),
        href=reverse("plan:kpi", args=[brand.slug, kpi.key]),
        spark=(*held, *now) if held else (),
        spark_says=_("Value at each check"),
        goal=judgement.target,
        target=promise_of(judgement),
        verdict=verdict_of(judgement),
        freshness=freshness_of(judgement),
        is_provisional=judgement.provisional_days > 0,
    )


def promise_of(judgement: Judgement) -> str:
    """Return the target with its day, and the odds where they can be said."""
    kpi, locale = judgement.kpi, locale_of_page()
    target = (
        write_amount(kpi, judgement.target, judgement.currency)
        if judgement.target is not None
        else write_target(kpi)
    )
    data = {"target": target, "day": write_day(kpi.due)}
    if judgement.odds is None:
        return PROMISE.say(locale.language, **data)
    return LIKELY.say(locale.language, odds=locale.format_percent(judgement.odds, 0), **data)


PROMISE = Text("{target} by {day}", "{target} sampai {day}")
LIKELY = Text(
    "{odds} likely to reach {target} by {day}", "Peluang {odds} mencapai {target} sampai {day}"
)


def freshness_of(judgement: Judgement) -> str:
    """Return up to which day the data speaks."""
    if judgement.as_of is None:
        return ""
    return UNTIL.say(
        language_of_page(), day=write_day(judgement.as_of - timedelta(days=1), "short")
    )


UNTIL = Text("data until {day}", "data sampai {day}")


def rhythm_of(kpi: Kpi) -> Text:
    """Return how often the KPI is checked."""
    return RHYTHM_NAMES[kpi.rhythm] if kpi.rhythm else Text("no rhythm yet", "belum ada ritme")


def gravest_first(judgements: Sequence[Judgement]) -> list[Judgement]:
    """Return judgements with the exceptions first."""
    return sorted(judgements, key=lambda j: GRAVITY.index(j.state))


def answer_of(judgements: Sequence[Judgement]) -> Text:
    """Return in one sentence how all KPIs stand together."""
    bad = sum(j.state in ("missed", "off_track") for j in judgements)
    risk = sum(j.state == "at_risk" for j in judgements)
    good = sum(TONES[j.state] == "good" for j in judgements)
    unknown = sum(j.state == "not_enough_data" for j in judgements)
    told = [(good, _GOOD), (risk, _RISK), (bad, _BAD), (unknown, _UNKNOWN)]
    said = [(n, words) for n, words in told if n]
    if not said:
        return Text("", "")
    lines = [
        ", ".join(w.say(language, n=n) for n, w in said)
        for language in ("en", "id")  # type: ignore[arg-type]
    ]
    return as_sentence(Text(*lines))


_GOOD = Text("{n} on track or achieved", "{n} sesuai jalur atau tercapai")
_RISK = Text("{n} at risk", "{n} berisiko")
_BAD = Text("{n} off track or missed", "{n} melenceng atau meleset")
_UNKNOWN = Text("{n} cannot be judged yet", "{n} belum bisa dinilai")


def owns(kpi: Kpi, names: Sequence[str]) -> bool:
    """Whether a KPI is answered for by a person called so."""
    owner = (kpi.owner or "").casefold().strip()
    return bool(owner) and any(
        owner == name.casefold() or owner == name.casefold().split(" ")[0].split("@")[0]
        for name in names
        if name
    )


def write_money(amount: Decimal | float | None, currency: str | None) -> str:
    """Return an amount in its currency as the language of the page writes it; a dash for none."""
    if amount is None or not currency:
        return "–"
    return locale_of_page().format_money(Money.of(Decimal(str(amount)), currency))
