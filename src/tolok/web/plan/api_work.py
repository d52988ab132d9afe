# ruff: noqa: ARG001 - addresses name the brand and the thing; the gate has found them
"""Operations on the work around KPIs: claims, activities, reviews, learning, the calendar, findings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status
from ninja.pagination import paginate

from tolok.base import Text, UserError
from tolok.kpi.activity import Activity
from tolok.kpi.insight import Insight
from tolok.web.accounts import audit
from tolok.web.accounts.facts import calendar_of
from tolok.web.accounts.models import Brand
from tolok.web.bodies import Body, Words, body_of, both, judge, tell_row
from tolok.web.operations import AT, Gate, access_of, read_period, still_there

from .activities import (
    LONGEST,
    activity_form,
    find_activity,
    known_activities,
    learn_from,
    measure_activity,
    plan_activity,
)
from .book import Book
from .checks import change_feed
from .claims import ClaimForm, claims_of, score_due, write_claim
from .forms import ActivityForm, ReviewForm
from .history import as_of
from .learning import LearningForm, finish_learning, note_learning, rows_of
from .pages import give_file
from .review import decide_on, evidence_of
from .saving import version_mark

ROUTER = Router(tags=["work"])
ClaimIn: Any = body_of(ClaimForm, "ClaimIn")
ActivityIn: Any = body_of(ActivityForm, "ActivityIn")
ReviewIn: Any = body_of(ReviewForm, "ReviewIn")
LearningIn: Any = body_of(LearningForm, "LearningIn")
_NO_DAY = Text("{asked} is no day between 2000 and 2099.",
               "{asked} bukan hari antara 2000 dan 2099.")  # fmt: skip
_WRITE_IT = Text("Write it like 2026-06-30.", "Tulis seperti 2026-06-30.")


class ClaimOut(Schema):
    """A claim about a coming figure; `outcome` is null until it is scored."""

    insight: str
    day: date
    claim: str
    metric: str
    period: str
    side: str
    line: float
    odds: float
    due: date
    made_by: str | None
    outcome: str | None
    actual: float | None


class CountOut(Schema):
    """How many there were."""

    count: int


class ActivityOut(Schema):
    """An activity; `expected` and `effect` are shares of what would have been."""

    activity: str
    name: str
    kpi: str | None
    metric: str
    start: date
    until: date
    expected: float
    cost: Decimal | None
    currency: str | None
    verdict: str | None
    effect: float | None
    low: float | None
    high: float | None
    learned: str | None
    words: list[Words] = []


class LessonIn(Body):
    """What was learned of an activity."""

    learned: str = Field(min_length=1, max_length=LONGEST)


class EvidenceOut(Schema):
    """What a review rests on for one KPI, what it speaks for, and what was decided."""

    kpi: str
    state: str
    words: list[Words]
    suggestion: str
    why: Words
    decided: str | None
    note: str | None


class LearningOut(Schema):
    """What somebody is to learn; `done_on` is null until it is learned."""

    training: str
    topic: str | None
    employee: str
    planned_on: date | None
    hours: float | None
    done_on: date | None


class LearnedIn(Body):
    """What was learned and by whom."""

    training: str = Field(min_length=1, max_length=120)
    employee: str = Field(min_length=1, max_length=80)


class PromiseOut(Schema):
    """A KPI as it was promised on a past day."""

    key: str
    name: str
    number: int
    version: str


class FindingOut(Schema):
    """One thing the doctor found in the KPIs, and how to mend it."""

    kpi: str | None
    code: str
    level: str
    message: Words
    mend: Words


class FeedOut(Schema):
    """The secret address of one's own calendar; it is told once."""

    url: str


def has_activity(brand: Brand, key: str) -> bool:
    """Whether the brand has the activity."""
    return find_activity(Book(brand), key) is not None


def has_kpi(brand: Brand, key: str) -> bool:
    """Whether the brand has a KPI of that key."""
    return Book(brand).kpi(key) is not None


def _claim(claim: Insight) -> ClaimOut:
    return tell_row(ClaimOut, claim)


def _activity(one: Activity, words: list[Words] | None = None) -> ActivityOut:
    return tell_row(ActivityOut, one, words=words or [])


