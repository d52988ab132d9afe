"""Raw files kept by their hash, exactly as they came in."""

from __future__ import annotations

import hashlib
import os
import shutil
import uuid
from pathlib import Path

from tolok.base import InternalError, Text


class RawFiles:
    """A folder of files named by the SHA-256 of their content; a file is kept once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, path: Path) -> str:
        """Copy the file in, synced to disk, and return its hash; a second copy changes nothing."""
        digest = hash_file(path)
        target = self._place(digest)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            passing = target.with_suffix(f".{uuid.uuid4().hex}.part")
            shutil.copyfile(path, passing)
            with passing.open("rb+") as handle:
                os.fsync(handle.fileno())
            passing.replace(target)
        return digest

    def path_of(self, digest: str) -> Path:
        """Return where the file with the hash lies; raises InternalError when it is gone."""
        place = self._place(digest)
        if not place.exists():
            raise InternalError(
                Text("The kept file {digest} is gone.", "Berkas tersimpan {digest} hilang."),
                Text("Restore the lake's folder from a backup.",
                     "Pulihkan folder danau data dari cadangan."),
                digest=digest,
            )  # fmt: skip
        return place

    def _place(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file's content, in hexadecimal."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
