"""`kefu work`: grades imports as they come, beside the web app and behind it in priority."""

from __future__ import annotations

import os
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
    """Grade imports as they come; the web app starts one. Ends with the process that started it."""
    from kefu.worker import work_off

    parent = os.getppid()
    if sys.platform != "win32":
        os.nice(LOWER)
    with data_folder({"data": data, "jobs": jobs}) as (found, store):
        order = Order(files=(), jobs=found.settings.jobs)
        make = partial(grading_for, found.settings)
        with suppress(KeyboardInterrupt), graders(order) as each:
            pruned = now() - DAY
            while os.getppid() == parent:
                if now() - pruned >= DAY:
                    delete_old(found, store)
                    pruned = now()
                worked = work_off(store, make, each, now)
                if once and not worked:
                    return
                if not worked:
                    time.sleep(LOOK)
