"""What a question is about: whose accounts, on which platforms, narrowed to what."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ibis.expr import types as ir

from tolok.base import Text, UserError
from tolok.lake import LakeView

from .asked import Kept


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

    def shape(self, view: LakeView) -> Hashable:
        """Return all that decides how rows are narrowed, but the name of the brand."""
        known: Hashable = None
        if not self.accounts and not view.is_empty("accounts"):
            known = tuple(sorted(accounts_by_relation(view).items()))
        filters = tuple((n, tuple(v)) for n, v in self.filters.items())
        empty = view.is_empty("accounts")
        return (
            self.brand is None,
            self.platforms,
            self.accounts,
            self.relation,
            filters,
            known,
            empty,
        )

    def admits(self, row: Mapping[str, Any], view: LakeView) -> bool:
        """Whether rows of this brand, platform and account are in the scope.

        Filters on anything the row does not tell are left aside.
        """
        if self.brand is not None and row["brand"] != self.brand:  # of hundreds most end here
            return False
        if any(n in row and row[n] not in values for n, values in self.filters.items()):
            return False
        if self.platforms and row.get("platform") not in self.platforms:
            return False
        account = row.get("account")
        if self.accounts:
            return account in self.accounts
        if view.is_empty("accounts"):
            return self.relation == "own" or account is None
        known = accounts_by_relation(view)
        if self.relation == "own":
            return not any(account in a for r, a in known.items() if r != "own")
        return account in known.get(self.relation, ())

    def narrow(self, table: ir.Table, view: LakeView, *, brand: Any = None) -> ir.Table:
        """Return the rows of the table that the scope is about.

        `brand` is an expression that stands in for the scope's brand.
        """
        conditions = self.conditions(table, view, brand=brand)
        return table.filter(*conditions) if conditions else table

    def conditions(self, table: ir.Table, view: LakeView, *, brand: Any = None) -> list[Any]:
        """Return the conditions rows of the table meet when the scope is about them."""
        found = []
        if self.brand is not None:
            found.append(table.brand == (self.brand if brand is None else brand))
        if self.platforms and "platform" in table.columns:
            found.append(table.platform.isin(list(self.platforms)))
        if "account" in table.columns:
            found += self._of_accounts(table, view)
        return found + self._of_filters(table)

    def filter_only(self, table: ir.Table) -> ir.Table:
        """Return the rows that pass the filters, whoever they belong to."""
        conditions = self._of_filters(table)
        return table.filter(*conditions) if conditions else table

    def _of_filters(self, table: ir.Table) -> list[Any]:
        columns = set(table.columns)
        found = []
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
            found.append(table[name].isin(list(values)))
        return found

    def _of_accounts(self, table: ir.Table, view: LakeView) -> list[Any]:
        if self.accounts:
            return [table.account.isin(list(self.accounts))]
        if view.is_empty("accounts"):
            return [] if self.relation == "own" else [table.account.isnull()]
        known = accounts_by_relation(view)
        if self.relation == "own":
            # An account nobody declared is the brand's own: it came in a file of the brand.
            others = [a for r, accounts in known.items() if r != "own" for a in accounts]
            keep = table.account.isnull() | table.account.notin(others)
            return [keep] if others else []
        return [table.account.isin(sorted(known.get(self.relation, ())))]


_ACCOUNTS = Kept(200)


def accounts_by_relation(view: LakeView) -> Mapping[str, tuple[str, ...]]:
    """Return the declared accounts by their relation to the brand."""
    return _ACCOUNTS.get(view.version("accounts"), lambda: _read_accounts(view))


def _read_accounts(view: LakeView) -> Mapping[str, tuple[str, ...]]:
    sql = f"SELECT account, relation FROM ({view.scan('accounts')}) AS t"  # noqa: S608
    rows = view.run(sql).to_pylist()
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["relation"] or "own", []).append(row["account"])
    return {relation: tuple(sorted(accounts)) for relation, accounts in found.items()}
