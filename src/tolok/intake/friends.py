"""Friends brought by fans (F6): whom people tag in what they write, and who says that a friend sent them.

A tag counts as a friend when it is personal: not us, not the writer, not somebody already in the
thread or whom a reply answers, not an account the brand knows, not one that many people tag.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tolok.lake import Lake, LakeView, Origin

from .labels import moment_now

SOURCE = "friends"
PUBLIC = 5  # an account that so many different people tag is a public one
_TAG = re.compile(r"(?<![\w@./])@(\w(?:[\w.-]{0,28}\w)?)", re.ASCII)
_OPENING = re.compile(r"^(?:[\s.]*@\w(?:[\w.-]{0,28}\w)?)+", re.ASCII)
_CREDIT = re.compile(r"\b(?:RT|via|by|oleh|dari)[\s:]*@\w[\w.-]*", re.ASCII | re.IGNORECASE)
_READ = (
    "interaction", "at", "author", "account", "conversation", "parent", "text", "people_tagged",
    "direction",
)  # fmt: skip

Row = Mapping[str, Any]


def find_tags(text: str, *, is_reply: bool = False) -> list[str]:
    """Return the accounts a text tags, small letters, each once, in order.

    Left out are those a reply opens with, for that is whom it answers, and those named as a source
    ("RT @…", "via @…"). E-mail addresses are no tags.
    """
    told = _OPENING.sub(" ", text) if is_reply else text
    return list(dict.fromkeys(name.lower() for name in _TAG.findall(_CREDIT.sub(" ", told))))


def count_friends(lake: Lake, brand: str) -> int:
    """Write how many friends each text from outside tags, where that is not known yet; return how many.

    Only texts without a count are written, so that what a source told stays. Whether an account is a
    public one is judged by all texts there are at that moment.
    """
    view = LakeView(lake)
    table = view.table("interactions")
    rows = table.filter((table.brand == brand) & table.text.notnull()).select(*_READ).to_pyarrow()
    fresh = rows.filter(
        pc.and_(pc.is_null(rows["people_tagged"]),
                pc.equal(pc.fill_null(rows["direction"], "in"), "in"))
    )  # fmt: skip
    if not fresh.num_rows:
        return 0
    tagging = rows.filter(pc.match_substring(rows["text"], "@")).to_pylist()
    tags = {r["interaction"]: find_tags(r["text"], is_reply=bool(r["parent"])) for r in tagging}
    known = _known_accounts(view, brand) | _public(tagging, tags)
    met = _met(rows)
    found = {r["interaction"]: _friends(r, tags[r["interaction"]], known, met) for r in tagging}
    ids = fresh["interaction"].to_pylist()
    facts = pa.table({
        "brand": pa.repeat(pa.scalar(brand), len(ids)), "interaction": fresh["interaction"],
        "at": fresh["at"], "people_tagged": pa.array([found.get(i, 0) for i in ids], pa.int64()),
        "observed_at": pa.repeat(moment_now(), len(ids)),
    })  # fmt: skip
    note = {"rows": {"interactions": len(ids)}}
    lake.write({"interactions": facts}, Origin(source=SOURCE, brand=brand, note=note))
    return len(ids)


def _handle(account: str | None) -> str:
    return (account or "").split(":", 1)[-1].lstrip("@").lower()


def _known_accounts(view: LakeView, brand: str) -> set[str]:
    """Return the handles of accounts that are no friends: ours, competitors', influencers'."""
    rows = view.table("accounts").filter(lambda t: t.brand == brand).account.to_pyarrow()
    wrote = view.table("interactions").filter(lambda t: (t.brand == brand) & t.account.notnull())
    told = [
        *rows.to_pylist(),
        *wrote.select("account").distinct().to_pyarrow()["account"].to_pylist(),
    ]
    return {_handle(name) for name in told} - {""}


def _public(rows: Iterable[Row], tags: Mapping[str, list[str]]) -> set[str]:
    taggers: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for name in tags[row["interaction"]]:
            taggers[name].add(row["author"] or row["interaction"])
    return {name for name, who in taggers.items() if len(who) >= PUBLIC}


def _met(rows: pa.Table) -> dict[str, set[str]]:
    """Return the people who write in each thread."""
    met: dict[str, set[str]] = defaultdict(set)
    kept = rows.filter(pc.is_valid(rows["conversation"])).select(["conversation", "author"])
    for thread, author in zip(*(kept[c].to_pylist() for c in kept.column_names), strict=True):
        met[thread].add(_handle(author))
    return met


def _friends(row: Row, tags: list[str], known: set[str], met: Mapping[str, set[str]]) -> int:
    there = met.get(row["conversation"] or "", set()) | {_handle(row["author"])} | known
    return sum(name not in there for name in tags)


def note_referrals(lake: Lake, brand: str) -> int:
    """Write a referral for each customer whose first order names who brought them; return how many.

    Orders carry the name of the customer or fan in `referred_by` (a code, a link, a question at the
    till). Referrals that are known already, from a list of invitations, stay as they are.
    """
    view = LakeView(lake)
    orders = view.table("orders")
    rows = orders.filter(
        (orders.brand == brand) & orders.customer.notnull() & ~orders.is_refunded.fill_null(False)
    ).order_by(["ordered_at", "order"])  # fmt: skip
    firsts: dict[str, Row] = {}
    for row in rows.to_pyarrow().to_pylist():
        firsts.setdefault(row["customer"], row)
    known = view.table("referrals").filter(lambda t: t.brand == brand).to_pyarrow().to_pylist()
    have = {r["referred"] for r in known if r["referred"]}
    told = [
        {"brand": brand, "referral": f"order:{r['order']}", "at": r["ordered_at"], "referred": who,
         "referred_by": r["referred_by"], "platform": r["platform"], "campaign": r["campaign"],
         "became_customer": True}
        for who, r in firsts.items() if r["referred_by"] and who not in have
    ]  # fmt: skip
    if told:
        facts = pa.Table.from_pylist(told)
        facts = facts.append_column("observed_at", pa.repeat(moment_now(), len(told)))
        note = {"rows": {"referrals": len(told)}}
        lake.write({"referrals": facts}, Origin(source=SOURCE, brand=brand, note=note))
    return len(told)
