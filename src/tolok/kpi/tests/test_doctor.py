"""The doctor finds what it should, in both languages, and blocks no good KPI."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tolok.kpi.doctor import examine_all, examine_kpi
from tolok.kpi.examples import GOOD, TODAY, WORLD, good_case
from tolok.kpi.rule import Case, Rule, apply_rules, load_rules
from tolok.kpi.rulebook import write_rulebook

from .labelled_set import CODES, read_labelled, score

RULES = load_rules()


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda r: r.key)
def test_every_rule_tells_its_good_example_from_its_bad_one(rule: Rule) -> None:
    assert rule.find(rule.good) is None
    data = rule.find(rule.bad)
    assert data is not None
    for text in (rule.message, rule.mend):
        english, indonesian = text.say("en", **data), text.say("id", **data)
        assert english != indonesian
        assert "{" not in english + indonesian
        # An area is named like K8.2; every number has the signs of Indonesian.
        assert not re.search(r"(?<!K)\b\d+\.\d{1,2}\b|\d,\d{3}", indonesian), indonesian
    assert rule.key in {f.code for f in apply_rules(rule.bad)}


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("part", ["build", "held"])
def test_the_doctor_agrees_with_the_labels(language: str, part: str) -> None:
    found = score(i for i in read_labelled(part) if i.language == language)
    assert found.macro_f1 >= 0.85, found.wrong
    assert found.blocked <= 0.05 * found.good


def test_every_labelled_code_is_a_rule_and_there_are_300() -> None:
    assert set(CODES.values()) <= set(RULES)
    build, held = read_labelled("build"), read_labelled("held")
    assert (len(build), len(held)) == (200, 100)
    for language in ("en", "id"):
        assert sum(i.language == language for i in build + held) == 150


def test_smart_is_told_letter_by_letter() -> None:
    fine = examine_kpi(GOOD, WORLD)
    assert [x.holds for x in fine.letters] == [True] * 5
    assert not fine.is_blocked
    poor = examine_kpi(replace(GOOD, due=None, goal=None, reason=None), WORLD)
    assert {x.letter: x.holds for x in poor.letters} == {
        "S": True, "M": True, "A": True, "R": False, "T": False}  # fmt: skip
    assert poor.is_blocked
    assert poor.findings[0].level == "stop"


def test_what_concerns_the_whole_set_is_told_once() -> None:
    kpis = [replace(GOOD, key=f"k{n}", metric=m) for n, m in enumerate(
        ("engagement_rate_by_reach", "save_rate", "virality_rate", "shares", "profile_visits"))]  # fmt: skip
    codes = [f.code for d in examine_all(kpis, WORLD) for f in d.findings]
    assert codes.count("empty_stage") == 1


def test_a_rule_that_fails_says_so_and_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(_case: Case) -> None:
        raise ZeroDivisionError

    broken = {**RULES, "no_due": replace(RULES["no_due"], find=crash)}
    monkeypatch.setattr("tolok.kpi.rule.load_rules", lambda: broken)
    findings = {f.code: f for f in apply_rules(good_case(owner=None))}
    assert "ZeroDivisionError" in findings["no_due"].message.en
    assert "no_owner" in findings
    assert findings["no_due"].level == "hint"
    assert TODAY is not None


def test_the_rule_book_in_the_docs_is_the_shelf() -> None:
    book = Path(__file__).parents[4] / "docs" / "kpi-rules.md"
    if not book.exists():
        pytest.skip("the docs are not part of this installation")
    assert book.read_text(encoding="utf-8") == write_rulebook(), "run python -m tolok.kpi.rulebook"
