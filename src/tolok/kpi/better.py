"""What tells more on a platform, in words."""

from __future__ import annotations

from tolok.base import Text
from tolok.metrics import load_metrics

from .concepts import load_concepts, load_fit


def say_better(platform: str) -> Text:
    """Return the names of the metrics that say most on a platform."""
    known, concepts = load_metrics(), load_concepts()
    keys = [concepts[c].metric for c in load_fit().better.get(platform, ()) if c in concepts]
    names = [known[k].name for k in keys if k in known]
    if not names:
        return Text("engagement rate", "tingkat interaksi")
    return Text(", ".join(n.en for n in names), ", ".join(n.id for n in names))
