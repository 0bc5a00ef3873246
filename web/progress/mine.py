"""How somebody comes along: trends, times, levels, exams, and the list of their own tries."""

from __future__ import annotations

from datetime import tzinfo
from typing import Any, Final

from store.assignments import exams_of
from store.feedback import Asked, asked_by
from store.history import PAGE, Past, history, veiled
from store.people import Person
from store.progress import LEVELS, Level, level_reached
from store.standing import standing
from store.trends import FEW, Trend, strengths, times, trends
from store.tries import Told
from transcripts.types import Language
from web.house import House
from web.pages import url
from web.progress.charts import line
from web.progress.exams import exam_row
from web.progress.learner import Learner, criteria_of, learner, pass_mark_of
from web.progress.words import Say, date_words, moment_words, seconds_words, spoken

QUESTIONS: Final = 20


def mine(house: House, me: Person, lang: Language, say: Say, before: int | None) -> dict[str, Any]:
    """The values of the page; `before` is the last try of the page before."""
    services = house.services
    store = services.store
    found = learner(services, me, lang)
    names = criteria_of(store, found.told, lang)
    mark = pass_mark_of(services, found.told)
    lines = trends(found.tries)
    past = history(store, me.id, before=before, most=PAGE + 1)
    results = {one.practice: one for one in found.told}
    hidden = veiled(store, me.id)
    exams = [standing(one, found.told, found.going, found.at) for one in exams_of(store, me.id)]
    return {
        "n": len(found.told),
        "passed": sum(one.tried.clean for one in found.told),
        "known": len(found.known),
        "all": len(found.shelf),
        "level": level_reached(found.shelf, found.known),
        "lines": [_line(one, names, mark, say) for one in lines],
        "mark": mark,
        "strong": [
            {"label": names.get(one.criterion, one.criterion), "mean": one.mean, "n": one.n}
            for one in strengths(lines, mark)
        ],
        "few": FEW,
        "times": _times(found, say),
        "levels": [_level(found, one) for one in LEVELS],
        "exams": [exam_row(one, hidden, say) for one in exams],
        "past": [_past(one, results.get(one.practice), lang, say, found) for one in past[:PAGE]],
        "older": past[PAGE - 1].practice if len(past) > PAGE else None,
        "later": before is not None,
        "asked": [
            _asked(one, lang, say, services.zone) for one in asked_by(store, me.id)[:QUESTIONS]
        ],
        "shelf": url(lang, "practice", "shelf") if house.area("practice") else "",
    }


def _line(one: Trend, names: dict[str, str], mark: float, say: Say) -> dict[str, Any]:
    label = names.get(one.criterion, one.criterion)
    scores = [score for _, score in one.points]
    told = say(
        "progress.line", label=label, n=len(scores), first=round(scores[0]),
        last=round(scores[-1]), low=round(min(scores)), high=round(max(scores)),
    )  # fmt: skip
    return {
        "label": label,
        "told": told,
        "picture": line(scores, mark),
        "mean": one.mean,
        "n": one.n,
        "change": one.change,
        "points": [(date_words(say, day), round(score)) for day, score in one.points],
    }


def _times(found: Learner, say: Say) -> dict[str, Any]:
    now = times([one.seconds for one in found.told])
    return {
        "first": seconds_words(say, now.first),
        "first_n": now.first_n,
        "reply": seconds_words(say, now.reply),
        "reply_n": now.reply_n,
    }


def _level(found: Learner, level: Level) -> dict[str, Any]:
    """A level with its topics, each with how many of its scenarios are mastered."""
    topics: dict[str, list[bool]] = {}
    for card in found.shelf:
        if card.level == level:
            topics.setdefault(card.topic, []).append(card.scenario in found.known)
    whole = [known for own in topics.values() for known in own]
    return {
        "level": level,
        "known": sum(whole),
        "all": len(whole),
        "topics": sorted(
            ((name, sum(own), len(own)) for name, own in topics.items()),
            key=lambda one: one[1] < one[2],
        ),
    }


def _past(one: Past, told: Told | None, lang: Language, say: Say, found: Learner) -> dict[str, Any]:
    """A row of the list. The result of a try that counts is the one with people's words on it."""
    overall = one.overall if told is None else told.tried.overall
    return {
        "words": one.words,
        "lang": one.lang,
        "quoted": spoken(one.words),
        "mode": one.mode,
        "helped": one.helped,
        "time": moment_words(say, one.ended_at.astimezone(found.at.tzinfo)),
        "score": None if one.veiled or overall is None else round(overall),
        "result": _result(one, told),
        "href": url(lang, "practice", "card", id=one.practice),
    }


def _result(one: Past, told: Told | None) -> str:
    if one.veiled:
        return "veiled"
    if one.state == "given_up" and one.mode != "exam":
        return "given_up"
    if told is None:
        return "no_count"
    if told.verdict is None:
        return "none"
    return "helped" if told.verdict == "passed" and one.helped else told.verdict


def _asked(one: Asked, lang: Language, say: Say, zone: tzinfo) -> dict[str, Any]:
    return {
        "text": one.text,
        "answer": one.answer,
        "who": one.author or say("home.trainer"),
        "time": moment_words(say, one.at.astimezone(zone)),
        "href": url(lang, "practice", "card", id=one.practice),
    }
