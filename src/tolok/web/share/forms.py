"""Forms of sharing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from tolok.base import UserError
from tolok.web.accounts.models import Brand
from tolok.web.outside import check_address
from tolok.web.sharing import shared_kinds
from tolok.web.shell.language import language_of_page

from .models import EVENTS, Channel

_DAYS = [(7, _("7 days")), (30, _("30 days")), (90, _("90 days")), (365, _("One year"))]


class LinkForm(forms.Form):
    """What a link shows, for how long, and behind which password."""

    what = forms.ChoiceField(label=_("What it shows"))
    for_whom = forms.CharField(
        label=_("For whom"), max_length=80, required=False,
        help_text=_("Only your team reads this."),
    )  # fmt: skip
    days = forms.TypedChoiceField(label=_("It works for"), choices=_DAYS, coerce=int, initial=30)
    password = forms.CharField(
        label=_("Password"), max_length=200, required=False, strip=False,
        help_text=_("Left empty, the link alone opens it."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )  # fmt: skip
    may_comment = forms.BooleanField(
        label=_("Whoever opens it may leave a comment"), required=False, initial=True
    )

    def __init__(self, *args: Any, brand: Brand, **values: Any) -> None:
        super().__init__(*args, **values)
        groups = [
            (kind.label, [(f"{kind.key}:{key}", name) for key, name in kind.things(brand)])
            for kind in shared_kinds().values()
        ]
        self.fields["what"].choices = [g for g in groups if g[1]]  # type: ignore[attr-defined]


class OpenForm(forms.Form):
    """The password of a link."""

    password = forms.CharField(
        label=_("Password"), max_length=200, strip=False,
        widget=forms.PasswordInput({"autocomplete": "off"}),
    )  # fmt: skip


class CommentForm(forms.Form):
    """A comment of a member."""

    text = forms.CharField(label=_("Comment"), max_length=2000, widget=forms.Textarea({"rows": 3}))


class GuestCommentForm(CommentForm):
    """A comment of somebody without an account."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    field_order = ("name", "text")


class ChannelForm(forms.ModelForm):
    """Where notices go, and when not."""

    events = forms.MultipleChoiceField(
        label=_("About what"), choices=list(EVENTS.items()), widget=forms.CheckboxSelectMultiple,
        initial=["check_due", "verdict_fell"],
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language"), choices=[("id", "Bahasa Indonesia"), ("en", "English")]
    )

    class Meta:
        model = Channel
        fields = ("kind", "address", "events", "language", "quiet_from", "quiet_until")
        labels = {
            "kind": _("By"),
            "address": _("Address"),
            "quiet_from": _("Quiet from"),
            "quiet_until": _("Quiet until"),
        }
        help_texts = {
            "address": _("An e-mail address, or the https address the service gave you."),
            "quiet_from": _("Nothing comes in these hours; it waits until they are over."),
        }
        widgets = {
            "quiet_from": forms.TimeInput({"type": "time"}),
            "quiet_until": forms.TimeInput({"type": "time"}),
            "address": forms.TextInput({"autocomplete": "off"}),
        }

    def clean(self) -> dict[str, Any]:
        """Check the address for what it is, and that quiet hours have two ends."""
        values = super().clean() or {}
        address, kind = values.get("address", ""), values.get("kind")
        if address and kind == Channel.Kind.EMAIL:
            try:
                validate_email(address)
            except ValidationError as error:
                self.add_error("address", error)
        elif address and kind:
            try:
                check_address(address)
            except UserError as error:
                self.add_error("address", error.say(language_of_page()))
        if bool(values.get("quiet_from")) != bool(values.get("quiet_until")):
            self.add_error("quiet_until", _("Give both ends of the quiet hours, or none."))
        return values
