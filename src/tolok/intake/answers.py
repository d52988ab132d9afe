"""What a person told beside the files: flags, and an accounts.toml that lies with them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from tolok.base import Period, Text, UserError
from tolok.connectors import NO_KIND, Told, name_kinds

NOTES_NAME = "accounts.toml"
_KEPT = ("folders", "files", "observed", "same", "kinds")
_LEVELS = 5  # how far above a file its notes may lie


@dataclass(frozen=True)
class Answers:
    """Answers that hold for a whole import: the command's flags and the brand's profile.

    `accounts` are keys such as "instagram:kopiserambi"; `same` gives the account another key
    stands for (a page's number and its name). `kinds` are keys of exports, such as
    "meta.instagram_content", for tables that could be several. `again` reads a file anew that was
    imported before.
    """

    timezone: str = "Asia/Jakarta"
    accounts: tuple[str, ...] = ()
    currency: str | None = None
    order: Literal["mdy", "dmy"] | None = None
    decimal: Literal[".", ","] | None = None
    observed_at: datetime | None = None  # naive UTC
    period: Period | None = None  # the days the files cover, where they do not say it
    today: date | None = None
    kinds: tuple[str, ...] = ()
    same: Mapping[str, str] = field(default_factory=dict)
    again: bool = False


@dataclass(frozen=True)
class Notes:
    """An accounts.toml: whose files lie where, when they were exported, which accounts are one.

    [folders] "facebook-kopi" = "facebook:kopi"; [files] "Views (1).csv" = "instagram:kopi";
    [observed] "Views.csv" = 2026-11-01T08:00:00+07:00; [same] "facebook:1000942" = "facebook:kopi";
    [kinds] "merged.csv" = "tiktok.overview", what a table is that could be several exports.
    """

    folder: Path
    folders: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    observed: Mapping[str, datetime] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)

    def account_of(self, path: Path) -> str | None:
        """Return the account of a file: by its own name, else by the deepest folder named."""
        return self._named(path, self.files) or self._around(path)

    def kinds_of(self, path: Path) -> tuple[str, ...]:
        """Return which export a file is, where its table could be several; empty when not told."""
        told = self._named(path, self.kinds)
        return (told,) if told else ()

    def _named(self, path: Path, told: Mapping[str, str]) -> str | None:
        within = path.relative_to(self.folder)
        return told.get(within.as_posix()) or told.get(within.name)

    def _around(self, path: Path) -> str | None:
        parents = [p.as_posix() for p in path.relative_to(self.folder).parents]
        return next((self.folders[p] for p in parents if p in self.folders), None)

    def observed_of(self, path: Path) -> datetime | None:
        """Return when a file was exported, naive UTC, or None."""
        within = path.relative_to(self.folder)
        moment = self.observed.get(within.as_posix()) or self.observed.get(within.name)
        if moment is None or moment.tzinfo is None:
            return moment
        return moment.astimezone(UTC).replace(tzinfo=None)


def read_kinds(told: Iterable[str]) -> tuple[str, ...]:
    """Return kinds of exports as told; raises UserError for one that is not there."""
    kinds, known = tuple(told), name_kinds()
    strange = [kind for kind in kinds if kind not in known and kind != NO_KIND]
    if strange:
        raise UserError(
            Text("There is no export called {kind}: take one that the question names.",
                 "Tidak ada ekspor bernama {kind}: pilih salah satu yang disebut pertanyaannya."),
            kind=strange[0][:80],
        )  # fmt: skip
    return kinds


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
    return Notes(folder, **{key: said.get(key, {}) for key in _KEPT})


def told_for(path: Path, answers: Answers) -> tuple[Told, Mapping[str, str]]:
    """Return what is known of one file, and which accounts are one and the same.

    A flag wins over accounts.toml; the moment of the export is, when nobody says it, when the
    file was last written.
    """
    notes = find_notes(path)
    resolved = path.resolve()
    accounts = answers.accounts
    observed, kinds = answers.observed_at, answers.kinds
    if notes is not None:
        noted = notes.account_of(resolved)
        platforms = {a.split(":", 1)[0] for a in accounts}
        if noted and noted.split(":", 1)[0] not in platforms:
            # Where a folder belongs to one account, the accounts of other folders are no candidates.
            accounts = (noted,)
        observed = observed or notes.observed_of(resolved)
        kinds = kinds or notes.kinds_of(resolved)
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(tzinfo=None)
    told = Told(
        timezone=answers.timezone, accounts=accounts, currency=answers.currency,
        order=answers.order, decimal=answers.decimal, observed_at=observed or written,
        period=answers.period, kinds=kinds,
        today=answers.today or datetime.now(UTC).date(), file_name=path.name,
    )  # fmt: skip
    return told, {**(notes.same if notes else {}), **answers.same}
