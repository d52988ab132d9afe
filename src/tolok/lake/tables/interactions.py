"""Interactions: one row per comment, mention, message or review, in or out."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="interactions",
    name=Text("Interactions", "Interaksi"),
    meaning=Text(
        "One row per comment, mention, message or review, in or out: what people wrote to or about the brand and what it answered.",
        "Satu baris per komentar, sebutan, pesan, atau ulasan, masuk maupun keluar: yang ditulis orang kepada atau tentang merek dan jawabannya."),
    columns=(
        Column("interaction", "text", "key", Text("the interaction: platform:id", "interaksi: platform:id")),
        Column("account", "text", "attribute", Text("the account written to or from; empty for a mention elsewhere", "akun tujuan atau asal; kosong bila disebut di tempat lain")),
        Column("platform", "text", "attribute", Text("the platform it was written on", "platform tempat ditulis")),
        Column("at", "moment", "attribute", Text("when it was written", "saat ditulis")),
        Column("kind", "text", "attribute", Text("comment, mention, message or review", "komentar (comment), sebutan (mention), pesan (message), atau ulasan (review)")),
        Column("direction", "text", "attribute", Text("in (from people) or out (from the brand)", "in (dari orang) atau out (dari merek)")),
        Column("conversation", "text", "attribute", Text("the thread it belongs to", "utas tempatnya berada")),
        Column("parent", "text", "attribute", Text("the interaction it answers", "interaksi yang dijawabnya")),
        Column("post", "text", "attribute", Text("the post it stands under", "unggahan tempatnya berada")),
        Column("campaign", "text", "attribute", Text("the campaign of that post", "kampanye unggahan itu")),
        Column("author", "text", "attribute", Text("who wrote it, pseudonymous", "penulisnya, disamarkan")),
        Column("answered_by", "text", "attribute", Text("for an answer: person or automation", "untuk jawaban: person (orang) atau automation (otomatis)")),
        Column("text", "text", "attribute", Text("what was written", "isi tulisannya")),
        Column("language", "text", "attribute", Text("language of the text", "bahasa teks")),
        Column("subject", "text", "attribute", Text("for a mention: who is spoken of, the brand or a competitor", "untuk sebutan: siapa yang dibicarakan, merek atau pesaing")),
        Column("subject_relation", "text", "attribute", Text("own or competitor", "own (merek sendiri) atau competitor (pesaing)")),
        Column("brand_set", "text", "attribute", Text("the set of brands a share of voice is taken over", "kelompok merek untuk menghitung pangsa suara")),
        Column("sentiment", "text", "attribute", Text("positive, neutral, negative or mixed; empty when not labelled", "positive, neutral, negative, atau mixed; kosong bila belum dilabeli")),
        Column("sentiment_confidence", "float", "average", Text("how sure the label is, 0 to 1", "keyakinan label, 0 sampai 1")),
        Column("positive_probability", "float", "average", Text("probability that it is positive", "peluang bernada positif")),
        Column("negative_probability", "float", "average", Text("probability that it is negative", "peluang bernada negatif")),
        Column("topic", "text", "attribute", Text("main topic", "topik utama")),
        Column("topics", "text", "attribute", Text("all topics, parted by commas", "semua topik, dipisah koma")),
        Column("attributes", "text", "attribute", Text("brand attributes it carries, parted by commas", "atribut merek yang dibawanya, dipisah koma")),
        Column("wanted_attributes", "int", "flow", Text("how many attributes the brand wants it carries", "jumlah atribut yang diinginkan merek yang dibawanya")),
        Column("people_tagged", "int", "flow", Text("friends tagged in it", "teman yang ditandai di dalamnya")),
        Column("rating", "float", "average", Text("stars of a review, 1 to 5", "bintang ulasan, 1 sampai 5")),
        Column("author_followers", "int", "level", Text("followers of the author", "pengikut penulis")),
        Column("is_spam", "bool", "attribute", Text("whether it is spam", "apakah spam")),
        Column("model", "text", "attribute", Text("what labelled it", "pemberi label")),
        Column("model_version", "text", "attribute", Text("version of that model", "versi model itu")),
    ),
    time="at",
    listed_in=("interactions",),
    personal=("author", "text",),
)  # fmt: skip
