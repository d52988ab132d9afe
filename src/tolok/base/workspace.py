"""The home folder: workspaces, their brands, and where lakes, KPI files and mappings lie."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tomli_w

from .errors import UserError
from .money import check_currency
from .period import Calendar
from .text import Language, Text

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MAIN = "main"
_WRITTEN = (
    "slug",
    "name",
    "time_zone",
    "currency",
    "week_start",
    "fiscal_start_month",
    "language",
    "industry",
)
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


@dataclass(frozen=True)
class BrandProfile:
    """What a brand says about itself once: its calendar, currency, language and accounts."""

    slug: str
    name: str
    time_zone: str = "Asia/Jakarta"
    currency: str = "IDR"
    week_start: str = "monday"
    fiscal_start_month: int = 1
    language: Language = "id"
    industry: str | None = None
    accounts: tuple[Mapping[str, str], ...] = field(default=())

    def __post_init__(self) -> None:
        check_slug(self.slug)
        check_currency(self.currency)
        if self.week_start not in WEEKDAYS:
            raise UserError(
                Text("“{day}” is no day of the week.", "“{day}” bukan nama hari."),
                Text("Write one of {known}.", "Tulis salah satu dari {known}."),
                day=self.week_start, known=", ".join(WEEKDAYS),
            )  # fmt: skip

    @property
    def calendar(self) -> Calendar:
        """Return how the brand counts its days."""
        return Calendar(WEEKDAYS.index(self.week_start), self.fiscal_start_month, self.time_zone)


@dataclass(frozen=True)
class Workspace:
    """One team's folder: the wall nobody sees through."""

    folder: Path

    @property
    def lake_folder(self) -> Path:
        """Where the facts lie."""
        return self.folder / "lake"

    @property
    def mappings_folder(self) -> Path:
        """Where remembered mappings of own spreadsheets lie."""
        return self.folder / "mappings"

    def kpi_file(self, brand: str) -> Path:
        """Return the KPI file of a brand; it may not exist yet."""
        return self.folder / "kpis" / f"{check_slug(brand)}.toml"

    def brand_file(self, brand: str) -> Path:
        """Return the profile file of a brand; it may not exist yet."""
        return self.folder / "brands" / f"{check_slug(brand)}.toml"

    def brands(self) -> list[str]:
        """Return the slugs of the brands, sorted."""
        return sorted(p.stem for p in (self.folder / "brands").glob("*.toml"))

    def brand(self, slug: str) -> BrandProfile:
        """Return a brand's profile; raises UserError when there is none or it cannot be read."""
        path = self.brand_file(slug)
        if not path.exists():
            raise UserError(
                Text("There is no brand “{slug}” here.", "Tidak ada merek “{slug}” di sini."),
                Text("Known brands: {known}. `tolok init {slug}` makes it.",
                     "Merek yang ada: {known}. Buat dengan `tolok init {slug}`."),
                slug=slug, known=", ".join(self.brands()) or "–",
            )  # fmt: skip
        return read_profile(path)

    def save_brand(self, profile: BrandProfile) -> Path:
        """Write a brand's profile and return its file."""
        path = self.brand_file(profile.slug)
        path.parent.mkdir(parents=True, exist_ok=True)
        passing = path.with_suffix(".part")
        passing.write_text(write_profile(profile), encoding="utf-8")
        passing.replace(path)
        return path


@dataclass(frozen=True)
class Home:
    """One installation's folder; holds workspaces and, with the web application, its database."""

    folder: Path

    @classmethod
    def find(cls, given: Path | str | None = None) -> Home:
        """Return the home folder: the one given, else TOLOK_HOME, else ~/.tolok."""
        chosen = given or os.environ.get("TOLOK_HOME") or Path.home() / ".tolok"
        return cls(Path(chosen).expanduser().resolve())

    def workspace(self, slug: str = MAIN) -> Workspace:
        """Return a workspace's folder; it is made when something is written."""
        return Workspace(self.folder / "workspaces" / check_slug(slug))

    def workspaces(self) -> list[str]:
        """Return the slugs of the workspaces, sorted."""
        return sorted(p.name for p in (self.folder / "workspaces").glob("*") if p.is_dir())


def check_slug(slug: str) -> str:
    """Return the slug; raises UserError when it is not lower-case letters, digits and hyphens."""
    if not _SLUG.fullmatch(slug):
        raise UserError(
            Text("“{slug}” cannot be used as a short name.",
                 "“{slug}” tidak dapat dipakai sebagai nama pendek."),
            Text("Use small letters, digits and hyphens, such as kopi-serambi.",
                 "Pakai huruf kecil, angka, dan tanda hubung, misalnya kopi-serambi."),
            slug=slug,
        )  # fmt: skip
    return slug


def slug_of(name: str) -> str:
    """Return a short name made from a shown one: “Kopi Serambi” gives kopi-serambi."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:63].rstrip("-")


def read_profile(path: Path) -> BrandProfile:
    """Read a brand's profile from TOML; raises UserError naming the file when it cannot."""
    try:
        told: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        known = {k: v for k, v in told.items() if k in BrandProfile.__dataclass_fields__}
        return BrandProfile(**{**known, "accounts": tuple(told.get("accounts", ()))})
    except (tomllib.TOMLDecodeError, TypeError, UnicodeDecodeError) as error:
        raise UserError(
            Text("The brand file {file} cannot be read: {why}.",
                 "Berkas merek {file} tidak terbaca: {why}."),
            Text("Mend that line, or delete the file and run `tolok init` again.",
                 "Perbaiki baris itu, atau hapus berkasnya dan jalankan `tolok init` lagi."),
            file=path.name, why=error,
        ) from None  # fmt: skip


def write_profile(profile: BrandProfile) -> str:
    """Return the profile as TOML, in a fixed order."""
    told = {name: getattr(profile, name) for name in _WRITTEN}
    told = {name: value for name, value in told.items() if value is not None}
    accounts = [dict(account) for account in profile.accounts]
    return tomli_w.dumps({**told, "accounts": accounts} if accounts else told)
