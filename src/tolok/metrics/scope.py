"""What a question is about: whose accounts, on which platforms, narrowed to what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ibis.expr import types as ir

from tolok.base import Text, UserError
from tolok.lake import LakeView


@dataclass(frozen=True)
class Scope:
    """The facts a question is about.

    `brand` None means every brand of the workspace. `relation` is own, competitor, influencer or
    other: figures of the brand never mix with those of accounts it only watches. `filters`
    narrows any text dimension of the table to some values.
    """

    brand: str | None = None
    platforms: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    relation: str = "own"
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def narrow(self, table: ir.Table, view: LakeView) -> ir.Table:
        """Return the rows of the table that the scope is about."""
        columns = set(table.columns)
        if self.brand is not None:
            table = table.filter(table.brand == self.brand)
        if self.platforms and "platform" in columns:
            table = table.filter(table.platform.isin(list(self.platforms)))
        if "account" in columns:
            table = self._narrow_accounts(table, view)
        for name, values in self.filters.items():
            if name not in columns:
                raise UserError(
                    Text(
                        "These figures cannot be narrowed by {name}.",
                        "Angka ini tidak dapat disaring menurut {name}.",
                    ),
                    Text(
                        "Leave it out, or choose among {known}.",
                        "Hilangkan, atau pilih dari {known}.",
                    ),
                    name=name,
                    known=", ".join(sorted(columns)),
                )
            table = table.filter(table[name].isin(list(values)))
        return table

    def _narrow_accounts(self, table: ir.Table, view: LakeView) -> ir.Table:
        if self.accounts:
            return table.filter(table.account.isin(list(self.accounts)))
        if view.is_empty("accounts"):
            return table if self.relation == "own" else table.filter(table.account.isnull())
        known = accounts_by_relation(view)
        if self.relation == "own":
            # An account nobody declared is the brand's own: it came in a file of the brand.
            others = [a for r, accounts in known.items() if r != "own" for a in accounts]
            keep = table.account.isnull() | table.account.notin(others)
            return table.filter(keep) if others else table
        return table.filter(table.account.isin(sorted(known.get(self.relation, ()))))


def accounts_by_relation(view: LakeView) -> Mapping[str, tuple[str, ...]]:
    """Return the declared accounts by their relation to the brand."""
    rows = view.table("accounts").select("account", "relation").to_pyarrow().to_pylist()
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["relation"] or "own", []).append(row["account"])
    return {relation: tuple(sorted(accounts)) for relation, accounts in found.items()}
