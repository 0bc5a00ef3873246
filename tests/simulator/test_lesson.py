"""Lessons are made of a scenario's own paths and of the grader's evidence, nothing else."""

from __future__ import annotations

import pytest

from grader.hearing import hear
from grader.model import Model, load_model
from scenarios.load import load_scenario
from scenarios.parts import Entry, Path
from simulator.hints import hint
from simulator.lesson import beginning, lesson
from simulator.paths import Prover
from simulator.play import ears, so_far
from simulator.record import transcript
from transcripts.errors import Refused


def path(*kinds: str) -> Path:
    """`t` is a text, `a` an action."""
    says = [
        Entry(after=1, text="好") if kind == "t" else Entry(after=1, action="open_trace")
        for kind in kinds
    ]
    return Path(name="good", says=tuple(says))


@pytest.mark.parametrize(
    ("kinds", "given"),
    [
        ("t", 0),  # nothing would be left
        ("tat", 1),
        ("atatt", 2),  # the second and third text are one reply
        ("atatat", 2),  # three replies: one is given
        ("tatatat", 3),  # four: two
    ],
)
def test_half_of_the_replies_are_given_and_never_the_last(kinds: str, given: int) -> None:
    assert beginning(path(*kinds)) == given


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model()


@pytest.mark.slow
def test_remarks_are_evidence_of_the_card(model: Model) -> None:
    shelved = load_scenario("rotten-fruit")
    good, poor = (lesson(shelved, 0, name, Prover(model)) for name in ("good", "poor"))
    for one in (good, poor):
        reasons = {e.reason for result in one.card.criteria.values() for e in result.evidence}
        remarks = [remark for reply in one.replies for remark in (*reply.good, *reply.wrong)]
        assert {remark.reason for remark in remarks} <= reasons
        texts = [message.text for message in one.session.messages]
        for reply in one.replies:
            whole = "\n".join(texts[number] for number in reply.messages)
            assert all(remark.quote in whole for remark in (*reply.good, *reply.wrong))
    assert all(taken for _, taken in good.stages)
    assert not any(taken for _, taken in poor.stages)
    assert good.replies[0].good
    assert not good.replies[0].wrong
    assert all(reply.wrong for reply in poor.replies)
    with pytest.raises(Refused):
        lesson(shelved, 0, "no_such", Prover(model))


@pytest.mark.slow
def test_hints_follow_the_order_then_the_goals_and_end(model: Model) -> None:
    shelved = load_scenario("rotten-fruit")
    prover = Prover(model)
    good = lesson(shelved, 0, "good", prover)
    case = prover.case(shelved, 0)
    says = next(one for one in case.scenario.paths if one.name == "good").says
    found = []
    for count in (0, 1, len(says)):
        session = so_far(case, says[:count], ears(case.scenario, model))
        reading = hear(transcript(session), model)
        found.append(hint(session, reading, prover.rubric(case.scenario), good.says))
    first, then, last = found
    assert first is not None
    assert first.stage is not None
    assert (first.stage.zh, first.act, first.sentence) == ("安抚", "apologise", "实在对不起")
    assert then is not None
    assert then.act == "offer_refund"
    assert last is None, "nothing is lacking"
