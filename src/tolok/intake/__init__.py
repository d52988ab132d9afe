"""Import: examine any file, say what it is and what is wrong with it, take it into the lake."""

from .answers import Answers, Notes, find_notes, read_kinds
from .derive import Derived, derive_facts
from .examine import examine, examine_file, find_files
from .mapping import ColumnRead, Mappings, SheetMapping, suggest_mapping
from .take import Taken, import_files, take
from .verdict import Part, Verdict, count_taken

__all__ = [
    "Answers",
    "ColumnRead",
    "Derived",
    "Mappings",
    "Notes",
    "Part",
    "SheetMapping",
    "Taken",
    "Verdict",
    "count_taken",
    "derive_facts",
    "examine",
    "examine_file",
    "find_files",
    "find_notes",
    "import_files",
    "read_kinds",
    "suggest_mapping",
    "take",
]
