"""Practice: kept turn by turn, gone on with after anything, retried without counting."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.batch import line_of
from simulator.record import transcript
from simulator.session import Session
from store.database import Store
from store.declined import Declined
from store.feedback import (
    ask,
    note,
)
from store.going_on import GoingOn, entries_before, go_on, retry
from store.people import Person, add_person
from store.practices import (
    begin,
    draft,
    finish,
    flag,
    flags,
    keep,
    keep_result,
    note_help,
    pause,
    practice,
    practices_of,
    save_draft,
)
from store.quality import Filter, listed
from store.retention import forget_person
from store.tries import tries
from store.versions import save_version, versions
from tests.simulator.tiny import coded, tiny
from tests.store.playing import RUBRIC, SCRIPT, ears, line, play, start, whole
from transcripts.errors import UnreadableInput

ROOT = Path(__file__).parents[2]
At = Callable[..., datetime]


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
