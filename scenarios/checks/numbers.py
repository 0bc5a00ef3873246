"""Numbers in the customer's own lines that contradict the facts on the order.

Only numbers that words tie to something are compared: what was paid, the order's number, the time
of delivery. A customer who errs or lies on purpose is marked by `mistaken: true`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rubrics.faults import Place
from scenarios.checks.checked import Checked, Found
from scenarios.checks.walk import messages, pools
from scenarios.schema import Scenario
from transcripts.aligned import aligned

_SIGN: Final = r"\s*(?:[¥$£€]|nt\$|hk\$|rmb)?\s*"


@dataclass(frozen=True, slots=True)
class _Tie:
    """A kind of number: how it is said (in aligned text), and which facts hold it."""

    what: str
    pattern: re.Pattern[str]
    where: tuple[str, ...]


_TIES: Final = (
    _Tie(
        "what was paid",
        re.compile(rf"(?:实付|付了|花了|paid|spent){_SIGN}(\d+(?:\.\d+)?)(?!\s*[%折天个斤盒\d.])"),
        ("order",),
    ),
    _Tie(
        "the number of the order",
        re.compile(
            r"(?:订单号?|单号|尾号|order(?: (?:number|no\.?))?)[:#\s]{0,3}(?:is |是|为)?#?"
            r"([a-z]{0,4}-?\d{3,})"
        ),
        ("order",),
    ),
    _Tie(
        "the time of delivery",
        re.compile(
            r"(?:签收|收到|送到|delivered|arrived)\D{0,12}(\d{1,2}:\d{2})"
            r"|(\d{1,2}:\d{2})\D{0,3}(?:签收|收的|拿到|送到|delivered)"
        ),
        ("logistics", "order"),
    ),
)


def number_faults(checked: Checked) -> Found:
    """Lines whose numbers are not those of the facts."""
    scenario = checked.scenario
    for tie in _TIES:
        facts = [fact.text for fact in scenario.facts if fact.where in tie.where]
        true = {value for text in facts for value in _values(tie, text)}
        if not true:
            continue
        for place, text in _own_words(scenario):
            for said in _values(tie, text):
                if not any(said == value or value.endswith(said) for value in true):
                    known = ", ".join(sorted(true))
                    yield (
                        place,
                        f"{tie.what} is {known} by the facts, but the customer says {said}; "
                        "change one, or write mistaken: true beside the lines",
                    )


def _values(tie: _Tie, text: str) -> Iterator[str]:
    for found in tie.pattern.finditer(aligned(text)):
        yield next(group for group in found.groups() if group)


def _own_words(scenario: Scenario) -> Iterator[tuple[Place, str]]:
    for place, pool in pools(scenario):
        if not _mistaken(scenario, place):
            yield from messages(place, pool)


def _mistaken(scenario: Scenario, place: Place) -> bool:
    if place[0] == "knows":
        return scenario.knows[str(place[1])].mistaken
    if place[0] == "states":
        return scenario.states[str(place[1])][int(place[2])].mistaken
    return place[0] == "deal"
