"""Any format of a report by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tolok.base import Language, Text, UserError

from .draw.html import draw_html
from .draw.mail import draw_mail
from .draw.pdf import draw_pdf
from .draw.pptx import draw_pptx
from .draw.xlsx import draw_xlsx
from .report import FORMATS, Report

NOBODY = "undisclosed-recipients:;"


def _page(report: Report, language: Language) -> bytes:
    return draw_html(report, language).encode()


def _letter(report: Report, language: Language) -> bytes:
    attached = [("pdf", draw_pdf(report, language))]
    return bytes(
        draw_mail(
            report,
            language,
            sender=report.brand + "@localhost",
            recipients=(NOBODY,),
            attached=attached,
        )
    )


_DRAWN: Mapping[str, Callable[[Report, Language], bytes]] = {
    "pdf": draw_pdf, "pptx": draw_pptx, "xlsx": draw_xlsx, "html": _page, "eml": _letter,
}  # fmt: skip


def draw_report(report: Report, form: str, language: Language) -> bytes:
    """Return the report in a format (pdf, pptx, xlsx, html, eml); raises UserError for another."""
    if form not in _DRAWN:
        raise UserError(
            Text("Reports are not written as “{form}”.", "Laporan tidak bisa dibuat sebagai “{form}”."),
            Text("Choose one of {known}.", "Pilih salah satu dari {known}."),
            form=form, known=", ".join(FORMATS),
        )  # fmt: skip
    return _DRAWN[form](report, language)
