"""The form of a record, made from its declaration: labels, pickers, what is refused and why."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tolok.base import TolokError, local_moment, parse_number
from tolok.base.money import check_currency
from tolok.connectors import platform_facts
from tolok.lake import Column
from tolok.web.accounts.models import Brand
from tolok.web.shell.language import language_of_page, locale_of_page

from .records import Ask, Record, Row

_LONGEST = 200
_EARLIEST, _LATEST = date(2000, 1, 1), date(2099, 12, 31)
_MOMENT = "%Y-%m-%dT%H:%M"
_MOST_MONEY = Decimal(10) ** 15


class NumberField(forms.CharField):
    """A number as a person of the page's language types it."""

    def clean(self, value: Any) -> Decimal | None:
        """Return the number; refuse what is none and what no file could hold."""
        text = super().clean(value).replace("\N{NO-BREAK SPACE}", "").strip()
        if not text:
            return None
        try:
            number = parse_number(text, language_of_page())
        except TolokError as error:
            raise ValidationError(error.say(language_of_page())) from None
        if not 0 <= number < _MOST_MONEY:
            raise ValidationError(_("Write a number from 0 on."))
        return number


class RecordForm(forms.Form):
    """One record: the fields its declaration asks, filled with what stands."""

    def __init__(
        self, *args: Any, record: Record, brand: Brand, standing: Row | None = None,
        taken: frozenset[str] = frozenset(), **values: Any,
    ) -> None:  # fmt: skip
        self.record, self.brand, self.taken = record, brand, taken
        start = _initial(record, brand, standing)
        super().__init__(*args, initial=start, **values)
        for name, ask in record.asks.items():
            self.fields[name] = _field(record, name, ask)
        if standing is not None:  # a record keeps its name: other rows call it so
            self.fields[record.key].widget = forms.HiddenInput()
            self.fields[record.key].disabled = True

    def clean(self) -> dict[str, Any]:
        """Refuse a name that is taken, and moments in an order that cannot be."""
        found = cast("dict[str, Any]", super().clean())
        key = found.get(self.record.key)
        if key and key.lower() in self.taken:
            self.add_error(self.record.key, _("There is one of this name. Give it another."))
        if found.get("currency"):
            self._check_currency(str(found["currency"]).upper())
        for name in ("account", "influencer"):
            self._check_account(name, str(found.get(name) or "").strip().lower().lstrip("@"))
        self._check_order(found)
        return found

    def _check_account(self, name: str, typed: str) -> None:
        platform, colon, handle = typed.partition(":")
        if not typed:
            return
        if colon and handle and platform in platform_facts().names:
            self.cleaned_data[name] = typed
        else:
            self.add_error(name, _("Write platform and name, such as instagram:kopiserambi."))

    def _check_currency(self, code: str) -> None:
        try:
            self.cleaned_data["currency"] = check_currency(code)
        except TolokError as error:
            self.add_error("currency", error.say(language_of_page()))

    def _check_order(self, found: Mapping[str, Any]) -> None:
        firsts = {"detected_at": ("acknowledged_at", "responded_at", "resolved_at"),
                  "agreed_on": ("ended_on",), "started_on": ("concluded_on",)}  # fmt: skip
        for first, laters in firsts.items():
            for later in laters:
                if found.get(first) and found.get(later) and found[later] < found[first]:
                    label = self.record.label(first).say(language_of_page())
                    self.add_error(later, _("This is before “%(first)s”.") % {"first": label})
        if found.get("state") == "published" and not found.get("published_at"):
            self.add_error("published_at", _("Say when it was published."))

    def row(self) -> dict[str, Any]:
        """Return the whole row, moments in UTC, with what follows from what was said."""
        found = {n: _stored(self.record.column(n), v) for n, v in self.cleaned_data.items()}
        names = {c.name for c in self.record.table.columns}
        account = str(found.get("influencer") or found.get("account") or "")
        if "platform" in names and not found.get("platform") and ":" in account:
            found["platform"] = account.split(":", 1)[0]
        return self.record.complete(found)


