"""Help and mistakes of usage in the reader's language, whole sentences, none cut short.

What Click says itself and what the commands say of themselves stand in one translation file:
Click asks the default domain of gettext, which is ours here.
"""

from __future__ import annotations

import gettext
import inspect
import locale
import os
import re
from collections.abc import Iterable
from gettext import gettext as _
from pathlib import Path

import click

from tolok.base import Language

DOMAIN = "tolok"
LOCALE = Path(__file__).parent / "locale"
_SHOUTED = re.compile(r"\b[A-Z]{2,}\b")
_DATE, _STRICT_DATE = "YYYY-MM-DD", "[%Y-%m-%d]"
_EXTRA = "  ["  # what Click adds to the help of an option begins like this


def speak(language: Language) -> None:
    """Let help and mistakes be said in the language from now on."""
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language


def spoken() -> Language:
    """Return the language help and mistakes are said in."""
    return "id" if os.environ.get("LANGUAGE") == "id" else "en"


def system_language() -> Language:
    """Return Bahasa Indonesia where the system speaks it, else English."""
    told = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return "id" if told.lower().startswith(("id", "in_id")) else "en"


def first_sentence(command: click.Command) -> str:
    """Return what the command does, as its help begins, in the reader's language."""
    return say_help(inspect.cleandoc(command.help or "").partition("\n\n")[0])


def say_help(text: str) -> str:
    """Return a help text in the reader's language; what Click or we add in brackets apart."""
    cut = len(text)
    while cut > 0:
        head = text[:cut]
        said = _(head)
        if said != head:
            return said + text[cut:]
        cut = head.rfind(_EXTRA)
    return text


class Formatter(click.HelpFormatter):
    """Writes help in the reader's language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is called."""
        super().write_usage(prog, _say_holes(args), prefix)

    def write_text(self, text: str) -> None:
        """Write paragraphs, each translated apart; examples stay as they are typed."""
        said = [_(p) if p.strip() else p for p in text.split("\n\n")]
        super().write_text("\n\n".join(said))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write options and commands in two columns."""
        told = [(_say_holes(name), say_help(text) if text else "") for name, text in rows]
        super().write_dl(told, col_max, col_spacing)


class Context(click.Context):
    """A context whose help is written in the reader's language."""

    formatter_class = Formatter


class Group(click.Group):
    """A group that tells its commands in whole sentences."""

    context_class = Context

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each command does."""
        known = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        rows = [(name, first_sentence(command)) for name, command in known if command]
        with formatter.section(_("Commands")):
            formatter.write_dl(rows)


def let_speak(command: click.Command) -> click.Command:
    """Return the command, whose help and whose commands' help now speak the reader's language."""
    command.context_class = Context
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        let_speak(below)
    return command


def _say_holes(text: str) -> str:
    """Return the words in capitals, which stand for what a person types, in their language."""
    dated = text.replace(_STRICT_DATE, _DATE).replace(_DATE, _(_DATE))
    return _SHOUTED.sub(lambda m: _(m[0]), dated)
