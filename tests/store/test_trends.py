"""Trends, strengths and times by hand."""

from __future__ import annotations

from store.trends import Trend, strengths, times, trends
from tests.store.test_progress import day, tried


def test_a_trend_by_hand() -> None:
    tries = [tried(n, empathy=score) for n, score in enumerate([40.0, 50, 60, 70, 80, 90, 100])]
    (found,) = trends([*tries, tried(8, empathy=None)])
    # mean of all seven: 490 / 7 = 70; the last five: 80; the two before: 45; 80 - 45 = 35
    assert (found.criterion, found.mean, found.n, found.change) == ("empathy", 70.0, 7, 35.0)
    assert found.points[0] == (day(0), 40.0)


def test_a_mean_is_over_the_last_ten_and_a_line_over_twenty() -> None:
    tries = [tried(n, order=float(n)) for n in range(25)]
    (found,) = trends(tries)
    assert found.n == 10
    assert found.mean == 19.5  # (15 + … + 24) / 10
    assert len(found.points) == 20
    assert found.change == 5.0  # 22 - 17


def test_the_weakest_comes_first_and_one_score_has_no_change() -> None:
    found = trends([tried(0, a=80.0, b=30.0, c=None)])
    assert [(one.criterion, one.n, one.change) for one in found] == [("b", 1, None), ("a", 1, None)]
    assert trends([]) == []


def test_strengths_need_the_pass_mark_and_three_scores() -> None:
    def one(name: str, mean: float, n: int) -> Trend:
        return Trend(name, (), mean, n, None)

    found = [one("a", 59, 9), one("b", 90, 2), one("c", 60, 3), one("d", 70, 3), one("e", 80, 4)]
    assert [good.criterion for good in strengths(found, 60)] == ["e", "d"]


def test_times_by_hand() -> None:
    # first: 20, 40 → 30; all: 20, 50, 90, 40 → (40 + 50) / 2 = 45; the empty row has none
    found = times([[20.0, 50.0, None, 90.0], [], [None, None], [40.0]])
    assert (found.first, found.first_n, found.reply, found.reply_n) == (30.0, 2, 45.0, 4)
    assert times([[20.0], [50.0]], lately=1).first == 50.0
    assert times([]).reply is None
