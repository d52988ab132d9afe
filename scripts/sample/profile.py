"""What is told beside the files: the brand, its accounts, whose a folder is, when exported."""

from __future__ import annotations

from .parcel import Parcel

BRAND = """\
# Kopi Serambi, an invented coffee brand in Surabaya. Every value in this folder is made up.
slug = "kopi-serambi"
name = "Kopi Serambi"
time_zone = "Asia/Jakarta"
currency = "IDR"
week_start = "monday"
language = "id"
"""
TOLD = """\
# Whose files lie in which folder, for files that name no account themselves, and when each
# file was exported. A file that names its account goes by its own word.
"""


def profile_toml(parcel: Parcel) -> str:
    """Return the brand's facts and own accounts as TOML."""
    blocks = [BRAND]
    for (account,), facts in sorted(parcel.truth["accounts"].items()):
        if facts.get("handle") == "rotirembulan":
            continue
        lines = ["[[accounts]]", f'account = "{account}"']
        lines += [f'{name} = "{value}"' for name, value in facts.items()]
        blocks.append("\n".join([*lines, 'relation = "own"']) + "\n")
    return "\n".join(blocks)


def accounts_toml(parcel: Parcel) -> str:
    """Return, per folder, the account its files belong to, and per file the moment of export."""
    folders = {path.split("/")[0] for path in parcel.files}
    accounts = {account.split(":")[0]: account for (account,) in sorted(parcel.truth["accounts"])
                if "rotirembulan" not in account}  # fmt: skip
    lines = [TOLD, "[folders]"]
    lines += [f'"{f}" = "{accounts[f.split("-")[0]]}"' for f in sorted(folders)]
    lines += ["", "[observed]"]
    lines += [f'"{path}" = {seen.isoformat()}+07:00'
              for path, seen in sorted(parcel.observed.items())]  # fmt: skip
    return "\n".join(lines) + "\n"
