"""What a scorecard's page says, in the order in which it is read: the customer's word, one good
thing, one to change, the score, the criteria, the own view, and the conversation with its marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from grader.wording import told
from rubrics.schema import Rubric
from scenarios.schema import Scenario
from store.feedback import Note, OwnView, Question
from store.going_on import entries_before, said_as_messages
from store.practices import COUNTING, Practice
from store.reviewed import Reviewed
from store.verdict import Verdict
from transcripts.types import Language
from web.practice.desk import Body
from web.practice.view import Say, given_of, message

GOOD: Final = 4.0
"""From this many points on the words are worth praise."""
NEAR: Final = 15.0
"""So far below the pass mark it is nearly reached."""
_RATED: Final = {"empathy": 2.0, "accuracy": 2.0}
"""A reply that is rated lower, of 0–4, is not praised for it."""
_NAMED: Final = re.compile(r"第\s?(\d+)\s?句|[Mm]essage (\d+)")
"""How advice names the message that it is about, counted from 1."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A practice with all that was made of it.

    `card` is the card's JSON object, `now` how it counts with people's words on it, `before` the
    scores of the try before, `rewritten` after how many entries it was gone on with differently.
    """

    practice: Practice
    scenario: Scenario
    said: list[dict[str, Any]]
    card: Mapping[str, Any]
    rubric: Rubric
    now: Reviewed
    verdict: Verdict | None
    before: Mapping[str, float | None]
    obliged: bool
    own: OwnView | None
    rewritten: frozenset[int]
    questions: Sequence[Question]
    notes: Sequence[Note]


def conversation(scored: Scored, lang: Language, say: Say) -> Body:
    """What may be seen before the score."""
    messages = said_as_messages(scored.said)
    criteria = scored.rubric.criteria
    return {
        "p": scored.practice.id,
        "lang": scored.scenario.lang,
        "customer": scored.scenario.customer,
        "mode": scored.practice.mode,
        "given": given_of(scored.practice, messages),
        "messages": [message(number, one, say) for number, one in enumerate(messages)],
        "criteria": [
            {"name": name, "label": told(lang, spec.name.zh, spec.name.en)}
            for name, spec in criteria.items()
        ],
    }


def report(scored: Scored, lang: Language, say: Say) -> Body:
    """The rest, once the own view was told."""
    names = {
        name: told(lang, spec.name.zh, spec.name.en)
        for name, spec in scored.rubric.criteria.items()
    }
    change = _change(scored, names)
    title = scored.scenario.title
    return {
        "title": told(lang, title.zh, title.en),
        "outcome": _outcome(scored, say),
        "good": _good(scored),
        "change": change,
        "verdict": _verdict(scored, names, say),
        "scores": _scores(scored, names),
        "own": _own(scored, change),
        "marks": _marks(scored.card, names),
        "replies": {
            str(one["message"]): {
                "acts": [say(f"act.{act}") for act in one["acts"]],
                "seconds": one["seconds"],
            }
            for one in scored.card["replies"]
        },
        "asked": [{"text": one.text, "answer": one.answer} for one in scored.questions],
        "notes": [{"message": one.message, "text": one.text} for one in scored.notes],
    }


def _outcome(scored: Scored, say: Say) -> Body:
    outcome = scored.practice.outcome or {}
    right = bool(outcome.get("right"))
    return {
        "stars": outcome.get("csat", 0),
        "words": outcome.get("why", ""),
        "ending": say(f"ending.{outcome.get('ending', 'unresolved')}"),
        "right": right,
        "right_words": say("card.right" if right else "card.wrong"),
    }


def _verdict(scored: Scored, names: Mapping[str, str], say: Say) -> Body:
    rubric, practice, overall = scored.rubric, scored.practice, scored.now.overall
    stars = (practice.outcome or {}).get("csat", 0)
    apart = ""
    if overall is not None and stars >= 4 and overall < rubric.pass_mark:
        apart = say("card.apart_pleased")
    elif overall is not None and stars <= 2 and overall >= rubric.pass_mark:
        right = bool((practice.outcome or {}).get("right"))
        apart = say("card.apart_cross" if right else "card.apart_open")
    exam = practice.mode == "exam"
    passed = scored.verdict == "passed" if exam else bool(scored.now.passed)
    return {
        "overall": overall,
        "machine": scored.card["overall"] if scored.now.by_hand else None,
        "band": "" if overall is None else say(f"card.band_{_band(overall, rubric.pass_mark)}"),
        "passed": passed,
        "waits": exam and scored.verdict == "review",
        "exam": practice.assignment if exam else None,
        "pass_mark": rubric.pass_mark,
        "counts": practice.mode in COUNTING and not practice.help and practice.state == "ended",
        "helped": practice.mode in COUNTING and bool(practice.help),
        "given_up": practice.state == "given_up",
        "critical": [say(f"critical.{one}") for one in scored.now.critical],
        "gates": [_gate(one, names, say) for one in scored.card["gates"]],
        "review": scored.card["review"] and not scored.now.by_hand,
        "apart": apart,
    }


def _band(overall: float, pass_mark: float) -> str:
    """Where a score lies: far below the pass mark, near it, above it, or half way up from it."""
    if overall < pass_mark:
        return "near" if overall >= pass_mark - NEAR else "far"
    return "strong" if overall >= (pass_mark + 100) / 2 else "sound"


def _gate(gate: str, names: Mapping[str, str], say: Say) -> str:
    """A gate of the card, `ID<=RATING:CAP`, in words."""
    what, _, cap = gate.partition(":")
    name = what.partition("<=")[0]
    if name not in names:
        return say("card.gate_critical", cap=cap)
    return say("card.gate", label=names[name], cap=cap)


def _scores(scored: Scored, names: Mapping[str, str]) -> list[Body]:
    """The weakest first, what was not scored last."""
    rows = []
    for name, one in scored.card["criteria"].items():
        score, old = scored.now.criteria[name], scored.before.get(name)
        change = None if old is None or score is None else round(score - old, 1)
        rows.append({
            "name": name,
            "label": names.get(name, name),
            "score": score,
            "machine": one["score"] if score != one["score"] else None,
            "why": one.get("why", ""),
            "change": change,
            "evidence": one["evidence"],
        })  # fmt: skip
    rows.sort(key=lambda row: (row["score"] is None, row["score"] or 0.0))
    return rows


def _change(scored: Scored, names: Mapping[str, str]) -> Body | None:
    """The advice of the criterion that cost most, and the reply to write again."""
    rows = [
        (one["weight"] * (100 - one["score"]), name, one)
        for name, one in scored.card["criteria"].items()
        if one["score"] is not None and one["advice"]
    ]
    if not rows:
        return None
    _, name, one = max(rows, key=lambda row: row[0])
    place = _place(one, scored)
    again = place is not None and scored.practice.mode != "exam"
    return {
        "name": name,
        "label": names.get(name, name),
        "advice": one["advice"],
        "message": place,
        "retry": again,
        "model_reply": one["model_reply"],
        "rewritten": place is not None and entries_before(scored.said, place) in scored.rewritten,
    }


def _mine(scored: Scored) -> list[int]:
    """The trainee's own messages; not those of a beginning that was given."""
    given = given_of(scored.practice, said_as_messages(scored.said))
    return [
        number
        for number, message in enumerate(scored.said)
        if message["role"] == "agent" and number >= given
    ]


