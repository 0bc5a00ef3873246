"""The library: every scenario and rubric, what is in use, its check, its versions, its health."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from rubrics.load import load_rubric
from store.audit import note_deed
from store.beginnings import beginnings
from store.health import health
from store.people import Person, people
from store.versions import Version, versions
from transcripts.errors import KefuError
from transcripts.types import Language
from web.pages import url
from web.studio.proving import Proofs, faults_in, proofs_of
from web.studio.shelf import Entry, Kind, entries, entry, heading, kind_of
from web.studio.writing import begin_copy, publish_number
from web.teaching.door import Door, Given

SHOWN: Final = 400
"""Lines of a comparison at most."""
State = str
"""open, faults, fine, wait: what is known of a check."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list."""

    entry: Entry
    title: str
    about: str
    state: State
    faults: int
    paths: int
    drafts: tuple[str, ...]


def library(door: Door, request: Request, given: Given) -> Response:
    """The list, by kind, owner, check and words."""
    kind = given.text("kind", "scenario")
    q = given.text("q")
    own = given.text("own")
    state = given.text("state")

    def show(me: Person) -> Response:
        wanted = kind_of(kind) or "scenario"
        all_lines = list(lines(door, wanted, door.lang(request)))
        found = [one for one in all_lines if _fits(one, q, own, state)]
        running = sum(one.state == "open" for one in all_lines)
        return door.page(
            request, "teach_library.html", "library", kind=wanted, lines=found, q=q, own=own,
            chosen=state, running=running, all=len(all_lines),
        )  # fmt: skip

    return door.enter(request, show)


def copy(door: Door, request: Request, given: Given) -> Response:
    """Begin a text of a new name as a copy of another."""
    kind = given.text("kind")
    source = given.text("source")
    name = given.text("name")

    def make(me: Person) -> Response:
        wanted = kind_of(kind) or "scenario"
        begin_copy(door.services, wanted, source, name.strip(), me)
        return door.back(url(door.lang(request), "studio", wanted, name=name.strip()))

    return door.enter(request, make, form=given.text("form"))


def history(door: Door, request: Request, given: Given) -> Response:
    """The versions of a text, two of them compared."""
    kind = given.text("kind")
    name = given.text("name")
    a = given.number("a")
    b = given.number("b")
    check = given.number("check")

    def show(me: Person) -> Response:
        wanted = kind_of(kind) or "scenario"
        return _history(door, request, wanted, name, (a, b), _checked(door, wanted, name, check))

    return door.enter(request, show)


def publish(door: Door, request: Request, given: Given) -> Response:
    """Take a version into use, or go back to one, if its check is clean."""
    kind = given.text("kind")
    name = given.text("name")
    number = given.number("number")

    def take(me: Person) -> Response:
        wanted = kind_of(kind) or "scenario"
        lang, say = door.lang(request), door.say(request)
        answer = publish_number(door.services, wanted, name, number, me, lang, say)
        query = {"kind": wanted, "name": name}
        if "all" in answer:
            return door.back(f"/teach/versions?{urlencode({**query, 'check': number})}")
        if "refused" in answer:
            return _history(door, request, wanted, name, (0, 0), {"number": number, **answer})
        return door.back(f"/teach/versions?{urlencode(query)}")

    return door.enter(request, take, form=given.text("form"))


def wellbeing(door: Door, request: Request, given: Given) -> Response:
    """How a scenario fares with those who play it."""
    name = given.text("name")

    def show(me: Person) -> Response:
        found = entry(door.services, "scenario", name)
        note_deed(door.store, me.id, "health.view", name, door.services.clock())
        return door.page(
            request, "teach_health.html", "library", name=name, health=health(door.store, name),
            title=_title(heading(found.text), name, door.lang(request)),
        )  # fmt: skip

    return door.enter(request, show)


def lines(door: Door, kind: Kind, lang: Language) -> Iterator[Line]:
    """The whole library; checks that were never made begin."""
    services = door.services
    proofs = proofs_of(services)
    authors = {one.id: one.name for one in people(door.store)}
    begun: dict[str, tuple[str, ...]] = {}
    for draft in beginnings(door.store, kind):
        begun[draft.name] = (*begun.get(draft.name, ()), authors.get(draft.person, ""))
    found = entries(services, kind)
    known: dict[str, Any] = {}
    hashes: dict[str, str] = {}
    if services.model.ready:
        hashes = {one.name: proofs.hash(kind, one.name, one.text) for one in found}
        known = proofs.known(list(hashes.values()))
    for one in found:
        head = heading(one.text)
        proof = known.get(hashes.get(one.name, ""))
        if proof is None and hashes:
            proof = proofs.ask(kind, one.name, one.text)
        wrong = len(faults_in(proof)) if proof else 0
        state = "open" if proof is None else "faults" if wrong else "fine"
        paths = len(proof["paths"]) if proof else 0
        about = _about(head, kind, lang)
        title = _title(head, one.name, lang)
        yield Line(one, title, about, state, wrong, paths, begun.get(one.name, ()))


