"""The facts: tables, the store that never overwrites, and reading them as of one moment."""

from .catalogue import Batch
from .reading import LakeView
from .shelf import load_tables, table_of
from .store import Lake, Origin
from .table import Column, Table

__all__ = ["Batch", "Column", "Lake", "LakeView", "Origin", "Table", "load_tables", "table_of"]
