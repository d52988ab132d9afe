"""`tolok import`: a verdict on every file, then the facts into the lake; and what was imported."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text as Line

from tolok.base import BrandProfile, Language, Locale, Period, Text, UserError
from tolok.connectors import name_source
from tolok.intake import (
    Answers,
    Mappings,
    Part,
    Taken,
    Verdict,
    count_taken,
    derive_facts,
    examine,
    find_files,
    import_files,
    read_kinds,
)
from tolok.lake import Batch

from .state import State, brand_option, pass_state, today_of
from .tables import Column, lay_table
from .terminal import BAD, GOOD, QUIET, WARN, console

_SIGNS = {"ready": ("✓", GOOD), "known": ("=", QUIET), "asked": ("?", WARN), "refused": ("✗", BAD),
          "unknown": ("✗", BAD)}  # fmt: skip
_TAKEN = Text("{rows} rows", "{rows} baris")
_ASIDE = Text("{count} set aside", "{count} disisihkan")
_LINE = Text("row {row}: {reason}", "baris {row}: {reason}")
_MORE = Text("… and {count} more rows", "… dan {count} baris lagi")
_KNOWN = Text(
    "imported before, nothing to do", "sudah pernah diimpor, tidak ada yang perlu dilakukan"
)
_END = Text("{ready} imported · {known} known before · {asked} waiting for an answer · {refused} refused",
            "{ready} diimpor · {known} sudah ada · {asked} menunggu jawaban · {refused} ditolak")  # fmt: skip
_CHECKED = Text("{ready} would be imported · {known} known before · {asked} waiting for an answer · "
                "{refused} refused. Nothing was written.",
                "{ready} akan diimpor · {known} sudah ada · {asked} menunggu jawaban · "
                "{refused} ditolak. Belum ada yang ditulis.")  # fmt: skip
_NONE = Text("No files found there.", "Tidak ada berkas di sana.")
_FLAGS = {"account": "--account", "order": "--order", "currency": "--currency",
          "decimal": "--decimal", "year": "--observed", "observed": "--observed",
          "period": "--period", "kind": "--kind"}  # fmt: skip
_ANSWER = Text("answer with {flag}", "jawab dengan {flag}")
_UNDONE = Text("Undone: {name}. Its figures no longer count; the file is kept.",
               "Dibatalkan: {name}. Angkanya tidak dihitung lagi; berkasnya tetap disimpan.")  # fmt: skip
_READING = Text("reading", "membaca")


def _options(command: Any) -> Any:
    for option in reversed((
        brand_option,
        click.option("--account", "accounts", multiple=True, metavar="PLATFORM:NAME",
                     help="Account of files that name none (repeatable)."),
        click.option("--order", type=click.Choice(["mdy", "dmy"]), help="Month or day first in dates."),
        click.option("--decimal", type=click.Choice([".", ","]), help="Decimal separator."),
        click.option("--currency", help="Currency of money without one, such as IDR."),
        click.option("--time-zone", help="Clock of the files.  [default: the brand's]"),
        click.option("--observed", type=click.DateTime(), metavar="YYYY-MM-DD",
                     help="When the files were exported."),
        click.option("--period", help="Days a table covers: 2026-08, 2026-08-01..2026-08-31 …"),
        click.option("--kind", "kinds", multiple=True, metavar="KIND",
                     help="Which export a table is that could be several (repeatable)."),
        click.option("--again", is_flag=True, help="Read files anew that were imported before."),
    )):  # fmt: skip
        command = option(command)
    return command


@click.command("import", epilog="Examples:\n\n\b\n  tolok import ~/Downloads/*.csv\n"
               "  tolok import exports/ --check\n"
               "  tolok import Overview.csv --account tiktok:kopiserambi\n")  # fmt: skip
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Give the verdict without writing anything.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdicts as JSON.")
@click.option("--verbose", "-v", is_flag=True, help="Show every check, note and row set aside.")
@_options
@pass_state
def import_command(
    state: State, /, paths: tuple[Path, ...], check: bool, as_json: bool, verbose: bool,
    brand: str | None, **told: Any,
) -> None:  # fmt: skip
    """Import platform exports: files, folders or ZIP archives, recognised by their content."""
    missing = [p for p in paths if not p.exists()]
    if missing:
        raise UserError(
            Text("There is no file {path}.", "Tidak ada berkas {path}."),
            Text("Check the path; nothing was imported.",
                 "Periksa alamatnya; belum ada yang diimpor."), path=missing[0],
        )  # fmt: skip
    profile = state.brand(brand)
    answers = answers_of(profile, **told)
    done = run_import(state, profile, paths, answers, check=check, quiet=as_json)
    if as_json:
        click.echo(json.dumps([_as_data(t.verdict) for t in done], ensure_ascii=False, indent=2))
    else:
        print_verdicts(state, done, check=check, verbose=verbose)
    if any(t.verdict.state in ("asked", "refused") for t in done):
        raise click.exceptions.Exit(1)


def answers_of(profile: BrandProfile, **told: Any) -> Answers:
    """Return the answers that hold for the whole import, from flags and the brand's profile."""
    observed: datetime | None = told.get("observed")
    return Answers(
        timezone=told.get("time_zone") or profile.time_zone,
        accounts=tuple(told.get("accounts") or ()),
        currency=(told.get("currency") or profile.currency).upper(),
        order=told.get("order"), decimal=told.get("decimal"),
        observed_at=observed.astimezone(UTC).replace(tzinfo=None) if observed else None,
        period=Period.parse(told["period"]) if told.get("period") else None,
        kinds=read_kinds(told.get("kinds") or ()),
        today=today_of(profile), again=bool(told.get("again")),
    )  # fmt: skip


