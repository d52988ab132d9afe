"""The facts: tables, the store that never overwrites, and reading them as of one moment."""

from .catalogue import Batch
from .erase import Erased, erase_brand, erase_person, naming_columns, person_rows
from .names import list_columns, meaning_of, name_column
from .reading import LakeView
from .rollcall import DERIVED, calls_by_file, keep_roll_calls, roll_call
from .shelf import load_tables, table_of
from .store import Lake, Origin
from .table import Column, Table
from .values import name_account, name_value, write_cell

__all__ = [
    "DERIVED",
    "Batch",
    "Column",
    "Erased",
    "Lake",
    "LakeView",
    "Origin",
    "Table",
    "calls_by_file",
    "erase_brand",
    "erase_person",
    "keep_roll_calls",
    "list_columns",
    "load_tables",
    "meaning_of",
    "name_account",
    "name_column",
    "name_value",
    "naming_columns",
    "person_rows",
    "roll_call",
    "table_of",
    "write_cell",
]
