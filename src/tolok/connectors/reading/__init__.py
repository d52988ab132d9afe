"""Any file becomes sheets of text cells, and columns of text become numbers, dates and ids."""

from .files import read_file
from .header import clean_header, find_header_rows, fold_header
from .sheet import Limits, SetAside, Sheet

__all__ = [
    "Limits",
    "SetAside",
    "Sheet",
    "clean_header",
    "find_header_rows",
    "fold_header",
    "read_file",
]
