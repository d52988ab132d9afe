"""Days of profiles on every network: flows, and the audience as the level it is."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text

from ...connector import Export, Extract, Field
from ...source import Source
from .networks import check_rate, count_views, list_accounts, read_network

FIELDS = (
    Field("date", "day", "day", required=True, order="mdy"),
    Field("network", "text", required=True),
    Field("profile", "text", required=True),
    Field("audience", "count", "followers", required=True),
    Field("net_growth", "count", "followers_net", required=True),
    Field("gained", "count", "followers_gained"),
    Field("lost", "count", "followers_lost"),
    Field("impressions", "count", "impressions"),
    Field("video_views", "count", "video_views"),
    Field("engagements", "count", "interactions"),
    Field("rate_per_impression", "percent"),
    Field("reactions", "count", "reactions"),
    Field("comments", "count", "comments"),
    Field("shares", "count", "shares"),
    Field("saves", "count", "saves"),
    Field("link_clicks", "count", "link_clicks"),
    Field("published", "count", "posts_published"),
    Field("sent", "count", "messages_sent"),
    Field("received", "count", "messages_received"),
    Field("mentions_x", "count"),
    Field("mentions_instagram", "count"),
)


def read_profiles(source: Source) -> Extract:
    """Return one row per profile and day, each on the network it names."""
    rows: dict[str, Any] = source.filled() | read_network(source)
    check_rate(source)
    _compare_levels(source, rows["account"])
    if any(check.state == "failed" for check in source.checks):
        return source.extract({})
    rows["views"] = count_views(source, rows["platform"])
    rows["mentions"] = _count_mentions(source, rows["platform"])
    return source.extract({"account_days": rows}, more=list_accounts(source, rows))


def _count_mentions(source: Source, platform: pa.ChunkedArray) -> pa.ChunkedArray:
    """Sprout writes 0 into the columns of other networks too: each row reads its own."""
    nothing = pa.scalar(None, pa.int64())
    columns = (("x", "mentions_x"), ("instagram", "mentions_instagram"))
    return pc.coalesce(*(
        pc.if_else(pc.equal(platform, network), source.counts(name), nothing)
        for network, name in columns
    ))  # fmt: skip


def _compare_levels(source: Source, account: pa.ChunkedArray) -> None:
    """Say on how many days the audience is not the day before plus the net growth."""
    days = pa.table({
        "account": account, "day": source.days("date"), "level": source.counts("audience"),
        "net": source.counts("net_growth"),
    }).filter(pa.array(source.taken)).drop_null().sort_by(
        [("account", "ascending"), ("day", "ascending")])  # fmt: skip
    before, after = days.slice(0, max(days.num_rows - 1, 0)), days.slice(1)
    follows = pc.and_(
        pc.equal(before["account"], after["account"]),
        pc.equal(pc.subtract(after["day"].cast(pa.int32()), before["day"].cast(pa.int32())), 1),
    )
    apart = pc.and_(follows, pc.not_equal(pc.add(before["level"], after["net"]), after["level"]))
    if pc.any(apart).as_py():
        counted = after.filter(apart).group_by("account").aggregate([("day", "count")])
        said = sorted(zip(*(counted[n].to_pylist() for n in ("account", "day_count")), strict=True))
        source.check("level", "noted", Text(
            "On {count:,} of {days:,} days the audience is not the day before plus the net growth "
            "({accounts}): some networks round it or count late. The level is shown as it is, never "
            "added up.",
            "Pada {count:,} dari {days:,} hari, jumlah pengikut bukan hari sebelumnya ditambah "
            "pertumbuhan bersih ({accounts}): sebagian jaringan membulatkan atau terlambat menghitung. "
            "Angkanya ditampilkan apa adanya, tidak dijumlahkan."),
            count=pc.sum(apart).as_py(), days=pc.sum(follows).as_py(),
            accounts=_listed(said))  # fmt: skip


def _listed(counts: list[tuple[str, int]]) -> Text:
    each = [
        Text("{name} {count:,}", "{name} {count:,}").filled(name=name, count=n)
        for name, n in counts
    ]
    return Text(", ".join(t.en for t in each), ", ".join(t.id for t in each))


PROFILES = Export(
    key="sprout.profiles",
    name=Text("Sprout Social profiles", "Profil Sprout Social"),
    platform=None,
    fields=FIELDS,
    read=read_profiles,
    where=Text("Sprout › Reports › Profile Performance › Export CSV",
               "Sprout › Reports › Profile Performance › Export CSV"),
    how_fresh=Text("Networks may still correct figures for some days.",
                   "Jaringan masih bisa mengoreksi angka beberapa hari."),
    numbers_like="en",
)  # fmt: skip
