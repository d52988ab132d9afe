"""Signs that an account is not a person: what its profile shows, counted with open weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tolok.base import Text

from .arrays import Floats

METHOD = "account_signs"
VERSION = "1"
LOOKS_FAKE = 0.5


@dataclass(frozen=True)
class Accounts:
    """Profiles as columns, one row per account; nan or None where the source does not tell.

    Counts are plain numbers, `has_` columns 0 or 1, `bio_length` and `name_digits` characters.
    """

    followers: Floats
    following: Floats
    posts: Floats
    has_picture: Floats | None = None
    has_bio: Floats | None = None
    name_digits: Floats | None = None


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign with its weight and what it means."""

    key: str
    weight: float
    meaning: Text


SIGNS = (
    Sign(
        "follows_far_more",
        3.0,
        Text(
            en="follows many times more accounts than follow it",
            id="mengikuti jauh lebih banyak akun daripada pengikutnya",
        ),
    ),
    Sign("hardly_posts", 2.0, Text(en="has hardly posted", id="nyaris tidak pernah mengunggah")),
    Sign("few_followers", 1.5, Text(en="has very few followers", id="pengikutnya sangat sedikit")),
    Sign("no_picture", 2.0, Text(en="has no profile picture", id="tidak punya foto profil")),
    Sign("no_bio", 0.5, Text(en="has no bio", id="tidak punya bio")),
    Sign("digits_in_name", 2.0, Text(en="has digits in its name", id="namanya berisi angka")),
)


def sign_strengths(accounts: Accounts) -> NDArray[np.float64]:
    """Return a row per account and a column per sign of SIGNS: 0 absent to 1 plain, nan unknown."""
    followers, following, posts = accounts.followers, accounts.following, accounts.posts
    unknown = np.full(len(followers), np.nan)
    ratio = np.log2((following + 10) / (followers + 10))
    columns = (
        np.clip(ratio / 4, 0, 1),
        np.clip(1 - np.log2(posts + 1) / 4, 0, 1),
        np.clip(1 - np.log2(followers + 1) / 8, 0, 1),
        unknown if accounts.has_picture is None else 1.0 - accounts.has_picture,
        unknown if accounts.has_bio is None else 1.0 - accounts.has_bio,
        unknown if accounts.name_digits is None else np.clip(accounts.name_digits / 3, 0, 1),
    )
    return np.column_stack(columns)


def suspicion(accounts: Accounts) -> Floats:
    """Return, per account, the weighted share of known signs it shows, 0 to 1; nan if none known.

    From 0.5 on an account looks fake. The weights were set by hand and stand in SIGNS.
    """
    strength = sign_strengths(accounts)
    weights = np.where(np.isfinite(strength), [s.weight for s in SIGNS], 0.0)
    total = weights.sum(axis=1)
    shown = np.nansum(strength * weights, axis=1)
    return np.divide(shown, total, out=np.full(len(total), np.nan), where=total > 0)
