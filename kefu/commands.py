"""Every command, under one name; of those not asked for nothing is imported."""

from __future__ import annotations

from importlib import import_module
from typing import Final

import typer

COMMANDS: Final = {
    "serve": "kefu.serve:serve",
    "play": "kefu.play:play",
    "grade": "kefu.grade:grade",
    "convert": "kefu.convert:convert",
    "mask": "kefu.mask:mask",
    "check": "kefu.check:check",
    "train": "kefu.train:train",
    "evaluate": "kefu.evaluate:evaluate",
    "calibrate": "kefu.calibrate:calibrate",
    "schema": "kefu.schema:schema",
    "config": "kefu.config:config",
    "doctor": "kefu.config:doctor",
    "export": "kefu.exporting:export",
    "report": "kefu.reporting:report",
    "backup": "kefu.backups:backup",
    "restore": "kefu.backups:restore",
    "work": "kefu.work:work",
    "import": "kefu.importing:import_chats",
    "user": "kefu.user:user",
}
"""Where each command is: module and function, or a group of commands of its own."""


def commands(wanted: str | None = None) -> typer.Typer:
    """The command `wanted` alone, where there is one of that name: the first scorecard, or page,
    need not wait for what the others import. Otherwise all of them, in order.
    """
    app = typer.Typer(
        name="kefu",
        help="Practise customer service and grade real conversations.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(kefu)
    for name in [wanted] if wanted in COMMANDS else COMMANDS:
        module, _, attribute = COMMANDS[name].partition(":")
        found = getattr(import_module(module), attribute)
        if isinstance(found, typer.Typer):
            app.add_typer(found)
        else:
            app.command(name)(found)
    return app


def kefu() -> None:
    """Practise customer service and grade real conversations."""
