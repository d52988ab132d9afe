"""How posts spread and hold: by followers, by views, in the first day, by the second watched."""

from typing import Any

import ibis

from tolok.base import COUNT, RATIO, SECONDS, TIMES, Text

from ..forms import amount, joined, middle_of, ratio
from ..metric import Metric
from ..part import count_rows, period_days, total, total_of

TABLE = "posts"
DIMENSIONS = ("brand", "platform", "account", "kind", "campaign", "pillar", "weekday", "hour")
COLUMNS = ("reactions", "likes", "comments", "shares", "saves")


def engagements(t: Any) -> Any:
    """Return public interactions: reactions (or likes), comments, shares, saves."""
    rest = t.comments.fill_null(0) + t.shares.fill_null(0) + t.saves.fill_null(0)
    return ibis.coalesce(t.reactions, t.likes) + rest


def public(t: Any) -> Any:
    """Return interactions everybody can see, as most publishers count them: saves left out."""
    return ibis.coalesce(t.reactions, t.likes) + t.comments.fill_null(0) + t.shares.fill_null(0)


def _median(key: str, base: str, en: str, id_: str, *, serves: tuple[str, ...],
            benchmark: str) -> Metric:  # fmt: skip
    return middle_of(
        key, Text(f"Engagement rate of the middle post, by {en}",
                  f"Tingkat interaksi unggahan tengah, per {id_}"),
        Text(f"Half of the posts have a higher engagement rate by {en}, half a lower one.",
             f"Separuh unggahan punya tingkat interaksi per {id_} lebih tinggi, separuh lebih rendah."),
        formula=Text(f"median over posts of engagements / {en}",
                     f"median antar unggahan dari interaksi / {id_}"),
        table=TABLE, row=lambda t: engagements(t) / t[base].nullif(0), columns=(*COLUMNS, base),
        unit=RATIO, direction="up", basis="published", serves=serves, stage="consideration",
        dimensions=DIMENSIONS, min_base=5, benchmark=benchmark, references=("Rival IQ 2025", "Buffer 2025"),
        rows=({"likes": 10, base: 100}, {"likes": 10, base: 1000}, {"likes": 9, base: 300}), value=0.03,
    )  # fmt: skip


MEDIANS = (
    _median("median_post_engagement_rate_by_followers", "followers_then",
            "followers when published", "pengikut saat terbit", serves=("F1", "K8.2"),
            benchmark="median_post_er_all_by_followers"),
    _median("median_post_engagement_rate_by_views", "views", "views", "tayangan", serves=("K8.2",),
            benchmark="median_post_er_all_by_views"),
    _median("median_post_engagement_rate_by_impressions", "impressions", "impressions", "impresi",
            serves=("K8.2", "F1"), benchmark="median_post_er_by_impressions"),
    middle_of("median_post_reach_rate", Text("Audience a post reaches", "Audiens yang dijangkau unggahan"),
              Text("Middle of reach per follower at publication: the part of the audience a post "
                   "reaches. Over one when it goes beyond the followers.",
                   "Nilai tengah jangkauan per pengikut saat terbit: bagian audiens yang dijangkau. Di "
                   "atas satu bila melampaui pengikut."),
              formula=Text("median over posts of reach / followers when published",
                           "median antar unggahan dari jangkauan / pengikut saat terbit"),
              table=TABLE, row=lambda t: t.reach / t.followers_then.nullif(0),
              columns=("reach", "followers_then"), unit=RATIO, direction="up", basis="published",
              serves=("F5", "K2.1"), stage="awareness", dimensions=DIMENSIONS, min_base=5,
              benchmark="median_post_reach_rate", references=("Socialinsider: reach rate",),
              rows=({"reach": 10, "followers_then": 100}, {"reach": 90, "followers_then": 300},
                    {"reach": 100, "followers_then": 200}), value=0.3),
    middle_of("median_post_views", Text("Views of the middle post", "Tayangan unggahan tengah"),
              Text("Half of the posts have more views, half fewer.",
                   "Separuh unggahan punya tayangan lebih banyak, separuh lebih sedikit."),
              table=TABLE, row=lambda t: t.views, columns=("views",), unit=COUNT, direction="up",
              basis="published", serves=("K2.1", "F5"), stage="awareness", dimensions=DIMENSIONS,
              min_base=5, is_vanity=True, outcome="engagement_rate_by_views",
              benchmark="median_post_views", rows=({"views": 5}, {"views": 90}, {"views": 7}), value=7),
)  # fmt: skip

_PUBLISHED = ({"likes": 10, "comments": 2, "saves": 70, "followers_then": 1000},
              {"likes": 30, "shares": 5, "followers_then": 1000},
              {"likes": 5, "followers_then": 1000})  # fmt: skip
