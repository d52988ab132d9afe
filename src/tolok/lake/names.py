"""Short names of columns for people, and of what rows are broken down by, in both languages."""

from __future__ import annotations

from collections.abc import Iterable

from tolok.base import Text

from .shelf import table_of

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
    "followers_net": Text("Net new followers", "Pertambahan bersih pengikut"),
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


def name_column(key: str, table: str = "") -> Text:
    """Return the name of a column for people: a short one, else its meaning, else its words."""
    if key in _NAMES:
        return _NAMES[key]
    meaning = meaning_of(key, table)
    if meaning is not None:
        return Text(_head(meaning.en), _head(meaning.id))
    words = key.replace("_", " ").capitalize()
    return Text(words, words)


def list_columns(keys: Iterable[str], table: str) -> Text:
    """Return the names of columns as a list inside a sentence: "reactions, likes"."""
    names = [name_column(key, table) for key in keys]
    return Text(", ".join(_inside(n.en) for n in names), ", ".join(_inside(n.id) for n in names))


def meaning_of(key: str, table: str) -> Text | None:
    """Return what a column means, in one sentence; None for a column the table does not have."""
    if not table:
        return None
    return next((c.meaning for c in table_of(table).columns if c.name == key), None)


def _head(sentence: str) -> str:
    """Return the beginning of a sentence, short enough for the head of a column."""
    head = sentence.split(":")[0].split(";")[0].split(",")[0].strip().removeprefix("the ")
    return head[:1].upper() + head[1:]


def _inside(name: str) -> str:
    is_word = name[1:2].islower()  # and not an abbreviation
    return name[:1].lower() + name[1:] if is_word else name
