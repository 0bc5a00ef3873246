"""Imports as rows: how far each is, stop and go on, what could not be read."""

from __future__ import annotations

from typing import Any, Final

from grader.wording import told
from rubrics.load import known_rubrics, load_rubric
from store.audit import note_deed
from store.contents import rubric_at
from store.imports import Import, imported, imports, rejects, spools, stop_import
from store.people import Person
from store.reading import Spool
from store.retention import forget_import
from store.temporary import remove_files
from transcripts.errors import KefuError
from transcripts.types import Language
from web.practice.view import Say
from web.quality.facts import Facts
from web.quality.reasons import reason
from web.quality.wanted import number_of
from web.services import Services

PAGE: Final = 20
REJECTS: Final = 50
ZONES: Final = (
    "Asia/Shanghai", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Singapore", "Asia/Tokyo", "UTC",
    "Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles",
)  # fmt: skip
Body = dict[str, Any]


class Jobs:
    """What the page may ask about imports."""

    def __init__(self, services: Services, lang: Language, say: Say) -> None:
        self._services = services
        self._lang = lang
        self._say = say
        self._facts = Facts(services.folders.data, say)

    def rows(self, body: Body) -> Body:
        """Imports, the newest first; `before` is the last one of the page before."""
        found = imports(self._services.store, before=number_of(body.get("before")), most=PAGE + 1)
        return {"rows": [self._row(one) for one in found[:PAGE]], "more": len(found) > PAGE}

    def watch(self, body: Body) -> Body:
        """The imports of these numbers, which are still under way, as they are by now."""
        numbers = [number_of(one) for one in body.get("numbers") or []][:PAGE]
        rows = []
        for number in numbers:
            try:
                rows.append(self._row(imported(self._services.store, number or 0)))
            except KefuError:  # somebody has deleted it
                rows.append({"id": number, "state": "gone"})
        return {"rows": rows}

    def choices(self) -> Body:
        """Rubrics, libraries of facts and time zones to choose from."""
        rubrics = []
        for name in known_rubrics(self._services.folders.rubrics):
            try:
                rubric = load_rubric(name, self._services.folders.rubrics)
            except KefuError:  # its faults are told where it is written
                continue
            rubrics.append({"id": name, "label": self._named(rubric.name)})
        return {
            "rubrics": rubrics,
            "rubric": self._services.rubric,
            "facts": self._facts.names(),
            "zones": ZONES,
            "zone": str(self._services.zone),
        }

    def stop(self, me: Person, body: Body) -> Body:
        """Stop an import, or let it go on."""
        number, on = number_of(body.get("import")) or 0, bool(body.get("on"))
        stop_import(self._services.store, number, not on)
        self._note(me, "import.go_on" if on else "import.stop", number)
        return self.watch({"numbers": [number]})

    def remove(self, me: Person, body: Body) -> Body:
        """Delete an import with its conversations and cards, and what of its files is left."""
        number, store = number_of(body.get("import")) or 0, self._services.store
        stop_import(store, number, True)
        left = spools(store).get(number)
        if left is not None:
            remove_files(self._services.folders.data, Spool.of(left).paths)
        forget_import(store, number)
        self._note(me, "import.delete", number)
        return {}

    def rejects(self, body: Body) -> Body:
        """A page of what could not be read: file, line, why, and what to do."""
        number, after = number_of(body.get("import")) or 0, number_of(body.get("after")) or 0
        found = rejects(self._services.store, number, after=after, most=REJECTS + 1)
        rows = [
            {
                "n": one.n, "file": one.file, "line": one.line, "sheet": one.sheet or "",
                "reason": reason(one.reason, self._say),
            }
            for one in found[:REJECTS]
        ]  # fmt: skip
        return {"rows": rows, "more": len(found) > REJECTS}

    def add_facts(self, me: Person, body: Body) -> Body:
        """Keep the shop's rules."""
        found = self._facts.add(body)
        if "name" in found:
            note_deed(self._services.store, me.id, "facts.add", None, self._services.clock())
        return found

    # --- inside

    def _row(self, one: Import) -> Body:
        left = one.seconds_left(self._services.clock())
        rubric = rubric_at(self._services.store, one.rubric)
        return {
            "id": one.id,
            "name": "、".join(one.names) if self._lang != "en" else ", ".join(one.names),
            "rubric": self._named(rubric.name),
            "at": one.made_at.astimezone(self._services.zone).strftime("%m-%d %H:%M"),
            "state": one.state,
            "total": one.total,
            "done": one.graded + one.faulty,
            "faulty": one.faulty,
            "rejected": one.rejected,
            "seconds": None if left is None else round(left),
            "works": one.worker is not None,
            "fault": "" if one.fault is None else reason(one.fault, self._say),
        }

    def _named(self, text: Any) -> str:
        return told(self._lang, text.zh, text.en)

    def _note(self, me: Person, deed: str, number: int) -> None:
        note_deed(self._services.store, me.id, deed, f"import {number}", self._services.clock())
