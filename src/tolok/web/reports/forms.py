"""Forms of reports: what is made and when it goes out, who reads it, and what a reader says of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from tolok.base import UserError
from tolok.reports import load_pages
from tolok.reports.delivery.schedule import ATTACHED
from tolok.web.accounts.forms import read_logo
from tolok.web.accounts.models import Brand
from tolok.web.outside import check_address
from tolok.web.shell.language import language_of_page

from .models import Recipient, Report

LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
FORM_NAMES = {"pdf": "PDF", "pptx": "PowerPoint", "xlsx": "Excel", "html": _("Page (HTML)")}
_NONE_CHOSEN = _("None chosen: all of the template.")


def page_choices(keys: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Return the pages of a report by their titles, in its order; of some when told which."""
    pages = load_pages().values()
    return [(p.key, p.title.say(language_of_page())) for p in pages if not keys or p.key in keys]


class ReportForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a report is made of, how it looks, and when it goes out by itself."""

    pages = forms.MultipleChoiceField(
        label=_("Pages"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_NONE_CHOSEN,
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    weekday = forms.TypedChoiceField(
        label=_("On which day of the week"), coerce=int,
        choices=[(day + 1, name) for day, name in WEEKDAYS.items()],
    )  # fmt: skip
    month_day = forms.TypedChoiceField(
        label=_("On which day of the month"), coerce=int, choices=[(d, str(d)) for d in range(1, 32)],
        help_text=_("Where a month lacks the day, on its last one. Quarterly, half-yearly and yearly reports go out in the first month after the period."),
    )  # fmt: skip
    logo_file = forms.FileField(
        label=_("Logo"), required=False,
        help_text=_("Left empty, the brand's own. PNG or JPEG, 300 KB at most."),
    )  # fmt: skip

    logo_gone = forms.BooleanField(label=_("Take the logo away"), required=False)

    class Meta:
        model = Report
        fields = ("name", "audience", "rhythm", "language", "pages", "colour", "is_on", "weekday",
                  "month_day", "at", "holds_back")  # fmt: skip
        labels: ClassVar[dict[str, Any]] = {
            "name": _("Name"), "audience": _("For whom"), "rhythm": _("Period"),
            "colour": _("Colour"), "is_on": _("It goes out by itself"), "at": _("At"),
            "holds_back": _("Hold it back while data of the period is missing"),
        }  # fmt: skip
        help_texts: ClassVar[dict[str, Any]] = {
            "is_on": _("Each time on the last whole period, by the brand's clock."),
            "holds_back": _("Otherwise it goes out and says until when the data reaches. Without any data nothing goes out."),
        }  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {
            "colour": forms.TextInput({"type": "color"}),
            "at": forms.TimeInput({"type": "time"}, format="%H:%M"),
        }

    def __init__(self, *args: Any, brand: Brand, **values: Any) -> None:
        super().__init__(*args, **values)
        self.brand = brand
        self.fields["pages"].choices = page_choices()  # type: ignore[attr-defined]
        if not self.instance.logo_type:
            del self.fields["logo_gone"]
        if not self.instance.colour:
            self.initial["colour"] = brand.colour

    @property
    def groups(self) -> list[tuple[Any, str, list[forms.BoundField]]]:
        """The fields in the order in which a person thinks of them."""
        order = [
            (_("Contents"), "what", ("name", "audience", "rhythm", "language")),
            (_("When"), "when", ("is_on", "weekday", "month_day", "at", "holds_back")),
            (_("Look"), "look", ("colour", "logo_file", "logo_gone")),
            (_("Pages"), "pages", ("pages",)),
        ]  # fmt: skip
        return [
            (label, key, [self[name] for name in names if name in self.fields])
            for label, key, names in order
        ]

    def clean_colour(self) -> str:
        """Return a colour of the report's own; empty when it is the brand's."""
        colour = str(self.cleaned_data["colour"] or "").lower()
        if colour and (
            len(colour) != 7 or colour[0] != "#" or set(colour[1:]) - set("0123456789abcdef")
        ):
            raise ValidationError(_("Choose a colour."))
        return "" if colour == self.brand.colour.lower() else colour

    def clean_logo_file(self) -> tuple[bytes, str] | None:
        """Return the picture and its type; None where none was given."""
        return read_logo(self.cleaned_data.get("logo_file"))


class RecipientForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who reads a report, by which way, and which slice of it."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    audience = forms.ChoiceField(label=_("Template"), required=False)
    forms_ = forms.MultipleChoiceField(
        label=_("Attached"), required=False, widget=forms.CheckboxSelectMultiple, initial=["pdf"],
        choices=[(form, FORM_NAMES[form]) for form in ATTACHED],
        help_text=_("By e-mail only; the first pages stand in the letter itself."),
    )  # fmt: skip
    pages = forms.MultipleChoiceField(
        label=_("Pages"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: as the report says."),
    )  # fmt: skip
    brands = forms.ModelMultipleChoiceField(
        Brand.objects.none(), label=_("Brands"), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One letter for each. None chosen: only this brand."),
    )  # fmt: skip

    class Meta:
        model = Recipient
        fields = ("name", "way", "address", "language", "audience", "pages", "brands")
        labels: ClassVar[dict[str, Any]] = {
            "name": _("Name"), "way": _("By"), "address": _("Address"),
        }  # fmt: skip
        help_texts: ClassVar[dict[str, Any]] = {
            "address": _("An e-mail address, or the https address the chat gave you. Telegram: https://api.telegram.org/bot…/sendMessage?chat_id=…"),
        }  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {"address": forms.TextInput({"autocomplete": "off"})}

    def __init__(self, *args: Any, report: Report, brands: Sequence[Brand], **values: Any) -> None:
        super().__init__(*args, **values)
        own = [("", _("As the report says")), *Report.Audience.choices]
        self.fields["audience"].choices = own  # type: ignore[attr-defined]
        self.fields["pages"].choices = page_choices(report.pages)  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["forms_"] = self.instance.forms
        else:
            self.initial["language"] = report.language
        if len(brands) > 1:
            field = self.fields["brands"]
            field.queryset = Brand.objects.filter(pk__in=[b.pk for b in brands])  # type: ignore[attr-defined]
        else:
            del self.fields["brands"]

    def clean(self) -> dict[str, Any]:
        """Check the address for what it is."""
        values = super().clean() or {}
        address, way = values.get("address", ""), values.get("way")
        try:
            if address and way == Recipient.Way.EMAIL:
                validate_email(address)
            elif address and way:
                check_address(address)
        except ValidationError as error:
            self.add_error("address", error)
        except UserError as error:
            self.add_error("address", error.say(language_of_page()))
        return values

    def save(self, commit: bool = True) -> Recipient:
        """Save the reader with the files to attach."""
        self.instance.forms = self.cleaned_data["forms_"]
        return super().save(commit)  # type: ignore[no-any-return]


class RatingForm(forms.Form):
    """What a reader thinks of a report, 1 to 5, and why."""

    rating = forms.TypedChoiceField(
        label=_("How useful was this report?"), coerce=int, widget=forms.RadioSelect,
        choices=[(1, _("1 · not at all")), (2, "2"), (3, "3"), (4, "4"), (5, _("5 · very"))],
    )  # fmt: skip
    remark = forms.CharField(
        label=_("What was missing, or too much?"), required=False, max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip
