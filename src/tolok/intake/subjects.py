"""Who a mention speaks of: our brand, a competitor we watch, or somebody else."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text, UserError
from tolok.lake import Lake, LakeView, Origin

from .labels import moment_now

SOURCE = "subjects"


def name_subjects(
    lake: Lake, brand: str, *, own: Sequence[str], competitors: Sequence[str], brand_set: str
) -> dict[str, int]:
    """Say of each mention with a subject whether it is ours, a competitor's or another's.

    Share of voice (K9.2) is taken over `brand_set`: ours and the named competitors; mentions of
    anyone else stay out of it. Writes only what changes; returns mentions per relation.
    Raises UserError when a name is given as both, or there is no mention of ours at all.
    """
    both = {n.lower() for n in own} & {n.lower() for n in competitors}
    if both or not own:
        raise UserError(
            Text("Names of ours and of competitors must differ: {names}.",
                 "Nama merek kita dan pesaing harus berbeda: {names}."),
            names=", ".join(sorted(both)) or "–",
        )  # fmt: skip
    rows = (
        LakeView(lake)
        .table("interactions")
        .filter(lambda t: (t.brand == brand) & (t.kind == "mention") & t.subject.notnull())
    )
    found = rows.select(
        "interaction", "at", "subject", "subject_relation", "brand_set"
    ).to_pyarrow()
    folded = pc.utf8_lower(found["subject"])
    ours = pc.is_in(folded, pa.array([n.lower() for n in own], pa.string()))
    theirs = pc.is_in(folded, pa.array([n.lower() for n in competitors], pa.string()))
    relation = pc.if_else(ours, "own", pc.if_else(theirs, "competitor", "other"))
    if not pc.any(ours).as_py():
        raise UserError(
            Text("No mention speaks of {names}.", "Tidak ada sebutan tentang {names}."),
            Text("Names must be written as in the column of the subject.",
                 "Tulis nama persis seperti di kolom subjek."), names=", ".join(own),
        )  # fmt: skip
    named = pc.if_else(pc.equal(relation, "other"), "other", brand_set)
    same = pc.and_(
        pc.equal(found["subject_relation"], relation), pc.equal(found["brand_set"], named)
    )
    changed = pc.invert(pc.fill_null(same, False))
    facts = pa.table({
        "interaction": found["interaction"], "at": found["at"], "subject_relation": relation,
        "brand_set": named, "brand": pa.repeat(pa.scalar(brand), found.num_rows),
        "observed_at": pa.repeat(moment_now(), found.num_rows),
    }).filter(changed)  # fmt: skip
    if facts.num_rows:
        note = {"rows": {"interactions": facts.num_rows}}
        lake.write({"interactions": facts}, Origin(source=SOURCE, brand=brand, note=note))
    return {v["values"]: v["counts"] for v in pc.value_counts(relation).to_pylist()}
