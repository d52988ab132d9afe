"""What people say: comments, mentions and reviews, their sentiment, and the share of the talk."""

from typing import Any

from tolok.base import COUNT, RATIO, SCORE, Text

from ..forms import amount, count, different, ratio, share
from ..interval import balance_of_three, wilson, wilson_balance
from ..metric import Example, Metric
from ..part import count_rows, distinct, repeated, total_of

TABLE = "interactions"
DIMENSIONS = ("brand", "platform", "account", "kind", "sentiment", "topic", "language", "campaign",
              "post", "weekday", "hour")  # fmt: skip
MENTION_DIMENSIONS = (*DIMENSIONS, "brand_set", "subject")
REFERENCES = ("Hootsuite: social sentiment", "Sprout Social: listening metrics")


def heard(t: Any) -> Any:
    """Return whether people wrote it to or about the brand; spam does not count."""
    return (
        (t.direction.fill_null("in") == "in")
        & ~t.is_spam.fill_null(False)
        & (t.subject_relation.fill_null("own") == "own")
    )


def comments(t: Any) -> Any:
    """Return whether it is a comment to the brand."""
    return heard(t) & (t.kind == "comment")


def mentions(t: Any) -> Any:
    """Return whether it is a mention of the brand."""
    return heard(t) & (t.kind == "mention")


def talk(t: Any) -> Any:
    """Return whether it is a mention of the brand or of a competitor."""
    return (t.kind == "mention") & ~t.is_spam.fill_null(False) & (
        t.subject_relation.isin(["own", "competitor"]) | t.subject_relation.isnull()
    )  # fmt: skip


def reviews(t: Any) -> Any:
    """Return whether it is a review with stars."""
    return heard(t) & t.rating.notnull()


COUNTS = (
    count("received_interactions", Text("Messages from people", "Pesan dari orang"),
          Text("Comments, mentions, messages and reviews people wrote to the brand.",
               "Komentar, sebutan, pesan, dan ulasan yang ditulis orang kepada merek."),
          table=TABLE, where=heard, serves=("K2.2", "K3.3"), stage="consideration",
          dimensions=DIMENSIONS, rows=({}, {"direction": "out"}, {"kind": "comment"}), value=2),
    count("received_comments", Text("Comments received", "Komentar diterima"),
          Text("Comments people wrote, one by one: by sentiment, topic and language.",
               "Komentar yang ditulis orang, satu per satu: menurut sentimen, topik, dan bahasa."),
          table=TABLE, where=comments, serves=("K2.2", "F1"), stage="consideration",
          dimensions=DIMENSIONS,
          rows=({"kind": "comment"}, {"kind": "mention"}, {"kind": "comment"}), value=2),
    count("mentions", Text("Mentions of the brand", "Sebutan merek"),
          Text("How often people spoke of the brand.", "Seberapa sering orang menyebut merek."),
          table=TABLE, where=mentions, serves=("K9.2", "F2"), stage="awareness",
          dimensions=MENTION_DIMENSIONS, is_vanity=True, outcome="mention_net_sentiment",
          rows=({"kind": "mention"}, {"kind": "mention", "subject_relation": "competitor"},
                {"kind": "mention", "subject_relation": "own"}), value=2),
    count("talk_of_brand_set", Text("Mentions of all brands watched", "Sebutan semua merek pantauan"),
          Text("Mentions of the brand and of the competitors watched together.",
               "Sebutan merek dan pesaing yang dipantau, digabung."),
          table=TABLE, where=talk, direction="neither", serves=("K9.2",), stage="awareness",
          dimensions=(*MENTION_DIMENSIONS, "subject_relation"),
          rows=({"kind": "mention"}, {"kind": "mention", "subject_relation": "competitor"}), value=2),
    different("people_talking", Text("People who wrote", "Orang yang menulis"),
              Text("Different people who wrote to or about the brand.",
                   "Orang berbeda yang menulis kepada atau tentang merek."),
              table=TABLE, column="author", where=heard, serves=("K2.2", "K9.2"),
              stage="consideration", dimensions=DIMENSIONS,
              rows=({"author": "a"}, {"author": "b"}, {"author": "a"}), value=2),
    amount("friends_tagged", Text("Friends tagged by fans", "Teman yang ditandai penggemar"),
           Text("Friends people tagged in comments to the brand.",
                "Teman yang ditandai orang di komentar kepada merek."),
           table=TABLE, column="people_tagged", where=heard, serves=("F6",), stage="advocacy",
           dimensions=DIMENSIONS, rows=({"people_tagged": 1}, {"people_tagged": 3}), value=4),
)  # fmt: skip

