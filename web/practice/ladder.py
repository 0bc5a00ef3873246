"""The rungs before playing: a good path to watch, a poor one whose faults are to be found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from grader.wording import told
from rubrics.load import load_rubric
from rubrics.parts import Text
from rubrics.schema import Rubric, SequenceSpec
from scenarios.load import Shelved, load_scenario
from simulator.lesson import Lesson, Remark, Taught
from store.lessons import Found, note_found, note_watched
from store.people import Person
from store.progress import next_variant
from store.tries import tries
from transcripts.errors import KefuError
from transcripts.types import Language
from web.practice.desk import Body
from web.practice.lessons import lessons_of
from web.practice.view import Say, message
from web.services import Services

MOST: Final = 2
"""Reasons in the one line under a reply."""
_PATHS: Final = {"watch": "good", "find": "poor"}


class Ladder:
    """What the lesson's page may ask for. Every body names the `scenario` and the `way`."""

    def __init__(self, services: Services, lang: Language, say: Say) -> None:
        self._services = services
        self._lang = lang
        self._say = say

    def show(self, me: Person, body: Body) -> Body:
        """The conversation: with the grader's reasons to watch, without them to find faults in."""
        try:
            shelved, variant, way, found = self._lesson(me, body)
        except KefuError:
            return {"refused": self._say("lesson.not_there")}
        scenario = shelved.variants[variant]
        page: Body = {
            "way": way,
            "scenario": shelved.id,
            "variant": variant,
            "topic": self._text(scenario.topic),
            "lang": scenario.lang,
            "customer": scenario.customer,
            "messages": [
                message(number, one, self._say) for number, one in enumerate(found.session.messages)
            ],
            "replies": [self._reply(one, found) for one in found.replies],
        }
        rubric = load_rubric(scenario.rubric, self._services.folders.rubrics)
        if way == "find":
            return {**page, "criteria": self._choices(rubric), "stages": self._stages(found)}
        return {**page, "why": self._why(found), "end": self._end(found)}

    def watched(self, me: Person, body: Body) -> Body:
        """The good path was seen to its end."""
        try:
            shelved, variant, _, _ = self._lesson(me, {**body, "way": "watch"})
        except KefuError:
            return {"refused": self._say("lesson.not_there")}
        services = self._services
        note_watched(services.store, me.id, shelved.id, variant, services.clock())
        return {}

    def check(self, me: Person, body: Body) -> Body:
        """The trainee's `marks` (criteria by the first message of a reply) and lacking `stages`,
        beside the grader's."""
        try:
            shelved, variant, _, found = self._lesson(me, {**body, "way": "find"})
        except KefuError:
            return {"refused": self._say("lesson.not_there")}
        services = self._services
        rubric = load_rubric(shelved.variants[variant].rubric, services.folders.rubrics)
        names = {one["name"]: one["label"] for one in self._choices(rubric)}
        marks = body.get("marks")
        marks = marks if isinstance(marks, dict) else {}
        replies = {
            str(one.messages[0]): _compared(one, _named(marks.get(str(one.messages[0]))), names)
            for one in found.replies
        }
        stages = [*self._lacking(found, _named(body.get("stages")))]
        rows = [row for one in replies.values() for row in one] + stages
        count = Found(*(sum(row["state"] == state for row in rows) for state in _STATES))
        note_found(services.store, me.id, shelved.id, variant, count, services.clock())
        told = {"hits": count.hits, "misses": count.misses, "extra": count.extra}
        return {"replies": replies, "stages": stages, "count": told, "end": self._end(found)}

    # --- inside

    def _lesson(self, me: Person, body: Body) -> tuple[Shelved, int, str, Lesson]:
        """The variant after the one that is played next, so that no answer is learnt by heart; a
        page that has come names the one it shows."""
        services = self._services
        name, way = str(body.get("scenario", "")), str(body.get("way", ""))
        shelved = load_scenario(name, services.folders.scenarios)
        variant = body.get("variant")
        if not isinstance(variant, int) or isinstance(variant, bool):
            own = tries(services.store, [me.id], services.zone, scenarios=[shelved.id])
            variant = next_variant([one.tried for one in own], len(shelved.variants)) + 1
        variant %= len(shelved.variants)
        path = _PATHS.get(way, "good")
        found = lessons_of(services).of(shelved.id, variant, path)
        return shelved, variant, "find" if path == "poor" else "watch", found

    def _reply(self, one: Taught, found: Lesson) -> Body:
        marks = {mark.message: mark for mark in found.card.replies}
        seconds = marks[one.messages[0]].seconds if one.messages[0] in marks else None
        return {
            "n": one.messages[0],
            "last": one.messages[-1],
            "seconds": None if seconds is None else round(seconds),
            "acts": [self._say(f"act.{act}") for act in one.acts],
        }

    def _why(self, found: Lesson) -> dict[str, str]:
        """One line for each reply, by its last message; what was said before is not said again."""
        lines, used = {}, set[str]()
        for one in found.replies:
            reasons = [remark.reason for remark in _telling(one.good, used)]
            used.update(reasons)
            acts = "、".join(self._say(f"act.{act}") for act in one.acts)
            lines[str(one.messages[-1])] = "；".join(reasons) if reasons else acts
        return lines

    def _end(self, found: Lesson) -> Body:
        return {
            "stars": found.outcome["csat"],
            "words": found.outcome["why"],
            "overall": None if found.card.overall is None else round(found.card.overall),
        }

    def _choices(self, rubric: Rubric) -> list[Body]:
        """What can be wrong with a reply; the order is asked about as a whole."""
        return [
            {"name": name, "label": self._text(spec.name)}
            for name, spec in rubric.criteria.items()
            if not isinstance(spec, SequenceSpec)
        ]

    def _stages(self, found: Lesson) -> list[Body]:
        return [{"name": stage.id, "label": self._text(stage.name)} for stage, _ in found.stages]

    def _lacking(self, found: Lesson, told: Sequence[str]) -> Iterator[Body]:
        for stage, taken in found.stages:
            state = _state(stage.id in told, not taken)
            if state:
                yield {"name": stage.id, "label": self._text(stage.name), "state": state}

    def _text(self, text: Text) -> str:
        return told(self._lang, text.zh, text.en)


_STATES: Final = ("hit", "miss", "extra")


def _state(mine: bool, graders: bool) -> str:
    """`hit`, `miss` or `extra`; "" where both see nothing."""
    if graders:
        return "hit" if mine else "miss"
    return "extra" if mine else ""


def _compared(one: Taught, mine: Sequence[str], names: Mapping[str, str]) -> list[Body]:
    """A row for each criterion that either sees a fault in, with the grader's reasons."""
    rows = []
    for name, label in names.items():
        reasons = [remark.reason for remark in one.wrong if remark.criterion == name]
        state = _state(name in mine, bool(reasons))
        if state:
            rows.append({"name": name, "label": label, "state": state, "reasons": reasons})
    return rows


def _telling(remarks: Sequence[Remark], used: set[str]) -> Iterator[Remark]:
    """The most instructive remarks that were not made yet, one a criterion; waits alone are told
    where there is nothing else."""
    seen: set[str] = set()
    for remark in remarks:
        if remark.reason in used or remark.criterion in seen:
            continue
        if len(seen) == MOST or (seen and remark.kind == "timeliness"):
            return
        seen.add(remark.criterion)
        yield remark


def _named(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
