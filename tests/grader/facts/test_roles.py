"""Times of one thing are compared; an own wait, a lead, time gone by and days apart are not."""

from __future__ import annotations

import pytest

from tests.grader.facts.verdicts import Case, demand, verdicts

APART: list[Case] = [
    # the agent's own wait
    ("退款1-3个工作日到账", "退款多久到", "您稍等半分钟，我查一下退款", "-C -S"),
    ("退款1-3个工作日到账", "退款多久到", "退款稍等半分钟", "-C -S"),
    ("退款1-3个工作日到账", "退款多久到", "给我两分钟，帮您看下退款进度", "-C -S"),
    ("退款1-3个工作日到账", "退款多久到", "两分钟帮您查下退款", "-C -S"),
    ("退款 1-3 个工作日到账", "退款多久到", "退款您等我 10 分钟核实", "-C -S"),
    ("退款三日內到帳", "退款多久", "退款請稍候兩分鐘，幫您查", "-C -S"),
    ("退款三日內到帳", "退款幾耐", "退款畀我兩分鐘睇下", "-C -S"),
    ("Refunds take 5 days", "where is my refund", "Bear with me two minutes on the refund", "-C"),
    ("Refunds take 5 days", "where is my refund", "Give me 10 minutes to check the refund", "-C"),
    ("Refunds take 5 days", "where is my refund", "The refund, hold on a minute please", "-C"),
    # ahead of a day
    ("发货后3天到货", "赶得上生日吗", "生日前两天能到货", "-C -S"),
    ("发货后3天到货", "赶得上生日吗", "比生日早两天到货", "-C -S"),
    ("發貨後3天到貨", "趕得上生日嗎", "生日前兩天到貨喔", "-C -S"),
    (
        "Standard delivery takes 3 days",
        "in time?",
        "Delivery two days before the birthday",
        "-C -S",
    ),
    ("Delivery takes 3 days", "in time?", "Delivery is a week ahead of the wedding", "-C -S"),
    ("Delivery takes 3 days", "in time?", "Delivery should be two days early", "-C -S"),
    ("安装需提前3天预约", "怎么预约安装", "安装提前1天预约", "C"),
    ("安装需提前3天预约", "怎么预约安装", "安装提前三天预约就行", "S -C"),
    # gone by
    ("退款7天内到账", "退款呢", "退款让您等了10天，抱歉", "-C -S"),
    ("退款7天内到账", "退款呢", "您的退款已经10天了", "-C -S"),
    ("Refund within 7 days", "where is it", "I see the refund was asked for 10 days ago", "-C -S"),
    ("Refund within 7 days", "where", "You have been waiting 10 days for the refund", "-C -S"),
    # a length of time and a day
    ("预计3月12日送达", "什么时候到", "5-7天送达", "-C -S"),
    ("Estimated delivery 12 March", "when", "Delivery takes 5 to 7 business days", "-C -S"),
    ("Delivery takes 5 to 7 business days", "when", "Delivery is on 12 March", "-C -S"),
    ("送達日 3月12日", "幾時到", "五到七天送達", "-C -S"),
    # days of different things
    ("Order shipped 8 March", "when does it come", "The order arrives on 12 March", "-C -S"),
    ("3月8日发货", "什么时候到", "3月12日送到", "-C -S"),
    ("3月8日发货", "什么时候发的", "3月10日发货的", "C"),
    ("3月8日下單", "幾時出貨", "3月10日出貨", "-C -S"),
    # a true conflict stays one
    ("退款1-3个工作日到账", "退款多久到", "退款要等15个工作日到账", "C"),
    ("Refunds take 5 days", "how long", "Refunds take 15 days", "C"),
    ("签收7天内可退", "几天内能退", "签收30天内可退", "C"),
    ("下单提前2天预约", "要提前吗", "下单提前5天预约", "C"),
]


@pytest.mark.parametrize("case", APART, ids=str)
def test_times_of_different_things_are_not_compared(case: Case) -> None:
    demand(case[3], verdicts(*case[:3]))
