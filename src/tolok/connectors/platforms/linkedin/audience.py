"""Who follows a page or person on LinkedIn, as of the export."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow.compute as pc

from tolok.base import Text, local_moment

from ...connector import Export, Extract, Field
from ...source import Source

_DIMENSIONS = {
    "location": "city", "job_function": "job", "seniority": "seniority", "industry": "industry",
    "company_size": "company_size",
}  # fmt: skip
_SEGMENTS = tuple(Field(name, "text") for name in _DIMENSIONS)


def read_demographics(source: Source) -> Extract:
    """Return followers by one dimension: people, a level as of the export."""
    name = next(n for n in _DIMENSIONS if source.has(n))
    return source.extract({"audience": source.filled() | _about(source) | {
        "dimension": _DIMENSIONS[name], "segment": source.text(name),
    }})  # fmt: skip


def read_visitor_demographics(source: Source) -> Extract:
    """Refuse: views of the page by job or place are no people of an audience."""
    return source.refuse("visitors", Text(
        "Page views by place, job or company are not kept; days of visitors are.",
        "Kunjungan menurut lokasi, pekerjaan, atau perusahaan tidak disimpan; harian "
        "pengunjung disimpan."))  # fmt: skip


def read_person_demographics(source: Source) -> Extract:
    """Return shares of a person's audience; `< 1%` is not known, not zero."""
    dimension = source.meanings("category", "dimension")
    source.set_aside(pc.is_null(dimension), Text(
        "a list for which Tolok has no place", "daftar yang tidak disimpan Tolok"))  # fmt: skip
    return source.extract({"audience": source.filled() | _about(source) | {
        "dimension": dimension, "segment": source.text("value"),
    }})  # fmt: skip


def observed_day(source: Source) -> date | None:
    """Return the day the export was made; asked where nothing tells it."""
    seen = source.told.observed_at
    if seen is not None:
        return local_moment(source.told.timezone, seen).date()
    source.ask("observed", Text(
        "The file does not say of which day it is. Say it with --observed.",
        "Berkas ini tidak menyebut tanggalnya. Sebutkan dengan --observed."))  # fmt: skip
    return None


def _about(source: Source) -> dict[str, Any]:
    return {"account": source.account("linkedin"), "platform": "linkedin",
            "day": observed_day(source)}  # fmt: skip


_WHERE = Text(
    "LinkedIn page (admin view) › Analytics › Followers › Export",
    "Halaman LinkedIn (tampilan admin) › Analitik › Pengikut › Ekspor",
)

DEMOGRAPHICS = Export(
    key="linkedin.demographics",
    name=Text(
        "LinkedIn followers by place, job, company", "Pengikut LinkedIn menurut lokasi, pekerjaan"
    ),
    platform="linkedin",
    fields=(*_SEGMENTS, Field("people", "count", "people", required=True)),
    read=read_demographics,
    required_any=(tuple(_DIMENSIONS),),
    where=_WHERE,
)

VISITOR_DEMOGRAPHICS = Export(
    key="linkedin.visitor_demographics",
    name=Text(
        "LinkedIn visitors by place, job, company", "Pengunjung LinkedIn menurut lokasi, pekerjaan"
    ),
    platform="linkedin",
    fields=(*_SEGMENTS, Field("views", "count", required=True)),
    read=read_visitor_demographics,
    required_any=(tuple(_DIMENSIONS),),
)

PERSON_DEMOGRAPHICS = Export(
    key="linkedin.person_demographics",
    name=Text("LinkedIn person, audience", "LinkedIn pribadi, audiens"),
    platform="linkedin",
    fields=(
        Field("category", "text", required=True),
        Field("value", "text", required=True),
        Field("share", "percent", "share", required=True),
    ),
    read=read_person_demographics,
)
