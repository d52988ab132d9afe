"""Notices: one message per channel and news, held back in quiet hours, sent by its channel's way."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from tolok.base import Text, UserError
from tolok.web.accounts.models import Brand
from tolok.web.jobs import queue
from tolok.web.outside import NO_MAIL, NO_MAIL_HINT, key_of, post, sign

from .models import Channel, Notice


def tell(
    brand: Brand, *, event: str, key: str, title: Text, text: Text, path: str = ""
) -> list[Notice]:
    """Make the notices of a piece of news, one per channel that wants it; the same key only once."""
    made = []
    for channel in Channel.objects.filter(brand=brand):
        if event in channel.events:
            notice, is_new = Notice.objects.get_or_create(
                channel=channel, key=key[:200],
                defaults={
                    "event": event, "path": path[:300],
                    "title": {"en": title.en, "id": title.id},
                    "text": {"en": text.en, "id": text.id},
                },
            )  # fmt: skip
            if is_new:
                made.append(notice)
            if notice.state == Notice.State.WAITING:
                send_later(notice)
    return made


def send_later(notice: Notice) -> None:
    """Put a notice on the queue, after the quiet hours of its channel."""
    channel = notice.channel
    queue.enqueue(
        "share.send", {"notice": notice.pk}, brand_id=channel.brand_id,
        dedupe_key=f"notice:{notice.pk}", run_at=next_loud(channel, timezone.now()),
    )  # fmt: skip


def next_loud(channel: Channel, moment: datetime) -> datetime:
    """Return the moment, or the end of the quiet hours it falls into, by the brand's clock."""
    quiet_from, until = channel.quiet_from, channel.quiet_until
    if quiet_from is None or until is None or quiet_from == until:
        return moment
    local = moment.astimezone(channel.brand.zone)
    now = local.time()
    if not _is_quiet(now, quiet_from, until):
        return moment
    end = local.replace(hour=until.hour, minute=until.minute, second=0, microsecond=0)
    return end if end > local else end + timedelta(days=1)


def _is_quiet(now: time, start: time, end: time) -> bool:
    return start <= now < end if start < end else now >= start or now < end


def send(notice: Notice) -> None:
    """Send a notice by its channel's way; raises UserError or SourceError when that fails.

    A repeat after a crash carries the same Message-ID or delivery number, so that who receives
    it can tell.
    """
    channel = notice.channel
    language = "en" if channel.language == "en" else "id"
    title, text = notice.title[language], notice.text[language]
    link = f"{settings.TOLOK_URL}{notice.path}" if settings.TOLOK_URL and notice.path else ""
    if channel.kind == Channel.Kind.EMAIL:
        _mail(notice, title, "\n\n".join(part for part in (text, link) if part))
        return
    words = "\n".join(part for part in (title, text, link) if part)
    body = json.dumps(_payload(notice, words, link), ensure_ascii=False).encode()
    headers = {"Tolok-Delivery": f"notice-{notice.pk}"}
    if channel.kind == Channel.Kind.WEBHOOK:
        headers["Tolok-Signature"] = sign(body, key_of(channel.pk))
    post(channel.address, body, headers)


def _payload(notice: Notice, words: str, link: str) -> dict[str, Any]:
    if notice.channel.kind != Channel.Kind.WEBHOOK:
        return {"text": words}
    return {
        "id": f"notice-{notice.pk}", "event": notice.event, "brand": notice.channel.brand.slug,
        "at": notice.made_at.isoformat(), "title": notice.title, "text": notice.text, "url": link,
    }  # fmt: skip


def _mail(notice: Notice, title: str, text: str) -> None:
    if not settings.TOLOK_MAIL_READY and "locmem" not in settings.EMAIL_BACKEND:
        raise UserError(NO_MAIL, NO_MAIL_HINT)
    # No line of a name may become a header.
    subject = " ".join(f"{notice.channel.brand.name}: {title}".split())[:200]
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "tolok"
    headers = {"Message-ID": f"<notice-{notice.pk}@{host}>", "Auto-Submitted": "auto-generated"}
    EmailMessage(subject, text, None, [notice.channel.address], headers=headers).send()
