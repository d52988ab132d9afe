"""The exports of Twitter's old analytics (up to 2023): per tweet, and per day."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text

from ...connector import Export, Extract, Field
from ...named import named_period
from ...source import Source
from .links import account_keys, account_rows, read_handles, read_ids

_RATE = r"^\d+(\.\d+)?([eE]-?\d{1,3})?$"
_SHARED = (
    Field("impressions", "count", "impressions", required=True),
    Field("engagements", "count", "interactions", required=True),
    Field("engagement_rate", "text", required=True),  # small ones stand as 7.87E-4
    Field("retweets", "count", "shares", required=True),
    Field("replies", "count", "comments"),
    Field("likes", "count", "likes"),
    Field("profile_clicks", "count", "profile_visits"),
    Field("url_clicks", "count", "link_clicks"),
    Field("hashtag_clicks", "count"),
    Field("detail_expands", "count"),
    Field("permalink_clicks", "count"),
    Field("app_opens", "count"),
    Field("app_installs", "count"),
    Field("email_tweet", "count"),
    Field("dial_phone", "count"),
    Field("media_views", "count"),
    Field("media_engagements", "count"),
    Field("promoted_impressions", "count"),
)
TWEET_FIELDS = (
    Field("post_id", "id", required=True),
    Field("link", "text", "permalink"),
    Field("text", "text", "caption"),
    Field("time", "moment", "published_at", required=True),
    Field("follows", "count", "follows"),
    *_SHARED,
)
# A day's `follows` are those won straight from a tweet (9 in a whole year), not the account's gain.
DAY_FIELDS = (
    Field("date", "day", "day", required=True),
    Field("posts", "count", "posts_published", required=True),
    Field("follows", "count"),
    *_SHARED,
)


def read_tweets(source: Source) -> Extract:
    """Return posts with their figures so far; moments carry their offset."""
    _check(source)
    handles = read_handles(source)
    account = account_keys(source, handles)
    posts = source.filled() | {
        "post": source.posts("x", read_ids(source)),
        "account": account,
        "platform": "x",
        "published_precision": "minute",
        "engagement_rate_stated": _rates(source),
    }
    return source.extract(
        {"posts": posts}, more={"accounts": account_rows(account, handles)},
        covers=named_period(source, includes_last=False),
    )  # fmt: skip


def read_days(source: Source) -> Extract:
    """Return what each day brought over all tweets, older ones too."""
    _check(source)
    days = source.filled() | {"account": source.account("x"), "platform": "x"}
    return source.extract({"account_days": days})


def _rates(source: Source) -> pa.ChunkedArray:
    """Return the file's own engagement rates; null where a cell is no number."""
    cells = source.text("engagement_rate")
    plain = pc.match_substring_regex(cells, _RATE)
    return pc.if_else(plain, cells, pa.scalar(None, pa.string())).cast(pa.float64())


def _check(source: Source) -> None:
    source.check_ratio(
        "engagement_rate", _rates(source), source.counts("engagements"),
        source.counts("impressions"),
    )  # fmt: skip
    if (pc.max(source.counts("promoted_impressions")).as_py() or 0) > 0:
        source.note(Text(
            "Promoted figures stand in columns of their own and were left out.",
            "Angka promosi ada di kolom tersendiri dan tidak diambil."))  # fmt: skip


_WHERE = Text(
    "analytics.twitter.com › Tweets › Export data (no longer offered; for files kept from then)",
    "analytics.twitter.com › Tweet › Ekspor data (sudah ditutup; untuk berkas lama)",
)

TWEETS = Export(
    key="x.old_tweets",
    name=Text("X posts, layout up to 2023", "Unggahan X, tata letak sampai 2023"),
    platform="x",
    fields=TWEET_FIELDS,
    read=read_tweets,
    where=_WHERE,
    how_fresh=Text("Totals up to the moment of the export.", "Total sampai saat ekspor dibuat."),
)

DAYS = Export(
    key="x.old_days",
    name=Text("X days, layout up to 2023", "Harian X, tata letak sampai 2023"),
    platform="x",
    fields=DAY_FIELDS,
    read=read_days,
    where=_WHERE,
    how_fresh=Text("Days as X counted them, in UTC.", "Hari menurut hitungan X, dalam UTC."),
)
