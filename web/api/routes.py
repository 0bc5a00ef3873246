"""/api/v1: grade a conversation, list scenarios, read scorecards."""

from __future__ import annotations

import json
from typing import Annotated, Any, Final, Literal

from anyio.to_thread import run_sync
from fastapi import Depends, FastAPI, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.security import HTTPBearer
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import Response

from grader.private import mask_of_one_card, masked
from grader.shape import ScorecardShape
from grader.wording import told
from rubrics.load import known_rubrics, load_rubric
from scenarios.load import Shelved
from store.audit import note_deed
from store.people import Person
from store.readable import PRACTICES, read_card, readable
from transcripts.canonical import parse
from transcripts.errors import BadRecord
from transcripts.shape import TranscriptShape
from web.api.door import LOGIN, PATH, wrong
from web.api.shapes import Card, CardEntry, CardList, ScenarioEntry, ScenarioList, Wrong
from web.house import House
from web.practice.shelved import shelved_ones
from web.render import PERSON, page
from web.services import Services

MOST: Final = 200
"""Scorecards on a page."""
NUMBERS: Final = 2**63 - 1
_ERRORS: Final[dict[int | str, dict[str, Any]]] = {
    401: {"model": Wrong, "description": "No valid token."},
    403: {"model": Wrong, "description": "Sent from a page of another site."},
    413: {"model": Wrong, "description": "Too long."},
    422: {"model": Wrong, "description": "What was sent cannot be used."},
}
_SHAPES: Final[dict[str, type[BaseModel]]] = {
    "Transcript": TranscriptShape, "Scorecard": ScorecardShape, "Card": Card,
}  # fmt: skip
_bearer = HTTPBearer(auto_error=False, description="Made under Me, shown once.")


class Said(Exception):
    """An answer other than the one that was asked for."""

    def __init__(self, status: int, error: str, text: str) -> None:
        super().__init__(text)
        self.status, self.error = status, error


def person_in(request: Request) -> Person:
    """Whoever the gate found behind the token; it lets nobody else come here."""
    person = request.scope.get(PERSON)
    if not isinstance(person, Person):
        raise Said(401, "login", LOGIN)
    return person


Me = Annotated[Person, Depends(person_in)]
Before = Annotated[int | None, Query(ge=1, le=NUMBERS, description="`next` of the page before.")]
Most = Annotated[int, Query(ge=1, le=MOST)]


def interface(house: House) -> FastAPI:
    """The app to be mounted at `PATH`."""
    api = FastAPI(
        title="kefu", version="1", description=LOGIN, docs_url=None, redoc_url=None,
        dependencies=[Depends(_bearer)], servers=[{"url": PATH}],
        separate_input_output_schemas=False,
    )  # fmt: skip
    _errors(api)
    _grading(api, house.services)
    _scenarios(api, house.services)
    _scorecards(api, house.services)
    _schema(api)
    _page(api, house)
    return api


def _grading(api: FastAPI, services: Services) -> None:
    @api.post(
        "/grade",
        summary="Grade a conversation",
        description="The answer is the line that `kefu grade` writes. Nothing is kept.",
        response_class=Response,
        responses=_ERRORS | {
            200: {"content": _json("Scorecard")},
            404: {"model": Wrong, "description": "No such rubric."},
            503: {"model": Wrong, "description": "The grader is still loading."},
        },
        openapi_extra={"requestBody": {"required": True, "content": _json("Transcript")}},
    )  # fmt: skip
    async def grade(
        request: Request, me: Me,
        rubric: Annotated[str, Query(description="Name of a rubric.")] = services.rubric,
        mask: Annotated[bool, Query(description="Mask personal data in quotes.")] = True,
    ) -> Response:  # fmt: skip
        body = await request.body()
        line = await run_sync(_graded, services, body, rubric, mask)
        return Response(line, media_type="application/json")


def _graded(services: Services, body: bytes, rubric: str, mask: bool) -> str:
    from grader.grade import grade
    from grader.scorecard import to_json

    if rubric not in known_rubrics(services.folders.rubrics):
        names = ", ".join(sorted(known_rubrics(services.folders.rubrics)))
        raise Said(404, "rubric", f"there is no rubric of this name; there are {names}")
    if not services.model.ready:
        services.model.start()
        raise Said(503, "loading", "the grader is still loading; ask again in some seconds")
    try:
        transcript = parse(json.loads(body))
    except (ValueError, RecursionError) as error:
        raise Said(422, "json", "the body must be one JSON object, a transcript") from error
    except BadRecord as error:
        raise Said(422, "transcript", str(error)) from error
    card = grade(transcript, load_rubric(rubric, services.folders.rubrics), services.model.get())
    card = masked(card, mask_of_one_card()) if mask else card
    return json.dumps(to_json(card), ensure_ascii=False, allow_nan=False)


