"""Long work of the API: taking an uploaded file, forgetting old answers."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tolok.intake import Answers, Mappings, derive_facts, import_files
from tolok.web.accounts.after import refresh_soon
from tolok.web.accounts.facts import lake_of, workspace_of
from tolok.web.accounts.models import Brand
from tolok.web.home import forget_old
from tolok.web.jobs.kinds import job
from tolok.web.jobs.run import Run

from .models import Answer
from .uploads import folder_of, uploads_folder

_KEPT = timedelta(days=7)


@job("api.import")
def take_upload(run: Run) -> dict[str, Any]:
    """Examine and take the files of one upload; the verdict of each is the result."""
    brand = Brand.objects.select_related("workspace").filter(pk=run.job.brand_id).first()
    folder = folder_of(run.payload["upload"])
    if brand is None or not folder.exists():
        return {"files": []}
    told = run.payload.get("accounts", ())
    answers = Answers(timezone=brand.time_zone, currency=brand.currency, accounts=tuple(told))
    mappings = Mappings(workspace_of(brand).mappings_folder)
    found: list[dict[str, Any]] = []
    taken = import_files([folder], lake_of(brand), brand.slug, answers, mappings=mappings,
                         before=lambda: run.step(len(found)))  # fmt: skip
    for one in taken:
        verdict = one.verdict
        reason = getattr(verdict, "reason", None)
        found.append({
            "name": verdict.path.name, "state": verdict.state, "rows": dict(verdict.rows),
            "set_aside": verdict.aside_count, "batch": one.batch.id if one.batch else None,
            "reason": {"en": reason.en, "id": reason.id} if reason is not None else None,
        })  # fmt: skip
        run.step(len(found))
    result = {"files": found}
    derive_facts(lake_of(brand), brand.slug)
    with run.last_effect(result):
        refresh_soon(brand)
    shutil.rmtree(folder, ignore_errors=True)
    return result


@job("api.sweep", schedule="40 3 * * *")
def sweep_answers(_run: Run) -> dict[str, Any]:
    """Forget answers older than a day, and uploads whose import was stopped or never began."""
    old = Answer.objects.filter(at__lt=timezone.now() - timedelta(days=1))
    strays = forget_old(uploads_folder().glob("*"), timezone.now() - _KEPT)
    return {"forgotten": old.delete()[0], "strays": strays}
