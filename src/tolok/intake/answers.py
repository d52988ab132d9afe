"""What a person told beside the files: flags, and an accounts.toml that lies with them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from tolok.base import Period, Text, UserError
from tolok.connectors import Told

NOTES_NAME = "accounts.toml"
_LEVELS = 5  # how far above a file its notes may lie


@dataclass(frozen=True)
class Answers:
    """Answers that hold for a whole import: the command's flags and the brand's profile.

    `accounts` are keys such as "instagram:kopiserambi"; `same` gives the account another key
    stands for (a page's number and its name). `again` reads a file anew that was imported before.
    """

    timezone: str = "Asia/Jakarta"
    accounts: tuple[str, ...] = ()
    currency: str | None = None
    order: Literal["mdy", "dmy"] | None = None
    decimal: Literal[".", ","] | None = None
    observed_at: datetime | None = None  # naive UTC
    period: Period | None = None  # the days the files cover, where they do not say it
    today: date | None = None
    same: Mapping[str, str] = field(default_factory=dict)
    again: bool = False


@dataclass(frozen=True)
class Notes:
    """An accounts.toml: whose files lie where, when they were exported, which accounts are one.

    [folders] "facebook-kopi" = "facebook:kopi"; [files] "Views (1).csv" = "instagram:kopi";
    [observed] "Views.csv" = 2026-11-01T08:00:00+07:00; [same] "facebook:1000942" = "facebook:kopi".
    """

    folder: Path
    folders: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    observed: Mapping[str, datetime] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)

    def account_of(self, path: Path) -> str | None:
        """Return the account of a file: by its own name, else by the deepest folder named."""
        within = path.relative_to(self.folder)
        for name in (within.as_posix(), within.name):
            if name in self.files:
                return self.files[name]
        for parent in within.parents:
            if parent.as_posix() in self.folders:
                return self.folders[parent.as_posix()]
        return None

    def observed_of(self, path: Path) -> datetime | None:
        """Return when a file was exported, naive UTC, or None."""
        within = path.relative_to(self.folder)
        moment = self.observed.get(within.as_posix()) or self.observed.get(within.name)
        if moment is None or moment.tzinfo is None:
            return moment
        return moment.astimezone(UTC).replace(tzinfo=None)


def find_notes(path: Path) -> Notes | None:
    """Return the nearest accounts.toml at or above a file's folder, or None.

    Raises UserError when it is no TOML.
    """
    folder = path.resolve().parent
    for place in (folder, *folder.parents[: _LEVELS - 1]):
        if (place / NOTES_NAME).is_file():
            return _read_notes(place, (place / NOTES_NAME).stat().st_mtime_ns)
    return None


@lru_cache(maxsize=64)
def _read_notes(folder: Path, _changed: int) -> Notes:
    path = folder / NOTES_NAME
    try:
        said: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(
            Text("{path} cannot be read: {reason}", "{path} tidak terbaca: {reason}"),
            Text("It must be TOML, such as the one of the sample brand.",
                 "Isinya harus TOML, seperti contoh pada merek sampel."),
            path=str(path), reason=str(error),
        ) from error  # fmt: skip
    return Notes(folder, *(said.get(key, {}) for key in ("folders", "files", "observed", "same")))


def told_for(path: Path, answers: Answers) -> tuple[Told, Mapping[str, str]]:
    """Return what is known of one file, and which accounts are one and the same.

    A flag wins over accounts.toml; the moment of the export is, when nobody says it, when the
    file was last written.
    """
    notes = find_notes(path)
    resolved = path.resolve()
    accounts = answers.accounts
    observed = answers.observed_at
    if notes is not None:
        noted = notes.account_of(resolved)
        platforms = {a.split(":", 1)[0] for a in accounts}
        if noted and noted.split(":", 1)[0] not in platforms:
            # Where a folder belongs to one account, the accounts of other folders are no candidates.
            accounts = (noted,)
        observed = observed or notes.observed_of(resolved)
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(tzinfo=None)
    told = Told(
        timezone=answers.timezone, accounts=accounts, currency=answers.currency,
        order=answers.order, decimal=answers.decimal, observed_at=observed or written,
        period=answers.period,
        today=answers.today or datetime.now(UTC).date(), file_name=path.name,
    )  # fmt: skip
    return told, {**(notes.same if notes else {}), **answers.same}
