# ruff: noqa: E501
"""A full valid rubric, and a table of broken ones with the message and the line."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel

import rubrics.operators
import rubrics.parts
import rubrics.presets
import rubrics.schema
import rubrics.times
from rubrics.ids import KINDS
from rubrics.load import rubric_of
from rubrics.nearest import cure_of
from rubrics.schema import Rubric
from rubrics.yaml_file import parse_yaml
from transcripts.errors import InvalidFile

FULL = """\
format: 1
id: full
name: {zh: 全项, en: Full}
description: {zh: 每种都有, en: One of each}
pass_mark: 70
minimum_coverage: 0.5
critical: [rude, safety]
critical_cap: 30
gates:
  - {criterion: solve, rating_at_most: 1, cap: 59}
  - {criterion: words, score_at_most: 0, cap: 49}
criteria:
  warm:
    kind: empathy
    weight: 0.2
    name: {zh: 共情, en: Empathy}
    description: {zh: 接住情绪, en: Meet the feeling}
    applies: {complaint: true, lang: [zh, en], market: [CN]}
    points: {1: [0, 40, 85, 100, 100], 2: [0, 40, 65, 100, 100], 3: [0, 25, 55, 90, 100], 4: [0, 20, 45, 85, 100]}
    advice: {zh: 先接住情绪, en: Meet the feeling first}
  facts:
    kind: accuracy
    weight: 0.2
    name: {zh: 准确, en: Accuracy}
    description: {zh: 说得对, en: Say what is true}
  steps:
    kind: sequence
    weight: 0.1
    name: {zh: 流程, en: Order}
    description: {zh: 先后, en: Order}
    orders:
      - name: {zh: 投诉, en: Complaint}
        applies: {contact: [complaint]}
        scored: ladder
        stages:
          - {id: calm, name: {zh: 安抚, en: Calm}, acts: [apologise]}
          - {id: verify, name: {zh: 核实, en: Verify}, acts: [verify_order, hold], if_followed: [hold]}
          - {id: solve, name: {zh: 解决, en: Solve}, acts: [offer_refund], actions: [issue_refund]}
  speed:
    kind: timeliness
    weight: 0.1
    name: {zh: 时效, en: Speed}
    description: {zh: 快慢, en: Speed}
    first_response: {good: 20, bad: 120, weight: 20}
    hours: {open: "09:00", close: "21:00"}
    rounds: {preset: pinduoduo-2026-01, robots: true, weight: 10}
  solve:
    kind: resolution
    weight: 0.1
    name: {zh: 解决, en: Solved}
    description: {zh: 解决没有, en: Solved or not}
  manners:
    kind: conduct
    weight: 0.1
    name: {zh: 规范, en: Conduct}
    description: {zh: 规范, en: Conduct}
    acts: {rude: 100, stall: 30}
    banned:
      - {words: [随便你], pattern: "爱.{0,2}不", points: 20, reason: {zh: 赶人, en: Sends away}}
  alike:
    kind: examples
    weight: 0.1
    name: {zh: 像不像, en: Alike}
    description: {zh: 像好例子, en: Like the good ones}
    good: [我来帮您跟, 这事我负责, 我盯着给您办好]
    bad: [你等着吧, 找快递去, 不归我管]
    wanted: every_reply
  said:
    kind: required
    weight: 0.05
    name: {zh: 必说, en: Required}
    description: {zh: 要说的, en: To be said}
    statements:
      - {id: bye, name: {zh: 道别, en: Goodbye}, words: [再见], when: {lang: [zh]}}
  words:
    kind: rule
    weight: 0.05
    name: {zh: 规则, en: Rule}
    description: {zh: 规则, en: Rule}
    rule:
      all:
        - find: {role: agent, words: [核对], before: {find: {acts: [offer_refund]}, messages: 5}}
        - not: {find: {role: agent, pattern: "加.{0,3}微信", count: {at_least: 2}}}
