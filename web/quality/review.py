"""Looking through graded conversations: the list page by page, one whole, a person's word on it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from grader.wording import told
from rubrics.schema import Rubric
from store.audit import note_deed
from store.contents import rubric_at
from store.overrides import LONGEST, Override, confirm_critical, override_score
from store.people import Person, people
from store.quality import Filter, Found, Kept, agents_of, conversation, count, listed, rubrics_of
from store.reviewed import Reviewed, reviewed
from transcripts.canonical import parse
from transcripts.errors import KefuError, UnreadableInput
from transcripts.types import Language, Message
from web.practice.view import Say, deed
from web.quality.wanted import number_of, score_of, wanted_of
from web.services import Services

PAGE: Final = 50
"""Rows of the list that are sent at once."""
MOST_AGENTS: Final = 500
Body = dict[str, Any]


class Review:
    """What the page may ask about conversations. Only imported ones are shown."""

    def __init__(self, services: Services, lang: Language, say: Say) -> None:
        self._services = services
        self._lang = lang
        self._say = say

    def rows(self, body: Body) -> Body:
        """A page of the list; `after` is the `key` of the page before."""
        store, wanted = self._services.store, wanted_of(body)
        worst = body.get("order") != "read"
        after = _after(body.get("after"))
        found = listed(store, wanted, worst_first=worst, after=after, most=PAGE + 1)
        rows = found[:PAGE]
        answer: Body = {"rows": [self._row(one) for one in rows], "key": None}
        if len(found) > PAGE:
            answer["key"] = [rows[-1].overall, rows[-1].id]
        if after is None:
            answer["count"] = count(store, wanted)
        return answer

    def choices(self, body: Body) -> Body:
        """The agents and rubrics there are to choose from, and whether anything is there."""
        store = self._services.store
        wanted = Filter(source="import", number=number_of(body.get("import")))
        rubrics = [(version, rubric_at(store, version)) for version in rubrics_of(store, wanted)]
        return {
            "agents": agents_of(store, wanted)[:MOST_AGENTS],
            "used": [
                {"id": version, "label": f"{self._named(rubric.name)} {version[7:11]}"}
                for version, rubric in rubrics
            ],
            "any": count(store, Filter(source="import")) > 0,
        }

    def show(self, me: Person, body: Body) -> Body:
        """One conversation with its card; who looked is noted."""
        kept = self._kept(body)
        if kept is None:
            return {"refused": self._say("quality.no_such")}
        at = self._services.clock()
        note_deed(self._services.store, me.id, "view", f"conversation {kept.id}", at)
        return self._whole(kept)

    def score(self, me: Person, body: Body) -> Body:
        """Give a criterion another score, with a reason."""
        value = body.get("score")
        score = score_of(value)
        if (value is not None and score is None) or (score or 0) > 100:
            return {"refused": self._say("quality.no_score")}

        def change(card: int, reason: str) -> None:
            store, at = self._services.store, self._services.clock()
            override_score(store, card, str(body.get("criterion")), score, reason, me.id, at)

        return self._changed(me, body, "override", change)

    def critical(self, me: Person, body: Body) -> Body:
        """Confirm a suspected critical error, or take it away, with a reason."""

        def change(card: int, reason: str) -> None:
            store, at = self._services.store, self._services.clock()
            stands = bool(body.get("stands"))
            confirm_critical(store, card, str(body.get("critical")), stands, reason, me.id, at)

        return self._changed(me, body, "confirm", change)

    # --- inside

    def _changed(self, me: Person, body: Body, name: str, change: Any) -> Body:
        kept = self._kept(body)
        if kept is None or kept.scorecard is None:
            return {"refused": self._say("quality.no_such")}
        reason = str(body.get("reason", "")).strip()
        if not reason or len(reason) > LONGEST:
            return {"refused": self._say("quality.need_reason", most=LONGEST)}
        try:
            change(kept.scorecard, reason)
        except UnreadableInput:
            return {"refused": self._say("quality.no_such")}
        at = self._services.clock()
        note_deed(self._services.store, me.id, name, f"conversation {kept.id}", at)
        again = self._kept(body)
        row = listed(self._services.store, Filter(source="import"), after=_before(kept.id), most=1)
        return {**self._whole(again or kept), "row": self._row(row[0])}

    def _row(self, one: Found) -> Body:
        began = None if one.began_at is None else one.began_at.astimezone(self._services.zone)
        return {
            "id": one.id, "name": one.name, "words": one.words or "", "agent": one.agent or "",
            "at": "" if began is None else began.strftime("%m-%d %H:%M"),
            "graded": one.scorecard is not None, "fault": bool(one.fault),
            "overall": one.overall, "passed": one.passed, "review": bool(one.review),
            "critical": one.critical or 0, "by_hand": one.by_hand,
        }  # fmt: skip

    def _kept(self, body: Body) -> Kept | None:
        number = number_of(body.get("id"))
        found = None if number is None else conversation(self._services.store, number)
        return found if found is not None and found.number is not None else None

    def _whole(self, kept: Kept) -> Body:
        transcript = parse(kept.transcript)
        answer: Body = {
            "id": kept.id,
            "name": transcript.id,
            "import": kept.number,
            "lang": transcript.lang or "zh",
            "agent": transcript.agent or "",
            "messages": [self._message(n, one) for n, one in enumerate(transcript.messages)],
            "card": None,
        }
        if kept.card is not None:
            try:
                rubric = rubric_at(self._services.store, kept.card["rubric"]["version"])
            except KefuError as changed:
                return answer | {"refused": str(changed)}
            answer["card"] = self._card(kept, kept.card, rubric)
        return answer

    def _message(self, number: int, one: Message) -> Body:
        return {
            "n": number,
            "who": one.role,
            "text": _deed(one, self._say) if one.role == "action" else one.text,
            "time": "" if one.at is None else one.at.strftime("%H:%M:%S"),
            "sender": one.sender or "",
        }

    def _card(self, kept: Kept, card: Mapping[str, Any], rubric: Rubric) -> Body:
        names = {one.id: one.name for one in people(self._services.store)}
        now = reviewed(card, rubric, kept.words)
        criteria = [
            self._criterion(
                name, row, rubric, now, [w for w in kept.words if w.what == name], names
            )
            for name, row in card["criteria"].items()
        ]
        return {
            "overall": now.overall,
            "passed": now.passed,
            "machine": card["overall"],
            "machine_passed": card["passed"],
            "by_hand": now.by_hand,
            "pass_mark": rubric.pass_mark,
            "rubric": self._named(rubric.name),
            "coverage": card["coverage"],
            "confidence": card["confidence"],
            "review": card["review"],
            "incomplete": bool(card.get("incomplete")),
            "gates": [self._gate(one, rubric) for one in card["gates"]],
            "criteria": criteria,
            "critical": [
                self._critical(one, card, now, kept.words, names) for one in card["critical"]
            ],
            "replies": {
                str(one["message"]): {
                    "acts": [self._say(f"act.{act}") for act in one["acts"]],
                    "seconds": one["seconds"],
                }
                for one in card["replies"]
            },
        }

    def _criterion(
        self, name: str, row: Mapping[str, Any], rubric: Rubric, now: Reviewed,
        words: list[Override], names: Mapping[int, str],
    ) -> Body:  # fmt: skip
        spec = rubric.criteria.get(name)
        return {
            "name": name,
            "label": name if spec is None else self._named(spec.name),
            "score": now.criteria[name],
            "machine": row["score"],
            "weight": row["weight"],
            "confidence": row["confidence"],
            "why": row.get("why", ""),
            "advice": row.get("advice", ""),
            "evidence": row.get("evidence", []),
            "words": [self._word(one, names) for one in words if one.kind == "criterion"],
        }

    def _critical(
        self, what: str, card: Mapping[str, Any], now: Reviewed, words: tuple[Override, ...],
        names: Mapping[int, str],
    ) -> Body:  # fmt: skip
        own = [one for one in words if one.kind == "critical" and one.what == what]
        state = "suspected" if not own else "confirmed" if what in now.critical else "dismissed"
        return {
            "what": what,
            "label": self._say(f"critical.{what}"),
            "state": state,
            "evidence": [one for one in card.get("critical_evidence", []) if one["id"] == what],
            "words": [self._word(one, names) for one in own],
        }

    def _word(self, one: Override, names: Mapping[int, str]) -> Body:
        return {
            "score": one.score,
            "stands": one.stands,
            "reason": one.reason,
            "person": names.get(one.person or 0, self._say("quality.somebody")),
            "at": one.at.astimezone(self._services.zone).strftime("%m-%d %H:%M"),
        }

    def _gate(self, gate: str, rubric: Rubric) -> str:
        """A gate of the card, `ID<=RATING:CAP`, in words."""
        what, _, cap = gate.partition(":")
        spec = rubric.criteria.get(what.partition("<=")[0])
        if spec is None:
            return self._say("card.gate_critical", cap=cap)
        return self._say("card.gate", label=self._named(spec.name), cap=cap)

    def _named(self, text: Any) -> str:
        return told(self._lang, text.zh, text.en)


def _deed(one: Message, say: Say) -> str:
    """What an action was; one that is not ours as it stands there."""
    try:
        return deed(one, say)
    except (KeyError, TypeError, ValueError, AttributeError):
        told = "" if not one.data else json.dumps(dict(one.data), ensure_ascii=False)
        return f"{one.text} {told}".strip()


def _after(key: Any) -> Found | None:
    """The last row of the page before, by the values that order goes by."""
    if not isinstance(key, list) or len(key) != 2 or number_of(key[1]) is None:
        return None
    return _found(number_of(key[1]) or 0, score_of(key[0]))


def _before(number: int) -> Found:
    """What stands right before a conversation in the order of reading."""
    return _found(number - 1, None)


def _found(number: int, overall: float | None) -> Found:
    return Found(number, "", None, None, None, overall, None, None, None, False, None)
