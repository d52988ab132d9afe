"""Verdicts on files as plain data in both languages, and answers as the importer takes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tolok.base import Locale, Text, TolokError
from tolok.connectors import Question
from tolok.intake import Answers, Part, Verdict, count_taken
from tolok.web.accounts.facts import calendar_of, profile_of, today_of
from tolok.web.accounts.models import Brand

_MOST_ASIDE = 200
KINDS_APART = ","  # tables of one file may be told different kinds
# The importer words some questions for the command line; in a page the field stands below.
QUESTIONS = {
    "account": Text("Which account is it of?", "Berkas ini milik akun mana?"),
    "order": Text("Is the month or the day first in its dates?",
                  "Tanggalnya ditulis bulan dulu atau hari dulu?"),
    "currency": Text("Which currency are its amounts in?", "Jumlah uangnya memakai mata uang apa?"),
    "decimal": Text("Which sign stands before the decimals?", "Tanda desimalnya apa?"),
    "observed": Text("On which day was it exported?", "Tanggal berapa berkas ini diekspor?"),
    "year": Text("On which day was it exported?", "Tanggal berapa berkas ini diekspor?"),
    "period": Text("Which days does it cover?", "Berkas ini mencakup hari apa saja?"),
    "kind": Text("Which export is it?", "Berkas ini ekspor yang mana?"),
}  # fmt: skip
_HEADERS = Text("Its columns: {headers}", "Kolomnya: {headers}")
_SHEET = Text("Sheet “{sheet}”, with the columns: {headers}", "Lembar “{sheet}”, dengan kolom: {headers}")  # fmt: skip
CHOICES = {
    "order": {
        "dmy": Text("day first: 31/12/2026", "hari dulu: 31/12/2026"),
        "mdy": Text("month first: 12/31/2026", "bulan dulu: 12/31/2026"),
    },
    "decimal": {".": Text("point: 1.5", "titik: 1.5"), ",": Text("comma: 1,5", "koma: 1,5")},
}  # fmt: skip


def both(text: Text | None, data: Mapping[str, object] | None = None) -> dict[str, str]:
    """Return words in both languages, filled in; empty for None."""
    if text is None:
        return {}
    return {"en": text.say("en", **(data or {})), "id": text.say("id", **(data or {}))}


def tell_verdict(verdict: Verdict, path: str) -> dict[str, Any]:
    """Return a verdict as plain data, its words in both languages."""
    return {
        "path": path,
        "name": Path(path).name,
        "folder": Path(path).parent.as_posix() if "/" in path else "",
        "state": verdict.state,
        "digest": verdict.digest,
        "reason": both(verdict.reason, verdict.data),
        "hint": both(verdict.hint, verdict.data),
        "rows": count_taken(verdict.rows),
        "tables": dict(verdict.rows),
        "accounts": list(verdict.accounts),
        "span": _span(verdict),
        "aside": verdict.aside_count,
        "questions": [_ask(q, verdict) for q in verdict.questions],
        "parts": [_part(p) for p in verdict.parts],
    }


def can_go_on(told: Mapping[str, Any]) -> bool:
    """Whether more can come of a file: it has a question, a table to map, or is ready to be taken."""
    if told.get("taken"):
        return False
    has_table = any(part["state"] == "unknown" for part in told["parts"])
    return has_table or told["state"] in ("asked", "ready")


def tell_file(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the little of a verdict that is kept when its files are gone."""
    return {
        "name": told["name"], "state": told["state"], "rows": told.get("tables", {}),
        "set_aside": told["aside"], "batch": told.get("batch"), "reason": told["reason"] or None,
    }  # fmt: skip


def _span(verdict: Verdict) -> dict[str, str]:
    if verdict.start is None or verdict.end is None:
        return {}
    first, last = verdict.start, verdict.end
    says = {}
    for language in ("en", "id"):
        locale = Locale(language)  # type: ignore[arg-type]
        says[language] = (
            locale.format_date(first)
            if first == last
            else f"{locale.format_date(first)} – {locale.format_date(last)}"
        )
    return says


def _ask(question: Question, verdict: Verdict) -> dict[str, Any]:
    """Return an open question as plain data."""
    return {
        "key": question.key,
        "text": both(QUESTIONS.get(question.key, question.text), question.data),
        "about": _about(question, verdict),
        "choices": list(question.choices),
        "names": {choice: both(name) for choice, name in question.names.items()},
        "example": str(question.data.get("example", "")),
    }


def _about(question: Question, verdict: Verdict) -> dict[str, str]:
    """Return which table of the file a question is about, where it asks about one."""
    if "headers" not in question.data:
        return {}
    names = [p.name for p in verdict.parts if question in p.questions]
    sheets = ", ".join(name for name in dict.fromkeys(names) if name != verdict.path.name)
    return both(_SHEET if sheets else _HEADERS, {**question.data, "sheet": sheets})


def _part(part: Part) -> dict[str, Any]:
    return {
        "name": part.name,
        "state": part.state,
        "kind": both(part.kind_name),
        "reason": both(part.reason, part.data),
        "rows": part.rows_taken,
        "aside": part.aside_count,
        "set_aside": [
            {"row": a.row, "reason": both(a.reason, a.data)} for a in part.set_aside[:_MOST_ASIDE]
        ],
        "checks": [
            {"state": c.state, "text": both(c.text, c.data)}
            for c in part.checks
            if c.state != "passed"
        ],
        "passed": sum(c.state == "passed" for c in part.checks),
        "notes": [both(n) for n in part.notes],
    }


def answers_for(brand: Brand, told: Mapping[str, str], *, again: bool = False) -> Answers:
    """Return what holds for one file: the brand's own settings and what the person told of it.

    An answer that cannot be read is left out; the question then stays open.
    """
    profile = profile_of(brand)
    account = told.get("account", "").strip().lower()
    order, decimal = told.get("order"), told.get("decimal")
    return Answers(
        timezone=profile.time_zone,
        accounts=(account,) if ":" in account else (),
        currency=told.get("currency", "").strip().upper() or profile.currency,
        order=order if order in ("mdy", "dmy") else None,  # type: ignore[arg-type]
        decimal=decimal if decimal in (".", ",") else None,  # type: ignore[arg-type]
        observed_at=_moment(told.get("observed") or told.get("year"), profile.time_zone),
        period=_period(told.get("period"), brand),
        today=today_of(brand),
        kinds=tuple(filter(None, told.get("kind", "").split(KINDS_APART))),
        again=again,
    )


def _moment(told: str | None, zone: str) -> datetime | None:
    try:
        day = datetime.fromisoformat(told or "")
    except ValueError:
        return None
    local = datetime.combine(day.date(), time(12), ZoneInfo(zone))
    return local.astimezone(UTC).replace(tzinfo=None)


def _period(told: str | None, brand: Brand) -> Any:
    if not told:
        return None
    try:
        return calendar_of(brand).parse(told, today_of(brand))
    except TolokError:
        return None
