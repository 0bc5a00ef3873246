"""The `kefu` command."""

from __future__ import annotations

import sys

import typer

from kefu.commands import commands
from transcripts.errors import InvalidFile, KefuError, Refused


def main() -> None:
    """Run a command. Faults in the data end with 1, wrong usage and unreadable input with 2."""
    try:
        commands(sys.argv[1] if len(sys.argv) > 1 else None)()
    except KefuError as error:
        typer.echo(str(error), err=True)
        sys.exit(1 if isinstance(error, InvalidFile | Refused) else 2)


if __name__ == "__main__":
    main()
