"""What dropped files do not say: each question as a field of a form, and what was answered there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tolok.base import Text, UserError

from .models import Drop
from .telling import CHOICES, KINDS_APART

_LONGEST = 200
_FITS_NOT = Text("The file does not fit {told}: choose one of {choices}.",
                 "Berkasnya tidak cocok dengan {told}: pilih salah satu dari {choices}.")  # fmt: skip
_NO_CHOICE = Text("Choose one of the exports listed for {file}.",
                  "Pilih salah satu ekspor yang tercantum untuk {file}.")  # fmt: skip


def asked_files(drop: Drop) -> list[dict[str, Any]]:
    """Return the verdicts that wait for an answer, each question with its field and its choices."""
    found = []
    for verdict, fields in _fields_of(drop):
        told = drop.told(verdict["path"])
        questions = [
            {**q, "field": name, "told": _told_of(q, told), "options": _options(q)}
            for name, q in fields.items()
        ]
        found.append({**verdict, "questions": questions})
    return found


def read_answers(drop: Drop, posted: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return what is told of each file by its path, after a form was sent.

    A field left empty keeps what was told before; the field `all.account` answers for every file
    whose own is empty. Raises UserError for an export that its table cannot be.
    """
    files: dict[str, dict[str, str]] = dict(drop.answers.get("files", {}))
    for verdict, fields in _fields_of(drop):
        told = dict(files.get(verdict["path"], {}))
        kinds: list[str] = []
        for name, question in fields.items():
            key = question["key"]
            value = posted.get(name, "").strip() or posted.get(f"all.{key}", "").strip()
            if key != "kind":
                told |= {key: value[:_LONGEST]} if value else {}
            elif value and value not in question["choices"]:
                raise UserError(_NO_CHOICE, file=verdict["name"])
            else:
                kinds += [value] if value else []
        told |= {"kind": KINDS_APART.join(dict.fromkeys(kinds))} if kinds else {}
        files[verdict["path"]] = told
    return files


def check_kind(drop: Drop, path: str | None, told: str) -> None:
    """Raise UserError for an export that no table can be which waits to hear what it is.

    Asked are the tables of one file by its path, or of all files; where none waits nothing is wrong.
    """
    choices = [
        choice
        for verdict, fields in _fields_of(drop) if path in (None, verdict["path"])
        for question in fields.values() if question["key"] == "kind"
        for choice in question["choices"]
    ]  # fmt: skip
    wrong = [kind for kind in told.split(KINDS_APART) if kind not in choices]
    if told and choices and wrong:
        raise UserError(_FITS_NOT, told=wrong[0], choices=", ".join(dict.fromkeys(choices)))


def _fields_of(drop: Drop) -> Iterator[tuple[dict[str, Any], dict[str, dict[str, Any]]]]:
    """Yield each verdict that asks, with its questions by the names of their fields."""
    asked = [v for v in drop.verdicts if v["state"] == "asked"]
    for number, verdict in enumerate(asked):
        fields: dict[str, dict[str, Any]] = {}
        for place, question in enumerate(verdict["questions"]):
            name = f"{number}.{question['key']}"
            # Several tables of one file may each ask what they are.
            fields[f"{name}.{place}" if name in fields else name] = question
        yield verdict, fields


def _told_of(question: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    value = str(told.get(question["key"], ""))
    if question["key"] != "kind":
        return value
    return next((k for k in value.split(KINDS_APART) if k in question["choices"]), "")


def _options(question: Mapping[str, Any]) -> Mapping[str, Text]:
    names: dict[str, dict[str, str]] = question.get("names", {})
    return CHOICES.get(question["key"]) or {key: Text(**name) for key, name in names.items()}
