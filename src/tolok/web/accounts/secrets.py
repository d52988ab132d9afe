"""Secrets that are shown once and kept only as digests."""

from __future__ import annotations

import hashlib
import secrets


def make_secret(prefix: str = "") -> str:
    """Return a new secret of 256 random bits."""
    return prefix + secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """Return what is kept of a secret; enough, since the secrets are long and random."""
    return hashlib.sha256(secret.encode()).hexdigest()
