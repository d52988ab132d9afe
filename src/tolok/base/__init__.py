"""The ground all rooms stand on: errors, texts, units, periods, money, locale, shelves."""

from .errors import DefinitionError, InternalError, SourceError, TolokError, UserError
from .text import LANGUAGES, Language, Text

__all__ = [
    "LANGUAGES",
    "DefinitionError",
    "InternalError",
    "Language",
    "SourceError",
    "Text",
    "TolokError",
    "UserError",
]
