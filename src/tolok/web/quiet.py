"""The log keeps no secret: long random parts of an address are masked before a line is written."""

from __future__ import annotations

import logging
import re

# Secrets of links, invitations, feeds and tokens are 43 signs of this alphabet or more.
_SECRET = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{32,}")
_MASK = "…"


def hide_secrets(words: str) -> str:
    """Return words with everything that may be a secret masked."""
    return _SECRET.sub(_MASK, words)


class HideSecrets(logging.Filter):
    """Masks secrets in the words of a record, whoever logs it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask in place; every record is kept."""
        record.msg, record.args = hide_secrets(record.getMessage()), ()
        return True
