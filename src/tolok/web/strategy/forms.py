"""Forms of strategy: goals, strategies, tactics, putting to work, ending, scoring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tolok.base import Text
from tolok.kpi.propose import goals
from tolok.web.plan.words import capital
from tolok.web.shell.language import language_of_page

from .board import Board, Goal, Strategy, Tactic
from .linked import KIND_NAMES, Linked
from .words import OUTCOMES, RUBRIC

Choices = list[tuple[Any, Any]]


def _say(words: Any) -> str:
    text: Text = words
    return text.say(language_of_page())


def day_field(*, required: bool = False, **values: Any) -> forms.DateField:
    """Return a field for a day."""
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(required=required, widget=widget, **values)


def owner_field() -> forms.CharField:
    """Return the field for who answers for a thing, with the people of the brand to choose."""
    return forms.CharField(
        label=_("Who answers for it"), max_length=80, required=False,
        widget=forms.TextInput({"list": "people", "autocomplete": "off"}),
    )  # fmt: skip


def choose(form: forms.Form, name: str, choices: Choices) -> None:
    """Set the choices of a field of a form."""
    form.fields[name].choices = choices  # type: ignore[attr-defined]


def refuse_backwards(form: forms.Form, first: str, last: str) -> None:
    """Refuse a last day that lies before the first one."""
    start, end = form.cleaned_data.get(first), form.cleaned_data.get(last)
    if start and end and end < start:
        form.add_error(last, _("This day lies before the start."))


class GoalForm(forms.Form):
    """What the business wants, from when until when, and who answers for it."""

    name = forms.CharField(
        label=_("The goal in one sentence"), max_length=120,
        help_text=_("What the business wants to be true in the end. Its figure stands in its KPIs."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("What kind of goal"), required=False)
    owner = owner_field()
    starts = day_field(label=_("From"), required=True)
    ends = day_field(
        label=_("Until"), help_text=_("The last day on which it stands. Empty: it stays open.")
    )

    def __init__(self, *args: Any, goal: Goal | None, **values: Any) -> None:
        if goal is not None:
            values.setdefault("initial", vars(goal) | {"name": goal.title})
        super().__init__(*args, **values)
        known = {key: _say(capital(name)) for key, name in goals().items()}
        if goal is not None and goal.kind and goal.kind not in known:
            known[goal.kind] = goal.kind
        choose(self, "kind", [("", _("Not said")), *known.items()])

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        values = super().clean() or {}
        refuse_backwards(self, "starts", "ends")
        return values


class StrategyForm(forms.Form):
    """What the team means to do for a goal over a long time."""

    name = forms.CharField(
        label=_("The strategy in one sentence"), max_length=160,
        help_text=_("What you will do differently from now on, and for whom."),
    )  # fmt: skip
    goal = forms.ChoiceField(label=_("Which goal it serves"), required=False)
    owner = owner_field()
    proposed_on = day_field(label=_("Proposed on"), required=True)
    insight = forms.ChoiceField(
        label=_("Which insight it came from"), required=False,
        help_text=_("A claim drawn from data, so that it can be told later whether insights pay."),
    )  # fmt: skip

    def __init__(self, *args: Any, board: Board, strategy: Strategy | None, **values: Any) -> None:
        if strategy is not None:
            values.setdefault("initial", vars(strategy) | {"name": strategy.title})
        super().__init__(*args, **values)
        chosen = strategy.goal if strategy else None
        choose(self, "goal", [("", _("No goal yet")), *board.goal_choices(chosen)])
        claims = {i.insight: i.claim for i in reversed(board.insights)}
        if strategy is not None and strategy.insight and strategy.insight not in claims:
            claims[strategy.insight] = strategy.insight
        choose(self, "insight", [("", _("None")), *claims.items()])


def link_choices(linked: Iterable[Linked], empty: Any, known: str | None = None) -> Choices:
    """Return what can be linked in groups by kind, with the one chosen already."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in linked:
        groups.setdefault(one.kind, []).append((one.link, one.name))
    found: Choices = [("", empty)]
    if known and all(known != link for group in groups.values() for link, _name in group):
        found.append((known, known.partition(":")[2] or known))
    return [*found, *((_say(KIND_NAMES[kind]), lines) for kind, lines in groups.items())]


class TacticForm(forms.Form):
    """One way in which a strategy is put to work, and what it runs as."""

    name = forms.CharField(label=_("What will be done"), max_length=120)
    link = forms.ChoiceField(
        label=_("What it runs as"), required=False,
        help_text=_("A campaign, content pillar or slot of your data. It is then tied to the goal."),
    )  # fmt: skip
    campaign = forms.CharField(
        label=_("Or a campaign that is not in your data yet"), max_length=80, required=False,
        help_text=_("Its name as utm_campaign will write it, such as ramadan-2027."),
    )  # fmt: skip
    starts = day_field(label=_("From"))
    ends = day_field(label=_("Until"))
    owner = owner_field()

    def __init__(
        self, *args: Any, linked: Mapping[str, Linked], tactic: Tactic | None, **values: Any
    ) -> None:
        if tactic is not None:
            values.setdefault("initial", vars(tactic))
        super().__init__(*args, **values)
        known = tactic.link if tactic else None
        choose(self, "link", link_choices(linked.values(), _("Nothing yet"), known))

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning, and two things at once."""
        values = super().clean() or {}
        refuse_backwards(self, "starts", "ends")
        if values.get("link") and values.get("campaign"):
            self.add_error("campaign", _("Choose one of the two, not both."))
        return values

    @property
    def chosen(self) -> str | None:
        """What it runs as, as facts name it."""
        campaign = self.cleaned_data["campaign"].strip()
        return f"campaign:{campaign}" if campaign else self.cleaned_data["link"] or None


class ForceForm(forms.Form):
    """Since when a strategy is at work, and what ran because of it."""

    day = day_field(label=_("At work since"), required=True)
    evidence = forms.ChoiceField(
        label=_("What ran because of it"), required=False,
        help_text=_("Only what is known to have run. Without it the strategy does not count as put to work."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, linked: Mapping[str, Linked], today: date, known: str | None,
        first: Iterable[str], **values: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **values)
        self.today = today
        ran = [one for one in linked.values() if one.has_run]
        mine = set(first)
        ran.sort(key=lambda one: one.link not in mine)
        choose(self, "evidence", link_choices(ran, _("Nothing ran yet"), known))

    def clean_day(self) -> date:
        """Refuse a day that has not come."""
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(_("This day has not come yet."))
        return day


class EndForm(forms.Form):
    """When a strategy ended and what came of it."""

    day = day_field(label=_("Last day"), required=True)
    outcome = forms.ChoiceField(label=_("What came of it"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, strategy: Strategy, **values: Any) -> None:
        super().__init__(*args, **values)
        self.strategy = strategy
        choose(self, "outcome", [(key, _say(v.word)) for key, v in OUTCOMES.items()])

    def clean_day(self) -> date:
        """Refuse an end before the beginning."""
        day: date = self.cleaned_data["day"]
        if self.strategy.in_force_on and day < self.strategy.in_force_on:
            raise forms.ValidationError(_("This day lies before the start."))
        return day


class ScoreForm(forms.Form):
    """One person's score on the rubric, with the reason."""

    score = forms.TypedChoiceField(
        label=_("How well does it serve the goal?"), widget=forms.RadioSelect, coerce=int
    )
    note = forms.CharField(
        label=_("Why"), max_length=400, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        choose(self, "score", [(n, f"{n} · {_say(words)}") for n, words in RUBRIC.items()])
