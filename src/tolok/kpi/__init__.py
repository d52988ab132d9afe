"""KPIs: metrics with a promise, judged honestly, checked in rhythm, reviewed, ended."""

from .activity import (
    EFFECT_NAMES,
    Activity,
    Evaluation,
    activities_of,
    evaluate_activity,
    record_activities,
    tell_expectation,
)
from .baseline import Baseline, find_baseline
from .check import DECISION_NAMES, Check, Look, checks_of, last_check, look_at, record_check
from .claim_file import dump_activities, dump_insights, parse_activities, parse_insights
from .doctor import LETTERS, Diagnosis, SmartLetter, examine_all, examine_kpi
from .explain import Explanation, FileShare, explain_figure
from .ics import make_feed
from .insight import (
    OUTCOME_NAMES,
    Accuracy,
    Insight,
    insights_of,
    measure_accuracy,
    record_insights,
    score_insight,
    write_scope,
)
from .judge import judge, judge_all
from .kpi import AIM_NAMES, LIFE_NAMES, PATH_NAMES, RHYTHM_NAMES, Kpi
from .kpi_file import dump_kpis, parse_kpis, read_kpis, write_kpis
from .pack import export_pack, import_pack, read_pack
from .propose import Proposal, goals, kits, propose
from .review import (
    REVIEW_NAMES,
    Evidence,
    Reviewed,
    ReviewPack,
    make_review,
    record_review,
    reviews_of,
)
from .rhythm import DueCheck, check_days, find_due, in_rhythm, next_check
from .rollup import RollUp, area_of_kpi, name_group, roll_up, roll_up_one
from .rule import LEVEL_NAMES, Case, Finding, Rule, Spending, World, load_rules
from .scorecard import Line, Scorecard, Section, build_scorecard
from .sentence import Sentence, read_sentence
from .story import tell_story
from .survey import find_connected, survey_world
from .target import Target, read_target
from .verdict import VERDICT_NAMES, Judgement
from .versions import Version, change_kpi, keep_kpis, kpis_as_of, record_kpis, versions_of

__all__ = [
    "AIM_NAMES",
    "DECISION_NAMES",
    "EFFECT_NAMES",
    "LETTERS",
    "LEVEL_NAMES",
    "LIFE_NAMES",
    "OUTCOME_NAMES",
    "PATH_NAMES",
    "REVIEW_NAMES",
    "RHYTHM_NAMES",
    "VERDICT_NAMES",
    "Accuracy",
    "Activity",
    "Baseline",
    "Case",
    "Check",
    "Diagnosis",
    "DueCheck",
    "Evaluation",
    "Evidence",
    "Explanation",
    "FileShare",
    "Finding",
    "Insight",
    "Judgement",
    "Kpi",
    "Line",
    "Look",
    "Proposal",
    "ReviewPack",
    "Reviewed",
    "RollUp",
    "Rule",
    "Scorecard",
    "Section",
    "Sentence",
    "SmartLetter",
    "Spending",
    "Target",
    "Version",
    "World",
    "activities_of",
    "area_of_kpi",
    "build_scorecard",
    "change_kpi",
    "check_days",
    "checks_of",
    "dump_activities",
    "dump_insights",
    "dump_kpis",
    "evaluate_activity",
    "examine_all",
    "examine_kpi",
    "explain_figure",
    "export_pack",
    "find_baseline",
    "find_connected",
    "find_due",
    "goals",
    "import_pack",
    "in_rhythm",
    "insights_of",
    "judge",
    "judge_all",
    "keep_kpis",
    "kits",
    "kpis_as_of",
    "last_check",
    "load_rules",
    "look_at",
    "make_feed",
    "make_review",
    "measure_accuracy",
    "name_group",
    "next_check",
    "parse_activities",
    "parse_insights",
    "parse_kpis",
    "propose",
    "read_kpis",
    "read_pack",
    "read_sentence",
    "read_target",
    "record_activities",
    "record_check",
    "record_insights",
    "record_kpis",
    "record_review",
    "reviews_of",
    "roll_up",
    "roll_up_one",
    "score_insight",
    "survey_world",
    "tell_expectation",
    "tell_story",
    "versions_of",
    "write_kpis",
    "write_scope",
]
