"""Kinds of jobs: a function becomes one by `@job`, and is found by its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tolok.base import DefinitionError, Text

if TYPE_CHECKING:
    from .run import Run

Work = Callable[["Run"], dict[str, Any] | None]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What can be done: its name, the function, how often it may be tried, when it recurs."""

    name: str
    work: Work
    attempts: int
    schedule: str
    zone: str


_KINDS: dict[str, Kind] = {}


def job(
    name: str, *, attempts: int = 5, schedule: str = "", zone: str = "Asia/Jakarta"
) -> Callable[[Work], Work]:
    """Declare a function as the work of a kind of job, in a `jobs.py` of any app.

    `schedule` is a cron rule in the time zone (`"0 6 * * *"`: each day at six); such a job gets
    an empty payload. The function takes a `Run` and may return a result (a JSON object).
    Raises DefinitionError when the name is taken.
    """

    def declare(work: Work) -> Work:
        known = _KINDS.get(name)
        if known and known.work.__module__ != work.__module__:
            raise DefinitionError(
                Text(
                    "Two functions want to be the job {name}.",
                    "Dua fungsi ingin menjadi tugas {name}.",
                ),
                name=name,
            )
        _KINDS[name] = Kind(name=name, work=work, attempts=attempts, schedule=schedule, zone=zone)
        return work

    return declare


def find_kind(name: str) -> Kind:
    """Return a kind by name; raises DefinitionError when no app declares it."""
    try:
        return _KINDS[name]
    except KeyError:
        raise DefinitionError(
            Text("No app declares the job {name}.", "Tidak ada aplikasi dengan tugas {name}."),
            name=name,
        ) from None


def scheduled_kinds() -> list[Kind]:
    """Return the kinds that recur by a rule."""
    return [kind for kind in _KINDS.values() if kind.schedule]
