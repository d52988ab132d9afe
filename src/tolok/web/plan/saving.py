"""Saving a KPI: the brand's TOML file stays the truth, and two people do not overwrite each other."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from tolok.base import Text, UserError, slug_of
from tolok.kpi import Kpi, read_kpis
from tolok.kpi.versions import change_kpi, write_definition
from tolok.web.accounts.facts import lake_of, workspace_of
from tolok.web.accounts.models import Brand

from .book import mark_of

CHANGED = Text(
    "{who} saved “{name}” while you were writing.",
    "“{name}” sudah disimpan oleh {who} saat Anda menulis.",
)
CHANGED_HINT = Text(
    "Nothing was overwritten. Open it again, look at what changed, then save yours.",
    "Tidak ada yang tertimpa. Buka lagi, lihat perubahannya, lalu simpan punya Anda.",
)
SOMEBODY = Text("Somebody else", "orang lain")


class Conflict(UserError):  # noqa: N818 - what happened, not whose fault
    """The KPI was changed since the form was opened."""

    code = "conflict"


def version_mark(kpi: Kpi | None) -> str:
    """Return the mark a form carries, so that saving knows what it was made from."""
    return mark_of(write_definition(kpi))[:16] if kpi else ""


@contextmanager
def hold_file(brand: Brand) -> Iterator[None]:
    """Hold the brand's KPI file, so that only one process reads and writes it at a time."""
    path = workspace_of(brand).kpi_file(brand.slug).with_suffix(".lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def save_kpi(
    brand: Brand, kpi: Kpi, *, seen: str, by: str, note: str | None = None, is_new: bool = False
) -> Kpi:
    """Write a KPI into the brand's file and keep its version; returns it as it was saved.

    `seen` is the `version_mark` of what the person had before them. A new KPI whose key is
    taken gets the next free one. Raises Conflict when somebody else was faster.
    """
    with hold_file(brand):
        workspace = workspace_of(brand)
        standing = {k.key: k for k in read_kpis(workspace.kpi_file(brand.slug))}
        if is_new:
            kpi = replace(kpi, key=free_key(kpi.key, set(standing)))
        elif version_mark(standing.get(kpi.key)) != seen:
            raise Conflict(CHANGED, CHANGED_HINT, name=kpi.name, who=SOMEBODY)
        change_kpi(workspace, lake_of(brand), brand.slug, kpi, by=by, note=note)
    return kpi


def free_key(wish: str, taken: set[str]) -> str:
    """Return the key, or the next free one that begins like it."""
    base = (slug_of(wish) or "kpi")[:56].strip("-")
    names = (base, *(f"{base}-{n}" for n in range(2, 1000)))
    return next(name for name in names if name not in taken)
