"""From files that came in to an import: looked at, told what columns mean, started."""

from __future__ import annotations

import shutil
from itertools import islice
from pathlib import Path
from typing import Any, Final

from grader.batch import hash_of
from grader.wording import told
from rubrics.load import load_rubric
from rubrics.schema import Rubric
from store.audit import note_deed
from store.imports import spools, start_import
from store.people import Person
from store.reading import Spool, key_of
from store.temporary import remove_files
from transcripts.errors import KefuError
from transcripts.masking import Masker
from transcripts.read import ReadOptions, Reject, read_many
from transcripts.read.columns import Table, look
from transcripts.read.header import MEANINGS, Meaning
from transcripts.read.source import Source
from transcripts.times import DEFAULT_ZONE, zone
from transcripts.types import Language, Transcript
from web.practice.view import Say
from web.quality.facts import Facts
from web.quality.reasons import reason, without_folders
from web.quality.uploads import MOST, Arrived, Waiting
from web.services import Services

SAMPLE: Final = 20
"""Conversations that are looked at before an import."""
MOST_COLUMNS: Final = 100
Body = dict[str, Any]


class NotThere(KefuError):
    """What a page names is no longer there. The text is a key of `quality`."""


class Intake:
    """What the page may ask for on the way from files to an import."""

    def __init__(self, services: Services, lang: Language, say: Say) -> None:
        self._services = services
        self._lang = lang
        self._say = say
        self._waiting = Waiting(services.folders.data)
        self._facts = Facts(services.folders.data, say)

    def look(self, me: Person, body: Body) -> Body:
        """What the files are, what their columns mean, and what of it can be scored."""
        try:
            files = self._files(me, body)
            rubric = self._rubric(body)
            options = _options(body)
        except KefuError as refused:
            return {"refused": self._reason(refused)}
        looked = [self._file(one, options) for one in files]
        sample = [one for found in looked for one in found.pop("sample")]
        return {"files": looked, "can": self._can(rubric, sample, bool(body.get("facts")))}

    def drop(self, me: Person, body: Body) -> Body:
        """A file is not wanted after all."""
        self._waiting.drop(me.id, str(body.get("token", "")))
        return {}

    def start(self, me: Person, body: Body, chance: str) -> Body:
        """Make an import of the files; a worker reads them. `chance` names a folder."""
        store = self._services.store
        try:
            files = self._files(me, body)
            if not files:
                return {"refused": self._say("quality.no_files")}
            rubric = self._rubric(body)
            options = _options(body)
            paths = [one.path for one in files]
            read_many(paths, options)  # checks every file; reads none
            facts = self._with_facts(me, body, chance)
            hashes = [(path.stem, hash_of(path)) for path in paths]
            key = key_of(hashes, options, rubric, None if facts is None else hash_of(facts))
            below = self._waiting.below
            spool = Spool(
                tuple(map(below, paths)), options, None if facts is None else below(facts)
            )
            names = [one.path.name for one in files]
            job = start_import(
                store, key, names, rubric, me.id, self._services.clock(), spool=spool.text()
            )
        except KefuError as refused:
            return {"refused": self._reason(refused)}
        note_deed(
            store, me.id, "import", f"import {job.id}", self._services.clock(), files=len(files)
        )
        if spools(store).get(job.id) == spool.text():
            return {"import": job.id, "known": ""}
        remove_files(self._services.folders.data, spool.paths)  # it was read before
        return {"import": job.id, "known": self._say("quality.known")}

    # --- inside

    def _files(self, me: Person, body: Body) -> list[Arrived]:
        tokens = [str(token) for token in body.get("files") or []][:MOST]
        found = [self._waiting.find(me.id, token) for token in tokens]
        if None in found:
            raise NotThere("files_gone")
        return [one for one in found if one is not None]

    def _rubric(self, body: Body) -> Rubric:
        name = str(body.get("rubric") or self._services.rubric)
        if "/" in name or "\\" in name:  # a path is for the shell
            raise NotThere("no_rubric")
        return load_rubric(name, self._services.folders.rubrics)

    def _with_facts(self, me: Person, body: Body, chance: str) -> Path | None:
        """A copy of the shop's rules as they are now, beside the files."""
        name = str(body.get("facts") or "")
        if not name:
            return None
        source = self._facts.path(name)
        target = self._waiting.place(me.id, source.name, chance)
        shutil.copyfile(source, target)
        return target

    def _file(self, one: Arrived, options: ReadOptions) -> Body:
        found: Body = {"token": one.token, "name": one.path.name, "fault": "", "sample": []}
        try:
            looked = look(Source(one.path), options.chosen)
            found["format"] = looked.format
            found["columns"] = [] if looked.table is None else _columns(looked.table)
            items = [item for _, item in islice(read_many([one.path], options), SAMPLE)]
            found["sample"] = [item for item in items if isinstance(item, Transcript)]
            found["bad"] = [self._line(item) for item in items if isinstance(item, Reject)][:3]
        except KefuError as fault:
            found["fault"] = self._reason(fault)
        return found

    def _line(self, item: Reject) -> str:
        what = reason(item.reason, self._say)
        return what if item.line is None else self._say("quality.at_line", n=item.line, what=what)

    def _can(self, rubric: Rubric, sample: list[Transcript], facts: bool) -> list[Body]:
        """Each criterion, and what is missing of what it is scored by."""
        timed = any(message.at for one in sample for message in one.messages)
        known = facts or any(one.facts for one in sample)
        missing = {"timeliness": "" if timed else "times", "accuracy": "" if known else "facts"}
        return [
            {
                "label": told(self._lang, spec.name.zh, spec.name.en),
                "missing": missing.get(spec.kind, ""),
            }
            for spec in rubric.criteria.values()
        ]

    def _reason(self, error: KefuError) -> str:
        if isinstance(error, NotThere):
            return self._say(f"quality.{error}")
        return reason(without_folders(error, self._services.folders.data), self._say)


def _options(body: Body) -> ReadOptions:
    """How to read, as a page says; `UnknownZone` for a zone that is none."""
    name = str(body.get("zone") or DEFAULT_ZONE)
    zone(name)
    known: dict[str, Meaning | None] = {one: one for one in MEANINGS} | {"": None}
    given = body.get("columns")
    columns = given if isinstance(given, dict) else {}
    chosen = ((str(key), known[value]) for key, value in columns.items() if value in known)
    return ReadOptions(None, name, tuple(chosen)[:MOST_COLUMNS])


def _columns(table: Table) -> list[Body]:
    """The columns with what they were taken for, and a few cells without personal data."""
    mask = Masker()
    return [
        {
            "name": name,
            "meaning": meaning or "",
            "cells": [mask.mask(row[n][:80]).text for row in table.rows if n < len(row)],
        }
        for n, (name, meaning) in enumerate(zip(table.names, table.meanings, strict=True))
        if name
    ]
