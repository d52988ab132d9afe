"""Answers kept for all processes: worked out once for the facts as they are, then only read.

An answer lies in the home folder, under the brand and under a mark of everything it rests on. A
changed fact, promise, setting, day or definition makes another mark, so nothing stale is ever
found. One process works an answer out, the others wait for it.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import io
import logging
import os
import pickle
import shutil
import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from django.conf import settings

import tolok
from tolok.metrics import Metric, load_metrics

Made = TypeVar("Made")
logger = logging.getLogger(__name__)
_IN_MEMORY = 48 * 2**20  # bytes of answers per process, as they were written
_MOST = 600  # answers of one brand on disk; further ones are only kept in memory
_PAGES = 150  # pages of a brand that are made ready anew
_LONGEST = 400
_UNKNOWN = 2**16  # bytes an answer counts for that cannot be written
_SIGNATURE = 32
_READY, _ASKED = "ready", "asked"
_DEFINITIONS = {".py", ".toml", ".json", ".csv", ".html", ".mo"}
_Key = tuple[Path, str, str]  # folder, mark, name


class _Found(NamedTuple):
    answer: Any
    size: int  # bytes, as it was written


class _Memory:
    """The answers last asked for, as many as fit; the caller holds the guard."""

    def __init__(self) -> None:
        self.answers: OrderedDict[_Key, _Found] = OrderedDict()
        self.size = 0

    def find(self, key: _Key) -> _Found | None:
        """Return an answer and note that it was asked for."""
        found = self.answers.get(key)
        if found is not None:
            self.answers.move_to_end(key)
        return found

    def add(self, key: _Key, found: _Found) -> None:
        """Keep an answer; those not asked for the longest make room."""
        self.drop(key)
        self.answers[key] = found
        self.size += found.size
        while self.size > _IN_MEMORY and len(self.answers) > 1:
            self.drop(next(iter(self.answers)))

    def drop(self, key: _Key) -> None:
        """Let go of an answer."""
        old = self.answers.pop(key, None)
        self.size -= old.size if old else 0

    def clear(self) -> None:
        """Let go of all answers."""
        self.answers.clear()
        self.size = 0


_recent = _Memory()
_guard = threading.Lock()
_here = threading.local()


def keep(folder: Path, mark: str, name: str, make: Callable[[], Made]) -> Made:
    """Return the answer of this name under the mark, else what `make` gives, kept from then on.

    Threads and processes that ask for the same answer wait for the one that works it out; what
    `make` raises is raised here and keeps nothing. Answers must not be changed by who gets them.
    """
    key = (folder, mark, name)
    with _guard:
        known = _recent.find(key)
    if known is not None:
        kept: Made = known.answer
        return kept
    path = folder / mark / f"{digest_of(name)}.answer"
    found = _read(path)
    if found is None:
        with _alone(path):
            found = _read(path)  # another may have been first
            if found is None:
                _here.made = made_here() + 1
                found = _write(path, make())
    with _guard:
        _recent.add(key, found)
    answer: Made = found.answer
    return answer


def made_here() -> int:
    """Return how many answers this thread has worked out so far."""
    return getattr(_here, "made", 0)


def has_answer(folder: Path, mark: str, name: str) -> bool:
    """Whether the answer is there, so that it need not be worked out."""
    return (folder / mark / f"{digest_of(name)}.answer").exists()


def is_ready(folder: Path, mark: str) -> bool:
    """Whether everything people asked before was worked out under the mark."""
    return (folder / mark / _READY).exists()


def set_ready(folder: Path, mark: str) -> None:
    """Say that everything was worked out under the mark, and delete what lies under others."""
    (folder / mark).mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / mark / _READY).touch()
    for old in folder.iterdir():
        if old.is_dir() and old.name != mark:
            shutil.rmtree(old, ignore_errors=True)


def note_asked(folder: Path, address: str) -> None:
    """Keep the address of a page whose answers had to be worked out, to have them ready next time."""
    if "\n" not in address and len(address) <= _LONGEST and address not in read_asked(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (folder / _ASKED).open("a", encoding="utf-8") as file:
            file.write(f"{address}\n")


def read_asked(folder: Path) -> list[str]:
    """Return the addresses last asked for, the newest first."""
    try:
        lines = (folder / _ASKED).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    return list(dict.fromkeys(reversed(lines)))[:_PAGES]


def trim_asked(folder: Path, addresses: list[str]) -> None:
    """Keep only these addresses, given the newest first."""
    aside = folder / f"{_ASKED}.{os.getpid()}"
    aside.write_text("".join(f"{a}\n" for a in reversed(addresses)), encoding="utf-8")
    aside.replace(folder / _ASKED)


def forget_all(folder: Path) -> None:
    """Delete every answer of a brand, in memory too: nothing of it may be found again."""
    with _guard:
        for key in [k for k in _recent.answers if k[0] == folder]:
            _recent.drop(key)
    shutil.rmtree(folder, ignore_errors=True)


def digest_of(*parts: object) -> str:
    """Return a short mark of everything given; equal only when all parts are."""
    return hashlib.sha256("\x1f".join(repr(part) for part in parts).encode()).hexdigest()[:32]


@cache
def definitions_mark() -> str:
    """Return a mark of every definition and text pages rest on, by what the files of Tolok hold.

    The same release in another folder has the same mark: what was prepared stays good.
    """
    root = Path(tolok.__file__).parent
    told = hashlib.sha256(tolok.__version__.encode())
    for path in sorted(root.rglob("*")):
        if path.suffix in _DEFINITIONS and not {"tests", "static"} & set(path.parts):
            told.update(f"\x1f{path.relative_to(root).as_posix()}\x1f".encode())
            told.update(hashlib.sha256(path.read_bytes()).digest())
    return told.hexdigest()[:32]


# -- one file ------------------------------------------------------------------------------------


def _read(path: Path) -> _Found | None:
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    signature, body = content[:_SIGNATURE], content[_SIGNATURE:]
    # A file cut short by a power loss, or written by anybody else, is as good as none.
    if not hmac.compare_digest(signature, _sign(body)):
        return None
    written = zlib.decompress(body)
    return _Found(_Reader(io.BytesIO(written)).load()[0], len(written))


def _write(path: Path, answer: Any) -> _Found:
    out = io.BytesIO()
    try:
        _Writer(out, pickle.HIGHEST_PROTOCOL).dump((answer,))
    except (pickle.PicklingError, TypeError, AttributeError):
        logger.warning("an answer cannot be kept for other processes", exc_info=True)
        return _Found(answer, _UNKNOWN)
    written = out.getvalue()
    body = zlib.compress(written, 1)
    aside = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
    with suppress(OSError):  # a full disk must not take the page away: it is only made again
        if sum(1 for _ in path.parent.iterdir()) < _MOST:
            aside.write_bytes(_sign(body) + body)
            aside.replace(path)
    with suppress(OSError):
        aside.unlink(missing_ok=True)
    return _Found(answer, len(written))


def _sign(body: bytes) -> bytes:
    key = hashlib.sha256(b"answers" + settings.SECRET_KEY.encode()).digest()
    return hashlib.blake2b(body, key=key, digest_size=_SIGNATURE).digest()


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold back everybody else who wants to work out the same answer.

    The kernel frees the lock of a killed process, so no stale lock can block the next one.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        door = path.with_suffix(".lock").open("a")
    except OSError:  # nowhere to write: everybody works for himself
        yield
        return
    with door:
        fcntl.flock(door, fcntl.LOCK_EX)
        try:
            yield
        finally:
            with suppress(OSError):
                path.with_suffix(".lock").unlink(missing_ok=True)


class _Writer(pickle.Pickler):
    """Writes a metric as its key: what it means is always that of the running program."""

    def persistent_id(self, thing: Any) -> str | None:
        """Return the key of a metric of the catalogue."""
        if isinstance(thing, Metric) and load_metrics().get(thing.key) is thing:
            return thing.key
        return None


class _Reader(pickle.Unpickler):
    """Reads what `_Writer` wrote; only ever given bytes signed by this installation."""

    def persistent_load(self, key: str) -> Metric:
        """Return the metric of the key."""
        return load_metrics()[key]
