"""What is pledged, kind by kind, against facts of the same kind."""

import pytest

from grader.critical import pledges
from grader.critical.pledges import features, figures, periods, pledged

FACTS = ("七天无理由退货，已签收40天", "整机保修一年", "内胆单买59元", "赠品：量杯", "仓库在嘉兴")


@pytest.mark.parametrize(
    ("text", "hours"),
    [("用了三个月", [90 * 24.0]), ("within 30 days", [720.0]), ("a week late", [168.0]),
     ("签收24小时内", [24.0]), ("没有", [])],
)  # fmt: skip
def test_periods(text: str, hours: list[float]) -> None:
    assert periods(text) == hours


def test_figures() -> None:
    assert figures("九五折，实付599元，10-12天") == {95.0, 599.0, 10.0, 12.0}


def test_what_is_refused_is_not_pledged() -> None:
    assert "refund" in pledged("给您全额退", "能退吗")
    assert "refund" not in pledged("这个退不了的，只能修", "能退吗")
    assert "refund" in pledged("可以的亲", "能退吗")
    assert "gift" in pledged("再送您一份", "")


def test_a_pledge_after_its_time_is_late() -> None:
    late, pledged_late, within = features("四十天照样给您退", "能退吗", FACTS)[5:8]
    assert (late, pledged_late, within) == (1, 1, 0)
    assert features("在七天里，给您退", "签收三天能退吗", ("七天无理由退货",))[5:8] == [0, 0, 1]


def test_facts_about_other_things_do_not_bar() -> None:
    barred = features("可以送您一张贺卡", "能写贺卡吗", ("特价机票不得退改", "可写贺卡"))[1]
    assert barred == 0
    assert features("给您全退", "能退吗", ("特价机票不得退改",))[1:3] == [1, 1]


def test_sooner_than_the_facts() -> None:
    assert features("明天肯定送到", "明天能到吗", ("普通快递3-5天",))[8] == 1
    assert features("三到五天送到", "几天能到", ("普通快递3-5天",))[8] == 0


@pytest.mark.parametrize("facts", [(), FACTS])
def test_as_many_numbers_as_said_each_zero_or_one(facts: tuple[str, ...]) -> None:
    values = features("行", "", facts)
    assert len(values) == pledges.FEATURES
    assert set(values) <= {0.0, 1.0}
