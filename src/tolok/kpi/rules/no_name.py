"""A KPI whose name says nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tolok.base import Text

from ..examples import good_case
from ..rule import Case, Rule

_EMPTY = re.compile(
    r"kpi|target|goal|tes|test|baru|new|contoh|untitled|metrik|metric|sosmed|medsos|social|media|"
    r"ig|fb|tt|yt|x|instagram|facebook|tiktok|youtube|linkedin|twitter|no|nomor|\d+"
)  # fmt: skip


def find(case: Case) -> Mapping[str, object] | None:
    """Find a name that is a number, a filler or one bare word."""
    words = re.findall(r"[\w']+", case.kpi.name.lower())
    telling = [w for w in words if not _EMPTY.fullmatch(w)]
    return None if telling and len(words) > 1 else {"name": case.kpi.name}


RULE = Rule(
    key="no_name", level="hint", letter="S",
    message=Text("The name “{name}” does not say what is measured where.",
                 "Nama “{name}” tidak menjelaskan apa yang diukur dan di mana."),
    mend=Text("Name it after metric and place: “Engagement rate of Instagram reels”.",
              "Beri nama menurut metrik dan tempatnya: “Tingkat interaksi Reels Instagram”."),
    find=find, good=good_case(), bad=good_case(name="KPI 1"),
)  # fmt: skip
