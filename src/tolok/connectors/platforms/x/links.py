"""What the address of a post tells: whose it is, and its id as X wrote it."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from ...source import Source

_POST = r"(?i)(?:x|twitter)\.com/(?P<handle>[A-Za-z0-9_]+)(?:/web)?/status(?:es)?/(?P<id>\d+)"
_NOBODY = pa.array(["i", "anyuser"])  # addresses that leave the author out


def read_ids(source: Source) -> pa.ChunkedArray:
    """Return the ids of posts, from the address where there is one.

    A spreadsheet rounds long numbers and leaves addresses alone.
    """
    return pc.coalesce(_parts(source, "id"), source.ids("post_id"))


def read_handles(source: Source) -> pa.ChunkedArray:
    """Return the handle in each address; null where it names nobody."""
    handle = _parts(source, "handle")
    nobody = pc.is_in(pc.utf8_lower(handle), value_set=_NOBODY)
    return pc.if_else(nobody, pa.scalar(None, pa.string()), handle)


def account_keys(source: Source, handles: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return account keys of the rows: the address says them, else the person is asked."""
    keys = source.accounts("x", handles)
    if keys.null_count == 0:
        return keys
    told = source.account("x")
    return pc.coalesce(keys, pa.scalar(told, pa.string()))


def account_rows(keys: pa.ChunkedArray, handles: pa.ChunkedArray) -> pa.Table:
    """Return one row per account that an address names."""
    table = pa.table({"account": keys, "handle": handles}).filter(pc.is_valid(handles))
    found = table.group_by("account").aggregate([("handle", "min")]).sort_by("account")
    return pa.table({
        "account": found["account"],
        "platform": pa.array(["x"] * found.num_rows, pa.string()),
        "handle": found["handle_min"],
    })  # fmt: skip


def _parts(source: Source, name: str) -> pa.ChunkedArray:
    found = pc.extract_regex(source.text("link"), pattern=_POST)
    return pc.struct_field(found, name)
