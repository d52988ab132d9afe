"""What the API keeps of a brand or person, forgotten when they are: kept answers."""

from __future__ import annotations

from typing import Any

from tolok.web.accounts.dossier import brand_deleting, person_erased

from .models import Answer


def listen() -> None:
    """Answer the end of a brand and of a person's data; called once at start."""
    brand_deleting.connect(forget_brand, dispatch_uid="api.forget_brand")
    person_erased.connect(forget_person, dispatch_uid="api.forget_person")


def forget_brand(sender: Any, slug: str, **_more: Any) -> None:  # noqa: ARG001
    """Forget the kept answers that speak of a brand."""
    _forget_answers(slug)


def forget_person(sender: Any, name: str, **_more: Any) -> None:  # noqa: ARG001
    """Forget the kept answers that speak of a person."""
    _forget_answers(name)


def _forget_answers(word: str) -> None:
    told = word.strip().lower().encode()
    spoken = [a.pk for a in Answer.objects.all() if told in bytes(a.body).lower()]
    Answer.objects.filter(pk__in=spoken).delete()
