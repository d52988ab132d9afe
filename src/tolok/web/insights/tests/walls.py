"""Who may open the pages of figures."""

from __future__ import annotations

from datetime import date

from tolok.web.accounts.models import Brand, User
from tolok.web.insights.models import Note, View
from tolok.web.tests.walls import Wall


# A metric is a thing of Tolok's catalogue, no brand's own.
def one_metric(_brand: Brand) -> dict[str, str]:
    return {"metric": "engagements"}


def one_part(_brand: Brand) -> dict[str, str]:
    return {"metric": "engagements", "what": "course", "form": "csv"}


def one_note(brand: Brand) -> dict[str, int]:
    return {"note": Note.objects.create(brand=brand, day=date(2026, 10, 1), text="x").pk}


def one_view(brand: Brand) -> dict[str, int]:
    maker = User.objects.get_or_create(email="maker@example.com")[0]
    view = View.objects.create(brand=brand, made_by=maker, name="Ours", is_shared=True)
    return {"view": view.pk}


V1 = "api_open:v1:"
WALLS = {
    "insights:scorecard": Wall("see"),
    "insights:scorecard_file": Wall("export", args=lambda _brand: {"form": "csv"}, is_common=True),
    "insights:portfolio": Wall("see"),
    "insights:portfolio_file": Wall("export", args=lambda _brand: {"form": "xlsx"}, is_common=True),
    "insights:competitors": Wall("see"),
    "insights:competitors_file": Wall(
        "export", args=lambda _brand: {"form": "csv"}, is_common=True
    ),
    "insights:catalogue": Wall("see"),
    "insights:catalogue_file": Wall("export", args=lambda _brand: {"form": "csv"}, is_common=True),
    "insights:metric": Wall("see", args=one_metric, is_common=True),
    "insights:add_note": Wall(
        "comment", "POST", one_metric, data={"day": "2026-10-01", "text": "x"}, is_common=True
    ),
    "insights:drop_note": Wall("manage", "POST", one_note),
    "insights:save_view": Wall("see", "POST", data={"name": "Mine", "query": "by=area"}),
    "insights:first_view": Wall("see", "POST", one_view),
    # A shared view is its maker's to remove, and the administrator's.
    "insights:drop_view": Wall("manage", "POST", one_view),
    # An empty lake holds no row to show.
    "insights:row": Wall("see", args=one_metric, is_common=True, own=(404,)),
    "insights:metric_file": Wall("export", args=one_part, is_common=True),
    f"{V1}get_others": Wall("see"),
    f"{V1}list_portfolio": Wall("see"),
    f"{V1}list_notes": Wall("see"),
    f"{V1}add_note": Wall("comment", "POST", one_metric, is_common=True),
    f"{V1}drop_note": Wall("manage", "DELETE", one_note),
    f"{V1}list_views": Wall("see"),
    f"{V1}save_view": Wall("see", "POST"),
    f"{V1}choose_first_view": Wall("see", "PUT", one_view),
    f"{V1}forget_first_view": Wall("see", "DELETE", one_view),
    f"{V1}drop_view": Wall("manage", "DELETE", one_view),
}
