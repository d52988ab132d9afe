"""Forms of planning: the fields of a KPI, a check's decision, a review's verdict, an activity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tolok.base import RATIO, Calendar, PeriodError, Text, UserError, slug_of
from tolok.kpi import AIM_NAMES, LIFE_NAMES, PATH_NAMES, RHYTHM_NAMES, Kpi, Target, read_target
from tolok.kpi.check import DECISION_NAMES
from tolok.kpi.review import REVIEW_NAMES
from tolok.kpi.target import read_plain
from tolok.metrics import STAGE_NAMES, load_metrics
from tolok.web.shell.language import language_of_page, point_of_page

from .steps import BY_HAND, Steps, has_steps, read_steps, rows_of
from .words import STAGES, capital

Choices = list[tuple[str, Any]]


def _say(text: Text) -> str:
    return text.say(language_of_page())


def choices_of(names: Mapping[str, Text], empty: Any = None) -> Choices:
    """Return names as the choices of a field, in the language of the page."""
    told: Choices = [(key, _say(capital(name))) for key, name in names.items()]
    return [("", empty), *told] if empty is not None else told


def metric_choices(empty: Any = None, known: Iterable[str] = ()) -> Choices:
    """Return the metrics grouped by funnel stage; keys the catalogue lacks stand as they are."""
    metrics = load_metrics()
    groups: Choices = []
    for stage in (*STAGES, "none"):
        lines = sorted(
            ((m.key, _say(m.name)) for m in metrics.values() if m.stage == stage),
            key=lambda line: line[1],
        )
        if lines:
            groups.append((_say(STAGE_NAMES[stage]), lines))
    foreign = [(key, key) for key in known if key and key not in metrics]
    return [*([("", empty)] if empty is not None else []), *foreign, *groups]


def _day(**values: Any) -> forms.DateField:
    return forms.DateField(
        required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **values
    )


class KpiForm(forms.Form):
    """Every field of a KPI a person writes; the rest of it is kept as it was."""

    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("What everybody will call it.")
    )
    metric = forms.ChoiceField(label=_("What is measured"))
    platforms = forms.MultipleChoiceField(
        label=_("On which platforms"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all together."),
    )
    goal = forms.CharField(
        label=_("Business goal"), max_length=200, required=False,
        help_text=_("What it is good for in the end."),
        widget=forms.TextInput({"list": "goals", "autocomplete": "off"}),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why this one"), max_length=400, required=False,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    target = forms.CharField(
        label=_("Target"), max_length=40, required=False,
        help_text=_("A value (12000, 5%) or a change from the baseline (+10%, +1.5pp, +500)."),
    )  # fmt: skip
    aim = forms.ChoiceField(label=_("The value is to"))
    per = forms.ChoiceField(
        label=_("Counted"), required=False,
        help_text=_("For sums: over the whole time, or each week or month by itself."),
    )  # fmt: skip
    baseline = forms.CharField(
        label=_("Baseline"), max_length=40, required=False,
        help_text=_("Left empty it is taken from the data before the start. Or a value, or a period such as 2026-Q2."),
    )  # fmt: skip
    start = _day(label=_("From"))
    due = _day(label=_("Until"), help_text=_("The last day that counts."))
    path = forms.ChoiceField(label=_("Path to the target"))
    rhythm = forms.ChoiceField(label=_("Checked"), required=False)
    owner = forms.CharField(
        label=_("Who answers for it"), max_length=80, required=False,
        widget=forms.TextInput({"list": "people", "autocomplete": "off"}),
    )  # fmt: skip
    stage = forms.ChoiceField(label=_("Funnel stage"), required=False)
    counter = forms.ChoiceField(
        label=_("Watched beside it"), required=False,
        help_text=_("The metric that would show if this one were reached by a trick."),
    )  # fmt: skip
    budget = forms.DecimalField(
        label=_("Budget"), required=False, min_value=0, max_digits=16, decimal_places=2
    )
    state = forms.ChoiceField(label=_("State"))

    def __init__(
        self, *args: Any, platforms: Mapping[str, str], kpi: Kpi | None, **values: Any
    ) -> None:
        if kpi is not None:
            values.setdefault("initial", initial_of(kpi))
        super().__init__(*args, **values)
        self.kpi = kpi
        known = (kpi.metric, kpi.counter or "") if kpi else ()
        more = {p: p for p in (kpi.platforms if kpi else ()) if p not in platforms}
        self._choose("metric", metric_choices(_("Choose one"), known))
        self._choose("counter", metric_choices(_("None"), known))
        self._choose("platforms", list((dict(platforms) | more).items()))
        self._choose("aim", choices_of(AIM_NAMES))
        pers = {k: v for k, v in RHYTHM_NAMES.items() if k != "day"}
        self._choose("per", choices_of(pers, _("Over the whole time")))
        self._choose("path", choices_of(PATH_NAMES))
        self._choose("rhythm", choices_of(RHYTHM_NAMES, _("Not yet decided")))
        self._choose("stage", choices_of(STAGE_NAMES, _("As the metric says")))
        self._choose("state", choices_of(LIFE_NAMES))

    def _choose(self, name: str, choices: Choices) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields in the order in which a person thinks of them."""
        order = [
            (_("What"), ("name", "metric", "platforms")),
            (_("Why"), ("goal", "reason")),
            (_("How much, until when"), ("target", "aim", "start", "due", "baseline", "per", "path")),
            (_("Who looks at it"), ("owner", "rhythm", "counter", "stage", "budget", "state")),
        ]  # fmt: skip
        return [(label, [self[name] for name in names]) for label, names in order]

    def clean_target(self) -> Target | None:
        """Return the target as it was written."""
        return _target(str(self.cleaned_data["target"]).strip())

    def clean_baseline(self) -> float | str | None:
        """Return a number or the key of a period."""
        return _baseline(str(self.cleaned_data["baseline"]).strip())

    def clean(self) -> dict[str, Any]:
        """Refuse what contradicts itself."""
        values = super().clean() or {}
        start, due = values.get("start"), values.get("due")
        if start and due and due < start:
            self.add_error("due", _("This day lies before the start."))
        metric = load_metrics().get(values.get("metric", ""))
        target = values.get("target")
        is_share = metric is not None and metric.unit == RATIO
        if is_share and target and target.how == "value" and target.amount > 1:
            self.add_error("target", _("This metric is a share. Write 5% for five in a hundred."))
        if values.get("path") in BY_HAND:
            self._check_steps(values)
        return values

    def _check_steps(self, values: Mapping[str, Any]) -> None:
        """Ask for the values of a path that a team writes by hand."""
        _steps, fault = read_steps(self.data, values["path"])
        if fault:
            self.add_error(None, fault)
            return
        wanted = self.draft(self.kpi, "")
        rows = rows_of(wanted)
        if not wanted.steps:
            self.add_error(None, _("Write the values of the path in the lines below."))
        elif has_steps(self.data) and wanted.path == "monthly" and not all(r.value for r in rows):
            self.add_error(None, _("Write a value for every month."))

    def _steps(self, old: Kpi, path: str) -> Steps:
        """Return the values of the path: those typed, else those that stood."""
        if path in BY_HAND and has_steps(self.data):
            return read_steps(self.data, path)[0]
        return old.steps if path == old.path else ()

    def draft(self, base: Kpi | None, currency: str) -> Kpi:
        """Return the KPI of what was understood so far; what was not stays empty."""
        told = {n: self.cleaned_data.get(n) for n in self.fields if n in self.cleaned_data}
        name = told.get("name") or ""
        old = base or Kpi(key=slug_of(name)[:56].strip("-") or "kpi", name=name, metric="")
        budget = told.get("budget")
        start, due = told.get("start"), told.get("due")
        if start and due and due < start:
            due = None
        return replace(
            old, name=name or old.name, metric=told.get("metric") or "",
            platforms=tuple(told.get("platforms") or ()), goal=told.get("goal") or None,
            reason=told.get("reason") or None, target=told.get("target"),
            aim=told.get("aim") or "reach", per=told.get("per") or None,
            baseline=told.get("baseline"), start=start, due=due,
            path=told.get("path") or "straight",
            steps=self._steps(old, told.get("path") or "straight"), rhythm=told.get("rhythm") or None,
            owner=told.get("owner") or None, stage=told.get("stage") or None,
            counter=told.get("counter") or None,
            budget=float(budget) if budget is not None else None,
            currency=(old.currency or currency) if budget is not None else None,
            state=told.get("state") or "active",
        )  # fmt: skip


