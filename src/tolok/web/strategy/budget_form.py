"""The form of a budget line: what its money is for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tolok.base import TolokError, UserError
from tolok.base.money import check_currency
from tolok.web.shell.language import language_of_page

from .board import Board, BudgetRow
from .forms import choose
from .linked import Linked


class LineForm(forms.Form):
    """A line of the budget: its name, currency, and what it pays for."""

    line = forms.CharField(
        label=_("Name of the line"), max_length=80,
        help_text=_("As your costs name it, so that what is spent finds its plan."),
    )  # fmt: skip
    currency = forms.CharField(label=_("Currency"), max_length=3, min_length=3)
    goal = forms.ChoiceField(label=_("Which goal it serves"), required=False)
    kpi = forms.ChoiceField(label=_("Which KPI it pays for"), required=False)
    campaign = forms.ChoiceField(label=_("Campaign"), required=False)
    platform = forms.ChoiceField(
        label=_("Advertising platform"), required=False,
        help_text=_("What the platform bills for adverts then counts as spent."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, board: Board, last: BudgetRow | None, linked: Mapping[str, Linked],
        platforms: Mapping[str, str], **values: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **values)
        self.last = last
        if last is not None:  # facts are named by their line: it keeps its name and currency
            for name in ("line", "currency"):
                self.fields[name].widget = forms.HiddenInput()
        choose(
            self, "goal", [("", _("No goal yet")), *board.goal_choices(last.goal if last else None)]
        )
        kpis = [(k.key, k.name) for k in board.book.alive]
        choose(self, "kpi", _with(("", _("None")), kpis, last.kpi if last else None))
        names = [(x.key, x.name) for x in linked.values() if x.kind == "campaign"]
        choose(self, "campaign", _with(("", _("None")), names, last.campaign if last else None))
        shown = list(platforms.items())
        choose(self, "platform", _with(("", _("None")), shown, last.platform if last else None))

    def clean_currency(self) -> str:
        """Refuse a currency that does not exist."""
        if self.last is not None and self.last.currency:
            return self.last.currency
        try:
            return check_currency(str(self.cleaned_data["currency"]).upper())
        except (UserError, TolokError) as error:
            raise forms.ValidationError(error.say(language_of_page())) from None


def _with(
    empty: tuple[str, Any], choices: list[tuple[str, str]], known: str | None
) -> list[tuple[str, Any]]:
    more = [(known, known)] if known and known not in dict(choices) else []
    return [empty, *choices, *more]
