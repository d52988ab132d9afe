"""Conversations."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="conversations",
    name=Text("Conversations", "Percakapan"),
    meaning=Text(
        "One row per conversation that began with a message to the brand, with its clocks stopped at the moment of observation.",
        "Satu baris per percakapan yang diawali pesan kepada merek, dengan jam yang dibaca pada saat pengamatan."),
    columns=(
        Column("conversation", "text", "key", Text("the conversation", "percakapan")),
        Column("account", "text", "attribute", Text("the account written to", "akun tujuan")),
        Column("platform", "text", "attribute", Text("the platform it is on", "platformnya")),
        Column("kind", "text", "attribute", Text("comment, mention, message or review", "komentar (comment), sebutan (mention), pesan (message), atau ulasan (review)")),
        Column("started_at", "moment", "attribute", Text("first message from outside", "pesan pertama dari luar")),
        Column("last_unanswered_at", "moment", "attribute", Text("last message from outside before the first human answer", "pesan luar terakhir sebelum jawaban orang pertama")),
        Column("first_reply_at", "moment", "attribute", Text("first answer by a person", "jawaban pertama oleh orang")),
        Column("automated_reply_at", "moment", "attribute", Text("first automatic answer", "jawaban otomatis pertama")),
        Column("resolved_at", "moment", "attribute", Text("when it was last resolved", "saat terakhir dinyatakan selesai")),
        Column("reopened", "int", "flow", Text("how often it was reopened", "berapa kali dibuka lagi")),
        Column("needs_answer", "bool", "attribute", Text("whether it calls for an answer; empty counts as yes", "apakah perlu dijawab; kosong berarti ya")),
        Column("messages_in", "int", "flow", Text("messages from outside", "pesan masuk")),
        Column("messages_out", "int", "flow", Text("answers", "pesan keluar")),
        Column("topic", "text", "attribute", Text("main topic", "topik utama")),
        Column("language", "text", "attribute", Text("language", "bahasa")),
        Column("campaign", "text", "attribute", Text("campaign of the post it stands under", "kampanye unggahannya")),
        Column("post", "text", "attribute", Text("post it stands under", "unggahan tempatnya berada")),
        Column("author", "text", "attribute", Text("who asked, pseudonymous", "penanya, disamarkan")),
        Column("assignee", "text", "attribute", Text("who of the team has it", "anggota tim yang menangani")),
        Column("sentiment_first", "text", "attribute", Text("sentiment of the first message", "sentimen pesan pertama")),
        Column("sentiment_last", "text", "attribute", Text("sentiment of the last message from outside", "sentimen pesan luar terakhir")),
        Column("sla_minutes", "float", "attribute", Text("minutes promised for the first answer", "menit yang dijanjikan untuk jawaban pertama")),
        Column("answer_minutes", "float", "flow", Text("clock minutes from the first message to the first human answer", "menit dari pesan pertama sampai jawaban orang pertama")),
        Column("answer_minutes_business", "float", "flow", Text("business minutes from the first message to the first human answer", "menit kerja dari pesan pertama sampai jawaban orang pertama")),
        Column("last_answer_minutes", "float", "flow", Text("clock minutes from the last unanswered message to the first human answer", "menit dari pesan terakhir yang belum dijawab sampai jawaban orang pertama")),
        Column("last_answer_minutes_business", "float", "flow", Text("business minutes from the last unanswered message to the first human answer", "menit kerja dari pesan terakhir yang belum dijawab sampai jawaban orang pertama")),
        Column("resolve_minutes", "float", "flow", Text("clock minutes from the first message to the resolution", "menit dari pesan pertama sampai selesai")),
        Column("resolve_minutes_business", "float", "flow", Text("business minutes from the first message to the resolution", "menit kerja dari pesan pertama sampai selesai")),
        Column("waited_minutes", "float", "flow", Text("clock minutes waited so far, when not answered", "menit menunggu sejauh ini, bila belum dijawab")),
        Column("waited_minutes_business", "float", "flow", Text("business minutes waited so far, when not answered", "menit kerja menunggu sejauh ini, bila belum dijawab")),
    ),
    time="started_at",
    listed_in=("conversations", "interactions"),
    personal=("author", "assignee",),
)  # fmt: skip
