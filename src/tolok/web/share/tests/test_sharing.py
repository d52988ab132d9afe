"""Links, comments and notices: who sees what, until when, and that nothing leads inside."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from tolok.base import SourceError, Text, UserError
from tolok.kpi import Kpi, Target, write_kpis
from tolok.web import outside
from tolok.web.accounts.facts import workspace_of
from tolok.web.accounts.models import Brand, User
from tolok.web.jobs import worker
from tolok.web.share import links, notices
from tolok.web.share.models import Channel, Comment, Notice, ShareLink

pytestmark = pytest.mark.django_db


@pytest.fixture
def kpi(brand: Brand) -> Kpi:
    """A KPI of the brand."""
    one = Kpi(
        key="pengikut", name="Pengikut <b>", metric="followers", target=Target("ratio", 0.2),
        start=date(2026, 1, 1), due=date(2026, 12, 31),
    )  # fmt: skip
    write_kpis(workspace_of(brand).kpi_file(brand.slug), [one])
    return one


def make(brand: Brand, user: User, **values: Any) -> tuple[ShareLink, str]:
    made = links.make_link(brand, user, **{"kind": "kpi", "thing": "pengikut", "days": 7, **values})
    assert made is not None
    return made[0], f"/share/{made[1]}/"


def test_a_link_shows_one_page_and_leads_nowhere_inside(
    brand: Brand, alice: User, kpi: Kpi
) -> None:
    link, address = make(brand, alice)
    answer = Client().get(address)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Pengikut &lt;b&gt;" in page
    assert "/b/kopi" not in page
    assert answer["X-Robots-Tag"].startswith("noindex")
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]
    link.refresh_from_db()
    assert link.openings == 1


def test_a_scorecard_is_shown_for_a_fixed_period_only(brand: Brand, alice: User) -> None:
    _link, address = make(brand, alice, kind="scorecard", thing="2026-Q3")
    assert Client().get(address).status_code == 200
    for thing in ("last-month", "nonsense", "9999-12", "0001-01"):
        assert links.make_link(brand, alice, kind="scorecard", thing=thing, days=1) is None


@pytest.mark.parametrize("how", ["revoked", "ended", "gone", "invented"])
def test_whatever_does_not_open_answers_the_same_404(
    how: str, brand: Brand, alice: User, kpi: Kpi
) -> None:
    link, address = make(brand, alice)
    if how == "revoked":
        links.revoke_link(link)
    elif how == "ended":
        ShareLink.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    elif how == "gone":
        write_kpis(workspace_of(brand).kpi_file(brand.slug), [])
    else:
        address = "/share/invented/"
    answer, plain = Client().get(address), Client().get("/share/nothing/")
    assert answer.status_code == plain.status_code == 404

    def told(page: Any, path: str) -> list[str]:
        lines = page.content.decode().replace(path, "").splitlines()
        return [line for line in lines if "csrf" not in line.lower()]

    assert told(answer, address) == told(plain, "/share/nothing/")


def test_a_password_is_asked_hashed_and_paused_after_eight_misses(
    brand: Brand, alice: User, kpi: Kpi
) -> None:
    link, address = make(brand, alice, password="rahasia kita")
    assert "rahasia" not in link.password
    guest = Client()
    asked = guest.get(address)
    assert "Pengikut" not in asked.content.decode()
    assert brand.name not in asked.content.decode()
    for _ in range(7):
        assert guest.post(address, {"password": "salah"}).status_code == 422
    assert guest.post(address, {"password": "rahasia kita"}).status_code == 302
    assert "Pengikut" in guest.get(address).content.decode()
    for _ in range(8):
        Client().post(address, {"password": "salah"})
    assert Client().post(address, {"password": "rahasia kita"}).status_code == 422


def test_a_guest_comments_once_and_the_team_reads_it(
    brand: Brand, alice: User, kpi: Kpi, sign_in: Callable[[User], Client]
) -> None:
    _link, address = make(brand, alice)
    told = {"name": "Ibu Bos", "text": "<script>alert(1)</script>"}
    assert Client().post(address, told).status_code == 302
    page = sign_in(alice).get("/b/kopi/share/comments/kpi/pengikut/").content.decode()
    assert "Ibu Bos" in page
    assert "<script>alert" not in page
    _shut, other = make(brand, alice, may_comment=False)
    Client().post(other, told)
    assert Comment.objects.count() == 1


def test_the_same_news_goes_to_a_channel_once_and_waits_for_quiet_hours(brand: Brand) -> None:
    channel = Channel.objects.create(
        brand=brand, kind="email", address="bos@example.com", events=["check_due"], language="id"
    )
    for _ in range(3):
        notices.tell(brand, event="check_due", key="check:a:1", title=Text("Due\nBcc: x@y.z", "Cek\nBcc: x@y.z"),
                     text=Text("Now", "Kini"))  # fmt: skip
    notices.tell(brand, event="comment", key="c", title=Text("a", "a"), text=Text("b", "b"))
    worker.work_off()
    assert [m.subject for m in mail.outbox] == ["Kopi Senja: Cek Bcc: x@y.z"]
    assert Notice.objects.get().state == "sent"
    channel.quiet_from, channel.quiet_until = time(22), time(7)
    night = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)  # 01:30 in Jakarta
    assert notices.next_loud(channel, night) == datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
    day = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
    assert notices.next_loud(channel, day) == day


@pytest.mark.parametrize(
    "address",
    [
        "http://example.com/", "https://localhost/", "https://127.0.0.1/", "https://[::1]/",
        "https://169.254.169.254/latest", "https://10.0.0.8/", "https://2130706433/",
        "https://0x7f.1/", "https://[::ffff:127.0.0.1]/", "https://[64:ff9b::7f00:1]/",
        "https://user:pw@example.com/", "file:///etc/passwd", "https://db.internal/",
        "https://100.64.0.1/", "https://[fd00::1]/", "https://0.0.0.0/", "https://", "gopher://a.b",
        "https://[::]/", "https://[::ffff:169.254.169.254]/", "https://[2002:7f00:1::]/", "https://0/",
        "https://127.1/", "https://017700000001/", "https://[fe80::1]/", "https://[fec0::1]/",
        "https://[::7f00:1]/", "https://[64:ff9b:1::7f00:1]/", "https://[::ffff:0:7f00:1]/",
        "https://192.168.1.1/", "https://172.16.0.1/", "https://224.0.0.1/", "https://[ff02::1]/",
        "https://metadata.google.internal/", "https://kopi.localhost/", "https://localhost./",
        "https://printer.local/", "https://intranet/", "ftp://example.com/", "//example.com/",
    ],
)  # fmt: skip
def test_a_webhook_never_leads_inside(address: str) -> None:
    with pytest.raises(UserError):
        outside.post(address, b"{}", {})


INSIDE = ["10.0.0.1", "127.0.0.1", "0.0.0.0", "169.254.169.254", "192.168.0.9", "::1", "fe80::1%2",
          "fc00::1", "fec0::1", "::ffff:10.0.0.1", "2002:a00:1::", "64:ff9b::a00:1"]  # fmt: skip


@pytest.mark.parametrize("inside", INSIDE)
@pytest.mark.parametrize("others", [[], ["93.184.216.34"]])
def test_a_name_that_leads_inside_is_refused_when_it_is_called(
    inside: str, others: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[Any] = []
    found = [(2, 1, 6, "", (address, 443)) for address in (*others, inside)]
    monkeypatch.setattr(outside.socket, "getaddrinfo", lambda *_a, **_k: found)
    monkeypatch.setattr(outside.socket, "create_connection", lambda *a, **_k: called.append(a))
    with pytest.raises(UserError):
        outside.post("https://rebind.example.com/", b"{}", {})
    assert called == []


def test_a_name_that_changes_its_mind_is_called_where_it_was_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers, called = ["93.184.216.34", "127.0.0.1", "127.0.0.1"], []

    def look_up(*_args: Any, **_more: Any) -> list[Any]:
        return [(2, 1, 6, "", (answers.pop(0), 443))]

    def connect(place: tuple[str, int], *_args: Any, **_more: Any) -> Any:
        called.append(place)
        raise OSError

    monkeypatch.setattr(outside.socket, "getaddrinfo", look_up)
    monkeypatch.setattr(outside.socket, "create_connection", connect)
    with pytest.raises(SourceError):
        outside.post("https://rebind.example.com/", b"{}", {})
    assert called == [("93.184.216.34", 443)]
    assert len(answers) == 2, "its address is looked up once"


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_public_addresses_are_public(address: str) -> None:
    assert outside.is_public(address)


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, list[Any]]]:
    """A machine of one's own that takes webhooks, allowed by its name."""
    got: list[Any] = []

    class Taker(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append((dict(self.headers), body))
            self.send_response(302 if self.path == "/moved" else 204)
            self.send_header("Location", "http://169.254.169.254/")
            self.end_headers()

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Taker)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("TOLOK_WEBHOOK_HOSTS", "localhost")
    yield f"http://localhost:{server.server_port}", got
    server.shutdown()


def test_a_webhook_is_signed_and_redirects_are_not_followed(
    brand: Brand, receiver: tuple[str, list[Any]]
) -> None:
    address, got = receiver
    for path in ("/in", "/moved"):
        Channel.objects.create(
            brand=brand, kind="webhook", address=address + path, events=["check_due"]
        )
    notices.tell(brand, event="check_due", key="k", title=Text("Due", "Cek"), text=Text("x", "y"))
    worker.work_off()
    assert len(got) == 2
    headers, body = got[0]
    moment, _comma, mark = headers["Tolok-Signature"].partition(",")
    key = outside.key_of(Channel.objects.order_by("pk")[0].pk)
    words = moment.removeprefix("t=").encode() + b"." + body
    assert mark == "v1=" + hmac.new(key.encode(), words, hashlib.sha256).hexdigest()
    assert json.loads(body)["title"] == {"en": "Due", "id": "Cek"}
    assert sorted(Notice.objects.values_list("state", flat=True)) == ["failed", "sent"]