def _target(words: str) -> Target | None:
    if not words:
        return None
    try:
        return read_target(words)
    except UserError as error:
        raise ValidationError(error.say(language_of_page())) from None


def _baseline(words: str) -> float | str | None:
    if not words:
        return None
    is_share = words.endswith("%")
    number = read_plain(words.rstrip("% ").strip())
    if number is not None:
        return number / 100 if is_share else number
    from_period = words if words == "last_year" else _period_key(words)
    if from_period is None:
        raise ValidationError(_("Write a value, or a period such as 2026-Q2 or 2026-05."))
    return from_period


def _period_key(words: str) -> str | None:
    try:
        return Calendar().parse(words).key
    except (PeriodError, UserError):
        return None


def initial_of(kpi: Kpi) -> dict[str, Any]:
    """Return a KPI as the fields of its form."""
    return {
        "name": kpi.name, "metric": kpi.metric, "platforms": list(kpi.platforms),
        "goal": kpi.goal or "", "reason": kpi.reason or "", "target": write_target_field(kpi),
        "aim": kpi.aim, "per": kpi.per or "", "baseline": _write_baseline(kpi),
        "start": kpi.start, "due": kpi.due, "path": kpi.path, "rhythm": kpi.rhythm or "",
        "owner": kpi.owner or "", "stage": kpi.stage or "", "counter": kpi.counter or "",
        "budget": kpi.budget, "state": kpi.state,
    }  # fmt: skip


