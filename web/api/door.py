"""Where the interface is, how much it takes, how it says no: the gate asks before all else."""

from __future__ import annotations

from typing import Final

from anyio.to_thread import run_sync
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from web.house import House

PATH: Final = "/api/v1"
LARGEST: Final = 2 * 1024 * 1024
"""A conversation at most, in bytes."""
LOGIN: Final = "send a token that you made under Me, as `Authorization: Bearer TOKEN`"
TOO_LONG: Final = f"send one conversation of at most {LARGEST // 1024} KB with its Content-Length"


def wrong(status: int, error: str, text: str) -> Response:
    """A refusal: a word for programs, a sentence for people."""
    return JSONResponse({"error": error, "text": text}, status)


class Interface:
    """The interface as an app, made when somebody first asks: its imports take a second."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._app
        if app is None:
            app = self._app = await run_sync(self.made)
        await app(scope, receive, send)

    def made(self) -> ASGIApp:
        """The app itself."""
        from web.api.routes import interface

        return interface(self._house)