def run_import(
    state: State, profile: BrandProfile, paths: Sequence[Path], answers: Answers, *,
    check: bool = False, quiet: bool = False,
) -> list[Taken]:  # fmt: skip
    """Examine and, unless only checking, take the files, with a progress bar on standard error."""
    lake, mappings = state.lake(), Mappings(state.workspace.mappings_folder)
    err = Console(stderr=True)
    with Progress(TextColumn("{task.description}"), BarColumn(), DownloadColumn(), console=err,
                  transient=True, disable=quiet or not err.is_terminal) as bar:  # fmt: skip
        task = bar.add_task(_READING.say(state.language), total=None)

        def show(part: int, whole: int, path: Path) -> None:
            bar.update(task, completed=part, total=whole, description=escape(path.name[:48]))

        if check:
            whole = sum(p.stat().st_size for p in find_files(paths))
            done: list[Taken] = []
            seen = 0
            for verdict in examine(paths, answers, lake=lake, mappings=mappings):
                seen += verdict.path.stat().st_size
                show(seen, whole, verdict.path)
                done.append(Taken(verdict.without_facts()))
            return done
        taken = list(
            import_files(paths, lake, profile.slug, answers, mappings=mappings, progress=show)
        )
        if any(t.batch is not None for t in taken):
            derive_facts(lake, profile.slug)
            state.keep_rollups()
        return taken


def print_verdicts(
    state: State, done: Sequence[Taken], *, check: bool, verbose: bool, is_brief: bool = False
) -> None:
    """Print one line per table of each file, with what needs attention below it.

    Brief leaves out the files that went well.
    """
    out, language = console(), state.language
    if not done:
        out.print(_NONE.say(language))
        return
    for taken in done:
        if is_brief and taken.verdict.state in ("ready", "known"):
            continue
        _print_file(out, taken.verdict, language, verbose=verbose)
    counts = {s: sum(t.verdict.state == s for t in done) for s in _SIGNS}
    out.print()
    out.print((_CHECKED if check else _END).say(language, **counts), style="bold")


def _print_file(out: Console, verdict: Verdict, language: Language, *, verbose: bool) -> None:
    sign, style = _SIGNS[verdict.state]
    out.print(Line(f"{sign} ", style=style), Line(verdict.path.name, style="bold"), sep="")
    if verdict.state == "known":
        out.print("  " + (verdict.reason or _KNOWN).say(language, **verdict.data), style=QUIET)
        return
    if verdict.reason is not None and not verdict.parts:
        out.print("  " + verdict.reason.say(language, **verdict.data), soft_wrap=True)
        if verdict.hint is not None:
            out.print(
                "  " + verdict.hint.say(language, **verdict.data), style=QUIET, soft_wrap=True
            )
    for part in verdict.parts:
        _print_part(out, part, language, verbose=verbose, many=len(verdict.parts) > 1)


def _print_part(out: Console, part: Part, language: Language, *, verbose: bool, many: bool) -> None:
    locale = Locale(language)
    told = [part.kind_name.say(language)] if part.kind_name else []
    if part.start and part.end:
        told.append(locale.format_span(part.start, part.end + timedelta(days=1)))
    told += [", ".join(part.accounts)] if part.accounts else []
    if part.state == "ready":
        told.append(_TAKEN.say(language, rows=locale.format_number(part.rows_taken)))
    if part.aside_count:
        told.append(_ASIDE.say(language, count=locale.format_number(part.aside_count)))
    if told:
        out.print("  " + (f"{part.name}: " if many and part.name else "") + " · ".join(told),
                  soft_wrap=True)  # fmt: skip
    if part.reason is not None:
        name = f"{part.name}: " if many and part.name else ""
        out.print(f"  {name}" + part.reason.say(language, **part.data), style=WARN, soft_wrap=True)
    for question in part.questions:
        flag = _FLAGS.get(question.key, f"--{question.key}")
        ask = question.text.say(language, **question.data)
        out.print(f"  ? {ask} ({_ANSWER.say(language, flag=flag)})", style=WARN, soft_wrap=True)
        wide = max(map(len, question.names), default=0)
        for choice, called in question.names.items():
            line = f"    {choice.ljust(wide)}  {called.say(language)}"
            out.print(line, style=QUIET, soft_wrap=True)
    _print_findings(out, part, language, verbose=verbose)