SHARE_OF_VOICE = share(
    "share_of_voice", Text("Share of voice", "Pangsa suara"),
    Text("Of the mentions of all brands watched, how many are of ours. It depends on the brands, "
         "words, languages and sources watched: state them beside it.",
         "Dari sebutan semua merek yang dipantau, berapa yang tentang merek kita. Bergantung pada "
         "merek, kata, bahasa, dan sumber yang dipantau: sebutkan bersamanya."),
    Text("mentions of ours / (ours + competitors')", "sebutan kita / (kita + pesaing)"),
    table=TABLE, whole=talk, good=lambda t: t.subject_relation.fill_null("own") == "own",
    columns=("subject_relation",), serves=("K9.2",), stage="awareness",
    dimensions=("brand", "platform", "topic", "language", "brand_set", "sentiment"), min_base=30,
    references=REFERENCES,
    rows=({"kind": "mention", "subject_relation": "own"},
          *({"kind": "mention", "subject_relation": "competitor"},) * 3), value=0.25,
)  # fmt: skip

_POLES = ("sentiment",)


def _positive(t: Any) -> Any:
    return t.sentiment == "positive"


def _negative(t: Any) -> Any:
    return t.sentiment == "negative"


_SAMPLE: tuple[dict[str, str], ...] = ({"sentiment": "positive"}, {"sentiment": "positive"}, {"sentiment": "positive"},
           {"sentiment": "negative"}, {"sentiment": "neutral"}, {})  # fmt: skip


def _balance(key: str, where: Any, name: Text, meaning: Text, *, with_neutral: bool,
             serves: tuple[str, ...], dimensions: tuple[str, ...], **extra: Any) -> Metric:  # fmt: skip
    base = (
        (lambda t: t.sentiment.notnull())
        if with_neutral
        else (lambda t: _positive(t) | _negative(t))
    )
    return Metric(
        key=key, name=name, meaning=meaning,
        formula=Text("(positive − negative) / all labelled", "(positif − negatif) / semua berlabel")
        if with_neutral else
        Text("(positive − negative) / (positive + negative)",
             "(positif − negatif) / (positif + negatif)"),
        table=TABLE, where=where,
        parts={"plus": count_rows(where=_positive, columns=_POLES),
               "minus": count_rows(where=_negative, columns=_POLES),
               "base": count_rows(where=base, columns=_POLES)},
        value=lambda p: (p["plus"] - p["minus"]) / p["base"],
        interval=(lambda p: balance_of_three(p["plus"], p["minus"], p["base"])) if with_neutral
        else (lambda p: wilson_balance(p["plus"], p["minus"])),
        unit=RATIO, direction="up", kind="ratio", basis="activity", serves=serves, min_base=30,
        dimensions=dimensions, references=REFERENCES,
        undefined=Text("nothing here carries a sentiment", "tidak ada yang bermuatan sentimen"),
        example=Example(tuple({**extra, **r} for r in _SAMPLE), 0.4 if with_neutral else 0.5),
    )  # fmt: skip


def _ratio(key: str, where: Any, name: Text, meaning: Text, *, serves: tuple[str, ...],
           dimensions: tuple[str, ...], **extra: Any) -> Metric:  # fmt: skip
    return Metric(
        key=key, name=name, meaning=meaning,
        formula=Text("positive / (positive + negative)", "positif / (positif + negatif)"),
        table=TABLE, where=where,
        parts={"plus": count_rows(where=_positive, columns=_POLES),
               "minus": count_rows(where=_negative, columns=_POLES)},
        value=lambda p: p["plus"] / (p["plus"] + p["minus"]),
        interval=lambda p: wilson(p["plus"], p["plus"] + p["minus"]),
        unit=RATIO, direction="up", kind="ratio", basis="activity", serves=serves, min_base=30,
        dimensions=dimensions, references=REFERENCES,
        undefined=Text("nothing here is positive or negative", "tidak ada yang positif atau negatif"),
        example=Example(tuple({**extra, **r} for r in _SAMPLE), 0.75),
    )  # fmt: skip


_WITHOUT = tuple(d for d in DIMENSIONS if d != "sentiment")
_MENTIONS = tuple(d for d in MENTION_DIMENSIONS if d != "sentiment")

