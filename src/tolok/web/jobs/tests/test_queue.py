"""The queue: claimed once, taken again after a crash, in effect once, stopped, retried, scheduled."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from tolok.base import DefinitionError, SourceError, Text, UserError
from tolok.web.jobs import kinds, queue, worker
from tolok.web.jobs.kinds import job
from tolok.web.jobs.models import Job, Schedule
from tolok.web.jobs.run import Lost, Run, carry_out

pytestmark = pytest.mark.django_db
SEEN: list[Any] = []


@job("test.note")
def note(run: Run) -> dict[str, Any]:
    SEEN.append(run.payload["n"])
    return {"twice": run.payload["n"] * 2}


@job("test.user_fault")
def user_fault(run: Run) -> None:
    raise UserError(Text("The file is empty.", "Berkas kosong."))


@job("test.source_fault", attempts=2)
def source_fault(run: Run) -> None:
    raise SourceError(Text("No answer.", "Tidak ada jawaban."), retry=True)


@job("test.bug")
def bug(run: Run) -> None:
    raise ZeroDivisionError


@job("test.stoppable")
def stoppable(run: Run) -> None:
    run.step(1, 10)
    queue.cancel(run.job.pk)
    run.step(2, 10)
    SEEN.append("went on")


@pytest.fixture(autouse=True)
def _fresh() -> None:
    SEEN.clear()


def test_a_job_is_done_with_its_result() -> None:
    row = queue.enqueue("test.note", {"n": 21})
    assert worker.work_off() == 1
    row.refresh_from_db()
    assert (row.state, row.result, row.lease_until) == ("done", {"twice": 42}, None)


def test_an_unknown_kind_is_refused_at_once() -> None:
    with pytest.raises(DefinitionError):
        queue.enqueue("test.nobody")


def test_two_functions_cannot_be_one_kind() -> None:
    def other(run: Run) -> None: ...

    other.__module__ = "elsewhere"
    with pytest.raises(DefinitionError):
        job("test.note")(other)


def test_the_same_key_is_queued_once_while_it_is_open() -> None:
    first = queue.enqueue("test.note", {"n": 1}, dedupe_key="k")
    assert queue.enqueue("test.note", {"n": 2}, dedupe_key="k").pk == first.pk
    worker.work_off()
    assert queue.enqueue("test.note", {"n": 3}, dedupe_key="k").pk != first.pk


def test_a_later_job_waits_and_a_more_urgent_one_goes_first() -> None:
    queue.enqueue("test.note", {"n": "later"}, run_at=timezone.now() + timedelta(hours=1))
    queue.enqueue("test.note", {"n": "normal"})
    queue.enqueue("test.note", {"n": "urgent"}, priority=1)
    worker.work_off()
    assert SEEN == ["urgent", "normal"]


def test_a_fault_of_the_person_is_not_tried_again() -> None:
    row = queue.enqueue("test.user_fault")
    worker.work_off()
    row.refresh_from_db()
    assert (row.state, row.trouble["id"]) == ("failed", "Berkas kosong.")


def test_a_fault_of_a_platform_is_tried_again_later_and_then_given_up() -> None:
    row = queue.enqueue("test.source_fault")
    worker.work_off()
    row.refresh_from_db()
    assert row.state == "waiting"
    assert row.run_at > timezone.now() + timedelta(seconds=5)
    Job.objects.update(run_at=timezone.now())
    worker.work_off()
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("failed", 2)


def test_a_bug_ends_in_the_row_and_not_in_the_worker() -> None:
    row = queue.enqueue("test.bug")
    worker.work_off()
    row.refresh_from_db()
    assert row.state == "waiting"
    assert "Tolok" in row.trouble["en"]


def test_a_running_job_stops_at_its_next_step() -> None:
    row = queue.enqueue("test.stoppable")
    worker.work_off()
    row.refresh_from_db()
    assert (row.state, row.part, SEEN) == ("cancelled", 2, [])


def test_a_waiting_job_is_stopped_at_once() -> None:
    row = queue.enqueue("test.note", {"n": 1})
    queue.cancel(row.pk)
    assert worker.work_off() == 0


def test_a_lost_lease_is_claimed_again_and_the_old_worker_can_write_nothing() -> None:
    row = queue.enqueue("test.note", {"n": 1})
    old = queue.claim()
    assert old is not None
    assert queue.claim() is None
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    new = queue.claim()
    assert new is not None
    assert (new.pk, new.fence) == (row.pk, old.fence + 1)
    assert not queue.keep(old)
    assert not queue.finish(old)
    with pytest.raises(Lost), Run(old).effect():
        SEEN.append("wrote")
    with pytest.raises(Lost):
        Run(old).step(1)
    assert SEEN == []
    assert queue.finish(new)


def _queue_one_and_fail() -> None:
    queue.enqueue("test.note", {"n": 2})
    queue.enqueue("test.nobody")


def test_an_effect_and_the_end_of_its_job_are_one() -> None:
    queue.enqueue("test.note", {"n": 1})
    held = queue.claim()
    assert held is not None
    with pytest.raises(DefinitionError), Run(held).last_effect({"x": 1}):
        _queue_one_and_fail()
    held.refresh_from_db()
    assert (held.state, Job.objects.count()) == ("running", 1)
    with Run(held).last_effect({"x": 1}):
        queue.enqueue("test.note", {"n": 2})
    held.refresh_from_db()
    assert (held.state, Job.objects.count()) == ("done", 2)


def test_a_job_whose_worker_always_dies_is_given_up() -> None:
    queue.enqueue("test.note", {"n": 1})
    gone = timezone.now() - timedelta(seconds=1)
    for _ in range(5):
        assert queue.claim() is not None
        Job.objects.update(lease_until=gone)
    assert queue.claim() is None
    assert queue.bury_lost() == 1
    assert Job.objects.get().state == "failed"


def test_ended_jobs_are_forgotten_after_a_month_and_open_ones_never() -> None:
    long_ago, lately = timezone.now() - timedelta(days=31), timezone.now() - timedelta(days=29)
    for number, state in enumerate(Job.State.values):
        for at in (long_ago, lately):
            row = queue.enqueue("test.note", {"n": number})
            ended = None if state in Job.OPEN else at
            Job.objects.filter(pk=row.pk).update(state=state, made_at=at, ended_at=ended)
    Job.objects.filter(state="running").update(lease_until=timezone.now() + timedelta(hours=1))
    Job.objects.filter(state="waiting").update(run_at=timezone.now() + timedelta(hours=1))
    sweep = queue.enqueue("jobs.sweep")
    worker.work_off()
    sweep.refresh_from_db()
    assert sweep.result == {"forgotten": 3}
    rest = Job.objects.exclude(pk=sweep.pk).values_list("state", flat=True)
    assert sorted(rest) == [
        "cancelled",
        "done",
        "failed",
        "running",
        "running",
        "waiting",
        "waiting",
    ]
    assert "jobs.sweep" in {kind.name for kind in kinds.scheduled_kinds()}, (
        "it comes back each night"
    )


@pytest.mark.django_db(transaction=True)
def test_many_workers_do_each_job_exactly_once() -> None:
    for number in range(60):
        queue.enqueue("test.note", {"n": number})

    def run() -> None:
        try:
            while (held := queue.claim()) is not None:
                carry_out(held)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(SEEN) == list(range(60))
    assert set(Job.objects.values_list("state", "fence")) == {("done", 1)}


def test_a_schedule_runs_at_its_local_time_and_once_for_each_moment(monkeypatch: Any) -> None:
    kind = kinds.Kind(
        name="test.note", work=note, attempts=1, schedule="0 6 * * *", zone="Asia/Jakarta"
    )
    monkeypatch.setattr(worker, "scheduled_kinds", lambda: [kind])
    at = datetime(2026, 11, 22, 22, 0, tzinfo=ZoneInfo("UTC"))  # 05:00 in Jakarta
    worker.tick(at)
    assert Schedule.objects.get().next_at == datetime(2026, 11, 22, 23, 0, tzinfo=ZoneInfo("UTC"))
    assert Job.objects.count() == 0
    for _ in range(3):
        worker.tick(at + timedelta(hours=1, minutes=5))
    assert Job.objects.count() == 1
    assert Schedule.objects.get().next_at == datetime(2026, 11, 23, 23, 0, tzinfo=ZoneInfo("UTC"))
