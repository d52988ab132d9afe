"""Who may open the pages of planning."""

from __future__ import annotations

from datetime import date

from tolok.kpi import Kpi, Target, write_kpis
from tolok.kpi.activity import Activity, record_activities
from tolok.web.accounts.facts import lake_of, workspace_of
from tolok.web.accounts.models import Brand
from tolok.web.tests.walls import Wall


def kpi(brand: Brand) -> dict[str, str]:
    key = f"followers-{brand.slug}"
    promise = Kpi(
        key=key, name="Pengikut", metric="followers", target=Target("ratio", 0.2), owner="Bob",
        start=date(2026, 1, 1), due=date(2026, 12, 31), rhythm="month",
    )  # fmt: skip
    write_kpis(workspace_of(brand).kpi_file(brand.slug), [promise])
    return {"key": key}


def activity(brand: Brand) -> dict[str, str]:
    key = f"giveaway-{brand.slug}"
    days = (date(2026, 3, 2), date(2026, 3, 30))
    one = Activity(key, "Giveaway", "followers", *days, expected=0.2)
    record_activities(lake_of(brand), brand.slug, [one])
    return {"activity": key}


def role(_brand: Brand) -> dict[str, str]:
    return {"role": "day"}


def wish(_brand: Brand) -> dict[str, str]:
    return {"wish": "worked-example"}


V1 = "api_open:v1:"
WALLS = {
    "plan:portfolio": Wall("see"),
    "plan:findings": Wall("see"),
    "plan:file": Wall("export"),
    "plan:old_today": Wall("see", own=(301,)),
    "plan:old_role": Wall("see", args=role, own=(301,), is_common=True),
    "plan:new": Wall("plan"),
    "plan:proposals": Wall("plan", args=wish, is_common=True),
    "plan:make": Wall("plan"),
    "plan:smart": Wall("plan", "POST"),
    "plan:kpi": Wall("see", args=kpi),
    "plan:edit": Wall("plan", args=kpi),
    "plan:check": Wall("check", args=kpi),
    "plan:checks": Wall("see"),
    "plan:feed": Wall("see", "POST"),
    "plan:review": Wall("see"),
    "plan:decide": Wall("plan", "POST", kpi),
    "plan:activities": Wall("see"),
    "plan:score": Wall("work", "POST", activity),
    "plan:lesson": Wall("work", "POST", activity),
    "plan:claims": Wall("see"),
    "plan:claim": Wall("work"),
    "plan:score_claims": Wall("work", "POST"),
    "plan:learning": Wall("see"),
    "plan:learned": Wall("work", "POST", own=(404,)),
    "plan:as_of": Wall("see"),
    f"{V1}list_claims": Wall("see"),
    f"{V1}create_claim": Wall("work", "POST"),
    f"{V1}score_claims": Wall("work", "POST"),
    f"{V1}list_activities": Wall("see"),
    f"{V1}create_activity": Wall("work", "POST"),
    f"{V1}score_activity": Wall("work", "POST", activity),
    f"{V1}keep_lesson": Wall("work", "PUT", activity),
    f"{V1}list_review": Wall("see"),
    f"{V1}review_kpi": Wall("plan", "POST", lambda brand: {"kpi": kpi(brand)["key"]}),
    f"{V1}list_learning": Wall("see"),
    f"{V1}create_learning": Wall("work", "POST"),
    f"{V1}finish_training": Wall("work", "POST"),
    f"{V1}list_kpis_as_of": Wall("see"),
    f"{V1}list_findings": Wall("see"),
    f"{V1}get_kpi_file": Wall("export"),
    f"{V1}open_calendar_feed": Wall("see", "POST", own=(201,)),
    f"{V1}close_calendar_feed": Wall("see", "DELETE"),
    "plan_open:ics": Wall("hidden", args=lambda _brand: {"secret": "invented"}),
}
