"""Taking examined files into the lake: each is one batch, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from tolok.base import SourceError, Text
from tolok.lake import Batch, Lake, Origin, table_of
from tolok.lake.raw import hash_file

from .answers import Answers
from .examine import examine, find_files
from .mapping import Mappings
from .verdict import Verdict


@dataclass(frozen=True)
class Taken:
    """What became of one file: its verdict (without rows), and the batch if one was written."""

    verdict: Verdict
    batch: Batch | None = None


Before = Callable[[], object]
Progress = Callable[[int, int, Path], None]  # bytes done, bytes in all, the file in hand


def take(
    verdicts: Iterable[Verdict], lake: Lake, brand: str, *, before: Before | None = None
) -> Iterator[Taken]:
    """Write each ready verdict as one batch, its file kept by hash; others pass by unwritten.

    What has been yielded with a batch is in the lake for good, even if a later file fails.
    `before` is called when all of a file is written and nothing of it shows yet: what it raises
    leaves no batch.
    """
    for verdict in verdicts:
        yield Taken(verdict.without_facts(), _write(verdict, lake, brand, before))


def _write(verdict: Verdict, lake: Lake, brand: str, before: Before | None) -> Batch | None:
    if verdict.state != "ready":
        return None
    # What reading needed is given back before writing needs as much again.
    pa.default_memory_pool().release_unused()
    digest = verdict.digest or hash_file(verdict.path)
    kinds = sorted({p.kind for p in verdict.parts if p.kind and p.state == "ready"})
    note = {
        "kinds": kinds, "rows": dict(verdict.rows), "set_aside": verdict.aside_count,
        "accounts": list(verdict.accounts),
    }  # fmt: skip
    origin = Origin(
        source=",".join(kinds),
        file=digest, file_name=verdict.path.name, brand=brand,
        note=note,
    )  # fmt: skip
    with ThreadPoolExecutor(1) as pool:
        # The file is copied while its facts are written; the batch shows only once both are kept.
        kept = pool.submit(lake.raw.keep, verdict.path, expected=digest)

        def agree() -> None:
            _same(kept, digest, verdict)
            if before:
                before()

        return lake.write(join_facts(verdict, brand), origin, before=agree)


def _same(kept: Future[str], digest: str, verdict: Verdict) -> None:
    if kept.result() != digest:
        raise SourceError(
            Text("The file {name} changed while it was read.",
                 "Berkas {name} berubah saat sedang dibaca."),
            Text("Nothing of it was imported; import it again.",
                 "Belum ada yang diimpor darinya; impor sekali lagi."),
            retry=True, name=verdict.path.name,
        )  # fmt: skip


def join_facts(verdict: Verdict, brand: str) -> dict[str, pa.Table]:
    """Return lake table -> rows of all ready parts of a file, brand and moment filled in.

    Where two parts tell of the same key (a chart and a table of one ZIP), what the later one leaves
    blank is kept from the earlier: the lake merges blanks by the latest known value.
    """
    joined: dict[str, list[pa.Table]] = {}
    for part in verdict.parts:
        if part.state == "ready":
            for key, rows in part.facts.items():
                joined.setdefault(key, []).append(_branded(key, rows, brand, verdict))
    facts = {
        key: pa.concat_tables(tables, promote_options="default") for key, tables in joined.items()
    }
    return _with_accounts(facts, brand, verdict)


def _with_accounts(facts: dict[str, pa.Table], brand: str, verdict: Verdict) -> dict[str, pa.Table]:
    """Add the accounts that no row of the file introduces: told ones, whose export is ours."""
    known = set(facts["accounts"]["account"].to_pylist()) if "accounts" in facts else set()
    new = [a for a in verdict.accounts if a not in known]
    if not new:
        return facts
    rows = pa.table({
        "brand": [brand] * len(new), "account": new, "relation": ["own"] * len(new),
        "platform": [a.split(":", 1)[0] for a in new], "observed_at": [verdict.observed_at] * len(new),
    })  # fmt: skip
    together = [facts["accounts"], rows] if known else [rows]
    return {**facts, "accounts": pa.concat_tables(together, promote_options="permissive")}


def _branded(key: str, rows: pa.Table, brand: str, verdict: Verdict) -> pa.Table:
    rows = rows.append_column("brand", pa.repeat(pa.scalar(brand), rows.num_rows))
    if "observed_at" not in rows.column_names:
        kind = table_of(key).schema.field("observed_at").type
        moment = pa.repeat(pa.scalar(verdict.observed_at, kind), rows.num_rows)
        rows = rows.append_column("observed_at", moment)
    return rows


def import_files(
    paths: Iterable[Path | str], lake: Lake, brand: str, answers: Answers, *,
    mappings: Mappings | None = None, progress: Progress | None = None, before: Before | None = None,
) -> Iterator[Taken]:  # fmt: skip
    """Examine and take files one after the other; `progress` is called before and after each.

    `before` is called as `take` calls it.
    """
    files = find_files(paths)
    sizes = {path: path.stat().st_size for path in files}
    total, done = sum(sizes.values()), 0
    verdicts = examine(files, answers, lake=lake, brand=brand, mappings=mappings)
    if progress and files:
        progress(0, total, files[0])
    for taken in take(verdicts, lake, brand, before=before):
        done += sizes[taken.verdict.path]
        if progress:
            progress(done, total, taken.verdict.path)
        yield taken
