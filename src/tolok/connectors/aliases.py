"""Which header means which field: one TOML file per platform and language, no code.

A file `aliases/<language>.toml` in a platform's folder holds a table per export kind (the part of
its key after the dot), each field with the headers that language uses for it:

    [instagram_content]
    views = ["Tayangan"]

A table named `any` serves all kinds of the platform, and `like = "instagram_content"` takes over
the headers of another table. The same word may mean different things on
different platforms (Tayangan is views on Instagram, impressions in adverts), so nothing is shared
between platforms. `{currency}` in a header stands for the three letters of a currency, and
`Views#2` for the second of two columns with one header.

Words inside cells and titles that a language translates stand in tables named `words.<list>`:

    [words.post_type]
    reel = ["Reel IG"]
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from tolok.base import DefinitionError, Text

from .connector import Connector, Export
from .reading.header import fold_header

Aliases = Mapping[str, frozenset[str]]  # field -> folded headers
Words = Mapping[str, str]  # folded word -> its meaning

_CURRENCY = re.compile(r"\(([A-Z]{3})\)")


@cache
def load_languages(folder: str) -> Mapping[str, Mapping[str, Aliases]]:
    """Return language -> table -> field -> folded headers of a platform's folder."""
    found: dict[str, dict[str, Aliases]] = {}
    for language, tables in _read_files(folder).items():
        found[language] = {
            name: {
                f: frozenset(fold_header(h) for h in heads)
                for f, heads in {**tables.get(fields.get("like", ""), {}), **fields}.items()
                if f != "like"
            }
            for name, fields in tables.items()
            if name != "words"
        }
    return found


@cache
def load_words(folder: str, name: str) -> Words:
    """Return, of all languages together, what each folded word of a list means.

    Raises DefinitionError when one word is given two meanings.
    """
    found: dict[str, str] = {}
    for language, tables in _read_files(folder).items():
        for meaning, words in tables.get("words", {}).get(name, {}).items():
            for word in words:
                _claim(found, fold_header(word), meaning, place=f"{folder} {language} {name}")
    return found


@cache
def _read_files(folder: str) -> Mapping[str, Mapping[str, dict]]:
    root = files(folder) / "aliases"
    if not root.is_dir():
        return {}
    return {
        entry.name.removesuffix(".toml"): tomllib.loads(entry.read_text(encoding="utf-8"))
        for entry in sorted(root.iterdir(), key=lambda e: e.name)
        if entry.name.endswith(".toml")
    }


@cache
def _aliases_of(folder: str, kind: str, names: frozenset[str]) -> Mapping[str, Aliases]:
    result: dict[str, Aliases] = {}
    for language, tables in load_languages(folder).items():
        merged = {**tables.get("any", {}), **tables.get(kind, {})}
        mine = {f: heads for f, heads in merged.items() if f in names}
        if kind in tables or (mine and "any" in tables):
            _refuse_doubles(f"{folder} {language} {kind}", mine)
            result[language] = mine
    return result


def aliases_of(connector: Connector, export: Export) -> Mapping[str, Aliases]:
    """Return, per language, the folded headers of each field of an export kind.

    Raises DefinitionError when a language gives one header to two fields of the kind.
    """
    return _aliases_of(connector.folder, export.kind, frozenset(f.name for f in export.fields))


def _refuse_doubles(place: str, fields: Aliases) -> None:
    seen: dict[str, str] = {}
    for field, heads in fields.items():
        for head in heads:
            _claim(seen, head, field, place=place)


def _claim(seen: dict[str, str], word: str, meaning: str, *, place: str) -> None:
    if seen.setdefault(word, meaning) != meaning:
        raise DefinitionError(
            Text("{place}: “{word}” stands for {one} and for {two}.",
                 "{place}: “{word}” dipakai untuk {one} dan {two}."),
            place=place, word=word, one=seen[word], two=meaning,
        )  # fmt: skip


def header_names(header: Sequence[str]) -> list[tuple[str, ...]]:
    """Return, per header cell, the folded names it may be looked up by, the exact one first.

    The second of two like headers is `name#2`; three capitals in brackets also read `{currency}`.
    """
    counts: dict[str, int] = {}
    result: list[tuple[str, ...]] = []
    for cell in header:
        names = dict.fromkeys((fold_header(cell), fold_header(_CURRENCY.sub("({currency})", cell))))
        first = next(iter(names))
        counts[first] = counts.get(first, 0) + 1
        if counts[first] > 1:
            names = dict.fromkeys(f"{n}#{counts[first]}" for n in names)
        result.append(tuple(n for n in names if n and not n.startswith("#")))
    return result


def currency_in(header: str) -> str | None:
    """Return the currency a header names in brackets, or None."""
    found = _CURRENCY.findall(header)
    return found[-1] if found else None
