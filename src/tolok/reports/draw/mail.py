"""A report as a letter: what matters inside, the whole report attached, in plain text too."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage
from html import escape

from tolok.base import Language, Text

from ..blocks import Block, Cell, Grid, Mark, Quote, Tiles, Words
from ..number import Number
from ..report import Report
from .palette import MOODS, SIGNS, SOFT
from .words import EMPTY, FOOT, say_made

_LOOK = "font-family:Inter,Segoe UI,Roboto,Arial,sans-serif;font-size:15px;line-height:1.5;color:#16181d"
_TYPES = {
    "pdf": ("application", "pdf"),
    "pptx": ("application", "vnd.openxmlformats-officedocument.presentationml.presentation"),
    "xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "html": ("text", "html"),
}
READ_ON = Text("Read the whole report on screen and rate it",
               "Baca laporan lengkap di layar dan beri nilai")  # fmt: skip
_INSIDE = 3  # pages told in the letter itself; the rest is attached


def draw_mail(
    report: Report, language: Language, *, sender: str, recipients: Sequence[str],
    attached: Sequence[tuple[str, bytes]] = (), warning: Text | None = None, link: str = "",
) -> EmailMessage:  # fmt: skip
    """Return the letter: plain text and HTML say the same; `attached` are (suffix, content).

    `warning` stands first, say that the data ends before the period does; `link` leads to the
    whole report on screen.

    Every recipient gets the letter alone: the list stands in no header but To of each copy, so
    give one recipient a call where people must not see each other.
    """
    message = EmailMessage()
    message["Subject"] = (
        f"{report.name}: {report.title.say(language)}, {report.period.label(language)}"
    )
    message["From"], message["To"] = sender, ", ".join(recipients)
    message.set_content(_draw_text(report, language, warning, link))
    message.add_alternative(_draw_html(report, language, warning, link), subtype="html")
    for suffix, content in attached:
        kind, sub = _TYPES[suffix]
        name = report.file_name(suffix, language)
        message.add_attachment(content, maintype=kind, subtype=sub, filename=name)
    message["Content-Language"] = language  # only now: filling a letter takes such headers away
    return message


def _draw_text(report: Report, language: Language, warning: Text | None, link: str) -> str:
    lines = [f"{report.name} · {report.title.say(language)} · {report.period.label(language)}",
             say_made(report, language), ""]  # fmt: skip
    if warning is not None:
        lines += [f"{SIGNS['watch']} {warning.say(language)}", ""]
    if report.is_empty:
        lines += [EMPTY.say(language), ""]
    for sheet in report.told[:_INSIDE]:
        lines += [sheet.title.say(language).upper(), sheet.question.say(language), ""]
        for block in sheet.blocks:
            lines += _text_of(block, language)
    end = [f"{READ_ON.say(language)}: {link}", ""] if link else []
    return "\n".join([*lines, *end, FOOT.say(language), ""])


def _text_of(block: Block, language: Language) -> list[str]:
    if isinstance(block, Words):
        head = [block.title.say(language)] if block.title else []
        return [*head, *(f"{SIGNS[s.mood] or '-'} {s.say(language)}" for s in block.sentences), ""]
    if isinstance(block, Tiles):
        return [*(f"{t.name.say(language)}: {t.number.write(language)}" + (
            f" ({t.change.write(language)})" if t.change and t.change.is_known else "") for t in block.tiles), ""]  # fmt: skip
    if isinstance(block, Grid):
        heads = [c.name.say(language) for c in block.columns]
        rows = [
            " · ".join(f"{h}: {_cell(c, language)}" for h, c in zip(heads, r, strict=True))
            for r in block.rows
        ]
        return [*([block.title.say(language)] if block.title else []), *rows, ""]
    return []


def _cell(cell: Cell, language: Language) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, Number):
        return cell.write(language)
    if isinstance(cell, Mark):
        return f"{SIGNS[cell.mood]} {cell.text.say(language)}"
    return cell.words if isinstance(cell, Quote) else cell.say(language)


def _draw_html(report: Report, language: Language, warning: Text | None, link: str) -> str:
    title = f"{report.title.say(language)} · {report.period.label(language)}"
    parts = [
        f'<!doctype html><html lang="{language}"><body style="margin:0;padding:24px;{_LOOK}">'
        f'<div style="max-width:680px;margin:0 auto"><p style="color:{SOFT};margin:0">{escape(report.name)}</p>'
        f'<h1 style="font-size:24px;margin:4px 0;color:{report.style.accent}">{escape(title)}</h1>'
        f'<p style="color:{SOFT};margin:0 0 20px">{escape(say_made(report, language))}</p>'
    ]
    if warning is not None:
        words = f"{SIGNS['watch']} {warning.say(language)}"
        parts.append(f'<p style="color:{MOODS["watch"]}">{escape(words)}</p>')
    if report.is_empty:
        parts.append(f"<p>{escape(EMPTY.say(language))}</p>")
    for sheet in report.told[:_INSIDE]:
        parts.append(f'<h2 style="font-size:18px;margin:28px 0 0">{escape(sheet.title.say(language))}</h2>'
                     f'<p style="color:{SOFT};margin:0 0 12px">{escape(sheet.question.say(language))}</p>')  # fmt: skip
        parts += [_html_of(b, language) for b in sheet.blocks]
    if link:
        words = escape(READ_ON.say(language))
        parts.append(f'<p style="margin:28px 0 0"><a href="{escape(link, quote=True)}" '
                     f'style="color:{report.style.accent};font-weight:600">{words}</a></p>')  # fmt: skip
    parts.append(
        f'<p style="color:{SOFT};font-size:12px;margin-top:32px">{escape(FOOT.say(language))}</p></div></body></html>'
    )
    return "".join(parts)


def _html_of(block: Block, language: Language) -> str:
    if isinstance(block, Words):
        head = (
            f'<h3 style="font-size:15px;margin:18px 0 4px">{escape(block.title.say(language))}</h3>'
            if block.title
            else ""
        )
        return head + "".join(
            f'<p style="margin:4px 0"><span style="color:{MOODS[s.mood]}">{SIGNS[s.mood] or "–"}</span> '
            f"{escape(s.say(language))}</p>" for s in block.sentences
        )  # fmt: skip
    if isinstance(block, Tiles):
        return "".join(
            f'<p style="margin:4px 0">{escape(t)}</p>' for t in _text_of(block, language) if t
        )
    if isinstance(block, Grid):
        return _html_grid(block, language)
    return ""


def _html_grid(block: Grid, language: Language) -> str:
    look = "padding:5px 8px 5px 0;border-bottom:1px solid #e5e6eb;font-size:13px;text-align:"
    heads = "".join(
        f'<th style="{look}{c.align};color:{SOFT}">{escape(c.name.say(language))}</th>'
        for c in block.columns
    )
    rows = "".join(
        "<tr>" + "".join(f'<td dir="auto" style="{look}{c.align}">{escape(_cell(x, language))}</td>'
                         for c, x in zip(block.columns, row, strict=True)) + "</tr>"
        for row in block.rows
    )  # fmt: skip
    title = (
        f'<h3 style="font-size:15px;margin:18px 0 4px">{escape(block.title.say(language))}</h3>'
        if block.title
        else ""
    )
    return f'{title}<table role="table" style="border-collapse:collapse;width:100%"><tr>{heads}</tr>{rows}</table>'
