"""Practice: kept turn by turn, gone on with after anything, retried without counting."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from grader.batch import line_of
from rubrics.load import load_rubric
from simulator.record import transcript
from simulator.session import Session
from store.assignments import Order, assign, assigned_to, assignments, close_assignment, drawn_seed
from store.database import Store
from store.declined import Declined
from store.feedback import (
    OwnView,
    answer,
    ask,
    keep_own_view,
    mark_seen,
    news,
    note,
    notes,
    own_view,
    questions,
)
from store.going_on import GoingOn, entries_before, go_on, retry
from store.health import health
from store.overrides import override_score
from store.people import Person, add_person, first_person, set_group
from store.practices import (
    Mode,
    Start,
    begin,
    begin_shift,
    draft,
    end_shift,
    finish,
    flag,
    flags,
    keep,
    keep_result,
    note_help,
    of_shift,
    pause,
    practice,
    practices_of,
    save_draft,
)
from store.quality import Filter, listed
from store.retention import forget_person
from store.tries import tries
from store.versions import in_use, publish, save_version, versions
from tests.simulator.tiny import coded, tiny
from transcripts.errors import UnreadableInput

ROOT = Path(__file__).parents[2]
At = Callable[..., datetime]
RUBRIC = load_rubric("general")
SCRIPT: tuple[tuple[int, str | tuple[str, dict[str, Any]]], ...] = (
    (8_000, "apologise empathise warm"),
    (9_000, "request_evidence ask:photo"),
    (40_000, ("look_up", {"what": "order"})),
    (150_000, "huh"),
    (160_000, "offer:refund:6000 commit_time"),
    (180_000, ("issue_refund", {"amount": 60})),
    (190_000, "close"),
)


def ears(_scenario: object) -> Any:
    return coded


def play(session: Session, first: int, last: int) -> None:
    for at, deed in SCRIPT[first:last]:
        session.advance(at)
        if isinstance(deed, str):
            session.say(deed, at)
        else:
            session.act(deed[0], deed[1], at)


@pytest.fixture
def li(store: Store, at: At) -> Person:
    assert first_person(store, "boss", at()) is not None
    return add_person(store, "li", "小李", "agent", at())


def start(person: Person, mode: Mode = "play", **more: Any) -> Start:
    return Start(person.id, mode, 0, "sha256:m", **more)


def line(overall: float, **scores: float) -> str:
    """A card that the general rubric could have given."""
    criteria = {
        name: {"kind": spec.kind, "score": scores.get(name, overall), "weight": spec.weight,
               "confidence": 0.9, "rating": scores.get(name, overall) / 25}
        for name, spec in RUBRIC.criteria.items()
    }  # fmt: skip
    return json.dumps({
        "transcript": "tiny-0", "rubric": {"id": "general", "version": RUBRIC.version},
        "grader": {"version": "1", "encoder": "e", "model": "m"},
        "overall": overall, "passed": overall >= 60, "critical": [], "coverage": 1.0,
        "criteria": criteria, "agents": {}, "confidence": 0.9, "review": False,
    })  # fmt: skip


def whole(store: Store, person: Person, at: datetime, overall: float = 80.0, mode: Mode = "play",
          **more: Any) -> int:  # fmt: skip
    """A practice from beginning to card."""
    session = Session(tiny(), coded)
    number, mark = begin(store, start(person, mode, **more), session, at)
    play(session, 0, len(SCRIPT))
    session.advance(1_000_000)
    conversation = finish(store, number, session, mark, at)
    keep_result(store, conversation, RUBRIC, line(overall), at)
    return number


@pytest.mark.parametrize("turns", range(len(SCRIPT) + 1))
def test_after_a_restart_it_goes_on_as_if_nothing_had_been(
    store: Store, li: Person, at: At, turns: int
) -> None:
    straight = Session(tiny(), coded)
    play(straight, 0, len(SCRIPT))
    straight.advance(1_000_000)

    session = Session(tiny(), coded)
    number, mark = begin(store, start(li), session, at())
    for turn in range(turns):
        play(session, turn, turn + 1)
        mark = keep(store, number, session, mark, at(seconds=turn))
    again = go_on(store, number, ears)
    assert (again.drifted, again.mark) == (False, mark)
    assert again.session.now == again.practice.clock_ms == session.now
    play(again.session, turns, len(SCRIPT))
    again.session.advance(1_000_000)
    assert line_of(transcript(again.session)) == line_of(transcript(straight))
    keep(store, number, again.session, again.mark, at(hours=1))


KILLED = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from simulator.session import Session
from store.opening import open_store
from store.practices import Start, begin, keep
from tests.simulator.tiny import coded, tiny

now = datetime(2026, 3, 2, tzinfo=UTC)
store = open_store(Path(sys.argv[1]))
session = Session(tiny(answers=99, turns=60), coded)
number, mark = begin(store, Start(1, "play", 0, "m"), session, now)
for turn in range(1, 60):
    session.say("huh", session.now + 2_000)
    mark = keep(store, number, session, mark, now)
    print(mark.entries, mark.messages, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
@pytest.mark.slow
@pytest.mark.parametrize("turns", [1, 2, 5])
def test_kill_9_in_a_conversation_loses_no_turn_that_was_acknowledged(
    store: Store, li: Person, turns: int
) -> None:
    command = [sys.executable, "-c", KILLED, str(store.path.parent)]
    with subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE) as player:
        assert player.stdout is not None
        seen = [player.stdout.readline() for _ in range(turns)]
        player.send_signal(signal.SIGKILL)
        seen += player.stdout.read().splitlines()
    entries, messages = map(int, [line for line in seen if line.strip()][-1].split())
    again = go_on(store, 1, ears)
    assert again.mark.entries >= entries
    assert again.mark.messages >= messages
    assert not again.drifted
    if not again.session.over:
        again.session.say("apologise", again.session.now + 1_000)
        keep(store, 1, again.session, again.mark, datetime(2026, 3, 3, tzinfo=UTC))


def test_what_this_version_would_say_otherwise_stays_as_it_was_said(
    store: Store, li: Person, at: At
) -> None:
    session = Session(tiny(), coded)
    number, mark = begin(store, start(li), session, at())
    play(session, 0, 3)
    mark = keep(store, number, session, mark, at())
    old = json.dumps({"role": "customer", "text": "从前的说法", "sender": "客户"})
    sql = "UPDATE said SET message = ? WHERE practice = ? AND n = 0"
    store.write(lambda t: t.run(sql, (old, number)))
    again = go_on(store, number, ears)
    assert again.drifted
    assert again.session.messages[0].text == "从前的说法"
    play(again.session, 3, len(SCRIPT))
    keep(store, number, again.session, again.mark, at())
    assert go_on(store, number, ears).session.messages[0].text == "从前的说法"


def test_a_second_window_is_told_and_loses_nothing(store: Store, li: Person, at: At) -> None:
    one = Session(tiny(), coded)
    number, mark = begin(store, start(li), one, at())
    other = go_on(store, number, ears)
    play(one, 0, 1)
    kept = keep(store, number, one, mark, at())
    play(other.session, 0, 1)
    with pytest.raises(Declined) as refused:
        keep(store, number, other.session, other.mark, at())
    assert refused.value.key == "elsewhere"
    play(one, 1, 2)
    kept = keep(store, number, one, kept, at())
    # A restored backup may lack what this window has kept: no hole is left in the log.
    store.write(lambda t: t.run("DELETE FROM turns WHERE n = 1"))
    play(one, 2, 3)
    with pytest.raises(Declined):
        keep(store, number, one, kept, at())


def test_ending_twice_makes_one_conversation(store: Store, li: Person, at: At) -> None:
    session = Session(tiny(), coded)
    number, mark = begin(store, start(li), session, at())
    play(session, 0, len(SCRIPT))
    session.advance(1_000_000)
    first = finish(store, number, session, mark, at(hours=1))
    assert finish(store, number, session, mark, at(hours=2)) == first
    with pytest.raises(Declined) as refused:
        keep(store, number, session, mark, at())
    assert refused.value.key == "over"
    kept = practice(store, number)
    assert (kept.state, kept.conversation, kept.scorecard) == ("ended", first, None)
    assert kept.outcome is not None
    assert kept.outcome["ending"] == "satisfied"
    assert keep_result(store, first, RUBRIC, line(80), at()) is not None
    assert keep_result(store, first, RUBRIC, line(20), at()) is None, "one card a grader"
    assert [(one.overall, one.name) for one in listed(store, Filter(person=li.id))] == [
        (80.0, "tiny-0")
    ]


def test_a_retry_goes_off_before_the_reply_and_counts_for_nothing(
    store: Store, li: Person, at: At
) -> None:
    number = whole(store, li, at())
    old = go_on(store, number, ears).session.messages
    third = [n for n, one in enumerate(old) if one.role == "agent"][2]
    again: GoingOn = retry(store, number, third, ears, at(days=1))
    assert not again.drifted
    assert list(again.session.messages) == old[:third]
    assert again.practice.mode == "retry"
    assert (again.practice.parent, again.practice.parent_turns) == (number, 3)
    again.session.say("offer:refund:6000 commit_time", again.session.now + 5_000)
    mark = keep(store, again.practice.id, again.session, again.mark, at(days=1))
    conversation = finish(store, again.practice.id, again.session, mark, at(days=1))
    keep_result(store, conversation, RUBRIC, line(99), at(days=1))
    assert [one.practice for one in tries(store, [li.id], UTC)] == [number]
    assert entries_before([{"role": "agent"}, {"role": "bot"}, {"role": "action"}], 3) == 2


def test_what_lies_beside_the_turns_is_kept(store: Store, li: Person, at: At) -> None:
    session = Session(tiny(), coded)
    number, mark = begin(store, start(li), session, at())
    save_draft(store, number, "亲，非常", at())
    save_draft(store, number, "亲，非常抱歉", at())
    assert draft(store, number) == "亲，非常抱歉"
    for kind in ("mood", "hint"):
        note_help(store, number, kind)
    flag(store, number, 0, at())
    flag(store, number, 0, at())
    pause(store, number, at(minutes=3))
    kept = practice(store, number)
    assert (kept.help, kept.paused_at) == (("mood", "hint"), at(minutes=3))
    assert flags(store, number) == {0}
    flag(store, number, 0, None)
    pause(store, number, None)
    assert (flags(store, number), practice(store, number).paused_at) == (set(), None)
    play(session, 0, 1)
    keep(store, number, session, mark, at())
    assert draft(store, number) == "", "what was sent is no draft"


def test_an_exams_clock_runs_on_and_any_other_stands_still(
    store: Store, li: Person, at: At
) -> None:
    numbers = [begin(store, start(li, mode), Session(tiny(), coded), at())[0]
               for mode in ("play", "exam")]  # fmt: skip
    for number in numbers:
        pause(store, number, at(minutes=1))
    own, exam = (practice(store, number) for number in numbers)
    assert (own.clock_at(at(minutes=10)), own.paused_at) == (own.clock_ms, at(minutes=1))
    assert (exam.clock_at(at(minutes=10)), exam.paused_at) == (600_000, None)


def test_lists_are_by_person_and_newest_first(store: Store, li: Person, at: At) -> None:
    wang = add_person(store, "wang", "", "agent", at())
    mine = [begin(store, start(li), Session(tiny(), coded), at())[0] for _ in range(3)]
    begin(store, start(wang), Session(tiny(), coded), at())
    assert [one.id for one in practices_of(store, li.id, most=2)] == [mine[2], mine[1]]
    assert [one.id for one in practices_of(store, li.id, before=mine[1])] == [mine[0]]
    whole(store, li, at())
    assert len(practices_of(store, li.id, state="open")) == 3
    with pytest.raises(UnreadableInput, match="no practice 99"):
        practice(store, 99)


def test_a_shift_holds_its_customers(store: Store, li: Person, at: At) -> None:
    shift = begin_shift(store, li.id, "rush", 7, at())
    numbers = [begin(store, start(li, "shift", shift=shift), Session(tiny(), coded), at())[0]
               for _ in range(3)]  # fmt: skip
    assert [one.id for one in of_shift(store, shift)] == numbers
    end_shift(store, shift, {"longest": 40}, at(minutes=9))
    end_shift(store, shift, {"longest": 1}, at(minutes=10))
    assert json.loads(store.value("SELECT result FROM shifts")) == {"longest": 40}


# --- assignments and exams


def test_an_exam_allows_its_tries_and_its_time_only(store: Store, li: Person, at: At) -> None:
    early = set_group(store, "早班", [li.id], [], at())
    exam = assign(store, Order("exam", "期中", ("tiny",), groups=(early,), tries=2, pass_mark=85,
                               due_at=at(days=7)), 1, at())  # fmt: skip
    free = assign(store, Order("practice", "", ("tiny", "other"), people=(li.id,)), 1, at())
    assert [one.id for one in assigned_to(store, li.id)] == [exam, free]
    assert assigned_to(store, 1) == []
    assert assigned_to(store, li.id)[1].order.title == "tiny"
    for number in range(2):
        whole(store, li, at(hours=number), 84.0 + number, "exam", assignment=exam)
    for when, key in ((at(days=1), "no_tries_left"), (at(days=8), "too_late")):
        with pytest.raises(Declined) as refused:
            whole(store, li, when, mode="exam", assignment=exam)
        assert refused.value.key == key
    told = tries(store, [li.id], UTC, assignment=exam)
    assert [one.verdict for one in told] == ["failed", "passed"]  # 84 and 85 by the mark of 85
    close_assignment(store, exam, at(days=9))
    assert [one.id for one in assigned_to(store, li.id)] == [free]
    with pytest.raises(Declined) as refused:
        whole(store, add_person(store, "x", "", "agent", at()), at(), assignment=free)
    assert refused.value.key == "not_assigned"
    assert len(practices_of(store, li.id)) == 2
    assert [one.id for one in assignments(store, most=1)] == [free]
    with pytest.raises(UnreadableInput):
        assign(store, Order("exam", "", ()), 1, at())


def test_an_exam_draws_seeds_that_differ_and_stay() -> None:
    drawn = {drawn_seed(1, person, "tiny", nth) for person in range(50) for nth in (1, 2)}
    assert len(drawn) == 100
    assert all(0 <= seed < 2**31 for seed in drawn)
    assert len({seed % 4 for seed in drawn}) == 4
    assert drawn_seed(1, 2, "tiny", 1) == 926_130_576


def test_tries_carry_what_progress_reckons_with(store: Store, li: Person, at: At) -> None:
    first = whole(store, li, at(), 80)
    second = whole(store, li, at(days=1), 50)
    note_help(store, second, "hint")
    whole(store, li, at(days=2), 80, "watch")
    told = tries(store, [li.id], UTC)
    assert [(one.practice, one.tried.passed, one.tried.helped) for one in told] == [
        (first, True, False), (second, False, True),
    ]  # fmt: skip
    assert told[0].tried.scores["empathy"] == 80
    assert [str(one.tried.day) for one in told] == ["2026-03-02", "2026-03-03"]
    assert tries(store, [1], UTC) == []
    for name in RUBRIC.criteria:
        override_score(store, told[1].scorecard, name, 90, "看错了", 1, at(days=3))
    assert tries(store, [li.id], UTC)[1].tried.passed is True


# --- feedback


def test_the_own_view_is_the_first_one(store: Store, li: Person, at: At) -> None:
    number = whole(store, li, at())
    keep_own_view(store, number, OwnView(4, "empathy", 2), at())
    keep_own_view(store, number, OwnView(1, None, None), at())
    assert own_view(store, number) == OwnView(4, "empathy", 2)
    assert own_view(store, 99) is None


def test_questions_are_answered_once_and_seen_once(store: Store, li: Person, at: At) -> None:
    kept = practice(store, whole(store, li, at()))
    assert kept.scorecard is not None
    assert kept.conversation is not None
    number = ask(store, kept.scorecard, li.id, " 为什么扣分？ ", at(), criterion="empathy")
    assert [one.text for one in questions(store, waiting=True)] == ["为什么扣分？"]
    assert news(store, li.id) == ([], [])
    answer(store, number, 1, "第三句没有回应情绪", at(hours=1))
    with pytest.raises(Declined):
        answer(store, number, 1, "again", at(hours=2))
    note(store, kept.conversation, 3, 1, "这句很好", at(hours=2))
    asked, noted = news(store, li.id)
    assert [one.answer for one in asked] == ["第三句没有回应情绪"]
    assert [one.text for one in noted] == [one.text for one in notes(store, kept.conversation)]
    mark_seen(store, li.id, at(hours=3))
    assert news(store, li.id) == ([], [])
    assert len(questions(store, person=li.id, scorecard=kept.scorecard, waiting=False)) == 1
    with pytest.raises(UnreadableInput):
        ask(store, kept.scorecard, li.id, "  ", at())


def test_the_health_of_a_scenario(store: Store, li: Person, at: At) -> None:
    """Two people: one passes first, one fails first and passes then; one of 5 replies is lost."""
    wang = add_person(store, "wang", "", "agent", at())
    first = whole(store, li, at(), 80)
    whole(store, wang, at(), 30)
    whole(store, wang, at(days=1), 90)
    session = Session(tiny(), coded)
    number, mark = begin(store, start(li), session, at())
    finish(store, number, session, mark, at(), given_up=True)
    flag(store, first, 0, at())
    found = health(store, "tiny")
    assert (found.tries, found.given_up, found.first_tries) == (4, 1, 2)
    assert found.passed_at_first == 0.5
    assert (found.replies, found.not_understood) == (15, 0.2)
    assert [one.text for one in found.lost] == ["huh"] * 3
    assert [one.practice for one in found.flagged] == [first]
    assert health(store, "unknown").not_understood is None


# --- versions


def test_versions_are_saved_published_and_rolled_back(store: Store, li: Person, at: At) -> None:
    assert save_version(store, "rubric", "fruit", "one", 1, at()) == 1
    assert save_version(store, "rubric", "fruit", "one", 1, at()) == 1, "nothing new"
    assert save_version(store, "rubric", "fruit", "two", 1, at(), basis=1, remark="更严") == 2
    with pytest.raises(Declined) as refused:
        save_version(store, "rubric", "fruit", "three", 2, at(), basis=1)
    assert refused.value.key == "newer_version"
    assert in_use(store, "rubric") == []
    publish(store, "rubric", "fruit", 2, 1, at())
    assert [one.number for one in in_use(store, "rubric")] == [2]
    publish(store, "rubric", "fruit", 1, 1, at(hours=1))
    assert [(one.number, one.used) for one in versions(store, "rubric", "fruit")] == [
        (2, False), (1, True),
    ]  # fmt: skip
    with pytest.raises(Declined):
        publish(store, "scenario", "fruit", 1, 1, at())


# --- deleting somebody


def test_who_is_forgotten_is_in_no_file_of_the_data_folder(
    store: Store, li: Person, at: At
) -> None:
    marked = "小李专属暗号"
    number = whole(store, li, at())
    kept = practice(store, number)
    assert kept.scorecard is not None
    assert kept.conversation is not None
    ask(store, kept.scorecard, li.id, marked, at())
    open_one, _ = begin(store, start(li), Session(tiny(), coded), at())
    save_draft(store, open_one, marked, at())
    note(store, kept.conversation, None, li.id, marked, at())
    version = save_version(store, "scenario", "mine", "text", li.id, at())
    assert forget_person(store, li.id, at()) == 2
    for path in store.path.parent.rglob("*"):
        if path.is_file():
            assert marked.encode() not in path.read_bytes(), path
            assert "小李".encode() not in path.read_bytes(), path
    for table in ("practices", "turns", "said", "conversations", "scorecards", "questions"):
        assert store.value(f"SELECT count(*) FROM {table}") == 0, table
    assert versions(store, "scenario", "mine")[0].author is None
    assert version == 1
