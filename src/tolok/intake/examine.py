"""Examining files: recognise, read and judge each, and write nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text, TolokError, UserError, local_moment
from tolok.connectors import (
    NO_KIND,
    Ambiguous,
    Extract,
    Question,
    Recognised,
    Told,
    recognise,
)
from tolok.connectors.reading import Sheet, read_file
from tolok.lake import Lake
from tolok.lake.raw import hash_file

from .answers import NOTES_NAME, Answers, told_for
from .covered import Listing, cover_parts
from .mapping import Mappings, recognise_mapped
from .published import check_published
from .templates import recognise_template
from .verdict import Part, State, Verdict

_NONE = Text("none of these", "bukan salah satunya")
_FITS_SEVERAL = Text("Its columns ({headers}) fit several exports alike: which is it?",
                     "Kolomnya ({headers}) cocok dengan beberapa ekspor: yang mana?")  # fmt: skip
_FITS_NOT = Text("Its columns ({headers}) fit several exports alike, but not {told}: which is it?",
                 "Kolomnya ({headers}) cocok dengan beberapa ekspor, tetapi bukan {told}: yang "
                 "mana?")  # fmt: skip
# Files of a folder that are not exports and that nobody meant to import.
_PASSED_OVER = frozenset({".toml", ".md", ".txt", ".json", ".py", ".ipynb", ".pdf", ".png", ".jpg"})


def find_files(paths: Iterable[Path | str]) -> list[Path]:
    """Return the files to examine: those named, and those within named folders, sorted.

    Hidden files and files of kinds no export has are passed over inside folders; a file that is
    named itself is always examined. Raises UserError for a path that does not exist.
    """
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        if not path.exists():
            raise UserError(
                Text("There is no file or folder {path}.", "Tidak ada berkas atau folder {path}."),
                path=str(path),
            )
        if path.is_dir():
            found |= dict.fromkeys(sorted(p for p in path.rglob("*") if _is_export_like(p, path)))
        else:
            found[path] = None
    return list(found)


def _is_export_like(path: Path, root: Path) -> bool:
    within = path.relative_to(root)
    hidden = any(part.startswith((".", "~$", "__MACOSX")) for part in within.parts)
    bare = path.suffix == "" and path.name.isupper()  # LICENSE, README
    return (
        path.is_file() and not hidden and not bare and path.name != NOTES_NAME
        and path.suffix.lower() not in _PASSED_OVER
    )  # fmt: skip


def examine(
    paths: Iterable[Path | str], answers: Answers, *, lake: Lake | None = None,
    brand: str | None = None, mappings: Mappings | None = None,
) -> Iterator[Verdict]:  # fmt: skip
    """Yield a verdict for each file, one after the other, so that one file at a time is held.

    With a lake, a file whose bytes were imported for the brand before is `known`; so is one whose
    bytes came earlier in the same run, and posts are set beside what the account's days tell.
    """
    seen: dict[str, Path] = {}
    for path in find_files(paths):
        digest = hash_file(path)
        known = _known(path, digest, seen, lake, brand, again=answers.again)
        if known is not None:
            yield known
            continue
        verdict = examine_file(path, answers, mappings=mappings, digest=digest)
        if lake is not None:
            verdict = check_published(verdict, lake, brand, answers.timezone)
        if verdict.state == "ready":
            seen[digest] = path
        yield verdict


def _known(
    path: Path, digest: str, seen: Mapping[str, Path], lake: Lake | None, brand: str | None,
    *, again: bool,
) -> Verdict | None:  # fmt: skip
    if digest in seen:
        reason = Text("The same file as {other}: nothing to do.",
                      "Sama dengan berkas {other}: tidak ada yang perlu dilakukan.")  # fmt: skip
        return Verdict(path, "known", digest, reason=reason, data={"other": seen[digest].name})
    if lake is None or again:
        return None
    batches = [b for b in lake.catalogue.batches(file=digest) if brand in (None, b.brand)]
    if not batches:
        return None
    reason = Text("Already imported on {day} as {name}: nothing to do.",
                  "Sudah diimpor pada {day} sebagai {name}: tidak ada yang perlu dilakukan.")  # fmt: skip
    data = {"day": batches[-1].recorded_at.date().isoformat(), "name": batches[-1].file_name or ""}
    return Verdict(path, "known", digest, reason=reason, data=data)


def examine_file(
    path: Path, answers: Answers, *, mappings: Mappings | None = None, digest: str = ""
) -> Verdict:
    """Return the verdict on one file, with the rows it would write; writes nothing."""
    digest = digest or hash_file(path)
    try:
        told, same = told_for(path, answers)
        sheets = read_file(path)
    except TolokError as error:
        return Verdict(path, "refused", digest, reason=error.message, hint=error.hint,
                       data=error.data)  # fmt: skip
    found: list[Listing] = []
    while sheets:  # each sheet is let go once it is read: two copies of a big one are too many
        found.append(_judge(sheets.pop(0), told, same, mappings))
    parts = cover_parts(found, told)
    states = {p.state for p in parts}
    state: State = "refused"
    if "asked" in states:
        state = "asked"
    elif "ready" in states:
        state = "ready"
    verdict = Verdict(path, state, digest, parts, told.observed_at)
    if state == "refused":
        first = next((p for p in parts if p.state == "refused"), parts[0])
        return replace(verdict, reason=first.reason, data=first.data)
    return verdict


def _judge(sheet: Sheet, told: Told, same: Mapping[str, str], mappings: Mappings | None) -> Listing:
    name = sheet.name or sheet.source
    found = recognise_template(sheet) or recognise(sheet, told)
    if mappings is not None and (found is None or isinstance(found, Ambiguous)):
        found = _by_mapping(sheet, mappings, found)
    if found is None:
        return Listing(_unknown(sheet, name))
    if isinstance(found, Ambiguous):
        return Listing(_ambiguous(found, name, sheet, told))
    source = found.source(sheet, told)
    extract = found.export.read(source)
    empty, account = _without_rows(extract), None
    if empty and (extract.covers is not None or found.export.days_beside):
        account = source.account(*filter(None, (found.export.platform,)))
        extract = replace(extract, questions=tuple(source.questions.values()))
    part = _part(found, _with_moment_note(extract, told), name, same)
    return Listing(
        part, extract.covers, extract.is_whole, empty, same.get(account or "", account),
        found.export.days_beside,
    )  # fmt: skip


def _by_mapping(
    sheet: Sheet, mappings: Mappings, found: Ambiguous | None
) -> Recognised | Ambiguous | None:
    """Return the sheet as a person mapped it once, if that explains as much as any export does."""
    mapped = recognise_mapped(sheet, mappings)
    most = max((len(r.mapping) for r in found.found), default=0) if found else 0
    return mapped if mapped is not None and len(mapped.mapping) >= most else found


def _without_rows(extract: Extract) -> tuple[str, ...]:
    """Return the tables the file lists and holds no row of, if none was left out as unread."""
    if not extract.is_whole or extract.aside_count:
        return ()
    return tuple(k for k in extract.listed if k not in extract.facts)


def _with_moment_note(extract: Extract, told: Told) -> Extract:
    """Say so when a file claims to be older than the days it tells of."""
    if told.observed_at is None or extract.end is None:
        return extract
    day = local_moment(told.timezone, told.observed_at).date()
    if day >= extract.end:
        return extract
    note = Text(
        f"The file seems to be of {day}, before its last day {extract.end}: say when it was "
        "exported with --observed.",
        f"Berkas ini tampaknya dari {day}, sebelum hari terakhirnya {extract.end}: sebutkan kapan "
        "diekspor dengan --observed.",
    )
    return replace(extract, notes=(*extract.notes, note))


def _unknown(sheet: Sheet, name: str) -> Part:
    return Part(
        name, "unknown",
        reason=Text(
            "This table is not an export Tolok knows (its headers: {headers}). If it is your own "
            "spreadsheet, tell once what its columns mean with tolok map.",
            "Tabel ini bukan ekspor yang dikenal Tolok (judul kolomnya: {headers}). Jika ini lembar "
            "kerja sendiri, jelaskan arti kolomnya sekali saja dengan tolok map."),
        data={"headers": _headers(sheet)}, notes=sheet.notes,
    )  # fmt: skip


def _headers(sheet: Sheet) -> str:
    return ", ".join(h for h in sheet.header if h)[:200]


def _ambiguous(found: Ambiguous, name: str, sheet: Sheet, told: Told) -> Part:
    names = {r.export.key: r.name for r in found.found} | {NO_KIND: _NONE}
    wrong = bool(told.kinds) and not set(told.kinds) & set(names)
    data = {"headers": _headers(sheet), "told": ", ".join(told.kinds)}
    asked = Question("kind", _FITS_NOT if wrong else _FITS_SEVERAL, tuple(names), data, names)
    return Part(name, "asked", questions=(asked,))


def _part(found: Recognised, extract: Extract, name: str, same: Mapping[str, str]) -> Part:
    failed = next((c for c in extract.checks if c.state == "failed"), None)
    facts = {} if failed or extract.questions else _one_account(extract.facts, same)
    part = Part(
        name, "ready", found.export.key, found.export.name, found.language,
        extract.start, extract.end, tuple(sorted({same.get(a, a) for a in extract.accounts})),
        {table: rows.num_rows for table, rows in facts.items()},
        extract.aside_count, extract.set_aside, extract.checks, extract.questions, extract.notes,
        extract.ignored_headers, facts=facts,
    )  # fmt: skip
    if failed is not None:
        return replace(part, state="refused", reason=failed.text, data=failed.data)
    if extract.questions:
        return replace(part, state="asked")
    if not facts and not _without_rows(extract):
        return replace(part, state="refused", reason=Text(
            "No row could be taken.", "Tidak ada baris yang bisa diambil."))  # fmt: skip
    return part


def _one_account(facts: Mapping[str, pa.Table], same: Mapping[str, str]) -> dict[str, pa.Table]:
    """Give accounts that are one and the same one key."""
    result = dict(facts)
    for key, rows in facts.items():
        if "account" not in rows.column_names or not same:
            continue
        named = rows["account"]
        for other, account in same.items():
            named = pc.if_else(pc.equal(named, other), pa.scalar(account), named)
        result[key] = rows.set_column(rows.column_names.index("account"), "account", named)
    return result


__all__ = ["examine", "examine_file", "find_files"]
