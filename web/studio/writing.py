"""The server's side of the studio: a text opened, kept, checked, saved as a version, published."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import tzinfo
from typing import Any, Final

from rubrics.described import Key, keys_at, place_at
from rubrics.schema import Rubric
from scenarios.schema import Scenario
from store.audit import note_deed
from store.beginnings import LONGEST, Beginning, beginning, drop_beginning, keep_beginning
from store.declined import Declined
from store.people import Person
from store.proofs import Result
from store.published import lay_out
from store.versions import publish, save_version, versions
from transcripts.errors import InvalidFile, UnreadableInput
from transcripts.types import Language
from web.services import Services
from web.studio.checking import faults, scenario_in, told
from web.studio.effect import effects_of
from web.studio.faultwords import in_words
from web.studio.meanings import meaning
from web.studio.measures import measures
from web.studio.proving import Proofs, faults_in, proofs_of, reached
from web.studio.shelf import Kind, entry, valid_name
from web.studio.story import story

Body = dict[str, Any]
Say = Callable[..., str]
LONGEST_REMARK: Final = 200
_ID: Final = re.compile(r"^id:.*$", re.MULTILINE)


class Writing:
    """What the studio may ask for, for one kind of text in one language.

    Bodies name the text: `name`, `text`. `refused` in an answer is a sentence for the reader.
    """

    def __init__(
        self, services: Services, kind: Kind, lang: Language, say: Say,
        proofs: Proofs | None = None,
    ) -> None:  # fmt: skip
        self._services = services
        self._store = services.store
        self._kind: Kind = kind
        self._lang: Language = lang
        self._say = say
        self._proofs = proofs_of(services) if proofs is None else proofs

    # --- the text

    def open(self, me: Person, body: Body) -> Body:
        """The text as this person left it, else the newest version, else what is in use."""
        name = str(body.get("name", ""))
        try:
            found = entry(self._services, self._kind, name)
        except UnreadableInput:
            if beginning(self._store, self._kind, name, me.id) is None:
                return {"refused": self._say("studio.unknown")}
            found = None
        all_versions = versions(self._store, self._kind, name)
        newest = all_versions[0] if all_versions else None
        base = newest.text if newest else found.text if found else ""
        mine = beginning(self._store, self._kind, name, me.id)
        used = next((one.number for one in all_versions if one.used), None)
        return {
            "name": name,
            "text": mine.text if mine else base,
            "saved": base,
            "basis": mine.basis if mine else newest.number if newest else 0,
            "newest": newest.number if newest else 0,
            "used": used,
            "origin": found.origin if found else "draft",
            "begun_at": self._time(mine.at) if mine else None,
        }

    def draft(self, me: Person, body: Body) -> Body:
        """Keep the text as it stands; what equals the newest version needs no keeping."""
        name, text = _named(body)
        if not valid_name(self._kind, name):
            return {"refused": self._say("studio.unknown")}
        if len(text) > LONGEST:
            return {"refused": self._say("studio.too_long", most=LONGEST)}
        at = self._services.clock()
        if text == body.get("saved"):
            drop_beginning(self._store, self._kind, name, me.id)
            return {"at": None}
        one = Beginning(self._kind, name, me.id, text, _whole(body.get("basis")), at)
        keep_beginning(self._store, one)
        return {"at": self._time(at)}

    def discard(self, me: Person, body: Body) -> Body:
        """Throw away what was begun, and open anew."""
        name, _ = _named(body)
        drop_beginning(self._store, self._kind, name, me.id)
        return self.open(me, body)

    def save(self, me: Person, body: Body) -> Body:
        """Save the text as a new version; what it began from is kept as the first."""
        name, text = _named(body)
        if not valid_name(self._kind, name) or not text.strip():
            return {"refused": self._say("studio.unknown")}
        if len(text) > LONGEST:
            return {"refused": self._say("studio.too_long", most=LONGEST)}
        basis = _whole(body.get("basis")) or self._first(me, name)
        remark = str(body.get("remark", "")).strip()[:LONGEST_REMARK] or None
        try:
            number = save_version(
                self._store, self._kind, name, text, me.id, self._services.clock(),
                basis=basis, remark=remark,
            )  # fmt: skip
        except Declined as newer:
            return {"refused": self._say("declined.newer_version", **newer.values)}
        drop_beginning(self._store, self._kind, name, me.id)
        self._note(me, "save", name, number)
        return {**self.open(me, body), "number": number}

    # --- what is wrong with it

    def check(self, me: Person, body: Body) -> Body:
        """The faults of the text as it stands, and what it comes to."""
        name, text = _named(body)
        found = faults(self._kind, name, text, self._services.folders)
        answer: Body = {"faults": self._worded(told(found, text))}
        if self._kind == "rubric":
            return {**answer, "measures": measures(text, self._lang, self._say)}
        try:
            one = scenario_in(name, text)
        except InvalidFile:
            return answer
        proof = None
        if self._services.model.ready:
            hash = self._proofs.hash(self._kind, name, text)
            proof = self._proofs.known([hash]).get(hash)
        variant = _whole(body.get("variant")) % len(one.variants)
        answer["variants"] = [row.customer for row in one.variants]
        reach = reached(proof) if proof and proof["paths"] else None
        answer["story"] = story(one, variant, self._say, reach)
        return answer | ({"proof": self._proof(proof)} if proof else {})

    def prove(self, me: Person, body: Body) -> Body:
        """Play and grade the paths of the text: how far that is, or what came out."""
        asked = self._asked(*_named(body))
        return {"proof": self._proof(asked["found"])} if "found" in asked else asked

    def effect(self, me: Person, body: Body) -> Body:
        """What the text does to the stored conversations; `begin` starts anew."""
        name, text = _named(body)
        if not self._services.model.ready:
            return {"refused": self._say("wait.model")}
        try:
            return effects_of(self._services).look(
                name, text, self._lang, self._say, bool(body.get("begin"))
            )
        except InvalidFile:
            return {"refused": self._say("studio.faults_first")}

    # --- taking it into use

    def publish(self, me: Person, body: Body) -> Body:
        """Take a version into use, if its check is clean; while that is made: how far it is."""
        name, number = str(body.get("name", "")), _whole(body.get("number"))
        found = {one.number: one for one in versions(self._store, self._kind, name)}
        if number not in found:
            return {"refused": self._say("studio.save_first")}
        text = found[number].text
        wrong = self._wrong(name, text)
        if not isinstance(wrong, list):
            return wrong
        if wrong:
            refused = self._say("studio.not_clean", n=len(wrong))
            return {"refused": refused, "faults": self._worded(wrong)}
        publish(self._store, self._kind, name, number, me.id, self._services.clock())
        lay_out(self._store, self._services.folders.data)
        self._note(me, "publish", name, number)
        return {**self.open(me, body), "published": number}

    def _wrong(self, name: str, text: str) -> list[Body] | Body:
        """The faults of a text, its paths' too; how far the check is where it goes on."""
        found = told(faults(self._kind, name, text, self._services.folders), text)
        if found or self._kind == "rubric":
            return found
        asked = self._asked(name, text)
        return faults_in(asked["found"]) if "found" in asked else asked

    def _asked(self, name: str, text: str) -> Body:
        """The proof of a text as `found`, or how far it is, or why there is none."""
        if not valid_name(self._kind, name):
            return {"refused": self._say("studio.unknown")}
        if not self._services.model.ready:
            return {"refused": self._say("wait.model")}
        broken = self._proofs.fault(self._kind, name, text)
        found = self._proofs.ask(self._kind, name, text, soon=True)
        if found is not None:
            return {"found": found}
        if broken is not None:
            return {"refused": self._say("studio.proof_broken")}
        done, all = self._proofs.progress(self._kind, name, text) or (0, 1)
        return {"done": done, "all": all}

    # --- help

    def help(self, me: Person, body: Body) -> Body:
        """Which keys may stand where the cursor is, and what they mean."""
        _, text = _named(body)
        model = Scenario if self._kind == "scenario" else Rubric
        place, key = place_at(text, max(1, _whole(body.get("line"))))
        found = keys_at(model, place)
        if not found and key is not None:  # a name of one's own: what may stand in it
            place, found = (*place, key), keys_at(model, (*place, key))
        if not found:
            place, found = (), keys_at(model, ())
        where = " › ".join(str(step) if isinstance(step, str) else f"[{step}]" for step in place)
        return {"where": where, "here": key, "keys": [self._key(one) for one in found]}

    def _key(self, one: Key) -> Body:
        told_zh = meaning(self._lang, one.part, one.name) or one.meaning
        return {"name": one.name, "meaning": told_zh, "needed": one.needed,
                "choices": list(one.choices)}  # fmt: skip

    # --- inside

    def _first(self, me: Person, name: str) -> int:
        """The number that a first version is based on: what came along becomes version 1."""
        known = versions(self._store, self._kind, name)
        if known:
            return known[0].number
        try:
            found = entry(self._services, self._kind, name)
        except UnreadableInput:
            return 0
        if not found.text or not found.in_use:
            return 0
        at, remark = self._services.clock(), self._say(f"studio.first_{found.origin}")
        return save_version(self._store, self._kind, name, found.text, me.id, at, remark=remark)

    def _proof(self, proof: Result) -> Body:
        return {**proof, "faults": self._worded(faults_in(proof)), "paths": [
            {**one, "ending": self._say(f"ending.{one['ending']}"), "faults": len(one["faults"])}
            for one in proof["paths"]
        ]}  # fmt: skip

    def _worded(self, found: list[Body]) -> list[Body]:
        """Faults in the reader's language."""
        return [{**one, "cure": in_words(self._lang, one["cure"])} for one in found]

    def _note(self, me: Person, deed: str, name: str, number: int) -> None:
        at = self._services.clock()
        note_deed(self._store, me.id, f"{self._kind}.{deed}", name, at, version=number)

    def _time(self, at: Any) -> str:
        zone: tzinfo = self._services.zone
        return str(at.astimezone(zone).strftime("%m-%d %H:%M:%S"))


def begin_copy(
    services: Services, kind: Kind, source: str, name: str, me: Person
) -> None:  # fmt: skip
    """Begin a new text as a copy of another under a name of its own.

    `Declined` if the name cannot be, or is taken.
    """
    if not valid_name(kind, name):
        raise Declined("name_bad", "small letters, digits and hyphens, a letter first")
    taken = beginning(services.store, kind, name, me.id) is not None
    try:
        entry(services, kind, name)
        taken = True
    except UnreadableInput:
        pass
    if taken:
        raise Declined("name_taken", "{name} is there already", name=name)
    text = _ID.sub(f"id: {name}", entry(services, kind, source).text, count=1)
    keep_beginning(services.store, Beginning(kind, name, me.id, text, 0, services.clock()))


def publish_number(
    services: Services, kind: Kind, name: str, number: int, me: Person, lang: Language, say: Say
) -> Body:
    """As the studio publishes; for the plain page of versions."""
    return Writing(services, kind, lang, say).publish(me, {"name": name, "number": number})


def _named(body: Body) -> tuple[str, str]:
    return str(body.get("name", "")), str(body.get("text", ""))


def _whole(value: Any) -> int:
    """A whole number of a page; 0 for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
