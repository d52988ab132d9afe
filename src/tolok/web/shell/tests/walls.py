"""Who may open the pages of the frame."""

from __future__ import annotations

from typing import Any

from tolok.web.accounts.models import Brand
from tolok.web.jobs.models import Job
from tolok.web.tests.walls import Wall


def job(brand: Brand) -> dict[str, Any]:
    return {"job": Job.objects.create(kind="nothing", brand_id=brand.pk).pk}


WALLS = {
    "shell:start": Wall("signed_in"),
    "shell:healthz": Wall("open"),
    "shell:robots": Wall("open"),
    "shell:language": Wall("open", "POST"),
    "shell:theme": Wall("open", "POST"),
    "shell:home": Wall("see"),
    "shell:commands": Wall("see"),
    "shell:job": Wall("see", args=job),
    # A viewer sees a job of the brand but may not stop somebody else's.
    "shell:stop_job": Wall("bring", "POST", job),
}
