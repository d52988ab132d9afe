"""A brand that is deleted is gone: no word of it stands anywhere in the home any more."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tolok.intake.topics import topics_file
from tolok.kpi import Kpi, write_kpis
from tolok.web.accounts.facts import lake_of, workspace_of
from tolok.web.accounts.models import AuditEntry, Brand, User
from tolok.web.accounts.team import make_token
from tolok.web.jobs import queue, worker
from tolok.web.reports.models import Edition, Recipient, Report, Sending
from tolok.web.share.models import Comment, ShareLink

pytestmark = pytest.mark.django_db(transaction=True)
MARK = "zebrafonik"
POSTS = (
    "tolok:posts\tpost\taccount\tplatform\tpublished_at\tcaption\tviews\n"
    f"\tx:{{n}}\tx:kopi\tx\t2026-10-0{{n}} 09:00\t{MARK} enak\t40\n"
)


def fill(client: Client, brand: Brand, alice: User) -> None:
    """Leave the mark wherever a brand can leave a word."""
    now = timezone.now()
    answer = client.post("/b/kopi/data/bring/", {"pasted": POSTS.format(n=1)})
    worker.work_off()
    client.post(answer["Location"] + "take/")
    worker.work_off()
    client.post("/b/kopi/data/own/", {"account": f"x:{MARK}", "month": "2026-10",
                                      "column": ["followers"], "2026-10-01.followers": "12"})  # fmt: skip
    write_kpis(workspace_of(brand).kpi_file(brand.slug),
               [Kpi(key=MARK, name=MARK.title(), metric="posts_published")])  # fmt: skip
    topics = topics_file(workspace_of(brand).folder, brand.slug)
    topics.parent.mkdir(exist_ok=True)
    topics.write_text(f'name = "{MARK}"')
    for page in ("", "insights/", "plan/", "data/months/", "data/imports/", "reports/"):
        client.get(f"/b/kopi/{page}", follow=True)
    report = Report.objects.create(brand=brand, key="r", name=MARK)
    reader = Recipient.objects.create(report=report, name=MARK, way="email")
    edition = Edition.objects.create(report=report, period="2026-10", due_at=now)
    Sending.objects.create(edition=edition, recipient=reader, brand=brand, name=MARK, way="email",
                           page=zlib.compress(MARK.encode()))  # fmt: skip
    link = ShareLink.objects.create(brand=brand, digest="d", kind="kpi", thing=MARK, name=MARK,
                                    ends_at=now + timedelta(days=1))  # fmt: skip
    Comment.objects.create(brand=brand, kind="kpi", thing=MARK, link=link, name="x", text=MARK)
    # What waits: files not taken yet, an upload of a program, a kept answer.
    client.post("/b/kopi/data/bring/", {"pasted": POSTS.format(n=2)})
    _row, secret = make_token(alice, brand, name=MARK, scopes=["write", "read"])
    file = SimpleUploadedFile(f"{MARK}.csv", POSTS.format(n=3).replace("\t", ",").encode())
    head = {"authorization": f"Bearer {secret}", "idempotency-key": "one"}
    told = Client().post("/api/v1/brands/kopi/imports", {"file": file}, headers=head)
    assert told.status_code == 202
    queue.enqueue("shell.prepare", {"about": MARK}, brand_id=brand.pk)


def traces(word: str) -> list[str]:
    """Return where the word still stands: in files of the home, packed ones too, and in rows."""
    home = Path(settings.TOLOK_HOME)
    found = [
        str(path.relative_to(home)) for path in sorted(home.rglob("*"))
        if path.is_file() and (word in path.name.lower() or word in said(path).lower())
    ]  # fmt: skip
    for model in apps.get_models():
        rows = json.dumps(serializers.serialize("json", model._default_manager.all()))
        found += [model._meta.label] if word in rows.lower() else []
    return found


def said(path: Path) -> str:
    """Return all that a file says: Parquet and kept answers are read, everything else as it is."""
    if path.suffix == ".parquet":
        return str(pq.read_table(path, partitioning=None).to_pylist())
    return "".join(part.decode(errors="replace") for part in _parts(path.read_bytes()))


def _parts(content: bytes) -> Iterator[bytes]:
    yield content
    try:  # an answer: its signature, then its body
        yield zlib.decompress(content[32:])
    except zlib.error:
        return


def test_nothing_of_a_deleted_brand_is_left_in_the_home(
    brand: Brand, other_brand: Brand, alice: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(alice)
    fill(client, brand, alice)
    before = traces(MARK)
    for place in ("lake", "pasted.csv", f"{MARK}.csv", "cache/answers", "topics", ".sqlite3"):
        assert any(place in told for told in before), (place, before)
    for model in ("reports.Report", "share.ShareLink", "accounts.ApiToken", "jobs.Job"):
        assert model in before
    assert client.post("/b/kopi/settings/delete/", {"name": "Kopi Senja"}).status_code == 302
    worker.work_off()
    assert traces(MARK) == []
    assert lake_of(other_brand).catalogue.batches(with_withdrawn=True) == []
    kept = AuditEntry.objects.filter(brand_slug="kopi")
    assert kept.filter(action="imported", thing="", actor=alice.email).exists()
    assert kept.filter(action="deleted_brand", thing="Kopi Senja").exists()
