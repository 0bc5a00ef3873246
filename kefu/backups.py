"""`kefu backup` and `kefu restore`: the database as one file, while everybody goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kefu.data import DataOption, data_folder, now


def backup(
    file: Annotated[Path, typer.Argument(help="The copy to write.")], data: DataOption = None
) -> None:
    """Write the whole database to one file; the web app may go on meanwhile."""
    from store.audit import note_deed
    from store.opening import backup as copy

    with data_folder({"data": data}) as (_, store):
        note_deed(store, None, "backup", None, now())
        copy(store, file)
    typer.echo(f"{file}: {file.stat().st_size / 1e6:.1f} MB", err=True)


def restore(
    file: Annotated[Path, typer.Argument(help="A copy that kefu backup wrote.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    data: DataOption = None,
) -> None:
    """Put a copy in place of what is there now, which is kept beside it."""
    from store.audit import note_deed
    from store.opening import restore as put_back
    from store.published import lay_out

    with data_folder({"data": data}) as (found, store):
        if not yes:
            typer.confirm(f"Replace everything in {found.settings.data} by {file}?", abort=True)
        kept = put_back(store, file)
        lay_out(store, found.settings.data)  # a server that runs reads the versions in use there
        note_deed(store, None, "restore", None, now())
    typer.echo(f"Restored. What was there before: {kept}", err=True)
