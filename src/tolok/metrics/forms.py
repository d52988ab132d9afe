"""Forms many metrics share: a count, a sum, a share with its interval, a middle, a joined figure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from tolok.base import COUNT, MONEY, RATIO, Text, Unit
from tolok.lake import table_of

from .interval import wilson
from .metric import Example, Metric
from .part import Part, Row, count_rows, distinct, figure_of, middle, total, upper_decile

Rows = tuple[Mapping[str, Any], ...]


def count(key: str, name: Text, meaning: Text, *, table: str, rows: Rows, value: float,
          where: Row | None = None, columns: tuple[str, ...] = (), **more: Any) -> Metric:  # fmt: skip
    """Return a metric that counts rows; 0 when the table has rows but none of these."""
    given: dict[str, Any] = {
        "formula": Text(f"number of {name.en.lower()}", f"jumlah {name.id.lower()}"),
        "unit": COUNT, "direction": "up", "kind": "count", "basis": "activity", "no_rows": 0, **more,
    }  # fmt: skip
    return Metric(key=key, name=name, meaning=meaning, table=table, where=where,
                  parts={"rows": count_rows(columns=columns)}, value=lambda p: p["rows"],
                  example=Example(rows, value), **given)  # fmt: skip


def different(key: str, name: Text, meaning: Text, *, table: str, column: str, rows: Rows,
              value: float, where: Row | None = None, **more: Any) -> Metric:  # fmt: skip
    """Return a metric that counts different values of a column; it does not add."""
    given: dict[str, Any] = {
        "formula": Text(f"different {name.en.lower()}, each counted once",
                        f"{name.id.lower()}, masing-masing dihitung sekali"),
        "unit": COUNT, "direction": "up", "kind": "unique", "basis": "activity", **more,
    }  # fmt: skip
    return Metric(key=key, name=name, meaning=meaning, table=table, where=where,
                  parts={"values": distinct(column)}, value=lambda p: p["values"],
                  example=Example(rows, value), **given)  # fmt: skip


def amount(key: str, name: Text, meaning: Text, *, table: str, column: str, rows: Rows,
           value: float, where: Row | None = None, **more: Any) -> Metric:  # fmt: skip
    """Return a metric that adds up a column."""
    given: dict[str, Any] = {
        "formula": Text(f"Σ {name.en.lower()}", f"Σ {name.id.lower()}"),
        "unit": COUNT, "direction": "up", "kind": "flow", "basis": "activity", **more,
    }  # fmt: skip
    return Metric(key=key, name=name, meaning=meaning, table=table, where=where,
                  parts={"sum": total(column)}, value=lambda p: p["sum"],
                  example=Example(rows, value), **given)  # fmt: skip


def money(key: str, name: Text, meaning: Text, **more: Any) -> Metric:
    """Return a metric that adds up an amount of money; unknown when currencies mix."""
    return amount(key, name, meaning, **{"unit": MONEY, **more})


def share(key: str, name: Text, meaning: Text, formula: Text, *, table: str, good: Row, rows: Rows,
          value: float, whole: Row | None = None, columns: tuple[str, ...] = (),
          **more: Any) -> Metric:  # fmt: skip
    """Return the share of rows that are good, with its 95 % Wilson interval.

    `whole` narrows the rows it is taken over. Undefined when there is none; a base of few rows is
    said.
    """
    given: dict[str, Any] = {
        "unit": RATIO, "direction": "up", "kind": "ratio", "basis": "activity", "min_base": 10, **more,
    }  # fmt: skip
    return Metric(key=key, name=name, meaning=meaning, formula=formula, table=table, where=whole,
                  parts={"good": count_rows(where=good, columns=columns),
                         "whole": count_rows(columns=columns)},
                  value=lambda p: p["good"] / p["whole"],
                  interval=lambda p: wilson(p["good"], p["whole"]),
                  example=Example(rows, value), **given)  # fmt: skip


def ratio(key: str, name: Text, meaning: Text, formula: Text, *, table: str, top: Part, base: Part,
          rows: Rows, value: float, times: float = 1, where: Row | None = None,
          **more: Any) -> Metric:  # fmt: skip
    """Return a ratio of two sums over the same rows; undefined when the lower one is zero."""
    given: dict[str, Any] = {
        "unit": RATIO, "direction": "up", "kind": "ratio", "basis": "activity", **more,
    }  # fmt: skip
    return Metric(key=key, name=name, meaning=meaning, formula=formula, table=table, where=where,
                  parts={"top": top, "base": base},
                  value=lambda p: p["top"] / p["base"] * times,
                  example=Example(rows, value), **given)  # fmt: skip


def middle_of(key: str, name: Text, meaning: Text, *, table: str, row: Row,
              columns: tuple[str, ...], rows: Rows, value: float, unit: Unit,
              is_p90: bool = False, where: Row | None = None, **more: Any) -> Metric:  # fmt: skip
    """Return the median (or the 90th percentile) of a row-level value; it does not add.

    A value made of several columns is given its own `formula`.
    """
    given: dict[str, Any] = {
        "formula": say_middle(table, columns[0], is_p90=is_p90),
        "direction": "down", "kind": "median", "basis": "activity", "min_base": 10, **more,
    }  # fmt: skip
    part = (upper_decile if is_p90 else middle)(row, *columns)
    return Metric(key=key, name=name, meaning=meaning, table=table, where=where, unit=unit,
                  parts={"middle": part}, value=lambda p: p["middle"],
                  example=Example(rows, value), **given)  # fmt: skip


def say_middle(table: str, column: str, *, is_p90: bool = False) -> Text:
    """Return the formula of a median or 90th percentile of a column, in words."""
    told = table_of(table).column(column).meaning
    # What the column means, without what is said of its empty cells.
    en, id_ = (re.split("[;:]", words)[0] for words in (told.en, told.id))
    if is_p90:
        return Text(f"90th percentile of {en}", f"persentil ke-90 dari {id_}")
    return Text(f"median of {en}", f"median dari {id_}")


def joined(key: str, name: Text, meaning: Text, formula: Text, *, table: str,
           parts: Mapping[str, Part | str], combine: Callable[[Mapping[str, Any]], Any],
           rows: Rows, others: Mapping[str, Rows], value: float, **more: Any) -> Metric:  # fmt: skip
    """Return a metric of figures of other metrics; a plain string is the key of one."""
    given: dict[str, Any] = {
        "unit": RATIO, "direction": "up", "kind": "ratio", "basis": "activity", **more,
    }  # fmt: skip
    return Metric(key=key, name=name, meaning=meaning, formula=formula, table=table,
                  parts={n: figure_of(p) if isinstance(p, str) else p for n, p in parts.items()},
                  value=combine, example=Example(rows, value, others=others), **given)  # fmt: skip
