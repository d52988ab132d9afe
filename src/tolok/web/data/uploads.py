"""Receiving files: straight into the home folder, within limits, under names that cannot leave it."""

from __future__ import annotations

import json
import os
import re
import tempfile
import unicodedata
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from .models import Drop, uploads_folder

MOST_FILES = 1000
MOST_BYTES_OF_A_FILE = 400 * 2**20
MOST_BYTES = 2 * 2**30
_DEEPEST = 8
_LONGEST = 120
_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')


class IncomingFile(UploadedFile):
    """A file on its way in; it lies in the home folder from its first byte."""

    def __init__(self, name: str, content_type: str, charset: str | None, extra: Any) -> None:
        folder = uploads_folder() / "incoming"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False)  # noqa: SIM115
        super().__init__(file, name, content_type, 0, charset, extra)
        self.place = Path(file.name)

    def drop(self) -> None:
        """Delete the file where it was not moved on."""
        self.close()
        self.place.unlink(missing_ok=True)


class HomeUploadHandler(FileUploadHandler):
    """Writes uploads to the home folder and stops where they grow beyond the limits."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.received: list[IncomingFile] = []
        self.total = 0
        self.is_too_much = False
        self._file: IncomingFile | None = None
        self._length = 0

    def new_file(self, *args: Any, **values: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **values)
        self._length = 0
        self._file = IncomingFile(
            self.file_name or "", self.content_type or "", self.charset, self.content_type_extra
        )
        self.received.append(self._file)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        """Write a piece; stops the upload beyond the limits."""
        self.total += len(raw_data)
        self._length += len(raw_data)
        if self.total > MOST_BYTES or self._length > MOST_BYTES_OF_A_FILE:
            self.is_too_much = True
            raise StopUpload(connection_reset=False)
        if self._file is not None:
            self._file.write(raw_data)

    def file_complete(self, file_size: int) -> IncomingFile | None:
        """End a file."""
        if self._file is not None:
            self._file.seek(0)
            self._file.size = file_size
        return self._file

    def clear(self) -> None:
        """Delete everything that was not moved into a drop."""
        for file in self.received:
            file.drop()


def clean_path(given: str) -> str:
    """Return a relative path without steps up, control signs or reserved signs; "" for none."""
    text = unicodedata.normalize("NFC", given).replace("\\", "/")
    parts = []
    for part in PurePosixPath(text).parts:
        clean = _UNFIT.sub("_", part).strip().rstrip(".")
        if clean and clean not in ("/", "..", "."):
            parts.append(clean[-_LONGEST:])
    return "/".join(parts[-_DEEPEST:])


def told_paths(request: HttpRequest, count: int) -> list[str]:
    """Return the paths the page told beside the files; names alone where it told none."""
    try:
        told = json.loads(request.POST.get("paths") or "[]")
    except ValueError:
        return []
    fits = isinstance(told, list) and len(told) == count
    return [str(path) for path in told] if fits else []


def keep_files(drop: Drop, files: Sequence[UploadedFile], paths: Sequence[str]) -> None:
    """Move the files received into the drop's folder, and count them."""
    drop.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for number, file in enumerate(files):
        told = clean_path(paths[number]) if paths else ""
        name = told or clean_path(file.name or "") or f"{number}.csv"
        target = _free(drop.folder, name, number)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if isinstance(file, IncomingFile):
            file.close()
            os.replace(file.place, target)  # noqa: PTH105 - keeps the file's bytes in one step
        else:
            with target.open("wb") as kept:
                for chunk in file.chunks():
                    kept.write(chunk)
        drop.files += 1
        drop.size += target.stat().st_size


def _free(folder: Path, name: str, number: int) -> Path:
    """Return where the file goes; one of the same name gets a folder of its own."""
    target = folder / name
    if target.exists() or any(p.is_file() for p in target.parents if p != folder):
        return folder / f"{number:04d}" / PurePosixPath(name).name
    return target
