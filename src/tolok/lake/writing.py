"""Writing one data file: the Parquet settings all files of a lake share, synced to the disk."""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from .table import PROVENANCE, Table

_GROUP = 128_000  # rows of a row group
# Columns worth a dictionary: few different values; ids and captions only make it slow and large.
_REPEATING = (
    "brand",
    "account",
    "platform",
    "kind",
    "published_precision",
    "campaign",
    "pillar",
    "currency",
    "level",
    "source",
    "batch",
    "file",
    "dimension",
    "segment",
    "attribution",
)


def write_rows(
    path: Path, table: Table, parts: Iterable[pa.Table]
) -> tuple[int, str | None, str | None]:
    """Write rows, part by part, into a new file; returns their count, first and last time.

    There must be one part at least. When this returns the rows survive a power cut.
    """
    coming = iter(parts)
    first = next(coming)
    count, ends = 0, []
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as sink:
        with _writer(sink, table, first.schema) as writer:
            for part in chain([first], coming):
                writer.write_table(part, row_group_size=_GROUP)
                count += part.num_rows
                if table.time is not None:
                    ends += pc.min_max(part[table.time]).as_py().values()
        sink.flush()
        os.fsync(sink.fileno())
    told = sorted(v for v in ends if v is not None)
    return (count, told[0].isoformat(), told[-1].isoformat()) if told else (count, None, None)


def _writer(sink: Any, table: Table, schema: pa.Schema) -> pq.ParquetWriter:
    return pq.ParquetWriter(
        sink, schema, compression="zstd", compression_level=1,
        use_dictionary=[n for n in _REPEATING if n in schema.names],
        # Whole numbers, days and moments: half the size, and quicker both ways.
        column_encoding={
            c.name: "DELTA_BINARY_PACKED" for c in (*table.columns, *PROVENANCE)
            if c.type in ("int", "date", "moment") and c.name in schema.names
        },
        store_schema=False,  # a text is a text, however its column lay in memory
    )  # fmt: skip
