# ruff: noqa: ARG001 - addresses name the brand and the thing; the gate has found them
"""Operations on KPIs: proposals, the doctor, reading and writing KPIs, checks."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from ninja.pagination import paginate
from pydantic import ConfigDict

from tolok.base import Text, UserError
from tolok.kpi import Judgement, Kpi
from tolok.kpi.check import Check
from tolok.kpi.kpi_file import parse_kpi, write_kpi
from tolok.kpi.propose import goals, kits, propose
from tolok.kpi.sentence import read_sentence
from tolok.web.accounts import audit
from tolok.web.bodies import Words, both, tell_row
from tolok.web.operations import AT, Gate, access_of, still_there
from tolok.web.shell.language import language_of_page

from . import api_work
from .api_work import has_kpi
from .book import Book
from .checks import look_of, record_decision
from .saving import save_kpi, version_mark

ROUTER = Router(tags=["kpis"])
ROUTER.add_router("", api_work.ROUTER, tags=["work"])
_KEY = r"^[a-z0-9][a-z0-9-]{0,62}$"


class KpiIn(Schema):
    """A KPI as it stands in a KPI file; what is left out is not decided yet."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    key: str = Field(pattern=_KEY, examples=["ig-engagement-rate"])
    name: str = Field(min_length=1, max_length=80)
    metric: str = Field(min_length=1, max_length=80, examples=["followers"])
    state: Literal["draft", "active", "retired"] | None = None
    area: str | None = Field(None, max_length=40)
    goal: str | None = Field(None, max_length=200)
    reason: str | None = Field(None, max_length=400)
    owner: str | None = Field(None, max_length=80)
    stage: Literal["awareness", "consideration", "conversion", "loyalty", "advocacy"] | None = None
    platforms: list[str] | None = Field(None, max_length=20)
    accounts: list[str] | None = Field(None, max_length=50)
    aim: Literal["reach", "stay_above", "stay_below"] | None = None
    baseline: float | str | None = None
    target: float | str | None = Field(None, examples=["+10%"])
    per: Literal["week", "biweek", "month", "bimonth", "quarter"] | None = None
    path: Literal["straight", "stepped", "seasonal", "monthly"] | None = None
    start: date | None = Field(None, ge=date(2000, 1, 1), le=date(2099, 12, 31))
    due: date | None = Field(None, ge=date(2000, 1, 1), le=date(2099, 12, 31))
    rhythm: Literal["day", "week", "biweek", "month", "bimonth", "quarter"] | None = None
    weight: float | None = Field(None, ge=0, le=1000)
    counter: str | None = Field(None, max_length=80)
    benchmark: str | None = Field(None, max_length=80)
    budget: float | None = Field(None, ge=0, le=1e15)
    currency: str | None = Field(None, pattern=r"^[A-Z]{3}$")
    filters: dict[str, list[str]] | None = None
    steps: dict[str, float] | None = None

    def read(self) -> Kpi:
        """Return the KPI; raises UserError naming the field at fault."""
        return parse_kpi(self.model_dump(exclude_none=True))


class KpiOut(Schema):
    """A KPI with the mark of its version, to be sent back when it is changed."""

    kpi: dict[str, Any]
    version: str


class Standing(Schema):
    """How a KPI stands today; values are in the unit of its metric, shares between 0 and 1."""

    state: str
    name: Words
    reason: Words
    value: float | None
    expected: float | None
    target: float | None
    baseline: float | None
    odds: float | None
    odds_words: Words | None
    track_record: Words | None
    signal: str | None
    as_of: date | None
    provisional_days: int


class KpiStanding(KpiOut):
    """A KPI with how it stands."""

    standing: Standing


class FindingOut(Schema):
    """One thing the doctor found."""

    code: str
    level: str
    letter: str | None
    message: Words
    mend: Words


class DiagnosisOut(Schema):
    """SMART letter by letter, and what should be mended."""

    letters: dict[str, bool]
    findings: list[FindingOut]
    is_blocked: bool


