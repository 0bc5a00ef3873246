"""A log is played again to the same bytes without a model, and gone on with from any turn."""

from __future__ import annotations

import json
from typing import Any

import pytest

from simulator.record import outcome, record, replay, transcript
from simulator.session import Session
from simulator.state import Case
from tests.simulator.tiny import coded, tiny
from transcripts.canonical import parse, to_json
from transcripts.errors import Refused

SCRIPT: tuple[tuple[int, str | tuple[str, dict[str, Any]]], ...] = (
    (8_000, "apologise empathise warm"),
    (9_000, "request_evidence ask:photo"),
    (40_000, ("look_up", {"what": "order"})),
    (150_000, "offer:refund:1000"),
    (170_000, "offer:refund:6000 commit_time"),
    (180_000, ("issue_refund", {"amount": 60})),
    (190_000, "close"),
)


def played(case: Case) -> Session:
    session = Session(case, coded)
    for at, deed in SCRIPT:
        session.advance(at)
        if isinstance(deed, str):
            session.say(deed, at)
        else:
            session.act(deed[0], deed[1], at)
    session.advance(1_000_000)
    return session


def as_bytes(session: Session) -> bytes:
    row = to_json(transcript(session)) | {"outcome": outcome(session)}
    return json.dumps(row, ensure_ascii=False).encode()


@pytest.mark.parametrize("seed", range(5))
def test_a_replay_gives_the_same_bytes_without_a_model(seed: int) -> None:
    case = tiny(seed=seed)
    session = played(case)
    log = json.loads(json.dumps(record(session, "sha256:m"), ensure_ascii=False))
    again = replay(log, case)
    assert as_bytes(again) == as_bytes(session)
    assert [state.as_json() for state in again.states] == [s.as_json() for s in session.states]
    assert record(again, "sha256:m") == record(session, "sha256:m")


@pytest.mark.parametrize("turns", range(len(SCRIPT) + 1))
def test_a_session_is_gone_on_with_from_any_turn(case: Case, turns: int) -> None:
    whole = played(case)
    log = record(whole, "sha256:m")
    again = replay(log, case, turns)
    again.listen = coded
    for at, deed in SCRIPT[turns:]:
        again.advance(at)
        if isinstance(deed, str):
            again.say(deed, at)
        else:
            again.act(deed[0], deed[1], at)
    again.advance(1_000_000)
    assert as_bytes(again) == as_bytes(whole)


def test_a_log_names_what_it_was_made_with(case: Case) -> None:
    log = record(played(case), "sha256:m")
    assert log["scenario"] == {"id": "tiny", "version": case.scenario.version}
    assert log["persona"] == {"id": "tester", "version": case.persona.version}
    assert (log["model"], log["seed"]) == ("sha256:m", 0)


def test_a_log_of_another_format_is_refused(case: Case) -> None:
    with pytest.raises(Refused, match="format 99"):
        replay({"format": 99, "log": []}, case)


def test_the_seed_chooses_the_words() -> None:
    openings = {as_bytes(played(tiny(seed=seed))) for seed in range(6)}
    assert len(openings) > 1


def test_the_outcome_is_as_the_contract_words_it(case: Case) -> None:
    session = played(case)
    row = outcome(session)
    assert row["ending"] == "satisfied"
    assert row["right"] is True
    assert row["csat"] == 5
    assert row["why"] == "快"
    customers = [one for one in session.messages if one.role == "customer"]
    assert len(row["mood"]) == len(customers)
    assert all(0 <= mood <= 4 for mood in row["mood"])


def test_the_transcript_reads_as_any_other(case: Case) -> None:
    row = to_json(transcript(played(case)))
    again = parse(row)
    assert to_json(again) == row
    assert row["scenario"] == "tiny"
    assert row["authority"] == {"refund_max": 50, "coupon_max": 10}
    assert {fact["text"] for fact in row["facts"]} == {"订单 1：草莓，实付 90 元", "坏果包赔"}


def test_a_right_ending_can_depend_on_what_happened() -> None:
    endings = {"satisfied": {"right": {"not_told": ["deal"]}, "why": ["快"]}}
    case = tiny(endings=endings)
    assert outcome(played(case))["right"] is False


def test_what_the_supervisor_said_is_a_fact_from_then_on(session: Session) -> None:
    session.act("ask_supervisor", {"question": "能多退一点吗"}, 6_000)
    facts = [fact.text for fact in transcript(session).facts]
    assert facts[-1] == "可以到 80 元。"
    assert transcript(session).authority == {"refund_max": 80, "coupon_max": 10}


@pytest.mark.parametrize(
    ("due", "asks_supervisor", "most"),
    [(20, False, 20), (60, False, 50), (20, True, 80), (None, False, 50)],
)
def test_the_grader_holds_the_agent_to_what_is_due(
    due: int | None, asks_supervisor: bool, most: float
) -> None:
    case = tiny(due={} if due is None else {"refund_max": due})
    session = Session(case, coded)
    session.advance(5_000)
    if asks_supervisor:
        session.act("ask_supervisor", {"question": "能不能多退一点？"}, 6_000)
    assert session.authority["refund_max"] in (50, 80)  # what the agent sees
    assert (transcript(session).authority or {})["refund_max"] == most
