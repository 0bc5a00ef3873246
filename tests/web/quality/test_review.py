"""Looking through conversations: pages, filters, a person's word, and nobody's practice."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from store.audit import deeds
from store.overrides import overrides
from store.people import Person, add_person
from tests.web.quality.graded import RUBRIC, fill
from web.quality.review import PAGE, Review
from web.quality.wanted import wanted_of
from web.services import Services
from web.text import t


@pytest.fixture
def lead(services: Services) -> Person:
    return add_person(services.store, "lead", "林主管", "lead", services.clock())


@pytest.fixture
def review(services: Services, lead: Person) -> Review:
    fill(services.store, services.clock())
    return Review(services, "zh", partial(t, "zh"))


def ids(answer: dict[str, Any]) -> list[int]:
    return [one["id"] for one in answer["rows"]]


def test_the_list_comes_page_by_page(services: Services, lead: Person) -> None:
    fill(services.store, services.clock(), count=PAGE * 2 + 3)
    review = Review(services, "zh", partial(t, "zh"))
    for order in ("worst", "read"):
        first = review.rows({"order": order})
        assert (len(first["rows"]), first["count"]) == (PAGE, PAGE * 2 + 3)
        second = review.rows({"order": order, "after": first["key"]})
        third = review.rows({"order": order, "after": second["key"]})
        assert (len(third["rows"]), third["key"]) == (3, None)
        assert len({*ids(first), *ids(second), *ids(third)}) == PAGE * 2 + 3


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {1, 2, 3, 4, 5, 6, 7, 8}),
        ({"failed": "1"}, {1, 3, 5, 7, 8}),
        ({"critical": "1"}, {8}),
        ({"review": "1"}, {8}),
        ({"by_hand": "1"}, set()),
        ({"agent": "小李", "failed": True}, {3, 5, 7, 8}),
        ({"low": "60"}, {2, 4, 6}),
        ({"high": 40}, {8}),
        ({"text": "烂了3"}, {3}),
        ({"import": "2"}, set()),
        ({"import": "1; DROP TABLE imports"}, {1, 2, 3, 4, 5, 6, 7, 8}),
        ({"rubric": RUBRIC.version, "low": 80}, {2, 4, 6}),
        ({"rubric": "sha256:other"}, set()),
    ],
)
def test_filters(review: Review, asked: dict[str, Any], found: set[int]) -> None:
    assert set(ids(review.rows(asked))) == found


def test_a_conversation_with_its_marks_and_who_looked(
    review: Review, services: Services, lead: Person
) -> None:
    page = review.show(lead, {"id": 8})
    assert [one["who"] for one in page["messages"]] == ["customer", "agent", "action"]
    card = page["card"]
    assert (card["overall"], card["passed"], card["by_hand"]) == (39.0, False, False)
    assert card["critical"][0]["state"] == "suspected"
    assert card["replies"]["1"]["acts"] == ["道歉"]
    assert card["criteria"][0]["evidence"][0]["quote"] == "抱歉"
    assert (deeds(services.store)[0].action, deeds(services.store)[0].subject) == (
        "view", "conversation 8",
    )  # fmt: skip
    for wrong in ({"id": 99}, {"id": "x"}, {}):
        assert review.show(lead, wrong) == {"refused": t("zh", "quality.no_such")}


def test_a_word_stands_beside_the_machines_score(
    review: Review, services: Services, lead: Person
) -> None:
    page = review.score(
        lead, {"id": 1, "criterion": "empathy", "score": 100, "reason": "接住了情绪"}
    )
    empathy = next(one for one in page["card"]["criteria"] if one["name"] == "empathy")
    assert (empathy["score"], empathy["machine"]) == (100, 40.0)
    assert empathy["words"][0] == {
        "score": 100.0, "stands": None, "reason": "接住了情绪", "person": "林主管",
        "at": "03-02 10:00",
    }  # fmt: skip
    assert page["card"]["by_hand"]
    assert page["card"]["machine"] == 40.0
    assert page["row"]["by_hand"]
    assert page["row"]["overall"] == page["card"]["overall"] > 40
    assert ids(review.rows({"by_hand": "1"})) == [1]
    whole = page["card"]["overall"]
    left_out = review.score(
        lead, {"id": 1, "criterion": "empathy", "score": None, "reason": "不适用"}
    )
    assert left_out["card"]["overall"] == 40.0 != whole
    assert len(overrides(services.store, [1])[1]) == 2


def test_a_suspected_error_is_confirmed_or_dismissed_by_a_person(
    review: Review, lead: Person
) -> None:
    asked = {"id": 8, "critical": "rude", "reason": "引用客户的话"}
    page = review.critical(lead, {**asked, "stands": False})
    assert page["card"]["critical"][0]["state"] == "dismissed"
    assert page["card"]["overall"] == 80.0
    assert ids(review.rows({"critical": "1"})) == []
    assert 8 not in ids(review.rows({"failed": "1"}))
    page = review.critical(lead, {**asked, "stands": True})
    assert page["card"]["critical"][0]["state"] == "confirmed"
    assert ids(review.rows({"critical": "1"})) == [8]


@pytest.mark.parametrize(
    "body",
    [
        {"id": 1, "criterion": "empathy", "score": 50, "reason": " "},
        {"id": 1, "criterion": "empathy", "score": 50, "reason": "x" * 2001},
        {"id": 1, "criterion": "empathy", "score": 101, "reason": "x"},
        {"id": 1, "criterion": "empathy", "score": -1, "reason": "x"},
        {"id": 1, "criterion": "empathy", "score": "a", "reason": "x"},
        {"id": 1, "criterion": "warmth", "score": 50, "reason": "x"},
        {"id": 99, "criterion": "empathy", "score": 50, "reason": "x"},
    ],
)
def test_a_word_that_cannot_be_changes_nothing(
    review: Review, services: Services, lead: Person, body: dict[str, Any]
) -> None:
    assert set(review.score(lead, body)) == {"refused"}
    assert overrides(services.store, [1]) == {}


def test_practice_is_no_matter_of_the_lead(
    review: Review, services: Services, lead: Person
) -> None:
    services.store.write(lambda t: t.run("UPDATE conversations SET import = NULL WHERE id = 2"))
    assert "refused" in review.show(lead, {"id": 2})
    asked = {"id": 2, "criterion": "empathy", "score": 50, "reason": "x"}
    assert "refused" in review.score(lead, asked)
    assert 2 not in ids(review.rows({}))
    assert wanted_of({"source": "practice"}).source == "import"