SENTIMENT = (
    _ratio("positive_sentiment_ratio", heard,
           Text("Positive sentiment ratio", "Rasio sentimen positif"),
           Text("Of what people wrote to the brand with a clear feeling, how much was positive.",
                "Dari tulisan orang kepada merek yang bernada jelas, berapa yang positif."),
           serves=("K3.3", "F4"), dimensions=_WITHOUT),
    _balance("net_sentiment", heard, Text("Net sentiment", "Sentimen bersih"),
             Text("Positive less negative, over what has a clear feeling; neutral left out.",
                  "Positif dikurangi negatif, dari yang bernada jelas; netral tidak dihitung."),
             with_neutral=False, serves=("K3.3", "F4"), dimensions=_WITHOUT),
    _balance("net_sentiment_with_neutral", heard,
             Text("Net sentiment, neutral in the base", "Sentimen bersih, netral ikut dihitung"),
             Text("Positive less negative, over everything that was labelled.",
                  "Positif dikurangi negatif, dari semua yang berlabel."),
             with_neutral=True, serves=("K3.3",), dimensions=_WITHOUT),
    _ratio("mention_positive_ratio", mentions,
           Text("Positive mentions", "Sebutan positif"),
           Text("Of the mentions of the brand with a clear feeling, how many were positive.",
                "Dari sebutan merek yang bernada jelas, berapa yang positif."),
           serves=("K9.1",), dimensions=_MENTIONS, kind="mention"),
    _balance("mention_net_sentiment", mentions,
             Text("Net sentiment of mentions", "Sentimen bersih sebutan"),
             Text("Positive less negative mentions, over those with a clear feeling.",
                  "Sebutan positif dikurangi negatif, dari yang bernada jelas."),
             with_neutral=False, serves=("K9.1",), dimensions=_MENTIONS, kind="mention"),
    _balance("mention_net_sentiment_with_neutral", mentions,
             Text("Net sentiment of mentions, neutral in the base",
                  "Sentimen bersih sebutan, netral ikut dihitung"),
             Text("Positive less negative mentions, over all labelled mentions.",
                  "Sebutan positif dikurangi negatif, dari semua sebutan berlabel."),
             with_neutral=True, serves=("K9.1",), dimensions=_MENTIONS, kind="mention"),
    ratio("net_sentiment_by_probability",
          Text("Net sentiment by probability", "Sentimen bersih menurut peluang"),
          Text("Probability of positive less probability of negative, averaged: unsure labels weigh "
               "less than sure ones, so that a shy classifier does not shift the sum.",
               "Peluang positif dikurangi peluang negatif, dirata-rata: label yang ragu berbobot "
               "lebih kecil sehingga pengklasifikasi yang ragu tidak menggeser hasil."),
          Text("Σ (p positive − p negative) / labelled", "Σ (p positif − p negatif) / berlabel"),
          table=TABLE, where=heard,
          top=total_of(lambda t: t.positive_probability - t.negative_probability,
                       "positive_probability", "negative_probability", is_gross=True),
          base=count_rows(), serves=("K3.3", "K9.1"), dimensions=_WITHOUT, min_base=30,
          references=("Bella et al. 2010, Quantification via probability estimators",),
          rows=({"positive_probability": 0.9, "negative_probability": 0.1},
                {"positive_probability": 0.1, "negative_probability": 0.7}), value=0.1),
    share("negative_comment_share", Text("Negative comments", "Komentar negatif"),
          Text("Of the comments that were labelled, how many are negative.",
               "Dari komentar yang berlabel, berapa yang negatif."),
          Text("negative comments / labelled comments", "komentar negatif / komentar berlabel"),
          table=TABLE, whole=lambda t: comments(t) & t.sentiment.notnull(), good=_negative,
          columns=_POLES, direction="down", serves=("K2.2", "K3.3"), dimensions=_WITHOUT,
          rows=tuple({"kind": "comment", **r} for r in _SAMPLE), value=0.2),
    share("labelled_share", Text("Labelled with a sentiment", "Berlabel sentimen"),
          Text("Of what people wrote, how much carries a label: under a half, sentiment figures "
               "speak of the smaller part.",
               "Dari tulisan orang, berapa yang berlabel: di bawah separuh, angka sentimen hanya "
               "mewakili sebagian kecil."),
          Text("with a sentiment / received", "bersentimen / diterima"),
          table=TABLE, whole=heard, good=lambda t: t.sentiment.notnull(), columns=_POLES,
          serves=("K3.3",), dimensions=_WITHOUT, rows=_SAMPLE, value=5 / 6),
)  # fmt: skip

REPEAT = Metric(
    key="repeat_engagement_rate",
    name=Text("Repeat engagement rate", "Tingkat interaksi berulang"),
    meaning=Text(
        "Of the people who wrote to the brand in the period, how many did so at least twice. It needs "
        "to know who wrote: totals of a platform cannot give it.",
        "Dari orang yang menulis kepada merek dalam periode, berapa yang melakukannya sedikitnya dua "
        "kali. Perlu tahu siapa penulisnya: total dari platform tidak bisa memberinya."),
    formula=Text("people with two or more / people", "orang dengan dua atau lebih / orang"),
    table=TABLE, where=heard,
    parts={"again": repeated("author"), "all": distinct("author")},
    value=lambda p: p["again"] / p["all"], interval=lambda p: wilson(p["again"], p["all"]),
    unit=RATIO, direction="up", kind="ratio", basis="activity", stage="loyalty", serves=("F4",),
    dimensions=("brand", "platform", "account", "kind"), min_base=30,
    undefined=Text("who wrote is not known", "penulisnya tidak diketahui"),
    example=Example(({"author": "a"}, {"author": "b"}, {"author": "a"}, {"author": "a"},
                     {"author": "c"}, {}), 1 / 3),
)  # fmt: skip

