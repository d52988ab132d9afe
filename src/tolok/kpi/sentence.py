"""Reading a KPI out of a sentence such as “naikkan engagement 20% dalam 3 bulan”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from tolok.base import Unit, slug_of
from tolok.metrics import load_metrics

from .concepts import Concept, load_concepts, load_fit
from .kpi import Aim, Kpi, Per, Rhythm
from .sentence_amount import Amount, find_amount
from .sentence_day import find_due
from .target import Target

_NAME = re.compile(r"^\s*([^:.]{2,60}):\s+(?=\S)")
_LABELS = r"(?:pj|pic|penanggung jawab|owner|tujuan|goal|alasan|reason|kpi|targets?)"
_OWNER = re.compile(
    r"(?i:\b(?:pj|pic|penanggung jawab|owner|owned by|oleh)\b)\s*:?\s+"
    r"([A-Z][\w'-]+(?: [A-Z][\w'-]+)?)"
)  # fmt: skip
_GOAL = re.compile(
    r"\b(?:tujuan|goal|alasan|reason)\s*:\s*([^.;]+)|"
    r"\b((?:agar|supaya|demi|guna|sehingga|karena|untuk (?:me|ber)\w+|so that|in order to|"
    r"to support|to help|because|to reach (?=[a-z]))[^,;.]*)",
    re.IGNORECASE,
)  # fmt: skip
_RHYTHM = re.compile(
    r"\b(?:di)?(?:cek|pantau|periksa|tinjau)\w*\s+(?:(?:se)?tiap|per)?\s*(\w+)|"
    r"\b(?:check|monitor|review|track)(?:ed|ing)?\s+(?:every|each)?\s*(\w+)",
    re.IGNORECASE,
)  # fmt: skip
_RHYTHMS: dict[str, Rhythm] = {
    "jam": "day", "hari": "day", "harian": "day", "hour": "day", "hourly": "day", "day": "day",
    "daily": "day", "minggu": "week", "mingguan": "week", "week": "week", "weekly": "week",
    "bulan": "month", "bulanan": "month", "month": "month", "monthly": "month",
    "kuartal": "quarter", "triwulan": "quarter", "quarter": "quarter", "quarterly": "quarter",
}  # fmt: skip
_PER = re.compile(
    r"\b(?:per|a|tiap|setiap|each|every)\s+(minggu|bulan|kuartal|triwulan|week|month|quarter)\b|"
    r"\b(weekly|monthly|quarterly|bulanan|mingguan)\b|"
    r"/\s?(minggu|bulan|kuartal|triwulan|week|month|quarter)\b",
    re.IGNORECASE,
)  # fmt: skip
_BUDGET = re.compile(
    r"\b(?:(?:with|at|on)\s+(?:a\s+)?budget(?:\s+of)?|budget|(?:dengan\s+)?(?:anggaran|biaya iklan))"
    r"\s*:?\s*(?=[^\s\d]{0,4}\s?\d)([^,;]*?\d[\d.,]*\d?\s?(?:rb|ribu|k|jt|juta|million|m|miliar)?)(?=\W|$)",
    re.IGNORECASE,
)  # fmt: skip
_PERS: dict[str, Per] = {
    "minggu": "week", "mingguan": "week", "week": "week", "weekly": "week", "bulan": "month",
    "bulanan": "month", "month": "month", "monthly": "month", "kuartal": "quarter",
    "triwulan": "quarter", "quarter": "quarter", "quarterly": "quarter",
}  # fmt: skip
_STAY = re.compile(r"\b(?:sepanjang|selalu|throughout|always|stay\w*)\b", re.IGNORECASE)
_BESIDE = re.compile(
    r",\s|\b(?:sambil|sekaligus|bersama|serta|dengan|while|together with|with)\b", re.IGNORECASE
)
_CAP = re.compile(
    r"\b(?:maksimal|maksimum|paling (?:banyak|lama)|di bawah|kurang dari|at most|max|below|under|"
    r"within|no more than)\b", re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True)
class Sentence:
    """A KPI read out of a sentence, and the part of the text each field was read from.

    The KPI's `metric` is empty when no metric was named; `benchmark` and `counter` hold what
    else was mentioned.
    """

    kpi: Kpi
    read: dict[str, str]


class _Rest:
    """A text from which read parts are taken out, so that no part is read twice."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.read: dict[str, str] = {}

    def take(self, field: str, start: int, end: int) -> None:
        self.read[field] = self.text[start:end].strip()
        self.text = self.text[:start] + " " * (end - start) + self.text[end:]


