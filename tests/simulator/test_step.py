"""One turn of the customer, by numbers worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.heard import Heard
from simulator.state import Case, State, begin
from simulator.step import good_ending, silence, step
from tests.simulator.tiny import coded, tiny


def after(case: Case, *replies: str, waited: int = 10) -> State:
    state = begin(case)
    for reply in replies:
        state = step(case, state, coded(reply), waited).state
    return state


def said(case: Case, state: State, reply: str, waited: int = 10) -> list[str]:
    return [one.text for one in step(case, state, coded(reply), waited).says]


def test_it_begins_as_the_persona_is(case: Case) -> None:
    state = begin(case)
    assert (state.mood, state.trust, state.patience) == (300, 500, 10)
    assert state.place == "start"
    assert state.open == {"when": 0}


def test_a_scenario_can_say_another_mood() -> None:
    assert begin(tiny(mood=1.5)).mood == 150


def test_an_apology_helps_less_each_time_and_then_hurts(case: Case) -> None:
    # apologise: −0.30, −0.05, +0.20. A question that was passed over costs 0.15 each time it is
    # asked again: at the first reply ("那什么时候到账？") and at the second ("几时到账？").
    moods = [begin(case).mood]
    state = begin(case)
    for number in range(3):
        state = step(case, state, replace(coded("apologise"), clauses=(str(number),))).state
        moods.append(state.mood)
    assert moods == [300, 300 - 30 + 15, 285 - 5 + 15, 295 + 20]


def test_warmth_counts_once_in_full(case: Case) -> None:
    # empathise −0.35, warm −0.3 / 1 at the first, question passed over +0.15: 300−35−30+15 = 250
    assert after(case, "empathise warm").mood == 250


def test_words_alone_do_not_calm_below_the_floor() -> None:
    case = tiny(mood=1.6, persona={"no_calmer_than": 1.5})
    # −0.30 −0.35 −0.25 would be 0.70; the floor is 1.50; the question passed over adds 0.15
    assert after(case, "apologise empathise reassure").mood == 150 + 15


def test_a_floor_never_lifts_who_is_calmer() -> None:
    case = tiny(mood=0.5, questions={})
    assert after(case, "apologise").mood == 50 + 20  # words that bring nothing


def test_the_same_again_counts_for_nothing_and_costs(case: Case) -> None:
    once = after(case, "apologise empathise")
    twice = step(case, once, coded("apologise empathise"))
    assert twice.says[0].text in ("这话说过了", "又是这句")
    # repeated: mood +0.2, patience −3; the question that two replies passed over: +0.15, −1
    assert twice.state.mood == once.mood + 20 + 15
    assert twice.state.patience == once.patience - 3 - 1


def test_blame_hurts_mood_trust_and_patience(case: Case) -> None:
    state = after(case, "blame")
    # blame +0.9; trust −2; patience −2
    assert (state.mood, state.trust, state.patience) == (390, 300, 8)


def test_a_late_answer_costs(case: Case) -> None:
    quick, late = after(case, "empathise", waited=60), after(case, "empathise", waited=61)
    assert late.mood == quick.mood + 15
    assert late.patience == quick.patience - 1


def test_an_angry_customer_warns_once_then_leaves(case: Case) -> None:
    first = step(case, begin(case), coded("rude"))
    assert first.state.mood == 400
    assert first.state.warned
    assert first.says[-1].text == "再这样我差评了"
    assert first.state.ending is None
    second = step(case, first.state, coded("blame"))
    assert second.state.ending == "bad_review"
    assert second.says[-1].text == "算了，评价见"


def test_a_customer_who_is_not_angry_just_leaves() -> None:
    case = tiny(mood=1, persona={"patience": 2})
    state = begin(case)
    for number in range(4):
        state = step(case, state, Heard(acts=("greet",), clauses=(str(number),))).state
        if state.ending:
            break
    assert state.ending == "left"


def test_only_what_was_asked_is_answered(case: Case) -> None:
    state = begin(case)
    assert said(case, state, "ask_problem ask:count") == ["十个"]
    outcome = step(case, state, coded("request_evidence ask:photo"))
    assert [one.text for one in outcome.says] == ["[图片]", "拍了，你看"]
    assert outcome.says[0].picture == "mouldy"
    assert outcome.state.revealed == ("photo",)
    assert "十个" not in said(case, outcome.state, "give_info")


def test_asking_again_for_what_was_given_is_held_against_the_agent(case: Case) -> None:
    state = after(case, "request_evidence ask:photo commit_time")
    again = step(case, state, replace(coded("request_evidence ask:photo"), clauses=("x",)))
    assert again.says[0].text in ("刚才发过了", "往上翻翻")
    # request_evidence the second time +0.05, asked again +0.30
    assert again.state.mood == state.mood + 5 + 30


def test_what_nobody_can_know_is_said_to_be_unknown(case: Case) -> None:
    assert said(case, begin(case), "unknown ask_problem")[0] in ("这我不清楚", "这我哪知道")


def test_a_wrong_statement_is_never_agreed_to(case: Case) -> None:
    outcome = step(case, begin(case), coded("give_info wrong:0"))
    assert outcome.says[0].text == "是 90 元，不是别的"
    assert outcome.state.trust == 500 - 100


def test_a_reply_that_makes_no_sense_is_free_the_first_time(case: Case) -> None:
    quiet = tiny(questions={})
    first = step(quiet, begin(quiet), coded("huh"))
    assert first.says[0].text in ("没听懂", "你说啥？", "什么意思？")
    assert first.state.mood == 300
    second = step(quiet, first.state, coded("huh"))
    # not understood again: mood +0.2, patience −2
    assert second.state.mood == 320
    assert second.state.patience == 8


def test_a_question_comes_back_until_it_is_answered(case: Case) -> None:
    first = step(case, begin(case), coded("empathise"))
    assert first.says[0].text in ("那什么时候到账？", "几时到账？")
    second = step(case, first.state, coded("reassure"))
    asked = [one.text for one in (*first.says, *second.says)]
    assert {"那什么时候到账？", "几时到账？"} <= set(asked)
    third = step(case, second.state, coded("commit_time"))
    assert third.says[0].text == "那还行"
    assert third.state.open == {}
    assert "when_answered" in third.state.told


def test_a_hold_is_waited_for_twice_as_long(case: Case) -> None:
    state = after(case, "commit_time")
    held = step(case, state, coded("hold")).state
    assert held.held
    before, later = silence(case, state), silence(case, held)
    assert before is not None
    assert later is not None
    assert (before.after, later.after) == (60, 120)


def test_the_agents_turns_run_out(case: Case) -> None:
    state, replies = begin(case), 0
    while state.ending is None:
        acts = ("give_info", "hold") if replies % 2 else ("give_info",)
        state = step(case, state, Heard(acts=acts, clauses=(str(replies),))).state
        replies += 1
    assert replies <= case.scenario.turns


SETTLING = ("request_evidence ask:photo commit_time", "offer:refund:6000")


def test_what_is_settled_by_the_last_turn_stays_settled() -> None:
    case = tiny(turns=2)
    state = begin(case)
    for reply in SETTLING:
        state = step(case, state, coded(reply)).state
    assert state.ending == "satisfied"


def test_the_reply_that_settles_the_last_thing_is_thanked_for() -> None:
    case = tiny(goals={"cold": {"by": {"told": ["cold"]}}}, questions={}, deal=None)
    assert said(case, begin(case), "give_info hears:cold") in (["好的，谢谢"], ["嗯，谢了"])


def test_a_settled_customer_too_runs_out_of_turns() -> None:
    case = tiny(turns=3)
    state = begin(case)
    for reply in (*SETTLING, "ask_problem ask:count"):
        state = step(case, state, coded(reply)).state
    assert state.turn == 3
    assert state.ending == "satisfied"


def test_a_warning_in_the_last_turn_gives_no_further_one() -> None:
    case = tiny(turns=2)
    state = step(case, begin(case), coded("empathise")).state
    last = step(case, state, coded("rude"))
    assert last.state.warned
    assert last.state.ending == "unresolved"


@pytest.mark.parametrize(("mood", "ending"), [(219, "satisfied"), (220, "accepted")])
def test_how_a_settled_matter_ends(case: Case, mood: int, ending: str) -> None:
    assert good_ending(case, replace(begin(case), mood=mood)) == ending
