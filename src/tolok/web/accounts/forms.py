"""Forms of people and brands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, ClassVar
from zoneinfo import ZoneInfo, available_timezones

import holidays
from babel import Locale
from babel.numbers import list_currencies
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.dates import MONTHS
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .models import Brand, User
from .rights import ROLE_MEANINGS, ROLE_NAMES, SCOPE_NAMES

LOGO_LIMIT = 300 * 1024
_MANY = 8  # brands to tick that stand in full; more are a list of their own to scroll
_LOGO_STARTS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_DAYS = [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday")]
_DAYS += [_("Sunday")]


@cache
def list_zones() -> tuple[str, ...]:
    """Return every time zone the machine knows, sorted."""
    return tuple(sorted(available_timezones()))


@lru_cache(maxsize=64)
def _draw_options(choices: tuple[tuple[str, str], ...], chosen: frozenset[str]) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((key, SafeString(" selected") if key in chosen else "", label) for key, label in choices),
    )


class LongSelect(forms.Select):
    """A choice among hundreds, drawn in one go: a template for each would take a tenth of a second."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:  # noqa: ARG002
        """Draw the list with its chosen lines."""
        given = tuple((str(key), str(label)) for key, label in self.choices)
        lines = _draw_options(given, frozenset(self.format_value(value)))
        told = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        return format_html("<select{}>{}</select>", flatatt(told), lines)


def _email_field() -> forms.EmailField:
    attrs = {"autocomplete": "username", "inputmode": "email"}
    return forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs))


def _new_password_field() -> forms.CharField:
    return forms.CharField(
        label=_("Password"),
        help_text=_("At least 10 characters. A short sentence is easy to remember."),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )


class SignInForm(forms.Form):
    """E-mail and password."""

    email = _email_field()
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    """A code from the phone, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Six digits from your authenticator app, or one of your recovery codes."),
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code"}
        ),
    )


class NewPersonForm(forms.Form):
    """A name and a password for somebody new."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    password = _new_password_field()

    def __init__(self, *args: Any, email: str = "", **values: Any) -> None:
        super().__init__(*args, **values)
        self._email = email

    def clean(self) -> dict[str, Any]:
        """Check the password against the rules and the person's own name."""
        values = super().clean() or {}
        email = values.get("email") or self._email
        person = User(email=email, name=values.get("name", ""))
        if password := values.get("password"):
            try:
                validate_password(password, person)
            except ValidationError as error:
                self.add_error("password", error)
        return values


