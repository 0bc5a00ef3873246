"""What a change of a rubric does to stored conversations: which change, and why."""

from __future__ import annotations

import json
from typing import Any

from rubrics.load import load_rubric
from store.database import Row
from store.people import Person
from tests.store.playing import line, whole
from web.services import Services
from web.studio.effect import Effects, Run, stored, summary
from web.studio.shelf import entry
from web.text import t

RUBRIC = load_rubric("general")


def say(key: str, **values: Any) -> str:
    return t("zh", key, **values)


def row(number: int, overall: float, **scores: float) -> Row:
    card = {**json.loads(line(overall, **scores)), "gates": []}
    return {"id": number, "name": f"c{number}", "practice": number, "line": json.dumps(card),
            "transcript": "{}", "mode": "play", "person": 1}  # fmt: skip


def after(overall: float, **scores: float) -> dict[str, Any]:
    criteria = {name: scores.get(name, overall) for name in RUBRIC.criteria}
    return {"overall": overall, "passed": overall >= 60, "critical": [], "gates": [],
            "criteria": criteria}  # fmt: skip


def test_changes_are_counted_with_their_reasons() -> None:
    rows = [row(3, 70.0), row(2, 50.0), row(1, 80.0)]
    cards = [after(55.0, empathy=10.0, conduct=70.0), after(65.0), after(80.0)]
    for card in cards:
        card["criteria"] |= {
            name: 70.0 for name in RUBRIC.criteria
            if card["overall"] == 55.0 and name not in ("empathy", "conduct")
        }  # fmt: skip
    cards[0]["gates"] = ["resolution<=1:59"]
    found = summary(Run(RUBRIC, rows, cards), "zh", say)
    assert (found["n"], found["up"], found["down"]) == (3, 1, 1)
    # (70 + 50 + 80) / 3 and (55 + 65 + 80) / 3
    assert (found["before"], found["after"]) == (66.7, 66.7)
    first = found["changes"][0]
    assert (first["practice"], first["before"], first["after"]) == (3, 70.0, 55.0)
    assert first["why"] == ["共情 70→10", "新封顶 59 分"]


def test_conversations_of_this_rubric_in_any_version(services: Services, me: Person) -> None:
    whole(services.store, me, services.clock())
    assert len(stored(services.store, "general")) == 1
    assert stored(services.store, "presale") == []


class Inline:
    """Does at once what is asked, without a grader."""

    def add(self, urgency: int, task: Any, done: Any, failed: Any) -> None:
        done([after(40.0) for _ in task.lines])


def test_progress_and_result(services: Services, me: Person) -> None:
    whole(services.store, me, services.clock(), 80.0)
    effects = Effects(services, Inline())  # type: ignore[arg-type]
    rubric = entry(services, "rubric", "general").text
    services.store.write(
        lambda one: one.run("UPDATE scorecards SET line = json_set(line, '$.gates', json('[]'))")
    )
    found = effects.look("general", rubric, "zh", say, True)
    assert (found["n"], found["down"]) == (1, 1)