def _print_findings(out: Console, part: Part, language: Language, *, verbose: bool) -> None:
    for check in part.checks:
        if check.text == part.reason:  # what refused the table has just been said
            continue
        if check.state == "failed" or (check.state == "noted") or verbose:
            style = {"failed": BAD, "noted": WARN}.get(check.state, QUIET)
            out.print("    " + check.text.say(language, **check.data), style=style, soft_wrap=True)
    shown = part.set_aside if verbose else part.set_aside[:3]
    for aside in shown:
        reason = aside.reason.say(language, **aside.data)
        out.print(
            "    " + _LINE.say(language, row=aside.row, reason=reason), style=QUIET, soft_wrap=True
        )
    if part.aside_count > len(shown):
        out.print("    " + _MORE.say(language, count=part.aside_count - len(shown)), style=QUIET)
    for note in part.notes if verbose else ():
        out.print("    " + note.say(language), style=QUIET, soft_wrap=True)


def _as_data(verdict: Verdict) -> dict[str, Any]:
    return {
        "file": str(verdict.path), "state": verdict.state, "sha256": verdict.digest,
        "reason": verdict.reason.say("en", **verdict.data) if verdict.reason else None,
        "parts": [
            {"name": p.name, "state": p.state, "kind": p.kind, "language": p.language,
             "start": p.start and p.start.isoformat(), "end": p.end and p.end.isoformat(),
             "accounts": list(p.accounts), "rows": dict(p.rows), "set_aside": p.aside_count,
             "reason": p.reason.say("en", **p.data) if p.reason else None,
             "questions": [q.key for q in p.questions],
             "choices": {q.key: list(q.choices) for q in p.questions if q.choices},
             "checks": [{"key": c.key, "state": c.state, "text": c.text.say("en", **c.data)}
                        for c in p.checks]}
            for p in verdict.parts
        ],
    }  # fmt: skip


@click.command("imports", epilog="Examples:\n\n\b\n  tolok imports\n  tolok imports --undo 3\n")
@click.option("--undo", type=int, metavar="NUMBER", help="Take an import back.")
@pass_state
def imports_command(state: State, undo: int | None) -> None:
    """List what was imported, newest last; take one back."""
    lake, out, language = state.lake(), console(), state.language
    batches = lake.catalogue.batches()
    if undo is not None:
        found = next((b for b in batches if b.seq == undo), None)
        if found is None:
            raise UserError(
                Text("There is no import number {number}.", "Tidak ada impor nomor {number}."),
                Text("`tolok imports` lists them.", "`tolok imports` menampilkan daftarnya."),
                number=undo,
            )  # fmt: skip
        lake.withdraw(found.id)
        if found.brand is not None:
            derive_facts(lake, found.brand, anew=True)
        state.keep_rollups()
        out.print(_UNDONE.say(language, name=found.file_name or found.source))
        return
    out.print(_list_imports(state, batches, out.width))


def _list_imports(state: State, batches: Sequence[Batch], width: int) -> Table:
    """Return the imports as a table, each moment on its brand's clock."""
    locale = Locale(state.language)
    zones = {slug: state.workspace.brand(slug).time_zone for slug in state.workspace.brands()}
    rows = []
    for batch in batches:
        taken = locale.format_number(count_taken(batch.note.get("rows", {})))
        told = (kind.say(state.language) for kind in name_source(batch.source))
        rows.append((
            str(batch.seq), locale.format_datetime(batch.recorded_at, zones.get(batch.brand or "", "UTC")),
            (batch.brand or "") if len(zones) > 1 else "", batch.file_name or "",
            Line(", ".join(told), style=QUIET), _TAKEN.say(state.language, rows=taken),
        ))  # fmt: skip
    columns = [Column(is_number=True), Column(), Column(), Column(wraps=True),
               Column(wraps=True, rank=1), Column(is_number=True)]  # fmt: skip
    return lay_table(columns, rows, width)


COMMANDS = (import_command, imports_command)
