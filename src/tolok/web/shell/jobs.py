"""Work of the frame: pages are made ready after an import, a change, or the turn of the day."""

from __future__ import annotations

from typing import Any

from tolok.web.accounts import answers
from tolok.web.accounts.facts import answers_folder, engine_of, mark_of
from tolok.web.accounts.models import Brand
from tolok.web.jobs import queue
from tolok.web.jobs.kinds import job
from tolok.web.jobs.run import Run

from .preparing import enqueue_stale, pages_of, prepare_pages


@job("shell.look", schedule="* * * * *")
def look_for_stale(_run: Run) -> dict[str, Any]:
    """Find, each minute, the brands whose pages are not ready, whatever changed them."""
    return {"brands": enqueue_stale()}


@job("shell.prepare", attempts=2)
def prepare(run: Run) -> dict[str, Any]:
    """Make the pages of a brand ready; given up when its facts change on the way."""
    brand = Brand.objects.select_related("workspace").filter(pk=run.job.brand_id).first()
    if brand is None:
        return {}
    engine_of(brand)
    folder, mark = answers_folder(brand), mark_of(brand)
    if answers.is_ready(folder, mark):
        return {"pages": 0}
    whole = len(pages_of(brand))
    done = 0
    for done, _address in enumerate(prepare_pages(brand), start=1):
        run.step(done, max(done, whole))
        if queue.waits_before(run.job.priority):  # a person's own work; the next look comes back
            return {"pages": done, "gave_way": True}
    engine_of(brand)
    if mark_of(brand) == mark:  # else the next look finds it again
        answers.set_ready(folder, mark)
    return {"pages": done}
