# ruff: noqa: T201 - a program of its own, which says where it listens
"""A small OpenID provider for tests, a process of its own: code flow, PKCE, RS256, keys that change.

It follows the book until POST /control tells it otherwise: {"claims": {…}} changes what it says,
{"how": "none" | "hs256" | "stranger" | "torn" | "changed" | "again" | "crit"} how it signs,
{"rotate": true} gives it another key.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import random
import secrets
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

BITS, EXPONENT = 2048, 65537
PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")
SMALL = [p for p in range(3, 2000, 2) if all(p % q for q in range(3, int(p**0.5) + 1, 2))]
CLIENT, SECRET = "tolok", "provider secret"


def coded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def is_prime(number: int) -> bool:
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for _ in range(12):
        x = pow(random.randrange(2, number - 1), odd, number)
        if x in (1, number - 1):
            continue
        for _ in range(twos - 1):
            x = x * x % number
            if x == number - 1:
                break
        else:
            return False
    return True


def prime(bits: int) -> int:
    while True:
        number = random.getrandbits(bits) | 1 | 3 << (bits - 2)
        if all(number % p for p in SMALL) and number % EXPONENT != 1 and is_prime(number):
            return number


class Key:
    """An RSA key, made when the process starts: none lies in the repository."""

    def __init__(self) -> None:
        p, q = prime(BITS // 2), prime(BITS // 2)
        self.n, self.d = p * q, pow(EXPONENT, -1, (p - 1) * (q - 1))
        self.name = secrets.token_hex(4)

    def sign(self, content: bytes) -> bytes:
        told = PREFIX + hashlib.sha256(content).digest()
        size = BITS // 8
        block = b"\x00\x01" + b"\xff" * (size - len(told) - 3) + b"\x00" + told
        return pow(int.from_bytes(block), self.d, self.n).to_bytes(size)

    def public(self) -> dict[str, str]:
        return {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.name,
                "n": coded(self.n.to_bytes(BITS // 8)), "e": coded(EXPONENT.to_bytes(3))}  # fmt: skip


class Provider:
    """What it knows: its keys, the codes it gave out, what it was told to do wrong."""

    def __init__(self) -> None:
        self.key, self.stranger, self.next = Key(), Key(), Key()
        self.codes: dict[str, dict[str, str]] = {}
        self.claims: dict[str, Any] = {}
        self.how = ""
        self.last = ""
        self.key_reads = 0

    def control(self, told: dict[str, Any]) -> dict[str, Any]:
        self.claims, self.how = told.get("claims", {}), told.get("how", "")
        if told.get("rotate"):
            self.key, self.next = self.next, self.key
        return {"key_reads": self.key_reads}

    def token(self, nonce: str, issuer: str) -> str:
        now = time.time()
        claims = {"iss": issuer, "aud": CLIENT, "sub": "u-1", "nonce": nonce, "iat": now,
                  "exp": now + 300, "email": "alice@example.com",
                  "email_verified": True} | self.claims  # fmt: skip
        head: dict[str, Any] = {"alg": "RS256", "typ": "JWT", "kid": self.key.name}
        if self.how == "none":
            head = {"alg": "none"}
        if self.how == "hs256":
            head["alg"] = "HS256"
        if self.how == "crit":
            head["crit"] = ["exp"]
        signed = f"{coded(json.dumps(head).encode())}.{coded(json.dumps(claims).encode())}"
        signature = self.key.sign(signed.encode())
        if self.how == "none":
            signature = b""
        if self.how == "hs256":  # with what everybody knows for a secret
            signature = hmac.digest(self.key.n.to_bytes(BITS // 8), signed.encode(), "sha256")
        if self.how == "stranger":
            signature = self.stranger.sign(signed.encode())
        if self.how == "torn":
            signature = signature[:-1]
        if self.how == "changed":
            other = coded(json.dumps(claims | {"sub": "u-2"}).encode())
            signed = f"{signed.split('.')[0]}.{other}"
        made = f"{signed}.{coded(signature)}"
        given = self.last if self.how == "again" else made
        self.last = made
        return given


PROVIDER = Provider()


class Pages(BaseHTTPRequestHandler):
    """The pages of the provider."""

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {k: v[0] for k, v in parse_qs(parts.query).items()}
        if parts.path == "/.well-known/openid-configuration":
            self.say({"issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
                      "token_endpoint": f"{self.issuer}/token",
                      "jwks_uri": f"{self.issuer}/keys"})  # fmt: skip
        elif parts.path == "/keys":
            PROVIDER.key_reads += 1
            noise = [
                {"kty": "EC", "kid": "x"},
                {"kty": "RSA", "use": "enc", "n": "AQ", "e": "AQ"},
                7,
            ]
            self.say({"keys": [*noise, PROVIDER.key.public()]})
        elif parts.path == "/authorize" and query["client_id"] == CLIENT:
            code = secrets.token_urlsafe(16)
            PROVIDER.codes[code] = query
            back = urlencode({"code": code, "state": query["state"]})
            self.send_response(302)
            self.send_header("Location", f"{query['redirect_uri']}?{back}")
            self.end_headers()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/control":
            self.say(PROVIDER.control(json.loads(body)))
            return
        form = {k: v[0] for k, v in parse_qs(body).items()}
        asked = PROVIDER.codes.pop(form["code"], None)
        made = coded(hashlib.sha256(form["code_verifier"].encode()).digest())
        is_sound = (
            asked is not None
            and made == asked["code_challenge"]
            and form["redirect_uri"] == asked["redirect_uri"]
            and (form["client_id"], form["client_secret"]) == (CLIENT, SECRET)
        )
        if not is_sound or asked is None:
            self.say({"error": "invalid_grant"}, 400)
            return
        self.say({"id_token": PROVIDER.token(asked["nonce"], self.issuer)})

    def say(self, told: dict[str, Any], status: int = 200) -> None:
        content = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_words: object) -> None:
        return


if __name__ == "__main__":
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        print(server.server_port, flush=True)
        server.serve_forever()
