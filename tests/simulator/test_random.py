"""Whatever is heard and whenever: it ends within its turns, and moods stay what they are."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from rubrics.ids import ACTS, CRITICALS
from simulator.fuzz import broken, deeds, fuzz
from simulator.heard import Heard, Offer, heard_of
from simulator.play import LONGEST
from simulator.session import Session
from simulator.state import begin
from simulator.step import step
from tests.simulator.tiny import coded, customer, tiny
from transcripts.errors import Refused

CASE = tiny()
KINDS = st.sampled_from(["refund", "replacement", "compensation", "discount"])
OFFERS = st.builds(Offer, KINDS, st.none() | st.integers(0, 10**9))


def some(values: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=4, unique=True).map(tuple)


HEARD = st.builds(
    Heard,
    acts=some(list(ACTS)),
    hears=some(["cold"]),
    asks=some(["photo", "count"]),
    unknown=st.booleans(),
    offers=st.lists(OFFERS, max_size=3).map(tuple),
    wrong=st.sampled_from([(), (0,), (0, 1)]),
    critical=some(list(CRITICALS)),
    warm=st.booleans(),
    understood=st.booleans(),
    clauses=some(["a", "b", "c", "d"]),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(HEARD, min_size=1, max_size=12), st.integers(0, 3), st.integers(0, 400))
def test_any_replies_end_within_the_turns(heard: list[Heard], seed: int, waited: int) -> None:
    case = replace(CASE, seed=seed)
    state = begin(case)
    turns = 0
    while state.ending is None:
        state = step(case, state, heard[turns % len(heard)], waited).state
        turns += 1
        assert 0 <= state.mood <= 400
        assert 0 <= state.trust <= 1000
        assert 0 <= state.patience <= case.persona.patience
        assert turns <= case.scenario.turns
    assert state.turn <= case.scenario.turns


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(HEARD, st.integers(0, 300_000)), max_size=10), st.integers(0, 3))
def test_any_session_ends_and_says_nothing_twice(
    replies: list[tuple[Heard, int]], seed: int
) -> None:
    heard = iter([one for one, _ in replies])
    session = Session(replace(CASE, seed=seed), lambda reply, before: next(heard))
    at = 0
    for number, (_, wait) in enumerate(replies):
        at += wait
        session.advance(at)
        if session.over:
            break
        session.say(f"reply {number}", at)
    session.advance(at + LONGEST)
    assert broken(session) == []
    said = [text for text in customer(session) if not text.startswith("[")]
    assert len(set(said)) == len(said)


@given(HEARD)
def test_what_was_heard_is_kept_as_it_was(heard: Heard) -> None:
    assert heard_of(heard.as_json()) == heard


def test_the_random_agent_is_the_same_for_the_same_seed() -> None:
    def first(seed: int) -> list[object]:
        agent = deeds(seed)
        return [repr(next(agent)) for _ in range(20)]

    assert first(3) == first(3)
    assert first(3) != first(4)


def test_the_random_agent_ends_the_tiny_scenario() -> None:
    for seed in range(40):
        session = fuzz(replace(CASE, seed=seed), coded_anyhow, seed)
        assert broken(session) == [], seed


def coded_anyhow(reply: str, _before: object) -> Heard:
    """Language as code: acts by the length of the reply, so that every branch is taken."""
    names = list(ACTS)
    return Heard(
        acts=tuple(names[(len(reply) * k) % len(names)] for k in (1, 7)),
        asks=("photo",) if len(reply) % 3 == 0 else (),
        offers=(Offer("refund", len(reply) * 100),) if len(reply) % 5 == 0 else (),
        clauses=(str(len(reply)),),
    )


def test_a_broken_session_is_found_out() -> None:
    session = Session(tiny(), coded)
    assert broken(session) == ["it does not end, even after two weeks of silence"]
    session.advance(LONGEST)
    session.moods[0] = 500
    assert broken(session)[0].startswith("a mood lies outside")
    session.moods.append(1)
    assert "customer messages have" in broken(session)[1]


def test_odd_data_is_refused_not_raised() -> None:
    session = Session(tiny(), coded)
    refused = 0
    for deed, _ in zip(deeds(11), range(400), strict=False):
        if deed.action is None or session.over:
            continue
        try:
            session.act(deed.action, deed.data, session.now)
        except Refused:
            refused += 1
    assert refused
