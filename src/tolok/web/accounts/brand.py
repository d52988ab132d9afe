"""Pages of a brand: make one, its settings, its archive, its end, who did what."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from . import audit
from .access import Access, NotAllowed, page, signed_in
from .dossier import delete_brand, export_brand
from .forms import BrandForm, DeleteBrandForm, NewBrandForm
from .models import AuditEntry, Brand, User, Workspace
from .start import make_brand

_PAGE = 50


def workspaces_of(user: User) -> list[Workspace]:
    """Return the workspaces in which a person may make brands."""
    return list(Workspace.objects.filter(seats__user=user, seats__is_owner=True).order_by("name"))


@signed_in
def make(request: HttpRequest) -> HttpResponse:
    """Make a brand in the first workspace the person owns."""
    assert isinstance(request.user, User)  # noqa: S101 - the gate saw to it
    workspaces = workspaces_of(request.user)
    if not workspaces:
        raise NotAllowed("manage")
    form = NewBrandForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        brand = found_brand(request, workspaces[0], form, maker=request.user)
        return redirect("shell:home", brand.slug)
    status = 422 if form.errors else 200
    return render(request, "accounts/new_brand.html", {"form": form}, status=status)


def found_brand(
    request: HttpRequest, workspace: Workspace, form: NewBrandForm, *, maker: User
) -> Brand:
    """Make a brand of a workspace as the form says; its maker holds every role in it."""
    brand = make_brand(workspace, maker=maker, **form.cleaned_data)
    audit.record(request, "made_brand", brand=brand)
    return brand


@page("manage")
def show_settings(request: HttpRequest, access: Access) -> HttpResponse:
    """Show and change the settings of a brand."""
    form = BrandForm(request.POST or None, request.FILES or None, instance=access.brand)
    if request.method == "POST" and form.is_valid():
        save_settings(request, access, form)
        messages.success(request, _("Saved."))
        return redirect("accounts:settings", access.brand.slug)
    if form.errors:
        access.brand.refresh_from_db()  # the frame shows the brand as it is, not as it was typed
    about = {"form": form, "access": access, "tab": "settings"}
    status = 422 if form.errors else 200
    return render(request, "accounts/settings.html", about, status=status)


@page("see")
@cache_control(private=True, max_age=3600)
def show_logo(_request: HttpRequest, access: Access) -> HttpResponse:
    """Send the logo."""
    return give_logo(access.brand)


@page("manage")
@require_POST
def export(request: HttpRequest, access: Access) -> HttpResponse:
    """Send everything that belongs to the brand as one archive."""
    return give_archive(request, access)


def save_settings(request: HttpRequest, access: Access, form: BrandForm) -> None:
    """Keep the settings of a brand as the form says."""
    form.save()
    audit.record(request, "changed_brand", brand=access.brand, fields=form.changed_data)


def give_logo(brand: Brand) -> HttpResponse:
    """Return the logo of a brand as the picture it is; raises Http404 where it has none."""
    if not brand.logo:
        raise Http404
    return HttpResponse(bytes(brand.logo), content_type=brand.logo_type)


def save_logo(request: HttpRequest, access: Access, logo: tuple[bytes, str] | None) -> None:
    """Keep a picture and its type as the logo of a brand; None takes the logo away."""
    brand = access.brand
    brand.logo, brand.logo_type = logo or (None, "")
    brand.save(update_fields=["logo", "logo_type"])
    audit.record(request, "changed_brand", brand=brand, fields=["logo_file"])


def give_archive(request: HttpRequest, access: Access) -> HttpResponse:
    """Return everything that belongs to the brand as one archive."""
    content = export_brand(access.brand)
    audit.record(request, "exported_brand", brand=access.brand)
    name = f"{access.brand.slug}-{timezone.localdate():%Y-%m-%d}.zip"
    head = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/zip", headers=head)


@page("delete")
def delete(request: HttpRequest, access: Access) -> HttpResponse:
    """Delete the brand with everything, after its name was typed."""
    form = DeleteBrandForm(request.POST or None, brand=access.brand)
    if request.method == "POST" and form.is_valid():
        brand = access.brand
        audit.record(request, "deleted_brand", brand=brand, thing=brand.name)
        delete_brand(brand)
        request.access = None  # type: ignore[attr-defined]
        messages.success(request, _("%(brand)s is deleted.") % {"brand": brand.name})
        return redirect("shell:start")
    about = {"form": form, "access": access, "tab": "settings"}
    status = 422 if form.errors else 200
    return render(request, "accounts/delete_brand.html", about, status=status)


def entries_of(brand: Brand, words: str = "") -> QuerySet[AuditEntry]:
    """Return who did what in a brand, the latest first; only what holds the words, if any."""
    rows = AuditEntry.objects.filter(workspace=brand.workspace, brand_slug=brand.slug)
    if words:
        rows = rows.filter(
            Q(actor__icontains=words) | Q(thing__icontains=words) | Q(action__icontains=words)
        )
    return rows


@page("audit")
def show_audit(request: HttpRequest, access: Access) -> HttpResponse:
    """Show who did what in the brand, latest first."""
    words = request.GET.get("q", "").strip()
    rows = entries_of(access.brand, words)
    part = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    lines = [(row, audit.ACTIONS.get(row.action, row.action)) for row in part]
    about = {"access": access, "part": part, "lines": lines, "q": words, "tab": "audit"}
    return render(request, "accounts/audit.html", about)
