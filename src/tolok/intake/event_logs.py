"""Logs of touches and of orders, as analytics and shop systems dump them: one line, one event.

They have no ids of their own; a row is named by its file's hash and its line, so that the same file
read twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pv

from tolok.base import Text, UserError, check_currency
from tolok.lake import Batch, Lake, Origin
from tolok.lake.raw import hash_file

from .covered import TABLE as COVERED
from .covered import covered_days
from .labels import moment_now

_MEANS = {
    "customer": ("customer", "customer_id", "user_id", "visitor_id", "cookie", "pelanggan"),
    "at": ("at", "time", "timestamp", "date", "waktu", "tanggal"),
    "channel": ("channel", "kanal", "saluran", "source"),
    "campaign": ("campaign", "utm_campaign", "kampanye"),
    "platform": ("platform",),
    "partnership": ("partnership", "influencer"),
    "post": ("post", "ad", "content", "utm_content"),
    "kind": ("interaction", "kind", "event"),
    "done": ("conversion", "converted", "konversi"),
    "value": ("conversion_value", "value", "revenue", "nilai"),
}


@dataclass(frozen=True, slots=True)
class LogRead:
    """What a log gave: rows per lake table, and the batch; None where it was imported before."""

    rows: Mapping[str, int]
    batch: Batch | None


def _refuse(path: Path, needed: str) -> UserError:
    return UserError(
        Text("{file} is no such log: it needs the columns {needed}.",
             "{file} bukan catatan seperti itu: perlu kolom {needed}."),
        file=path.name, needed=needed,
    )  # fmt: skip


def import_touch_log(lake: Lake, brand: str, path: Path, *, currency: str) -> LogRead:
    """Take a CSV of touches with a column that marks the converting ones, in times of UTC.

    Every row is a touch; a row whose `conversion` is 1 is a conversion too, with its value in
    `currency`, and with a value it is an order: the sale a customer came back for counts as theirs.
    Raises UserError where customer, time, channel or conversion are missing.
    """
    check_currency(currency)
    try:
        # An empty cell is no name: it must not count as a partner or campaign called "".
        table = pv.read_csv(path, convert_options=pv.ConvertOptions(strings_can_be_null=True))
    except pa.ArrowInvalid as error:
        raise _refuse(path, "customer, time, channel, conversion") from error
    columns = _columns(table)
    if not {"customer", "at", "channel", "done"} <= set(columns):
        raise _refuse(path, "customer, time, channel, conversion")
    return _take(lake, brand, path, _journey_facts(columns, hash_file(path), currency))


def _columns(table: pa.Table) -> dict[str, Any]:
    heads = {name.strip().lower().replace(" ", "_"): name for name in table.column_names}
    found = {}
    for meaning, names in _MEANS.items():
        head = next((heads[n] for n in names if n in heads), None)
        if head is not None:
            found[meaning] = table[head]
    return found


def _journey_facts(columns: Mapping[str, Any], digest: str, currency: str) -> dict[str, pa.Table]:
    count = len(columns["at"])
    ids = pa.array([f"{digest[:12]}:{line}" for line in range(2, count + 2)])
    shared: dict[str, Any] = {
        "customer": columns["customer"].cast(pa.string()),
        "at": columns["at"].cast(pa.timestamp("us", "UTC")).cast(pa.timestamp("us")),
        "row": np.arange(2, count + 2),
    }
    for name in ("channel", "campaign", "platform", "partnership"):
        if name in columns:
            shared[name] = columns[name].cast(pa.string())
    touches = pa.table({**shared, "touch": ids, **{
        n: columns[n].cast(pa.string()) for n in ("kind", "post") if n in columns}})  # fmt: skip
    done = pc.equal(columns["done"].cast(pa.int64()), 1)
    ends = pa.table({**shared, "conversion": ids}).filter(done)
    if "value" in columns:
        worth = pc.round(columns["value"].cast(pa.float64()), 4).filter(done)
        ends = ends.append_column("value", worth.cast(pa.decimal128(20, 4)))
        ends = ends.append_column("currency", pa.repeat(pa.scalar(currency), ends.num_rows))
    ends = ends.append_column("kind", pa.repeat(pa.scalar("purchase"), ends.num_rows))
    facts = {"touches": touches, "conversions": ends}
    if "value" in columns:
        facts["orders"] = pa.table({
            "order": ends["conversion"], "customer": ends["customer"], "ordered_at": ends["at"],
            "revenue": ends["value"], "currency": ends["currency"], "row": ends["row"],
        })  # fmt: skip
    return facts


def import_order_log(lake: Lake, brand: str, path: Path, *, currency: str) -> LogRead:
    """Take a plain text of orders: customer, day as YYYYMMDD, number of things, amount per line.

    Fields are parted by blanks; a header line and columns before the day but the first are passed
    over (the first names the customer). Raises UserError for a line that does not read so.
    """
    check_currency(currency)
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    found = [
        (n, f) for n, f in ((n, line.split()) for n, line in enumerate(lines, 1)) if len(f) >= 4
    ]
    if found and not found[0][1][-1].replace(".", "", 1).lstrip("-").isdigit():
        found = found[1:]
    try:
        days = np.array(
            [f"{f[-3][:4]}-{f[-3][4:6]}-{f[-3][6:8]}" for _, f in found], dtype="datetime64[D]"
        )
        worth = pa.array([f[-1] for _, f in found]).cast(pa.decimal128(20, 4))
    except (ValueError, pa.ArrowInvalid) as error:
        raise _refuse(path, "customer, YYYYMMDD, number, amount") from error
    if not found:
        raise _refuse(path, "customer, YYYYMMDD, number, amount")
    digest = hash_file(path)
    at = pa.array(days.astype("datetime64[us]")).cast(pa.timestamp("us"))
    # At noon, so that no time zone of a brand moves a bare day to its neighbour.
    noon = pc.add(at, pa.scalar(12 * 3_600_000_000, pa.duration("us")))
    orders = pa.table({
        "order": [f"{digest[:12]}:{n}" for n, _ in found], "customer": [f[0] for _, f in found],
        "ordered_at": noon, "revenue": worth, "currency": [currency] * len(found),
        "row": [n for n, _ in found],
    })  # fmt: skip
    return _take(lake, brand, path, {"orders": orders})


def _take(lake: Lake, brand: str, path: Path, facts: dict[str, pa.Table]) -> LogRead:
    digest = hash_file(path)
    rows = {key: table.num_rows for key, table in facts.items()}
    if any(b.brand == brand for b in lake.catalogue.batches(file=digest)):
        return LogRead(rows, None)
    lake.raw.keep(path)
    covered = covered_days(facts, "UTC")
    facts = facts if covered is None else {**facts, COVERED: covered}
    origin = Origin(source="own.event_log", file=digest, file_name=path.name, brand=brand,
                    note={"rows": rows})  # fmt: skip
    return LogRead(rows, lake.write(with_brand(facts, brand), origin))


def with_brand(facts: Mapping[str, pa.Table], brand: str) -> dict[str, pa.Table]:
    """Return the facts as the brand's, observed at this moment."""
    return {
        key: table.append_column("brand", pa.repeat(pa.scalar(brand), table.num_rows))
        .append_column("observed_at", pa.repeat(moment_now(), table.num_rows))
        for key, table in facts.items()
    }  # fmt: skip
