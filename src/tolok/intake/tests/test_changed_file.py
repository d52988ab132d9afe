"""A file that changes between its verdict and its import is not half taken."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

import pytest

from tolok.base import SourceError
from tolok.intake import Answers, examine, take
from tolok.lake import Lake


def test_a_file_changed_after_its_verdict_is_refused_and_nothing_of_it_is_written(
    tmp_path: Path,
) -> None:
    with as_file(files("tolok.sample") / "exports") as folder:
        raw = sorted(Path(folder).glob("instagram-*/Aug*.csv"))[0].read_bytes()
    path = tmp_path / "export.csv"
    path.write_bytes(raw)
    lake = Lake(tmp_path / "lake")
    verdicts = list(examine([path], Answers()))
    assert verdicts[0].state == "ready"
    path.write_bytes(raw[: len(raw) // 2])
    with pytest.raises(SourceError, match="changed while it was read"):
        list(take(verdicts, lake, "kopi"))
    assert lake.catalogue.batches() == []
    path.write_bytes(raw)
    assert [t.batch is not None for t in take(examine([path], Answers()), lake, "kopi")] == [True]