def compared(old: str, new: str) -> list[dict[str, Any]]:
    """The lines that differ, with three around them: sign, number in the old and the new, text."""
    found: list[dict[str, Any]] = []
    left = right = 0
    for line in difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=3):
        if line.startswith(("---", "+++")) and not found:
            continue
        if line.startswith("@@"):
            parts = line.split()
            left = int(parts[1][1:].split(",")[0])
            right = int(parts[2][1:].split(",")[0])
            found.append({"sign": "@", "old": "", "new": "", "text": ""})
            continue
        sign, text = line[:1], line[1:]
        found.append({
            "sign": sign.strip() or " ",
            "old": "" if sign == "+" else left,
            "new": "" if sign == "-" else right,
            "text": text,
        })  # fmt: skip
        left += sign != "+"
        right += sign != "-"
    return found


def _history(
    door: Door, request: Request, kind: Kind, name: str, pair: tuple[int, int],
    check: Mapping[str, Any] | None,
) -> Response:  # fmt: skip
    found = versions(door.store, kind, name)
    by_number = {one.number: one for one in found}
    used = next((one for one in found if one.used), None)
    a, b = _pair(found, used, pair)
    differs = compared(by_number[a].text, by_number[b].text) if a and b else []
    authors = {one.id: one.name for one in people(door.store)}
    answer = door.page(
        request, "teach_versions.html", "library", kind=kind, name=name, versions=found, used=used,
        authors=authors, a=a, b=b, diff=differs[:SHOWN], more=max(0, len(differs) - SHOWN),
        check=check,
    )  # fmt: skip
    if check is not None and "all" in check:
        answer.headers["Refresh"] = "2"
    return answer


def _pair(found: list[Version], used: Version | None, pair: tuple[int, int]) -> tuple[int, int]:
    """What is compared: what was asked for, else what is in use with the newest."""
    numbers = {one.number for one in found}
    if pair[0] in numbers and pair[1] in numbers:
        return pair
    if len(found) < 2:
        return 0, 0
    newest = found[0].number
    other = used.number if used is not None and not found[0].used else found[1].number
    return other, newest


def _checked(door: Door, kind: Kind, name: str, number: int) -> dict[str, Any] | None:
    """How far the check of a version is that somebody wants to publish."""
    one = next((one for one in versions(door.store, kind, name) if one.number == number), None)
    if one is None or not door.services.model.ready:
        return None
    proofs: Proofs = proofs_of(door.services)
    found = proofs.ask(kind, name, one.text, soon=True)
    if found is not None:
        return {"number": number, "faults": faults_in(found)}
    done, all = proofs.progress(kind, name, one.text) or (0, 1)
    return {"number": number, "done": done, "all": all}


def _fits(one: Line, q: str, own: str, state: str) -> bool:
    words = f"{one.entry.name} {one.title} {one.about}".lower()
    if q.strip().lower() not in words:
        return False
    if own and (one.entry.origin == "shipped") is (own == "own"):
        return False
    if state == "draft":
        return bool(one.drafts) or not one.entry.in_use
    return not state or one.state == state


def _title(head: Mapping[str, Any], name: str, lang: Language) -> str:
    return _words(head.get("title") or head.get("name"), lang) or name


def _about(head: Mapping[str, Any], kind: Kind, lang: Language) -> str:
    if kind == "rubric":
        return _words(head.get("description"), lang)
    return _words(head.get("topic"), lang)


def _words(text: Any, lang: Language) -> str:
    if not isinstance(text, dict):
        return str(text or "")
    return str(text.get("en" if lang == "en" else "zh") or "")


def names_of_scenarios(door: Door, lang: Language) -> dict[str, str]:
    """Every scenario in use that can be read, with its title."""
    found = {}
    for one in entries(door.services, "scenario"):
        if one.in_use:
            found[one.name] = _title(heading(one.text), one.name, lang)
    return found


def names_of_criteria(door: Door, lang: Language) -> dict[str, str]:
    """What the criteria of the rubrics in use are called, in the order of the rubrics."""
    found: dict[str, str] = {}
    for one in entries(door.services, "rubric"):
        if not one.in_use:
            continue
        try:
            rubric = load_rubric(one.name, door.services.folders.rubrics)
        except KefuError:
            continue
        for name, spec in rubric.criteria.items():
            found.setdefault(name, spec.name.en if lang == "en" else spec.name.zh)
    return found
