"""What posts brought: reach, views, interactions and rates of posts published in the period."""

from typing import Any

import ibis

from tolok.base import COUNT, PEOPLE, PER_POST, RATIO, Text

from ..metric import Example, Metric
from ..part import Part, count_rows, middle, people, total, total_of

POST_DIMENSIONS = ("brand", "platform", "account", "kind", "campaign", "pillar", "weekday", "hour")


def interactions_of(t: Any) -> Any:
    """Return public interactions of a row: reactions (or likes), comments, shares, saves.

    Undefined where not even reactions or likes are known; parts a platform does not have count
    as none of them.
    """
    first = ibis.coalesce(t.reactions, t.likes)
    rest = t.comments.fill_null(0) + t.shares.fill_null(0) + t.saves.fill_null(0)
    return first + rest


INTERACTION_COLUMNS = ("reactions", "likes", "comments", "shares", "saves")


def interactions() -> Part:
    """Return the sum of public interactions."""
    return total_of(interactions_of, *INTERACTION_COLUMNS)


def gross(column: str) -> Part:
    """Return people added up over posts: a weight for rates, never shown as people."""
    return total_of(lambda t: t[column], column, is_gross=True)


REFERENCES = ("Sprout Social glossary", "Hootsuite: social media metrics", "Rival IQ 2025")

POSTS_PUBLISHED = Metric(
    key="posts_published",
    name=Text("Posts published", "Unggahan terbit"),
    meaning=Text("How many posts went out.", "Berapa unggahan yang terbit."),
    formula=Text("number of posts published", "jumlah unggahan terbit"),
    table="posts",
    parts={"posts": count_rows(columns=("published_at",))},
    value=lambda p: p["posts"],
    unit=COUNT, direction="neither", kind="count", basis="published", no_rows=0,
    dimensions=POST_DIMENSIONS, serves=("F5", "K2.1"),
    example=Example(rows=({"post": "a"}, {"post": "b"}), value=2),
)  # fmt: skip

POST_REACH = Metric(
    key="post_reach",
    name=Text("Reach of posts", "Jangkauan unggahan"),
    meaning=Text(
        "People who saw the posts at least once. One post gives a number; over several posts only "
        "bounds can be said, because the same people see more than one.",
        "Orang yang melihat unggahan setidaknya sekali. Satu unggahan memberi angka; untuk "
        "beberapa unggahan hanya batasnya yang bisa disebut, karena orang yang sama bisa melihat "
        "lebih dari satu."),
    formula=Text("people reached, never added up", "orang terjangkau, tidak dijumlahkan"),
    table="posts",
    parts={"people": people("reach")},
    value=lambda p: p["people"],
    unit=PEOPLE, direction="up", kind="unique", basis="published", stage="awareness",
    is_vanity=True, outcome="engagement_rate_by_reach", dimensions=POST_DIMENSIONS,
    serves=("K2.1", "F2"),
    references=("Meta: reach is estimated and de-duplicated",),
    example=Example(rows=({"reach": 100}, {"reach": 900}), value=None, low=900, high=1000),
)  # fmt: skip

GROSS_POST_REACH = Metric(
    key="gross_post_reach",
    name=Text("Gross reach of posts", "Jangkauan kotor unggahan"),
    meaning=Text(
        "Reach of each post added up. It counts a person once per post seen, so it is contacts, "
        "not people.",
        "Jangkauan tiap unggahan dijumlahkan. Satu orang dihitung sekali per unggahan yang "
        "dilihat, jadi ini jumlah kontak, bukan jumlah orang."),
    formula=Text("Σ reach of each post", "Σ jangkauan tiap unggahan"),
    table="posts",
    parts={"contacts": gross("reach")},
    value=lambda p: p["contacts"],
    unit=COUNT, direction="up", kind="flow", basis="published", stage="awareness",
    is_vanity=True, outcome="engagement_rate_by_reach", dimensions=POST_DIMENSIONS,
    serves=("K2.1", "F2"),
    example=Example(rows=({"reach": 100}, {"reach": 900}), value=1000),
)  # fmt: skip

MEDIAN_POST_REACH = Metric(
    key="median_post_reach",
    name=Text("Reach of the middle post", "Jangkauan unggahan tengah"),
    meaning=Text("Half of the posts reached more people than this, half fewer.",
                 "Separuh unggahan menjangkau lebih banyak orang dari ini, separuh lebih sedikit."),
    formula=Text("median of reach over posts", "median jangkauan antar unggahan"),
    table="posts",
    parts={"middle": middle(lambda t: t.reach, "reach")},
    value=lambda p: p["middle"],
    unit=PEOPLE, direction="up", kind="median", basis="published", stage="awareness", min_base=5,
    is_vanity=True, outcome="engagement_rate_by_reach", dimensions=POST_DIMENSIONS,
    serves=("K2.1", "F5"),
    example=Example(rows=({"reach": 100}, {"reach": 900}, {"reach": 200}), value=200),
)  # fmt: skip

