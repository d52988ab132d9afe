"""What operations take and give: bodies made from the forms of the screens, words, figures.

Screens and programs ask and refuse alike: `body_of` turns a form into what a program sends; `judge` has the form judge what came and
raises `Refused` with the words the screen would show beside its fields.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.functional import Promise
from django.utils.translation import override
from ninja import Field, Schema
from pydantic import ConfigDict, create_model

from tolok.base import Text, UserError
from tolok.metrics import Change, Figure

_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)
_MOST = 1e15
_LONG = 4000
_Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", examples=["08:00"])]
_KINDS: tuple[tuple[type[forms.Field], Any], ...] = (
    (forms.MultipleChoiceField, list[str]),
    (forms.ModelMultipleChoiceField, list[str]),
    (forms.BooleanField, bool),
    (forms.DateField, date),
    (forms.TimeField, _Clock),
    (forms.IntegerField, float),  # also every field of decimals
)
_HINT = Text("Change what is named and send it again.", "Ubah yang disebut, lalu kirim lagi.")
Form = TypeVar("Form", bound=forms.BaseForm)
Answer = TypeVar("Answer", bound=Schema)


class Words(Schema):
    """Words in both languages."""

    en: str
    id: str


def both(text: Text) -> Words:
    """Return a text as both languages have it."""
    return Words(en=text.en, id=text.id)


def tell_row(answer: type[Answer], row: object, **more: Any) -> Answer:
    """Return a thing as the API tells it: what it calls alike, and `more` for everything else."""
    alike = {n: getattr(row, n) for n in answer.model_fields if n not in more}
    return answer(**alike, **more)


class FigureOut(Schema):
    """A figure: `value` is null where it cannot be said, and `reason` then says why.

    `state` is exact, about, at_least, range (low and high) or unknown; shares lie between 0 and 1.
    """

    metric: str
    period: str
    group: dict[str, str | None]
    state: str
    value: float | None
    low: float | None
    high: float | None
    currency: str | None
    have: int | None
    expected: int | None
    provisional_days: int
    reason: Words | None


class ChangeOut(Schema):
    """A change against another period, as a share; null where there is none to say."""

    ratio: float | None
    reason: Words | None


def tell_figure(figure: Figure) -> FigureOut:
    """Return a figure as the API tells it."""
    reason, data, coverage = figure.reason, figure.reason_data, figure.coverage
    return FigureOut(
        metric=figure.metric, period=figure.period.key, state=figure.state, value=figure.value,
        group={k: None if v is None else str(v) for k, v in figure.group.items()},
        low=figure.low, high=figure.high, currency=figure.currency,
        have=coverage.have if coverage else None,
        expected=coverage.expected if coverage else None,
        provisional_days=figure.provisional_days,
        reason=Words(en=reason.say("en", **data), id=reason.say("id", **data)) if reason else None,
    )  # fmt: skip


def tell_change(change: Change) -> ChangeOut:
    """Return a change as the API tells it."""
    reason = None
    if change.reason is not None:
        told = change.reason.filled(**change.reason_data)
        reason = Words(en=told.en, id=told.id)
    return ChangeOut(ratio=change.ratio, reason=reason)


class Body(Schema):
    """What a program sends in place of a form."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    def fill(self) -> dict[str, Any]:
        """Return what a browser would send for it; what was left out is an empty field."""
        return {name: value for name, value in self if value is not None}


class Refused(UserError):  # noqa: N818 - what happened, not whose fault
    """A form refused what came; `fields` says what at which of them, in the reader's language."""

    code = "invalid"

    def __init__(self, fields: Sequence[tuple[str, str]]) -> None:
        words = "; ".join(f"{name}: {said}" if name else said for name, said in fields)
        super().__init__(Text("{words}", "{words}"), _HINT, words=words)
        self.fields = fields


class FromFile(UserError):  # noqa: N818 - what happened, not whose fault
    """What a file brought was to be taken away by itself."""

    def __init__(self) -> None:
        super().__init__(
            Text("It came from a file and stays as long as that import does.",
                 "Ini berasal dari berkas dan tetap ada selama impornya ada."),
            Text("Take that import back.", "Batalkan impor itu."),
        )  # fmt: skip


def body_of(
    form: type[forms.BaseForm], name: str, *, without: Sequence[str] = (), base: type[Body] = Body
) -> type[Body]:
    """Return the body an operation takes in place of a form, some of its fields left out."""
    told: dict[str, Any] = {}
    with override("en"):
        for key, field in form.base_fields.items():
            if key not in without:
                told[key] = _field_of(field)
    model: type[Body] = create_model(name, __base__=base, __doc__=form.__doc__, **told)
    return model


def _field_of(field: forms.Field) -> tuple[Any, Any]:
    kind = next((kind for made, kind in _KINDS if isinstance(field, made)), str)
    choices = _fixed(field)
    is_typed = isinstance(field, forms.TypedChoiceField)
    if is_typed and (field.coerce is int or {type(key) for key in choices if key != ""} == {int}):  # type: ignore[attr-defined]
        kind = int
    limits: dict[str, Any] = {"description": str(field.label or "")}
    if kind is str:
        limits["max_length"] = getattr(field, "max_length", None) or _LONG
    elif kind is date:
        limits |= {"ge": _FIRST, "le": _LAST}
    elif kind in (int, float):
        limits |= {"ge": -_MOST, "le": _MOST}
    elif kind == list[str]:
        limits["max_length"] = 200
    if choices:
        limits["json_schema_extra"] = (
            {"items": {"type": "string", "enum": choices}} if kind == list[str]
            else {"enum": choices}
        )  # fmt: skip
    if field.required and kind is not bool:
        return kind, Field(..., **limits)
    limits.pop("json_schema_extra", None)
    return kind | None, Field(None, **limits)


def _fixed(field: forms.Field) -> list[Any]:
    """Return the choices that are the same for every brand; empty where there are none such."""
    choices = list(getattr(field, "choices", ())) if isinstance(field, forms.ChoiceField) else []
    flat = [key for key, label in choices if isinstance(label, str | Promise)]
    return flat if len(flat) == len(choices) else []


def judge(form: Form) -> Form:
    """Return the form when it is valid; raises Refused with its own words for what is wrong."""
    if form.is_valid():
        return form
    found = [
        ("" if name == NON_FIELD_ERRORS else name, str(said))
        for name, errors in form.errors.items()
        for said in errors
    ]
    raise Refused(found)
