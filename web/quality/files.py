"""What goes in and out as a file: chat logs in; cards and rejects out, each time noted."""

from __future__ import annotations

import codecs
import csv
import io
import secrets
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, JSONResponse, Response

from store.audit import note_deed
from store.exports import export_to
from store.imports import rejects
from store.people import Person
from store.sheets import plain
from transcripts.errors import KefuError
from web.cookies import language_of
from web.house import House
from web.quality.pages import LEADS
from web.quality.reasons import reason
from web.quality.uploads import LARGEST, LARGEST_ALL, MOST, Waiting
from web.quality.wanted import number_of, wanted_of
from web.render import message, person_of
from web.text import t

KINDS: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
}
PAGE: Final = 500
MB: Final = 2**20


def routes(house: House) -> APIRouter:
    """`/quality/files` takes a file; `/quality/export.KIND` and `/quality/rejects.csv` give one."""
    router = APIRouter()
    services = house.services
    store, clock = services.store, services.clock
    waiting = Waiting(services.folders.data)

    def lead(request: Request) -> Person | None:
        found = person_of(request)
        return found if found is not None and found.role in LEADS else None

    def refused(request: Request, key: str, status: int, **values: Any) -> Response:
        told = t(language_of(request, person_of(request)), f"quality.{key}", **values)
        return JSONResponse({"refused": told}, status)

    @router.post("/quality/files")
    async def take(request: Request) -> Response:
        """A file as the body, its name in `name`; answers with the token that names it."""
        me = lead(request)
        if me is None:
            return JSONResponse({"error": "forbidden"}, 403)
        name = request.query_params.get("name", "")
        if not name.strip():
            return refused(request, "no_name", 422)
        there = await run_sync(waiting.of, me.id)
        if len(there) >= MOST:
            return refused(request, "too_many", 409, most=MOST)
        room = min(LARGEST, LARGEST_ALL - sum(one.path.stat().st_size for one in there))
        token = secrets.token_hex(8)
        path = waiting.place(me.id, name, token)
        size = 0
        try:
            with path.open("xb") as file:
                async for chunk in request.stream():
                    size += len(chunk)
                    if size > room:
                        break
                    file.write(chunk)
        except BaseException:  # cut off half-way
            waiting.drop(me.id, token)
            raise
        if size > room or not size:
            waiting.drop(me.id, token)
            if not size:
                return refused(request, "file_empty", 422)
            return refused(request, "too_large", 413, most=LARGEST // MB)
        return JSONResponse({"token": token, "name": name, "size": size})

    @router.get("/quality/export.{kind}")
    def export(request: Request, kind: str) -> Response:
        """The cards that a filter lets through, as a table or as lines."""
        me = lead(request)
        if me is None:
            return message(house, request, "forbidden", 403)
        if kind not in KINDS:
            return message(house, request, "not_found", 404)
        asked = dict(request.query_params)
        folder = services.folders.temporary / f"export-{secrets.token_hex(8)}"
        folder.mkdir(mode=0o700, parents=True)
        target = folder / f"cards.{kind}"
        try:
            cards = export_to(store, wanted_of(asked), target)
            if kind == "csv":
                target = _marked(target)
        except (KefuError, OSError):
            shutil.rmtree(folder, ignore_errors=True)
            raise
        number = number_of(asked.get("import"))
        subject = None if number is None else f"import {number}"
        note_deed(store, me.id, "export", subject, clock(), kind=kind, cards=cards,
                  filter=_ids(asked))  # fmt: skip
        name = f"kefu-{clock().astimezone(services.zone):%Y%m%d-%H%M}.{kind}"
        return FileResponse(
            target, media_type=KINDS[kind], filename=name, headers={"Cache-Control": "no-store"},
            background=BackgroundTask(shutil.rmtree, folder, ignore_errors=True),
        )  # fmt: skip

    @router.get("/quality/rejects.csv")
    def refuse(request: Request) -> Response:
        """What could not be read of an import."""
        me = lead(request)
        if me is None:
            return message(house, request, "forbidden", 403)
        number = number_of(request.query_params.get("import")) or 0
        lang = language_of(request, me)

        def rows() -> Iterator[list[Any]]:
            yield [t(lang, f"quality.col_{one}") for one in ("file", "sheet", "line", "reason")]
            after = 0
            while found := rejects(store, number, after=after, most=PAGE):
                for one in found:
                    why = reason(one.reason, lambda key: t(lang, key))
                    yield [one.file, one.sheet or "", one.line, why]
                after = found[-1].n

        note_deed(store, me.id, "export", f"import {number}", clock(), kind="rejects")
        headers = {
            "Content-Disposition": f'attachment; filename="kefu-rejects-{number}.csv"',
            "Cache-Control": "no-store",
        }
        return Response(_csv(rows()), media_type=KINDS["csv"], headers=headers)

    return router


def _ids(asked: Mapping[str, str]) -> dict[str, str]:
    """What was filtered by; of words that were searched for only that there were some."""
    return {key: "…" if key == "text" else value[:80] for key, value in asked.items() if value}


def _marked(table: Path) -> Path:
    """The same table with a mark in front by which Excel knows UTF-8."""
    target = table.with_name(f"marked-{table.name}")
    with table.open("rb") as source, target.open("wb") as out:
        out.write(codecs.BOM_UTF8)
        shutil.copyfileobj(source, out)
    return target


def _csv(rows: Iterator[list[Any]]) -> bytes:
    """With a mark in front by which Excel knows UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    for row in rows:
        writer.writerow([plain(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig")
