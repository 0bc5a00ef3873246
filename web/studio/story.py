"""A scenario's states in sentences: when the agent does this, the customer says and does that."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any, Final

from scenarios.load import Shelved, common_hears
from scenarios.parts import ENDINGS, Burst, Rule, When
from scenarios.schema import Scenario

Say = Callable[..., str]
MOST: Final = 3
"""Alternatives that are written out; more are counted."""
LONGEST: Final = 48
_NUMBERS: Final = (
    "offer_at_least", "offer_below", "did_at_least", "did_over", "mood_at_least", "mood_below",
    "turns_at_least", "waited_at_least",
)  # fmt: skip


def story(one: Shelved, variant: int, say: Say, reached: Collection[str] | None) -> list[Any]:
    """The states of a variant. `unreached`: no path comes there; None while nobody knows."""
    scenario = one.variants[variant]
    document = one.documents[variant]
    teller = Teller(scenario, say)
    return [
        {
            "state": state,
            "first": state == scenario.first_state,
            "line": document.line(("states", state)),
            "unreached": None if reached is None else state not in reached,
            "rules": [
                {"line": document.line(("states", state, n)), "text": teller.rule(rule)}
                for n, rule in enumerate(rules)
            ],
        }
        for state, rules in scenario.states.items()
    ]


class Teller:
    """Conditions and rules of one scenario in words."""

    def __init__(self, scenario: Scenario, say: Say) -> None:
        self._scenario = scenario
        self._say = say

    def rule(self, rule: Rule) -> str:
        """当客服…，客户…"""
        say = self._say
        does = [say("story.says", words=_first(rule.say))] if rule.say else []
        mood = rule.change.mood
        if mood:
            does.append(say("story.calmer" if mood < 0 else "story.angrier", n=f"{abs(mood):g}"))
        if rule.change.opens:
            does.append(say("story.wants", what=", ".join(rule.change.opens)))
        if rule.go is not None:
            ends = rule.go in ENDINGS
            does.append(say("story.ends", ending=say(f"ending.{rule.go}")) if ends
                        else say("story.goes", state=rule.go))  # fmt: skip
        told = say("story.and").join(does) or say("story.nothing")
        if rule.when == When():
            return say("story.always", then=told)
        return say("story.rule", when=self.when(rule.when), then=told)

    def when(self, when: When) -> str:
        """A condition in words."""
        return self._say("story.comma").join(self._parts(when))

    def _parts(self, when: When) -> Iterable[str]:
        say = self._say
        for name in ("acts", "no_acts", "acts_before"):
            if found := getattr(when, name):
                yield say(f"when.{name}", v=self._any(say(f"act.{act}") for act in found))
        for name in ("hears", "told", "not_told"):
            if found := getattr(when, name):
                yield say(f"when.{name}", v=self._any(self._heard(one) for one in found))
        for name in ("asks", "revealed", "not_revealed", "done", "not_done"):
            if found := getattr(when, name):
                yield say(f"when.{name}", v=self._any(found))
        if when.offers:
            yield say("when.offers", v=self._any(say(f"offer.{one}") for one in when.offers))
        if when.did:
            yield say("when.did", v=self._any(say(f"did.{one}") for one in when.did))
        if when.critical:
            yield say("when.critical", v=self._any(say(f"critical.{o}") for o in when.critical))
        for name in _NUMBERS:
            if (number := getattr(when, name)) is not None:
                yield say(f"when.{name}", v=f"{number:g}")
        if when.warm is not None:
            yield say("when.warm" if when.warm else "when.cold")
        if when.any:
            yield say("story.or").join(f"({self.when(one)})" for one in when.any)
        if when.none:
            yield say("when.none", v=say("story.or").join(self.when(one) for one in when.none))

    def _any(self, words: Iterable[str]) -> str:
        found = list(dict.fromkeys(words))
        told = self._say("story.or").join(found[:MOST])
        return told if len(found) <= MOST else self._say("story.more", v=told, n=len(found) - MOST)

    def _heard(self, name: str) -> str:
        known = self._scenario.hears.get(name) or common_hears(self._scenario.lang).get(name)
        if known is None:
            return name
        return self._say("story.quote", v=(known.say or known.words)[0])


def _first(lines: Iterable[Burst]) -> str:
    first = next(iter(lines))
    text = first if isinstance(first, str) else " ".join(first)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
