"""What follows from facts that came in: friends tagged, what partners' posts brought, referrals."""

from __future__ import annotations

from dataclasses import dataclass

from tolok.lake import Lake
from tolok.lake.store import tables_present

from .deliverables import measure_deliverables
from .friends import SOURCE, count_friends, note_referrals


@dataclass(frozen=True, slots=True)
class Derived:
    """How many rows were written: texts with friends counted, deliverables measured, referrals."""

    friends: int = 0
    deliverables: int = 0
    referrals: int = 0


def derive_facts(lake: Lake, brand: str, *, anew: bool = False) -> Derived:
    """Write what follows from the brand's facts as they are now; call it when files came or went.

    Called again without new facts it finds the same. What a person or a file said stays. `anew`
    takes back first what was found before: after an import was undone, nothing may rest on it.
    """
    for batch in lake.catalogue.batches() if anew else ():
        if batch.source == SOURCE and batch.brand == brand:
            lake.withdraw(batch.id)
    there = set(tables_present(lake))
    return Derived(
        count_friends(lake, brand) if "interactions" in there else 0,
        measure_deliverables(lake, brand) if "deliverables" in there else 0,
        note_referrals(lake, brand) if "orders" in there else 0,
    )
