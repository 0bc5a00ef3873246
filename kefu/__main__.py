"""The `kefu` command."""

from __future__ import annotations

import sys

import typer

from transcripts.errors import InvalidFile, KefuError, Refused


def main() -> None:
    """Run a command. Faults in the data end with 1, wrong usage and unreadable input with 2."""
    try:
        _app()()
    except KefuError as error:
        typer.echo(str(error), err=True)
        sys.exit(1 if isinstance(error, InvalidFile | Refused) else 2)


def _app() -> typer.Typer:
    """All commands; of the web app only its own, so that its first page need not wait for them."""
    if sys.argv[1:2] == ["serve"]:
        from kefu.serve import app
    else:
        from kefu.commands import app
    return app


if __name__ == "__main__":
    main()