POST_VIEWS = Metric(
    key="post_views",
    name=Text("Views of posts", "Tayangan unggahan"),
    meaning=Text("Times the posts were shown or played, as the platform counts views. Platforms "
                 "count differently, so compare within one.",
                 "Berapa kali unggahan ditampilkan atau diputar menurut hitungan platform. Tiap "
                 "platform menghitung berbeda, jadi bandingkan di dalam satu platform."),
    formula=Text("Σ views", "Σ tayangan"),
    table="posts",
    parts={"views": total("views")},
    value=lambda p: p["views"],
    unit=COUNT, direction="up", kind="flow", basis="published", stage="awareness",
    is_vanity=True, outcome="engagement_rate_by_views", dimensions=POST_DIMENSIONS,
    serves=("K2.1", "F2"),
    example=Example(rows=({"views": 10}, {"views": 30}), value=40),
)  # fmt: skip

POST_IMPRESSIONS = Metric(
    key="post_impressions",
    name=Text("Impressions of posts", "Impresi unggahan"),
    meaning=Text("Times the posts were shown, on platforms that count impressions.",
                 "Berapa kali unggahan ditampilkan, di platform yang menghitung impresi."),
    formula=Text("Σ impressions", "Σ impresi"),
    table="posts",
    parts={"impressions": total("impressions")},
    value=lambda p: p["impressions"],
    unit=COUNT, direction="up", kind="flow", basis="published", stage="awareness",
    is_vanity=True, outcome="engagement_rate_by_impressions", dimensions=POST_DIMENSIONS,
    serves=("K2.1", "F2", "F5"),
    example=Example(rows=({"impressions": 10}, {"impressions": 30}), value=40),
)  # fmt: skip

ENGAGEMENTS = Metric(
    key="engagements",
    name=Text("Engagements", "Interaksi"),
    meaning=Text(
        "What people did with the posts in public: reactions, comments, shares and saves. "
        "Clicks are left out, since few platforms tell them.",
        "Yang dilakukan orang pada unggahan secara terbuka: reaksi, komentar, bagikan, dan "
        "simpan. Klik tidak dihitung karena hanya sedikit platform yang memberinya."),
    formula=Text("Σ (reactions + comments + shares + saves)",
                 "Σ (reaksi + komentar + dibagikan + disimpan)"),
    table="posts",
    parts={"engagements": interactions()},
    value=lambda p: p["engagements"],
    unit=COUNT, direction="up", kind="flow", basis="published", stage="consideration",
    dimensions=POST_DIMENSIONS, serves=("F1", "K1.2", "K4.1"), references=REFERENCES,
    easy_to_game=True, counter="engagement_rate_by_reach",
    example=Example(rows=({"likes": 5, "comments": 1}, {"reactions": 7, "shares": 2, "saves": 1}),
                    value=16),
)  # fmt: skip

ENGAGEMENTS_PER_POST = Metric(
    key="engagements_per_post",
    name=Text("Engagements per post", "Interaksi per unggahan"),
    meaning=Text("Engagements a post brings on average.",
                 "Rata-rata interaksi yang didapat satu unggahan."),
    formula=Text("engagements / posts that tell them", "interaksi / unggahan yang memuatnya"),
    table="posts",
    parts={"engagements": interactions(), "posts": count_rows()},
    value=lambda p: p["engagements"] / p["posts"],
    unit=PER_POST, direction="up", kind="ratio", basis="published", stage="consideration",
    dimensions=POST_DIMENSIONS, serves=("F1",), min_base=5,
    example=Example(rows=({"likes": 5}, {"likes": 15, "comments": 10}), value=15),
)  # fmt: skip


