"""Made-up requests over the whole description: whatever comes, no answer is a fault of ours."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import schemathesis
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tolok.kpi import Kpi, Target, read_kpis, write_kpis
from tolok.kpi.activity import Activity, record_activities
from tolok.kpi.ledger import write_facts
from tolok.web.accounts.facts import lake_of, workspace_of
from tolok.web.accounts.invitations import invite
from tolok.web.accounts.models import Brand, Member, User
from tolok.web.accounts.rights import SCOPES
from tolok.web.accounts.tokens import make_token
from tolok.web.api import guard
from tolok.web.data.models import Drop
from tolok.web.data.uploads import keep_files
from tolok.web.insights.models import Note, View
from tolok.web.jobs import queue, worker
from tolok.web.jobs.models import Job
from tolok.web.plan.saving import version_mark
from tolok.web.reports.models import Edition, Recipient, Report, Sending
from tolok.web.share.links import make_link
from tolok.web.share.models import Channel, Comment
from tolok.web.strategy.board import Board
from tolok.web.strategy.keeping import row_mark
from tolok.web.wsgi import application

CASES = int(os.environ.get("TOLOK_FUZZ_CASES", "100"))
KNOWN: dict[str, Any] = {
    "brand": "kopi", "kpi": "pengikut", "metric": "followers", "period": "2026-10", "form": "html",
    "kind": "strategy",
}  # fmt: skip
OWN = b"Hari;Jumlah\n2026-10-01;100\n"
# What no chance hits upon and forms ask for; with it the rest of a made-up body is read as well.
FITTING: dict[str, Any] = {
    "table": "account_days", "columns": {"Hari": "day", "Jumlah": "followers"}, "file": "",
    "sheet": 0, "platform": "instagram", "time_zone": "Asia/Jakarta", "currency": "IDR",
}  # fmt: skip


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Keep the test's own connection to the database open between requests, as Django's client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def bring_in(brand: Brand) -> Job:
    """Make an import whose file waits for what its columns mean."""
    drop = Drop.objects.create(brand=brand)
    keep_files(drop, [SimpleUploadedFile("harian.csv", OWN)], [])
    payload = {"drop": str(drop.pk)}
    job = queue.enqueue("api.import", payload, brand_id=brand.pk, priority=0)
    worker.work_off()
    return job


def wait_again(drop: Drop) -> None:
    """Let the import wait as at first: what answered or forgot it left its row, or not its file."""
    Drop.objects.filter(pk=drop.pk).update(state=Drop.State.JUDGED)
    drop.folder.mkdir(parents=True, exist_ok=True)
    (drop.folder / "harian.csv").write_bytes(OWN)


def make_things(brand: Brand, user: User) -> dict[str, Any]:
    """Make one of everything an address may name; returns their names."""
    day = date(2026, 1, 1)
    rows: dict[str, list[dict[str, Any]]] = {
        "goals": [{"goal": "dikenal", "name": "Makin dikenal", "starts": day}],
        "strategies": [{"strategy": "video", "name": "Video", "proposed_on": day}],
        "tactics": [{"tactic": "reel", "name": "Reel", "strategy": "video"}],
        "costs": [{"cost": "Foto", "day": day, "amount": 5, "currency": "IDR", "kind": "fee"}],
        "training": [{"training": "Kursus", "employee": "Rani", "planned_on": day}],
    }
    write_facts(lake_of(brand), brand.slug, rows)
    until = date(2026, 3, 30)
    activity = Activity("giveaway", "Giveaway", "followers", date(2026, 3, 2), until, expected=0.2)
    record_activities(lake_of(brand), brand.slug, [activity])
    report = Report.objects.create(brand=brand, key="bulanan", name="Bulanan")
    reader = Recipient.objects.create(report=report, name="Bos", address="bos@kopi.test")
    edition = Edition.objects.create(report=report, period="2026-10", due_at=timezone.now())
    sending = Sending.objects.create(
        edition=edition, recipient=reader, brand=brand, name="Bos", way="email"
    )
    other = User.objects.create_user("bima@example.com", name="Bima")
    member = Member.objects.create(brand=brand, user=other, roles=["viewer"])
    invitation, _secret = invite(brand, "baru@example.com", ["viewer"], by=user)
    comment = Comment.objects.create(brand=brand, kind="kpi", thing="pengikut", name="N", text="T")
    found = {
        "report": report, "reader": reader, "sending": sending, "member": member,
        "invitation": invitation, "comment": comment,
        "channel": Channel.objects.create(brand=brand, kind="email", address="a@kopi.test"),
        "note": Note.objects.create(brand=brand, day=day, text="x", made_by=user),
        "view": View.objects.create(brand=brand, made_by=user, name="Ours"),
        "number": bring_in(brand),
    }  # fmt: skip
    names = {"goal": "dikenal", "strategy": "video", "tactic": "reel", "activity": "giveaway",
             "thing": "video"}  # fmt: skip
    return names | {name: row.pk for name, row in found.items()}


def version_of(brand: Brand, path: str) -> str:
    """Return the version that stands of what an address names: a KPI, goal, strategy or tactic."""
    if "/kpis/" in path:
        return version_mark(next(iter(read_kpis(workspace_of(brand).kpi_file(brand.slug)))))
    board = Board(brand)
    if "/marketing-goals/" in path:
        return row_mark(board.goal("dikenal"))
    return row_mark(board.strategy("video") if "/strategies/" in path else board.tactic("reel"))


def fuzz(brand: Brand, user: User, cases: int) -> Counter[tuple[str, int]]:
    """Send so many made-up requests with a token and mostly real names.

    Returns the answers by operation and status.
    """
    path = workspace_of(brand).kpi_file(brand.slug)
    kpi = Kpi(key="pengikut", name="Pengikut", metric="followers", target=Target("ratio", 0.2),
              start=date(2026, 1, 1), due=date(2026, 12, 31))  # fmt: skip
    _token, secret = make_token(user, brand, name="fuzz", scopes=tuple(SCOPES))
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    operations = [found.ok() for found in schema.get_all_operations()]
    seen: Counter[tuple[str, int]] = Counter()

    @settings(
        max_examples=cases, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.data())
    def run(data: Any) -> None:
        operation = data.draw(st.sampled_from(operations))
        case = data.draw(operation.as_strategy())
        if data.draw(st.integers(0, 9)) < 9:  # mostly real names, else everything is 404
            mine = (
                known | {"kind": "costs", "key": "Foto"} if "/records/" in operation.path else known
            )
            for name in case.path_parameters or {}:
                case.path_parameters[name] = mine[name]
        if data.draw(st.integers(0, 9)) < 9:  # else most are refused for a key of before
            case.headers.pop("Idempotency-Key", None)
        write_kpis(path, [kpi])
        if isinstance(case.body, dict) and data.draw(st.booleans()):
            case.body |= {name: FITTING[name] for name in FITTING if name in case.body}
        if "version" in (case.query or {}) and data.draw(st.booleans()):
            case.query["version"] = version_of(brand, operation.path)
        wait_again(drop)
        headers = {"Authorization": f"Bearer {secret}"}
        with transaction.atomic():
            answer = case.call(headers=headers)
            transaction.set_rollback(operation.method == "delete")  # the next one finds it again
        seen[operation.label, answer.status_code] += 1
        assert answer.status_code < 500, (case.as_curl_command(), answer.content[:500])

    write_kpis(path, [kpi])
    made = make_link(brand, user, kind="kpi", thing="pengikut", days=1)
    assert made is not None
    known = KNOWN | make_things(brand, user) | {"link": made[0].pk}
    drop = Drop.objects.get()
    run()
    return seen


@pytest.mark.django_db
def test_no_made_up_request_breaks_anything(
    brand: Brand, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "PER_MINUTE", 10**9)
    seen = fuzz(brand, alice, CASES)
    assert sum(n for (_, status), n in seen.items() if status < 300) > CASES // 20, seen


@pytest.mark.proof
@pytest.mark.django_db
def test_ten_thousand_made_up_requests_break_nothing(
    brand: Brand, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "PER_MINUTE", 10**9)
    seen = fuzz(brand, alice, 10_000)
    by_status: Counter[int] = Counter()
    by_operation: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    for (label, status), count in seen.items():
        by_status[status] += count
        by_operation[label] += count
        answered[label] += count * (status < 300)
    print(f"\n{dict(sorted(by_status.items()))}")  # noqa: T201 - the figures of the proof
    for label, count in sorted(by_operation.items()):
        print(f"{count:6} {answered[label]:6} {label}")  # noqa: T201
    assert by_status.total() >= 10_000
    # 128 operations share them; one without parameters comes round seldom.
    assert min(by_operation.values()) >= 10, "every operation was asked"
    assert sum(answered.values()) > 10_000 // 5
