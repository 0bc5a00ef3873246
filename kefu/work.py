"""`kefu work`: reads and grades imports, beside the web app and behind it in priority."""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Annotated, Final

import typer

from kefu.data import DataOption, data_folder, delete_old, now
from kefu.grade import graders
from kefu.order import Order, grading_for

LOWER: Final = 10
"""How much nicer than the web app it is to others."""
DAY: Final = timedelta(days=1)
LOOK: Final = 2.0
"""Seconds between two looks for something to do."""


def work(
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", help="Processes that grade.")] = None,
    once: Annotated[bool, typer.Option("--once", help="End when nothing is left to do.")] = False,
    data: DataOption = None,
) -> None:
    """Read and grade imports as they come; the web app starts one, which ends with it."""
    from kefu.spooled import read_off
    from kefu.worker import work_off

    parent = os.getppid()

    def alive() -> None:
        if os.getppid() != parent:
            raise KeyboardInterrupt

    if sys.platform != "win32":
        os.nice(LOWER)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with data_folder({"data": data, "jobs": jobs}) as (found, store):
        order = Order(files=(), jobs=found.settings.jobs)
        make = partial(grading_for, found.settings)
        with suppress(KeyboardInterrupt), graders(order) as each:
            pruned = now() - DAY
            while True:
                alive()
                if now() - pruned >= DAY:
                    delete_old(found, store)
                    pruned = now()
                worked = read_off(store, found.settings.data, now, alive=alive)
                worked += work_off(store, make, each, now, advance=alive)
                if once and not worked:
                    return
                if not worked:
                    time.sleep(LOOK)