def _place(one: Mapping[str, Any], scored: Scored) -> int | None:
    """The own message that advice is about: the one it names, or the last before that; else the
    one that cost most."""
    own = _mine(scored)
    named = _NAMED.search(one["advice"])
    if named is not None:
        number = int(named[1] or named[2]) - 1
        before = [place for place in own if place <= number]
        if before:
            return before[-1]
    rows = [row for row in one["evidence"] if row["message"] in own]
    worst = min(rows, key=lambda row: row["points"], default=None)
    if worst is not None:
        return int(worst["message"])
    return own[0] if own else None


def _own(scored: Scored, change: Body | None) -> Body | None:
    """The own view beside the grader's."""
    if scored.own is None:
        return None
    low = [(score, name) for name, score in scored.now.criteria.items() if score is not None]
    return {
        "rating": scored.own.rating,
        "weakest": scored.own.weakest,
        "message": scored.own.message,
        "graders_weakest": min(low)[1] if low else None,
        "graders_message": None if change is None else change["message"],
    }


def _good(scored: Scored) -> Body | None:
    """The own words that gained most; a quick answer only where nothing else is to be praised."""
    ratings = {one["message"]: one for one in scored.card["replies"]}
    own, found = set(_mine(scored)), []
    for row in scored.card["criteria"].values():
        for one in row["evidence"]:
            number = one["message"]
            if not one["quote"] or one["points"] < GOOD or number not in own:
                continue
            rating = ratings.get(number, {}).get(row["kind"])
            if row["kind"] in _RATED and (
                rating is None
                or rating < _RATED[row["kind"]]
                or row["score"] < scored.rubric.pass_mark
            ):
                continue
            found.append((row["kind"] != "timeliness", one["points"], -number, one))
    if not found:
        return None
    best = max(found, key=lambda one: one[:3])[3]
    return {"quote": best["quote"], "message": best["message"], "reason": best["reason"]}


def _marks(card: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, list[Body]]:
    """The evidence by message: what was seen there, and the points for it."""
    found: dict[str, list[Body]] = {}
    for number, mark in _each(card, names):
        found.setdefault(str(number), []).append(mark)
    return found


def _each(card: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[tuple[int, Body]]:
    for name, row in card["criteria"].items():
        for one in row["evidence"]:
            if one["message"] is not None and one["quote"]:
                label = names.get(name, name)
                yield (
                    one["message"],
                    {
                        "quote": one["quote"],
                        "points": one["points"],
                        "reason": one["reason"],
                        "label": label,
                    },
                )
