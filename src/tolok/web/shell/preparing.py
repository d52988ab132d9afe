"""Pages made ready before anybody asks: after an import, a change, or the turn of the day."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.contrib.sessions.backends.base import SessionBase
from django.core.handlers.wsgi import WSGIRequest
from django.db.models import Q
from django.http import Http404
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone, translation

from tolok.base import TolokError
from tolok.web.accounts import answers
from tolok.web.accounts.access import NotAllowed
from tolok.web.accounts.facts import answers_folder, mark_of
from tolok.web.accounts.models import Brand, Seat, User
from tolok.web.area import areas
from tolok.web.jobs import queue

logger = logging.getLogger(__name__)
_USUAL = "id"
_LAST = 9  # a person's own work goes before


def enqueue_stale() -> int:
    """Put in the queue every brand whose pages are not ready for its facts as they are now."""
    count = 0
    for brand in Brand.objects.select_related("workspace"):
        try:
            is_ready = answers.is_ready(answers_folder(brand), mark_of(brand))
        except OSError:  # its lake is just being deleted
            continue
        if not is_ready:
            queue.enqueue(
                "shell.prepare", brand_id=brand.pk, dedupe_key=f"brand:{brand.pk}", priority=_LAST
            )
            count += 1
    return count


def pages_of(brand: Brand) -> list[str]:
    """Return the addresses to make ready: where roles begin their day, then what was asked for."""
    homes = [
        reverse(entry.url, args=[brand.slug])
        for area in areas() for entry in area.entries if entry.home_for
    ]  # fmt: skip
    return list(dict.fromkeys([*homes, *answers.read_asked(answers_folder(brand))]))


def prepare_pages(brand: Brand) -> Iterator[str]:
    """Work out the answers of each page, yielding its address when that is done.

    A page that cannot be shown any more is left out and forgotten; it harms no other.
    """
    owner = _reader_of(brand)
    if owner is None:
        return
    folder, languages, kept = answers_folder(brand), languages_of(brand), []
    pages = pages_of(brand)
    asked = set(answers.read_asked(folder))
    for address in pages:
        try:
            for language in languages:
                draw_page(address, owner, language)
        except (Http404, Resolver404, NotAllowed, TolokError):
            continue
        if address in asked:
            kept.append(address)
        yield address
    if asked:
        answers.trim_asked(folder, kept)


def draw_page(address: str, reader: User, language: str) -> None:
    """Draw a page as the reader would get it, for the sake of the answers it asks for."""
    parts = urlsplit(address)
    query = f"{parts.query}&now=1" if parts.query else "now=1"
    request = WSGIRequest({
        "REQUEST_METHOD": "GET", "PATH_INFO": parts.path, "QUERY_STRING": query,
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "wsgi.input": io.BytesIO(),
    })  # fmt: skip
    request.user = reader
    request.session = SessionBase()  # type: ignore[assignment]
    found = resolve(parts.path)
    request.resolver_match = found
    try:
        with translation.override(language):
            found.func(request, *found.args, **found.kwargs)
    finally:
        timezone.deactivate()


def languages_of(brand: Brand) -> list[str]:
    """Return the languages in which people read the brand's pages, in a fixed order."""
    owners = Seat.objects.filter(workspace=brand.workspace, is_owner=True)
    readers = User.objects.filter(Q(members__brand=brand) | Q(seats__in=owners), is_active=True)
    return sorted({language or _USUAL for language in readers.values_list("language", flat=True)})


def _reader_of(brand: Brand) -> User | None:
    """Return whoever may see every page of the brand: an owner of its workspace."""
    seats = Seat.objects.filter(workspace=brand.workspace, is_owner=True, user__is_active=True)
    seat = seats.select_related("user").order_by("pk").first()
    return seat.user if seat else None
