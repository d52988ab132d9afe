"""The sample brand on a machine of one's own: made on request, its exports taken as a job."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tolok.base.workspace import WEEKDAYS, read_profile
from tolok.web.accounts import audit
from tolok.web.accounts.access import Access, page
from tolok.web.accounts.models import Brand
from tolok.web.accounts.start import make_brand
from tolok.web.jobs import queue


@page("bring")
def show(request: HttpRequest, access: Access) -> HttpResponse:
    """Explain the sample brand; make it, or lead to it where it stands already."""
    if not settings.TOLOK_LOCAL:
        raise Http404
    if request.method != "POST":
        return render(request, "data/sample.html", {"access": access})
    with as_file(files("tolok.sample")) as folder:
        profile = read_profile(Path(folder) / "profile.toml")
    brand = Brand.objects.filter(slug=profile.slug, workspace=access.brand.workspace).first()
    if brand is not None:
        return redirect("shell:home", brand.slug)
    with transaction.atomic():
        brand = make_brand(
            access.brand.workspace, profile.name, maker=access.user, slug=profile.slug,
            time_zone=profile.time_zone, currency=profile.currency,
            week_start=WEEKDAYS.index(profile.week_start),
            fiscal_month=profile.fiscal_start_month, is_sample=True,
        )  # fmt: skip
        job = queue.enqueue(
            "data.sample", {"brand": brand.pk}, workspace_id=brand.workspace_id,
            brand_id=brand.pk, made_by_id=access.user.pk, dedupe_key=str(brand.pk),
        )  # fmt: skip
    audit.record(request, "made_brand", brand=brand, thing=brand.name)
    return redirect("shell:job", brand.slug, job.pk)
