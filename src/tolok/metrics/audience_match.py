"""How far the audience is the one the brand wants: rows of the table of matches, from its make-up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

ALL = "all"


def match_audience(
    audience: Iterable[Mapping[str, Any]], wanted: Mapping[str, Iterable[str]],
    traits: Mapping[str, str],
) -> list[dict[str, Any]]:  # fmt: skip
    """Return rows of `audience_matches` for accounts and days whose make-up is known.

    `audience` are rows of the table of that name; `wanted` names, per dimension, the segments the
    brand wants; `traits` says which trait (age, gender, place or all) a dimension tells. Followers
    of unknown make-up stand in neither count; a segment without a number of people is unknown.
    """
    targets = {dimension: frozenset(segments) for dimension, segments in wanted.items()}
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in audience:
        dimension, people = row["dimension"], row.get("people")
        if dimension not in targets or dimension not in traits or people is None:
            continue
        key = (row["brand"], row["account"], row["day"], traits[dimension])
        match = found.setdefault(key, {
            "brand": key[0], "account": key[1], "day": key[2], "trait": key[3],
            "platform": row.get("platform"), "observed_at": row.get("observed_at"),
            "people_known": 0.0, "people_in_target": 0.0,
        })  # fmt: skip
        match["people_known"] += people
        if row["segment"] in targets[dimension]:
            match["people_in_target"] += people
    return list(found.values())
