"""`python -m tolok.web.messages [gather APP …]`: gather the words of apps, compile translations.

The words in code and templates are English; each app keeps its Indonesian ones in
`locale/id/LC_MESSAGES/django.po`. Gathering needs GNU gettext, compiling only Babel.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.core.management import call_command
from django.core.management.commands.makemessages import Command

from .discover import app_names

_HERE = Path(__file__).parent
# The same words give the same file, whenever they are compiled.
_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)


class _Gather(Command):
    # A guess from a similar word is no translation.
    msgmerge_options = [*Command.msgmerge_options, "--no-fuzzy-matching"]


def find_catalogues() -> list[Path]:
    """Return the translation file of every app that has one."""
    return sorted(_HERE.glob("*/locale/*/LC_MESSAGES/django.po"))


def gather(apps: list[str]) -> None:
    """Bring the translation files of these apps up to date with the words in code and templates."""
    here = Path.cwd()
    try:
        for name in apps:
            folder = _HERE / name
            (folder / "locale").mkdir(exist_ok=True)
            os.chdir(folder)
            call_command(
                _Gather(),
                locale=["id"],
                ignore_patterns=["tests/*"],
                no_location=True,
                no_obsolete=True,
                no_wrap=True,
                verbosity=0,
            )
    finally:
        os.chdir(here)


def find_all() -> list[Path]:
    """Return every translation file there is: those of the apps, and the command line's."""
    return [*find_catalogues(), *_HERE.parent.glob("cli/locale/*/LC_MESSAGES/*.po")]


def compiled(source: Path) -> bytes:
    """Return a translation file as programs read it.

    The language is given to Babel by name: with an empty `Language:` header it would
    silently drop the plurals.
    """
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parts[-3])
    catalogue.creation_date = _NO_DATE
    target = BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()


def compile_all() -> None:
    """Compile every translation file beside its source."""
    for source in find_all():
        source.with_suffix(".mo").write_bytes(compiled(source))


def main() -> int:
    """Gather the apps named after `gather` (all, when none is named), then compile."""
    if sys.argv[1:2] == ["gather"]:
        gather(sys.argv[2:] or [name.rsplit(".", 1)[1] for name in app_names()])
    compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
