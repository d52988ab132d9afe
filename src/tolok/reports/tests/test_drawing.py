"""Drawings hold: sizes of brands, empty data, long words, other scripts, and Office programs."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.enum.chart import XL_MARKER_STYLE
from pypdf import PdfReader

from tolok.base import COUNT, LANGUAGES, Text
from tolok.reports import Style, draw_report
from tolok.reports.blocks import Charts
from tolok.reports.draw.chart import Chart, Event, Series
from tolok.reports.draw.pdf import report_as_data, soften
from tolok.reports.draw.svg import draw_svg
from tolok.reports.draw.words import notes_of
from tolok.reports.number import Number
from tolok.reports.report import Report

from .reading import read_html, read_pdf, squeeze
from .world import report_of

OFFICE = shutil.which("soffice")
NAMES = tuple(Text(f"m{n}", f"m{n}") for n in range(6))


@pytest.fixture(scope="module")
def number() -> Number:
    return next(n for n in report_of(1).told[0].numbers if n.value is not None)


def _chart(number: Number, values: list[float | None], **more: object) -> Chart:
    made = tuple(None if v is None else Number(v, COUNT, "figure", number.sources) for v in values)
    return Chart(
        "c", NAMES[0], "line", NAMES[: len(values)], (Series(NAMES[0], made),), COUNT, **more
    )  # type: ignore[arg-type]


@pytest.mark.parametrize("accounts", [0, 1, 12, 60])
@pytest.mark.parametrize("form", ["pdf", "html", "pptx", "xlsx", "eml"])
def test_brands_of_every_size_can_be_drawn(accounts: int, form: str) -> None:
    assert len(draw_report(report_of(accounts), form, "id")) > 1000


def test_an_empty_report_says_so_in_words() -> None:
    words = read_pdf(draw_report(report_of(0), "pdf", "en"))
    assert "nothing to report" in words
    assert "Nothing to say" in words


def test_a_print_has_its_fonts_inside() -> None:
    printed = [draw_report(report_of(n), "pdf", "id") for n in (12, 60)]
    pages = [page for one in printed for page in PdfReader(io.BytesIO(one)).pages]
    fonts = {name: is_inside for page in pages for name, is_inside in _fonts(page)}
    assert all(fonts.values()), fonts
    for family in ("Inter", "NotoSansArabic", "NotoSansHebrew", "NotoEmoji"):
        assert any(family in name for name in fonts), (family, set(fonts))


def _fonts(page: object) -> list[tuple[str, bool]]:
    found = []
    for font in page["/Resources"].get("/Font", {}).values():  # type: ignore[index]
        told = font.get_object()
        inner = told["/DescendantFonts"][0].get_object() if "/DescendantFonts" in told else told
        drawn = inner.get("/FontDescriptor", {}).get_object()
        is_inside = told["/Subtype"] == "/Type3" or any(k.startswith("/FontFile") for k in drawn)
        found.append((str(told.get("/BaseFont", "/Type3")), is_inside))
    return found


def test_a_missing_month_is_a_gap_and_no_line_crosses_a_break(number: Number) -> None:
    gap = draw_svg(_chart(number, [1, 2, None, 4, 5]), "en", accent="#000000")
    assert gap.count("<polyline") == 2
    broken = _chart(
        number,
        [1, 2, 3, 4],
        events=(Event(2, Text("counts anew", "dihitung ulang"), is_break=True),),
    )
    drawn = draw_svg(broken, "en", accent="#000000")
    assert drawn.count("<polyline") == 2
    assert "counts anew" in drawn


def _with_leasts(number: Number, values: list[float | None], *places: int, **more: object) -> Chart:
    """Return a chart whose values at these places are known only as at least so much."""
    chart = _chart(number, values, **more)
    numbers = tuple(
        replace(one, state="at_least") if one is not None and n in places else one
        for n, one in enumerate(chart.series[0].numbers)
    )
    return replace(chart, series=(Series(NAMES[0], numbers),))


def test_a_least_is_an_arrow_and_no_fall_of_a_line(number: Number) -> None:
    drawn = draw_svg(_with_leasts(number, [9, 8, 3, 9, 8, 2], 2, 5), "en", accent="#000000")
    assert drawn.count("<polyline") == 2
    assert drawn.count("h8m-4 0v-10") == 2
    assert ">≥ 2<" in drawn, "the last value keeps its sign"
    assert "<circle" not in drawn
    assert ">3<" not in drawn, "no lowest value is named that may be higher"
    alone = draw_svg(_with_leasts(number, [3, 2], 0, 1), "en", accent="#000000")
    assert (alone.count("<polyline"), alone.count("h8m-4 0v-10")) == (0, 2)


@pytest.mark.parametrize("kind", ["column", "bar"])
def test_a_least_is_a_pale_bar_with_its_sign(number: Number, kind: str) -> None:
    chart = replace(_with_leasts(number, [9, 8, 3], 2), kind=kind)  # type: ignore[arg-type]
    drawn = draw_svg(chart, "id", accent="#000000")
    assert drawn.count("stroke-dasharray") == 1
    assert ">≥ 3<" in drawn
    assert "setidaknya sekian" in notes_of(chart, "id")
    assert "at least" not in notes_of(_chart(number, [9, 8, 3]), "en")


def test_native_lines_do_not_run_through_leasts(number: Number) -> None:
    chart = _with_leasts(number, [9, 8, 3, 9], 2)
    parts = [(p.name.id, [n.value if n else None for n in p.numbers], *more)
             for p, *more in chart.drawn]  # fmt: skip
    assert parts == [("m0", [9, 8, None, 9], 0, False), ("m0, setidaknya", [None, None, 3, None], 0, True)]  # fmt: skip
    assert len(replace(chart, kind="column").drawn) == 1
    assert len(_chart(number, [9, 8]).drawn) == 1


@pytest.mark.parametrize("kind", ["line", "column", "bar"])
def test_office_files_show_leasts_apart(number: Number, kind: str) -> None:
    chart = replace(_with_leasts(number, [9, 8, 3, 9, 2], 2, 4), kind=kind)  # type: ignore[arg-type]
    report = report_of(1)
    sheet = report.told[0]
    report = replace(report, sheets=(replace(sheet, blocks=(Charts((chart,)),)),))
    slides = Presentation(io.BytesIO(draw_report(report, "pptx", "id")))
    (made,) = [s.chart for one in slides.slides for s in one.shapes if s.has_chart]
    told = [(s.name, list(s.values)) for s in made.plots[0].series]
    if kind == "line":
        assert told == [("m0", [9, 8, None, 9, None]), ("m0, setidaknya", [None, None, 3, None, 2])]
        assert made.plots[0].series[1].marker.style == XL_MARKER_STYLE.TRIANGLE
    else:
        order = -1 if kind == "bar" else 1
        assert told == [("m0", [9, 8, 3, 9, 2][::order])]
        hollow = [n for n in range(5) if made.plots[0].series[0].points[n].format.fill.type is not None]  # fmt: skip
        assert hollow == sorted((4 - n if kind == "bar" else n) for n in (2, 4))
    labels = [run.text for run in made._chartSpace.iter() if run.tag.endswith("}t")]
    assert sorted(x for x in labels if x.startswith("≥")) == (
        ["≥ 2"] if kind == "line" else ["≥ 2", "≥ 3"]
    )
    if kind != "line":
        assert made.plots[0].series[0].data_labels.show_value, "the other values are still written"
    book = load_workbook(io.BytesIO(draw_report(report, "xlsx", "en")))
    cells = [(c.value, c.number_format) for rows in book[book.sheetnames[1]] for c in rows]
    assert sum(value in (3, 2) and look.startswith('"≥ "') for value, look in cells) == 2


def test_a_drawing_has_a_text_that_says_the_same() -> None:
    for sheet in report_of(12).told:
        for block in sheet.blocks:
            for chart in block.charts if isinstance(block, Charts) else ():
                for language in LANGUAGES:
                    said = chart.says.say(language) if chart.says else chart.title.say(language)
                    assert said.split("(")[0].replace("&", "&amp;")[:30] in draw_svg(
                        chart, language, accent="#000000"
                    )


def test_words_are_escaped_wherever_they_stand(number: Number) -> None:
    evil = Text('<b>&"x', '<b>&"x')
    made = replace(_chart(number, [1, 2]), title=evil, categories=(evil, evil))
    assert "<b>" not in draw_svg(made, "en", accent="#000000")


def test_long_words_get_places_to_break_and_keep_their_letters() -> None:
    word = "pertanggungjawaban" * 3
    assert squeeze(soften([word])[0]) == word
    assert soften("kata pendek") == "kata pendek"
    assert soften("<svg>" + word) == "<svg>" + word


def test_a_logo_and_a_colour_are_printed(tmp_path: Path) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    )
    report = replace(report_of(1), style=Style("#aa0011", logo))
    assert report_as_data(report, "id")["accent"] == "#aa0011"
    assert draw_report(report, "pdf", "id").startswith(b"%PDF")
    assert "#aa0011" in draw_report(report, "html", "id").decode()


def test_the_page_needs_nothing_from_outside() -> None:
    page = draw_report(report_of(12), "html", "id").decode()
    assert "<script" not in page
    assert "<link" not in page
    assert "@import" not in page
    assert read_html(page).strip()


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("form", ["pptx", "xlsx"])
def test_libreoffice_opens_it(form: str, tmp_path: Path) -> None:
    report: Report = report_of(12)
    path = tmp_path / f"report.{form}"
    path.write_bytes(draw_report(report, form, "id"))
    command = [str(OFFICE), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
               "--outdir", str(tmp_path), str(path)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    words = squeeze(read_pdf((tmp_path / "report.pdf").read_bytes()))
    answer = squeeze(report.told[0].sentences[0].say("id"))
    assert answer in words
