"""Who may call each operation of the API, and open its reference."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tolok.kpi import Kpi, write_kpis
from tolok.web.accounts.facts import workspace_of
from tolok.web.accounts.models import Brand
from tolok.web.share.models import ShareLink
from tolok.web.tests.walls import Wall


def kpi(brand: Brand) -> dict[str, Any]:
    key = f"asked-{brand.slug}"
    path = workspace_of(brand).kpi_file(brand.slug)
    write_kpis(path, [Kpi(key=key, name="Pengikut", metric="followers")])
    return {"kpi": key}


def link(brand: Brand) -> dict[str, Any]:
    row = ShareLink.objects.create(
        brand=brand, digest=f"a{ShareLink.objects.count()}", kind="kpi", thing="k", name="K",
        ends_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    return {"link": row.pk}


V1 = "api_open:v1:"
WALLS = {
    "api:reference": Wall("see"),
    "api:group": Wall("see", args=lambda _: {"group": "kpis"}, is_common=True),
    f"{V1}openapi-json": Wall("open"),
    f"{V1}api-root": Wall("hidden"),
    f"{V1}list_brands": Wall("signed_in"),
    f"{V1}list_metrics": Wall("signed_in"),
    f"{V1}get_metric": Wall("signed_in", args=lambda _: {"metric": "followers"}),
    f"{V1}list_goals": Wall("signed_in"),
    f"{V1}get_brand": Wall("see"),
    # For owners of the workspace alone; the roles of a brand do not make one.
    f"{V1}create_brand": Wall("manage", "POST", own=(403,)),
    f"{V1}get_logo": Wall("see", own=(404,)),
    f"{V1}set_logo": Wall("manage", "POST"),
    f"{V1}remove_logo": Wall("manage", "DELETE"),
    f"{V1}get_scorecard": Wall("see"),
    f"{V1}list_figures": Wall("see"),
    f"{V1}explain": Wall("see"),
    f"{V1}find_person": Wall("persons", "POST"),
    f"{V1}export_person": Wall("persons", "POST"),
    f"{V1}erase_person": Wall("persons", "POST"),
    f"{V1}list_kpis": Wall("see"),
    f"{V1}create_kpi": Wall("plan", "POST"),
    f"{V1}get_kpi": Wall("see", args=kpi),
    f"{V1}change_kpi": Wall("plan", "PUT", kpi),
    f"{V1}examine_kpi": Wall("see", "POST"),
    f"{V1}list_proposals": Wall("plan"),
    f"{V1}read_kpi": Wall("see", "POST"),
    f"{V1}list_checks": Wall("see"),
    f"{V1}list_due_checks": Wall("see"),
    f"{V1}hold_check": Wall("check", "POST", kpi),
    f"{V1}list_share_links": Wall("share"),
    f"{V1}create_share_link": Wall("share", "POST"),
    f"{V1}revoke_share_link": Wall("share", "DELETE", link),
    f"{V1}list_comments": Wall("see"),
    f"{V1}create_comment": Wall("comment", "POST"),
}
