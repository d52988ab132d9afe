"""What dropped files do not say: each question as a field of a form, and what was answered there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tolok.base import Text, UserError

from .models import Drop
from .telling import CHOICES, KINDS_APART, both

_LONGEST = 200
_FITS_NOT = Text("The file does not fit {told}: choose one of {choices}.",
                 "Berkasnya tidak cocok dengan {told}: pilih salah satu dari {choices}.")  # fmt: skip
_WHOSE = both(Text("Which account are they of?", "Berkas-berkas ini milik akun mana?"))
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


def shared_questions(asked: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what several of the files ask alike, to be answered once, with their names.

    Accounts are asked alike where they may be of the same platform; what a table is, each asks
    for itself.
    """
    groups: dict[str, dict[str, Any]] = {}
    for verdict in asked:
        for question in verdict["questions"]:
            if question["key"] != "kind":
                name = _shared_name(question)
                text = _WHOSE if question["key"] == "account" else question["text"]
                first = {**question, "text": text, "field": name, "told": "", "files": []}
                groups.setdefault(name, first)["files"].append(verdict["name"])
    return [g for g in groups.values() if len(g["files"]) > 1]


def asks_alike(verdict: Mapping[str, Any], shared: Sequence[Mapping[str, Any]]) -> bool:
    """Whether all that a file asks is among the shared questions."""
    names = {question["field"] for question in shared}
    return all(q["key"] != "kind" and _shared_name(q) in names for q in verdict["questions"])


def read_answers(drop: Drop, posted: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return what is told of each file by its path, after a form was sent.

    A field left empty keeps what was told before; a shared field, such as `all.account.instagram`,
    answers for the files that ask alike and whose own is empty, `all.account` for every one. Raises
    UserError for an export that its table cannot be.
    """
    files: dict[str, dict[str, str]] = dict(drop.answers.get("files", {}))
    for verdict, fields in _fields_of(drop):
        told = dict(files.get(verdict["path"], {}))
        kinds: list[str] = []
        for name, question in fields.items():
            key = question["key"]
            places = (name, _shared_name(question), f"all.{key}")
            value = next((v for p in places if (v := posted.get(p, "").strip())), "")
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


def _shared_name(question: Mapping[str, Any]) -> str:
    """Return the name of the field that answers for all files with this question."""
    key, platform = question["key"], question.get("example", "").partition(":")[0]
    return f"all.{key}.{platform}" if key == "account" and platform else f"all.{key}"


def _told_of(question: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    value = str(told.get(question["key"], ""))
    if question["key"] != "kind":
        return value
    return next((k for k in value.split(KINDS_APART) if k in question["choices"]), "")


def _options(question: Mapping[str, Any]) -> Mapping[str, Text]:
    names: dict[str, dict[str, str]] = question.get("names", {})
    return CHOICES.get(question["key"]) or {key: Text(**name) for key, name in names.items()}