def _scenarios(api: FastAPI, services: Services) -> None:
    @api.get("/scenarios", summary="What can be practised", responses={401: _ERRORS[401]})
    def scenarios(me: Me) -> ScenarioList:
        whole = me.role in PRACTICES
        found = [_entry(one, whole) for one in shelved_ones(services)]
        found.sort(key=lambda one: one.id)
        return ScenarioList(scenarios=found)


def _entry(shelved: Shelved, whole: bool) -> ScenarioEntry:
    """An entry of the list; the diagnosis only in a `whole` one."""
    first = shelved.variants[0]
    topic, title = (told(first.lang, one.zh, one.en) for one in (first.topic, first.title))
    return ScenarioEntry(
        id=shelved.id, lang=first.lang, market=first.market, platform=first.platform,
        level=first.level, minutes=first.minutes, topic=topic, shelf=first.shelf,
        variants=len(shelved.variants), title=title if whole else None,
    )  # fmt: skip


def _scorecards(api: FastAPI, services: Services) -> None:
    store = services.store

    @api.get("/scorecards", summary="Scorecards that I may read", responses=_ERRORS)
    def scorecards(me: Me, before: Before = None, most: Most = 50) -> CardList:
        found = readable(store, me, before=before, most=most)
        _note(services, me, "api.list", None, len([one for one in found if one.person != me.id]))
        entries = [CardEntry.model_validate(one, from_attributes=True) for one in found]
        return CardList(scorecards=entries, next=found[-1].id if len(found) == most else None)

    @api.get(
        "/scorecards/{number}", summary="One scorecard", response_class=Response,
        responses=_ERRORS | {
            200: {"content": _json("Card")},
            404: {"model": Wrong, "description": "There is none, or not for this person."},
        },
    )  # fmt: skip
    def scorecard(me: Me, number: Annotated[int, Path(ge=1, le=NUMBERS)]) -> Response:
        found = read_card(store, me, number)
        if found is None:
            raise Said(404, "scorecard", f"there is no scorecard {number} that you may read")
        entry, card = found
        _note(services, me, "api.read", str(number), int(entry.person != me.id))
        line = json.dumps(card, ensure_ascii=False, allow_nan=False)
        return Response(line, media_type="application/json")


def _schema(api: FastAPI) -> None:
    """Describe the bodies that are read and written without a model of the framework's."""
    plain = api.openapi

    def openapi() -> dict[str, Any]:
        if api.openapi_schema is None:
            schemas = plain()["components"]["schemas"]
            template = "#/components/schemas/{model}"
            for name, model in _SHAPES.items():
                made = model.model_json_schema(ref_template=template)
                schemas |= made.pop("$defs", {})
                schemas[name] = made
        return plain()

    api.openapi = openapi  # type: ignore[method-assign]


def _page(api: FastAPI, house: House) -> None:
    @api.get("/", include_in_schema=False)
    def described(request: Request) -> Response:
        """The schema as a page."""
        found = api.openapi()["paths"]
        deeds = [
            (method.upper(), PATH + path, one["operationId"].split("_")[0], one)
            for path, methods in found.items()
            for method, one in methods.items()
        ]
        base = str(request.base_url).removesuffix("/").removesuffix(PATH)
        return page(house, request, "api.html", deeds=deeds, base=base, root=PATH)


def _note(services: Services, me: Person, deed: str, subject: str | None, others: int) -> None:
    """Write down that somebody read cards of other people."""
    if others:
        note_deed(services.store, me.id, deed, subject, services.clock(), cards=others)


def _json(name: Literal["Scorecard", "Transcript", "Card"]) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}


def _errors(api: FastAPI) -> None:
    @api.exception_handler(Said)
    def said(request: Request, error: Said) -> Response:
        return wrong(error.status, error.error, str(error))

    @api.exception_handler(RequestValidationError)
    def misfit(request: Request, error: RequestValidationError) -> Response:
        faults = (f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        return wrong(422, "query", "; ".join(faults))

    @api.exception_handler(HTTPException)
    def other(request: Request, error: HTTPException) -> Response:
        answer = wrong(error.status_code, "path", f"{error.detail}; see {PATH}/openapi.json")
        answer.headers.update(error.headers or {})
        return answer
