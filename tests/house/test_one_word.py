"""One word for one thing in Indonesian, too: the same English has the same Indonesian everywhere.

Tolok speaks from `Text` in code, metrics, the translation files of the web and the kits of KPIs.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tolok.metrics.shelf import load_metrics

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "src" / "tolok"
# What people and platforms write is read with their words.
THEIRS = ("tests", "fixtures", "aliases", "exports", "labelled")
READS_PEOPLE = {"value/disclosure.py", "metrics/data/words.toml"}

# One English word of two meanings has a word for each in Indonesian; every other has one.
SENSES = {
    "cannot say": ("tidak dapat dihitung", "tidak dapat dinilai"),  # a figure; a claim
    "change": ("ubah", "perubahan"),  # to change; a change
    "due": ("tenggat", "sudah waktunya"),  # the day; it has come
    "ended": ("berakhir", "diakhiri"),  # its state; what somebody did
    "interactions": ("interaksi", "total interaksi"),  # what people wrote; the platform's total
    "missed": ("meleset", "terlewat"),  # a target; a slot
    "number": ("angka", "nomor"),  # a value; the number by which an error is found again
    "planned": ("direncanakan", "rencana"),  # of a slot; an amount
    "published": ("terbit", "angka terbitan", "terbitan"),  # of a post; the figure of a study
    "reach": ("jangkauan", "mencapai"),  # people; to get to a target
    "reading": ("catatan angka", "membaca"),  # what a post showed; a file is being read
    "remove": ("hapus", "keluarkan"),  # a thing; a person
    "reviews": ("tinjauan", "ulasan"),  # of KPIs; of customers
    "save": ("disimpan", "simpan"),  # what people did with a post; the button
    "scored": ("sudah dinilai", "dinilai"),  # its state; what somebody did
    "share": ("dibagikan", "bagikan"),  # what people did with a post; the button
    "views": ("tayangan", "tampilan"),  # of a post; a page of figures under a name
}
# Where the English says this, the Indonesian may not say that: docs/words.md has one word for it.
SECOND_NAMES = (
    ("", "postingan", "unggahan"),
    ("share of voice", "porsi suara", "pangsa suara"),
    ("watch time|time watched", "lama tonton", "durasi tonton"),
    ("forecast", "perkiraan", "prakiraan"),
    ("partnership", "kerja ?sama", "kemitraan"),
    ("drill", "latihan", "simulasi"),
    ("post-mortem", "evaluasi", "telaah insiden"),
    ("views?", "(?<!“)penayangan", "tayangan"),
    ("mentions?", "penyebutan", "sebutan"),
    ("mentions?", r"mention(?!\))", "sebutan"),
    ("routine variation", "naik-turun", "variasi wajar"),
    ("adherence", "kepatuhan kalender", "kepatuhan jadwal"),
    ("in force", "berlaku", "berjalan"),
    ("rhythm", "irama", "ritme"),
    ("readers?", "pembaca", "penerima"),
    ("readings?", "pembacaan", "catatan angka"),
    ("strategists?", "ahli strategi", "perencana strategi"),
    ("brands?", "brand", "merek"),
    ("benchmark", "pembanding", "tolok banding"),
    ("captions?", "takarir", "keterangan"),
    ("engagement", "keterlibatan", "interaksi"),
    ("virality", r"tingkat viral\b", "tingkat viralitas"),
    ("competitors?", "kompetitor", "pesaing"),
    ("followers?", "follower", "pengikut"),
)
# Names of things as they are typed, and words that search finds a page by.
TYPED = re.compile(r"`[^`]*`|\{[^}]*\}|%\([^)]*\)s|--\w+|\w+:…|\w+_\w+")


@dataclass(frozen=True)
class Said:
    """One sentence or name in both languages, and where it stands."""

    en: str
    id: str
    where: str

    @property
    def key(self) -> str:
        """The English as the same words are told apart: not by case, nor by the last sign."""
        return _plain(self.en)


def _plain(words: str) -> str:
    return words.casefold().strip(" .:…")


def _literal(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _texts(source: str, name: str) -> Iterator[Said]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "Text":
            named = {k.arg: k.value for k in node.keywords}
            en, told = (_literal(n) for n in (*node.args, named.get("en"), named.get("id"))[:2])
            if en and told is not None:
                yield Said(en, told, f"{name}:{node.lineno}")


def _translations(path: Path, name: str) -> Iterator[Said]:
    with path.open("rb") as file:
        for message in read_po(file, locale="id"):
            ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
            told = message.string if isinstance(message.string, str) else message.string[0]  # type: ignore[index]
            yield from (Said(en, told, f"{name}:{message.lineno}") for en in set(ids) if en)


def _kits(path: Path, name: str) -> Iterator[Said]:
    kits = tomllib.loads(path.read_text(encoding="utf-8"))
    entries = [e[field] for e in kits["entry"].values() for field in ("names", "why")]
    yield from (Said(en, told, name) for en, told in (*entries, *kits["names"].values()))


def _metrics() -> Iterator[Said]:
    for metric in load_metrics().values():
        for text in (metric.name, metric.meaning, metric.formula):
            yield Said(text.en, text.id, f"metric {metric.key}")


@cache
def _all_said() -> tuple[Said, ...]:
    found = list(_metrics())
    for path in sorted(SOURCES.rglob("*")):
        parts = path.relative_to(SOURCES).parts
        name = "/".join(parts)
        if set(THEIRS) & set(parts):
            continue
        if path.suffix == ".py":
            found += _texts(path.read_text(encoding="utf-8"), name)
        elif path.name == "django.po":
            found += _translations(path, name)
        elif path.name == "kits.toml":
            found += _kits(path, name)
    return tuple(found)


def _glossary() -> dict[str, str]:
    page = (ROOT / "docs/words.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \w+ \| ([^|]+) \| ([^|]+) \|", page, re.M)
    return {_plain(en): _plain(told) for en, told in rows[1:]}


def _clashes(said: Iterable[Said]) -> list[str]:
    """Return the English words that are said in more ways than they have meanings."""
    ways: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in said:
        ways[one.key][_plain(one.id)].append(one.where)
    return [
        f"“{en}” is " + ", ".join(f"“{way}” ({places[0]})" for way, places in told.items())
        for en, told in ways.items()
        if not set(told) <= set(SENSES.get(en, tuple(told)[:1]))
    ]


def _off_the_glossary(said: Iterable[Said]) -> list[str]:
    """Return what is a word of docs/words.md alone, and is said otherwise than there."""
    words = _glossary()
    found = []
    for one in said:
        word = next((w for w in (one.key, one.key.removesuffix("s")) if w in words), None)
        told = _plain(one.id)
        if word and told not in (words[word], *SENSES.get(one.key, ())):
            found.append(f"{one.where}: “{one.en}” is “{words[word]}”, not “{one.id}”")
    return found


def _second_names(said: Iterable[Said], cue: str, second: str) -> list[str]:
    return [
        f"{one.where}: “{one.id}”"
        for one in said
        if re.search(rf"\b(?:{cue})\b" if cue else "", one.en, re.I)
        and re.search(rf"\b{second}", TYPED.sub("", one.id), re.I)
    ]


def test_the_same_english_is_said_the_same_way_everywhere() -> None:
    said = _all_said()
    assert len(said) > 4000
    assert {Path(s.where.split(":")[0]).suffix for s in said} == {".py", ".po", ".toml", ""}
    assert not (found := _clashes(said)), "\n".join(found)


def test_a_word_of_the_glossary_is_said_as_the_glossary_says() -> None:
    assert len(_glossary()) > 100
    assert not (found := _off_the_glossary(_all_said())), "\n".join(found)


@pytest.mark.parametrize(("cue", "second", "say"), SECOND_NAMES)
def test_no_text_of_tolok_uses_a_second_name(cue: str, second: str, say: str) -> None:
    found = _second_names(_all_said(), cue, second)
    assert not found, f"say “{say}”:\n" + "\n".join(found)


def test_no_line_of_code_or_page_says_postingan() -> None:
    found = [
        f"{name}:{number}"
        for path in sorted(SOURCES.rglob("*"))
        if path.suffix in (".py", ".html", ".po", ".js", ".toml")
        and not set(THEIRS) & set(path.relative_to(SOURCES).parts)
        and (name := path.relative_to(SOURCES).as_posix()) not in READS_PEOPLE
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if "postingan" in line.casefold()
    ]
    assert not found, "\n".join(found)


def test_every_sense_is_still_needed() -> None:
    told = defaultdict(set)
    for one in _all_said():
        told[one.key].add(_plain(one.id))
    for en, told_in in _glossary().items():
        told[en].add(told_in)
    assert {en: ways for en, ways in SENSES.items() if set(ways) - told[en]} == {}


def test_two_words_for_one_and_a_second_name_are_found() -> None:
    code = 'Text("Coverage", "Cakupan"); Text(en="coverage", id="Kelengkapan data"); Text(a, "b")'
    said = list(_texts(code, "made_up.py"))
    assert [s.where for s in said] == ["made_up.py:1"] * 2
    assert _clashes(said) == [
        "“coverage” is “cakupan” (made_up.py:1), “kelengkapan data” (made_up.py:1)"
    ]
    assert _off_the_glossary(said) == [
        "made_up.py:1: “Coverage” is “kelengkapan data”, not “Cakupan”"
    ]
    drill = Said("Hold a drill", "Adakan latihan", "made_up.py:2")
    assert _second_names([drill], "drill", "latihan") == ["made_up.py:2: “Adakan latihan”"]
    assert not _second_names([Said("Training", "Pelatihan", "x")], "drill", "latihan")
