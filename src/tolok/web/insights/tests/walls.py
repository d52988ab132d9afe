"""Who may open the pages of figures."""

from __future__ import annotations

from tolok.web.accounts.models import Brand
from tolok.web.tests.walls import Wall


def one_metric(_brand: Brand) -> dict[str, str]:
    return {"metric": "engagements"}


WALLS = {
    "insights:scorecard": Wall("see"),
    # A metric is a thing of Tolok's catalogue, no brand's own.
    "insights:metric": Wall("see", args=one_metric, is_common=True),
}
