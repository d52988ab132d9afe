"""Which fact tables there are."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from tolok.base import InternalError, Text

from . import tables as _shelf
from .table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def load_tables() -> Mapping[str, Table]:
    """Return every fact table on the shelf by its key."""
    found: dict[str, Table] = {}
    for module in pkgutil.iter_modules(_shelf.__path__):
        table = importlib.import_module(f"{_shelf.__name__}.{module.name}").TABLE
        found[table.key] = table
    return MappingProxyType(dict(sorted(found.items())))


def table_of(key: str) -> Table:
    """Return the table with the key; raises InternalError when there is none."""
    try:
        return load_tables()[key]
    except KeyError:
        raise InternalError(
            Text("There is no table {key}.", "Tidak ada tabel {key}."),
            Text("Known tables: {known}.", "Tabel yang ada: {known}."),
            key=key, known=", ".join(load_tables()),
        ) from None  # fmt: skip
