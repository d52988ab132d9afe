"""Damaged exports give right figures or a clear refusal: never a crash, never a wrong figure."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

import tolok.connectors.platforms.meta
from tolok.intake import Answers, examine_file

FIXTURES = Path(tolok.connectors.platforms.meta.__file__).parent / "fixtures"
GOOD = ("instagram_id.csv", "facebook_daily.csv", "adverts_id.csv", "series_id.csv")
TOLD = Answers(accounts=("instagram:a", "facebook:b", "meta_ads:c"))
TOLD_FOR = {"series_id.csv": Answers(accounts=("instagram:a",))}
# What must be the true figure wherever a mutation leaves the row in.
FIGURES = {"posts": ("post", "views"), "post_days": ("post", "reactions"),
           "ad_results": ("item", "impressions"), "account_days": ("day", "reach")}  # fmt: skip

Mutation = Callable[[bytes, random.Random], bytes]


def text_of(raw: bytes) -> tuple[str, str]:
    encoding = "utf-16" if raw.startswith(b"\xff\xfe") else "utf-8-sig"
    return raw.decode(encoding), encoding


def on_text(change: Callable[[str, random.Random], str]) -> Mutation:
    def apply(raw: bytes, chance: random.Random) -> bytes:
        text, encoding = text_of(raw)
        return change(text, chance).encode(encoding)

    return apply


def lines(change: Callable[[list[str], random.Random], None]) -> Mutation:
    def apply(text: str, chance: random.Random) -> str:
        parts = text.split("\n")
        change(parts, chance)
        return "\n".join(parts)

    return on_text(apply)


MUTATIONS: dict[str, Mutation] = {
    "cut": lambda raw, r: raw[: r.randrange(len(raw))],
    "cut at the start": lambda raw, r: raw[r.randrange(len(raw)) :],
    "wrong encoding": lambda raw, _: text_of(raw)[0].encode("cp1252", "replace"),
    "utf-16": lambda raw, _: text_of(raw)[0].encode("utf-16"),
    "semicolons": on_text(lambda t, _: t.replace(",", ";")),
    "tabs": on_text(lambda t, _: t.replace(",", "\t")),
    "second header": lines(lambda p, r: p.insert(r.randrange(1, len(p)), p[0])),
    "shuffled lines": lines(lambda p, r: r.shuffle(p)),
    "lost line": lines(lambda p, r: p.pop(r.randrange(len(p)))),
    "doubled line": lines(lambda p, r: p.insert(r.randrange(len(p)), r.choice(p))),
    "formula": on_text(lambda t, _: t.replace(",30,", ",=CMD|'/c calc'!A1,", 1)),
    "nul bytes": lambda raw, r: raw.replace(b"0", b"\0", 1 + r.randrange(3)),
    "random byte": lambda raw, r: (
        lambda at: raw[:at] + bytes([r.randrange(256)]) + raw[at + 1 :]
    )(r.randrange(len(raw))),
    "no line ends": on_text(lambda t, _: t.replace("\n", " ")),
    "cr line ends": on_text(lambda t, _: t.replace("\n", "\r")),
    "lost quote": on_text(lambda t, _: t.replace('"', "", 1)),
    "empty": lambda raw, r: b"",
    "long cell": on_text(lambda t, _: t.replace("Merek", "M" * 300_000, 1)),
    "dots for commas in numbers": on_text(lambda t, _: t.replace("12,400", "12.400")),
    "html": lambda raw, _: b"<html><body>Log in</body></html>" + raw,
}  # fmt: skip


def figures(path: Path, told: Answers) -> dict[tuple[str, object], set[object]]:
    verdict = examine_file(path, told)
    assert verdict.state in ("ready", "asked", "refused")
    if verdict.state == "refused":
        assert verdict.reason is not None
        for language in ("en", "id"):
            said = verdict.reason.say(language, **verdict.data)  # type: ignore[arg-type]
            assert said
            assert "Traceback" not in said
    found: dict[tuple[str, object], set[object]] = {}
    for part in verdict.parts:
        for table, (key, column) in FIGURES.items():
            rows = part.facts.get(table)
            if rows is not None and column in rows.column_names:
                for name, value in zip(
                    rows[key].to_pylist(), rows[column].to_pylist(), strict=True
                ):
                    found.setdefault((table, name), set()).add(value)
    return found


def run(tmp_path: Path, rounds: int, seed: int) -> tuple[int, int, list[str]]:
    chance = random.Random(seed)
    wrong: list[str] = []
    taken = files = 0
    for name in GOOD:
        raw = (FIXTURES / name).read_bytes()
        told = TOLD_FOR.get(name, TOLD)
        true = figures(FIXTURES / name, told)
        for kind, mutate in MUTATIONS.items():
            for turn in range(rounds):
                path = tmp_path / f"{files}.csv"
                path.write_bytes(mutate(raw, chance))
                files += 1
                found = figures(path, told)
                taken += bool(found)
                # One byte may turn a digit into another digit: no reader can know.
                if kind in ("random byte", "cut at the start", "nul bytes"):
                    continue
                wrong += [
                    f"{name} {kind} {turn}: {key} {values - true.get(key, set())}"
                    for key, values in found.items()
                    if key in true and not values <= true[key] | {None}
                ]
    return files, taken, wrong


def test_damaged_exports_give_right_figures_or_a_refusal(tmp_path: Path) -> None:
    files, taken, wrong = run(tmp_path, rounds=2, seed=7)
    assert files == len(GOOD) * len(MUTATIONS) * 2
    assert taken > 20  # many kinds of damage can be mended
    assert not wrong


@pytest.mark.proof
def test_five_hundred_damaged_exports_give_right_figures_or_a_refusal(tmp_path: Path) -> None:
    files, _, wrong = run(tmp_path, rounds=7, seed=2026)
    assert files >= 500
    assert not wrong
