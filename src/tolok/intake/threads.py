"""Threads of service messages: a log of posts and answers becomes interactions and conversations."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from tolok.base import Text, UserError
from tolok.lake import Lake, LakeView, Origin
from tolok.lake.raw import hash_file

from .covered import TABLE as COVERED
from .covered import covered_days
from .event_logs import LogRead, with_brand
from .labels import moment_now

SOURCE = "own.thread_log"
CLOCKS = "threads"
_HEARD = ("conversation", "started_at", "sentiment_first", "sentiment_last", "language", "topic")
_NEEDED = ("tweet_id", "author_id", "inbound", "created_at", "text", "in_response_to_tweet_id")
_TIME = "%a %b %d %H:%M:%S %z %Y"

Row = Mapping[str, Any]


def import_thread_log(
    lake: Lake, brand: str, path: Path, *, platform: str, account: str
) -> LogRead:
    """Take a CSV of posts and answers in the form of the customer-support corpus of Twitter.

    `account` is ours: the author name its answers bear. Threads it takes part in are read, and
    those that call it by name: what nobody answered must be there, too.
    Raises UserError for missing columns, or where the account is in no thread.
    """
    posts = _read_posts(path)
    threads = [t for t in _threads(posts) if _concerns(t, account)]
    if not threads:
        raise UserError(
            Text("{account} takes part in no thread of {file}.",
                 "{account} tidak ikut di utas mana pun dalam {file}."),
            account=account, file=path.name,
        )  # fmt: skip
    digest = hash_file(path)
    label = f"{platform}:{account}"
    told = [_interaction(p, t[0], platform=platform, label=label, ours=account)
            for t in threads for p in t]  # fmt: skip
    rows = {"interactions": len(told)}
    if any(b.brand == brand and b.note.get("account") == label
           for b in lake.catalogue.batches(file=digest)):  # fmt: skip
        return LogRead(rows, None)
    lake.raw.keep(path)
    facts = {"interactions": pa.Table.from_pylist(told)}
    covered = covered_days(facts, "UTC")
    facts = facts if covered is None else {**facts, COVERED: covered}
    note = {"rows": rows, "account": label}
    origin = Origin(source=SOURCE, file=digest, file_name=path.name, brand=brand, note=note)
    return LogRead(rows, lake.write(with_brand(facts, brand), origin))


def _read_posts(path: Path) -> dict[str, dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        lacking = [n for n in _NEEDED if n not in (reader.fieldnames or ())]
        if lacking:
            raise UserError(
                Text("{file} lacks the columns {names}.", "{file} tidak punya kolom {names}."),
                file=path.name, names=", ".join(lacking),
            )  # fmt: skip
        found = {}
        for line, row in enumerate(reader, 2):
            if row["text"] is None or not row["created_at"]:
                continue  # a line cut off at the end of the file
            at = datetime.strptime(row["created_at"], _TIME).astimezone(UTC).replace(tzinfo=None)
            found[row["tweet_id"]] = {**row, "at": at, "line": line}
        return found


def _threads(posts: Mapping[str, dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Return the posts of each thread in order of time, its root first."""
    roots: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for name, post in posts.items():
        seen, at = {name}, name
        while (parent := _id(posts[at]["in_response_to_tweet_id"])) in posts and parent not in seen:
            seen.add(parent)
            at = parent
        roots[at].append({**post, "root": at})
    return [sorted(t, key=lambda p: (p["at"], p["line"])) for t in roots.values()]


def _concerns(thread: list[dict[str, Any]], account: str) -> bool:
    called = f"@{account.lower()}"
    return any(p["author_id"] == account or called in p["text"].lower() for p in thread)


def _id(cell: str | None) -> str:
    return (cell or "").removesuffix(".0")


def _interaction(post: Row, first: Row, *, platform: str, label: str, ours: str) -> dict[str, Any]:
    is_out = post["author_id"] == ours
    parent = _id(post["in_response_to_tweet_id"])
    return {
        "interaction": f"{platform}:{post['tweet_id']}", "account": label, "platform": platform,
        "at": post["at"], "kind": "message", "direction": "out" if is_out else "in",
        "conversation": f"{platform}:{first['root']}",
        "parent": f"{platform}:{parent}" if parent else None,
        "author": post["author_id"], "text": post["text"], "row": post["line"],
        "answered_by": "person" if is_out else None,
    }  # fmt: skip


def summarise_threads(lake: Lake, brand: str) -> int:
    """Write one conversation per thread of interactions, with clocks and sentiment; return how many.

    Only threads that begin with a message from outside count. Clock minutes only: business hours
    are the team's to say. Conversations that came from elsewhere keep their clocks; only what was
    heard in them (sentiment, language, topic) is added.
    """
    rows = LakeView(lake).table("interactions").filter(
        lambda t: (t.brand == brand) & t.conversation.notnull() & t["at"].notnull()
    ).order_by(["conversation", "at", "row"]).to_pyarrow().to_pylist()  # fmt: skip
    threads: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        threads[row["conversation"]].append(row)
    told = [c for c in (_conversation(k, t) for k, t in threads.items()) if c]
    kept = _kept_by_team(lake, brand)
    ours = [c for c in told if c["conversation"] not in kept]
    theirs = [{n: c[n] for n in _HEARD} for c in told if c["conversation"] in kept]
    for source, rows in ((CLOCKS, ours), (f"{CLOCKS}.heard", theirs)):
        if rows:
            facts = pa.Table.from_pylist([{**c, "brand": brand} for c in rows])
            facts = facts.append_column("observed_at", pa.repeat(moment_now(), facts.num_rows))
            note = {"rows": {"conversations": len(rows)}}
            lake.write({"conversations": facts}, Origin(source=source, brand=brand, note=note))
    return len(told)


def _kept_by_team(lake: Lake, brand: str) -> set[str]:
    """Return the conversations whose clocks came from elsewhere, say from the team's inbox."""
    table = LakeView(lake).table("conversations")
    rows = table.filter((table.brand == brand) & (table.source != CLOCKS))
    return set(rows.conversation.to_pyarrow().to_pylist())


def _conversation(name: str, thread: list[Row]) -> dict[str, Any] | None:
    first = thread[0]
    if first["direction"] == "out":
        return None
    came = [r for r in thread if r["direction"] != "out"]
    answers = [r for r in thread if r["direction"] == "out" and r["answered_by"] != "automation"]
    robots = [r for r in thread if r["answered_by"] == "automation"]
    reply = answers[0]["at"] if answers else None
    waiting = [r["at"] for r in came if reply is None or r["at"] <= reply]
    return {
        "conversation": name, "account": first["account"], "platform": first["platform"],
        "kind": first["kind"], "started_at": first["at"], "last_unanswered_at": waiting[-1],
        "first_reply_at": reply, "automated_reply_at": robots[0]["at"] if robots else None,
        "messages_in": len(came), "messages_out": len(thread) - len(came),
        "answer_minutes": _minutes(first["at"], reply),
        "last_answer_minutes": _minutes(waiting[-1], reply),
        "author": first["author"], "post": first["post"], "campaign": first["campaign"],
        "language": first["language"], "topic": first["topic"],
        "sentiment_first": first["sentiment"], "sentiment_last": came[-1]["sentiment"],
    }  # fmt: skip


def _minutes(begin: datetime, end: datetime | None) -> float | None:
    return None if end is None else (end - begin).total_seconds() / 60
