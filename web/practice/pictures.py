"""The pictures that customers send, for whoever is logged in."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from scenarios.load import PICTURES
from web.house import House

KEEP: Final = "private, max-age=86400"


def routes(house: House) -> APIRouter:
    """`/pictures/NAME.svg`; a name that is not on the list is not looked for."""
    router = APIRouter()

    @router.get("/pictures/{name}.svg")
    def picture(name: str) -> Response:
        known = {path.stem: path for path in PICTURES.glob("*.svg")}
        if name not in known:
            raise HTTPException(404)
        svg = known[name].read_text(encoding="utf-8")
        return Response(svg, media_type="image/svg+xml", headers={"Cache-Control": KEEP})

    return router
