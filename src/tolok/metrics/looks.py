"""When rows were last looked at, and which days may still change, as whole data files tell it.

Each data file's accounts are counted once (`lake/rollcall.py`), with their last look and the first
day looked at too soon. Where every file a question reads lies within one of its periods, rows need
not tell these again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from tolok.base import Period, PlatformFacts
from tolok.lake import calls_by_file

from .asked import Kept
from .cells import STATIC, USUAL_DAYS
from .query import LATE, SEEN, Answer, Key
from .rows import Question

# By group and period: the last look, and the first day that may change, since 1970, or NaN.
Looks = Mapping[Key, tuple[Any, float]]

_LOOKS = Kept(500)
_FIRST = date(1970, 1, 1)


def read_looks(question: Question, platforms: PlatformFacts) -> Looks | None:
    """Return the looks at the rows of each group and period; None where only rows tell them."""
    table, view, scope = question.table, question.view, question.scope
    if question.form != "day" or not table.is_time_in_key or not question.is_plain:
        return None
    names = [n for n in STATIC if n in table.schema.names]
    if not set(question.by) | set(scope.filters) <= set(names) or "platform" not in names:
        return None
    odd = frozenset(p for p, d in platforms.reread_days.items() if d != USUAL_DAYS)
    key = (view.version(table.key), question.layer, question.by, scope.shape(view), scope.brand,
           odd)  # fmt: skip
    return _LOOKS.get(key, lambda: _read(question, names, odd))


def _read(question: Question, names: Sequence[str], odd: frozenset[str]) -> Looks | None:
    calls = calls_by_file(question.view, question.table.key, *question.days())
    found: dict[Key, tuple[Any, float]] = {}
    for file, table in calls or ():
        bucket = _bucket_of(file.low, file.high, question.layer)
        if bucket is None:
            return None
        for row in table.select([*names, "seen", "late"]).to_pylist():
            if not question.scope.admits(row, question.view):
                continue
            if row["platform"] in odd:  # what is late of these, the rows must say
                return None
            key = tuple(row[d] for d in question.by), bucket
            seen, late = found.get(key, (row["seen"], np.nan))
            mine = np.nan if row["late"] is None else float((row["late"] - _FIRST).days)
            found[key] = max(seen, row["seen"]), float(np.fmin(late, mine))
    return None if calls is None else found


def _bucket_of(low: str | None, high: str | None, layer: Sequence[Period]) -> int | None:
    """Return the position of the period all days of a file lie in, None where there is none."""
    if low is None or high is None:
        return None
    inside = (p.start.isoformat() <= low and high < p.end.isoformat() for p in layer)
    return next((i for i, is_inside in enumerate(inside) if is_inside), None)


def with_looks(answer: Answer, looks: Looks) -> Answer:
    """Return the answer with the looks beside what the rows told."""
    told = [looks.get(key, (None, np.nan)) for key in answer.keys]
    seen = np.empty(len(told), dtype=object)
    seen[:] = [s for s, _ in told]
    late = np.array([n for _, n in told], dtype=float)
    return Answer(answer.keys, {**answer.columns, LATE: late}, {**answer.labels, SEEN: seen})