def _activity_named(access: Any, key: str) -> Activity:
    return still_there(find_activity(Book(access.brand), key))


@ROUTER.get(f"{AT}/claims", response=list[ClaimOut], auth=Gate("see"))
@paginate
def list_claims(request: HttpRequest, brand: str) -> list[ClaimOut]:
    """List the claims about coming figures, the latest first."""
    return [_claim(c) for c in reversed(claims_of(Book(access_of(request).brand)))]


@ROUTER.post(f"{AT}/claims", response={201: ClaimOut}, auth=Gate("work"))
def create_claim(request: HttpRequest, brand: str, body: ClaimIn) -> Status:
    """Write a claim down before it can be known."""
    access = access_of(request)
    form = judge(ClaimForm(body.fill(), book=Book(access.brand)))
    return Status(201, _claim(write_claim(request, access, form.cleaned_data)))


@ROUTER.post(f"{AT}/claims-score", response=CountOut, auth=Gate("work"))
def score_claims(request: HttpRequest, brand: str) -> CountOut:
    """Score every claim that has come due against the data."""
    access = access_of(request)
    count = score_due(Book(access.brand))
    audit.record(request, "scored_insights", brand=access.brand, count=count)
    return CountOut(count=count)


@ROUTER.get(f"{AT}/activities", response=list[ActivityOut], auth=Gate("see"))
@paginate
def list_activities(request: HttpRequest, brand: str) -> list[ActivityOut]:
    """List the activities with their expected and actual effects, the latest first."""
    return [_activity(a) for a in reversed(known_activities(Book(access_of(request).brand)))]


@ROUTER.post(f"{AT}/activities", response={201: ActivityOut}, auth=Gate("work"))
def create_activity(request: HttpRequest, brand: str, body: ActivityIn) -> Status:
    """Plan an activity for a KPI; `expected` is in percent, 20 means a fifth more."""
    access = access_of(request)
    form = judge(activity_form(Book(access.brand), body.fill()))
    return Status(201, _activity(plan_activity(request, access, form)))


@ROUTER.post(
    f"{AT}/activities/{{slug:activity}}/score", response=ActivityOut,
    auth=Gate("work", has_activity),
)  # fmt: skip
def score_activity(request: HttpRequest, brand: str, activity: str) -> ActivityOut:
    """Measure what came of an activity; without a comparison it says that it cannot tell."""
    access = access_of(request)
    told = measure_activity(request, access, _activity_named(access, activity))
    return _activity(told.activity, [both(words) for words in told.words])


@ROUTER.put(
    f"{AT}/activities/{{slug:activity}}/lesson", response=ActivityOut,
    auth=Gate("work", has_activity),
)  # fmt: skip
def keep_lesson(request: HttpRequest, brand: str, activity: str, body: LessonIn) -> ActivityOut:
    """Keep what the team learned of an activity."""
    access = access_of(request)
    learn_from(request, access, _activity_named(access, activity), body.learned.strip())
    return _activity(_activity_named(access, activity))


@ROUTER.get(f"{AT}/review", response=list[EvidenceOut], auth=Gate("see"))
@paginate
def list_review(request: HttpRequest, brand: str, period: str = "") -> list[EvidenceOut]:
    """List the evidence of every KPI for a review; of the half year that runs unless told."""
    book = Book(access_of(request).brand)
    calendar = calendar_of(book.brand)
    span = read_period(book.engine, period) if period else calendar.period_of(book.today, "half")
    decided = {r.kpi: r for r in book.reviews if r.review == span.key}
    return [
        EvidenceOut(
            kpi=e.kpi.key, state=e.judgement.state, words=[both(w) for w in e.words],
            suggestion=e.suggestion, why=both(e.why),
            decided=decided[e.kpi.key].verdict if e.kpi.key in decided else None,
            note=decided[e.kpi.key].note if e.kpi.key in decided else None,
        )
        for e in evidence_of(book, span)
    ]  # fmt: skip


