"""What the API keeps of a brand or person, forgotten when they are: kept answers, waiting uploads."""

from __future__ import annotations

import shutil
from typing import Any

from django.db.models.signals import post_delete

from tolok.web.accounts.dossier import brand_deleting, person_erased
from tolok.web.jobs.models import Job

from .models import Answer
from .uploads import folder_of


def listen() -> None:
    """Answer the end of a brand, of a person's data and of a job; called once at start."""
    brand_deleting.connect(forget_brand, dispatch_uid="api.forget_brand")
    person_erased.connect(forget_person, dispatch_uid="api.forget_person")
    post_delete.connect(forget_upload, sender=Job, dispatch_uid="api.forget_upload")


def forget_brand(sender: Any, slug: str, **_more: Any) -> None:  # noqa: ARG001
    """Forget the kept answers that speak of a brand."""
    _forget_answers(slug)


def forget_person(sender: Any, name: str, **_more: Any) -> None:  # noqa: ARG001
    """Forget the kept answers that speak of a person."""
    _forget_answers(name)


def forget_upload(sender: Any, instance: Job, **_more: Any) -> None:  # noqa: ARG001
    """Delete the uploaded file of an import that is gone, whoever removed it."""
    if instance.kind == "api.import" and "upload" in instance.payload:
        shutil.rmtree(folder_of(instance.payload["upload"]), ignore_errors=True)


def _forget_answers(word: str) -> None:
    told = word.strip().lower().encode()
    spoken = [a.pk for a in Answer.objects.all() if told in bytes(a.body).lower()]
    Answer.objects.filter(pk__in=spoken).delete()
