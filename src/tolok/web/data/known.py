"""What is known without asking: the brand's accounts, and where each platform hides its exports."""

from __future__ import annotations

from collections.abc import Mapping

from tolok.base import Text
from tolok.connectors import load_connectors, platform_facts
from tolok.lake import LakeView, load_tables, values
from tolok.web.accounts.facts import engine_of, remember
from tolok.web.accounts.models import Brand


def accounts_of(brand: Brand) -> list[str]:
    """Return the accounts the brand's facts speak of, sorted."""
    engine = engine_of(brand)
    return remember(brand, ("accounts",), lambda: _read_accounts(engine.view, brand))


def _read_accounts(view: LakeView, brand: Brand) -> list[str]:
    found: set[str] = set()
    for key in ("accounts", "account_days", "posts"):
        if not view.is_empty(key):
            rows = view.table(key)
            mine = rows.filter(rows.brand == brand.slug).select("account").distinct()
            found |= set(mine.to_pyarrow()["account"].to_pylist())
    return sorted(a for a in found if a)


def account_choices(brand: Brand) -> list[tuple[str, str]]:
    """Return the known accounts with the names people read."""
    return [(account, name_account(account)) for account in accounts_of(brand)]


def name_account(account: str) -> str:
    """Return an account as people say it: "kopiserambi · Instagram"."""
    return values.name_account(account, platform_facts())


def export_places() -> list[tuple[Text, list[tuple[Text, Text]]]]:
    """Return per platform the exports Tolok reads and where a person finds each."""
    return [
        (connector.name, [(e.name, e.where) for e in connector.exports if e.where is not None])
        for connector in load_connectors().values()
        if any(e.where for e in connector.exports)
    ]


def table_names() -> Mapping[str, Text]:
    """Return the names of the fact tables by their keys."""
    return {key: table.name for key, table in load_tables().items()}