@ROUTER.post(f"{AT}/kpis/{{slug:kpi}}/review", response={204: None}, auth=Gate("plan", has_kpi))
def review_kpi(
    request: HttpRequest, brand: str, kpi: str, body: ReviewIn, period: str = ""
) -> Status:
    """Record what the review decided about a KPI: keep, change or retire."""
    access = access_of(request)
    book = Book(access.brand)
    calendar = calendar_of(book.brand)
    span = read_period(book.engine, period) if period else calendar.period_of(book.today, "half")
    form = judge(ReviewForm(body.fill()))
    found = next((e for e in evidence_of(book, span) if e.kpi.key == kpi), None)
    if found is None:
        raise Http404
    decide_on(request, access, found, span, form.cleaned_data)
    return Status(204, None)


@ROUTER.get(f"{AT}/learning", response=list[LearningOut], auth=Gate("see"))
@paginate
def list_learning(request: HttpRequest, brand: str) -> list[LearningOut]:
    """List what is to be learned and what was, what is due first."""
    rows = rows_of(Book(access_of(request).brand))
    return [LearningOut(**_named(row)) for row in rows]


def _named(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row.get(name) for name in LearningOut.model_fields}


@ROUTER.post(f"{AT}/learning", response={201: LearningOut}, auth=Gate("work"))
def create_learning(request: HttpRequest, brand: str, body: LearningIn) -> Status:
    """Note what somebody is to learn by when."""
    access = access_of(request)
    told = judge(LearningForm(body.fill())).cleaned_data
    note_learning(request, access, told)
    shown = {**told, "topic": told["topic"] or None, "done_on": None}
    return Status(201, LearningOut(**shown))


@ROUTER.post(f"{AT}/learning-done", response={204: None}, auth=Gate("work"))
def finish_training(request: HttpRequest, brand: str, body: LearnedIn) -> Status:
    """Say that somebody learned something, today."""
    access = access_of(request)
    known = {(r["training"], r["employee"]) for r in rows_of(Book(access.brand))}
    if (body.training, body.employee) not in known:
        raise Http404
    finish_learning(request, access, body.training, body.employee)
    return Status(204, None)


def _day(asked: str) -> date:
    try:
        found = date.fromisoformat(asked)
    except ValueError:
        found = date.min
    if not 2000 <= found.year <= 2099:
        raise UserError(_NO_DAY, _WRITE_IT, asked=asked[:40])
    return found


@ROUTER.get(f"{AT}/kpis-as-of", response=list[PromiseOut], auth=Gate("see"))
@paginate
def list_kpis_as_of(request: HttpRequest, brand: str, day: str) -> list[PromiseOut]:
    """List the KPIs as they were promised at the end of a past day, such as 2026-06-30."""
    book = Book(access_of(request).brand)
    asked = _day(day)
    return [
        PromiseOut(key=v.kpi.key, name=v.kpi.name, number=v.number, version=version_mark(v.kpi))
        for v in as_of(book, min(asked, book.today))
        if v.kpi.state != "retired"
    ]  # fmt: skip


@ROUTER.get(f"{AT}/findings", response=list[FindingOut], auth=Gate("see"))
@paginate
def list_findings(request: HttpRequest, brand: str) -> list[FindingOut]:
    """List what the doctor found in the KPIs."""
    found = [f for d in Book(access_of(request).brand).diagnoses for f in d.findings]
    return [
        FindingOut(kpi=f.kpi, code=f.code, level=f.level, message=both(f.message),
                   mend=both(f.mend))
        for f in found
    ]  # fmt: skip


@ROUTER.get(f"{AT}/kpis.toml", auth=Gate("export"))
def get_kpi_file(request: HttpRequest, brand: str) -> HttpResponse:
    """Give out the KPIs as the open file they are kept in."""
    return give_file(access_of(request))


@ROUTER.post(f"{AT}/calendar-feed", response={201: FeedOut}, auth=Gate("see"))
def open_calendar_feed(request: HttpRequest, brand: str) -> Status:
    """Make a calendar address of the checks for oneself; an older one stops working."""
    return Status(201, FeedOut(url=change_feed(request, access_of(request), is_open=True)))


@ROUTER.delete(f"{AT}/calendar-feed", response={204: None}, auth=Gate("see"))
def close_calendar_feed(request: HttpRequest, brand: str) -> Status:
    """Close one's calendar address."""
    change_feed(request, access_of(request), is_open=False)
    return Status(204, None)
