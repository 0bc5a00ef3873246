"""The `kefu` command."""

from __future__ import annotations

import sys

import typer

from transcripts.errors import KefuError

app = typer.Typer(
    name="kefu",
    help="Practise customer service and grade real conversations.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def kefu() -> None:
    """Practise customer service and grade real conversations."""


def main() -> None:
    """Run a command; a fault of the input is one clear message and exit status 2."""
    try:
        app()
    except KefuError as error:
        typer.echo(str(error), err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
