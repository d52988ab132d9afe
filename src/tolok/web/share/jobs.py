"""Long work of sharing: news from other areas becomes notices, and notices go out."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tolok.base import Text, TolokError
from tolok.web.accounts.models import Brand
from tolok.web.jobs.kinds import job
from tolok.web.jobs.run import Run

from . import notices
from .models import Notice


@job("share.tell")
def tell(run: Run) -> dict[str, Any]:
    """Make notices of a piece of news: event, key, title and text in both languages, path."""
    told = run.payload
    brand = Brand.objects.filter(pk=run.job.brand_id).first()
    if brand is None:
        return {"notices": 0}
    made = notices.tell(
        brand, event=told["event"], key=told["key"], title=Text(**told["title"]),
        text=Text(**told["text"]), path=told.get("path", ""),
    )  # fmt: skip
    return {"notices": len(made)}


@job("share.send", attempts=8)
def send(run: Run) -> None:
    """Send one notice, unless it went out already; the last failure is written beside it."""
    notice = (
        Notice.objects.select_related("channel__brand")
        .filter(pk=run.payload["notice"], state=Notice.State.WAITING)
        .first()
    )
    if notice is None:
        return
    try:
        notices.send(notice)
    except TolokError as error:
        is_last = run.job.attempts >= run.job.max_attempts or not getattr(error, "retry", False)
        state = Notice.State.FAILED if is_last else Notice.State.WAITING
        with run.effect():
            Notice.objects.filter(pk=notice.pk).update(state=state, trouble=error.say("en")[:300])
        raise
    with run.last_effect():
        Notice.objects.filter(pk=notice.pk).update(
            state=Notice.State.SENT, sent_at=timezone.now(), trouble=""
        )
