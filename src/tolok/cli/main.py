"""The tolok command; its sub-commands are loaded when they are asked for."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import click

import tolok
from tolok.base import Language, TolokError

from .help import Group, let_speak, speak, spoken, system_language
from .overview import COMMANDS, SECTIONS
from .terminal import say_error

_FLAGS = ("-h", "--help", "--version")
_WIDEST = max(map(len, COMMANDS))


class Commands(Group):
    """The commands of the overview; what they stand on takes a second to load, so help does not."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:  # fmt: skip
        """Return the context of a run; from here on help and mistakes are in its language."""
        speak(_language_of(args))
        return super().make_context(info_name, args, parent, **extra)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - Click's signature
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, its module loaded."""
        if cmd_name in COMMANDS and cmd_name not in self.commands:
            module = importlib.import_module(f"{__package__}.{COMMANDS[cmd_name].module}")
            for command in module.COMMANDS:
                self.add_command(let_speak(command))
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - Click's signature
        """Write the commands by what they are for; loads none of them."""
        language = spoken()
        for title, about in SECTIONS.items():
            with formatter.section(title.say(language)):
                formatter.write_dl(
                    [(f"{n:<{_WIDEST}}", a.line.say(language)) for n, a in about.items()]
                )


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Begin with a sample:\n\n\b\n  tolok demo\n\nOr with your own brand:\n\n\b\n  tolok init kopi-serambi\n"
    "  tolok import ~/Downloads/*.csv\n  tolok scorecard --period last-month\n",
)
@click.version_option(tolok.__version__, prog_name="tolok")
@click.option("--home", type=click.Path(path_type=Path), envvar="TOLOK_HOME",
              help="Folder of this installation.  [default: ~/.tolok]")  # fmt: skip
@click.option("--workspace", default="main", envvar="TOLOK_WORKSPACE", show_default=True,
              help="Workspace (team or agency).")  # fmt: skip
@click.option("--language", type=click.Choice(["en", "id"]), envvar="TOLOK_LANGUAGE",
              help="Language of the output.  [default: the brand's, else your system's]")  # fmt: skip
@click.pass_context
def tolok_command(
    context: click.Context, home: Path | None, workspace: str, language: str | None
) -> None:
    """Tolok: from platform exports to KPIs judged honestly.

    The right number first.
    """
    # Only a command that runs needs what the state stands on: help and version need none of it.
    from .state import State

    context.obj = State.of(home=home, workspace=workspace, language=language)


def _language_of(arguments: Sequence[str]) -> Language:
    """Return the language asked for before the name of a command, else the system's."""
    told, words = os.environ.get("TOLOK_LANGUAGE"), iter(arguments)
    for word in words:
        if not word.startswith("-"):
            break
        name, has_value, value = word.partition("=")
        if name not in _FLAGS and not has_value:
            value = next(words, "")
        told = value if name == "--language" else told
    return cast("Language", told) if told in ("en", "id") else system_language()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; a mistake ends in one clear sentence and exit code 1 (2 for usage)."""
    try:
        tolok_command.main(args=list(arguments) if arguments is not None else None,
                           prog_name="tolok", standalone_mode=False)  # fmt: skip
    except click.exceptions.Abort:
        click.echo(err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except TolokError as error:
        context = click.get_current_context(silent=True)
        state = context.obj if context else None
        say_error(error, state.language if state else spoken())
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(0)


if __name__ == "__main__":
    main()
