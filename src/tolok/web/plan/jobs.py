"""Long work of planning: each morning every KPI is judged anew, and what is due or fell is told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from tolok.base import Text, UserError
from tolok.kpi import VERDICT_NAMES, Judgement
from tolok.web.accounts.models import Brand
from tolok.web.jobs import queue
from tolok.web.jobs.kinds import job
from tolok.web.jobs.run import Run

from .book import Book, read_book
from .claims import score_due
from .models import LastVerdict
from .words import reason_of

MORNING = 7
DUE = Text("Check of “{name}” is due", "Pengecekan “{name}” sudah waktunya")
DUE_TEXT = Text("{owner} answers for it.", "Penanggung jawab: {owner}.")
NOBODY = Text("Nobody", "belum ada")
FELL = Text("“{name}” is {verdict}", "“{name}” {verdict}")
_GRAVE = ("off_track", "missed")


@job("plan.hour", schedule="5 * * * *")
def look_at_clocks(_run: Run) -> dict[str, Any]:
    """Begin the morning of each brand where it is seven by its own clock."""
    begun = 0
    for brand in Brand.objects.all():
        local = datetime.now(brand.zone)
        if local.hour == MORNING:
            queue.enqueue(
                "plan.morning",
                {},
                brand_id=brand.pk,
                dedupe_key=f"morning:{brand.pk}:{local.date()}",
            )
            begun += 1
    return {"brands": begun}


@job("plan.morning")
def begin_morning(run: Run) -> dict[str, Any]:
    """Judge every KPI of a brand, and tell which checks are due and which verdicts fell."""
    brand = Brand.objects.select_related("workspace").filter(pk=run.job.brand_id).first()
    if brand is None:
        return {}
    book, error = read_book(brand)
    if isinstance(error, UserError):
        raise error
    for number, kpi in enumerate(book.active):
        run.step(number, len(book.active))
        judged = book.judgement(kpi)
        with run.effect():
            _note_verdict(book, judged)
    with run.effect():
        scored = score_due(book)
    due = [d for d in book.due if d.is_due]
    for one in due:
        _tell(
            brand, event="check_due", key=f"check:{one.kpi.key}:{one.due}",
            title=_say(DUE, name=one.kpi.name), text=_say(DUE_TEXT, owner=one.kpi.owner or NOBODY),
            path=reverse("plan:check", args=[brand.slug, one.kpi.key]),
        )  # fmt: skip
    return {"kpis": len(book.active), "due": len(due), "claims": scored}


def _note_verdict(book: Book, judged: Judgement) -> None:
    """Remember the verdict, and tell when it became grave."""
    key = judged.kpi.key
    last, is_new = LastVerdict.objects.get_or_create(
        brand=book.brand, kpi=key, defaults={"state": judged.state}
    )
    if is_new or last.state == judged.state:
        return
    was_grave = last.state in _GRAVE
    last.state, last.since = judged.state, timezone.now()
    last.save()
    if judged.state in _GRAVE and not was_grave:
        _tell(
            book.brand, event="verdict_fell", key=f"fell:{key}:{book.today}",
            title=_say(FELL, name=judged.kpi.name, verdict=VERDICT_NAMES[judged.state]),
            text=reason_of(judged), path=reverse("plan:kpi", args=[book.brand.slug, key]),
        )  # fmt: skip


def _say(words: Text, **data: object) -> Text:
    return Text(words.say("en", **data), words.say("id", **data))


def _tell(brand: Brand, *, event: str, key: str, title: Text, text: Text, path: str) -> None:
    queue.enqueue(
        "share.tell",
        {"event": event, "key": key, "path": path, "title": {"en": title.en, "id": title.id},
         "text": {"en": text.en, "id": text.id}},
        brand_id=brand.pk, dedupe_key=f"{brand.pk}:{key}"[:200],
    )  # fmt: skip
