"""The `kefu` command."""

from __future__ import annotations

import sys

import typer

from kefu.calibrate import calibrate
from kefu.check import check
from kefu.config import config, doctor
from kefu.convert import convert
from kefu.evaluate import evaluate
from kefu.grade import grade
from kefu.mask import mask
from kefu.schema import schema
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


for command in (grade, convert, mask, check, evaluate, calibrate, schema, config, doctor):
    app.command()(command)


def main() -> None:
    """Run a command; a fault of the input is one clear message and exit status 2."""
    try:
        app()
    except KefuError as error:
        typer.echo(str(error), err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
