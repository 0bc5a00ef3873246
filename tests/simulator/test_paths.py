"""Scripted agents: what they must reach, and the cheats made from a scenario."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path as File
from typing import Any

import pytest

from scenarios.load import known_scenarios, load_scenario, shelved
from scenarios.schema import Scenario
from simulator.fuzz import broken, fuzz
from simulator.paths import (
    CHEATS_AT_MOST,
    PathResult,
    Prover,
    cheat_results,
    cheats,
    path_results,
    twin_results,
)
from simulator.paths import _cheated as cheated
from simulator.paths import _missed as missed
from simulator.play import ears
from simulator.record import record, replay, transcript
from simulator.state import Case
from tests.shipped import shipped_model
from tests.simulator.tiny import TINY, tiny

GOOD: dict[str, Any] = {
    "name": "good",
    "ending": ["satisfied"],
    "right": True,
    "at_least": 85,
    "says": [
        {"after": 10, "text": "实在对不起"},
        {"after": 10, "text": "拍一下照片"},
        {"after": 10, "action": "issue_refund", "data": {"amount": 30}},
        {"after": 60, "text": "退了 30 元"},
    ],
}
RESULT = PathResult("tiny", 1, "good", "satisfied", True, 5, 90.0, True, (), {"empathy": 90.0}, ())


def scenario(**changed: Any) -> Scenario:
    return tiny(**({"paths": [GOOD]} | changed)).scenario


def test_a_path_that_reaches_everything_has_no_fault() -> None:
    assert list(missed(scenario().paths[0], RESULT)) == []


@pytest.mark.parametrize(
    ("result", "key", "words"),
    [
        ({"ending": "left", "right": True}, "ending", "ends left, expected satisfied"),
        ({"right": False}, "right", "a wrong ending; expected a right one"),
        ({"overall": 84.94}, "at_least", "scores 84.9, expected at least 85"),
        ({"overall": None}, "at_least", "scores nothing"),
    ],
)
def test_what_a_path_misses_is_named(result: dict[str, Any], key: str, words: str) -> None:
    [(found, message)] = missed(scenario().paths[0], replace(RESULT, **result))
    assert found == key
    assert words in message
    assert message.startswith("variant 2: path 'good'")


def test_scores_are_held_to_what_is_shown() -> None:
    assert list(missed(scenario().paths[0], replace(RESULT, overall=84.96))) == []


def test_a_poor_path_may_not_score_too_much() -> None:
    poor = scenario(paths=[GOOD | {"at_least": None, "at_most": 45}]).paths[0]
    [(key, _)] = missed(poor, replace(RESULT, overall=45.1))
    assert key == "at_most"
    assert list(missed(poor, replace(RESULT, overall=None))) == []


def test_there_are_four_cheats() -> None:
    other = load_scenario("price-haggler")
    found = {path.name: path for path in cheats(scenario(), [other])}
    assert list(found) == ["at_once", "another", "quick", "same"]
    first, *rest = found["at_once"].says
    assert first.text == "实在对不起\n拍一下照片\n退了 30 元"
    assert [entry.action for entry in rest] == ["issue_refund"]
    assert found["another"].says == next(
        path.says for path in other.variants[0].paths if path.name == "good"
    )
    assert len(found["quick"].says) == len(found["same"].says) == TINY["turns"]
    assert len({entry.text for entry in found["same"].says}) == 1
    assert len({entry.text for entry in found["quick"].says}) == 8


def test_cheats_speak_the_language_of_the_scenario() -> None:
    for lang, word in (("en", "sorry"), ("zh-Hant", "抱歉讓您")):
        found = {path.name: path for path in cheats(scenario(lang=lang), [])}
        assert word in str(found["same"].says[0].text)
        assert "another" not in found  # nobody else speaks it


@pytest.mark.parametrize(
    ("overall", "passed", "count"),
    [
        (CHEATS_AT_MOST, False, 0),
        (CHEATS_AT_MOST + 0.1, False, 1),
        (75.0, True, 2),
        (None, None, 0),
    ],
)
def test_a_cheat_that_gets_through_is_a_fault(
    overall: float | None, passed: bool | None, count: int
) -> None:
    assert len(list(cheated(replace(RESULT, overall=overall, passed=passed)))) == count


# --- with the shipped model, on the first scenario of the library


@pytest.fixture(scope="module")
def prover() -> Prover:
    return Prover(shipped_model())


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(known_scenarios()))
def test_every_path_leads_where_it_should(prover: Prover, name: str) -> None:
    found = path_results(load_scenario(name), prover)
    assert {"good", "poor", "unusual"} <= {one.path for one in found}
    assert [str(fault) for one in found for fault in one.faults] == []
    assert all(one.right for one in found if one.path in ("good", "unusual"))
    assert not any(one.right for one in found if one.path == "poor")


@pytest.mark.slow
def test_a_fault_names_file_and_line(prover: Prover, tmp_path: File) -> None:
    from rubrics.yaml_file import read_yaml
    from scenarios.load import LIBRARY

    path = tmp_path / "rotten-fruit.yaml"
    text = (LIBRARY / "rotten-fruit.yaml").read_text("utf-8")
    path.write_text(text.replace("at_least: 85", "at_least: 100", 1), encoding="utf-8")
    one = shelved(read_yaml(path), path)
    [result, *_] = path_results(one, prover)
    [fault] = result.faults
    assert fault.file == str(path)
    assert path.read_text("utf-8").splitlines()[(fault.line or 0) - 1].strip() == "at_least: 100"


TWINS = (
    "address-change", "appliance-repair", "cancel-order", "colleague-complaint",
    "coupons-not-stackable", "custom-furniture", "damaged-furniture-en", "delayed-delivery",
    "delayed-delivery-en", "diabetic-fruit", "durian-ripe", "fake-damage-photo", "gift-baskets",
    "late-parcel-hant", "out-of-stock", "platform-steps-in", "price-dropped", "refund-missing-en",
    "refund-slow", "rotten-fruit-en", "sensitive-skin", "short-weight", "signed-not-received",
    "size-return", "stored-wrongly", "three-day-callback", "wrong-item", "wrong-size-en",
)  # fmt: skip
"""Scenarios in which no variant is solved by the good path of one with the same first words."""


@pytest.mark.slow
@pytest.mark.parametrize("name", TWINS)
def test_an_answer_learnt_by_heart_fails_in_the_twin(prover: Prover, name: str) -> None:
    found = twin_results(load_scenario(name), prover)
    assert found
    assert [str(fault) for one in found for fault in one.faults] == []


@pytest.mark.slow
@pytest.mark.parametrize(("number", "name"), list(enumerate(sorted(known_scenarios())))[::3])
def test_cheats_do_not_get_through(prover: Prover, number: int, name: str) -> None:
    """One variant of every third scenario; `benchmarks/paths.py --cheats` plays all of them."""
    library = [load_scenario(one) for one in sorted(known_scenarios())]
    one = load_scenario(name)
    found = cheat_results(one, library, prover, [number % len(one.variants)])
    assert len(found) >= 2
    assert [str(fault) for result in found for fault in result.faults] == []


@pytest.mark.slow
def test_cheats_are_played_in_every_variant(prover: Prover) -> None:
    one = load_scenario("rotten-fruit")
    found = cheat_results(one, [one], prover)
    assert [result.path for result in found] == ["at_once", "quick", "same"] * len(one.variants)


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "name"), list(enumerate(sorted(known_scenarios())))[1::2])
def test_the_random_agent_ends_every_scenario(prover: Prover, seed: int, name: str) -> None:
    shelf = load_scenario(name)
    case: Case = prover.case(shelf, seed % len(shelf.variants))
    session = fuzz(case, ears(case.scenario, prover.model), seed)
    assert broken(session) == []
    again = replay(record(session, "m"), case)
    assert transcript(again) == transcript(session)
