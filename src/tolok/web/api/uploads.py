"""Where uploaded files wait for their import."""

from __future__ import annotations

import re
import uuid
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from tolok.base import Text, UserError

LIMIT = 200 * 1024 * 1024
_UNSAFE = re.compile(r"[^\w .()\-\[\]&+,]", re.UNICODE)


def uploads_folder() -> Path:
    """Return the folder of the home in which uploads of programs wait."""
    return Path(settings.TOLOK_HOME) / "uploads" / "api"


def folder_of(key: str) -> Path:
    """Return the folder of one upload."""
    return uploads_folder() / str(uuid.UUID(key))


def keep_upload(file: UploadedFile) -> str:
    """Write an uploaded file into a folder of its own and return the key of that; raises UserError."""
    if not file.size:
        raise UserError(
            Text("The file {name} is empty.", "Berkas {name} kosong."),
            Text("Export it again.", "Ekspor lagi."), name=file.name or "–",
        )  # fmt: skip
    if file.size > LIMIT:
        raise UserError(
            Text("The file {name} is larger than 200 MB.", "Berkas {name} lebih dari 200 MB."),
            Text("Send a shorter period.", "Kirim periode yang lebih pendek."),
            name=file.name or "–",
        )
    key = str(uuid.uuid4())
    folder = folder_of(key)
    folder.mkdir(mode=0o700, parents=True)
    with (folder / safe_name(file.name or "")).open("wb") as target:
        for chunk in file.chunks():
            target.write(chunk)
    return key


def safe_name(name: str) -> str:
    """Return the last part of a name without anything that means something to a file system."""
    last = _UNSAFE.sub("_", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(". ")
    stem, dot, end = last.rpartition(".")
    return f"{stem[:80]}{dot}{end[:10]}" if stem else (last[:80] or "upload")
