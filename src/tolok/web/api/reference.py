"""The operations of the API as its reference page tells them, read from its description."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Node = Mapping[str, Any]
_DEEPEST = 7
_BASE = "/api/v1"
# What stands for the names in an address; other names stand for themselves.
_LIKE = {
    "kpi": "ig-engagement-rate", "metric": "followers", "period": "2026-10", "form": "pdf",
    "goal": "known", "strategy": "short-video", "tactic": "reels", "activity": "giveaway",
    "key": "Foto%20menu", "kind": "costs", "thing": "short-video", "version": "VERSION",
}  # fmt: skip
_STRINGS = {"date": "2026-10-31", "date-time": "2026-10-31T07:00:00Z", "binary": "@file"}


@dataclass(frozen=True)
class Asked:
    """One thing an operation takes: its name, of what kind, whether it must be there."""

    name: str
    kind: str
    is_needed: bool
    default: str
    says: str


@dataclass(frozen=True)
class Answer:
    """What comes back: its status, and its shape as JSON; empty for a file or nothing."""

    status: int
    shape: str


@dataclass(frozen=True)
class Operation:
    """One operation, with everything a program needs to know of it."""

    key: str
    group: str
    method: str
    path: str
    says: str
    right: str
    scopes: tuple[str, ...]
    asked: tuple[Asked, ...]
    body: tuple[Asked, ...]
    is_form: bool
    example: str
    answers: tuple[Answer, ...]
    errors: tuple[int, ...]

    @property
    def parts(self) -> list[str]:
        """The address cut where a line may break."""
        return [f"/{part}" for part in self.path.split("/")[1:]]


def read_operations(schema: Node) -> tuple[Operation, ...]:
    """Return the operations of a description in its order."""
    return tuple(
        _operation(path.removeprefix(_BASE), method, told, schema)
        for path, methods in schema["paths"].items()
        for method, told in methods.items()
    )


def _operation(path: str, method: str, told: Node, schema: Node) -> Operation:
    parameters = told.get("parameters", ())
    kind, form = _body(told, schema)
    responses = {int(status): one for status, one in told["responses"].items()}
    return Operation(
        key=told["operationId"], group=(told.get("tags") or ["-"])[0], method=method.upper(),
        path=path, says=told.get("description") or told.get("summary", ""),
        right=told["x-right"], scopes=tuple(told["x-scopes"]),
        asked=tuple(_parameter(p, schema) for p in parameters if p["name"] != "brand"),
        body=_fields(form, schema), is_form=kind.startswith("multipart"),
        example=_example(path, method, told, schema),
        answers=tuple(_answer(s, one, schema) for s, one in responses.items() if s < 400),
        errors=tuple(sorted(s for s in responses if s >= 400)),
    )  # fmt: skip


def _parameter(told: Node, schema: Node) -> Asked:
    form = told.get("schema", {})
    return Asked(
        told["name"], _kind(form, schema), told.get("required", False),
        _default(form), told.get("description", form.get("description", "")),
    )  # fmt: skip


def _default(form: Node) -> str:
    default = form.get("default")
    return "" if default in (None, "", [], {}) else json.dumps(default).strip('"')


def _body(told: Node, schema: Node) -> tuple[str, Node]:
    for kind, content in told.get("requestBody", {}).get("content", {}).items():
        return kind, _resolve(content.get("schema", {}), schema)
    return "", {}


def _fields(form: Node, schema: Node) -> tuple[Asked, ...]:
    needed = set(form.get("required", ()))
    return tuple(
        Asked(name, _kind(field, schema), name in needed, _default(field),
              field.get("description", ""))
        for name, field in form.get("properties", {}).items()
    )  # fmt: skip


def _resolve(form: Node, schema: Node) -> Node:
    while ref := form.get("$ref"):
        form = schema["components"]["schemas"][ref.rsplit("/", 1)[-1]]
    return form


def _kind(form: Node, schema: Node) -> str:
    """Return in a word or two what a value is."""
    if "$ref" in form:
        form = _resolve(form, schema)
    if choices := form.get("enum"):
        return " | ".join(str(c) or '""' for c in choices)
    if options := form.get("anyOf"):
        kinds = dict.fromkeys(_kind(o, schema) for o in options if o.get("type") != "null")
        return " | ".join(kinds)
    if form.get("type") == "array":
        return f"[{_kind(form.get('items', {}), schema)}]"
    return str(form.get("format") or form.get("type") or "any")


def _answer(status: int, told: Node, schema: Node) -> Answer:
    form = told.get("content", {}).get("application/json", {}).get("schema")
    shape = "" if form is None else json.dumps(_sample(form, schema), indent=2, ensure_ascii=False)
    return Answer(status, shape)


def _sample(form: Node, schema: Node, depth: int = 0) -> Any:
    """Return a value of the shape that is described; what nests too deep is left as "…"."""
    form = _resolve(form, schema)
    if depth > _DEEPEST:
        return "…"
    if examples := form.get("examples"):
        return examples[0]
    if options := form.get("anyOf"):
        return _sample(next((o for o in options if o.get("type") != "null"), {}), schema, depth)
    if choices := [c for c in form.get("enum", ()) if c != ""]:
        return choices[0]
    kind = form.get("type")
    if kind == "array":
        return [_sample(form.get("items", {}), schema, depth + 1)]
    if kind == "object" or "properties" in form:
        named = form.get("properties", {})
        if not named and isinstance(inner := form.get("additionalProperties"), Mapping):
            return {"…": _sample(inner, schema, depth + 1)}
        return {name: _sample(field, schema, depth + 1) for name, field in named.items()}
    plain = {"integer": 1, "number": 1.5, "boolean": True}
    return plain.get(str(kind), _STRINGS.get(str(form.get("format")), "…"))


def _example(path: str, method: str, told: Node, schema: Node) -> str:
    """Return a call by curl, one flag a line; `{base}` and `{brand}` are still to be filled in."""
    address, query = path, []
    for one in told.get("parameters", ()):
        like = "1" if one["schema"].get("type") == "integer" else one["name"]
        like = _LIKE.get(one["name"], like)
        if one["in"] == "path" and one["name"] != "brand":
            address = address.replace(f"{{{one['name']}}}", like)
        elif one["in"] == "query" and one.get("required"):
            query.append(f"{one['name']}={like}")
    asked = f"?{'&'.join(query)}" if query else ""
    start = "curl" if method == "get" else f"curl -X {method.upper()}"
    lines = [f'{start} "{{base}}{address}{asked}"', '-H "Authorization: Bearer tlk_…"']
    return " \\\n".join([*lines, *_sent(told, schema)])


def _sent(told: Node, schema: Node) -> list[str]:
    """Return what a call by curl sends along; nothing where there is no body."""
    kind, form = _body(told, schema)
    if kind.startswith("multipart"):
        return [f'-F "{name}=@{_file_like(name)}"' for name in form.get("properties", {})]
    if not kind:
        return []
    needed = set(form.get("required", ()))
    sent = {
        name: _sample(field, schema) for name, field in form.get("properties", {}).items()
        if name in needed or field.get("examples")
    }  # fmt: skip
    said = json.dumps(sent, ensure_ascii=False)
    return ['-H "Content-Type: application/json"', f"-d '{said}'"]


def _file_like(name: str) -> str:
    return "logo.png" if name.startswith("logo") else "export.csv"
