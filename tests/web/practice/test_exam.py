"""An exam in earnest: the server draws and counts, the clock runs on, the result is the exam's."""

from __future__ import annotations

import pytest

from store.assignments import Order, assign, drawn_seed
from store.declined import Declined
from store.practices import practice
from tests.web.played import played
from tests.web.practice.conftest import Bench
from transcripts.errors import UnreadableInput
from web.progress.exams import begin, exam_of
from web.progress.starting import start_practice
from web.services import Services

pytestmark = pytest.mark.slow


@pytest.fixture
def services(bench: Bench) -> Services:
    return bench.services


def given(bench: Bench, *scenarios: str, tries: int | None = 2) -> int:
    order = Order("exam", "期中", scenarios, people=(bench.me.id,), tries=tries)
    return assign(bench.services.store, order, bench.other.id, bench.services.clock())


def begun(bench: Bench, exam: int) -> int:
    stands = exam_of(bench.services, bench.me, exam)
    assert stands is not None
    return begin(bench.services, bench.me, stands)


def test_the_server_draws_counts_and_lets_the_clock_run(bench: Bench, services: Services) -> None:
    exam = given(bench, "rotten-fruit", "wrong-item")
    number = begun(bench, exam)
    kept = practice(services.store, number)
    assert (kept.mode, kept.assignment, kept.scenario) == ("exam", exam, "rotten-fruit")
    assert kept.seed == drawn_seed(exam, bench.me.id, "rotten-fruit", 1, 4)
    with pytest.raises(Declined):
        begun(bench, exam)
    bench.call("enter", number)
    bench.wait(20)
    bench.call("say", number, 20, text="实在对不起，方便拍张照吗？")
    bench.call("stop", number, 21)
    stands = exam_of(services, bench.me, exam)
    assert stands is not None
    assert stands.parts[0].last is not None
    assert stands.parts[0].last.verdict == "failed", "leaving early is no pass"
    second = practice(services.store, begun(bench, exam))
    assert second.scenario == "rotten-fruit"
    assert second.variant != kept.variant
    bench.call("enter", second.id)
    bench.wait(4_000)
    bench.call("look", second.id, 5)
    assert practice(services.store, second.id).state != "open", "the clock ran on without the page"
    assert practice(services.store, begun(bench, exam)).scenario == "wrong-item"


def test_nobody_takes_somebody_elses_exam(bench: Bench, services: Services) -> None:
    exam = given(bench, "rotten-fruit")
    assert exam_of(services, bench.other, exam) is None
    stands = exam_of(services, bench.me, exam)
    assert stands is not None
    with pytest.raises(Declined) as refused:
        begin(services, bench.other, stands)
    assert refused.value.key == "not_assigned"


def test_the_first_page_starts_the_variant_that_was_met_least(
    bench: Bench, services: Services
) -> None:
    task = assign(services.store, Order("practice", "", ("rotten-fruit",), people=(bench.me.id,)),
                  bench.other.id, services.clock())  # fmt: skip
    number = start_practice(services, bench.me, "rotten-fruit", task, 7)
    kept = practice(services.store, number)
    assert (kept.variant, kept.assignment, kept.mode) == (0, task, "play")
    assert kept.help == ("coached",), "the first of a topic comes with help"
    played(services.store, bench.me, services.clock(), 80)
    other = practice(services.store, start_practice(services, bench.me, "rotten-fruit", None, 7))
    assert (other.variant, other.help) == (1, ())
    with pytest.raises(Declined):
        start_practice(services, bench.me, "wrong-item", task, 7)
    exam = given(bench, "rotten-fruit")
    with pytest.raises(UnreadableInput):
        start_practice(services, bench.me, "rotten-fruit", exam, 7)
