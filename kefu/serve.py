"""`kefu serve`: the web app, one server a data folder."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kefu.data import DataOption, data_folder, now, server_lock
from kefu.logs import log
from kefu.settings import Configured, Settings, configure
from transcripts.errors import UnreadableInput

if TYPE_CHECKING:
    from grader.model import Model
    from store.database import Store
    from store.demo import Demo
    from web.services import Services

DEMO: Final = "demo"
"""Folder of the demo, below the data folder, which itself is never touched."""
SEED: Final = 20
"""What is drawn for the demo is drawn from this."""
FIRST: Final = "admin"
"""Login name of the first admin."""
QUIET_S: Final = 60.0
"""The server's first minute is for whoever waits for a page; then customers are made ready."""
PATIENCE: Final = 5
"""Seconds that a stop waits for requests under way."""


def serve(
    host: Annotated[
        str, typer.Option(help="Address to listen on; 0.0.0.0 lets the network in.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port; 0 takes a free one.", min=0, max=65535)] = 7860,
    data: DataOption = None,
    demo: Annotated[
        bool, typer.Option("--demo", help="Invented people and their practice, in DATA/demo.")
    ] = False,
) -> None:
    """Start the web app. The first start prints a link for the first admin."""
    from kefu.attend import attended  # loaded late: other commands need none of it
    from store.demo import demo_in, no_demo

    if demo:
        data = configure({"data": data}).settings.data / DEMO
    with data_folder({"data": data}) as (found, store), server_lock(found.settings.data):
        shown = demo_in(store, SEED, secrets.token_hex(5), now()) if demo else None
        if not demo:
            no_demo(store)
        listening = _listen(host, port)
        address = _address(host, listening.getsockname()[1])
        typer.echo(f"kefu: {address}  (Ctrl+C ends it)")
        link = None if demo else first_link(store)
        if link is not None:
            typer.echo(f"First admin, login name {FIRST!r}, once: {address}{link}")
        temporary(found.settings.data)
        services = services_of(found, store)
        with _demo(services, shown) as services, attended(store, found.settings.data):
            _run(services, listening)


@contextmanager
def _demo(services: Services, demo: Demo | None) -> Iterator[Services]:
    """Services with a line above every page, while the demo is filled; as they are without one."""
    if demo is None:
        yield services
        return
    from kefu.demo import Filling, filled, greeting

    for line in greeting(demo):
        typer.echo(line)
    filling = Filling()
    with filled(services, demo, filling):
        yield replace(services, notice=filling.notice)


def first_link(store: Store) -> str | None:
    """Where the first admin chooses a password; None as soon as an admin has one.

    Made anew at every start until then: the old one works no longer.
    """
    from store.links import make_link
    from store.people import first_person, people
    from web.links import LINK, new_token

    admins = people(store, ("admin",))
    if any(one.ready for one in admins):
        return None
    person = first_person(store, FIRST, now()) or next(
        (one for one in admins if one.login == FIRST), None
    )
    if person is None:  # made and invited from the shell
        return None
    token = new_token()
    make_link(store, person.id, "invite", token, None, now())
    return LINK.format(token=token)


def services_of(found: Configured, store: Store) -> Services:
    """What the pages lean on, from the settings."""
    from transcripts.times import zone
    from web.services import Folders, Later, Services

    return Services(
        store=store,
        model=Later(partial(_model, found.settings)),
        clock=now,
        zone=zone(found.settings.timezone),
        folders=Folders(
            found.settings.data, found.rubric_folders, found.scenario_folders,
            found.persona_folders,
        ),
        logs=log("web"),
        rubric=found.settings.rubric,
    )  # fmt: skip


def _model(settings: Settings) -> Model:
    """What a page, or a process that works beside the pages, loads once."""
    from kefu.order import model_for

    return model_for(settings)[2]


def _listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections from now on, so that no early visitor is turned away."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    if os.name != "nt":  # there it would let two servers share a port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise UnreadableInput(
            f"{host}:{port}: cannot be listened on ({error.strerror}). Name another with --port."
        ) from error
    listening.listen(128)
    return listening


def _address(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}"


def _run(services: Services, listening: socket.socket) -> None:
    """Serve until a signal, then let requests under way end."""
    # Gradio reads these when it is imported; nothing may leave this machine.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ.setdefault("HF_HUB_OFFLINE", "1")

    import uvicorn

    from web.areas import AREAS
    from web.server import make_app
    from web.services import Later

    app, _ = make_app(services, AREAS)
    later = threading.Timer(QUIET_S, Later(partial(_prepare, services)).start)
    later.daemon = True
    later.start()
    services.endings.append(later.cancel)
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False,
        timeout_graceful_shutdown=PATIENCE, lifespan="on",
    )  # fmt: skip
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, _ended)
    uvicorn.Server(config).run(sockets=[listening])


def _prepare(services: Services) -> None:
    from web.practice.rooms import prepare_all

    prepare_all(services)


def temporary(data: Path) -> None:
    """All temporary files, ours and those of Gradio and of Python, lie in the data folder."""
    from store.temporary import FOLDER

    folder = data / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    os.environ["GRADIO_TEMP_DIR"] = tempfile.tempdir = str(folder)


def _ended(number: int, frame: object) -> None:
    """The server sends a signal on once it has ended; by then there is nothing left to do."""