def _per_post(key: str, column: str, en: str, id_: str, *, serves: tuple[str, ...],
              stage: str = "consideration") -> Metric:  # fmt: skip
    return Metric(
        key=key,
        name=Text(f"{en} per post", f"{id_} per unggahan"),
        meaning=Text(f"{en} a post brings on average.",
                     f"Rata-rata {id_.lower()} yang didapat satu unggahan."),
        formula=Text(f"Σ {en.lower()} / posts that tell them",
                     f"Σ {id_.lower()} / unggahan yang memuatnya"),
        table="posts",
        parts={"sum": total(column), "posts": count_rows()},
        value=lambda p: p["sum"] / p["posts"],
        unit=PER_POST, direction="up", kind="ratio", basis="published", stage=stage,  # type: ignore[arg-type]
        dimensions=POST_DIMENSIONS, serves=serves, min_base=5,
        example=Example(rows=({column: 1}, {column: 8}, {column: 3}), value=4),
    )  # fmt: skip


def _sum(key: str, column: str, en: str, id_: str, *, serves: tuple[str, ...]) -> Metric:
    return Metric(
        key=key,
        name=Text(en, id_),
        meaning=Text(f"{en} on the posts published in the period.",
                     f"{id_} pada unggahan yang terbit dalam periode."),
        formula=Text(f"Σ {en.lower()}", f"Σ {id_.lower()}"),
        table="posts",
        parts={"sum": total(column)},
        value=lambda p: p["sum"],
        unit=COUNT, direction="up", kind="flow", basis="published", stage="consideration",
        dimensions=POST_DIMENSIONS, serves=serves,
        example=Example(rows=({column: 4}, {column: 9}), value=13),
    )  # fmt: skip


COUNTS = (
    _sum("likes", "likes", "Likes", "Suka", serves=("F1",)),
    _sum("reactions", "reactions", "Reactions", "Reaksi", serves=("F1",)),
    _sum("comments", "comments", "Comments", "Komentar", serves=("F1", "K2.2")),
    _sum("shares", "shares", "Shares", "Dibagikan", serves=("F1", "K2.3")),
    _sum("saves", "saves", "Saves", "Disimpan", serves=("F1",)),
    _sum("post_link_clicks", "link_clicks", "Link clicks", "Klik tautan", serves=("F1", "F6")),
)

PER_POSTS = (
    _per_post("comments_per_post", "comments", "Comments", "Komentar", serves=("K2.2", "F1")),
    _per_post("shares_per_post", "shares", "Shares", "Dibagikan", serves=("K2.3",)),
)


def _rate(key: str, en: str, id_: str, meaning: Text, formula: Text, *, top: Part, base: Part,
          example: Example, serves: tuple[str, ...], stage: str = "consideration",
          benchmark: str | None = None) -> Metric:  # fmt: skip
    return Metric(
        key=key, name=Text(en, id_), meaning=meaning, formula=formula, table="posts",
        parts={"top": top, "base": base},
        value=lambda p: p["top"] / p["base"],
        unit=RATIO, direction="up", kind="ratio", basis="published", stage=stage,  # type: ignore[arg-type]
        dimensions=POST_DIMENSIONS, serves=serves, references=REFERENCES, benchmark=benchmark,
        example=example, min_base=5,
    )  # fmt: skip


