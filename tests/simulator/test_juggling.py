"""How several customers at once went, with the sums worked by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from simulator.juggling import Customer, Wait, customer, juggle
from simulator.session import Session
from tests.simulator.tiny import coded, tiny


def waits(*spans: tuple[int, int]) -> tuple[Wait, ...]:
    """Answered waits in seconds."""
    return tuple(Wait(since * 1000, until * 1000, answered=True) for since, until in spans)


def points(*customers: Customer) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for line in juggle(customers).lines:
        found.setdefault(line.key, []).append(line.points)
    return found


def test_two_customers_by_hand() -> None:
    a = Customer("a", 0, 200_000, waits((0, 20), (100, 130)))
    b = Customer("b", 0, 200_000, waits((0, 75), (150, 190)), astray=(190_000,))
    told = juggle((a, b))
    # first replies, 12.5 each: 20 s is quick; 75 s is half-way from 30 to 120: 6.25 → 6.2
    # within 30 s: 20 and 30 of four: 0.5 / 0.8 · 25 = 15.625 → 15.6
    # longest 75 s: (300 − 75) / 240 · 15 = 14.0625 → 14.1; both kept: 25
    # somebody waited 0–75, 100–130, 150–190: 145 of 200 s = 72.5 %
    # (0.95 − 0.725) / 0.45 · 10 = 5; b was written to by mistake: −8
    assert [(line.key, line.points) for line in told.lines] == [
        ("first", 12.5),
        ("first", 6.2),
        ("rate", 15.6),
        ("longest", 14.1),
        ("kept", 25.0),
        ("busy", 5.0),
        ("astray", -8.0),
    ]
    assert told.score == 70.4


def test_whoever_went_unanswered_is_lost() -> None:
    gone = Customer("gone", 0, 240_000, (Wait(0, 240_000, answered=False),), lost=True)
    kept = Customer("kept", 0, 240_000, waits((0, 10)))
    found = points(kept, gone)
    assert found["first"] == [12.5]
    assert found["first_never"] == [0.0]
    assert found["lost"] == [12.5]  # half of 25
    assert found["rate"] == [15.6]  # one of two: 0.5 / 0.8 · 25
    assert found["longest"] == [3.8]  # (300 − 240) / 240 · 15 = 3.75
    assert found["busy"] == [0.0]  # somebody waited all the time
    assert "slow" not in found  # who never got a reply had no slow one


def test_slow_replies_cost_five_each_and_twenty_at_most() -> None:
    many = Customer("m", 0, 900_000, waits(*((n * 150, n * 150 + 130) for n in range(6))))
    assert points(many)["slow"] == [-5.0, -5.0, -5.0, -5.0, 0.0, 0.0]


def test_a_lone_customer_cannot_be_mixed_up() -> None:
    alone = Customer("a", 0, 60_000, waits((0, 10)), astray=(20_000,))
    later = Customer("b", 61_000, 90_000, waits((61, 70)))
    assert "astray" not in points(alone, later)


def test_nobody_is_nothing() -> None:
    assert juggle(()).score == 0.0


spans = st.lists(st.tuples(st.integers(0, 900), st.integers(1, 400), st.booleans()), max_size=6)


@given(st.lists(st.tuples(spans, st.booleans(), st.integers(0, 5)), min_size=1, max_size=5))
def test_the_lines_add_up(
    drawn: list[tuple[list[tuple[int, int, bool]], bool, int]],
) -> None:
    shift = [
        Customer(
            str(number), 0, 1_400_000,
            tuple(Wait(at * 1000, (at + long) * 1000, there) for at, long, there in sorted(found)),
            lost, (5_000,) * astray,
        )
        for number, (found, lost, astray) in enumerate(drawn)
    ]  # fmt: skip
    told = juggle(shift)
    assert 0 <= told.score <= 100
    assert round(sum(line.points for line in told.lines), 1) == told.score
    assert round(sum(line.most for line in told.lines), 1) == 100
    assert all(line.points <= line.most or line.points <= 0 for line in told.lines)


def test_a_session_tells_who_waited() -> None:
    """Opened at 0, answered after 8 s; the answer's own time is left to the customer."""
    session = Session(tiny(), coded)
    session.advance(8_000)
    session.say("apologise empathise warm", 8_000)
    session.advance(30_000)
    found = customer(session, 60_000)
    assert found.waits[0] == Wait(60_000, 68_000, answered=True)
    assert found.came == 60_000
    assert found.lost, "the agent left"
    assert found.went == 90_000


def test_a_customer_who_is_never_answered_is_lost() -> None:
    session = Session(tiny(), coded)
    session.advance(3_600_000)
    assert session.ended
    found = customer(session, 0)
    assert found.lost
    assert [wait.answered for wait in found.waits] == [False]


def test_one_who_is_sent_away_is_not_lost_in_silence() -> None:
    session = Session(tiny(), coded)
    for at in range(10_000, 400_000, 10_000):
        session.advance(at)
        if not session.over:
            session.say("rude", at)
    session.advance(3_600_000)
    assert session.ended
    assert not customer(session, 0).lost


def test_words_for_another_window_are_noted() -> None:
    session = Session(tiny(), coded)
    heard = session.say("astray", 5_000)
    session.log[-1]["heard"]["off_topic"] = True
    assert not heard.off_topic
    assert customer(session, 1_000).astray == (6_000,)
