"""Whole periods of accounts: figures a platform gives for a period and no day."""

from tolok.base import Text

from ..measured import measured
from ..table import Column, Table

TABLE = Table(
    key="account_periods",
    name=Text("Periods of accounts", "Periode akun"),
    meaning=Text(
        "One row per account and period, as the platform itself totals it; "
        "the only honest source of reach over days.",
        "Satu baris per akun dan periode menurut total platform; "
        "satu-satunya sumber jujur untuk jangkauan lintas hari.",
    ),
    columns=(
        Column(
            "account",
            "text",
            "key",
            Text(
                "the account: platform:handle or platform:id",
                "akun: platform:nama atau platform:id",
            ),
        ),
        Column("start", "date", "key", Text("first day", "hari pertama")),
        Column(
            "until", "date", "key", Text("the day after the last", "hari setelah hari terakhir")
        ),
        Column(
            "platform",
            "text",
            "attribute",
            Text("the platform the account is on", "platform tempat akun berada"),
        ),
        Column("followers", "int", "level", Text("followers at the end", "pengikut di akhir")),
        Column(
            "followers_net",
            "int",
            "flow",
            Text("new less lost followers", "pengikut baru dikurangi yang hilang"),
        ),
        *measured(
            "flow",
            "views",
            "impressions",
            "reach",
            "interactions",
            "reactions",
            "likes",
            "comments",
            "shares",
            "saves",
            "clicks",
            "link_clicks",
            "profile_visits",
            "video_views",
            "engaged_views",
            "watch_seconds",
            "posts_published",
        ),
    ),
    time="start",
)
