"""Building the areas with Gradio, one app a language, and opening them while the server runs."""

from __future__ import annotations

import asyncio
import inspect
import warnings
from contextlib import AsyncExitStack
from functools import wraps
from html import escape
from typing import TYPE_CHECKING, Any, Final

from anyio.to_thread import run_sync
from fastapi import FastAPI, Request
from starlette.responses import JSONResponse, Response

from transcripts.errors import KefuError
from transcripts.types import LANGUAGES, Language
from web.faults import place_of
from web.house import House, name_of
from web.pages import Area, PageContext
from web.render import person_of
from web.sessions import NotAllowed
from web.theme import gradio_theme

if TYPE_CHECKING:
    import gradio as gr

AT_ONCE: Final = 40
"""Runs of one handler at the same time."""
TRIES: Final = 3
NAP_S: Final = 0.03
"""How long the queue of an app sleeps while nobody wants anything. Gradio's own is a millisecond,
in an app for each area and language: that keeps a core warm which nobody uses."""
LARGEST: Final = "50mb"
"""An uploaded file at most."""


async def open_areas(app: FastAPI, house: House, running: AsyncExitStack) -> None:
    """Import Gradio, then build and mount every area, the default language first.

    Runs beside the first requests. What goes wrong is kept in `house.fault` and logged.
    """
    try:
        await run_sync(_lay_out, house)
        for lang in LANGUAGES:
            for area in house.areas:
                blocks = await run_sync(_built, house, area, lang)
                await _mount(app, blocks, f"/{lang}/{area.key}", running)
                house.open.add((lang, area.key))
                house.services.logs.info("area_open", area=area.key, lang=lang)
    except Exception as error:
        house.fault = type(error).__name__
        house.services.logs.error("area_broken", error=type(error).__name__, at=place_of(error))
        raise


def _lay_out(house: House) -> None:
    """The versions in use are there as files before anybody practises."""
    from store.published import lay_out  # late: pydantic's models come with it

    lay_out(house.services.store, house.services.folders.data)


def _built(house: House, area: Area, lang: Language) -> gr.Blocks:
    """Build in a thread, inside a loop: without one Gradio makes some that nobody closes."""

    async def inside() -> gr.Blocks:
        return build(house, area, lang)

    for _ in range(TRIES - 1):
        try:
            return asyncio.run(inside())
        except SystemError:
            # Python before 3.13 counts wrongly where two threads parse source at once
            # (python/cpython#106905); Gradio parses, and so may whatever loads meanwhile.
            house.services.logs.warning("area_again", area=area.key, lang=lang)
    return asyncio.run(inside())


def build(house: House, area: Area, lang: Language) -> gr.Blocks:
    """All pages of an area in a language."""
    import gradio as gr

    blocks = gr.Blocks(title=name_of(area.pages[0], lang), analytics_enabled=False, fill_width=True)
    for page in area.pages:
        context = PageContext(page, lang, blocks, house.services)
        place = blocks if page.path == "" else blocks.route(
            name_of(page, lang), page.path, show_in_navbar=False
        )  # fmt: skip
        with place:
            page.build(context)
    for one in blocks.fns.values():
        one.fn = refusing_quietly(one.fn)
    blocks.queue(default_concurrency_limit=AT_ONCE)
    queue = blocks._queue
    queue.sleep_when_free, queue.progress_update_sleep_when_free = NAP_S, 2 * NAP_S
    return blocks


def refusing_quietly(handler: Any) -> Any:
    """A handler whose refusals are told to whoever asked, as text, and leave no traceback behind.

    Anything else that goes wrong is printed as ever. Handlers that yield are left as they are.
    """
    if not inspect.isfunction(handler) or inspect.isgeneratorfunction(handler):
        return handler
    if inspect.iscoroutinefunction(handler):
        return handler
    import gradio as gr

    class Told(gr.Error, NotAllowed):
        """What was refused, in its own words."""

    @wraps(handler)
    def handle(*given: Any, **named: Any) -> Any:
        try:
            return handler(*given, **named)
        except KefuError as refused:
            kind = Told if isinstance(refused, NotAllowed) else gr.Error
            raise kind(escape(str(refused)), print_exception=False) from refused

    return handle


async def _mount(app: FastAPI, blocks: gr.Blocks, path: str, running: AsyncExitStack) -> None:
    """As Gradio does when a server starts, but later: without the two runs events would hang."""
    import gradio as gr

    # It says so of every app with several pages, also where nobody asked for it.
    warnings.filterwarnings("ignore", message="SSR mode is not supported")
    before = app.router.lifespan_context
    gr.mount_gradio_app(
        app, blocks, path, auth_dependency=_name, footer_links=[], run_history=False,
        show_error=True, max_file_size=LARGEST, theme=gradio_theme(), ssr_mode=False,
        enable_monitoring=False, mcp_server=False, pwa=False,
    )  # fmt: skip
    app.router.lifespan_context = before
    mounted = app.router.routes[-1].app  # type: ignore[attr-defined]
    mounted.add_exception_handler(KefuError, _refusal)
    await running.enter_async_context(mounted.router.lifespan_context(mounted))
    blocks.run_startup_events()  # type: ignore[no-untyped-call]
    await blocks.run_extra_startup_events()  # type: ignore[no-untyped-call]


def _refusal(request: Request, error: Exception) -> Response:
    """What a server function refused, in its own words."""
    return JSONResponse({"error": str(error)}, 403 if isinstance(error, NotAllowed) else 422)


def _name(request: Request) -> str | None:
    """Gradio's own gate: whoever ours let in, by number."""
    person = person_of(request)
    return None if person is None else str(person.id)