REVIEW_RATING = ratio(
    "review_rating", Text("Stars of reviews", "Bintang ulasan"),
    Text("Mean of the stars reviews gave, 1 to 5.", "Rata-rata bintang ulasan, 1 sampai 5."),
    Text("Σ stars / reviews", "Σ bintang / ulasan"), table=TABLE, where=reviews,
    top=total_of(lambda t: t.rating, "rating", is_gross=True), base=count_rows(), unit=SCORE,
    kind="average", serves=("K3.3", "K9.1"), stage="loyalty", dimensions=_WITHOUT, min_base=10,
    rows=({"rating": 5}, {"rating": 5}, {"rating": 2}), value=4,
)  # fmt: skip

ATTRIBUTES = (
    share("wanted_attribute_share", Text("Mentions with wanted attributes", "Sebutan beratribut idaman"),
          Text("Of the mentions of the brand that were read for attributes, how many carry one the "
               "brand wants to be known for.",
               "Dari sebutan merek yang dibaca atributnya, berapa yang membawa atribut yang "
               "diinginkan merek."),
          Text("with a wanted attribute / read for attributes",
               "dengan atribut idaman / dibaca atributnya"),
          table=TABLE, whole=lambda t: mentions(t) & t.wanted_attributes.notnull(),
          good=lambda t: t.wanted_attributes > 0, columns=("wanted_attributes",),
          serves=("K9.4",), stage="awareness", dimensions=_MENTIONS, min_base=30,
          rows=tuple({"kind": "mention", "wanted_attributes": n} for n in (0, 2, 0, 0)), value=0.25),
    share("competitor_wanted_attribute_share",
          Text("Competitors' mentions with wanted attributes",
               "Sebutan pesaing beratribut idaman"),
          Text("The same over mentions of competitors: who holds the ground the brand wants.",
               "Sama untuk sebutan pesaing: siapa yang menguasai posisi yang diinginkan merek."),
          Text("with a wanted attribute / read, of competitors",
               "dengan atribut idaman / dibaca, milik pesaing"),
          table=TABLE,
          whole=lambda t: (t.kind == "mention") & (t.subject_relation == "competitor")
          & t.wanted_attributes.notnull(),
          good=lambda t: t.wanted_attributes > 0, columns=("wanted_attributes",), direction="down",
          serves=("K9.4",), dimensions=_MENTIONS, min_base=30,
          rows=tuple({"kind": "mention", "subject_relation": "competitor", "wanted_attributes": n}
                     for n in (1, 0)), value=0.5),
    count("attribute_mentions", Text("Mentions of brand attributes", "Sebutan atribut merek"),
          Text("How often mentions carry each attribute, by attribute and by who is spoken of.",
               "Seberapa sering sebutan membawa tiap atribut, menurut atribut dan mereknya."),
          table="mention_attributes", serves=("K9.4",), stage="awareness", unit=COUNT,
          dimensions=("brand", "platform", "attribute", "subject", "subject_relation", "sentiment"),
          rows=({"attribute": "friendly"}, {"attribute": "cheap"}), value=2),
)  # fmt: skip

REFERRED = (
    count("referrals", Text("Friends brought by fans", "Teman yang diajak penggemar"),
          Text("Friends that fans and customers brought, by code, link or invitation.",
               "Teman yang dibawa penggemar dan pelanggan lewat kode, tautan, atau undangan."),
          table="referrals", serves=("F6",), stage="advocacy",
          dimensions=("brand", "platform", "campaign"), rows=({}, {}), value=2),
    share("referral_conversion_rate", Text("Friends who bought", "Teman yang membeli"),
          Text("Of the friends fans brought, how many became customers.",
               "Dari teman yang diajak penggemar, berapa yang menjadi pelanggan."),
          Text("became customers / brought", "menjadi pelanggan / diajak"), table="referrals",
          whole=lambda t: t.became_customer.notnull(), good=lambda t: t.became_customer,
          columns=("became_customer",), serves=("F6",), stage="advocacy",
          dimensions=("brand", "platform", "campaign"),
          rows=({"became_customer": True}, {"became_customer": False}, {"became_customer": False},
                {}), value=1 / 3),
)  # fmt: skip
