"""Calling addresses outside: only public ones, over https, without redirects, signed."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import ipaddress
import os
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from tolok.base import SourceError, Text, UserError

SECONDS = 10
NOT_HTTPS = Text("The address must begin with https://.", "Alamatnya harus diawali https://.")
NOT_PUBLIC = Text(
    "{host} does not lead to a public address.", "{host} tidak mengarah ke alamat publik."
)
NOT_PUBLIC_HINT = Text(
    "To reach a machine of your own, its administrator adds the name to TOLOK_WEBHOOK_HOSTS.",
    "Untuk mesin sendiri, administrator menambahkan namanya ke TOLOK_WEBHOOK_HOSTS.",
)
NO_MAIL = Text(
    "E-mail is not set up on this installation.", "E-mail belum diatur di instalasi ini."
)
NO_MAIL_HINT = Text(
    "Its administrator sets TOLOK_SMTP_URL.", "Administrator mengatur TOLOK_SMTP_URL."
)
_UNICAST = ipaddress.ip_network("2000::/3")  # the only public part of IPv6
NO_ANSWER = Text("{host} did not answer.", "{host} tidak menjawab.")
REFUSED = Text("{host} answered {status}.", "{host} menjawab {status}.")


def _allowed_hosts() -> set[str]:
    return {h.strip().lower() for h in os.environ.get("TOLOK_WEBHOOK_HOSTS", "").split(",") if h}


def check_address(url: str) -> SplitResult:
    """Return the parts of an address that may be called; raises UserError for any other.

    It is looked at as written; `post` looks again at what the name leads to, each time.
    """
    try:
        parts = urlsplit(url.strip())
        host, _port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise UserError(NOT_HTTPS) from None
    is_known = host in _allowed_hosts()
    schemes = ("https", "http") if is_known else ("https",)
    if parts.scheme not in schemes or not host or parts.username or parts.password:
        raise UserError(NOT_HTTPS)
    if not is_known:
        _refuse_literal(host.rstrip("."))
    return parts


def _refuse_literal(host: str) -> None:
    bad = UserError(NOT_PUBLIC, NOT_PUBLIC_HINT, host=host)
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        raise bad
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        if "." not in host or host.replace(".", "").isdigit():
            raise bad from None
        return
    if not is_public(str(address)):
        raise bad


def is_public(address: str) -> bool:
    """Whether an address of the internet lies outside every private, local or reserved range."""
    found = ipaddress.ip_address(address.split("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is not None:
            found = inner
        elif found in ipaddress.ip_network("64:ff9b::/96"):
            found = ipaddress.ip_address(int(found) & 0xFFFFFFFF)
        elif found not in _UNICAST:
            return False
    return found.is_global and not found.is_multicast


def resolve(host: str, port: int) -> str:
    """Return the address a name leads to; raises UserError unless every one of them is public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise SourceError(NO_ANSWER, retry=True, host=host) from None
    addresses = [str(info[4][0]) for info in found]
    if host not in _allowed_hosts() and not all(map(is_public, addresses)):
        raise UserError(NOT_PUBLIC, NOT_PUBLIC_HINT, host=host)
    return addresses[0]


class _Pinned(http.client.HTTPSConnection):
    """Talks to the very address that was looked at, so that a name cannot lead elsewhere after."""

    def __init__(self, host: str, address: str, port: int) -> None:
        super().__init__(host, port, timeout=SECONDS, context=ssl.create_default_context())
        self._address = address

    def connect(self) -> None:
        """Connect to the address, and have the certificate speak for the name."""
        plain = socket.create_connection((self._address, self.port), self.timeout)
        context: ssl.SSLContext = self._context  # type: ignore[attr-defined]
        self.sock = context.wrap_socket(plain, server_hostname=self.host)


def post(
    url: str, body: bytes, headers: Mapping[str, str], *, handing: Callable[[], None] | None = None
) -> int:
    """Send a body to an address and return the status; follows no redirect.

    `handing` is called when the line stands, right before the body goes over it. Raises
    UserError for an address that may not be called, SourceError when it does not take it.
    """
    parts = check_address(url)
    host = (parts.hostname or "").lower()
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = resolve(host, port)
    connection: http.client.HTTPConnection = (
        _Pinned(host, address, port)
        if parts.scheme == "https"
        else http.client.HTTPConnection(address, port, timeout=SECONDS)
    )
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    told = {"Host": parts.netloc, "User-Agent": "Tolok", "Content-Type": "application/json"}
    try:
        connection.connect()
        if handing is not None:
            handing()
        connection.request("POST", path, body, {**told, **headers})
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException):
        raise SourceError(NO_ANSWER, retry=True, host=host) from None
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise SourceError(REFUSED, retry=status >= 500 or status == 429, host=host, status=status)
    return status


def key_of(channel_id: int) -> str:
    """Return the key with which messages to a channel are signed; it is kept nowhere."""
    words = f"tolok webhook {channel_id}".encode()
    return "whs_" + hmac.new(settings.SECRET_KEY.encode(), words, hashlib.sha256).hexdigest()


def sign(body: bytes, key: str, *, at: int | None = None) -> str:
    """Return the signature header: t=<seconds>,v1=<HMAC-SHA256 of "t.body">."""
    moment = int(time.time()) if at is None else at
    found = hmac.new(key.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={found}"
