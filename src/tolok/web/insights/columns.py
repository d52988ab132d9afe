"""Readable names of lake columns and of the values they hold, in both languages."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from tolok.base import Calendar, Language, Locale, PlatformFacts, Text, local_moment
from tolok.lake import table_of

_NAMES: dict[str, Text] = {
    "account": Text("Account", "Akun"),
    "ad": Text("Ad", "Iklan"),
    "ad_group": Text("Ad group", "Grup iklan"),
    "answer_minutes": Text("Minutes to first answer", "Menit sampai balasan pertama"),
    "answer_minutes_business": Text(
        "Business minutes to first answer", "Menit jam kerja sampai balasan pertama"
    ),
    "author": Text("Author", "Penulis"),
    "avg_watch_seconds": Text("Average watch time", "Rata-rata durasi tonton"),
    "brand": Text("Brand", "Merek"),
    "campaign": Text("Campaign", "Kampanye"),
    "caption": Text("Caption", "Keterangan"),
    "channel": Text("Channel", "Saluran"),
    "clicks": Text("Clicks", "Klik"),
    "comments": Text("Comments", "Komentar"),
    "currency": Text("Currency", "Mata uang"),
    "day": Text("Day", "Hari"),
    "duration_seconds": Text("Length in seconds", "Durasi dalam detik"),
    "followers": Text("Followers", "Pengikut"),
    "followers_gained": Text("New followers", "Pengikut baru"),
    "followers_lost": Text("Followers lost", "Pengikut hilang"),
    "followers_net": Text("Net new followers", "Pengikut bersih"),
    "followers_then": Text("Followers at the time", "Pengikut saat itu"),
    "format": Text("Format", "Format"),
    "hour": Text("Hour", "Jam"),
    "impressions": Text("Impressions", "Impresi"),
    "interactions": Text("Interactions", "Total interaksi"),
    "kind": Text("Kind", "Jenis"),
    "language": Text("Language", "Bahasa"),
    "likes": Text("Likes", "Suka"),
    "link_clicks": Text("Link clicks", "Klik tautan"),
    "permalink": Text("Link", "Tautan"),
    "pillar": Text("Content pillar", "Pilar konten"),
    "platform": Text("Platform", "Platform"),
    "post": Text("Post", "Unggahan"),
    "profile_visits": Text("Profile visits", "Kunjungan profil"),
    "published_at": Text("Published", "Terbit"),
    "published_precision": Text("Precision of the time", "Ketelitian waktu terbit"),
    "reach": Text("Reach", "Jangkauan"),
    "reactions": Text("Reactions", "Reaksi"),
    "replies": Text("Replies", "Balasan"),
    "saves": Text("Saves", "Disimpan"),
    "shares": Text("Shares", "Dibagikan"),
    "shares_24h": Text("Shares in 24 hours", "Dibagikan dalam 24 jam"),
    "source": Text("Kind of file", "Jenis berkas"),
    "spend": Text("Spend", "Biaya"),
    "team": Text("Team", "Tim"),
    "title": Text("Title", "Judul"),
    "topic": Text("Topic", "Topik"),
    "views": Text("Views", "Tayangan"),
    "watch_minutes": Text("Minutes watched", "Menit ditonton"),
    "watch_seconds": Text("Seconds watched", "Detik ditonton"),
    "weekday": Text("Weekday", "Hari dalam minggu"),
    "decision": Text("Decision", "Keputusan"),
    "engaged_views": Text("Engaged views", "Tayangan berlanjut"),
    "forecast": Text("Forecast spend", "Prakiraan biaya"),
    "last_answer_minutes": Text("Minutes to last answer", "Menit sampai balasan terakhir"),
    "last_answer_minutes_business": Text(
        "Business minutes to last answer", "Menit jam kerja sampai balasan terakhir"
    ),
    "level": Text("Level of the row", "Tingkat baris"),
    "outcome": Text("Outcome", "Hasil"),
    "question": Text("Question", "Pertanyaan"),
    "resolve_minutes": Text("Minutes to resolution", "Menit sampai selesai"),
    "resolve_minutes_business": Text(
        "Business minutes to resolution", "Menit jam kerja sampai selesai"
    ),
    "sentiment": Text("Sentiment", "Sentimen"),
    "stage": Text("Stage", "Tahap"),
    "subject_relation": Text("Ours or a competitor's", "Milik kita atau pesaing"),
    "trait": Text("Trait", "Ciri"),
    "verdict": Text("Verdict", "Penilaian"),
    "version": Text("Version", "Versi"),
    "waited_minutes": Text("Minutes waited", "Menit menunggu"),
    "waited_minutes_business": Text("Business minutes waited", "Menit jam kerja menunggu"),
    "observed_at": Text("Seen", "Diamati"),
    "recorded_at": Text("Brought in", "Masuk"),
    "batch": Text("Import", "Impor"),
    "file": Text("File", "Berkas"),
    "row": Text("Row", "Baris"),
}
_VALUES: dict[str, dict[str, Text]] = {
    "kind": {
        "album": Text("Album", "Album"),
        "carousel": Text("Carousel", "Carousel"),
        "image": Text("Image", "Gambar"),
        "link": Text("Link", "Tautan"),
        "live": Text("Live", "Siaran langsung"),
        "photo": Text("Photo", "Foto"),
        "poll": Text("Poll", "Polling"),
        "reel": Text("Reel", "Reel"),
        "short": Text("Short", "Short"),
        "status": Text("Status", "Status"),
        "story": Text("Story", "Story"),
        "text": Text("Text", "Teks"),
        "video": Text("Video", "Video"),
        "document": Text("Document", "Dokumen"),
        "article": Text("Article", "Artikel"),
    },
    "weekday": {
        str(number): Text(en, id_)
        for number, (en, id_) in enumerate(
            zip(
                ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
                ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
                strict=True,
            )
        )
    },
    "published_precision": {
        "minute": Text("to the minute", "sampai menit"),
        "day": Text("to the day", "sampai hari"),
    },
    "language": {"en": Text("English", "Inggris"), "id": Text("Indonesian", "Indonesia")},
}
_NONE = Text("not said", "tidak disebut")
_LONG = 90


def name_column(key: str, table: str = "") -> Text:
    """Return the name of a column for people: a short one, else its meaning, else its words."""
    if key in _NAMES:
        return _NAMES[key]
    meaning = _meaning(key, table)
    if meaning is not None:
        return Text(_head(meaning.en), _head(meaning.id))
    words = key.replace("_", " ").capitalize()
    return Text(words, words)


def meaning_of(key: str, table: str) -> Text | None:
    """Return what a column means, in one sentence."""
    return _meaning(key, table)


def _meaning(key: str, table: str) -> Text | None:
    if not table:
        return None
    known = {c.name: c.meaning for c in table_of(table).columns}
    return known.get(key)


def _head(sentence: str) -> str:
    """Return the beginning of a sentence, short enough for the head of a column."""
    head = sentence.split(":")[0].split(";")[0].split(",")[0].strip().removeprefix("the ")
    return head[:1].upper() + head[1:]


def name_value(key: str, value: str | None, facts: PlatformFacts, language: Language) -> str:
    """Return a value of a dimension as people say it."""
    if value is None or value == "":
        return _NONE.say(language)
    if key == "platform":
        return facts.names.get(value, value)
    if key == "account":
        return name_account(value, facts)
    if key == "hour":
        return f"{int(value):02d}.00" if language == "id" else f"{int(value):02d}:00"
    known = _VALUES.get(key, {}).get(value)
    return known.say(language) if known else value


def name_account(account: str, facts: PlatformFacts) -> str:
    """Return an account as people say it: "kopiserambi · Instagram"."""
    platform, _colon, name = account.partition(":")
    return f"{name} · {facts.names.get(platform, platform)}" if name else account


def write_cell(value: object, *, locale: Locale, calendar: Calendar, most: int = _LONG) -> str:
    """Return one value of a row as text; a moment on the brand's clock."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return {"en": ("no", "yes"), "id": ("tidak", "ya")}[locale.language][value]
    if isinstance(value, datetime):
        return locale.format_datetime(local_moment(calendar.timezone, value))
    if isinstance(value, date):
        return locale.format_date(value)
    if isinstance(value, int | float | Decimal):
        return locale.format_number(value)
    text = " ".join(str(value).split())
    return text if len(text) <= most else text[: most - 1] + "…"
