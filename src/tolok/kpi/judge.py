"""Judging a KPI: achieved, on track, at risk, off track, missed, or not enough data, and why."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from tolok.base import Text, say_day
from tolok.metrics import Engine, Figure, Metric, Scope
from tolok.series import Verdict

from .baseline import Baseline, find_baseline
from .kpi import Kpi
from .measure import Measured, data_until, measure_kpi
from .outlook import Outlook, look_ahead, say_odds, say_signal
from .path import (
    expect_months,
    expect_stepped,
    expect_straight,
    share_by_season,
    share_gone,
    target_of_months,
)
from .said import fill, join, say_last, say_share, say_value, why_unknown
from .verdict import Judgement, State

ON_PACE = 0.7  # under this share of the expected progress a KPI is off track, above it at risk
TRUSTED, HOPE = 0.65, 0.35  # odds that speak for, and under which they speak against
TOO_SOON = 0.25  # before this share of its time nothing is called off track

NO_METRIC = Text("there is no metric “{metric}” in the catalogue",
                 "metrik “{metric}” tidak ada di katalog")  # fmt: skip
NO_TARGET = Text("it has no target", "targetnya belum ada")
NO_DATES = Text("it has no start or due date", "tanggal mulai atau tenggatnya belum ada")
NOT_STARTED = Text("it starts on {start}", "baru mulai {start}")
NO_DATA = Text("there is no data for it since {start}", "belum ada datanya sejak {start}")
FIRST_PERIOD = Text("its first whole period ends on {end}", "periode utuh pertamanya selesai {end}")
CANNOT = Text("cannot say: {why}", "belum bisa dinilai: {why}")
CURRENCIES = Text("the target is in {target}, the figures are in {figure}",
                  "targetnya dalam {target}, angkanya dalam {figure}")  # fmt: skip
DATA_ENDS = Text("it was due on {due}, but the data ends on {end}",
                 "tenggatnya {due}, tetapi datanya hanya sampai {end}")  # fmt: skip
BOUNDS = Text("between {low} and {high}; the target {target} lies between, so it cannot be said",
              "antara {low} dan {high}; target {target} ada di antaranya, jadi belum bisa "
              "dinilai")  # fmt: skip
REACHED = Text("{value} against a target of {target}", "{value} dari target {target}")
MISSED = Text("{value} on the due date, the target was {target}",
              "{value} pada tenggat, targetnya {target}")  # fmt: skip
AHEAD = Text("{value} by {day}; {expected} was to be expected on the way to {target}",
             "{value} per {day}; menurut jalur seharusnya {expected} menuju {target}")  # fmt: skip
THERE = Text("{value} is already at the target of {target}; it counts on {due}",
             "{value} sudah di target {target}; yang dihitung nanti {due}")  # fmt: skip
BEHIND = Text(
    "{value} by {day}, {expected} was to be expected: {share} of the way that should be done",
    "{value} per {day}, seharusnya {expected}: baru {share} dari kemajuan yang seharusnya sudah tercapai",
)
UNLIKELY = Text("Yet figures like these seldom got there in time.",
                "Namun dengan angka seperti ini target jarang tercapai tepat waktu.")  # fmt: skip
LIKELY = Text("Yet it is likely to get there in time.",
              "Namun kemungkinan besar tetap tercapai tepat waktu.")  # fmt: skip
POSSIBLE = Text("It may still get there in time.", "Masih mungkin tercapai tepat waktu.")
EARLY = Text("Under a quarter of the time is gone.", "Belum seperempat waktu berjalan.")
ROUTINE = Text("The gap is within routine variation.", "Selisihnya masih variasi wajar.")
HOLDS = Text("{value} keeps to its limit of {target}", "{value} masih sesuai batas {target}")
BROKE = Text("{value} is past its limit of {target}", "{value} melewati batas {target}")
BROKE_BEFORE = Text("{value} keeps to {target} again, but it did not in {broken} earlier periods",
                    "{value} kembali sesuai {target}, tetapi {broken} periode sebelumnya "
                    "tidak")  # fmt: skip


def judge(
    kpi: Kpi,
    engine: Engine,
    today: date | None = None,
    *,
    brand: str | None = None,
    with_outlook: bool = True,
) -> Judgement:
    """Return how the KPI stands on a day (by default the engine's today), and why.

    Never raises for missing data: a judgement that cannot be made is `not_enough_data` with its
    reason. Without the outlook (signal, odds, track record) it costs a third, and the verdict
    rests on the pace alone.
    """
    day = today or engine.today
    metric = kpi.declared
    if metric is None:
        return _no(kpi, NO_METRIC, metric=kpi.metric)
    if kpi.target is None and not kpi.steps:
        return _no(kpi, NO_TARGET)
    window = kpi.window
    if window is None:
        return _no(kpi, NO_DATES)
    if day <= window.start:
        return _no(kpi, NOT_STARTED, start=say_day(window.start))
    engine = engine if day == engine.today else replace(engine, today=day)
    scope = kpi.scope_in(brand)
    until = data_until(engine, metric, scope)
    if until is None or until <= window.start:
        return _no(kpi, NO_DATA, start=say_day(window.start))
    as_of = min(until, day, window.end)
    measured = measure_kpi(kpi, metric, engine, scope=scope, as_of=as_of)
    case = _Case(kpi, metric, measured, find_baseline(kpi, metric, engine, scope), day)
    case = replace(case, season=_season_of(case, engine, scope))
    target = case.target
    if with_outlook and target is not None and measured.figure is not None:
        ahead = look_ahead(
            kpi, metric, engine, scope=scope, measured=measured, target=target, is_up=case.is_up
        )
        case = replace(case, outlook=ahead)
    return _with_data(case, _judge_case(case), data_ends=until)


def _season_of(case: _Case, engine: Engine, scope: Scope) -> float | None:
    window = case.kpi.window
    if case.kpi.path != "seasonal" or window is None or case.measured.manner != "total":
        return None
    return share_by_season(case.metric, engine, scope, window=window, until=case.measured.as_of)


@dataclass(frozen=True)
class _Case:
    """Everything a judgement is made from."""

    kpi: Kpi
    metric: Metric
    measured: Measured
    baseline: Baseline
    today: date
    season: float | None = None  # the share of the way last year had done by this day
    outlook: Outlook = field(default_factory=Outlook)

    @property
    def target(self) -> float | None:
        """The wanted value, None when it needs a baseline that is not there."""
        if self.kpi.target is not None:
            return self.kpi.target.value_from(self.baseline.value)
        if self.kpi.path == "monthly":
            return target_of_months(self.kpi, self.metric, is_total=self.measured.manner == "total")
        return self.kpi.steps[-1][1] if self.kpi.steps else None

    @property
    def start(self) -> float | None:
        """From where the path goes: nothing for a total, else the baseline."""
        return 0.0 if self.measured.manner == "total" else self.baseline.value

    def expected(self, target: float) -> float | None:
        """Where the target path stands on the day the data speaks of; None without a start."""
        kpi, window, until = self.kpi, self.kpi.window, self.measured.as_of
        if kpi.path == "monthly" and kpi.steps:
            return expect_months(kpi, until, is_total=self.measured.manner == "total")
        if self.start is None or window is None:
            return None
        if kpi.path == "stepped" and kpi.steps:
            return target if until >= window.end else expect_stepped(kpi, until, start=self.start)
        if self.season is not None:
            return self.start + (target - self.start) * self.season
        return expect_straight(window, until, start=self.start, target=target)

    @property
    def is_over(self) -> bool:
        """Whether the due date has passed and the data reaches it."""
        window = self.kpi.window
        return window is not None and self.today >= window.end and self.measured.as_of >= window.end

    @property
    def is_up(self) -> bool:
        """Whether more is better here."""
        if self.kpi.aim != "reach":
            return self.kpi.aim == "stay_above"
        target, start = self.target, self.baseline.value
        how = self.kpi.target.how if self.kpi.target else "value"
        if how != "value" and self.kpi.target:
            return self.kpi.target.amount >= 0
        if start is None or target is None or self.measured.manner == "total":
            return self.metric.direction != "down"
        return target >= start

    def say(self, value: float | None) -> Text:
        """Return a value in the metric's unit, in words."""
        figure = self.measured.figure
        currency = figure.currency if figure else None
        return say_value(value, self.metric.unit, currency or self.kpi.currency)


def _judge_case(case: _Case) -> Judgement:
    kpi, measured = case.kpi, case.measured
    if measured.figure is None:
        return _no(kpi, FIRST_PERIOD, end=say_last(measured.first_end))
    low, high = bounds_of(measured.figure)
    target = case.target
    if target is None:
        return _no(
            kpi, CANNOT, why=case.baseline.reason or Text("no baseline", "nilai awal kosong")
        )
    if low is None and high is None:
        return _no(kpi, CANNOT, why=why_unknown(measured.figure))
    currency = measured.figure.currency
    if case.metric.unit.kind == "money" and kpi.currency and currency not in (None, kpi.currency):
        return _no(kpi, CURRENCIES, target=kpi.currency, figure=currency)
    met = side_of(low, high, target, is_up=case.is_up)
    if kpi.aim != "reach":
        return _judge_limit(case, target, met)
    return _judge_reach(case, target, met)


def bounds_of(figure: Figure) -> tuple[float | None, float | None]:
    """Return the least and the most a figure may be; None where there is no such bound."""
    if figure.state in ("range", "at_least"):
        return figure.low, figure.high
    return figure.value, figure.value


def side_of(low: float | None, high: float | None, line: float, *, is_up: bool) -> bool | None:
    """Return whether a figure is on the good side of a line; None when its bounds straddle it."""
    if is_up:
        if low is not None and low >= line:
            return True
        return False if high is not None and high < line else None
    if high is not None and high <= line:
        return True
    return False if low is not None and low > line else None


def _judge_reach(case: _Case, target: float, met: bool | None) -> Judgement:
    kpi, measured = case.kpi, case.measured
    said = {"value": _words_of(case), "target": case.say(target), "due": say_day(kpi.due)}
    if met and (case.is_over or measured.manner in ("state", "total")):
        return Judgement(kpi, "achieved", fill(REACHED, said))
    if case.is_over:
        if met is None:
            return _straddles(case, target)
        return Judgement(kpi, "missed", fill(MISSED, said))
    window = kpi.window
    if window is not None and case.today >= window.end and measured.manner != "each":
        end = say_last(measured.as_of)
        return _no(kpi, DATA_ENDS, due=say_day(kpi.due), end=end)
    if met:
        return Judgement(kpi, "on_track", fill(THERE, said))
    return _judge_pace(case, target)


def _judge_pace(case: _Case, target: float) -> Judgement:
    kpi, measured = case.kpi, case.measured
    expected = case.expected(target)
    if expected is None or measured.figure is None:
        why = case.baseline.reason or Text("no baseline", "nilai awal kosong")
        return _no(kpi, CANNOT, why=why)
    low, high = bounds_of(measured.figure)
    met = side_of(low, high, expected, is_up=case.is_up)
    if met is None:
        return _straddles(case, expected)
    share = 1.0 if met else _share_of_way(case, expected, target)
    said = {"value": _words_of(case), "expected": case.say(expected), "target": case.say(target),
            "day": say_last(measured.as_of), "share": say_share(max(0.0, share))}  # fmt: skip
    state, further = _weigh(case, share, expected)
    reason = fill(AHEAD if met else BEHIND, said)
    return Judgement(kpi, state, join(reason, further), expected=expected)


def _share_of_way(case: _Case, expected: float, target: float) -> float:
    """Return how much of the way that should be done by now is done."""
    figure = case.measured.figure
    reference = figure.value if figure and figure.value is not None else None
    if reference is None and figure:
        reference = figure.high if case.is_up else figure.low
    start = case.start if case.start is not None else 0.0
    done, due = progress_of(reference, start, target), progress_of(expected, start, target)
    return done / due if done is not None and due else 0.0


def _weigh(case: _Case, share: float, expected: float) -> tuple[State, Text | None]:
    """Return the verdict of two witnesses, pace and odds: off track only when both say so.

    A rate that lies within its routine variation around the path is at risk at most: no wolf is
    cried over noise.
    """
    window = case.kpi.window
    gone = share_gone(window, case.measured.as_of) if window else 0.0
    odds = case.outlook.probability
    if share >= 1:
        doubted = odds is not None and odds < HOPE
        return ("at_risk", UNLIKELY) if doubted else ("on_track", None)
    if share >= ON_PACE:
        trusted = odds is not None and odds >= TRUSTED
        return ("on_track", LIKELY) if trusted else ("at_risk", None)
    if gone < TOO_SOON:
        return "at_risk", EARLY
    if odds is not None and odds >= HOPE:
        return "at_risk", POSSIBLE
    if case.measured.manner == "each" and _is_noise(case.outlook.signal, expected):
        return "at_risk", ROUTINE
    return "off_track", None


def _is_noise(signal: Verdict | None, expected: float) -> bool:
    return signal is not None and signal.kind == "routine" and signal.low <= expected <= signal.high


def progress_of(value: float | None, start: float | None, target: float | None) -> float | None:
    """Return the share of the way from start to target; None when there is no way."""
    if value is None or start is None or target is None or target == start:
        return None
    return (value - start) / (target - start)


def _judge_limit(case: _Case, target: float, met: bool | None) -> Judgement:
    kpi = case.kpi
    said: dict[str, object] = {"value": _words_of(case), "target": case.say(target)}
    if met is None:
        return _straddles(case, target)
    sides = [side_of(*bounds_of(f), target, is_up=case.is_up) for f in case.measured.earlier]
    broken = sides.count(False)
    if case.is_over:
        if not met or broken:
            return Judgement(kpi, "missed", fill(BROKE if not met else BROKE_BEFORE,
                                                 {**said, "broken": broken}))  # fmt: skip
        return Judgement(kpi, "achieved", fill(HOLDS, said))
    if not met:
        final = case.measured.manner == "total" and kpi.aim == "stay_below"
        return Judgement(kpi, "missed" if final else "off_track", fill(BROKE, said))
    if broken:
        return Judgement(kpi, "at_risk", fill(BROKE_BEFORE, {**said, "broken": broken}))
    return Judgement(kpi, "on_track", fill(HOLDS, said))


def _straddles(case: _Case, line: float) -> Judgement:
    figure = case.measured.figure
    low, high = bounds_of(figure) if figure else (None, None)
    return _no(case.kpi, BOUNDS, low=case.say(low), high=case.say(high), target=case.say(line))


def _words_of(case: _Case) -> Text:
    figure = case.measured.figure
    if figure is None:
        return Text("–", "–")
    if figure.state == "range":
        low, high = case.say(figure.low), case.say(figure.high)
        return Text(f"{low.en} to {high.en}", f"{low.id} sampai {high.id}")
    said = case.say(figure.value)
    if figure.state == "at_least":
        return Text(f"at least {said.en}", f"setidaknya {said.id}")
    return said


def _no(kpi: Kpi, reason: Text, **data: object) -> Judgement:
    return Judgement(kpi, "not_enough_data", fill(reason, data))


def _with_data(case: _Case, judged: Judgement, *, data_ends: date) -> Judgement:
    """Add to a judgement what its figure rests on."""
    figure = case.measured.figure
    start, value = case.start, figure.value if figure else None
    expected = judged.expected
    if expected is None and case.target is not None:
        expected = case.expected(case.target)
    if case.kpi.aim != "reach":
        expected, start = case.target, None  # a limit is kept, there is no way to it
    low, high = bounds_of(figure) if figure else (None, None)
    return replace(
        judged,
        figure=figure, value=value, low=low, high=high, expected=expected, target=case.target,
        baseline=case.baseline, progress=progress_of(value, start, case.target),
        expected_progress=progress_of(expected, start, case.target),
        as_of=case.measured.as_of,
        coverage=figure.coverage if figure else None,
        provisional_days=figure.provisional_days if figure else 0,
        observed_at=figure.observed_at if figure else None,
        signal=case.outlook.signal, odds=case.outlook.probability,
        odds_words=say_odds(case.outlook, case.say, case.target or 0.0),
        signal_words=say_signal(case.outlook, case.say),
        track_record=case.outlook.track.sentence if case.outlook.track else None,
        age_days=max(0, (case.today - data_ends).days),
        currency=figure.currency if figure else None,
        notes=tuple(fill(text, data) for text, data in figure.notes) if figure else (),
    )  # fmt: skip


def judge_all(
    kpis: tuple[Kpi, ...],
    engine: Engine,
    today: date | None = None,
    *,
    brand: str | None = None,
    with_outlook: bool = True,
) -> list[Judgement]:
    """Return the judgement of every active KPI, in order."""
    return [
        judge(k, engine, today, brand=brand, with_outlook=with_outlook)
        for k in kpis
        if k.state == "active"
    ]


__all__ = ["bounds_of", "judge", "judge_all", "progress_of", "side_of"]
