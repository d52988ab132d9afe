"""What follows a write to a brand's facts, whichever area wrote."""

from __future__ import annotations

from tolok.intake import derive_facts
from tolok.web.jobs import queue

from .facts import lake_of
from .models import Brand


def follow_up(brand: Brand, *, anew: bool = False) -> None:
    """Write what follows from the facts that came or went, and have the rollups refreshed.

    `anew` is for facts that went: what was found in them is taken back first.
    """
    derive_facts(lake_of(brand), brand.slug, anew=anew)
    refresh_soon(brand)


def refresh_soon(brand: Brand) -> None:
    """Have the rollups of the brand's workspace refreshed, once however many ask."""
    queue.enqueue(
        "data.rollups", {"workspace": brand.workspace_id},
        workspace_id=brand.workspace_id, dedupe_key=f"rollups:{brand.workspace_id}",
    )  # fmt: skip
