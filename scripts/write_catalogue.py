"""Write docs/catalogue.md from the declarations of the metrics."""

from __future__ import annotations

from pathlib import Path

from tolok.metrics.catalogue_page import catalogue_markdown

PAGE = Path(__file__).resolve().parents[1] / "docs/catalogue.md"

if __name__ == "__main__":
    PAGE.write_text(catalogue_markdown(), encoding="utf-8")
