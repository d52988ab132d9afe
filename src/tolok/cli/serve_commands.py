"""`tolok serve` and `tolok demo`: the workspace in the browser, and a sample brand in one go."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path

import click
from rich.text import Text as Line

from tolok.base import Text
from tolok.base.workspace import read_profile
from tolok.web.serve import prepare, serve, set_up

from .import_commands import answers_of, print_verdicts, run_import
from .scorecard_commands import card_of, print_card
from .state import State, pass_state
from .terminal import QUIET, console

_OPEN = Text("Open {address} · stop with Ctrl C", "Buka {address} · hentikan dengan Ctrl C")
_BRINGING = Text("Importing the sample exports of {name}, an invented coffee brand …",
                 "Mengimpor contoh ekspor {name}, merek kopi rekaan …")  # fmt: skip
_KNOWN = Text("The sample exports were imported before.", "Contoh ekspor sudah pernah diimpor.")


def _address(function: Callable[..., None]) -> Callable[..., None]:
    function = click.option("--port", default=8000, show_default=True, help="Port to listen on.")(
        function
    )
    return click.option(
        "--host",
        default="127.0.0.1",
        show_default=True,
        help="Address to listen on; 0.0.0.0 lets other machines in.",
    )(function)


@click.command("serve", epilog="Examples:\n\n\b\n  tolok serve\n  tolok serve --port 9000\n")
@_address
@pass_state
def serve_command(state: State, host: str, port: int) -> None:
    """Serve the workspace as pages in the browser."""
    _serve(state, host, port)


@click.command("demo", epilog="Examples:\n\n\b\n  tolok demo\n  tolok demo --no-serve\n")
@_address
@click.option("--serve/--no-serve", "is_served", default=True, help="Serve the pages afterwards.")
@pass_state
def demo_command(state: State, host: str, port: int, is_served: bool) -> None:
    """Import the sample brand's exports, print its scorecard and serve it."""
    out = console()
    with as_file(files("tolok.sample")) as folder:
        profile = read_profile(Path(folder) / "profile.toml")
        state.workspace.save_brand(profile)
        _copy_kpis(state, Path(folder), profile.slug)
        out.print(_BRINGING.say(state.language, name=profile.name), style="bold")
        done = run_import(state, profile, [Path(folder) / "exports"], answers_of(profile))
    if all(t.verdict.state == "known" for t in done):
        out.print(_KNOWN.say(state.language), style=QUIET)
    else:
        print_verdicts(state, done, check=False, verbose=False, is_brief=True)
    print_card(state, profile, card_of(state, profile, None))
    if is_served:
        _serve(state, host, port)


def _copy_kpis(state: State, sample: Path, brand: str) -> None:
    target, source = state.workspace.kpi_file(brand), sample / "kpis.toml"
    if source.exists() and not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())


def _serve(state: State, host: str, port: int) -> None:
    os.environ.setdefault("TOLOK_LOCAL", "1")
    set_up(state.home.folder)
    prepare()
    # The models can be imported only once Django is ready.
    from tolok.web.accounts.facts import adopt_home

    adopt_home(state.workspace.folder.name)
    out = console()
    out.print()
    address = f"http://{host}:{port}/"
    out.print(Line("▸ ", style="cyan"), _OPEN.say(state.language, address=address), sep="")
    serve(host, port, state.home.folder)


COMMANDS = (serve_command, demo_command)
