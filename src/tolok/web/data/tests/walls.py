"""Who may open the pages of data."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pyarrow as pa

from tolok.lake import Origin
from tolok.web.accounts.facts import lake_of
from tolok.web.accounts.models import Brand
from tolok.web.data.models import Drop
from tolok.web.jobs.models import Job
from tolok.web.tests.walls import Wall


def drop(brand: Brand) -> dict[str, Any]:
    row = Drop.objects.create(brand=brand, state=Drop.State.JUDGED)
    return {"drop": row.pk}


def one_import(brand: Brand) -> dict[str, Any]:
    """Bring one day of one account in from a file, and return how its addresses name it."""
    lake = lake_of(brand)
    folder = lake.folder / "made"
    folder.mkdir(exist_ok=True)
    path = (
        folder / f"{brand.slug}-serambi_followers_1793494800000.csv"
    )  # as long as a platform names it
    path.write_text(f"day,followers\n2026-10-01,100\n{brand.slug}\n")
    digest = lake.raw.keep(path)
    known = [b for b in lake.catalogue.batches() if b.file == digest]
    if not known:
        facts = {"account_days": pa.table({
            "brand": [brand.slug], "account": ["instagram:kopi"], "day": [date(2026, 10, 1)],
            "platform": ["instagram"], "followers": [100],
            "observed_at": pa.array([datetime(2026, 10, 2)], pa.timestamp("us")),
        })}  # fmt: skip
        note = {"rows": {"account_days": 1}, "accounts": ["instagram:kopi"], "set_aside": 0}
        lake.write(facts, Origin("meta.account_days", digest, path.name, brand.slug, note))
    batch = next(b for b in lake.catalogue.batches() if b.file == digest)
    return {"seq": batch.seq, "digest": digest}


def seq(brand: Brand) -> dict[str, Any]:
    return {"seq": one_import(brand)["seq"]}


def digest(brand: Brand) -> dict[str, Any]:
    return {"digest": one_import(brand)["digest"]}


def number(brand: Brand) -> dict[str, Any]:
    return {"number": one_import(brand)["seq"]}


def import_(brand: Brand) -> dict[str, Any]:
    """Make an import that waits, without a file."""
    row = Drop.objects.create(brand=brand, state=Drop.State.JUDGED)
    job = Job.objects.create(kind="api.import", brand_id=brand.pk, payload={"drop": str(row.pk)})
    return {"number": job.pk}


V1 = "api_open:v1:"


def record(brand: Brand) -> dict[str, Any]:
    """Note one cost of the brand."""
    facts = pa.table({
        "brand": [brand.slug], "cost": [f"cost of {brand.slug}"], "day": [date(2026, 10, 1)],
        "observed_at": pa.array([datetime(2026, 10, 2)], pa.timestamp("us")),
    })  # fmt: skip
    lake_of(brand).write({"costs": facts}, Origin("own.records", brand=brand.slug))
    return {"kind": "costs", "key": f"cost of {brand.slug}"}


WALLS = {
    "data:connected": Wall("see"),
    "data:months": Wall("see"),
    "data:bring": Wall("bring"),
    "data:drop": Wall("bring", args=drop),
    "data:answer": Wall("bring", "POST", drop),
    "data:take": Wall("bring", "POST", drop),
    "data:forget": Wall("bring", "POST", drop),
    # A drop without files has no table to map.
    "data:mapping": Wall("bring", args=drop, own=(404,)),
    "data:imports": Wall("see"),
    "data:undo": Wall("bring", "POST", seq),
    "data:file": Wall("see", args=digest),
    "data:raw": Wall("export", args=digest),
    "data:own": Wall("bring"),
    "data:records": Wall("bring"),
    "data:record_list": Wall("bring", args=lambda _: {"kind": "slots"}, is_common=True),
    "data:new_record": Wall("bring", args=lambda _: {"kind": "costs"}, is_common=True),
    "data:template": Wall("bring", args=lambda _: {"kind": "costs"}, is_common=True),
    "data:record": Wall("bring", args=record),
    "data:person": Wall("persons"),
    f"{V1}list_record_kinds": Wall("bring"),
    f"{V1}list_records": Wall("bring", args=lambda _: {"kind": "slots"}, is_common=True),
    f"{V1}create_record": Wall("bring", "POST", lambda _: {"kind": "costs"}, is_common=True),
    f"{V1}get_record_template": Wall("bring", args=lambda _: {"kind": "costs"}, is_common=True),
    f"{V1}change_record": Wall("bring", "PUT", record),
    f"{V1}delete_record": Wall("bring", "DELETE", record),
    f"{V1}create_import": Wall("bring", "POST"),
    f"{V1}get_import": Wall("see", args=import_),
    f"{V1}answer_import": Wall("bring", "PUT", import_),
    f"{V1}take_import": Wall("bring", "POST", import_, own=(409,)),
    f"{V1}stop_import": Wall("bring", "POST", import_),
    f"{V1}forget_import": Wall("bring", "DELETE", import_),
    f"{V1}get_import_columns": Wall("bring", args=import_, own=(404,)),
    f"{V1}try_import_columns": Wall("bring", "POST", import_),
    f"{V1}name_import_columns": Wall("bring", "PUT", import_),
    f"{V1}list_accounts": Wall("see"),
    f"{V1}list_coverage": Wall("see"),
    f"{V1}list_files": Wall("see"),
    f"{V1}undo_import": Wall("bring", "DELETE", number),
    f"{V1}get_raw_file": Wall("export", args=number),
    f"{V1}put_own_numbers": Wall("bring", "PUT"),
    # Only on a machine of one's own; elsewhere it does not exist.
    "data:sample": Wall("bring", own=(404,)),
}
