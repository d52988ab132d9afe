"""The verdict on a file: what it is and holds, what was left out, what must be asked or refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Literal

import pyarrow as pa

from tolok.base import Text
from tolok.connectors import Aside, Check, Question

State = Literal["ready", "asked", "refused", "known"]


@dataclass(frozen=True)
class Part:
    """The verdict on one table of a file (a sheet, a section, a member of a ZIP)."""

    name: str
    state: Literal["ready", "asked", "refused", "unknown"]
    kind: str | None = None  # key of the export, "meta.instagram_content"
    kind_name: Text | None = None
    language: str = ""
    start: date | None = None
    end: date | None = None  # inclusive
    accounts: tuple[str, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict)  # lake table -> rows taken
    aside_count: int = 0
    set_aside: tuple[Aside, ...] = ()
    checks: tuple[Check, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[Text, ...] = ()
    ignored_headers: tuple[str, ...] = ()
    reason: Text | None = None  # why it is refused or unknown
    data: Mapping[str, object] = field(default_factory=dict)
    facts: Mapping[str, pa.Table] = field(default_factory=dict, repr=False, compare=False)

    @property
    def rows_taken(self) -> int:
        """Return the number of fact rows of all tables, see `count_taken`."""
        return count_taken(self.rows)


def count_taken(rows: Mapping[str, int]) -> int:
    """Return how many rows a person would count: 48 for 48 posts and the account they are of."""
    return sum(n for table, n in rows.items() if table != "accounts") or sum(rows.values())


@dataclass(frozen=True)
class Verdict:
    """The verdict on one file, before anything is written.

    `ready`: `take` will write it; `asked`: a question is open; `refused`: the reason says why and
    what to do; `known`: the same bytes were imported before. Parts that are refused or unknown are
    left out of a ready file, each with its reason.
    """

    path: Path
    state: State
    digest: str = ""
    parts: tuple[Part, ...] = ()
    observed_at: datetime | None = None  # naive UTC
    reason: Text | None = None
    hint: Text | None = None
    data: Mapping[str, object] = field(default_factory=dict)

    @property
    def rows(self) -> Mapping[str, int]:
        """Return lake table -> rows that are, or would be, taken."""
        total: dict[str, int] = {}
        for part in self.parts:
            for table, count in part.rows.items():
                total[table] = total.get(table, 0) + count
        return total

    @property
    def accounts(self) -> tuple[str, ...]:
        """Return the accounts of all parts, sorted."""
        return tuple(sorted({a for p in self.parts for a in p.accounts}))

    @property
    def start(self) -> date | None:
        """Return the first day any part speaks of."""
        return min((p.start for p in self.parts if p.start), default=None)

    @property
    def end(self) -> date | None:
        """Return the last day any part speaks of."""
        return max((p.end for p in self.parts if p.end), default=None)

    @property
    def aside_count(self) -> int:
        """Return how many rows were set aside in all parts."""
        return sum(p.aside_count for p in self.parts)

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return the open questions of all parts, each once."""
        found = {
            (q.key, q.text.en, q.choices, str(q.data)): q for p in self.parts for q in p.questions
        }
        return tuple(found.values())

    def without_facts(self) -> Verdict:
        """Return the verdict without its rows, light enough to keep many."""
        parts = tuple(_bare(p) for p in self.parts)
        return Verdict(
            self.path, self.state, self.digest, parts, self.observed_at,
            self.reason, self.hint, self.data,
        )  # fmt: skip


def _bare(part: Part) -> Part:
    values = {name: getattr(part, name) for name in part.__dataclass_fields__ if name != "facts"}
    return Part(**values)
