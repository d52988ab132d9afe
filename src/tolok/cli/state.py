"""What every command knows: the home folder, the workspace, the language, the chosen brand."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import cast

import click

from tolok.base import BrandProfile, Home, Language, Locale, Period, Text, UserError, Workspace
from tolok.connectors import platform_facts
from tolok.lake import Lake, LakeView
from tolok.metrics import Engine, keep_rollups

from .help import system_language


@dataclass
class State:
    """The setting of one run of the command."""

    home: Home
    workspace: Workspace
    chosen_language: Language | None
    language: Language

    @classmethod
    def of(
        cls, *, home: Path | None = None, workspace: str = "main", language: str | None = None
    ) -> State:
        """Return the state for the options given, the rest from environment and system."""
        found = Home.find(home)
        chosen = cast("Language | None", language)
        return cls(found, found.workspace(workspace), chosen, chosen or system_language())

    @property
    def locale(self) -> Locale:
        """Return how numbers and dates are written."""
        return Locale(self.language)

    def brand(self, slug: str | None) -> BrandProfile:
        """Return the brand asked for, or the only one there is; speaks its language from then on.

        Raises UserError when there is none, or several and none was named.
        """
        known = self.workspace.brands()
        if slug is None and len(known) == 1:
            slug = known[0]
        if slug is None:
            raise UserError(
                Text("Which brand?", "Merek yang mana?") if known
                else Text("There is no brand yet.", "Belum ada merek."),
                Text("Name one of {known}.", "Sebutkan salah satu: {known}.") if known
                else Text("Make one with `tolok init NAME`, or look at a sample: `tolok demo`.",
                          "Buat dengan `tolok init NAMA`, atau lihat contoh: `tolok demo`."),
                known=", ".join(known),
            )  # fmt: skip
        profile = self.workspace.brand(slug)
        if self.chosen_language is None:
            self.language = profile.language
        return profile

    def lake(self) -> Lake:
        """Return the workspace's lake, made when new."""
        return Lake(self.workspace.lake_folder)

    def keep_rollups(self) -> None:
        """Bring the daily rollups up to what was written, on the clock of every brand."""
        brands = [self.workspace.brand(slug) for slug in self.workspace.brands()]
        keep_rollups(self.lake(), [b.calendar for b in brands])

    def engine(self, profile: BrandProfile, *, as_of: datetime | None = None) -> Engine:
        """Return an engine over the workspace's facts in the brand's calendar."""
        view = LakeView(self.lake(), as_of)
        return Engine(view, profile.calendar, today_of(profile), platform_facts())

    def period(self, text: str | None, profile: BrandProfile, engine: Engine) -> Period:
        """Return the period asked for; by default the last whole month that has data."""
        if text is not None:
            return profile.calendar.parse(text, today_of(profile))
        last = last_day_with_data(engine, profile.slug)
        calendar = profile.calendar
        if last is None:
            return calendar.previous(calendar.period_of(today_of(profile), "month"))
        month = calendar.period_of(last, "month")
        # A month that has barely begun says little: its predecessor is whole.
        return month if (last - month.start).days >= 20 else calendar.previous(month)


def today_of(profile: BrandProfile) -> date:
    """Return the brand's date now; TOLOK_TODAY (YYYY-MM-DD) stands in for it in tests."""
    told = os.environ.get("TOLOK_TODAY")
    return date.fromisoformat(told) if told else profile.calendar.today_of(datetime.now(UTC))


def last_day_with_data(engine: Engine, brand: str) -> date | None:
    """Return the last day for which the lake holds anything of an account of the brand, or None."""
    days = []
    for table, column in (("account_days", "day"), ("posts", "published_at")):
        if not engine.view.is_empty(table):
            rows = engine.view.table(table)
            value = rows.filter(rows.brand == brand)[column].max().to_pyarrow().as_py()
            if value is not None:
                days.append(value.date() if isinstance(value, datetime) else value)
    return max(days, default=None)


brand_option = click.option("--brand", "-b", help="The brand.  [default: the only one]")
pass_state = click.make_pass_decorator(State)