"""


def faults(text: str) -> list[str]:
    try:
        rubric_of(parse_yaml(text, "full.yaml"))
    except InvalidFile as error:
        return [str(fault) for fault in error.faults]
    return []


def test_the_full_rubric_is_valid_and_has_every_kind() -> None:
    rubric = rubric_of(parse_yaml(FULL, "full.yaml"))
    assert {spec.kind for spec in rubric.criteria.values()} == set(KINDS)
    assert [gate.id for gate in rubric.applied_gates] == ["solve<=1:59", "words<=0:49"]


def line_of(piece: str) -> int:
    return FULL[: FULL.index(piece)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("format: 1", "format: 2", "format: it should be 1, not 2"),
        ("id: full", "id: Full!", "id: 'Full!' does not have the form ^[a-z][a-z0-9_]{0,39}$"),
        ("pass_mark: 70", "pass_marc: 70", "unknown key 'pass_marc' in the file; did you mean 'pass_mark'?"),
        ("pass_mark: 70", "pass_mark: 170", "pass_mark: it should be less than or equal to 100, not 170"),
        ("pass_mark: 70", "pass_mark: .nan", "pass_mark: a number is wanted, not '.nan'"),
        ("pass_mark: 70", "pass_mark: [70]", "pass_mark: a number is wanted, not a list"),
        ("critical: [rude, safety]", "critical: [ruder]", "critical[0]: no such critical error: 'ruder'; did you mean 'rude'?"),
        ("{criterion: solve, rating_at_most: 1, cap: 59}", "{criterion: solv, rating_at_most: 1, cap: 59}", "no criterion 'solv' in this rubric; did you mean 'solve'?"),
        ("{criterion: solve, rating_at_most: 1, cap: 59}", "{criterion: speed, rating_at_most: 1, cap: 59}", "a timeliness criterion has no rating; use score_at_most"),
        ("{criterion: solve, rating_at_most: 1, cap: 59}", "{criterion: solve, cap: 59}", "gates[0]: give either rating_at_most or score_at_most"),
        ("kind: empathy", "kind: empaty", "criteria.warm.kind: no such kind: 'empaty'; did you mean 'empathy'?"),
        ("applies: {complaint: true, lang", "applies: {complaint: false, contact: [complaint], lang", "contact and complaint exclude each other; keep one of them"),
        ("lang: [zh, en], market", "lang: [zh, eng], market", "criteria.warm.applies.lang[1]: 'eng' is not known here; did you mean 'en'?"),
        ("advice: {zh: 先接住情绪", "advice: {zh: 你必须先接住情绪", "criteria.warm.advice: advice without 必须: say what to write instead"),
        ("4: [0, 20, 45, 85, 100]}", "5: [0, 20, 45, 85, 100]}", "criteria.warm.points[5]"),
        ("scored: ladder", "scored: lader", "criteria.steps.orders[0].scored: 'lader' is not known here; did you mean 'ladder'?"),
        ("acts: [apologise]}", "acts: [apologize]}", "criteria.steps.orders[0].stages[0].acts[0]: no such act: 'apologize'; did you mean 'apologise'?"),
        ("{id: verify, name", "{id: calm, name", "the stage 'calm' stands twice; rename one"),
        ("if_followed: [hold]}", "if_followed: [thank]}", "criteria.steps.orders[0].stages[1]: if_followed names thank"),
        ("{good: 20, bad: 120, weight: 20}", "{good: 120, bad: 20, weight: 20}", "criteria.speed.first_response: bad (20 s) must be longer than good (120 s)"),
        ('close: "21:00"', 'close: "08:00"', "criteria.speed.hours: close (08:00) must be later than open (09:00)"),
        ("preset: pinduoduo-2026-01", "preset: pinduoduo-2026-02", "no such preset: 'pinduoduo-2026-02'; did you mean 'pinduoduo-2026-01'?"),
        ('pattern: "爱.{0,2}不"', 'pattern: "(爱+)+不"', "criteria.manners.banned[0].pattern: a repetition needs an upper end"),
        ("good: [我来帮您跟, 这事我负责, 我盯着给您办好]", "good: [我来帮您跟]", "criteria.alike.good: 1 given, at least 3 wanted"),
        ("good: [我来帮您跟, 这事", "good: [你等着吧, 这事", "'你等着吧' stands among the good and the bad sentences; keep one"),
        ("words: [再见], when", "when", "criteria.said.statements[0]: a statement needs words, a pattern, acts or examples"),
        ("words: [再见], when", "words: [88], when", "criteria.said.statements[0].words[0]: a text is wanted; put 88 in quotes"),
        ("- not: {find:", "- nor: {find:", "criteria.words.rule.all[1]: a rule has one of the keys find, all, any, not"),
        ("count: {at_least: 2}", "count: {at_least: 2, at_most: 1}", "criteria.words.rule.all[1].not.find.count: at_most (1) is less than at_least (2)"),
    ],
)  # fmt: skip
def test_broken(old: str, new: str, message: str) -> None:
    assert FULL.count(old) == 1, old
    found = faults(FULL.replace(old, new))
    start = f"full.yaml:{line_of(old)}: "
    assert any(fault.startswith(start) and message in fault for fault in found), found


def test_missing_keys_are_reported_where_they_belong() -> None:
    without = FULL.replace("    kind: accuracy\n", "").replace(
        "description: {zh: 每种都有, en: One of each}\n", ""
    )
    found = faults(without)
    assert "full.yaml:1: the key 'description' is missing in the file; add it" in found
    assert any(
        "the key 'kind' is missing in criteria.facts; it says what this is" in f for f in found
    )


def test_all_faults_at_once_weights_too() -> None:
    broken = FULL.replace("weight: 0.05", "weight: 0.1").replace("pass_mark", "passmark")
    found = faults(broken)
    assert len(found) == 2
    assert "unknown key 'passmark'" in found[0]
    assert found[1].startswith(f"full.yaml:{line_of('criteria:')}: the weights sum to 1.1 (0.2 + ")


@pytest.mark.parametrize(
    ("weight", "valid"), [("0.1009", True), ("0.0991", True), ("0.102", False), ("0.098", False)]
)
def test_weights_sum_to_one_within_a_thousandth(weight: str, valid: bool) -> None:
    changed = FULL.replace(
        "    kind: resolution\n    weight: 0.1\n", f"    kind: resolution\n    weight: {weight}\n"
    )
    assert bool(faults(changed)) is not valid


@pytest.mark.parametrize("weight", ["0", "-0.1", "1.5", ".inf", "null"])
def test_a_weight_is_positive(weight: str) -> None:
    changed = FULL.replace(
        "    kind: resolution\n    weight: 0.1\n", f"    kind: resolution\n    weight: {weight}\n"
    )
    assert any("criteria.solve.weight" in fault for fault in faults(changed))


@pytest.mark.parametrize(
    "text", ["[]", "a", "1", "~", "criteria: []", "criteria: {a: 1}", "criteria: {}"]
)
def test_wrong_types_are_faults_not_crashes(text: str) -> None:
    assert faults(text)


def test_the_version_is_that_of_the_content() -> None:
    version = rubric_of(parse_yaml(FULL, "a")).version
    assert version.startswith("sha256:")
    assert len(version) == len("sha256:") + 64
    layout = "# a comment\n" + FULL.replace("weight: 0.2", "weight:   0.20")
    assert rubric_of(parse_yaml(layout, "b")).version == version
    assert rubric_of(parse_yaml(FULL.replace("cap: 49", "cap: 48"), "c")).version != version
    spelt_out = FULL.replace("    kind: resolution\n", "    kind: resolution\n    review: false\n")
    assert rubric_of(parse_yaml(spelt_out, "d")).version == version


def test_usual_gates() -> None:
    text = FULL[: FULL.index("gates:")] + FULL[FULL.index("criteria:") :]
    usual = rubric_of(parse_yaml(text, "a")).applied_gates
    assert [g.id for g in usual] == ["facts<=0:39", "facts<=1:59", "solve<=0:39", "solve<=1:59"]
    none = text.replace("critical_cap: 30\n", "critical_cap: 30\ngates: []\n")
    assert rubric_of(parse_yaml(none, "a")).applied_gates == ()


MODULES = (rubrics.schema, rubrics.parts, rubrics.times, rubrics.operators, rubrics.presets)
MODELS = sorted(
    {
        value
        for module in MODULES
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, BaseModel) and value is not BaseModel
    },
    key=lambda model: model.__name__,
)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: str(model.__name__))
def test_every_field_is_described_and_nothing_else_allowed(model: type[BaseModel]) -> None:
    assert model.model_config.get("extra") == "forbid"
    for name, field in model.model_fields.items():
        assert field.description or name == "kind", f"{model.__name__}.{name} has no description"


def test_json_schema_can_be_made() -> None:
    schema: dict[str, Any] = Rubric.model_json_schema()
    assert {"format", "id", "name", "description", "criteria"} <= set(schema["required"])


def test_cures_are_read_from_messages() -> None:
    assert cure_of("unknown key 'wieght' in criteria.a; did you mean 'weight'?") == (
        "wieght",
        "weight",
    )
    assert cure_of("no criterion 'x' in this rubric; known: a, b") is None
