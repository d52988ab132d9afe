"""Any file becomes sheets of text cells, and columns of text become numbers, dates and ids."""

from .dates import read_dates
from .durations import read_duration
from .files import read_file
from .header import clean_header, find_header_rows, fold_header
from .ids import ParsedIds, read_ids
from .numbers import read_counts, read_money, read_numbers, read_percent
from .parsed import CellProblem, ParsedColumn
from .sheet import Limits, SetAside, Sheet

__all__ = [
    "CellProblem",
    "Limits",
    "ParsedColumn",
    "ParsedIds",
    "SetAside",
    "Sheet",
    "clean_header",
    "find_header_rows",
    "fold_header",
    "read_counts",
    "read_dates",
    "read_duration",
    "read_file",
    "read_ids",
    "read_money",
    "read_numbers",
    "read_percent",
]
