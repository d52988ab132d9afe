"""`tolok report`: the report of a brand and period as PDF, slides, workbook, page or letter."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click

from tolok.base import Text
from tolok.kpi import read_kpis
from tolok.reports import AUDIENCES, Audience, Style, build_report, draw_report, load_pages
from tolok.reports.report import FORMATS

from .state import State, pass_state
from .terminal import QUIET, console

_WRITTEN = Text("Written: {file}", "Tersimpan: {file}")
_PAGES = Text(
    "pages with something to say: {told}, without: {silent}",
    "halaman berisi: {told}, belum ada isinya: {silent}",
)


@click.command("report", epilog="Examples:\n\n\b\n  tolok report --period 2026-10\n"
               "  tolok report kopi-serambi -p 2026-Q3 --format pptx --template client\n"
               "  tolok report --format xlsx --language en -o october.xlsx\n"
               "  tolok report --page scorecard --page content --format html\n")  # fmt: skip
@click.argument("brand", required=False)
@click.option(
    "--period", "-p", help="2026-10, 2026-Q3, 2026-W41, last-month, 2026-10-01..2026-10-15."
)
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(FORMATS),
    default="pdf",
    show_default=True,
    help="What to write.",
)
@click.option(
    "--language",
    "-l",
    type=click.Choice(["en", "id"]),
    help="Language of the report.  [default: the brand's]",
)
@click.option(
    "--template",
    "-t",
    type=click.Choice(AUDIENCES),
    default="team",
    show_default=True,
    help="Whom it is for.",
)
@click.option(
    "--page", "pages", multiple=True, help="Only these pages, in this order; may be repeated."
)
@click.option("--accent", default=None, help="Colour of titles and charts, #rrggbb.")
@click.option(
    "--logo",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Logo (PNG, JPEG, SVG).",
)
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="File to write."
)
@click.option("--pages", "list_pages", is_flag=True, help="List the pages there are.")
@pass_state
def report_command(
    state: State, brand: str | None, period: str | None, form: str, language: str | None, template: str,
    pages: tuple[str, ...], accent: str | None, logo: Path | None, output: Path | None, list_pages: bool,
) -> None:  # fmt: skip
    """Write a brand's report: judged figures in words and charts, ready to send."""
    if list_pages:
        _list_pages(state)
        return
    profile = state.brand(brand)
    engine = state.engine(profile)
    path = state.workspace.kpi_file(profile.slug)
    kpis = tuple(read_kpis(path)) if path.exists() else ()
    style = Style.of(accent=accent, logo=logo)
    report = build_report(
        engine, profile, state.period(period, profile, engine), kpis=kpis,
        audience=cast("Audience", template), pages=pages, style=style,
    )  # fmt: skip
    spoken = language or state.language
    target = output or Path(report.file_name(form, spoken))  # type: ignore[arg-type]
    target.write_bytes(draw_report(report, form, spoken))  # type: ignore[arg-type]
    out = console(stderr=True)
    out.print(_WRITTEN.say(state.language, file=target))
    said = _PAGES.say(state.language, told=len(report.told), silent=len(report.silent))
    out.print(said, style=QUIET)


def _list_pages(state: State) -> None:
    for page in load_pages().values():
        console().print(
            f"{page.key:18}", page.title.say(state.language), "·", page.question.say(state.language)
        )


COMMANDS = (report_command,)
