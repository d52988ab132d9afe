"""A number enters a sentence as a number, so that each language writes it with its own signs.

`f"{count:,}"` is English whatever the sentence: 1,234.5 where Indonesian has 1.234,5. A `Text` given
the number itself writes it rightly (`{count:,}` in its words), and so does `Locale`.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

SOURCES = Path(__file__).parents[2] / "src" / "tolok"
# Where a number is written for a machine, or as it is typed, and why.
FOR_MACHINES = {
    "base/locale.py": "writes for each language",
    "base/money.py": "the plain form of an amount, read back by code",
    "base/text.py": "writes for each language",
    "connectors/reading/cells.py": "parts of a second of a spreadsheet's cell",
    "intake/credits.py": "the name of a model and its settings",
    "intake/lifetimes.py": "the name of a model and its settings",
    "kpi/target.py": "the target as a KPI file holds it; `say` gives each language its sign",
    "metrics/catalogue_page.py": "examples on a page of documents, in English",
    "reports/draw/svg.py": "places in a drawing",
    "reports/draw/svg_points.py": "places in a drawing",
    "series/wording.py": "swaps the signs itself",
    "web/data/api_records.py": "given the sign of the page at once, as if typed",
    "web/data/person.py": "JSON of what is held of a person",
    "web/insights/chart.py": "places in a drawing",
    "web/insights/strip.py": "places in a drawing",
    "web/plan/course.py": "places in a drawing",
    "web/plan/forms.py": "given the sign of the page at once, as if typed",
    "web/plan/steps.py": "given the sign of the page at once, as if typed",
    "web/shell/sparkline.py": "places in a drawing",
}
# Groups, decimals, percent: what the languages write each in their own way.
NUMERIC = re.compile(r"[,_]|\.\d*[fFgGeE%]|\.\?|^[+-]?[gGeEn%f]$")
CLOCK = re.compile("%[A-Za-z]")


def _spec_of(node: ast.FormattedValue) -> str:
    """Return the form asked for, with ? where it is worked out."""
    spec = node.format_spec
    parts = spec.values if isinstance(spec, ast.JoinedStr) else []
    return "".join(str(p.value) if isinstance(p, ast.Constant) else "?" for p in parts)


def _is_call(node: ast.expr, *names: str) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", None) in names


def _is_written(node: ast.AST) -> bool:
    if isinstance(node, ast.FormattedValue):
        spec = _spec_of(node)
        return bool(NUMERIC.search(spec)) and not CLOCK.search(spec)
    if not isinstance(node, ast.Call):
        return False
    if _is_call(node, "format"):
        return len(node.args) == 2
    if not _is_call(node, "str") or not node.args or not isinstance(node.args[0], ast.Call):
        return False
    made = node.args[0]
    return _is_call(made, "float", "Decimal") or (_is_call(made, "round") and len(made.args) == 2)


def _written(source: str) -> list[int]:
    """Return the lines on which a number is written in the English way."""
    nodes = ast.walk(ast.parse(source))
    return sorted(n.lineno for n in nodes if _is_written(n))  # type: ignore[attr-defined]


def _all_written() -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for path in sorted(SOURCES.rglob("*.py")):
        parts = path.relative_to(SOURCES).parts
        if "tests" not in parts and (lines := _written(path.read_text(encoding="utf-8"))):
            found["/".join(parts)] = lines
    return found


def test_no_sentence_is_given_a_number_already_written_in_english() -> None:
    found = {name: lines for name, lines in _all_written().items() if name not in FOR_MACHINES}
    assert not found, f"hand over the number, or write it by Locale: {found}"


def test_every_exception_is_still_needed() -> None:
    assert set(FOR_MACHINES) - set(_all_written()) == set()


def test_written_numbers_are_found_and_days_and_widths_are_not() -> None:
    source = '\n'.join((
        'f"{count:,}"', 'f"{share:.1%}"', 'f"{x:.{digits}f}"', 'f"{x:g}"', 'format(x, ",")',
        'str(round(x, 2))', 'f"{day:%d.%m.%Y}"', 'f"{number:02d}"', 'f"{name:<12}"', 'str(count)',
    ))  # fmt: skip
    assert _written(source) == [1, 2, 3, 4, 5, 6]
