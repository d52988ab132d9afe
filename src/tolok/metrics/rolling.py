"""Making the rollup of one month: whole from its facts, or from the one before and what came since.

Cells are partial aggregates: rows that no earlier row speaks of are made into cells of their own,
so that the facts of the month are not read. They lie beside the cells that stand until they are
many, and are put together with them then; whoever reads puts cells together anyhow. A day on
which an earlier row changed is computed anew, for what was taken out cannot be subtracted.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tolok.base import Calendar, Period
from tolok.lake import LakeView, table_of
from tolok.lake.backend import backend_of

from .asked import Kept, named_table, with_named
from .buckets import day_number_of, time_form
from .cells import Layout, cells_query, ibis_literal, layout_of

DAYS, MONTHS, MADE_OF = "days.parquet", "months.parquet", "made_of.json"
BESIDE = {DAYS: "days-beside.parquet", MONTHS: "months-beside.parquet"}  # what came since
_MOST_BESIDE = 1 / 4  # as many cells as of the days that stand may lie beside them
_FAR = (date(1990, 1, 1), date(2100, 1, 1))
_SQL = Kept(200)


def month_sources(view: LakeView, key: str) -> dict[str, list[str]]:
    """Return the files the view reads for each month of the table."""
    found: dict[str, list[str]] = {}
    for file in view.files(key):  # a month may lie in several files
        found.setdefault(file.month, []).append(file.path)
    return found


def cell_sql(key: str, calendar: Calendar) -> tuple[str, str, str]:
    """Return the SQL that numbers the days of `facts`, makes cells of them, and months of `days`."""

    def make() -> tuple[str, str, str]:
        layout = layout_of(key)
        rows = named_table("facts", layout.table.schema)
        span = [Period(*_FAR, "range")]
        if layout.table.is_time_in_key:
            span = [Period(date(2026, 1, 1), date(2026, 1, 2), "range")]
        numbered = rows.mutate(
            bucket=ibis_literal(0, "int16"),
            on_day=day_number_of(rows, layout.table, calendar, span).cast("int64"),
        )
        compiler = backend_of("duckdb")
        cells = compiler.compile(cells_query(layout))
        return compiler.compile(numbered), cells, layout.months_sql("days")

    return _SQL.get((key, calendar.timezone), make)


@dataclass(frozen=True)
class _Since:
    """What came since a rollup was made: by day, and the SQL of its rows as they came in."""

    anew: Sequence[int]  # days on which a row that stood before may have changed
    added: Sequence[int]  # other days; their rows are new
    rows: str


@dataclass(frozen=True)
class MonthMaker:
    """Making the rollup of one month of a table."""

    connection: Any
    view: LakeView
    key: str
    calendar: Calendar
    month: str

    def make(self, aside: Path, before: Path | None, observed: Sequence[str]) -> int:
        """Fill a folder with the cells; returns how many days were refreshed.

        `before` is the rollup to build on, `observed` the files as they came in: all of them were
        there when the view was opened.
        """
        sources = month_sources(self.view, self.key)[self.month]
        since = None if before is None else self._since(before, observed)
        if before is None or since is None:
            # A brand's cells side by side; sorting them for every day is dear and gains little.
            cells = self._slim(self._cells(self._facts(sources)))
            self._copy(f"{cells} ORDER BY brand, on_day", aside / DAYS)
            self._copy(self._months_of(_parquet(aside / DAYS)), aside / MONTHS)
        else:
            # So few rows: a second thread costs more than it brings.
            self.connection.execute("SET threads=1")
            self._refresh(aside, before, sources, since)
        made_of = {"sources": sources, "observed": list(observed)}
        (aside / MADE_OF).write_text(json.dumps(made_of), encoding="utf-8")
        return 0 if since is None else len(since.anew) + len(since.added)

    def _refresh(self, aside: Path, before: Path, sources: Sequence[str], since: _Since) -> None:
        fresh = self._cells(since.rows, since.added)
        self.connection.execute(f"CREATE TEMP TABLE fresh AS {self._slim(fresh)}")
        if not since.anew and self._may_lie_beside(before):
            self._lay_beside(aside, before)
        else:
            self._put_together(aside, before, sources, since)

    def _may_lie_beside(self, before: Path) -> bool:
        if self._layout.levels:  # a level is read cell by cell
            return False
        stand, *older = cells_files(before, DAYS)
        beside = self._count("fresh") + sum(self._count(_parquet(p)) for p in older)
        return beside <= _MOST_BESIDE * self._count(_parquet(stand))

    def _count(self, cells: str) -> int:
        return int(self.connection.execute(f"SELECT count(*) FROM {cells}").fetchone()[0])

    def _lay_beside(self, aside: Path, before: Path) -> None:
        """Keep the cells that stand as they are, with the fresh ones in files beside them."""
        for file in (DAYS, MONTHS):
            os.link(before / file, aside / file)
        older = [f"SELECT * FROM {_parquet(path)}" for path in cells_files(before, DAYS)[1:]]
        both = " UNION ALL BY NAME ".join([*older, "SELECT * FROM fresh"])
        self._copy(both, aside / BESIDE[DAYS])
        self._copy(self._months_of(_parquet(aside / BESIDE[DAYS])), aside / BESIDE[MONTHS])

    def _put_together(
        self, aside: Path, before: Path, sources: Sequence[str], since: _Since
    ) -> None:
        layout, files = self._layout, cells_files(before, DAYS)
        stood, added = _parquet(*files), set(since.added)
        for older in files[1:]:
            added |= self._days(f"SELECT DISTINCT on_day FROM {_parquet(older)}")
        added -= set(since.anew)
        inside = f"on_day IN ({_listed(sorted(added))})"
        both = f"(SELECT * FROM {stood} WHERE {inside} UNION ALL BY NAME SELECT * FROM fresh)"
        changed = f"on_day IN ({_listed([*since.anew, *sorted(added)])})"
        parts = [
            f"SELECT * FROM {stood} WHERE {changed} IS NOT TRUE",
            self._slim(layout.days_sql(both)),
        ]
        if since.anew:
            parts.append(self._slim(self._cells(self._facts(sources), since.anew)))
        self._copy(" UNION ALL BY NAME ".join(parts), aside / DAYS)
        if since.anew:
            months = self._months_of(_parquet(aside / DAYS))
        else:
            stood = f"SELECT * FROM {_parquet(*cells_files(before, MONTHS))}"
            more = f"({stood} UNION ALL BY NAME {self._months_of('fresh')})"
            months = self._slim(layout.joined_months_sql(more))
        self._copy(months, aside / MONTHS)

    def _since(self, before: Path, observed: Sequence[str]) -> _Since | None:
        """Return what came since a rollup was made; None when all must be taken anew."""
        table = table_of(self.key)
        made_of = json.loads((before / MADE_OF).read_text(encoding="utf-8"))
        known, now = set(made_of["observed"]), set(observed)
        if known - now or not now - known:
            return None
        scan = self.view.backend.scan
        new = self._absolute(sorted(now - known))
        came = scan(table, new, merged=True)
        numbered = cell_sql(self.key, self.calendar)[0]
        parts = {"facts": came, "rows_in": numbered}
        days = self._days(with_named(parts, "SELECT DISTINCT on_day FROM rows_in"))
        # A row may have moved from another day: its old place is in the files before.
        old = self._absolute(made_of["sources"])
        if not all(Path(p).exists() for p in old):
            return _Since(sorted(days), (), came) if table.is_time_in_key else None
        keys = ", ".join(f'"{k}"' for k in table.natural_key)
        stood = scan(table, old, merged=True)
        parts = {n: with_named({"facts": f}, numbered) for n, f in (("was", stood), ("now", came))}
        again = f"SELECT DISTINCT was.on_day, now.on_day FROM was JOIN now USING ({keys})"
        anew = self._days(with_named(parts, again))
        rows = scan(table, new, merged=self._are_distinct(came, keys))
        return _Since(sorted(anew), sorted(days - anew), rows)

    def _days(self, sql: str) -> set[int]:
        found = self.connection.execute(sql).fetchall()
        return {day for row in found for day in row if day is not None}

    def _are_distinct(self, rows: str, keys: str) -> bool:
        """Whether no row was observed twice, so that there is nothing to merge."""
        sql = f"SELECT count(*) = count(DISTINCT ({keys})) FROM ({rows})"
        return bool(self.connection.execute(sql).fetchone()[0])

    def _facts(self, sources: Sequence[str]) -> str:
        return self.view.backend.scan(table_of(self.key), self._absolute(sources), merged=True)

    def _cells(self, facts: str, days: Sequence[int] | None = None) -> str:
        """Return the SQL of the cells of some days; None means of all."""
        table = table_of(self.key)
        numbered, cells, _ = cell_sql(self.key, self.calendar)
        if days is not None:
            numbered = f"SELECT * FROM ({numbered}) WHERE on_day IN ({_listed(days)})"
        if days:
            first, last = (date(1970, 1, 1) + timedelta(days=d) for d in (min(days), max(days) + 1))
            low, high = (
                self.calendar.utc_bounds(Period(first, last, "range"))
                if time_form(table) == "moment"
                else (first, last)
            )
            time_column = f'"{table.time}"'
            facts = f"SELECT * FROM ({facts}) WHERE {time_column} >= '{low}' AND {time_column} < '{high}'"
        day = "CAST(DATE '1970-01-01' + CAST(on_day AS INTEGER) AS DATE) AS day"
        parts = {"facts": facts, "rows_in": numbered, "made": cells}
        return with_named(parts, f"SELECT {day}, * FROM made WHERE on_day IS NOT NULL")

    def _months_of(self, days: str) -> str:
        return self._slim(self._layout.months_sql(days))

    @property
    def _layout(self) -> Layout:
        return layout_of(self.key)

    def _slim(self, made: str) -> str:
        """Return the query with sums in half their width: wide ones are read far slower.

        A number that does not fit fails the refresh, and the table is read from its facts.
        """
        listed = []
        for name, kind, *_ in self.connection.execute(f"DESCRIBE {made}").fetchall():
            narrow = "BIGINT" if kind == "HUGEINT" else kind.replace("DECIMAL(38,", "DECIMAL(18,")
            listed.append(name if narrow == kind else f"CAST({name} AS {narrow}) AS {name}")
        return f"SELECT {', '.join(listed)} FROM ({made})"

    def _copy(self, sql: str, path: Path) -> None:
        self.connection.execute(f"COPY ({sql}) TO {_quoted(path)} (FORMAT parquet)")

    def _absolute(self, paths: Sequence[str]) -> list[str]:
        return [self.view.lake.absolute(p) for p in paths]


def _listed(days: Sequence[int]) -> str:
    return ", ".join(str(d) for d in days) or "NULL"


def cells_files(folder: Path, file: str) -> list[Path]:
    """Return where the cells of the days, or of the month, lie: those that stand, then others."""
    beside = folder / BESIDE[file]
    return [folder / file, beside] if beside.exists() else [folder / file]


def _parquet(*paths: Path) -> str:
    return f"read_parquet([{', '.join(_quoted(p) for p in paths)}])"


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