RATES = (
    _rate(
        "engagement_rate_by_reach",
        "Engagement rate by reach",
        "Tingkat interaksi per jangkauan",
        Text(
            "Of the people reached, how many engagements came, over all posts together: big posts "
            "weigh more than small ones.",
            "Dari orang yang terjangkau, berapa interaksi yang muncul, untuk semua unggahan "
            "sekaligus: unggahan besar berbobot lebih.",
        ),
        Text("Σ engagements / Σ reach of the same posts", "Σ interaksi / Σ jangkauan unggahan itu"),
        top=interactions(),
        base=gross("reach"),
        serves=("K1.2", "K8.2", "K4.1"),
        benchmark="er_by_reach",
        example=Example(
            rows=({"likes": 10, "reach": 100}, {"likes": 10, "reach": 900}), value=0.02
        ),
    ),
    _rate(
        "engagement_rate_by_views",
        "Engagement rate by views",
        "Tingkat interaksi per tayangan",
        Text("Engagements per view of the posts.", "Interaksi per tayangan unggahan."),
        Text("Σ engagements / Σ views of the same posts", "Σ interaksi / Σ tayangan unggahan itu"),
        top=interactions(),
        base=total("views"),
        serves=("K8.2", "F1"),
        benchmark="er_by_views",
        example=Example(
            rows=({"likes": 10, "views": 100}, {"likes": 10, "views": 900}), value=0.02
        ),
    ),
    _rate(
        "engagement_rate_by_impressions",
        "Engagement rate by impressions",
        "Tingkat interaksi per impresi",
        Text("Engagements per impression of the posts.", "Interaksi per impresi unggahan."),
        Text(
            "Σ engagements / Σ impressions of the same posts",
            "Σ interaksi / Σ impresi unggahan itu",
        ),
        top=interactions(),
        base=total("impressions"),
        serves=("F1", "K8.2"),
        benchmark="er_by_impressions",
        example=Example(
            rows=({"likes": 5, "impressions": 50}, {"likes": 5, "impressions": 450}), value=0.02
        ),
    ),
    _rate(
        "stated_interaction_rate",
        "Platform interaction rate",
        "Rasio interaksi versi platform",
        Text(
            "The platform's own total of interactions, clicks included where it includes them, "
            "per impression.",
            "Total interaksi versi platform, termasuk klik bila platform menghitungnya, per "
            "impresi.",
        ),
        Text("Σ interactions as stated / Σ impressions", "Σ interaksi versi platform / Σ impresi"),
        top=total("interactions"),
        base=total("impressions"),
        serves=("F1",),
        example=Example(
            rows=({"interactions": 3, "impressions": 100}, {"interactions": 9, "impressions": 200}),
            value=0.04,
        ),
    ),
    _rate(
        "click_through_rate",
        "Click-through rate of posts",
        "Rasio klik unggahan",
        Text("Clicks on links per impression of the posts.", "Klik tautan per impresi unggahan."),
        Text("Σ link clicks / Σ impressions", "Σ klik tautan / Σ impresi"),
        top=total("link_clicks"),
        base=total("impressions"),
        serves=("F1", "K1.3"),
        example=Example(
            rows=({"link_clicks": 1, "impressions": 100}, {"link_clicks": 5, "impressions": 200}),
            value=0.02,
        ),
    ),
    _rate(
        "virality_rate",
        "Virality rate",
        "Tingkat viralitas",
        Text(
            "Shares per person reached: how readily people pass the posts on.",
            "Dibagikan per orang terjangkau: seberapa rela orang meneruskan unggahan.",
        ),
        Text("Σ shares / Σ reach of the same posts", "Σ dibagikan / Σ jangkauan unggahan itu"),
        top=total("shares"),
        base=gross("reach"),
        serves=("K2.3",),
        stage="advocacy",
        example=Example(
            rows=({"shares": 1, "reach": 100}, {"shares": 7, "reach": 300}), value=0.02
        ),
    ),
    _rate(
        "virality_rate_by_views",
        "Virality rate by views",
        "Tingkat viralitas per tayangan",
        Text(
            "Shares per view, for platforms that tell no reach.",
            "Dibagikan per tayangan, untuk platform yang tidak memberi jangkauan.",
        ),
        Text("Σ shares / Σ views", "Σ dibagikan / Σ tayangan"),
        top=total("shares"),
        base=total("views"),
        serves=("K2.3",),
        stage="advocacy",
        example=Example(
            rows=({"shares": 1, "views": 100}, {"shares": 7, "views": 300}), value=0.02
        ),
    ),
    _rate(
        "save_rate",
        "Save rate",
        "Tingkat simpan",
        Text("Saves per person reached.", "Disimpan per orang terjangkau."),
        Text("Σ saves / Σ reach of the same posts", "Σ disimpan / Σ jangkauan unggahan itu"),
        top=total("saves"),
        base=gross("reach"),
        serves=("F1",),
        example=Example(rows=({"saves": 1, "reach": 100}, {"saves": 3, "reach": 100}), value=0.02),
    ),
)

MEDIAN_ENGAGEMENT_RATE = Metric(
    key="median_post_engagement_rate_by_reach",
    name=Text("Engagement rate of the middle post", "Tingkat interaksi unggahan tengah"),
    meaning=Text("Half of the posts have a higher engagement rate by reach, half a lower one: one "
                 "viral post does not move it.",
                 "Separuh unggahan punya tingkat interaksi lebih tinggi, separuh lebih rendah: "
                 "satu unggahan viral tidak mengubahnya."),
    formula=Text("median over posts of engagements / reach",
                 "median antar unggahan dari interaksi / jangkauan"),
    table="posts",
    parts={"middle": middle(lambda t: interactions_of(t) / t.reach.nullif(0),
                            *INTERACTION_COLUMNS, "reach")},
    value=lambda p: p["middle"],
    unit=RATIO, direction="up", kind="median", basis="published", stage="consideration",
    dimensions=POST_DIMENSIONS, serves=("K8.2",), min_base=5,
    example=Example(rows=({"likes": 10, "reach": 100}, {"likes": 10, "reach": 1000},
                          {"likes": 9, "reach": 300}), value=0.03),
)  # fmt: skip
