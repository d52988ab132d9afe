"""Reports that write themselves: pages of judged figures, drawn in any format and language."""

from .blocks import Sheet
from .drawing import draw_report
from .page import AUDIENCE_NAMES, AUDIENCES, Audience, Page, load_pages
from .report import Report, Style, build_report

__all__ = [
    "AUDIENCES",
    "AUDIENCE_NAMES",
    "Audience",
    "Page",
    "Report",
    "Sheet",
    "Style",
    "build_report",
    "draw_report",
    "load_pages",
]