AS_PUBLISHED = (
    middle_of("median_post_public_engagement_rate",
              Text("Public engagement rate of the middle post", "Tingkat interaksi publik unggahan tengah"),
              Text("Median over posts of reactions, comments and shares per follower at publication, "
                   "saves left out: the definition of Rival IQ's industry report, so that ours may be "
                   "laid beside it.",
                   "Median antar unggahan dari reaksi, komentar, dan dibagikan per pengikut saat terbit, "
                   "tanpa simpan: definisi laporan industri Rival IQ, sehingga boleh dibandingkan."),
              formula=Text("median over posts of (reactions + comments + shares) / followers when published",
                           "median antar unggahan dari (reaksi + komentar + dibagikan) / pengikut saat terbit"),
              table=TABLE, row=lambda t: public(t) / t.followers_then.nullif(0),
              columns=("reactions", "likes", "comments", "shares", "followers_then"), unit=RATIO,
              direction="up", basis="published", serves=("K8.3", "F1"), stage="consideration",
              dimensions=DIMENSIONS, min_base=5, benchmark="median_post_er_public_by_followers",
              references=("Rival IQ 2025 Social Media Industry Benchmark Report",), rows=_PUBLISHED,
              value=0.012),
    ratio("mean_post_public_engagement_rate",
          Text("Mean public engagement rate of posts", "Rata-rata tingkat interaksi publik unggahan"),
          Text("Mean over posts of reactions, comments and shares per follower, saves left out, as "
               "Socialinsider counts.",
               "Rata-rata antar unggahan dari reaksi, komentar, dan dibagikan per pengikut, tanpa simpan, "
               "seperti hitungan Socialinsider."),
          Text("mean over posts of (reactions + comments + shares) / followers",
               "rata-rata antar unggahan: (reaksi + komentar + dibagikan) / pengikut"),
          table=TABLE, base=count_rows(), kind="average", basis="published", serves=("K8.3",),
          top=total_of(lambda t: public(t) / t.followers_then.nullif(0), "reactions", "likes",
                       "comments", "shares", "followers_then", is_gross=True),
          stage="consideration", dimensions=DIMENSIONS, min_base=5, references=("Socialinsider 2026",),
          benchmark="mean_post_er_public_by_followers", rows=_PUBLISHED, value=0.052 / 3),
    ratio("mean_post_likes_comments_rate",
          Text("Mean rate of likes and comments", "Rata-rata tingkat suka dan komentar"),
          Text("Mean over posts of likes and comments per follower, Socialinsider's definition for "
               "Instagram.",
               "Rata-rata antar unggahan dari suka dan komentar per pengikut, definisi Socialinsider "
               "untuk Instagram."),
          Text("mean over posts of (likes + comments) / followers",
               "rata-rata antar unggahan dari (suka + komentar) / pengikut"),
          table=TABLE, base=count_rows(), kind="average", basis="published", serves=("K8.3",),
          top=total_of(lambda t: (t.likes + t.comments.fill_null(0)) / t.followers_then.nullif(0),
                       "likes", "comments", "followers_then", is_gross=True),
          stage="consideration", dimensions=DIMENSIONS, min_base=5, references=("Socialinsider 2026",),
          benchmark="mean_post_er_likes_comments_by_followers", rows=_PUBLISHED, value=0.047 / 3),
)  # fmt: skip


def _mean_rate(key: str, base: str, en: str, id_: str) -> Metric:
    return ratio(
        key, Text(f"Mean of posts' engagement rates by {en}",
                  f"Rata-rata tingkat interaksi unggahan per {id_}"),
        Text(f"Mean over posts of each post's engagement rate by {en}: every post weighs the same, "
             "unlike the ratio of sums. Some tools show this one.",
             f"Rata-rata tingkat interaksi tiap unggahan per {id_}: semua unggahan berbobot sama, tidak "
             "seperti rasio jumlah. Beberapa alat memakai yang ini."),
        Text(f"mean over posts of engagements / {en}", f"rata-rata antar unggahan: interaksi / {id_}"),
        table=TABLE, base=count_rows(), kind="average", basis="published", serves=("K8.2", "K1.2"),
        top=total_of(lambda t: engagements(t) / t[base].nullif(0), *COLUMNS, base, is_gross=True),
        stage="consideration", dimensions=DIMENSIONS, min_base=5,
        references=("Hootsuite: average engagement rate", "Socialinsider"),
        rows=({"likes": 10, base: 100}, {"likes": 10, base: 1000}), value=0.055,
    )  # fmt: skip


