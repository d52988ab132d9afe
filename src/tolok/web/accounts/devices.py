"""Devices: in which browsers a person is signed in, and signing one out from afar."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from .models import Device, User

_SEEN_EVERY = timedelta(minutes=5)
_SYSTEMS = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "CrOS", "Linux")
_BROWSERS = ("Edg", "OPR", "Firefox", "SamsungBrowser", "Chrome", "Safari")
_PLAIN = {"Macintosh": "Mac", "CrOS": "ChromeOS", "Edg": "Edge", "OPR": "Opera"}


def note_device(request: HttpRequest, user: User) -> None:
    """Write down, every five minutes at most, that the person was seen in this browser."""
    key = request.session.session_key
    if not key:
        return
    now = timezone.now()
    seen = request.session.get("seen", 0)
    if now.timestamp() - seen < _SEEN_EVERY.total_seconds():
        return
    request.session["seen"] = int(now.timestamp())
    Device.objects.update_or_create(
        session_key=key,
        defaults={
            "user": user,
            "agent": request.META.get("HTTP_USER_AGENT", "")[:300],
            "address": request.META.get("REMOTE_ADDR") or None,
            "seen_at": now,
        },
    )


def revoke(device: Device) -> None:
    """Sign a browser out: its next request finds nobody signed in."""
    with transaction.atomic():
        Session.objects.filter(session_key=device.session_key).delete()
        device.delete()


def revoke_others(user: User, session_key: str | None) -> int:
    """Sign out every other browser of the person, and return how many those were."""
    others = list(user.devices.exclude(session_key=session_key or ""))
    for device in others:
        revoke(device)
    return len(others)


def describe_agent(agent: str) -> str:
    """Return what a browser calls itself in two words, such as "Chrome · Android"."""
    browser = next((name for name in _BROWSERS if name in agent), "")
    system = next((name for name in _SYSTEMS if name in agent), "")
    return " · ".join(_PLAIN.get(word, word) for word in (browser, system) if word) or agent[:40]
