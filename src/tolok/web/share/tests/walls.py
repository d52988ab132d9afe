"""Who may open the pages of sharing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tolok.kpi import Kpi, write_kpis
from tolok.web.accounts.facts import workspace_of
from tolok.web.accounts.models import Brand
from tolok.web.share.models import Channel, Comment, ShareLink
from tolok.web.tests.walls import Wall


def link(brand: Brand) -> dict[str, Any]:
    row = ShareLink.objects.create(
        brand=brand, digest=f"d{ShareLink.objects.count()}", kind="kpi", thing="k", name="K",
        ends_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    return {"link": row.pk}


def channel(brand: Brand) -> dict[str, Any]:
    return {"channel": Channel.objects.create(brand=brand, kind="email", address="a@b.co").pk}


def comment(brand: Brand) -> dict[str, Any]:
    row = Comment.objects.create(brand=brand, kind="kpi", thing="k", name="N", text="T")
    return {"comment": row.pk}


def thing(brand: Brand) -> dict[str, str]:
    key = f"shown-{brand.slug}"
    path = workspace_of(brand).kpi_file(brand.slug)
    write_kpis(path, [Kpi(key=key, name="Pengikut", metric="followers")])
    return {"kind": "kpi", "thing": key}


V1 = "api_open:v1:"
WALLS = {
    "share:links": Wall("share"),
    "share:revoke": Wall("share", "POST", link),
    "share:comments": Wall("comment", args=thing),
    # A stranger to the comment (not its author, no administrator) finds nothing to remove.
    "share:remove_comment": Wall("comment", "POST", comment, own=(302, 404)),
    "share:notices": Wall("manage"),
    "share:channel": Wall("manage", "POST", channel),
    f"{V1}delete_comment": Wall("comment", "DELETE", comment, own=(204, 404)),
    f"{V1}list_channels": Wall("manage"),
    f"{V1}create_channel": Wall("manage", "POST"),
    f"{V1}test_channel": Wall("manage", "POST", channel, own=(202,)),
    f"{V1}delete_channel": Wall("manage", "DELETE", channel),
    "share_open:page": Wall("hidden", args=lambda _brand: {"secret": "invented"}),
}
