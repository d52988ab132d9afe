"""A report: the pages of one audience, built for one brand and period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tolok.base import BrandProfile, Language, Period, Text, UserError
from tolok.kpi import Kpi
from tolok.metrics import Engine

from .blocks import Sheet
from .case import HISTORY, Case
from .page import AUDIENCE_NAMES, AUDIENCES, Audience, Page, load_pages

ACCENT = "#3b4cca"
FORMATS = ("pdf", "pptx", "xlsx", "html", "eml")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_PICTURES = (".png", ".jpg", ".jpeg", ".svg")
_TITLES = {
    "day": Text("Daily report", "Laporan harian"),
    "week": Text("Weekly report", "Laporan mingguan"),
    "biweek": Text("Two-week report", "Laporan dua mingguan"),
    "month": Text("Monthly report", "Laporan bulanan"),
    "bimonth": Text("Two-month report", "Laporan dua bulanan"),
    "quarter": Text("Quarterly report", "Laporan triwulanan"),
    "half": Text("Half-year report", "Laporan semesteran"),
    "year": Text("Yearly report", "Laporan tahunan"),
    "fiscal_year": Text("Yearly report", "Laporan tahunan"),
}
_ANY = Text("Report", "Laporan")


@dataclass(frozen=True)
class Style:
    """How a report looks for one reader: accent colour (#rrggbb) and logo (PNG, JPEG or SVG)."""

    accent: str = ACCENT
    logo: Path | None = None

    def __post_init__(self) -> None:
        if not _COLOUR.fullmatch(self.accent):
            raise UserError(
                Text("“{accent}” is no colour.", "“{accent}” bukan warna."),
                Text("Write it like #3b4cca.", "Tulis seperti #3b4cca."), accent=self.accent,
            )  # fmt: skip
        if self.logo is not None and self.logo.suffix.lower() not in _PICTURES:
            raise UserError(
                Text("The logo {file} is no picture Tolok can print.", "Logo {file} bukan gambar yang bisa dicetak."),
                Text("Use PNG, JPEG or SVG.", "Pakai PNG, JPEG, atau SVG."), file=self.logo.name,
            )  # fmt: skip

    @classmethod
    def of(cls, *, accent: str | None = None, logo: Path | None = None) -> Style:
        """Return the style with what was chosen, the rest as usual."""
        return cls(accent or ACCENT, logo)


@dataclass(frozen=True)
class Report:
    """A built report, ready to be drawn in any format and language."""

    brand: str
    name: str
    period: Period
    audience: Audience
    sheets: tuple[Sheet, ...]
    made_on: date
    style: Style = field(default_factory=Style)

    @property
    def title(self) -> Text:
        """What the report is called, by the length of its period."""
        return _TITLES.get(self.period.grain, _ANY)

    @property
    def is_empty(self) -> bool:
        """Whether no page has anything to say."""
        return all(s.nothing is not None for s in self.sheets)

    @property
    def told(self) -> tuple[Sheet, ...]:
        """Return the pages that have something to say."""
        return tuple(s for s in self.sheets if s.nothing is None)

    @property
    def silent(self) -> tuple[Sheet, ...]:
        """Return the pages with nothing to say."""
        return tuple(s for s in self.sheets if s.nothing is not None)

    def file_name(self, suffix: str, language: Language) -> str:
        """Return a name for the file: kopi-serambi-2026-10-team-id.pdf."""
        key = self.period.key.replace("..", "_").replace("/", "-")
        return f"{self.brand}-{key}-{self.audience}-{language}.{suffix}"


def build_report(
    engine: Engine, profile: BrandProfile, period: Period, *, kpis: Sequence[Kpi] = (),
    audience: Audience = "team", pages: Sequence[str] = (), style: Style | None = None,
    history: int = HISTORY,
) -> Report:  # fmt: skip
    """Return the report of a brand and period for an audience.

    `pages` chooses some by key, in their order; else all meant for the audience. A page with
    nothing to say says so in one line and is left out for clients. Raises UserError for an
    unknown audience or page.
    """
    if audience not in AUDIENCES:
        raise UserError(
            Text("There is no template “{audience}”.", "Tidak ada templat “{audience}”."),
            Text("Choose one of {known}.", "Pilih salah satu dari {known}."),
            audience=audience, known=", ".join(AUDIENCES),
        )  # fmt: skip
    case = Case(engine, profile, period, tuple(kpis), history)
    chosen = _chosen(audience, pages)
    case.follow(key for page in chosen for key in page.follows)
    sheets = [page.make(case) for page in chosen]
    if audience == "client":
        sheets = [s for s in sheets if s.nothing is None]
    return Report(profile.slug, profile.name, period, audience, tuple(sheets), engine.today,
                  style or Style())  # fmt: skip


def _chosen(audience: Audience, keys: Sequence[str]) -> list[Page]:
    known = load_pages()
    unknown = [k for k in keys if k not in known]
    if unknown:
        raise UserError(
            Text("There is no page “{key}”.", "Tidak ada halaman “{key}”."),
            Text("Choose among {known}.", "Pilih dari {known}."),
            key=unknown[0], known=", ".join(known),
        )  # fmt: skip
    if keys:
        return [known[k] for k in keys]
    return [p for p in known.values() if audience in p.audience]


__all__ = ["AUDIENCE_NAMES", "Report", "Style", "build_report"]
