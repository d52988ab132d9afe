"""A report in print: typst lays it out; all words and numbers go to it as data, never as markup."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from importlib import resources
from pathlib import Path
from typing import Any, Literal, cast

import typst

from tolok.base import Language

from ..blocks import Block, Cell, Grid, Mark, Quote, Sheet, Tiles, Words
from ..number import Number
from ..report import Report
from .chart import Chart
from .palette import MOODS, SIGNS, SOFT_MOODS
from .svg import draw_svg
from .words import EMPTY, FOOT, SILENT, caption_of, notes_of, say_made

_WIDE, _HALF = 690.0, 330.0
_BREAK = 12
_FEW_LINES = 8
_LONG_WORD = re.compile(r"\w{24,}")


def draw_pdf(report: Report, language: Language) -> bytes:
    """Return the report as PDF, A4, with its fonts inside."""
    return cast("bytes", _compile(report, language, "pdf"))


def draw_png(report: Report, language: Language, *, ppi: float = 80) -> list[bytes]:
    """Return each printed page as a PNG picture."""
    made = _compile(report, language, "png", ppi=ppi)
    return made if isinstance(made, list) else [made]


def _compile(
    report: Report, language: Language, form: Literal["pdf", "png"], *, ppi: float = 80
) -> bytes | list[bytes]:  # fmt: skip
    here = resources.files(__package__)
    with (
        tempfile.TemporaryDirectory() as folder,
        resources.as_file(here.parent / "fonts") as fonts,  # type: ignore[attr-defined]
    ):
        root = Path(folder)
        (root / "report.typ").write_text(
            here.joinpath("report.typ").read_text(encoding="utf-8"), encoding="utf-8"
        )
        data = soften(report_as_data(report, language))
        if report.style.logo is not None:
            data["logo"] = "logo" + report.style.logo.suffix.lower()
            shutil.copyfile(report.style.logo, root / data["logo"])
        (root / "report.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return typst.compile(
            root / "report.typ", root=root, format=form, ppi=ppi, font_paths=[fonts],
        )  # type: ignore[return-value]  # fmt: skip


def soften(data: Any) -> Any:
    """Return the data with places to break inside words too long for a column."""
    if isinstance(data, str):
        return data if data.startswith("<svg") else _LONG_WORD.sub(_break_word, data)
    if isinstance(data, list):
        return [soften(x) for x in data]
    return {k: soften(v) for k, v in data.items()} if isinstance(data, dict) else data


def _break_word(found: re.Match[str]) -> str:
    word = found.group()
    return "\N{ZERO WIDTH SPACE}".join(word[n : n + _BREAK] for n in range(0, len(word), _BREAK))


def report_as_data(report: Report, language: Language) -> dict[str, Any]:
    """Return everything the layout prints, as plain data in the language."""
    return {
        "language": language, "brand": report.name, "title": report.title.say(language),
        "period": report.period.label(language), "made": say_made(report, language),
        "accent": report.style.accent, "foot": FOOT.say(language), "logo": None,
        "empty": EMPTY.say(language) if report.is_empty else None,
        "silent_title": SILENT.say(language), "moods": dict(MOODS), "soft_moods": dict(SOFT_MOODS),
        "silent": [{"title": s.title.say(language), "why": (s.nothing or s.title).say(language)}
                   for s in report.silent],
        "sheets": [_sheet(s, report, language) for s in report.told],
    }  # fmt: skip


def _sheet(sheet: Sheet, report: Report, language: Language) -> dict[str, Any]:
    return {
        "title": sheet.title.say(language), "question": sheet.question.say(language),
        "short": _is_short(sheet),
        "blocks": [_block(b, sheet, report, language) for b in sheet.blocks],
    }  # fmt: skip


def _is_short(sheet: Sheet) -> bool:
    """Whether a page is a few lines only: it then follows the one before on the same paper."""
    lines = 0
    for block in sheet.blocks:
        if isinstance(block, Words):
            lines += len(block.sentences)
        elif isinstance(block, Grid):
            lines += len(block.rows)
        else:
            return False
    return lines <= _FEW_LINES


def _block(block: Block, sheet: Sheet, report: Report, language: Language) -> dict[str, Any]:
    if isinstance(block, Words):
        return {
            "is": "words", "title": block.title.say(language) if block.title else None,
            "answer": block.is_answer,
            "sentences": [{"words": s.say(language), "mood": s.mood} for s in block.sentences],
        }  # fmt: skip
    if isinstance(block, Tiles):
        tiles = [{"name": t.name.say(language), "number": t.number.write(language), "mood": t.mood,
                  "change": t.change.write(language) if t.change and t.change.is_known else None}
                 for t in block.tiles]  # fmt: skip
        return {"is": "tiles", "tiles": tiles}
    if isinstance(block, Grid):
        return _grid(block, language)
    wide = len(block.charts) == 1
    return {
        "is": "charts",
        "charts": [_chart(c, sheet, report, language, wide=wide) for c in block.charts],
    }


def _grid(block: Grid, language: Language) -> dict[str, Any]:
    return {
        "is": "grid", "title": block.title.say(language) if block.title else None,
        "columns": [{"name": c.name.say(language), "align": c.align, "width": c.width} for c in block.columns],
        "rows": [[_cell(c, language) for c in row] for row in block.rows],
    }  # fmt: skip


def _cell(cell: Cell, language: Language) -> dict[str, Any]:
    if cell is None:
        return {"words": "–", "mood": "quiet"}
    if isinstance(cell, Number):
        return {"words": cell.write(language), "mood": "plain"}
    if isinstance(cell, Mark):
        return {"words": f"{SIGNS[cell.mood]} {cell.text.say(language)}", "mood": cell.mood}
    if isinstance(cell, Quote):
        return {"words": _cut(cell.words), "mood": "plain"}
    return {"words": cell.say(language), "mood": "plain"}


def _cut(words: str, most: int = 140) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _chart(
    chart: Chart, sheet: Sheet, report: Report, language: Language, *, wide: bool
) -> dict[str, Any]:
    width = _WIDE if wide else _HALF
    return {
        "title": chart.title.say(language), "said": caption_of(chart, sheet, language),
        "note": notes_of(chart, language),
        "alt": chart.says.say(language) if chart.says else chart.title.say(language),
        "svg": draw_svg(chart, language, accent=report.style.accent, width=width,
                        height=190 if wide else 150),
    }  # fmt: skip
