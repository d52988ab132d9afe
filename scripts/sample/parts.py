"""All parts of the sample, put into one parcel of files as they lie in the repository."""

from __future__ import annotations

import json

from . import (
    facebook,
    ga4,
    google_ads,
    instagram,
    linkedin,
    meta_ads,
    scorecard,
    tiktok,
    x,
    youtube,
)
from .parcel import Parcel
from .profile import accounts_toml, profile_toml

PARTS = (instagram, facebook, tiktok, youtube, x, linkedin, ga4, meta_ads, google_ads)


def make_tree() -> dict[str, bytes]:
    """Return every file the script owns: path below the sample folder → bytes."""
    parcel = Parcel()
    for part in PARTS:
        part.fill(parcel)
    tree = {f"exports/{path}": data for path, data in parcel.files.items()}
    tree["exports/accounts.toml"] = accounts_toml(parcel).encode()
    tree["profile.toml"] = profile_toml(parcel).encode()
    for table in parcel.truth:
        tree[f"truth/{table}.csv"] = parcel.truth_csv(table).encode()
    card = json.dumps(scorecard.figures(parcel), indent=2, ensure_ascii=False)
    tree["truth/scorecard.json"] = f"{card}\n".encode()
    return tree
