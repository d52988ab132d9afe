"""Raw files kept by their hash, exactly as they came in."""

from __future__ import annotations

import hashlib
import os
import uuid
from datetime import UTC, datetime
from pathlib import Path

from tolok.base import InternalError, Text

_BLOCK = 1 << 20
_PASSING = ".part"


class RawFiles:
    """A folder of files named by the SHA-256 of their content; a file is kept once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, path: Path, *, expected: str | None = None) -> str:
        """Copy the file in, synced to disk, and return its hash; a second copy changes nothing.

        A file whose `expected` hash is kept already is only read again, to see that it is so.
        """
        if expected is not None and self._place(expected).exists():
            digest = hash_file(path)
            if digest == expected:
                return digest
        self.folder.mkdir(parents=True, exist_ok=True)
        passing = self.folder / f"{uuid.uuid4().hex}{_PASSING}"
        try:
            digest = _copy(path, passing)
            target = self._place(digest)
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                passing.replace(target)
        finally:
            passing.unlink(missing_ok=True)
        return digest

    def sweep(self, before: datetime) -> int:
        """Delete what killed copies left behind before a moment (naive UTC); return how many."""
        old = [
            path for path in self.folder.rglob(f"*{_PASSING}")
            if datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(tzinfo=None) < before
        ]  # fmt: skip
        for path in old:
            path.unlink()
        return len(old)

    def has(self, digest: str) -> bool:
        """Whether the file is kept; one that held an erased person's data is not."""
        return self._place(digest).exists()

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


def _copy(path: Path, target: Path) -> str:
    """Copy a file, synced to disk, and return the hash of the bytes that were copied."""
    digest, buffer = hashlib.sha256(), memoryview(bytearray(_BLOCK))
    with path.open("rb", buffering=0) as came, target.open("wb") as kept:
        while count := came.readinto(buffer):
            digest.update(buffer[:count])
            kept.write(buffer[:count])
        kept.flush()
        os.fsync(kept.fileno())
    return digest.hexdigest()


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file's content, in hexadecimal."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
