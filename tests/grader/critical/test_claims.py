"""Promises and claims against facts, by structure."""

import pytest

from grader.critical import amounts, claims


@pytest.mark.parametrize(
    ("text", "value"),
    [("30", 30), ("三百", 300), ("两千五", 2500), ("十", 10), ("十二", 12),
     ("一百零五", 105), ("abc", None)],
)  # fmt: skip
def test_numbers(text: str, value: float | None) -> None:
    assert amounts.number(text) == value


def test_limits_of_authority() -> None:
    assert claims.limit(["客服可直接赔付不超过30元", "实付89元"]).money == 30
    assert claims.limit(["agent may refund up to $25"]).money == 25
    assert claims.limit(["最低可给九折", "最多可折10%"]).percent == 10


@pytest.mark.parametrize("reply", ["给您赔200元", "三百块马上打给您", "i'll refund $80 now"])
def test_more_than_the_limit_exceeds(reply: str) -> None:
    facts = ["客服可直接赔付不超过30元"] if "refund" not in reply else ["may refund up to $25"]
    assert claims.exceeds(reply, facts)


@pytest.mark.parametrize("reply", ["给您赔20元", "200元超出我能定的，只能给30元", "最多30元"])
def test_within_or_declined_does_not(reply: str) -> None:
    assert not claims.exceeds(reply, ["客服可直接赔付不超过30元"])


def test_stock_is_backed_by_its_own_figure_only() -> None:
    assert claims.backed("stock", "只剩3件了", ["库存3件"])
    assert not claims.backed("stock", "只剩2件了", ["库存380件"])
    assert not claims.backed("stock", "最后一件，快没了", ["库存380件"])


def test_a_denied_effect_is_not_claimed() -> None:
    assert claims.claimed("三天就能祛斑")["effect"]
    assert not claims.claimed("不能祛斑")["effect"]


def test_cures_are_untrue_whatever_the_facts() -> None:
    assert claims.blatant("喝两个月血糖就降下来了，比药还管用")
    assert not claims.blatant("只剩2件了")