class SignUpForm(NewPersonForm):
    """The first person of a team."""

    workspace = forms.CharField(
        label=_("Team or agency"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    email = _email_field()
    field_order: ClassVar[list[str]] = ["name", "workspace", "email", "password"]

    def clean_email(self) -> str:
        """Return the address in lower case; refuse one that is in use."""
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email=email).exists():
            raise ValidationError(_("There is an account with this address. Sign in instead."))
        return email


class PasswordForm(forms.Form):
    """A new password, after the old one."""

    old = forms.CharField(
        label=_("Current password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    password = _new_password_field()

    def __init__(self, *args: Any, user: User, **values: Any) -> None:
        super().__init__(*args, **values)
        self._user = user
        if not user.has_usable_password():
            del self.fields["old"]

    def clean_old(self) -> str:
        """Refuse a wrong current password."""
        if not self._user.check_password(self.cleaned_data["old"]):
            raise ValidationError(_("This is not your current password."))
        return str(self.cleaned_data["old"])

    def clean_password(self) -> str:
        """Check the new password against the rules."""
        password = str(self.cleaned_data["password"])
        validate_password(password, self._user)
        return password


class ProfileForm(forms.ModelForm):
    """How a person is called and likes to see Tolok."""

    class Meta:
        model = User
        fields = ("name", "language", "theme", "has_keys")
        labels: ClassVar[dict[str, Any]] = {
            "name": _("Your name"),
            "language": _("Language"),
            "theme": _("Appearance"),
            "has_keys": _("Keyboard shortcuts with single letters"),
        }
        widgets: ClassVar[dict[str, Any]] = {
            "name": forms.TextInput({"autocomplete": "name"}),
            "language": forms.Select(
                choices=[
                    ("", _("As the browser says")),
                    ("id", "Bahasa Indonesia"),
                    ("en", "English"),
                ]
            ),
            "theme": forms.Select(
                choices=[("", _("As the device says")), ("light", _("Light")), ("dark", _("Dark"))]
            ),
        }


class NewBrandForm(forms.ModelForm):
    """The few things a brand needs to begin."""

    time_zone = forms.ChoiceField(label=_("Time zone"), initial="Asia/Jakarta", widget=LongSelect)
    currency = forms.ChoiceField(label=_("Currency"), initial="IDR", widget=LongSelect)

    class Meta:
        model = Brand
        fields = ("name", "time_zone", "currency")
        labels: ClassVar[dict[str, Any]] = {"name": _("Name of the brand")}

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        zones = [(zone, zone.replace("_", " ")) for zone in list_zones()]
        self.fields["time_zone"].choices = zones  # type: ignore[attr-defined]
        money = [(code, code) for code in sorted(list_currencies())]
        self.fields["currency"].choices = money  # type: ignore[attr-defined]

    def clean_time_zone(self) -> str:
        """Return a zone the machine knows."""
        return ZoneInfo(self.cleaned_data["time_zone"]).key


def read_logo(file: Any) -> tuple[bytes, str] | None:
    """Return an uploaded picture and its type, judged by its content; None where none was given.

    Raises ValidationError for what is too large or no picture.
    """
    if not file:
        return None
    if file.size > LOGO_LIMIT:
        raise ValidationError(_("This picture is larger than 300 KB."))
    content = file.read()
    for start, kind in _LOGO_STARTS.items():
        if content.startswith(start):
            return content, kind
    raise ValidationError(_("This is not a PNG or JPEG picture."))


class LogoForm(forms.Form):
    """A logo alone, as a program sends it."""

    logo_file = forms.FileField(label=_("Logo"))

    def clean_logo_file(self) -> tuple[bytes, str] | None:
        """Return the picture and its type."""
        return read_logo(self.cleaned_data.get("logo_file"))


class BrandForm(NewBrandForm):
    """All settings of a brand; business hours as one span a day."""

    fiscal_month = forms.TypedChoiceField(
        label=_("Fiscal year begins in"), choices=list(MONTHS.items()), coerce=int
    )
    holidays = forms.ChoiceField(
        label=_("Holidays of"),
        widget=LongSelect,
        required=False,
        help_text=_("Response times in business hours leave these days out."),
    )
    logo_file = forms.FileField(
        label=_("Logo"), required=False, help_text=_("PNG or JPEG, 300 KB at most.")
    )
    logo_gone = forms.BooleanField(label=_("Take the logo away"), required=False)

    class Meta(NewBrandForm.Meta):
        fields = (  # type: ignore[assignment]
            "name",
            "colour",
            "time_zone",
            "currency",
            "week_start",
            "fiscal_month",
            "holidays",
        )
        labels: ClassVar[dict[str, Any]] = {
            "name": _("Name of the brand"),
            "colour": _("Colour"),
            "week_start": _("Week begins on"),
        }
        widgets: ClassVar[dict[str, Any]] = {"colour": forms.TextInput({"type": "color"})}

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        names = Locale.parse(get_language() or "en").territories
        countries = sorted(
            ((code, names.get(code, code)) for code in holidays.list_supported_countries()),
            key=lambda country: country[1],
        )
        self.fields["holidays"].choices = [  # type: ignore[attr-defined]
            ("", _("No holidays")),
            *countries,
        ]
        if not self.instance.logo_type:
            del self.fields["logo_gone"]
        for day, name in enumerate(_DAYS):
            self._add_day(day, name)

    def _add_day(self, day: int, name: Any) -> None:
        spans = self.instance.business_hours.get(str(day)) or []
        self.fields[f"hours_{day}"] = forms.RegexField(
            r"^(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d(?:, ?[0-2]\d:[0-5]\d-[0-2]\d:[0-5]\d)*$",
            label=name,
            required=False,
            initial=", ".join(f"{start}-{end}" for start, end in spans),
            widget=forms.TextInput({"placeholder": _("closed"), "class": "hours"}),
            error_messages={"invalid": _("Write it as 09:00-17:00, or leave it empty.")},
        )

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """The fields above the business hours."""
        return [field for field in self if not field.name.startswith("hours_")]

    @property
    def hour_fields(self) -> list[forms.BoundField]:
        """One field for each day of the week."""
        return [field for field in self if field.name.startswith("hours_")]

    def clean_colour(self) -> str:
        """Return a colour of six hexadecimal digits."""
        colour = str(self.cleaned_data["colour"]).lower()
        if len(colour) != 7 or colour[0] != "#" or set(colour[1:]) - set("0123456789abcdef"):
            raise ValidationError(_("Choose a colour."))
        return colour

    def clean_logo_file(self) -> tuple[bytes, str] | None:
        """Return the picture and its type; None where none was given."""
        return read_logo(self.cleaned_data.get("logo_file"))

    def clean(self) -> dict[str, Any]:
        """Refuse business hours that end before they begin."""
        values = super().clean() or {}
        for day in range(7):
            for start, end in _spans(values.get(f"hours_{day}", "")):
                if start >= end:
                    self.add_error(f"hours_{day}", _("These hours end before they begin."))
                    break
        return values

    def save(self, commit: bool = True) -> Brand:
        """Save the brand with its hours and its logo."""
        brand = self.instance
        hours = {str(day): _spans(self.cleaned_data[f"hours_{day}"]) for day in range(7)}
        brand.business_hours = {day: spans for day, spans in hours.items() if spans}
        if logo := self.cleaned_data.get("logo_file"):
            brand.logo, brand.logo_type = logo
        elif self.cleaned_data.get("logo_gone"):
            brand.logo, brand.logo_type = None, ""
        return super().save(commit)


def _spans(words: str) -> list[list[str]]:
    return [span.strip().split("-") for span in words.split(",") if span.strip()]


def _role_field() -> forms.MultipleChoiceField:
    choices = [(key, _RoleLabel(key)) for key in ROLE_NAMES]
    return forms.MultipleChoiceField(
        label=_("Roles"), choices=choices, widget=forms.CheckboxSelectMultiple
    )


class _RoleLabel:
    """Name and meaning of a role, in the language of the moment."""

    def __init__(self, key: str) -> None:
        self._key = key

    def __str__(self) -> str:
        return f"{ROLE_NAMES[self._key]}: {ROLE_MEANINGS[self._key]}"


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput({"autocomplete": "off"}))
    roles = _role_field()


class RolesForm(forms.Form):
    """The roles of a member."""

    roles = _role_field()


class TokenForm(forms.Form):
    """What a program is called, which brands it reaches and what it may do there.

    `others` are the brands that may be named besides the one of the page; who owns the workspace
    (`is_owner`) may name all of it.
    """

    name = forms.CharField(label=_("What it is for"), max_length=80)
    also = forms.TypedMultipleChoiceField(
        label=_("Also for"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text=_("It reaches this brand in any case. In each brand it may no more than you may there."),
    )  # fmt: skip
    is_whole = forms.BooleanField(
        label=_("For every brand of the workspace, those made later too"), required=False,
        help_text=_("It works as long as you own the workspace."),
    )  # fmt: skip
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=list(SCOPE_NAMES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(
        label=_("Ends"),
        coerce=int,
        choices=[(90, _("after 90 days")), (365, _("after a year")), (0, _("never"))],
    )

    def __init__(
        self, *args: Any, others: Sequence[Brand] = (), is_owner: bool = False, **values: Any
    ) -> None:
        super().__init__(*args, **values)
        self._others = {brand.pk: brand for brand in others}
        if others:
            self.fields["also"].choices = [(b.pk, b.name) for b in others]  # type: ignore[attr-defined]
            if len(others) > _MANY:
                self.fields["also"].widget.attrs["class"] = "many"
        else:
            del self.fields["also"]
        if not is_owner:
            del self.fields["is_whole"]

    def named_brands(self) -> list[Brand]:
        """Return the other brands that were ticked."""
        return [self._others[number] for number in self.cleaned_data.get("also", ())]


class DeleteBrandForm(forms.Form):
    """The name typed once more, so that no brand goes by accident."""

    name = forms.CharField(label=_("Type the name of the brand"), max_length=120)

    def __init__(self, *args: Any, brand: Brand, **values: Any) -> None:
        super().__init__(*args, **values)
        self._brand = brand

    def clean_name(self) -> str:
        """Refuse anything but the brand's name."""
        name = str(self.cleaned_data["name"]).strip()
        if name != self._brand.name:
            raise ValidationError(_("This is not the name of the brand. Nothing was deleted."))
        return name
