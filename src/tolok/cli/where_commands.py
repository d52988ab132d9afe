"""`tolok where`: the folder everything lies in."""

from __future__ import annotations

import click

from .state import State, pass_state


@click.command("where")
@pass_state
def where_command(state: State) -> None:
    """Print the folder everything lies in."""
    click.echo(state.home.folder)


COMMANDS = (where_command,)
