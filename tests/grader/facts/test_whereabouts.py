"""What is said of the parcel is held against its tracking, and nothing else is."""

from __future__ import annotations

import pytest

from grader.facts.compare import check
from grader.facts.findings import view
from grader.facts.whereabouts import check_whereabouts
from transcripts.types import Fact

HUB = "包裹 4 月 8 日到达杭州中转站，之后没有更新"
SIGNED = "包裹 今天 09:10 签收，本人签收"
WAITING = "待发货，仓库今晚出库"
SENT = "4 月 8 日已发货，预计 4 月 10 日送达"


def wrong(tracking: str, reply: str, kind: str = "logistics") -> bool:
    return bool(list(check_whereabouts(view(reply), (Fact(tracking, kind=kind),))))


@pytest.mark.parametrize(
    ("tracking", "reply"),
    [
        (HUB, "您的包裹已经签收了"),
        (HUB, "显示已送达"),
        (HUB, "还没发货呢"),
        (SIGNED, "您的包裹还在路上"),
        (WAITING, "已经给您发出去了"),
        (SENT, "还没给您发呢"),
        ("Parcel at the Leeds depot since 4 April, no scan after", "It was delivered yesterday"),
        ("Delivered 5 April 10:12, signed by J. Hall", "It's still on its way to you"),
    ],
)
def test_what_the_tracking_denies(tracking: str, reply: str) -> None:
    assert wrong(tracking, reply)


@pytest.mark.parametrize(
    ("tracking", "reply"),
    [
        (HUB, "包裹在杭州中转站，还在路上"),
        (HUB, "已经发货了，卡在杭州"),
        (SIGNED, "显示今天 09:10 已经签收了"),
        (SIGNED, "4 月 8 日就发货了"),
        (SIGNED, "给您补发的在路上了"),
        (SIGNED, "退款已经在路上"),
        (SIGNED, "是不是还在路上？"),
        (WAITING, "还没发货，今晚出库"),
        (SENT, "预计 10 号送到"),
        (HUB, "明天签收以后看一下"),
        ("Delivered 5 April 10:12", "Your £30 is on its way to your account"),
    ],
)
def test_what_it_bears_out_or_is_about_something_else(tracking: str, reply: str) -> None:
    assert not wrong(tracking, reply)


def test_only_tracking_tells_where_a_parcel_is() -> None:
    assert not wrong(SIGNED, "您的包裹还在路上", kind="policy")


def test_it_is_a_contradiction_of_the_reply() -> None:
    facts = (Fact(SIGNED, kind="logistics"),)
    (found,) = [f for f in check("您的包裹还在路上", "我的快递呢", facts) if f.fact == SIGNED]
    assert found.verdict == "contradicted"
