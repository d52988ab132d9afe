"""The rule book: every rule of the doctor in both languages, generated for docs/kpi-rules.md."""

from __future__ import annotations

import re
import sys

from .rule import LEVEL_NAMES, Rule, load_rules

_HEAD = """# What the KPI doctor looks for

Generated from `src/tolok/kpi/rules/`: one file each, with a good and a bad example that are tested.
Write it anew with `python -m tolok.kpi.rulebook > docs/kpi-rules.md`.

A rule that *must be mended* blocks a KPI: it could not be judged, or says something false.

| rule | level | SMART | finding | temuan | how to mend |
| --- | --- | --- | --- | --- | --- |
"""
_ORDER = ("stop", "warn", "hint")


def write_rulebook() -> str:
    """Return the rule book as Markdown, the gravest rules first."""
    rules = sorted(load_rules().values(), key=lambda r: (_ORDER.index(r.level), r.key))
    return _HEAD + "".join(f"{_row(rule)}\n" for rule in rules)


def _row(rule: Rule) -> str:
    cells = (
        f"`{rule.key}`", LEVEL_NAMES[rule.level].en, rule.letter or "", rule.message.en,
        rule.message.id, rule.mend.en,
    )  # fmt: skip
    return "| " + " | ".join(re.sub(r"\{(\w+)\}", r"‹\1›", c) for c in cells) + " |"


if __name__ == "__main__":
    sys.stdout.write(write_rulebook())
