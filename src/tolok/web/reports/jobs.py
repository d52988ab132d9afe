"""Long work of reports: look at the clocks, prepare editions, hand copies over, write facts."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from tolok.base import Text, TolokError
from tolok.reports.delivery.sending import UnsureError
from tolok.web.accounts.models import Brand
from tolok.web.jobs import queue
from tolok.web.jobs.kinds import job
from tolok.web.jobs.run import Lost, Run

from .dispatch import hand_over
from .editions import note_facts, open_due, prepare, send_later
from .models import Edition, Report, Sending

State = Sending.State
HELD = Text("The report “{name}” did not go out", "Laporan “{name}” tidak terkirim")
CUT_OFF = Text("The work was cut off while the copy was handed over: it may have arrived.",
               "Pekerjaan terputus saat salinan diserahkan: mungkin sudah sampai.")  # fmt: skip


@job("reports.clock", schedule="* * * * *")
def look_at_clocks(_run: Run) -> dict[str, Any]:
    """Open the editions that fell due by their brand's own clock."""
    now, opened = timezone.now(), 0
    reports = Report.objects.filter(is_on=True, removed_at=None)
    for report in reports.select_related("brand__workspace"):
        opened += open_due(report, now) is not None
    return {"editions": opened}


@job("reports.prepare")
def prepare_edition(run: Run) -> dict[str, Any]:
    """Make a copy for each reader, and tell the team which could not go out."""
    edition = _edition(run.payload["edition"])
    if edition is None:
        return {}
    with run.last_effect():
        waiting = prepare(edition, is_asked=bool(run.payload.get("is_asked")))
        Edition.objects.filter(pk=edition.pk).update(prepared_at=timezone.now())
        for sending in waiting:
            send_later(sending)
        held = edition.sendings.filter(state=State.HELD)
        brands = {edition.report.brand_id, *edition.sendings.values_list("brand", flat=True)}
        for brand in brands:
            note_later(edition.pk, brand)
        if first := held.first():
            tell_trouble(edition, first.reason)
    return {"copies": len(waiting)}


@job("reports.send", attempts=8)
def send(run: Run) -> None:
    """Hand one copy over. A copy that an earlier try had begun to hand over is not tried again."""
    sending = (
        Sending.objects.select_related("edition__report__brand", "recipient__report", "brand__workspace")
        .filter(pk=run.payload["sending"])
        .first()
    )  # fmt: skip
    if sending is None or sending.state not in (State.WAITING, State.HANDING):
        return
    if sending.state == State.HANDING:
        _end(run, sending, State.UNSURE, CUT_OFF)
        return
    try:
        hand_over(sending, lambda kept: _begin(run, sending, kept))
    except UnsureError as error:
        _end(run, sending, State.UNSURE, error.message, **error.data)
    except TolokError as error:
        is_last = run.job.attempts >= run.job.max_attempts or not getattr(error, "retry", False)
        _put_back(run, sending, error, is_last=is_last)
        raise
    else:
        _end(run, sending, State.SENT)


def _begin(run: Run, sending: Sending, kept: dict[str, Any]) -> None:
    """Write, before the server may have it, that this copy is being handed over."""
    with run.effect():
        if not Sending.objects.filter(pk=sending.pk, state=State.WAITING).update(
            state=State.HANDING, **kept
        ):
            raise Lost


def _put_back(run: Run, sending: Sending, error: TolokError, *, is_last: bool) -> None:
    state = State.FAILED if is_last else State.WAITING
    with run.effect():
        Sending.objects.filter(pk=sending.pk).update(state=state, reason=_both(error))
        note_later(sending.edition_id, sending.brand_id)
        if is_last:
            tell_trouble(sending.edition, _both(error))


def _end(run: Run, sending: Sending, state: str, why: Text | None = None, **data: Any) -> None:
    values: dict[str, Any] = {"state": state}
    if state == State.SENT:
        values["sent_at"] = timezone.now()
    if why is not None:
        values["reason"] = {"en": why.say("en", **data), "id": why.say("id", **data)}
    with run.last_effect():
        Sending.objects.filter(pk=sending.pk).update(**values)
        note_later(sending.edition_id, sending.brand_id)
        if state == State.UNSURE:
            tell_trouble(sending.edition, values["reason"])


def _both(error: TolokError) -> dict[str, str]:
    return {"en": error.say("en"), "id": error.say("id")}


@job("reports.facts")
def write_facts(run: Run) -> None:
    """Write how an edition stands as a fact: gone out, opened, rated."""
    edition = _edition(run.payload["edition"])
    brand = Brand.objects.select_related("workspace").filter(pk=run.payload["brand"]).first()
    if edition is not None and brand is not None:
        note_facts(edition, brand)


def note_later(edition: int, brand: int) -> None:
    """Have the facts of an edition written anew; called inside the transaction of the cause."""
    queue.enqueue("reports.facts", {"edition": edition, "brand": brand}, brand_id=brand)


def tell_trouble(edition: Edition, reason: dict[str, str]) -> None:
    """Tell the team, where it wants to know, that a report did not go out, and why."""
    report = edition.report
    queue.enqueue(
        "share.tell",
        {
            "event": "report", "key": f"report:{edition.pk}",
            "path": reverse("reports:history", args=[report.brand.slug, report.pk]),
            "title": {x: HELD.say(x, name=report.name) for x in ("en", "id")},  # type: ignore[arg-type]
            "text": reason,
        },
        brand_id=report.brand_id, dedupe_key=f"report:{edition.pk}",
    )  # fmt: skip


def _edition(key: int) -> Edition | None:
    return Edition.objects.select_related("report__brand__workspace").filter(pk=key).first()
