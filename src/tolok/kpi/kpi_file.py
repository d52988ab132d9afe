"""KPI files: the open form in TOML in which KPIs come in and go out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

import tomli_w

from tolok.base import Text, UserError

from . import kpi as _form
from .kpi import Kpi
from .target import Target, read_target

_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_ORDER = (
    "key", "name", "metric", "state", "area", "goal", "reason", "owner", "stage", "platforms",
    "accounts", "aim", "baseline", "target", "per", "path", "start", "due", "rhythm", "weight",
    "counter", "benchmark", "budget", "currency", "filters", "steps",
)  # fmt: skip
_CHOICES = {
    "state": get_args(_form.Life), "aim": get_args(_form.Aim), "per": get_args(_form.Per),
    "path": get_args(_form.Path), "rhythm": get_args(_form.Rhythm),
}  # fmt: skip
_TEXTS = ("name", "metric", "area", "goal", "reason", "owner", "stage", "counter", "benchmark",
          "currency")  # fmt: skip
_NUMBERS = ("weight", "budget")
_DEFAULTS = {"state": "active", "aim": "reach", "path": "straight", "weight": 1.0}


def read_kpis(path: Path) -> tuple[Kpi, ...]:
    """Read a KPI file in its order; none when it does not exist. Raises UserError, saying where."""
    if not path.exists():
        return ()
    try:
        return parse_kpis(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise _bad_file(path.name, str(error)) from None
    except UserError as error:
        error.data.setdefault("file", path.name)
        raise


def parse_kpis(text: str) -> tuple[Kpi, ...]:
    """Read KPIs from TOML text; raises UserError naming the KPI and field at fault."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _bad_file("TOML", str(error)) from None
    unknown = set(told) - {"kpi"}
    entries = told.get("kpi", [])
    if unknown or not isinstance(entries, list):
        raise _bad_file("TOML", ", ".join(sorted(unknown)) or "kpi")
    kpis = tuple(parse_kpi(entry, number) for number, entry in enumerate(entries, 1))
    seen: set[str] = set()
    for kpi in kpis:
        if kpi.key in seen:
            raise UserError(
                Text("The KPI key “{key}” stands twice.", "Kunci KPI “{key}” dipakai dua kali."),
                Text("Give one of them another key.", "Beri kunci lain pada salah satunya."),
                key=kpi.key,
            )  # fmt: skip
        seen.add(kpi.key)
    return kpis


def parse_kpi(entry: Mapping[str, Any], number: int = 1) -> Kpi:
    """Return the KPI of one table of a KPI file; raises UserError naming the field at fault."""
    key = entry.get("key", "")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise _bad_field(f"#{number}", "key", key, "ig-engagement-rate")
    for name in ("name", "metric"):
        if not entry.get(name):
            raise _bad_field(key, name, "", "…")
    unknown = set(entry) - set(_ORDER)
    if unknown:
        raise UserError(
            Text("KPI “{key}” has the unknown field {field}.",
                 "KPI “{key}” memuat bidang {field} yang tidak dikenal."),
            Text("Known fields: {known}.", "Bidang yang dikenal: {known}."),
            key=key, field=", ".join(sorted(unknown)), known=", ".join(_ORDER),
        )  # fmt: skip
    return Kpi(**{name: _read_field(key, name, value) for name, value in entry.items()})


def _read_field(key: str, name: str, value: Any) -> Any:
    if name in _CHOICES:
        if value not in _CHOICES[name]:
            raise _bad_field(key, name, value, ", ".join(_CHOICES[name]))
        return value
    if name in _TEXTS and not isinstance(value, str):
        raise _bad_field(key, name, value, "…")
    if name in _NUMBERS:
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise _bad_field(key, name, value, "1.0")
        return float(value)
    reader = _READERS.get(name)
    return reader(key, name, value) if reader else value


def _read_words(key: str, name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise _bad_field(key, name, value, '["instagram"]')
    return tuple(value)


def _read_day(key: str, name: str, value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _bad_field(key, name, value, "2026-12-31") from None


def _read_filters(key: str, name: str, value: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise _bad_field(key, name, value, '{ kind = ["reel"] }')
    return {n: _read_words(key, f"{name}.{n}", v) for n, v in value.items()}


def _read_baseline(key: str, name: str, value: Any) -> float | str:
    if isinstance(value, str) and value:
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _bad_field(key, name, value, '0.047, "2026-Q2"')
    return float(value)


def _read_steps(key: str, name: str, value: Any) -> tuple[tuple[date, float], ...]:
    if not isinstance(value, dict):
        raise _bad_field(key, name, value, '{ "2026-09-30" = 9000 }')
    steps = []
    for day, amount in value.items():
        whole = f"{day}-01" if re.fullmatch(r"\d{4}-\d{2}", day) else day
        if isinstance(amount, bool) or not isinstance(amount, int | float):
            raise _bad_field(key, f"{name}.{day}", amount, "9000")
        steps.append((_read_day(key, name, whole), float(amount)))
    return tuple(sorted(steps))


def _read_target(_key: str, _name: str, value: Any) -> Target:
    return read_target(value)


_READERS: Mapping[str, Any] = {
    "platforms": _read_words, "accounts": _read_words, "filters": _read_filters,
    "start": _read_day, "due": _read_day, "baseline": _read_baseline, "steps": _read_steps,
    "target": _read_target,
}  # fmt: skip


def write_kpi(kpi: Kpi) -> dict[str, Any]:
    """Return a KPI as one table of a KPI file: fixed order, what is unsaid left out."""
    told: dict[str, Any] = {}
    for name in _ORDER:
        value = getattr(kpi, name)
        if value is None or value in ((), {}) or value == _DEFAULTS.get(name):
            continue
        told[name] = _write_field(kpi, name, value)
    return told


def _write_field(kpi: Kpi, name: str, value: Any) -> Any:
    if name == "target":
        return value.write()
    if name == "filters":
        return {n: list(v) for n, v in sorted(value.items())}
    if name == "steps":
        form = "%Y-%m" if kpi.path == "monthly" else "%Y-%m-%d"
        return {day.strftime(form): _plain(amount) for day, amount in sorted(value)}
    if isinstance(value, tuple):
        return list(value)
    return _plain(value) if isinstance(value, float) else value


def _plain(number: float) -> float | int:
    return int(number) if number == int(number) else number


def dump_kpis(kpis: Iterable[Kpi]) -> str:
    """Return KPIs as TOML, byte for byte the same for the same KPIs."""
    return tomli_w.dumps({"kpi": [write_kpi(kpi) for kpi in kpis]})


def write_kpis(path: Path, kpis: Iterable[Kpi]) -> None:
    """Write a KPI file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    passing = path.with_suffix(".part")
    passing.write_text(dump_kpis(kpis), encoding="utf-8")
    passing.replace(path)


def _bad_file(file: str, why: str) -> UserError:
    return UserError(
        Text("The KPI file {file} cannot be read: {why}.",
             "Berkas KPI {file} tidak terbaca: {why}."),
        Text("It holds one [[kpi]] table per KPI; `tolok kpi export` shows the form.",
             "Isinya satu tabel [[kpi]] per KPI; `tolok kpi export` menunjukkan bentuknya."),
        file=file, why=why,
    )  # fmt: skip


def _bad_field(key: str, field: str, value: Any, example: str) -> UserError:
    return UserError(
        Text("KPI {key}: {field} cannot be “{value}”.", "KPI {key}: {field} tidak bisa “{value}”."),
        Text("Write it like {example}.", "Tulis seperti {example}."),
        key=key, field=field, value=value, example=example,
    )  # fmt: skip