class ProposalOut(Schema):
    """A proposed KPI and why."""

    kpi: dict[str, Any]
    why: Words
    lacks: Words | None


class SentenceIn(Schema):
    """A KPI in one sentence, in English or Bahasa Indonesia."""

    text: str = Field(min_length=1, max_length=500)


class SentenceOut(Schema):
    """What was read out of the sentence, and from which of its parts."""

    kpi: dict[str, Any]
    read: dict[str, str]


class DecisionIn(Schema):
    """What a check ends in."""

    decision: Literal["keep", "act", "adjust", "stop"]
    note: str = Field("", max_length=2000)


class CheckOut(Schema):
    """A check that was held; `is_least` where its value was only known as at least so much."""

    kpi: str
    day: date
    verdict: str
    decision: str
    note: str | None
    made_by: str | None
    value: float | None
    is_least: bool | None
    expected: float | None
    target: float | None
    odds: float | None


class DueOut(Schema):
    """A check that is due, or the next one to come (days_late is then negative)."""

    kpi: str
    due: date
    days_late: int
    missed: int


def words(text: Text | None) -> Words | None:
    """Return a text as both languages have it."""
    return both(text) if text is not None else None


def tell_standing(judged: Judgement) -> Standing:
    """Return a judgement as the API tells it."""
    return Standing(
        state=judged.state, name=both(judged.name),
        reason=Words(en=judged.say("en"), id=judged.say("id")), value=judged.value,
        expected=judged.expected, target=judged.target,
        baseline=judged.baseline.value if judged.baseline else None, odds=judged.odds,
        odds_words=words(judged.odds_words), track_record=words(judged.track_record),
        signal=judged.signal.kind if judged.signal else None, as_of=judged.as_of,
        provisional_days=judged.provisional_days,
    )  # fmt: skip


def _out(kpi: Kpi) -> KpiOut:
    return KpiOut(kpi=_plain(kpi), version=version_mark(kpi))


def _plain(kpi: Kpi) -> dict[str, Any]:
    told = write_kpi(kpi)
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in told.items()}


@ROUTER.get(f"{AT}/kpis", response=list[KpiOut], auth=Gate("see"))
@paginate
def list_kpis(request: HttpRequest, brand: str) -> list[KpiOut]:
    """List the KPIs of a brand as they are written."""
    return [_out(kpi) for kpi in Book(access_of(request).brand).kpis]


@ROUTER.post(f"{AT}/kpis", response={201: KpiOut}, auth=Gate("plan"))
def create_kpi(request: HttpRequest, brand: str, body: KpiIn) -> Status:
    """Make a KPI; when its key is taken it gets the next free one."""
    access = access_of(request)
    saved = save_kpi(access.brand, body.read(), seen="", by=str(access.user), is_new=True)
    audit.record(request, "saved_kpi", brand=access.brand, thing=saved.name, key=saved.key)
    return Status(201, _out(saved))


@ROUTER.get(f"{AT}/kpis/{{slug:kpi}}", response=KpiStanding, auth=Gate("see", has_kpi))
def get_kpi(request: HttpRequest, brand: str, kpi: str) -> KpiStanding:
    """Return a KPI with its verdict, odds and track record."""
    book = Book(access_of(request).brand)
    found = still_there(book.kpi(kpi))
    told = _out(found)
    return KpiStanding(
        kpi=told.kpi, version=told.version, standing=tell_standing(book.judgement(found))
    )


@ROUTER.put(f"{AT}/kpis/{{slug:kpi}}", response=KpiOut, auth=Gate("plan", has_kpi))
def change_kpi(
    request: HttpRequest,
    brand: str,
    kpi: str,
    body: KpiIn,
    version: str,
    note: str = "",
) -> KpiOut:
    """Change a KPI; `version` is the one you read, and a newer one is not overwritten (409)."""
    access = access_of(request)
    if body.key != kpi:
        raise UserError(
            Text("The key of a KPI never changes.", "Kunci KPI tidak pernah berubah."),
            Text("Send {key} as the key.", "Kirim {key} sebagai kuncinya."),
            key=kpi,
        )
    saved = save_kpi(
        access.brand, body.read(), seen=version, by=str(access.user), note=note[:400] or None
    )
    audit.record(request, "saved_kpi", brand=access.brand, thing=saved.name, key=saved.key)
    return _out(saved)


