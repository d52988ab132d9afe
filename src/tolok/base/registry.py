"""Shelves: a package whose modules each hold things of one form, found by standing there."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Hashable, Iterator
from functools import lru_cache
from types import ModuleType
from typing import Any, TypeVar, cast

from .errors import DefinitionError
from .text import Text

Form = TypeVar("Form")


def load_shelf(package_name: str, form_type: type[Form]) -> dict[str, Form]:
    """Return every thing of a form that stands on a shelf, by its key, sorted.

    Each module and sub-package is imported (its tests are not); things are found at module level,
    alone or in tuples and lists. Raises DefinitionError for a module that cannot be imported and
    for two things with one key, naming the places.
    """
    return dict(_load(package_name, cast("Hashable", form_type)))


def forget_shelves() -> None:
    """Forget what was loaded, so that a thing added since is found."""
    _load.cache_clear()


def caption(module: ModuleType) -> str:
    """Return the first line of a module's docstring; raises DefinitionError when it has none."""
    words = (module.__doc__ or "").strip()
    if not words:
        raise DefinitionError(
            Text("{module} has no docstring.", "{module} tidak punya docstring."),
            Text("Begin the file with one sentence.", "Awali berkas dengan satu kalimat."),
            module=module.__name__,
        )
    return words.splitlines()[0].strip()


@lru_cache(maxsize=64)
def _load(package_name: str, form_type: Any) -> dict[str, Any]:
    found: dict[str, tuple[Any, str]] = {}
    for module in _modules(package_name):
        for name, thing in _things(module, form_type):
            place = f"{module.__name__}.{name}"
            known, before = found.setdefault(_key(thing, place), (thing, place))
            if known is not thing:
                raise _double(str(thing.key), before, place)
    return {key: found[key][0] for key in sorted(found)}


def _modules(package_name: str) -> Iterator[ModuleType]:
    module = _import(package_name)
    yield module
    for info in sorted(pkgutil.iter_modules(getattr(module, "__path__", ())), key=lambda i: i.name):
        if info.name != "tests":
            yield from _modules(f"{package_name}.{info.name}")


def _import(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except Exception as error:
        raise DefinitionError(
            Text("{module} cannot be loaded: {reason}", "{module} tidak dapat dimuat: {reason}"),
            module=name,
            reason=f"{type(error).__name__}: {error}",
        ) from error


def _things(module: ModuleType, form_type: type[Any]) -> Iterator[tuple[str, Any]]:
    for name, value in vars(module).items():
        if isinstance(value, form_type):
            yield name, value
        elif isinstance(value, tuple | list):
            for place, item in enumerate(value):
                if isinstance(item, form_type):
                    yield f"{name}[{place}]", item


def _key(thing: Any, place: str) -> str:
    key = getattr(thing, "key", None)
    if not isinstance(key, str) or not key:
        raise DefinitionError(
            Text("{place} has no key.", "{place} tidak punya kunci."), place=place
        )
    return key


def _double(key: str, first: str, second: str) -> DefinitionError:
    return DefinitionError(
        Text(
            "The key {key} is used twice: in {first} and in {second}.",
            "Kunci {key} dipakai dua kali: di {first} dan di {second}.",
        ),
        Text("Give one of them another key.", "Beri kunci lain pada salah satunya."),
        key=key,
        first=first,
        second=second,
    )
