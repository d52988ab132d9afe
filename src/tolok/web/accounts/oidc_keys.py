"""Signatures of ID tokens: RS256 with the provider's published keys, and nothing else.

The one algorithm every provider must offer (OpenID Connect Core, 15.1) is the only one taken: the
token cannot choose another, none, or a symmetric one. Checking needs no secret, so plain integers
do: the signature is opened with the public key and compared, whole, with what it must be (RFC 8017,
8.2.2 with 9.2).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

ALGORITHM = "RS256"
_PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")  # "a SHA-256 digest follows"
_FEWEST_BITS, _MOST_BITS = 2048, 8192
_LONGEST = 20_000


class Forged(Exception):  # noqa: N818 - what the token is
    """The token is not signed by the provider, or not in the one way that is taken."""


class UnknownKey(Forged):
    """No published key fits: the provider may have changed its keys since they were read."""


@dataclass(frozen=True)
class Key:
    """A public RSA key of the provider."""

    name: str
    modulus: int
    exponent: int


def read_keys(told: dict[str, Any]) -> tuple[Key, ...]:
    """Return the keys of a JWKS that may sign ID tokens; others are left out."""
    listed = told.get("keys")
    found = [_key_of(one) for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []  # fmt: skip
    return tuple(key for key in found if key is not None)


def _key_of(told: dict[str, Any]) -> Key | None:
    if told.get("kty") != "RSA" or told.get("use", "sig") != "sig":
        return None
    if told.get("alg", ALGORITHM) != ALGORITHM:
        return None
    try:
        modulus = int.from_bytes(_decode(str(told["n"])))
        exponent = int.from_bytes(_decode(str(told["e"])))
    except (KeyError, Forged):
        return None
    is_sound = _FEWEST_BITS <= modulus.bit_length() <= _MOST_BITS and modulus % 2
    is_sound = is_sound and 3 <= exponent < 2**33 and exponent % 2
    return Key(str(told.get("kid", "")), modulus, exponent) if is_sound else None


def open_token(token: str, keys: Sequence[Key]) -> dict[str, Any]:
    """Return the claims of a token signed by one of the keys.

    Raises UnknownKey when none of them is the one it names, Forged for anything else amiss.
    """
    parts = token.split(".")
    if len(parts) != 3 or len(token) > _LONGEST:  # header, claims, signature
        raise Forged
    head = _object(parts[0])
    if head.get("alg") != ALGORITHM or "crit" in head:
        raise Forged
    key = _choose(keys, head.get("kid"))
    _check_signature(key, f"{parts[0]}.{parts[1]}".encode(), _decode(parts[2]))
    return _object(parts[1])


def _choose(keys: Sequence[Key], name: object) -> Key:
    fitting = [k for k in keys if name is None or k.name == name]
    if len(fitting) != 1:
        raise UnknownKey
    return fitting[0]


def _check_signature(key: Key, signed: bytes, signature: bytes) -> None:
    size = (key.modulus.bit_length() + 7) // 8
    number = int.from_bytes(signature)
    if len(signature) != size or number >= key.modulus:
        raise Forged
    told = _PREFIX + hashlib.sha256(signed).digest()
    wanted = b"\x00\x01" + b"\xff" * (size - len(told) - 3) + b"\x00" + told
    opened = pow(number, key.exponent, key.modulus).to_bytes(size)
    if not hmac.compare_digest(opened, wanted):
        raise Forged


def _object(part: str) -> dict[str, Any]:
    try:
        found = json.loads(_decode(part))
    except (ValueError, RecursionError) as error:
        raise Forged from error
    if not isinstance(found, dict):
        raise Forged
    return found


def _decode(part: str) -> bytes:
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error) as error:
        raise Forged from error
