"""Every command, under one name."""

from __future__ import annotations

import typer

from kefu.backups import backup, restore
from kefu.calibrate import calibrate
from kefu.check import check
from kefu.config import config, doctor
from kefu.convert import convert
from kefu.evaluate import evaluate
from kefu.exporting import export
from kefu.grade import grade
from kefu.importing import import_chats
from kefu.mask import mask
from kefu.play import play
from kefu.reporting import report
from kefu.schema import schema
from kefu.serve import serve
from kefu.train import train
from kefu.user import user
from kefu.work import work

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


COMMANDS = (
    serve, play, grade, convert, mask, check, train, evaluate, calibrate, schema, config, doctor,
    export, report, backup, restore, work,
)  # fmt: skip
for command in COMMANDS:
    app.command()(command)
app.command("import")(import_chats)
app.add_typer(user)
