"""Make the sample data that ships with Tolok; `--check` proves the committed files are its work."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sample.parts import make_tree

HOME = Path(__file__).resolve().parents[1] / "src" / "tolok" / "sample"
OWNED = ("exports", "truth")


def present() -> dict[str, bytes]:
    """Return the files of the sample folder that this script owns."""
    paths = [p for folder in OWNED for p in (HOME / folder).rglob("*") if p.is_file()]
    paths += [p for p in [HOME / "profile.toml"] if p.is_file()]
    return {p.relative_to(HOME).as_posix(): p.read_bytes() for p in paths}


def differences(wanted: dict[str, bytes], found: dict[str, bytes]) -> list[str]:
    """Return a line per file that is missing, left over or different."""
    lines = [f"missing: {path}" for path in sorted(wanted.keys() - found.keys())]
    lines += [f"left over: {path}" for path in sorted(found.keys() - wanted.keys())]
    both = sorted(wanted.keys() & found.keys())
    return lines + [f"different: {path}" for path in both if wanted[path] != found[path]]


def write(wanted: dict[str, bytes]) -> None:
    """Write every file and remove what the script no longer makes."""
    for path in present().keys() - wanted.keys():
        (HOME / path).unlink()
    for path, data in wanted.items():
        target = HOME / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def main() -> int:
    """Run the command; 1 when a check finds a difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    is_check = parser.parse_args().check
    wanted = make_tree()
    if not is_check:
        write(wanted)
    lines = differences(wanted, present())
    size = sum(len(data) for data in wanted.values())
    sys.stdout.write("\n".join([*lines, f"{len(wanted)} files, {size:,} bytes\n"]))
    return 1 if lines else 0


if __name__ == "__main__":
    raise SystemExit(main())
