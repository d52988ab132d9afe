"""Who may open the pages on which the roles begin."""

from __future__ import annotations

from tolok.web.accounts.models import Brand
from tolok.web.tests.walls import Wall


def role(_brand: Brand) -> dict[str, str]:
    return {"role": "day"}


WALLS = {
    "today:today": Wall("see"),
    "today:role": Wall("see", args=role, is_common=True),
}
