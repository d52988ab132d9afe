"""The values of a path that a team writes by hand: on given days, or one for each month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from tolok.base import RATIO, Calendar
from tolok.kpi import Kpi
from tolok.kpi.target import read_plain
from tolok.web.shell.language import language_of_page, point_of_page

BY_HAND = ("stepped", "monthly")
_SHOWN = 4  # lines offered before any is filled
MOST = 12  # days with a value of their own that the form offers
_MONTHS = 60
Steps = tuple[tuple[date, float], ...]


@dataclass(frozen=True)
class Row:
    """One line of the form: the day it speaks of, and what is typed as its value."""

    key: str
    day: str
    value: str
    label: str = ""


def rows_of(kpi: Kpi, posted: Mapping[str, str] | None = None) -> list[Row]:
    """Return the lines to fill in for the path of a KPI; none for a path that needs none."""
    if kpi.path == "monthly":
        return _month_rows(kpi, posted)
    if kpi.path == "stepped":
        return _day_rows(kpi, posted)
    return []


def _month_rows(kpi: Kpi, posted: Mapping[str, str] | None) -> list[Row]:
    if kpi.window is None:
        return []
    known = {day.replace(day=1): amount for day, amount in kpi.steps}
    rows = []
    for month in Calendar().split(kpi.window, "month")[:_MONTHS]:
        first = month.start.replace(day=1)
        key = f"month.{first:%Y-%m}"
        whole = Calendar().period_of(first, "month").label(language_of_page())
        value = write_value(kpi, known.get(first))
        rows.append(Row(key, first.isoformat(), (posted or {}).get(key, value), whole))
    return rows


def _day_rows(kpi: Kpi, posted: Mapping[str, str] | None) -> list[Row]:
    rows = []
    for number in range(MOST):
        day, amount = kpi.steps[number] if number < len(kpi.steps) else (None, None)
        key = f"step.{number}"
        told = posted or {}
        rows.append(Row(
            key, told.get(f"{key}.day", day.isoformat() if day else ""),
            told.get(key, write_value(kpi, amount)),
        ))  # fmt: skip
    filled = sum(1 for row in rows if row.day or row.value)
    return rows[: max(_SHOWN, filled + 1)]


def write_value(kpi: Kpi, amount: float | None) -> str:
    """Return a value as a person would type it in the language of the page; empty for none."""
    if amount is None:
        return ""
    is_share = kpi.declared is not None and kpi.declared.unit == RATIO
    words = f"{round(amount * 100, 9):.10g}%" if is_share else f"{amount:.12g}"
    return point_of_page(words)


def has_steps(posted: Mapping[str, str]) -> bool:
    """Whether a form carried any such line."""
    return any(name.startswith(("month.", "step.")) for name in posted)


def read_steps(posted: Mapping[str, str], path: str) -> tuple[Steps, str]:
    """Return the values typed for a path, and what is wrong with them; empty for nothing."""
    found: list[tuple[date, float]] = []
    for name, typed in posted.items():
        words = str(typed).strip()
        if path == "monthly" and name.startswith("month."):
            day = _day(f"{name.removeprefix('month.')}-01")
        elif path == "stepped" and name.startswith("step.") and not name.endswith(".day"):
            day = _day(str(posted.get(f"{name}.day", "")))
            if words and day is None:
                return (), _("Each value of the path needs its day.")
        else:
            continue
        if not words or day is None:
            continue
        amount = _number(words)
        if amount is None:
            return (), _("“%(words)s” is no number.") % {"words": words[:40]}
        found.append((day, amount))
    if len({day for day, _amount in found}) < len(found):
        return (), _("A day stands twice in the path.")
    return tuple(sorted(found)), ""


def _day(words: str) -> date | None:
    try:
        return parse_date(words)
    except ValueError:
        return None


def _number(words: str) -> float | None:
    number = read_plain(words.rstrip("% ").strip())
    return number / 100 if number is not None and words.endswith("%") else number
