"""The big review: evidence for each KPI of half a year or a year, and keep, change or retire."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, get_args

from tolok.base import Period, Text, UserError
from tolok.lake import Lake, LakeView
from tolok.metrics import Engine

from .check import DECISION_NAMES, Check, checks_of
from .doctor import examine_kpi
from .judge import judge
from .kpi import RHYTHM_DAYS, Kpi
from .ledger import read_facts, write_facts
from .rhythm import in_rhythm
from .rule import Finding, World
from .said import fill
from .verdict import Judgement
from .versions import Version, record_kpis, versions_of

ReviewVerdict = Literal["keep", "change", "retire"]

REVIEW_NAMES: Mapping[str, Text] = {
    "keep": Text("keep", "pertahankan"),
    "change": Text("change", "ubah"),
    "retire": Text("retire", "hentikan"),
}
CHECKED = Text("{held} of {due} checks held", "{held} dari {due} pengecekan dilakukan")
DECIDED = Text("decisions: {told}", "keputusan: {told}")
CHANGED = Text("changed {count} times", "diubah {count} kali")
NO_USE = Text("It changed no decision: retire it, or say what it is for.",
              "Tidak mengubah keputusan apa pun: hentikan, atau jelaskan gunanya.")  # fmt: skip
DONE = Text("It came due: retire it, or set a new promise.",
            "Sudah jatuh tempo: hentikan, atau buat janji baru.")  # fmt: skip
BLOCKED = Text("It cannot be judged as it is: {why}", "Belum bisa dinilai: {why}")
MISSING = Text("It is far off: change what is done, or the target, and say why.",
               "Jauh melenceng: ubah caranya, atau targetnya, dan jelaskan.")  # fmt: skip
FINE = Text("It serves its purpose.", "Masih berguna.")


@dataclass(frozen=True)
class Evidence:
    """What a review rests on for one KPI, with what Tolok would suggest and why."""

    kpi: Kpi
    judgement: Judgement
    checks: tuple[Check, ...]
    versions: tuple[Version, ...]
    findings: tuple[Finding, ...]
    due_checks: int
    held_checks: int
    suggestion: ReviewVerdict
    why: Text

    @property
    def words(self) -> tuple[Text, ...]:
        """The evidence in short phrases."""
        said = [fill(CHECKED, {"held": self.held_checks, "due": self.due_checks})]
        counts = Counter(c.decision for c in self.checks)
        if counts:
            told = [(DECISION_NAMES[d], n) for d, n in counts.most_common()]
            words = Text(*(", ".join(f"{n} × {getattr(t, lang)}" for t, n in told)
                           for lang in ("en", "id")))  # fmt: skip
            said.append(fill(DECIDED, {"told": words}))
        if len(self.versions) > 1:
            said.append(fill(CHANGED, {"count": len(self.versions) - 1}))
        return tuple(said)


@dataclass(frozen=True)
class ReviewPack:
    """The review of a period: the evidence of every KPI that was alive in it."""

    period: Period
    day: date
    evidence: tuple[Evidence, ...]


def make_review(
    kpis: Sequence[Kpi], engine: Engine, *, brand: str, period: Period, world: World,
    day: date | None = None,
) -> ReviewPack:  # fmt: skip
    """Return the review pack of half a year or a year for the KPIs alive in it."""
    today = day or engine.today
    alive = [k for k in kpis if k.state == "active" and (k.start is None or k.start < period.end)]
    view = engine.view
    checks, versions = checks_of(view, brand), versions_of(view, brand)
    evidence = []
    for kpi in alive:
        held = tuple(c for c in checks if c.kpi == kpi.key and period.contains(c.day))
        told = {kpi.key: tuple((c.day, c.decision) for c in checks if c.kpi == kpi.key)}
        around = replace(world, today=today, others=tuple(alive), decisions=told)
        judged = judge(kpi, engine, today, brand=brand)
        findings = tuple(f for f in examine_kpi(kpi, around).findings if f.kpi)
        on_time, due = in_rhythm(kpi, [c.day for c in checks if c.kpi == kpi.key],
                                 engine.calendar, today)  # fmt: skip
        suggestion, why = suggest(judged, findings, today)
        own = tuple(v for v in versions if v.kpi.key == kpi.key)
        evidence.append(Evidence(kpi, judged, held, own, findings, due, on_time, suggestion, why))
    return ReviewPack(period, today, tuple(evidence))


def suggest(
    judged: Judgement, findings: Sequence[Finding], today: date
) -> tuple[ReviewVerdict, Text]:
    """Return what the evidence speaks for; the team decides."""
    codes = {f.code for f in findings}
    if judged.kpi.due is not None and judged.kpi.due < today:
        return "retire", DONE
    if "no_decision" in codes:
        return "retire", NO_USE
    stop = next((f for f in findings if f.level == "stop"), None)
    if stop is not None:
        return "change", fill(BLOCKED, {"why": stop.message})
    if judged.state == "not_enough_data" and _has_begun(judged.kpi, today):
        why = fill(judged.reason, judged.reason_data)
        return "change", fill(BLOCKED, {"why": why})
    if judged.state in ("off_track", "missed"):
        return "change", MISSING
    return "keep", FINE


def _has_begun(kpi: Kpi, today: date) -> bool:
    return kpi.start is None or (today - kpi.start).days > RHYTHM_DAYS[kpi.rhythm or "month"]


@dataclass(frozen=True)
class Reviewed:
    """What a review decided about one KPI."""

    review: str
    kpi: str
    day: date
    verdict: ReviewVerdict
    state: str | None = None
    value: float | None = None
    target: float | None = None
    evidence: str | None = None
    note: str | None = None
    made_by: str | None = None


def record_review(
    lake: Lake, brand: str, evidence: Evidence, *, review: str, verdict: str, day: date,
    note: str | None = None, by: str | None = None, at: datetime | None = None,
) -> tuple[Reviewed, Kpi]:  # fmt: skip
    """Write what the review decided; a retired KPI gets its last version. Returns both.

    Raises UserError for another verdict than keep, change or retire.
    """
    if verdict not in get_args(ReviewVerdict):
        raise UserError(
            Text("“{verdict}” is no verdict of a review.", "“{verdict}” bukan keputusan tinjauan."),
            Text("Choose “keep”, “change” or “retire”.", "Pilih “keep”, “change”, atau “retire”."),
            verdict=verdict,
        )  # fmt: skip
    judged = evidence.judgement
    told = Reviewed(
        review, evidence.kpi.key, day, verdict, judged.state, judged.value, judged.target,  # type: ignore[arg-type]
        "; ".join(t.en for t in evidence.words), note, by,
    )  # fmt: skip
    row = {n: getattr(told, n) for n in Reviewed.__dataclass_fields__}
    write_facts(lake, brand, {"reviews": [row]}, at=at)
    kpi = evidence.kpi
    if verdict == "retire":
        kpi = replace(kpi, state="retired")
        record_kpis(lake, brand, [kpi], by=by, note=note, at=at)
    return told, kpi


def reviews_of(view: LakeView, brand: str) -> list[Reviewed]:
    """Return what all reviews decided, oldest first."""
    names = Reviewed.__dataclass_fields__
    rows = read_facts(view, brand, "reviews")
    found = [Reviewed(**{n: v for n, v in r.items() if n in names}) for r in rows]
    return sorted(found, key=lambda r: (r.day, r.kpi))
