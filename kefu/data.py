"""The data folder of a command: settings, the store in it, and the time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from kefu.lock import Lock
from kefu.logs import start_logs
from kefu.settings import Configured, configure

if TYPE_CHECKING:
    from store.database import Store

SERVER_LOCK: Final = "server.lock"
DataOption = Annotated[Path | None, typer.Option("--data", help="The data folder.")]


@contextmanager
def data_folder(options: Mapping[str, Any]) -> Iterator[tuple[Configured, Store]]:
    """The settings of a run and the store of its data folder, brought up to date."""
    from store.opening import open_store  # loaded late: most commands need no database

    found = configure(options)
    start_logs(found.settings.log_level)
    with open_store(found.settings.data, full=found.settings.full_sync) as store:
        yield found, store


def server_lock(data: Path) -> Lock:
    """Held by the web app as long as it runs: one server a data folder."""
    return Lock(
        data / SERVER_LOCK,
        f"{data}: another server is running on this data folder. Stop it, or give this one a "
        "folder of its own with --data.",
        f"{data}: the data folder cannot be written. Name another one with --data or KEFU_DATA.",
    )


def delete_old(found: Configured, store: Store) -> None:
    """Delete what is older than the house keeps; nothing where it keeps everything."""
    from store.retention import prune

    if found.settings.keep_days:
        prune(store, now() - timedelta(days=found.settings.keep_days))


def now() -> datetime:
    """The time of day."""
    return datetime.now(UTC)
