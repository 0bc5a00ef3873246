"""What an offer is worth, in whole; what is declined or merely priced offers nothing."""

from __future__ import annotations

import pytest

from grader.clauses import clauses
from grader.reading import Clause, HeardReply
from scenarios.schema import Scenario
from simulator.sums import offers
from tests.simulator.tiny import TINY
from transcripts.types import Reply

REFUND, COMPENSATION = "offer_refund", "offer_compensation"
REPLACEMENT, DISCOUNT = "offer_replacement", "offer_discount"
BOTH = (REFUND, COMPENSATION)
TWO = {"refund": 2000, "compensation": 1000}
PRICE = 1299.0


def scenario() -> Scenario:
    deal = {
        "about": "refund", "price": PRICE, "opens_at": 300, "settles_at": 100,
        "counter": ["{counter} 行不行？", "{counter} 呢？", "就 {counter}"],
        "accept": ["好"], "unclear": ["多少？"],
    }  # fmt: skip
    return Scenario.model_validate({**TINY, "deal": deal})


def offered(text: str, *acts: str) -> dict[str, int | None]:
    """Kinds and cents of a reply of which every clause was heard to do all of these acts."""
    said = tuple(Clause(0, c.start, c.end, c.text, acts, {}) for c in clauses(text))
    reply = HeardReply(Reply(0, (0,), None, text, (), None), said, acts, 1.0, None, None, (), True)
    return {offer.kind: offer.cents for offer in offers(reply, scenario())}


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("退您 30 元", 3000),
        ("30 元可以退您", 3000),
        ("30元可以退您", 3000),
        ("这边给您退 30 元 您看可以吗", 3000),
        ("200 元做不到，30 元可以退您", 3000),
        ("200 元实在做不到 给您退 30 元吧", 3000),
        ("没法退您 80 元，最多退 25 元", 2500),
        ("全额退不了，退您 60 元您看行吗", 6000),
        ("烂了一半，退您 30 元", 3000),
        ("给您退一半", 64950),
        ("全额退给您", 129900),
        ("不用寄回，退您 30 元", 3000),
        ("200 元辦不到，退您 30 元", 3000),
        ("I can't refund $200, but I can refund $30", 3000),
        ("We can't do a full refund, though £30 back is fine", 3000),
        ("We'll refund half of it", 64950),
        ("Full refund for you", 129900),
        ("I can't believe it arrived broken and I'll refund you £30", 3000),
    ],
)
def test_the_sum_of_a_refund(text: str, cents: int) -> None:
    assert offered(text, REFUND) == {"refund": cents}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("200 元做不到", REFUND),
        ("200元做不到的亲", REFUND),
        ("200 元 做不到", REFUND),
        ("抱歉亲，没法给您退 200 元", REFUND),
        ("亲，这个退不了", REFUND),
        ("80 块真的给不了您", COMPENSATION),
        ("没办法再赔您 50 元", COMPENSATION),
        ("券也没有办法再送您了", COMPENSATION),
        ("八折做不到", DISCOUNT),
        ("不能再给您便宜 100 元了", DISCOUNT),
        ("这款没法换新", REPLACEMENT),
        ("补发不了哦", REPLACEMENT),
        ("不支持换货", REPLACEMENT),
        ("200 元辦不到喔", REFUND),
        ("沒辦法幫您換新", REPLACEMENT),
        ("唔好意思，冇辦法退 200 蚊", REFUND),
        ("Sorry, I can't swap it", REPLACEMENT),
        ("We can't exchange this one", REPLACEMENT),
        ("I'm not able to refund", REFUND),
        ("I'm afraid I am not able to refund this order", REFUND),
        ("we can't offer £20", COMPENSATION),
        ("we can't offer £20", REFUND),
        ("We don't offer refunds on this", REFUND),
        ("Unfortunately we couldn't send a replacement", REPLACEMENT),
        ("A replacement isn't possible", REPLACEMENT),
        ("Refunds are not available for this item", REFUND),
        ("There is no discount on this", DISCOUNT),
        ("I won't be able to give you 10% off", DISCOUNT),
        ("No vouchers I'm afraid, we can't give any", COMPENSATION),
        ("£20 is more than I can do", COMPENSATION),
    ],
)
def test_what_is_declined_is_no_offer(text: str, act: str) -> None:
    assert offered(text, act) == {}


@pytest.mark.parametrize(
    ("text", "acts", "found"),
    [
        ("退 20 元再给您一张 10 元券", BOTH, TWO),
        ("退您20元，再送一张10元优惠券", BOTH, TWO),
        ("送您一张 10 元券，再退 20 元", BOTH, TWO),
        ("10 元红包和 20 元退款都给您", BOTH, TWO),
        ("全额退款，另外补您 15 元券", BOTH, {"refund": 129900, "compensation": 1500}),
        ("券給您 10 元的，再退 20 元", BOTH, TWO),
        ("I'll refund £20 and add a £10 voucher", BOTH, TWO),
        ("A £10 voucher and £20 back", BOTH, TWO),
        ("退 20 元，券的话给不了", BOTH, {"refund": 2000}),
        ("200 元退不了，送您一张 10 元券", BOTH, {"compensation": 1000}),
        ("换一台给您，再退 20 元", (REFUND, REPLACEMENT), {"refund": 2000, "replacement": None}),
        ("不能换新，退您 20 元", (REFUND, REPLACEMENT), {"refund": 2000}),
        ("I can't swap it, but I can refund £20", (REFUND, REPLACEMENT), {"refund": 2000}),
        ("赔您 20 元", (COMPENSATION,), {"compensation": 2000}),
        ("送您一张 10 元券", (COMPENSATION, DISCOUNT), {"compensation": 1000}),
        ("补您 20 元券", (COMPENSATION,), {"compensation": 2000}),
        ("退您 20 元表示歉意", (COMPENSATION,), {"compensation": 2000}),
        ("满 200 减 30 的券送您", (COMPENSATION,), {"compensation": 3000}),
    ],
)  # fmt: skip
def test_sums_stay_with_their_kinds(
    text: str, acts: tuple[str, ...], found: dict[str, int | None]
) -> None:
    assert offered(text, *acts) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("活动价 1299 元", {}),
        ("活动价1299元", {}),
        ("现在就是 1299 元哦", {}),
        ("售价 1299 元，质量您放心", {}),
        ("It's £1299", {}),
        ("The price is £1299", {}),
        ("活動價 1299 元", {}),
        ("活动价 1249 元", {"discount": 5000}),
        ("券后 1199 元", {"discount": 10000}),
        ("到手 499 元", {"discount": 80000}),
        ("原价 1599 元，活动价 1249 元", {"discount": 5000}),
        ("活动价 1299 元，再给您减 50 元", {"discount": 5000}),
        ("再给您便宜 50 元", {"discount": 5000}),
        ("满 1000 减 80", {"discount": 8000}),
        ("1249 元给您", {"discount": 5000}),
        ("打九折", {"discount": 12990}),
        ("送您一个靠垫，活动价 1299 元", {"discount": None}),
        ("I can do £1249", {"discount": 5000}),
        ("£50 off the £1299", {"discount": 5000}),
        ("10% off for you", {"discount": 12990}),
        ("Yours for £1199", {"discount": 10000}),
    ],
)
def test_a_price_is_no_discount(text: str, found: dict[str, int | None]) -> None:
    assert offered(text, DISCOUNT) == found