MEANS = (
    _mean_rate("mean_post_engagement_rate_by_reach", "reach", "reach", "jangkauan"),
    _mean_rate("mean_post_engagement_rate_by_views", "views", "views", "tayangan"),
    _mean_rate("mean_post_engagement_rate_by_followers", "followers_then", "followers when published",
               "pengikut saat terbit"),
)  # fmt: skip


def _rate(key: str, top: str, base: Any, name: Text, meaning: Text, formula: Text, *, column: str,
          serves: tuple[str, ...], **more: Any) -> Metric:  # fmt: skip
    return ratio(key, name, meaning, formula, table=TABLE, top=total(top), base=base,
                 basis="published", serves=serves, dimensions=DIMENSIONS, min_base=5,
                 rows=({top: 2, column: 100}, {top: 10, column: 300}), value=0.03, **more)  # fmt: skip


SPREADING = (
    _rate("amplification_rate", "shares", total_of(lambda t: t.followers_then, "followers_then",
                                                   is_gross=True),
          Text("Amplification rate", "Tingkat amplifikasi"),
          Text("Shares of posts per follower at publication, over all posts together. (Kaushik's "
               "amplification, shares per post, is shares_per_post.)",
               "Dibagikan per pengikut saat terbit, untuk semua unggahan sekaligus. (Amplifikasi versi "
               "Kaushik, dibagikan per unggahan, adalah shares_per_post.)"),
          Text("Σ shares / Σ followers when published", "Σ dibagikan / Σ pengikut saat terbit"),
          column="followers_then", serves=("K2.3",), stage="advocacy",
          references=("A. Kaushik 2011: Best social media metrics", "Hootsuite: amplification rate")),
    _rate("first_day_sharing", "shares_24h", total("shares"),
          Text("Shares in the first 24 hours", "Dibagikan dalam 24 jam pertama"),
          Text("How many of all shares so far came within 24 hours: the speed of sharing.",
               "Berapa dari semua pembagian sejauh ini terjadi dalam 24 jam: kecepatan berbagi."),
          Text("Σ shares within 24 h / Σ shares", "Σ dibagikan dalam 24 jam / Σ dibagikan"),
          column="shares", serves=("K2.3",), stage="advocacy"),
    _rate("follow_rate", "follows", total("views"),
          Text("Follows per view", "Pengikut baru per tayangan"),
          Text("New followers posts brought per view.", "Pengikut baru dari unggahan per tayangan."),
          Text("Σ follows / Σ views", "Σ pengikut baru / Σ tayangan"), column="views",
          serves=("K3.1", "K8.1"), stage="consideration"),
    _rate("profile_visit_rate", "profile_visits", total("views"),
          Text("Profile visits per view", "Kunjungan profil per tayangan"),
          Text("Visits to the profile posts brought per view.",
               "Kunjungan profil dari unggahan per tayangan."),
          Text("Σ profile visits / Σ views", "Σ kunjungan profil / Σ tayangan"), column="views",
          serves=("F5",), stage="consideration"),
    _rate("post_click_rate_by_reach", "link_clicks",
          total_of(lambda t: t.reach, "reach", is_gross=True),
          Text("Link clicks per person reached", "Klik tautan per orang terjangkau"),
          Text("Clicks on links of posts per person reached, for platforms that tell no impressions.",
               "Klik tautan unggahan per orang terjangkau, untuk platform tanpa impresi."),
          Text("Σ link clicks / Σ reach", "Σ klik tautan / Σ jangkauan"), column="reach",
          serves=("F1", "K1.3"), stage="consideration"),
    _rate("engaged_view_rate", "engaged_views", total("views"),
          Text("Engaged views", "Tayangan berlanjut"),
          Text("Of the views, how many went past the first moment (YouTube engaged views).",
               "Dari tayangan, berapa yang berlanjut (engaged views YouTube)."),
          Text("Σ engaged views / Σ views", "Σ tayangan berlanjut / Σ tayangan"), column="views",
          serves=("K8.2",), stage="consideration",
          references=("YouTube Analytics: engagedViews",)),
)  # fmt: skip

