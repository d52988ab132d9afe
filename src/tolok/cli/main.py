"""The tolok command and its sub-commands, found by standing in this folder."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Sequence
from pathlib import Path

import click

import tolok
from tolok.base import TolokError

from .state import State, pass_state
from .terminal import say_error

HERE = Path(__file__).parent


class Commands(click.Group):
    """The commands of the modules beside this one, loaded when asked for: a start costs seconds."""

    def list_commands(self, context: click.Context) -> list[str]:
        """Return the names of all commands; loads every module."""
        self._load()
        return super().list_commands(context)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Return a command; first from the module that bears its name, else from any."""
        if name not in self.commands:
            self._load(name)
        if name not in self.commands:
            self._load()
        return super().get_command(context, name)

    def _load(self, name: str = "") -> None:
        for module in pkgutil.iter_modules([str(HERE)]):
            about, found, _ = module.name.partition("_commands")
            if found and name.startswith(about if name else ""):
                loaded = importlib.import_module(f"{__package__}.{module.name}")
                for command in loaded.COMMANDS:
                    self.add_command(command)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start here:\n\n\b\n  tolok demo                    a sample brand, in one go\n"
    "  tolok init kopi-serambi       your own brand\n"
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

    Ukuran yang benar dulu. (The right number first.)
    """
    context.obj = State.of(home=home, workspace=workspace, language=language)


@tolok_command.command("where")
@pass_state
def where(state: State) -> None:
    """Print the folder everything lies in."""
    click.echo(state.home.folder)


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
        say_error(error, state.language if state else State.of().language)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(0)


if __name__ == "__main__":
    main()
