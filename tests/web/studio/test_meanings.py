"""Every key of scenarios and rubrics is explained in Chinese, and nothing else is."""

from __future__ import annotations

from rubrics.described import keys_at, parts_of, place_at
from rubrics.schema import Rubric
from scenarios.schema import Scenario
from web.studio.meanings import meaning, meanings

PARTS = {**parts_of(Scenario)}
for _name, _keys in parts_of(Rubric).items():
    PARTS[_name] = (*PARTS.get(_name, ()), *_keys)


def test_every_key_has_a_meaning() -> None:
    missing = [(part, key) for part, keys in PARTS.items() for key in keys
               if not meaning("zh", part, key)]  # fmt: skip
    assert not missing


def test_no_meaning_is_left_over() -> None:
    known = {key for keys in PARTS.values() for key in keys}
    wrong = [
        (part, key)
        for part, keys in meanings().items()
        for key in keys
        if key not in (known if part == "Criterion" else PARTS.get(part, ()))
    ]
    assert not wrong


def test_the_place_of_a_line() -> None:
    text = "states:\n  start:\n    - when: {acts: [hold]}\n      say: [好]\n      \n  next: []\n"
    assert place_at(text, 1) == ((), "states")
    assert place_at(text, 2) == (("states",), "start")
    assert place_at(text, 3) == (("states", "start", 0), "when")
    assert place_at(text, 4) == (("states", "start", 0), "say")
    names = [key.name for key in keys_at(Scenario, ("states", "start", 0))]
    assert names[:4] == ["when", "change", "say", "go"]


def test_choices_are_told() -> None:
    level = next(key for key in keys_at(Scenario, ()) if key.name == "level")
    assert level.choices == ("beginner", "intermediate", "advanced")
