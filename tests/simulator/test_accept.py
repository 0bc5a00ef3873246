"""Agreeing: with the sum that was offered, and without one to goods instead of money."""

from __future__ import annotations

from simulator.state import begin
from simulator.step import step
from tests.simulator.tiny import TINY, coded, tiny


def test_goods_again_are_agreed_to_without_a_sum() -> None:
    ways = ["{offered} 可以", "{offered} 也行", "行，就这么办"]
    deal = {**TINY["deal"], "also": {"replacement": 9}, "accept": ways}
    case = tiny(deal=deal)
    seen = step(case, begin(case), coded("request_evidence ask:photo commit_time")).state
    said = step(case, seen, coded("offer:replacement")).says
    assert [one.text for one in said] == ["行，就这么办"]
