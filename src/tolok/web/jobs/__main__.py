"""`python -m tolok.web.jobs`: keep TOLOK_WORKERS workers alive for as long as our parent lives."""

from __future__ import annotations

import os
import sys

from .watch import watch

if __name__ == "__main__":
    sys.exit(watch(max(1, int(os.environ.get("TOLOK_WORKERS", "1")))))