@ROUTER.post(f"{AT}/kpis-examine", response=DiagnosisOut, auth=Gate("see"))
def examine_kpi(request: HttpRequest, brand: str, body: KpiIn) -> DiagnosisOut:
    """Say letter by letter how good a KPI is, without saving it."""
    found = Book(access_of(request).brand).examine(body.read())
    return DiagnosisOut(
        letters={x.letter: x.holds for x in found.letters}, is_blocked=found.is_blocked,
        findings=[
            FindingOut(code=f.code, level=f.level, letter=f.letter, message=both(f.message),
                       mend=both(f.mend))
            for f in found.findings
        ],
    )  # fmt: skip


@ROUTER.get("/goals", response=dict[str, Words], auth=Gate())
def list_goals(request: HttpRequest) -> dict[str, Words]:
    """List the goals and kits for which KPIs are proposed."""
    return {key: both(name) for key, name in {**goals(), **kits()}.items()}


@ROUTER.get(f"{AT}/proposals", response=list[ProposalOut], auth=Gate("plan"))
def list_proposals(request: HttpRequest, brand: str, wish: str) -> list[ProposalOut]:
    """Propose KPIs for a goal or a kit that fit the brand's platforms and data."""
    book = Book(access_of(request).brand)
    around = book.surroundings
    found = propose(
        wish, book.today, platforms=sorted(around.connected or ()), facts=around.facts,
        language=language_of_page(), engine=book.engine, brand=book.brand.slug,
    )  # fmt: skip
    return [ProposalOut(kpi=_plain(p.kpi), why=both(p.why), lacks=words(p.lacks)) for p in found]


@ROUTER.post(f"{AT}/kpis-read", response=SentenceOut, auth=Gate("see"))
def read_kpi(request: HttpRequest, brand: str, body: SentenceIn) -> SentenceOut:
    """Read a KPI out of one sentence; what it does not say stays empty."""
    found = read_sentence(body.text, Book(access_of(request).brand).today)
    return SentenceOut(kpi=_plain(found.kpi), read=found.read)


@ROUTER.get(f"{AT}/checks", response=list[CheckOut], auth=Gate("see"))
@paginate
def list_checks(request: HttpRequest, brand: str, kpi: str = "") -> list[CheckOut]:
    """List the checks that were held, the latest first."""
    held = Book(access_of(request).brand).checks
    return [_check(c) for c in reversed(held) if not kpi or c.kpi == kpi]


@ROUTER.get(f"{AT}/checks-due", response=list[DueOut], auth=Gate("see"))
def list_due_checks(request: HttpRequest, brand: str) -> list[DueOut]:
    """List the checks that are due, the latest first, then those to come."""
    due = Book(access_of(request).brand).due
    return [DueOut(kpi=d.kpi.key, due=d.due, days_late=d.days_late, missed=d.missed) for d in due]


@ROUTER.post(
    f"{AT}/kpis/{{slug:kpi}}/checks", response={201: CheckOut},
    auth=Gate("check", has_kpi),
)  # fmt: skip
def hold_check(
    request: HttpRequest,
    brand: str,
    kpi: str,
    body: DecisionIn,
) -> Status:
    """Hold today's check of a KPI and record its decision."""
    access = access_of(request)
    book = Book(access.brand)
    found = still_there(book.kpi(kpi))
    record_decision(request, access, book, look_of(book, found), body.model_dump())
    held = [c for c in Book(access.brand).checks if c.kpi == kpi]
    return Status(201, _check(held[-1]))


def _check(check: Check) -> CheckOut:
    return tell_row(CheckOut, check)
