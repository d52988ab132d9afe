"""Values of rows as people say them, in both languages, beside the names of their columns."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from tolok.base import Calendar, Language, Locale, PlatformFacts, Text, local_moment

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
