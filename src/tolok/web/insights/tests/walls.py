"""Who may open the pages of figures."""

from __future__ import annotations

from tolok.web.accounts.models import Brand
from tolok.web.tests.walls import Wall


# A metric is a thing of Tolok's catalogue, no brand's own.
def one_metric(_brand: Brand) -> dict[str, str]:
    return {"metric": "engagements"}


def one_part(_brand: Brand) -> dict[str, str]:
    return {"metric": "engagements", "what": "course", "form": "csv"}


WALLS = {
    "insights:scorecard": Wall("see"),
    "insights:scorecard_file": Wall("export", args=lambda _brand: {"form": "csv"}, is_common=True),
    "insights:portfolio": Wall("see"),
    "insights:catalogue": Wall("see"),
    "insights:metric": Wall("see", args=one_metric, is_common=True),
    # An empty lake holds no row to show.
    "insights:row": Wall("see", args=one_metric, is_common=True, own=(404,)),
    "insights:metric_file": Wall("export", args=one_part, is_common=True),
}
