"""`tolok influencers`: how genuine and how fitting partners look, part by part."""

from __future__ import annotations

import click
from rich.console import Console
from rich.text import Text as Line

from tolok.base import Language, Locale, Text
from tolok.intake.deliverables import measure_deliverables
from tolok.intake.influencer_scores import Judged, score_partnerships
from tolok.intake.topics import read_topics, topics_file
from tolok.value import Part, Score

from .state import State, brand_option, pass_state
from .tables import Column, lay_table
from .terminal import QUIET, console

_AUTHENTICITY = Text("Authenticity", "Keaslian audiens")
_FIT = Text("Fit with the brand", "Kecocokan dengan merek")
_NONE = Text("No partnership names an influencer yet: fill in `tolok template partnerships`.",
             "Belum ada kemitraan yang menyebut influencer: isi `tolok template partnerships`.")  # fmt: skip
_MEASURED = Text("{count} deliverables measured by their posts.",
                 "{count} hasil kerja diukur dari unggahannya.")  # fmt: skip
_NOTE = Text("Signs, no proof. A score is the sum of the parts that could be said, out of the most "
             "they could give.",
             "Ini petunjuk, bukan bukti. Skor adalah jumlah bagian yang bisa dinilai, dari nilai "
             "terbesar yang mungkin.")  # fmt: skip


@click.command("influencers", epilog="Example:\n\n\b\n  tolok influencers --brand kopi-serambi\n")
@brand_option
@pass_state
def influencers_command(state: State, brand: str | None) -> None:
    """Judge partners' authenticity and fit from what was imported; every part is shown."""
    profile, out, language = state.brand(brand), console(), state.language
    topics = read_topics(topics_file(state.workspace.folder, profile.slug))
    measured = measure_deliverables(state.lake(), profile.slug)
    judged = score_partnerships(state.lake(), profile.slug, topics)
    if not judged:
        out.print(_NONE.say(language))
        return
    for one in judged:
        _print_judged(out, one, language)
    if measured:
        out.print(_MEASURED.say(language, count=measured))
    out.print(_NOTE.say(language), style=QUIET, soft_wrap=True)


def _print_judged(out: Console, judged: Judged, language: Language) -> None:
    out.print(Line(f"{judged.partnership} · {judged.influencer}", style="bold"))
    for name, score in ((_AUTHENTICITY, judged.authenticity), (_FIT, judged.fit)):
        out.print(f"  {name.say(language)}: {_points(score, language)}")
        columns = [Column(), Column(is_number=True), Column(wraps=True)]
        rows = [(p.name.say(language), _part_points(p, language), _why(p, language))
                for p in score.parts]  # fmt: skip
        out.print(lay_table(columns, rows, out.width, indent=4))


def _points(score: Score, language: Language) -> str:
    if score.points is None:
        return "–"
    return f"{Locale(language).format_number(score.points, 0)} / {score.most}"


def _part_points(part: Part, language: Language) -> str:
    if part.points is None:
        return "–"
    return f"{Locale(language).format_number(part.points, 1)} / {part.most}"


def _why(part: Part, language: Language) -> str:
    if part.points is None:
        return part.reason.say(language) if part.reason else ""
    return " ".join(text.say(language) for text in part.evidence)


COMMANDS = (influencers_command,)
