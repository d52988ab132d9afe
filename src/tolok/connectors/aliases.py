"""Which header means which field: one TOML file per platform and language, no code.

A file `aliases/<language>.toml` in a platform's folder holds a table per export kind (the part of
its key after the dot), each field with the headers that language uses for it:

    [instagram_content]
    views = ["Tayangan"]

A table named `any` serves all kinds of the platform. The same word may mean different things on
different platforms (Tayangan is views on Instagram, impressions in adverts), so nothing is shared
between platforms.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from tolok.base import DefinitionError, Text

from .connector import Connector, Export
from .reading.header import fold_header

Aliases = Mapping[str, frozenset[str]]  # field -> folded headers


@cache
def load_languages(folder: str) -> Mapping[str, Mapping[str, Aliases]]:
    """Return language -> table -> field -> folded headers of a platform's folder."""
    found: dict[str, dict[str, Aliases]] = {}
    root = files(folder) / "aliases"
    if not root.is_dir():
        return found
    for entry in sorted(root.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".toml"):
            tables = tomllib.loads(entry.read_text(encoding="utf-8"))
            found[entry.name.removesuffix(".toml")] = {
                name: {f: frozenset(fold_header(h) for h in heads) for f, heads in fields.items()}
                for name, fields in tables.items()
            }
    return found


def aliases_of(connector: Connector, export: Export) -> Mapping[str, Aliases]:
    """Return, per language, the folded headers of each field of an export kind.

    Raises DefinitionError when a language gives one header to two fields of the kind.
    """
    kind = export.key.split(".", 1)[-1]
    names = {f.name for f in export.fields}
    result: dict[str, Aliases] = {}
    for language, tables in load_languages(connector.folder).items():
        merged = {**tables.get("any", {}), **tables.get(kind, {})}
        mine = {f: heads for f, heads in merged.items() if f in names}
        if kind in tables or (mine and "any" in tables):
            _refuse_doubles(export, language, mine)
            result[language] = mine
    return result


def _refuse_doubles(export: Export, language: str, fields: Aliases) -> None:
    seen: dict[str, str] = {}
    for field, heads in fields.items():
        for head in heads:
            if seen.setdefault(head, field) != field:
                raise DefinitionError(
                    Text("{export}: header “{head}” ({language}) stands for {one} and {two}.",
                         "{export}: judul “{head}” ({language}) dipakai {one} dan {two}."),
                    export=export.key, head=head, language=language, one=seen[head], two=field,
                )  # fmt: skip
