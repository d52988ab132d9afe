"""Bringing in files: drop them, read the verdict on each, answer what they do not say, take them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from tolok.base import UserError
from tolok.web.accounts import audit
from tolok.web.accounts.access import Access, page
from tolok.web.jobs import queue
from tolok.web.shell.language import language_of_page

from .answering import asked_files, asks_alike, read_answers, shared_questions
from .known import account_choices, export_places
from .models import Drop
from .uploads import (
    MOST_BYTES,
    MOST_BYTES_OF_A_FILE,
    MOST_FILES,
    HomeUploadHandler,
    keep_files,
    told_paths,
)

ORDER = ("asked", "refused", "ready", "known")
_PASTED = "pasted.csv"
_MOST_PASTED = 2_000_000
_RECENT = 5


@csrf_exempt  # the check comes after the handler is set, else the body would be read before it
@page("bring")
def bring(request: HttpRequest, access: Access) -> HttpResponse:
    """Show where files are dropped, and receive them."""
    handler = HomeUploadHandler(request)
    if request.method == "POST":
        request.upload_handlers = [handler]
    try:
        return _bring_checked(request, access, handler)
    finally:
        handler.clear()


@csrf_protect
def _bring_checked(
    request: HttpRequest, access: Access, handler: HomeUploadHandler
) -> HttpResponse:
    if request.method != "POST":
        return _show_bring(request, access)
    files = [*request.FILES.getlist("files"), *request.FILES.getlist("folder")]
    pasted = request.POST.get("pasted", "").strip()
    if handler.is_too_much:
        words = _("That is more than fits at once: %(file)s MB for a file, %(all)s GB in all.")
        limits = {"file": MOST_BYTES_OF_A_FILE // 2**20, "all": MOST_BYTES // 2**30}
        return _show_bring(request, access, fault=words % limits, status=413)
    if not files and not pasted:
        fault = _("Choose files first, or paste rows from a spreadsheet.")
        return _show_bring(request, access, fault=fault, status=422)
    drop = _make_drop(request, access, files, pasted)
    return redirect("data:drop", access.brand.slug, drop.pk)


def _make_drop(request: HttpRequest, access: Access, files: list[Any], pasted: str) -> Drop:
    drop = Drop(brand=access.brand, made_by=access.user)
    keep_files(drop, files, told_paths(request, len(files)))
    if pasted:
        target = drop.folder / _PASTED
        target.write_text(pasted[:_MOST_PASTED] + "\n", encoding="utf-8")
        drop.files += 1
        drop.size += target.stat().st_size
    with transaction.atomic():
        drop.save()
        start_work(drop, access, "data.examine")
    return drop


def start_work(drop: Drop, access: Access, kind: str) -> None:
    """Put the judging or the taking of a drop into the queue."""
    job = queue.enqueue(
        kind,
        {"drop": str(drop.pk)},
        workspace_id=access.brand.workspace_id,
        brand_id=access.brand.pk,
        made_by_id=access.user.pk,
        dedupe_key=str(drop.pk),
    )
    state = Drop.State.EXAMINING if kind == "data.examine" else Drop.State.TAKING
    drop.job_id, drop.state = job.pk, state
    drop.save(update_fields=["job_id", "state", "answers"])


def _show_bring(
    request: HttpRequest, access: Access, *, fault: str = "", status: int = 200
) -> HttpResponse:
    open_drops = Drop.objects.filter(brand=access.brand).exclude(state=Drop.State.TAKEN)
    context = {
        "access": access,
        "fault": fault,
        "places": export_places(),
        "open_drops": open_drops[:_RECENT],
        "limits": {"files": MOST_FILES, "file": MOST_BYTES_OF_A_FILE // 2**20},
    }
    return render(request, "data/bring.html", context, status=status)


def find_drop(access: Access, key: UUID) -> Drop:
    """Return a drop of the brand; raises Http404 for any other."""
    drop = Drop.objects.filter(pk=key, brand=access.brand).first()
    if drop is None:
        raise Http404
    return drop


@page("bring")
@require_GET
def show(request: HttpRequest, access: Access, drop: UUID) -> HttpResponse:
    """Show how far the judging is, the verdict per file, the questions, or what was taken."""
    found = find_drop(access, drop)
    job = found.job
    verdicts = sorted(found.verdicts, key=lambda v: ORDER.index(_standing(v)))
    counts = {state: sum(_standing(v) == state for v in verdicts) for state in ORDER}
    context = {
        "access": access,
        "drop": found,
        "job": job,
        "is_stuck": found.is_stuck,
        "verdicts": verdicts,
        "counts": counts,
        "taken": sum(bool(v.get("taken")) for v in verdicts),
        "rows": sum(v["rows"] for v in verdicts if _standing(v) == "ready"),
        **_questions(found),
        "accounts": account_choices(access.brand),
    }
    return render(request, "data/drop.html", context)


def _questions(drop: Drop) -> dict[str, Any]:
    """Return what is asked: once of files that ask alike, else of each; and those one by one."""
    asked = asked_files(drop)
    shared = shared_questions(asked)
    alike = {id(v) for v in asked if asks_alike(v, shared)}
    return {
        "shared": shared,
        "asked": [v for v in asked if id(v) not in alike],
        "alike": [v for v in asked if id(v) in alike],
        "is_told": any(q["told"] for v in asked if id(v) in alike for q in v["questions"]),
    }


def _standing(verdict: dict[str, Any]) -> str:
    """Return how a file stands; one that a program had taken at once is in already."""
    is_in = verdict["state"] == "ready" and verdict.get("taken")
    return "known" if is_in else str(verdict["state"])


def ready_names(drop: Drop) -> list[str]:
    """Return the names of the files of a drop that can be taken and are not yet."""
    return [v["name"] for v in drop.verdicts if _standing(v) == "ready"]


@page("bring")
@require_POST
def answer(request: HttpRequest, access: Access, drop: UUID) -> HttpResponse:
    """Keep the answers and judge the files again, also where judging or taking was stopped."""
    found = find_drop(access, drop)
    if not found.is_open:
        return redirect("data:drop", access.brand.slug, found.pk)
    try:
        found.answers = {**found.answers, "files": read_answers(found, request.POST)}
    except UserError as fault:
        messages.error(request, fault.say(language_of_page()))
        return redirect("data:drop", access.brand.slug, found.pk)
    with transaction.atomic():
        start_work(found, access, "data.examine")
    return redirect("data:drop", access.brand.slug, found.pk)


@page("bring")
@require_POST
def take(request: HttpRequest, access: Access, drop: UUID) -> HttpResponse:
    """Take the files that are ready into the lake."""
    found = find_drop(access, drop)
    ready = ready_names(found)
    if found.state == Drop.State.JUDGED and ready:
        take_ready(request, access, found, ready)
    return redirect("data:drop", access.brand.slug, found.pk)


def take_ready(request: HttpRequest, access: Access, drop: Drop, ready: list[str]) -> None:
    """Have the files of a drop that are ready, by their names, taken into the lake."""
    with transaction.atomic():
        start_work(drop, access, "data.import")
        said = ngettext("%(count)s file", "%(count)s files", len(ready)) % {"count": len(ready)}
        audit.record(request, "imported_files", brand=access.brand, thing=said, files=ready[:50])


@page("bring")
@require_POST
def forget(request: HttpRequest, access: Access, drop: UUID) -> HttpResponse:
    """Forget files that were not taken."""
    forget_drop(find_drop(access, drop))
    messages.success(request, _("The files are forgotten. What was taken before stays."))
    return redirect("data:bring", access.brand.slug)


def forget_drop(drop: Drop) -> None:
    """Stop the work on files that were dropped, and delete them; what was taken stays."""
    if drop.job_id:
        queue.cancel(drop.job_id)
    drop.forget_files()
    drop.delete()