WATCHING = (
    ratio("watch_time_per_view", Text("Watch time per view", "Durasi tonton per tayangan"),
          Text("Seconds a view was watched on average.", "Rata-rata detik satu tayangan ditonton."),
          Text("Σ watch time / Σ views", "Σ durasi tonton / Σ tayangan"), table=TABLE,
          top=total("watch_seconds"), base=total("views"), unit=SECONDS, kind="average",
          basis="published", serves=("K8.2",), stage="consideration", dimensions=DIMENSIONS,
          rows=({"watch_seconds": 300, "views": 100}, {"watch_seconds": 3000, "views": 200}), value=11),
    amount("watch_time", Text("Watch time", "Durasi tonton"),
           Text("Time people spent watching the posts.", "Waktu orang menonton unggahan."),
           table=TABLE, column="watch_seconds", unit=SECONDS, basis="published",
           serves=("K2.1", "F2"), stage="consideration", dimensions=DIMENSIONS,
           rows=({"watch_seconds": 300}, {"watch_seconds": 42.5}), value=342.5),
    ratio("views_per_person_reached", Text("Times seen per person reached", "Berapa kali dilihat per orang"),
          Text("How often a person reached sees the same post in the feed, on average.",
               "Rata-rata berapa kali orang yang terjangkau melihat unggahan yang sama di beranda."),
          Text("Σ views / Σ reach of the same posts", "Σ tayangan / Σ jangkauan unggahan itu"),
          table=TABLE, top=total("views"),
          base=total_of(lambda t: t.reach, "reach", is_gross=True), unit=TIMES, basis="published",
          serves=("F5",), stage="awareness", dimensions=DIMENSIONS,
          rows=({"views": 300, "reach": 100}, {"views": 300, "reach": 200}), value=2),
    ratio("impressions_per_post", Text("Impressions per post", "Impresi per unggahan"),
          Text("How often a post appears in feeds on average.",
               "Rata-rata berapa kali satu unggahan muncul di beranda."),
          Text("Σ impressions / posts that tell them", "Σ impresi / unggahan yang memuatnya"),
          table=TABLE, top=total("impressions"), base=count_rows(), unit=TIMES, kind="average",
          basis="published", serves=("F5", "K2.1"), stage="awareness", dimensions=DIMENSIONS,
          is_vanity=True, outcome="engagement_rate_by_impressions",
          rows=({"impressions": 100}, {"impressions": 500}), value=300),
    ratio("likes_per_post", Text("Likes per post", "Suka per unggahan"),
          Text("Likes a post brings on average (applause rate).",
               "Rata-rata suka yang didapat satu unggahan (applause rate)."),
          Text("Σ likes / posts that tell them", "Σ suka / unggahan yang memuatnya"), table=TABLE,
          top=total("likes"), base=count_rows(), unit=TIMES, kind="average", basis="published",
          serves=("F1",), stage="consideration", dimensions=DIMENSIONS, min_base=5,
          references=("A. Kaushik 2011",), rows=({"likes": 1}, {"likes": 9}), value=5),
)  # fmt: skip

ACCOUNT = ("brand", "platform", "account")
ACCOUNTS = (
    amount("followers_lost", Text("Followers lost", "Pengikut hilang"),
           Text("Followers lost in the period.", "Pengikut yang hilang dalam periode."),
           table="account_days", column="followers_lost", direction="down", serves=("K3.1",),
           dimensions=ACCOUNT, rows=({"followers_lost": 3}, {"followers_lost": 8}), value=11),
    amount("messages_received", Text("Messages received", "Pesan masuk"),
           Text("Messages the platform counts as received.", "Pesan masuk menurut platform."),
           table="account_days", column="messages_received", serves=("K3.2",), stage="loyalty",
           dimensions=ACCOUNT, rows=({"messages_received": 3}, {"messages_received": 8}), value=11),
    joined("interactions_per_follower_per_day",
           Text("Interactions per follower and day", "Interaksi per pengikut per hari"),
           Text("Interactions a follower stands for on an average day: what fan count hides.",
                "Interaksi per pengikut pada hari rata-rata: yang tersembunyi di balik jumlah pengikut."),
           Text("interactions / followers at the end / days", "interaksi / pengikut akhir / hari"),
           table="account_days", dimensions=ACCOUNT, serves=("F7", "F1"), stage="consideration",
           parts={"top": "interactions", "base": "followers", "days": period_days()},
           combine=lambda p: p["top"] / p["base"] / p["days"], value=0.02,
           rows=tuple({"day": f"2026-10-{d:02d}", "interactions": 2, "followers": 100}
                      for d in range(1, 32)), others={}),
    ratio("interactions_per_post_published", Text("Interactions per post published",
                                                  "Interaksi per unggahan terbit"),
          Text("Interactions of the days per post published on them, by the platform's own counts.",
               "Interaksi pada hari-hari itu per unggahan terbit, menurut hitungan platform."),
          Text("Σ interactions / Σ posts published", "Σ interaksi / Σ unggahan terbit"),
          table="account_days", top=total("interactions"), base=total("posts_published"), unit=TIMES,
          serves=("F7", "F1"), stage="consideration", dimensions=ACCOUNT,
          rows=({"interactions": 10, "posts_published": 1}, {"interactions": 50, "posts_published": 3}),
          value=15),
)  # fmt: skip
