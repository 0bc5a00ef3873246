"""What `kefu play` says in the terminal, in Chinese and English; Traditional is derived."""

from __future__ import annotations

from typing import Final

from grader.wording import told
from transcripts.types import Language

_TEXTS: Final[dict[str, tuple[str, str]]] = {
    "getting_ready": ("客户马上进来……", "The customer will be here in a moment …"),
    "begins": ("{customer} · {platform} · {level} · 约 {minutes} 分钟 · /help 看命令",
               "{customer} · {platform} · {level} · about {minutes} min · /help for commands"),
    "beginner": ("初级", "beginner"),
    "intermediate": ("中级", "intermediate"),
    "advanced": ("高级", "advanced"),
    "you_first": ("这一单由你先开口。", "In this one you write first."),
    "you": ("你", "you"),
    "typing": ("对方正在输入", "typing"),
    "order": ("订单", "Order"),
    "logistics": ("物流", "Logistics"),
    "product": ("商品", "Product"),
    "policy": ("规则", "Policy"),
    "nothing_there": ("这里没有内容。", "Nothing here."),
    "authority": ("你的权限：{limits}", "Your limits: {limits}"),
    "refund_max": ("退赔 {money}以内", "refund up to {money}"),
    "no_refund_max": ("不能退赔", "no refunds"),
    "coupon_max": ("优惠券 {money}以内", "coupon up to {money}"),
    "no_coupon_max": ("不能发券", "no coupons"),
    "discount_percent_max": ("让价 {value}% 以内", "discount up to {value}%"),
    "no_discount_percent_max": ("不能让价", "no discounts"),
    "resend_max": ("补发 {value} 次以内", "resend up to {value} times"),
    "no_resend_max": ("不能补发", "no resending"),
    "issue_refund": ("已退款 {money}", "refunded {money}"),
    "send_coupon": ("已发券 {money}", "coupon of {money} sent"),
    "resend": ("已补发 {item}", "sent again: {item}"),
    "open_trace": ("已发起快递查件", "courier trace opened"),
    "change_address": ("地址已改：{address}", "address changed: {address}"),
    "write_note": ("订单备注已写", "order note written"),
    "over_limit": ("（超出你的权限，会记在账上）", " (over your limit; it is on record)"),
    "boss": ("主管", "Supervisor"),
    "note_form": ("备注要写：{fields}。例：/note {example}",
                  "The note needs: {fields}. Example: /note {example}"),
    "no_note_form": ("例：/note 颜色=米白 发货日=11月20日",
                     "Example: /note colour=cream ship=20 Nov"),
    "needs": ("用法：{usage}", "Usage: {usage}"),
    "unknown_command": ("没有 {name} 这个命令，/help 看看有哪些。",
                        "No command {name}; see /help."),
    "near_command": ("没有 {name} 这个命令，是不是 {near}？/help 看看有哪些。",
                     "No command {name}; did you mean {near}? See /help."),
    "not_seconds": ("等几秒？写个数，例：{usage}", "Wait how many seconds? For example {usage}"),
    "too_much": ("{text} 太多了，看看是不是多打了几个 0，例：{usage}",
                 "{text} is far too much; a zero too many? For example {usage}"),
    "really_stop": ("再按一次 Ctrl+C 就结束并出评分；接着打字就接着聊。",
                    "Press Ctrl+C again to stop and see the scorecard, or just go on typing."),
    "not_a_sum": ("{text} 不是金额，例：{usage}", "{text} is no sum; for example {usage}"),
    "mood": ("心情 {bar} {word}", "mood {bar} {word}"),
    "mood_0": ("高兴", "pleased"),
    "mood_1": ("平静", "calm"),
    "mood_2": ("不太满意", "uneasy"),
    "mood_3": ("生气", "annoyed"),
    "mood_4": ("很生气", "furious"),
    "nudged": ("等了 {time}", "waited {time}"),
    "leaving": ("客户正要离开，这句发不出去了。", "The customer is leaving; that was not sent."),
    "empty": ("先写点什么。", "Write something first."),
    "too_long": ("太长了，最多 {most} 个字，分几条说。", "Too long (at most {most}); split it."),
    "stopped": ("先到这里。客户现在{word}，{left}。",
                "Stopped here. The customer is {word}; {left}."),
    "still_open": ("事情还没解决", "the matter is still open"),
    "settled": ("事情已经谈妥", "the matter is settled"),
    "satisfied": ("客户满意地走了", "The customer left satisfied"),
    "accepted": ("客户接受了", "The customer accepted"),
    "left": ("客户走了", "The customer left"),
    "bad_review": ("客户去写差评了", "The customer went to write a bad review"),
    "platform_complaint": ("客户投诉到平台了", "The customer complained to the platform"),
    "unresolved": ("聊到最后也没解决", "It ended without a solution"),
    "right": ("这样收尾是对的", "which is a right ending here"),
    "not_right": ("这不是该有的结果", "which is not how it ought to end"),
    "title": ("这一单是：{title}", "What this was: {title}"),
    "card": ("评分表", "Scorecard"),
    "criterion": ("项目", "criterion"),
    "score": ("得分", "score"),
    "advice": ("建议", "advice"),
    "overall": ("总分", "overall"),
    "passed": ("通过", "passed"),
    "failed": ("没通过", "not passed"),
    "not_scored": ("不计分", "not scored"),
    "critical": ("严重错误：{ids}", "Critical errors: {ids}"),
    "no_reply": ("你还没有回复，没有评分。", "You have not replied, so there is no score."),
    "saved": ("会话已保存到 {file}", "The conversation was saved to {file}"),
}  # fmt: skip
HELP: Final[tuple[tuple[str, str, str, str], ...]] = (
    ("/订单 /物流 /商品 /规则", "/order /logistics /product /policy",
     "看订单、物流、商品、规则", "look things up"),
    ("/退款 30", "/refund 30", "退款", "refund"),
    ("/发券 10", "/coupon 10", "发优惠券", "send a coupon"),
    ("/补发 …", "/resend …", "补发：写上补什么", "send again: say what"),
    ("/查件", "/trace", "发起快递查件", "open a courier trace"),
    ("/主管 …", "/boss …", "问主管：写上问题", "ask the supervisor a question"),
    ("/改地址 …", "/address …", "改地址：写上新地址", "change the address: give the new one"),
    ("/备注 …=… …=…", "/note …=… …=…", "写订单备注：项目=内容",
     "write the order note: field=value"),
    ("/等 30", "/wait 30", "等 30 秒", "wait 30 seconds"),
    ("/心情", "/mood", "看客户心情", "show the customer's mood"),
    ("/退出", "/quit", "先到这里", "stop here"),
    ("/order /refund 30 …", "", "打英文也行", ""),
)  # fmt: skip
"""Commands in Chinese and in English, and what they do; "" where there is nothing to say."""


def text_of(lang: Language, key: str, **values: object) -> str:
    """The text of `key`, filled in."""
    zh, en = _TEXTS[key]
    return told(lang, zh, en).format(**values)


def help_of(lang: Language) -> list[tuple[str, str]]:
    """Each command with what it does."""
    rows = [(told(lang, zh, en), told(lang, what, does)) for zh, en, what, does in HELP]
    return [row for row in rows if row[0]]