def read_sentence(text: str, today: date) -> Sentence:
    """Read a KPI out of one sentence in English or Bahasa Indonesia; never raises.

    What the sentence does not say stays empty: nothing is guessed, the doctor asks for it.
    """
    rest = _Rest(text.strip())
    name = _take_name(rest)
    owner = _take(rest, "owner", _OWNER)
    goal = _take(rest, "goal", _GOAL)
    rhythm = _take_rhythm(rest)
    benchmark = _take_benchmark(rest)
    budget = _take_budget(rest)
    due = find_due(rest.text, today)
    if due is not None:
        rest.take("due", due.start, due.end)
    mentioned = list(find_concepts(rest.text))
    main = mentioned[0][0] if mentioned else None
    platforms = _find_platforms(rest.text) or _find_platforms(name or "")
    per = _take_per(rest)
    amount = find_amount(rest.text, unit=_unit_of(main))
    if amount is not None:
        rest.read["target"] = rest.text[amount.start : amount.end].strip()
    beside = [c.metric for c, _, _ in mentioned[1:] if c is not main]
    kpi = Kpi(
        key=slug_of(name or text) or "kpi", name=name or text.strip()[:80],
        metric=main.metric if main else "", platforms=platforms, owner=owner, goal=goal,
        rhythm=rhythm, per=per, target=amount.target if amount else None,
        baseline=amount.baseline if amount else None, aim=_find_aim(rest.text, main),
        start=today if due is not None else None, due=due.day if due is not None else None,
        counter=beside[0] if beside else None, benchmark=benchmark, state="draft",
        budget=budget.target.amount if budget else None,
        currency=(budget and budget.currency) or (amount and amount.currency) or None,
    )  # fmt: skip
    return Sentence(_as_gain(kpi), rest.read)


def _as_gain(kpi: Kpi) -> Kpi:
    """Return a level that is to grow by so many per period as the gain of each period."""
    declared = kpi.declared
    grows = kpi.target is not None and kpi.target.how == "change" and kpi.per is not None
    if declared is None or declared.kind != "level" or not grows or kpi.target is None:
        return kpi
    gain = f"{declared.key}_net"
    if gain not in load_metrics():
        return kpi
    return replace(kpi, metric=gain, target=Target("value", kpi.target.amount))


def find_concepts(text: str) -> Iterator[tuple[Concept, int, int]]:
    """Yield the concepts a text mentions, in its order; the more particular hides its parts."""
    taken: list[tuple[int, int, Concept]] = []
    for concept in load_concepts().values():
        for pattern in concept.words:
            for found in pattern.finditer(text):
                if not any(found.start() < e and s < found.end() for s, e, _ in taken):
                    taken.append((found.start(), found.end(), concept))
    for start, end, concept in sorted(taken, key=lambda t: t[0]):
        yield concept, start, end


def _take_name(rest: _Rest) -> str | None:
    found = _NAME.match(rest.text)
    if found is None or re.fullmatch(_LABELS, found[1].strip(), re.IGNORECASE):
        return None
    rest.take("name", found.start(), found.end())
    return found[1].strip()


def _take(rest: _Rest, field: str, pattern: re.Pattern[str]) -> str | None:
    found = pattern.search(rest.text)
    if found is None:
        return None
    words = next(g for g in found.groups() if g)
    rest.take(field, found.start(), found.end())
    return words.strip(" ,.")


def _take_rhythm(rest: _Rest) -> Rhythm | None:
    for found in _RHYTHM.finditer(rest.text):
        word = (found[1] or found[2] or "").lower()
        if word in _RHYTHMS:
            rest.take("rhythm", found.start(), found.end())
            return _RHYTHMS[word]
    return None


def _take_benchmark(rest: _Rest) -> str | None:
    for publisher in load_fit().benchmarks:
        found = re.search(rf"[^,;]*\b{publisher}\b", rest.text, re.IGNORECASE)
        if found is None:
            continue
        name = re.search(publisher, found[0], re.IGNORECASE)
        start = found.start() + (name.start() if name else 0)
        rest.take("benchmark", start, found.end())
        return publisher
    return None


def _take_budget(rest: _Rest) -> Amount | None:
    found = _BUDGET.search(rest.text)
    amount = find_amount(found[1]) if found else None
    if found is None or amount is None or amount.target.how != "value":
        return None
    rest.take("budget", found.start(), found.end())
    return amount


def _unit_of(concept: Concept | None) -> Unit | None:
    declared = load_metrics().get(concept.metric) if concept else None
    return declared.unit if declared else None


def _take_per(rest: _Rest) -> Per | None:
    found = _PER.search(rest.text)
    if found is None:
        return None
    rest.take("per", found.start(), found.end())
    return _PERS[(found[1] or found[2] or found[3]).lower()]


def _find_platforms(text: str) -> tuple[str, ...]:
    """Return the platforms the main clause names, else the whole text; paid hides its carrier."""
    main = _BESIDE.split(text, maxsplit=1)[0]
    found = _platforms_in(main) or _platforms_in(text)
    paid = {p for p in found if p.endswith("_ads")}
    kept = {p: s for p, s in found.items() if not paid or p in paid}
    return tuple(sorted(kept, key=lambda p: kept[p]))


def _platforms_in(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for platform, patterns in load_fit().names.items():
        hits = [hit.start() for p in patterns if (hit := p.search(text))]
        if hits:
            found[platform] = min(hits)
    return found


def _find_aim(text: str, concept: Concept | None) -> Aim:
    if _STAY.search(text):
        is_cap = bool(_CAP.search(text)) or bool(concept and concept.down)
        return "stay_below" if is_cap else "stay_above"
    return "reach"
