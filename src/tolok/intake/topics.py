"""Topics of a brand: proposed from its comments once, named by people, then found in every new text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tomli_w

from tolok.base import Text, UserError, check_slug
from tolok.language import find_topics, list_terms

SAMPLE = 8_000


@dataclass(frozen=True, slots=True)
class NamedTopic:
    """A topic a person can name: found in a text that holds one of its words or pairs of words."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class BrandTopics:
    """The topics of one brand, in the order of their file."""

    topics: tuple[NamedTopic, ...] = ()

    def find(self, texts: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the topics of each text, the one with most of its words first; () for none."""
        place: dict[str, list[int]] = {}
        for number, topic in enumerate(self.topics):
            for word in topic.words:
                place.setdefault(word.lower(), []).append(number)
        return [self._of(set(list_terms(text)), place) for text in texts]

    def _of(self, terms: set[str], place: dict[str, list[int]]) -> tuple[str, ...]:
        hits: dict[int, int] = {}
        for term in terms:
            for number in place.get(term, ()):
                hits[number] = hits.get(number, 0) + 1
        ordered = sorted(hits, key=lambda number: (-hits[number], number))
        return tuple(self.topics[number].name for number in ordered)


def topics_file(folder: Path, brand: str) -> Path:
    """Return where the topics of a brand are kept in the workspace's folder."""
    return folder / "topics" / f"{check_slug(brand)}.toml"


def propose_topics(
    texts: Sequence[str], *, count: int | None = None, exclude: Sequence[str] = (), seed: int = 0
) -> BrandTopics:
    """Return topics from clusters of the texts (a random part of many); none from few texts.

    `exclude` names words that say nothing here, such as the brand's own name.
    """
    chosen = list(texts)
    if len(chosen) > SAMPLE:
        order = np.random.default_rng(seed).choice(len(chosen), SAMPLE, replace=False)
        chosen = [chosen[row] for row in np.sort(order)]
    banned = {word.lower() for word in exclude}
    found: dict[str, NamedTopic] = {}
    for topic in find_topics(chosen, count, seed=seed):
        words = tuple(k.word for k in topic.keywords if not banned & set(k.word.split()))
        name = " · ".join(words[:2]).replace(",", " ")
        if words:
            found.setdefault(name, NamedTopic(name, words))
    return BrandTopics(tuple(found.values()))


def save_topics(topics: BrandTopics, path: Path) -> None:
    """Write the topics to a TOML file in which a person may rename them and change their words."""
    path.parent.mkdir(parents=True, exist_ok=True)
    told = [{"name": t.name, "words": list(t.words)} for t in topics.topics]
    path.write_text(tomli_w.dumps({"topics": told}), encoding="utf-8")


def read_topics(path: Path) -> BrandTopics | None:
    """Return the topics of the file, None where there is none; raises UserError when damaged."""
    if not path.exists():
        return None
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8")).get("topics", [])
        return BrandTopics(
            tuple(
                NamedTopic(re.sub(r"\s*,\s*", " ", t["name"]).strip(), tuple(t["words"]))
                for t in told
            )
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise UserError(
            Text("The topics file {file} cannot be read: {why}.",
                 "Berkas topik {file} tidak terbaca: {why}."),
            Text("Mend that line, or delete the file to have topics proposed anew.",
                 "Perbaiki baris itu, atau hapus berkasnya supaya topik diusulkan lagi."),
            file=path.name, why=error,
        ) from error  # fmt: skip
