"""Partnerships: one row per partnership with an influencer."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="partnerships",
    name=Text("Partnerships", "Kemitraan"),
    meaning=Text(
        "One row per partnership with an influencer.",
        "Satu baris per kemitraan dengan influencer."),
    columns=(
        Column("partnership", "text", "key", Text("the partnership", "kemitraan")),
        Column("influencer", "text", "attribute", Text("their account", "akunnya")),
        Column("account", "text", "attribute", Text("our account it works for", "akun kita yang dibantu")),
        Column("platform", "text", "attribute", Text("platform", "platform")),
        Column("stage", "text", "attribute", Text("prospect, contacted, agreed, active, done, declined", "prospect, contacted, agreed, active, done, declined")),
        Column("contacted_on", "date", "attribute", Text("first contact", "kontak pertama")),
        Column("agreed_on", "date", "attribute", Text("day of the agreement", "hari sepakat")),
        Column("ended_on", "date", "attribute", Text("last day", "hari terakhir")),
        Column("campaign", "text", "attribute", Text("campaign", "kampanye")),
        Column("band", "text", "attribute", Text("nano, micro, macro, mega", "nano, micro, macro, mega")),
        Column("audience_score", "float", "average", Text("genuineness of the audience, 0 to 1", "keaslian audiens, 0 sampai 1")),
        Column("engagement_score", "float", "average", Text("genuineness of the engagement, 0 to 1", "keaslian interaksi, 0 sampai 1")),
        Column("topic_fit", "float", "average", Text("fit of topics, 0 to 1", "kecocokan topik, 0 sampai 1")),
        Column("tone_fit", "float", "average", Text("fit of tone, 0 to 1", "kecocokan nada, 0 sampai 1")),
        Column("score_version", "text", "attribute", Text("what made the scores", "pembuat skor")),
    ),
    time="agreed_on",
    personal=("influencer",),
    ends="ended_on",
)  # fmt: skip
