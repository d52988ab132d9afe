"""Pages of the team: the reports there are, one report on screen and as a file, its settings."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tolok.base import Language, Period, slug_of
from tolok.reports import draw_report
from tolok.reports.draw.html import draw_body
from tolok.reports.report import FORMATS
from tolok.web.accounts import audit
from tolok.web.accounts.access import Access, page
from tolok.web.shell.language import language_of_page

from .build import build, last_periods, near_period_of
from .editions import next_firing
from .forms import FORM_NAMES, ReportForm
from .models import Edition, Report

_KINDS = {
    "pdf": "application/pdf", "html": "text/html; charset=utf-8", "eml": "message/rfc822",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


def find(access: Access, report: int) -> Report:
    """Return a report of the brand; 404 for any other."""
    rows = Report.objects.select_related("brand__workspace")
    return get_object_or_404(rows, pk=report, brand=access.brand, removed_at=None)


@page("see")
def show_list(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the reports of the brand: for whom, when next, what became of the last one."""
    rows = Report.objects.filter(brand=access.brand, removed_at=None).order_by("name")
    now = timezone.now()
    lines = [
        {"report": r, "next": next_firing(r, now), "readers": r.recipients.count(),
         "last": Edition.objects.filter(report=r).first()}
        for r in rows.select_related("brand__workspace")
    ]  # fmt: skip
    return render(request, "reports/list.html", {"access": access, "lines": lines})


@page("share")
def make(request: HttpRequest, access: Access) -> HttpResponse:
    """Make a report."""
    first = {"name": _("Monthly report"), "audience": Report.Audience.BOSS, "month_day": 3}
    form = ReportForm(
        request.POST or None, request.FILES or None, brand=access.brand,
        initial={**first, "language": language_of_page()},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        report = save_report(request, access, form)
        messages.success(request, _("Saved. Now say who reads it."))
        return redirect("reports:readers", access.brand.slug, report.pk)
    about = {"access": access, "form": form}
    return render(request, "reports/edit.html", about, status=422 if form.errors else 200)


@page("share")
def edit(request: HttpRequest, access: Access, report: int) -> HttpResponse:
    """Change a report, or take it away; its history stays."""
    row = find(access, report)
    if request.method == "POST" and "remove" in request.POST:
        remove_report(request, access, row)
        messages.success(request, _("The report is gone. What was sent stays with its readers."))
        return redirect("reports:list", access.brand.slug)
    form = ReportForm(request.POST or None, request.FILES or None, brand=access.brand, instance=row)
    if request.method == "POST" and form.is_valid():
        save_report(request, access, form)
        messages.success(request, _("Saved."))
        return redirect("reports:edit", access.brand.slug, row.pk)
    shown = Report.objects.get(pk=row.pk) if form.errors else row
    about = {"access": access, "form": form, "report": shown, "tab": "edit"}
    return render(request, "reports/edit.html", about, status=422 if form.errors else 200)


def save_report(request: HttpRequest, access: Access, form: ReportForm) -> Report:
    """Keep a report as its form says, new or changed, and note it in the log."""
    report: Report = form.save(commit=False)
    is_new = not report.pk
    if is_new:
        report.brand, report.made_by = access.brand, access.user
        report.key = _free_key(access, report.name)
    if form.cleaned_data["logo_file"]:
        report.logo, report.logo_type = form.cleaned_data["logo_file"]
    elif form.cleaned_data.get("logo_gone"):
        report.logo, report.logo_type = None, ""
    report.looked_until = timezone.now()  # no edition of before the change goes out
    report.save()
    action = "made_report" if is_new else "changed_report"
    audit.record(request, action, brand=access.brand, thing=report.name)
    return report


def save_logo(
    request: HttpRequest, access: Access, report: Report, logo: tuple[bytes, str] | None
) -> None:
    """Keep a picture and its type as a report's own logo; None leaves it the brand's."""
    report.logo, report.logo_type = logo or (None, "")
    report.looked_until = timezone.now()
    report.save(update_fields=["logo", "logo_type", "looked_until"])
    audit.record(request, "changed_report", brand=access.brand, thing=report.name)


def remove_report(request: HttpRequest, access: Access, report: Report) -> None:
    """Take a report away; what was sent stays with its readers."""
    Report.objects.filter(pk=report.pk).update(removed_at=timezone.now(), is_on=False)
    audit.record(request, "removed_report", brand=access.brand, thing=report.name)


def _free_key(access: Access, name: str) -> str:
    taken = set(Report.objects.filter(brand=access.brand).values_list("key", flat=True))
    key = base = slug_of(name)[:60] or "report"
    number = 2
    while key in taken:
        key = f"{base}-{number}"
        number += 1
    return key


@page("see")
@never_cache
def show(request: HttpRequest, access: Access, report: int) -> HttpResponse:
    """Show a report on screen for a period, as its readers see it."""
    row = find(access, report)
    choices = last_periods(row)
    period = _period(request, row, choices)
    built = build(row, access.brand, period)
    language = language_of_page()
    about = {
        "access": access, "report": row, "tab": "show", "period": period,
        "periods": [(p.key, p.label(language)) for p in choices],
        "label": period.label(language),
        "files": [(form, FORM_NAMES.get(form, _("Letter"))) for form in FORMATS],
        "body": mark_safe(draw_body(built, language)),  # noqa: S308 - drawn and escaped by reports
    }  # fmt: skip
    return render(request, "reports/show.html", about)


def _period(request: HttpRequest, report: Report, choices: list[Period]) -> Period:
    asked = request.GET.get("period", "")
    period = near_period_of(report.brand, asked) if asked else choices[0]
    if period is None:
        raise Http404
    return period


@page("see")
@never_cache
def take(request: HttpRequest, access: Access, report: int, period: str, form: str) -> HttpResponse:
    """Send a report as a file, in the language asked for."""
    asked = request.GET.get("language", language_of_page())
    return give_file(request, access, find(access, report), period=period, form=form, asked=asked)


def give_file(
    request: HttpRequest, access: Access, row: Report, *, period: str, form: str, asked: str
) -> HttpResponse:
    """Return a report of a period as a file in a language; 404 for no such period or format."""
    span = near_period_of(access.brand, period)
    if span is None or form not in FORMATS:
        raise Http404
    built = build(row, access.brand, span)
    spoken: Language = "en" if asked == "en" else "id"
    content = draw_report(built, form, spoken)
    audit.record(request, "exported_report", brand=access.brand, thing=f"{row.name} {span.key}")
    name = built.file_name(form, spoken)
    head = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=_KINDS[form], headers=head)
