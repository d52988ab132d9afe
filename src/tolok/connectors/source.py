"""The source: one sheet recognised as one kind of export, its cells typed by field name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Period, Text, find_zone
from tolok.lake import table_of

from .aliases import currency_in, load_words
from .cells import Cells, read_cells
from .connector import Aside, Check, Connector, Export, Extract, Question, Reads, Told
from .ratios import compare_ratio
from .reading.header import fold_header
from .reading.parsed import as_array
from .reading.sheet import Sheet
from .rows import Finding, build_rows, finish_rows, span_of

Column: TypeAlias = pa.ChunkedArray
MOST_ASIDE = 10_000
_MANY = 50_000  # rows from which columns are read side by side
_READERS = 2
_UNREADABLE = 0.05  # a column with more strange cells than this is damaged, or not what it seems


_SAME_TOTAL = Text(
    "Total of “{header}” {total:,.15g} is the sum of the rows.",
    "Total “{header}” {total:,.15g} sama dengan jumlah barisnya.",
)
_OTHER_TOTAL = Text(
    "Total of “{header}” is {total:,.15g}, but the rows add to {summed:,.15g}.",
    "Total “{header}” {total:,.15g}, tetapi barisnya berjumlah {summed:,.15g}.",
)
_LOW_COUNTS = Text("Total of “{header}” {total:,.15g} is more than the rows add to "
                   "({summed:,.15g}), since some rows are blank: a blank is not 0.",
                   "Total “{header}” {total:,.15g} melebihi jumlah barisnya ({summed:,.15g}) karena "
                   "ada baris kosong: kosong bukan 0.")  # fmt: skip


class Source:
    """One sheet seen through the fields of one export; collects all that is found on the way.

    Columns are asked by field name and come as long as the sheet, one value per row; a field the
    file does not have gives nulls. Rows are dropped by `set_aside` (with a reason) or `skip`
    (blank lines, totals), and leave the facts only at the end, in `extract`.
    """

    def __init__(
        self, sheet: Sheet, connector: Connector, export: Export, *,
        mapping: Mapping[str, int], language: str, told: Told,
    ) -> None:  # fmt: skip
        self.sheet = sheet
        self.connector = connector
        self.export = export
        self.mapping = mapping
        self.language = language
        self.told = told
        self.questions: dict[str, Question] = {}
        self.checks: list[Check] = []
        self.notes: list[Text] = list(sheet.notes)
        self.asides: list[Aside] = []
        self.aside_count = 0
        self._taken = np.ones(sheet.num_rows, dtype=bool)
        self._cells: dict[tuple[str, Reads], Cells] = {}
        self._ahead: dict[tuple[str, Reads], Cells] = {}
        for row in sheet.set_aside:
            self._note_aside(row.row, row.reason)

    # -- what the file says beside its cells ---------------------------------------------------

    @property
    def num_rows(self) -> int:
        """Return how many data rows the sheet has."""
        return self.sheet.num_rows

    @property
    def rows(self) -> Column:
        """Return the number of each row, as a spreadsheet shows it."""
        if self.sheet.rows is not None:
            return self.sheet.rows.cast(pa.int64())
        first = self.sheet.header_row + 1
        return pa.chunked_array([pa.array(np.arange(first, first + self.num_rows))])

    @property
    def preamble(self) -> tuple[tuple[str, ...], ...]:
        """Return the records above the header."""
        return self.sheet.preamble

    @property
    def title(self) -> str:
        """Return the title above the header (without `sep=,`), or an empty text."""
        lines = [" ".join(c for c in cells if c).strip() for cells in self.sheet.preamble]
        titles = [line for line in lines if line and not line.startswith("sep=")]
        return titles[-1] if titles else ""

    @property
    def ignored_headers(self) -> tuple[str, ...]:
        """Return the headers no field stands for; nothing of them is taken."""
        used = set(self.mapping.values())
        return tuple(h for i, h in enumerate(self.sheet.header) if i not in used and h.strip())

    def has(self, *names: str) -> bool:
        """Whether the file has a column for each of the fields."""
        return all(name in self.mapping for name in names)

    def header(self, name: str) -> str:
        """Return the header of a field as the file writes it; empty when it has none."""
        return self.sheet.header[self.mapping[name]] if self.has(name) else ""

    def words(self, words: str) -> Mapping[str, str]:
        """Return what the folded words of a list in the alias files mean."""
        return load_words(self.connector.folder, words)

    def word(self, words: str, text: str) -> str | None:
        """Return what one word or title means by a list of the alias files, or None."""
        return self.words(words).get(fold_header(text))

    # -- columns by field name -----------------------------------------------------------------

    def raw(self, name: str) -> Column:
        """Return the cells as written (null where empty)."""
        if not self.has(name):
            return pa.chunked_array([pa.nulls(self.num_rows, pa.string())])
        return self.sheet.column(self.mapping[name])

    def text(self, name: str) -> Column:
        """Return texts, trimmed; null where empty."""
        return self._read(name, "text")

    def ids(self, name: str) -> Column:
        """Return ids; null where a spreadsheet damaged them (see `damaged`)."""
        return self._read(name, "id")

    def damaged(self, name: str) -> Column:
        """Return, per row, whether the cell had content that could not be read."""
        field = self.export.field(name)
        way = field.reads if field else "id"
        self._read(name, way)
        return pa.chunked_array([pa.array(self._cells[name, way].strange)])

    def counts(self, name: str) -> Column:
        """Return whole numbers (int64); null where the platform gave none."""
        return self._read(name, "count")

    def numbers(self, name: str) -> Column:
        """Return numbers (float64)."""
        return self._read(name, "number")

    def percents(self, name: str) -> Column:
        """Return shares as fractions: `38%` is 0.38; a bare number is a fraction already."""
        return self._read(name, "percent")

    def money(self, name: str) -> Column:
        """Return amounts (decimal128(20, 4)); their currency is `currency`."""
        return self._read(name, "money")

    def durations(self, name: str) -> Column:
        """Return lengths of time in seconds (float64)."""
        return self._read(name, "duration")

    def days(self, name: str) -> Column:
        """Return days (date32): the date as the file writes it, whatever hour stands behind."""
        return self._read(name, "day")

    def moments(self, name: str, *, zone: str | None = None) -> Column:
        """Return moments in naive UTC; the file's clock is that of `zone` or `told.timezone`."""
        zone = find_zone(zone or self.told.timezone).key
        local = self._read(name, "moment")
        if self._cells[name, "moment"].is_utc:
            return local
        aware = pc.assume_timezone(local, zone, ambiguous="earliest", nonexistent="earliest")
        return aware.cast(pa.timestamp("us", "UTC")).cast(pa.timestamp("us"))

    def has_time(self, name: str) -> bool:
        """Whether the moments of a field carry a time of day, or are days only."""
        self._read(name, "moment")
        return self._cells[name, "moment"].has_time

    def is_rounded(self, name: str) -> Column:
        """Return, per row, whether the platform rounded the number (`1.2K`)."""
        field = self.export.field(name)
        self._read(name, field.reads if field else "count")
        return self._cells[name, field.reads if field else "count"].rounded

    def value(self, name: str, reads: Reads | None = None) -> Column:
        """Return a column read as its field declares."""
        field = self.export.field(name)
        way = reads or (field.reads if field else "text")
        if way == "moment":
            return self.moments(name)
        return self._read(name, way)

    def filled(self, *, but: frozenset[str] | set[str] = frozenset()) -> dict[str, Column]:
        """Return lake column -> values of all fields that name a column and stand in the file."""
        wanted = [
            f for f in self.export.fields if f.column and self.has(f.name) and f.name not in but
        ]
        return {str(f.column): self.value(f.name) for f in wanted}

    def read_ahead(self) -> None:
        """Read all columns of a big sheet side by side; what was found is judged when asked for."""
        if self.num_rows < _MANY:
            return
        fields = [(f.name, f.reads) for f in self.export.fields if self.has(f.name)]
        with ThreadPoolExecutor(_READERS) as pool:
            self._ahead.update(
                zip(fields, pool.map(lambda w: self._cells_of(*w), fields), strict=True)
            )

    def meanings(self, name: str, words: str, *, otherwise: str | None = None) -> Column:
        """Return a column of translated words as what they mean; `otherwise` for unknown ones."""
        known = self.words(words)
        return self.mapped(
            name, lambda cell: known.get(fold_header(cell), otherwise) if cell else None
        )

    def mapped(self, name: str, translate: Any) -> Column:
        """Return a text column with each distinct cell translated once (nulls stay)."""
        return _per_distinct(
            self.text(name),
            lambda words: pa.array([translate(w) for w in words.to_pylist()], pa.string()),
        )

    def _read(self, name: str, reads: Reads) -> Column:
        if (name, reads) not in self._cells:
            cells = self._ahead.pop((name, reads), None) or self._cells_of(name, reads)
            self._cells[name, reads] = cells
            self.notes += [note for note in cells.notes if note not in self.notes]
            if cells.question is not None:
                self._ask_about(name, cells.question)
            else:
                self._judge_strange(name, cells)
        return self._cells[name, reads].values

    def _cells_of(self, name: str, reads: Reads) -> Cells:
        return read_cells(
            self.raw(name), reads, field=self.export.field(name), language=self._hint,
            told=self.told, currency=currency_in(self.header(name)),
        )  # fmt: skip

    @property
    def _hint(self) -> str | None:
        # Mixed headers say nothing about how numbers are written.
        told = self.language if self.language != "mixed" else None
        return self.export.numbers_like or told

    def _ask_about(self, name: str, question: Question) -> None:
        text = Text("“{header}”: " + question.text.en, "“{header}”: " + question.text.id)
        self.ask(question.key, text, choices=question.choices, header=self.header(name))

    def _judge_strange(self, name: str, cells: Cells) -> None:
        if not cells.strange_count:
            return
        # A word such as “Total” in a row already left out is no damage.
        strange = cells.strange & self._taken
        count = cells.strange_count - int((cells.strange & ~self._taken).sum())
        full = self.num_rows - self.raw(name).null_count
        if count:
            bad = count > _UNREADABLE * full and count > 1
            first = int(np.flatnonzero(strange)[0])
            self.check(
                "readable", "failed" if bad and not cells.is_id else "noted",
                Text("{count} of {full} cells of “{header}” cannot be read, the first in row "
                     "{row}: “{cell}”.",
                     "{count} dari {full} sel “{header}” tidak terbaca, yang pertama di baris "
                     "{row}: “{cell}”."),
                count=count, full=full, header=self.header(name),
                row=self.sheet.row_number(first), cell=str(self.raw(name)[first].as_py())[:80],
            )  # fmt: skip

    # -- what is found on the way --------------------------------------------------------------

    @property
    def taken(self) -> np.ndarray:
        """Return, per row, whether it still counts (a NumPy mask)."""
        return self._taken

    def skip(self, mask: Any) -> int:
        """Leave rows out without a word (blank lines, totals); return how many."""
        gone = as_mask(mask) & self._taken
        self._taken &= ~gone
        return int(gone.sum())

    def set_aside(self, mask: Any, reason: Text, **data: object) -> int:
        """Leave rows out, each listed with its number and the reason; return how many."""
        gone = as_mask(mask) & self._taken
        self._taken &= ~gone
        for index in np.flatnonzero(gone):
            self._note_aside(self.sheet.row_number(int(index)), reason, **data)
        return int(gone.sum())

    def _note_aside(self, row: int, reason: Text, **data: object) -> None:
        self.aside_count += 1
        if len(self.asides) < MOST_ASIDE:
            self.asides.append(Aside(row, reason, data))

    def ask(self, key: str, text: Text, *, choices: tuple[str, ...] = (), **data: object) -> None:
        """Ask something the file does not say; nothing is imported until it is answered."""
        self.questions.setdefault(key, Question(key, text, choices, data))

    def check(self, key: str, state: Any, text: Text, **data: object) -> None:
        """Report a test of the file: state passed, failed (the file is refused) or noted."""
        self.checks.append(Check(key, state, text, data))

    def refuse(self, key: str, reason: Text, **data: object) -> Extract:
        """Return an extract without facts: the file must not be read, for the reason."""
        self.check(key, "failed", reason, **data)
        return self.extract({})

    def note(self, text: Text) -> None:
        """Say something worth knowing that changes no figure."""
        self.notes.append(text)

    def check_ratio(
        self, name: str, stated: Column, numerator: Any, denominator: Any, *,
        tolerance: float = 0.001, half_unit: float = 0.0, allowed: float = 0.0,
    ) -> None:  # fmt: skip
        """Compare a rate of the file with the one recomputed from its parts, row by row.

        A row agrees within `tolerance` (relative) or `half_unit` (absolute, for rounded rates).
        The file is refused when more than the share `allowed` of the rows disagrees.
        """
        self.checks.extend(
            compare_ratio(self, name, (stated, numerator, denominator), tolerance=tolerance,
                          half_unit=half_unit, allowed=allowed)
        )  # fmt: skip

    def check_total(
        self, name: str, total: float | None, rows: Any, *, tolerance: float = 0.001
    ) -> None:
        """Compare a totals row of the file with the sum of `rows`, the values of the others.

        The file is refused if they differ. Where rows are blank (a platform leaves out low
        counts) the total may exceed the sum: that is noted.
        """
        summed = pc.sum(rows).as_py()
        if total is None or summed is None:
            return
        total, summed = float(total), float(summed)
        same = abs(total - summed) <= tolerance * max(abs(total), 1e-9)
        left_out = not same and total > summed and rows.null_count > 0
        state, text = ("passed", _SAME_TOTAL) if same else ("failed", _OTHER_TOTAL)
        if left_out:
            state, text = "noted", _LOW_COUNTS
        self.check("total", state, text, header=self.header(name) or name,
                   total=total, summed=summed)  # fmt: skip

    # -- accounts, posts, money ----------------------------------------------------------------

    def account(self, *platforms: str) -> str | None:
        """Return the account told for one of the platforms; ask when none or several fit."""
        fitting = tuple(
            a for a in self.told.accounts if not platforms or a.split(":", 1)[0] in platforms
        )
        if len(fitting) == 1:
            return fitting[0]
        self.ask(
            "account",
            Text("The file does not say which account it is of. Say it with --account, "
                 "such as {example}.",
                 "Berkas ini tidak menyebut akunnya. Sebutkan dengan --account, misalnya {example}."),
            choices=fitting, example=f"{(platforms or ('platform',))[0]}:kopiserambi",
        )  # fmt: skip
        return None

    def accounts(self, platform: str | Column, handle: Column) -> Column:
        """Return account keys `platform:handle`, lower case, without @ or a leading apostrophe."""
        clean = _per_distinct(handle, lambda h: pc.utf8_lower(pc.utf8_ltrim(h, characters="@'‘’ ")))
        return pc.binary_join_element_wise(platform, clean, ":")

    def posts(self, platform: str | Column, ids: Column) -> Column:
        """Return post keys `platform:id`; null where the id is."""
        return pc.binary_join_element_wise(platform, ids, ":")

    def currency(self, name: str, column: str | None = None) -> str | None:
        """Return the currency of a money field: its header's, the file's column, what was told.

        Asks when nothing says it; a file with several currencies is asked about too.
        """
        found = {currency_in(self.header(name))} - {None}
        if not found and column and self.has(column):
            taken = self.text(column).filter(pa.array(self._taken))
            found = set(pc.unique(taken).to_pylist()) - {None}
        if len(found) == 1:
            return next(iter(found))
        if not found and self.told.currency:
            return self.told.currency
        self.ask(
            "currency",
            Text("Which currency are the amounts of “{header}” in? Say it with --currency.",
                 "Mata uang “{header}” apa? Sebutkan dengan --currency."),
            choices=tuple(sorted(c for c in found if c)), header=self.header(name),
        )  # fmt: skip
        return None

    # -- the result ----------------------------------------------------------------------------

    def extract(
        self, tables: Mapping[str, Any], *, start: date | None = None,
        end: date | None = None, accounts: tuple[str, ...] | None = None,
        more: Mapping[str, pa.Table] | None = None, covers: Period | None = None,
        is_whole: bool = True,
    ) -> Extract:  # fmt: skip
        """Build the extract: lake table -> column -> values (a column of the sheet, or one value).

        Adds `row` and `observed_at`, leaves out dropped rows, sets aside rows without a key and
        rows that stand twice. A table may be given as `(columns, mask)` to take some rows only,
        or as a list of such parts. `more` are rows already put together (one per account, or a
        column turned into rows). `covers` and `is_whole` are those of the extract.
        """
        facts: dict[str, pa.Table] = {}
        for key, columns in tables.items():
            parts = columns if isinstance(columns, list) else [columns]
            built = [self._build(key, part) for part in parts]
            whole = pa.concat_tables(built, promote_options="default")
            if whole.num_rows:
                facts[key] = whole
        for key, rows in (more or {}).items():
            if not rows.num_rows:
                continue
            ready = finish_rows(key, rows, self.told.observed_at)
            facts[key] = (
                pa.concat_tables([facts[key], ready], promote_options="default")
                if key in facts else ready
            )  # fmt: skip
        low, high = span_of(facts, self.told.timezone)
        return Extract(
            facts=facts,
            accounts=accounts if accounts is not None else _accounts_in(facts),
            start=start or low,
            end=end or high,
            checks=tuple(self.checks),
            set_aside=tuple(self.asides),
            aside_count=self.aside_count,
            questions=tuple(self.questions.values()),
            notes=tuple(self.notes),
            ignored_headers=self.ignored_headers,
            covers=covers or self.told.period,
            is_whole=is_whole,
            listed=tuple(k for k in tables if table_of(k).listed_in),
        )

    def _build(self, key: str, part: Any) -> pa.Table:
        columns, mask = part if isinstance(part, tuple) else (part, None)
        keep = self._taken if mask is None else self._taken & as_mask(mask)
        table, findings = build_rows(
            key, columns, rows=self.rows, keep=keep, observed_at=self.told.observed_at
        )
        if not self.questions:  # what an open question leaves empty is no fault of the rows
            for finding in findings:
                self._report(finding)
        return table

    def _report(self, finding: Finding) -> None:
        for row in finding.rows:
            self._note_aside(row, finding.reason, **finding.data)
        if finding.check is not None:
            self.checks.append(finding.check)


def _per_distinct(column: Column, change: Callable[[pa.Array], pa.Array]) -> Column:
    """Return the column with its distinct values changed, each once."""
    coded = as_array(column).dictionary_encode()
    return pa.chunked_array([change(coded.dictionary).take(coded.indices)])


def as_mask(mask: Any) -> np.ndarray:
    """Return a mask of any kind (Arrow, NumPy) as a NumPy one; null is False."""
    if isinstance(mask, pa.ChunkedArray | pa.Array):
        return pc.fill_null(mask, fill_value=False).to_numpy(zero_copy_only=False).astype(bool)
    return np.asarray(mask, dtype=bool)


def _accounts_in(facts: Mapping[str, pa.Table]) -> tuple[str, ...]:
    found: set[str] = set()
    for table in facts.values():
        if "account" in table.column_names:
            found |= set(pc.unique(table["account"]).to_pylist()) - {None}
    return tuple(sorted(found))