def _initial(record: Record, brand: Brand, standing: Row | None) -> dict[str, Any]:
    if standing is None:
        start: dict[str, Any] = {"currency": brand.currency, "state": "planned"}
        return {n: v for n, v in start.items() if n in record.asks}
    found: dict[str, Any] = {}
    for name in record.asks:
        value = standing.get(name)
        if isinstance(value, datetime):
            value = local_moment(brand.time_zone, value).strftime(_MOMENT)
        elif isinstance(value, date):
            value = value.isoformat()
        elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            value = locale_of_page().format_number(value)
        found[name] = value
    return found


def _field(record: Record, name: str, ask: Ask) -> forms.Field:
    language, column = language_of_page(), record.column(name)
    shared: dict[str, Any] = {
        "label": record.label(name).say(language), "required": ask.is_needed,
        "help_text": ask.help.say(language) if ask.help else "",
    }  # fmt: skip
    if name == "platform":
        names = sorted(platform_facts().names.items(), key=lambda p: p[1])
        return forms.ChoiceField(choices=[("", _("None")), *names], **shared)
    if ask.choices:
        words = [(key, _capital(text.say(language))) for key, text in ask.choices.items()]
        empty = [] if ask.is_needed else [("", _("Not said"))]
        return forms.ChoiceField(choices=[*empty, *words], **shared)
    if column.type == "bool":
        yes = [("", _("Not said")), ("True", _("Yes")), ("False", _("No"))]
        return forms.TypedChoiceField(choices=yes, coerce=lambda v: v == "True", empty_value=None,
                                      **shared)  # fmt: skip
    return _typed_field(column, name, ask, shared)


def _typed_field(column: Column, name: str, ask: Ask, shared: dict[str, Any]) -> forms.Field:
    if column.type == "date":
        return _DayField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **shared)
    if column.type == "moment":
        return _MomentField(
            widget=forms.DateTimeInput({"type": "datetime-local"}, format=_MOMENT), **shared
        )
    if column.type in ("money", "float", "int"):
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        return NumberField(widget=forms.TextInput(attrs), max_length=40, **shared)
    attrs = {"autocomplete": "off"} | ({"list": f"known-{name}"} if ask.known else {})
    return forms.CharField(widget=forms.TextInput(attrs), max_length=_LONGEST, **shared)


class _DayField(forms.DateField):
    default_error_messages = {"invalid": gettext_lazy("Write a day, such as 2026-10-31.")}

    def __init__(self, **values: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **values)

    def clean(self, value: Any) -> date | None:
        """Refuse days of another century."""
        day = super().clean(value)
        if day is not None and not _EARLIEST <= day <= _LATEST:
            raise ValidationError(self.error_messages["invalid"])
        return day


class _MomentField(forms.DateTimeField):
    default_error_messages = {
        "invalid": gettext_lazy("Write a day and a time, such as 2026-10-31 14:05.")
    }

    def __init__(self, **values: Any) -> None:
        forms_of_time = [_MOMENT, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
        super().__init__(input_formats=forms_of_time, **values)

    def clean(self, value: Any) -> datetime | None:
        """Return the moment in the brand's zone; refuse moments of another century."""
        moment = super().clean(value)
        if moment is not None and not _EARLIEST <= moment.date() <= _LATEST:
            raise ValidationError(self.error_messages["invalid"])
        return cast("datetime | None", moment)


def _stored(column: Column, value: Any) -> Any:
    if value in ("", None):
        return None
    if isinstance(value, datetime):  # aware: the gate made the brand's zone the current one
        return value.astimezone(UTC).replace(tzinfo=None)
    if isinstance(value, Decimal):
        return {"money": value, "float": float(value), "int": int(value)}[column.type]
    return re.sub(r"\s+", " ", value).strip() if isinstance(value, str) else value


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