def write_target_field(kpi: Kpi) -> str:
    """Return the target as a person would type it in the language of the page."""
    if kpi.target is None:
        return ""
    told = kpi.target.write()
    if kpi.target.how == "value" and kpi.declared is not None and kpi.declared.unit == RATIO:
        told = f"{round(kpi.target.amount * 100, 9):.10g}%"
    elif kpi.target.how == "value":
        told = f"{kpi.target.amount:.12g}"
    return point_of_page(str(told))


def _write_baseline(kpi: Kpi) -> str:
    if isinstance(kpi.baseline, str) or kpi.baseline is None:
        return kpi.baseline or ""
    if kpi.declared is not None and kpi.declared.unit == RATIO:
        return point_of_page(f"{round(kpi.baseline * 100, 9):.10g}%")
    return point_of_page(f"{kpi.baseline:.12g}")


class CheckForm(forms.Form):
    """What a check ends in."""

    decision = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Note"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("What is behind it, and what happens next. It will stand in the history."),
    )  # fmt: skip

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["decision"].choices = choices_of(DECISION_NAMES)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where something is to change."""
        values = super().clean() or {}
        if values.get("decision") in ("act", "adjust", "stop") and not values.get("note"):
            self.add_error("note", _("Say in a few words what will be done."))
        return values


class ReviewForm(forms.Form):
    """What a review decides about one KPI."""

    verdict = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Note"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["verdict"].choices = choices_of(REVIEW_NAMES)  # type: ignore[attr-defined]


class ActivityForm(forms.Form):
    """What the team will do for a KPI, and what it expects of it beforehand."""

    name = forms.CharField(label=_("What will be done"), max_length=120)
    kpi = forms.ChoiceField(label=_("For which KPI"))
    start = forms.DateField(label=_("From"), widget=forms.DateInput({"type": "date"}))
    last = forms.DateField(label=_("Until"), widget=forms.DateInput({"type": "date"}))
    expected = forms.DecimalField(
        label=_("Expected effect in percent"), min_value=-99, max_value=1000,
        help_text=_("20 means: a fifth more than without it."),
    )  # fmt: skip
    control = forms.MultipleChoiceField(
        label=_("Platforms it does not touch"), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They show what would have happened anyway. Without them no effect can be told."),
    )  # fmt: skip
    cost = forms.DecimalField(
        label=_("Cost"), required=False, min_value=0, max_digits=16, decimal_places=2
    )

    def __init__(
        self, *args: Any, kpis: Iterable[Kpi], platforms: Mapping[str, str], **values: Any
    ) -> None:
        super().__init__(*args, **values)
        names = [(k.key, k.name) for k in kpis]
        self.fields["kpi"].choices = names  # type: ignore[attr-defined]
        self.fields["control"].choices = list(platforms.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        values = super().clean() or {}
        start, last = values.get("start"), values.get("last")
        if start and last and last < start:
            self.add_error("last", _("This day lies before the start."))
        return values

    @property
    def until(self) -> date:
        """The day after the last one."""
        last: date = self.cleaned_data["last"]
        return last + timedelta(days=1)
