"""Days of posts: what happened to each post on each day."""

from tolok.base import Text

from ..measured import measured
from ..table import Column, Table

TABLE = Table(
    key="post_days",
    name=Text("Days of posts", "Hari unggahan"),
    meaning=Text(
        "One row per post and day: what was added that day.",
        "Satu baris per unggahan dan hari: yang bertambah hari itu.",
    ),
    columns=(
        Column("post", "text", "key", Text("the post: platform:id", "unggahan: platform:id")),
        Column(
            "day",
            "date",
            "key",
            Text(
                "the day, in the platform's or brand's zone",
                "hari, menurut zona platform atau merek",
            ),
        ),
        Column(
            "account",
            "text",
            "attribute",
            Text("the account that published it", "akun yang menerbitkan"),
        ),
        Column(
            "platform",
            "text",
            "attribute",
            Text("the platform the account is on", "platform tempat akun berada"),
        ),
        *measured(
            "flow",
            "follows",
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
        ),
    ),
    time="day",
)
