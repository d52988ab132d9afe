"""Who may open the pages of reports."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tolok.web.accounts.models import Brand
from tolok.web.reports.models import Edition, Recipient, Report, Sending
from tolok.web.tests.walls import Wall


def report(brand: Brand) -> dict[str, Any]:
    key = f"bulanan-{Report.objects.count()}"
    return {"report": Report.objects.create(brand=brand, key=key, name="Bulanan").pk}


def reader(brand: Brand) -> dict[str, Any]:
    made = report(brand)
    row = Recipient.objects.create(report_id=made["report"], name="Bos", address="bos@kopi.test")
    return {**made, "reader": row.pk}


def sending(brand: Brand) -> dict[str, Any]:
    made = reader(brand)
    edition = Edition.objects.create(
        report_id=made["report"], period="2026-10", due_at=timezone.now()
    )
    row = Sending.objects.create(
        edition=edition, recipient_id=made["reader"], brand=brand, name="Bos", way="email"
    )
    return {"sending": row.pk}


def file(brand: Brand) -> dict[str, Any]:
    return {**report(brand), "period": "2026-10", "form": "html"}


V1 = "api_open:v1:"
WALLS = {
    "reports:list": Wall("see"),
    "reports:make": Wall("share", "POST"),
    "reports:show": Wall("see", args=report),
    "reports:take": Wall("see", args=file),
    "reports:edit": Wall("share", args=report),
    "reports:readers": Wall("share", args=report),
    "reports:reader": Wall("share", args=reader),
    "reports:history": Wall("share", args=report),
    "reports:send": Wall("share", "POST", report, {"period": "2026-10"}),
    "reports:again": Wall("share", "POST", sending),
    f"{V1}list_reports": Wall("see"),
    f"{V1}create_report": Wall("share", "POST"),
    f"{V1}get_report": Wall("see", args=report),
    f"{V1}change_report": Wall("share", "PUT", report),
    f"{V1}set_report_logo": Wall("share", "POST", report),
    f"{V1}remove_report_logo": Wall("share", "DELETE", report),
    f"{V1}delete_report": Wall("share", "DELETE", report),
    f"{V1}get_report_file": Wall("see", args=file),
    f"{V1}list_editions": Wall("share", args=report),
    f"{V1}send_report": Wall("share", "POST", report),
    f"{V1}send_copy_again": Wall("share", "POST", sending, own=(202,)),
    f"{V1}list_readers": Wall("share", args=report),
    f"{V1}add_reader": Wall("share", "POST", report),
    f"{V1}change_reader": Wall("share", "PUT", reader),
    f"{V1}drop_reader": Wall("share", "DELETE", reader),
    "reports_open:read": Wall("hidden", args=lambda _brand: {"secret": "invented"}),
}
