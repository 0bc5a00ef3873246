"""A conversation on the terminal: commands, piped words, real time, letters."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from string import Formatter
from typing import Any

import pytest
from rich.console import Console
from rich.text import Text

from kefu.chat import Talk, from_lines
from kefu.chat_end import ending
from kefu.chat_words import _TEXTS, help_of, text_of
from kefu.keyboard import Letters
from kefu.live import live, prompt
from kefu.workbench_line import act_of, command_of
from simulator.record import outcome
from simulator.session import Session
from tests.simulator.tiny import LINES as LINES_OF_TINY
from tests.simulator.tiny import coded, customer, tiny
from transcripts.errors import Refused


def talk(**changed: Any) -> Talk:
    console = Console(file=io.StringIO(), width=80, color_system=None)
    return Talk(Session(tiny(**changed), coded), console)


def shown(one: Talk) -> str:
    assert isinstance(one.console.file, io.StringIO)
    return one.console.file.getvalue()


# --- commands of the workbench


@pytest.mark.parametrize(
    ("name", "rest", "action", "data"),
    [
        ("order", "", "look_up", {"what": "order"}),
        ("policy", "", "look_up", {"what": "policy"}),
        ("refund", "30", "issue_refund", {"amount": 30}),
        ("refund", "¥29.5 元", "issue_refund", {"amount": 29.5}),
        ("coupon", "10", "send_coupon", {"amount": 10}),
        ("resend", "草莓 3 斤", "resend", {"item": "草莓 3 斤"}),
        ("trace", "", "open_trace", {}),
        ("trace", "SF1", "open_trace", {"tracking": "SF1"}),
        ("boss", "能多退吗？", "ask_supervisor", {"question": "能多退吗？"}),
        ("address", "上海市某路 1 号", "change_address", {"address": "上海市某路 1 号"}),
        (
            "note",
            "颜色=米 白 日期＝2 号",
            "write_note",
            {"fields": {"颜色": "米 白", "日期": "2 号"}},
        ),
    ],
)
def test_a_command_is_an_action(name: str, rest: str, action: str, data: dict[str, Any]) -> None:
    act = act_of(name, rest, tiny().scenario)
    assert (act.action, act.data) == (action, data)


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("/refund 30", ("refund", "30")),
        ("/REFUND30", ("refund", "30")),
        ("/退款30元", ("refund", "30元")),
        ("／退款 ¥30", ("refund", "¥30")),
        ("、订单", ("order", "")),
        ("/訂單", ("order", "")),
        ("/note 颜色=米 白", ("note", "颜色=米 白")),
        ("/", ("", "")),
        ("/没有这个", ("没有这个", "")),
        ("、这个也坏了", None),
        ("您好/在的", None),
    ],
)
def test_a_command_in_either_language(line: str, command: tuple[str, str] | None) -> None:
    assert command_of(line) == command


@pytest.mark.parametrize(
    ("name", "rest", "told"),
    [
        ("refund", "", "不是金额"),
        ("refund", "-3", "不是金额"),
        ("refund", "nan", "不是金额"),
        ("refund", "900000000", "太多了"),
        ("boss", "", "/boss …"),
        ("note", "没有等号", "颜色"),
    ],
)
def test_a_wrong_command_shows_how(name: str, rest: str, told: str) -> None:
    with pytest.raises(Refused, match=told):
        act_of(name, rest, tiny().scenario)


def test_the_note_form_is_shown_where_there_is_one() -> None:
    scenario = tiny(note_form={"尺寸": "1.24", "备注": None}).scenario
    with pytest.raises(Refused, match="尺寸, 备注"):
        act_of("note", "", scenario)


# --- words


@pytest.mark.parametrize("key", sorted(_TEXTS))
def test_every_text_is_there_in_both_languages_with_the_same_values(key: str) -> None:
    zh, en = _TEXTS[key]
    fields = [
        sorted(name for _, name, _, _ in Formatter().parse(text) if name) for text in (zh, en)
    ]
    assert fields[0] == fields[1]


def test_traditional_is_derived() -> None:
    assert text_of("zh-Hant", "order") == "訂單"
    assert dict(help_of("zh-Hant"))["/心情"] == "看客戶心情"


# --- piped words: time from the words only


LINES = (
    "request_evidence ask:photo commit_time",
    "/order",
    "/refund 60",
    "offer:refund:6000",
    "/mood",
    "close",
)


def test_piped_words_play_to_the_end() -> None:
    one = talk()
    from_lines(one, LINES)
    assert one.session.ended
    assert one.session.state.ending == "satisfied"
    text = shown(one)
    for part in (
        "烂了！",
        "订单 1：草莓，实付 90 元",
        "已退款 60 元（超出你的权限",
        "60 可以",
        "心情",
    ):
        assert part in text
    assert "坏果" not in text.split("╭", 1)[0]  # the diagnosis is not shown before the end


def test_limits_are_told_in_the_scenarios_money() -> None:
    limits = {"refund_max": 12.5, "coupon_max": 0, "discount_percent_max": 10}
    told = []
    for more in ({"lang": "en", "currency": "GBP"}, {}):
        one = talk(authority=limits, **more)
        one.begin()
        told.append(shown(one))
    assert "refund up to £12.5 · no coupons · discount up to 10%" in told[0]
    assert "退赔 12.5 元以内 · 不能发券 · 让价 10% 以内" in told[1]


def test_piped_words_are_the_same_every_time() -> None:
    first, second = talk(), talk()
    from_lines(first, LINES)
    from_lines(second, LINES)
    assert shown(first) == shown(second)
    assert first.session.messages == second.session.messages


def test_words_take_time_by_their_length() -> None:
    one = talk()
    from_lines(one, ["ask_problem", "/quit"])
    # the opening ends at 0.8 s; 4 s to think and 11 characters at 0.25 s
    at = one.session.messages[2].at
    assert at is not None
    assert (at - one.session.time(0)).total_seconds() == pytest.approx(0.8 + 4 + 11 * 0.25)


def test_without_words_the_customer_leaves() -> None:
    one = talk()
    from_lines(one, [])
    assert one.session.ended
    assert customer(one.session)[-1] == "算了，评价见"


def test_waiting_brings_the_nudge() -> None:
    one = talk()
    from_lines(one, ["/wait 70", "/quit"])
    assert len(customer(one.session)) == 3
    assert one.stopped


def test_what_cannot_be_done_is_said_and_nothing_breaks() -> None:
    one = talk()
    from_lines(one, ["/refudn 3", "/refund x", "/", "x" * 3000, "/note", "/quit"])
    text = shown(one)
    assert "没有 /refudn 这个命令，是不是 /refund？" in text
    assert "x 不是金额" in text
    assert "太长了" in text
    assert all(message.role == "customer" for message in one.session.messages)


def test_stopping_says_how_it_stood() -> None:
    one = talk()
    from_lines(one, ["/quit"])
    ending(one, outcome(one.session))
    assert "先到这里。客户现在生气，事情还没解决" in shown(one)


def test_the_end_shows_stars_words_and_the_diagnosis() -> None:
    one = talk()
    from_lines(one, LINES)
    ending(one, outcome(one.session))
    text = shown(one)
    assert "★★★★★ 快" in text
    assert "这一单是：坏果" in text


# --- real time, with a made-up clock and keyboard


class Script:
    """A keyboard whose lines come at set times; it moves the clock."""

    def __init__(self, lines: list[tuple[float, str]]) -> None:
        self.now = 0.0
        self.prompts: list[str] = []
        self._lines = lines

    def clock(self) -> float:
        return self.now

    def read(self, seconds: float) -> str | None:
        self.now += seconds
        if not self._lines:
            raise EOFError
        if self._lines[0][0] <= self.now:
            return self._lines.pop(0)[1]
        return None

    def draw(self, prompt: Text) -> None:
        self.prompts.append(prompt.plain)

    def clear(self) -> None:
        pass


def test_nudges_come_while_the_agent_is_typing() -> None:
    one = talk()
    keys = Script([(70.0, "request_evidence ask:photo"), (80.0, "/quit")])
    live(one, keys, keys.clock)
    roles = [message.role for message in one.session.messages]
    assert roles[:4] == ["customer", "customer", "customer", "agent"]
    assert any(nudge in shown(one) for nudge in LINES_OF_TINY["nudge"])
    assert any(line.startswith("⏱ 1:05") for line in keys.prompts)
    assert any("对方正在输入" in line for line in keys.prompts)


def test_waiting_skips_real_time() -> None:
    one = talk()
    keys = Script([(2.0, "/wait 100"), (3.0, "/quit")])
    live(one, keys, keys.clock)
    assert len(customer(one.session)) == 3
    assert one.session.now >= 102_000


def test_the_end_of_the_input_stops() -> None:
    one = talk()
    keys = Script([])
    live(one, keys, keys.clock)
    assert one.stopped


class Interrupted(Script):
    """The same; the line "^C" is that key."""

    def read(self, seconds: float) -> str | None:
        line = super().read(seconds)
        if line == "^C":
            raise KeyboardInterrupt
        return line


def test_one_control_c_by_mistake_ends_nothing() -> None:
    one = talk()
    keys = Interrupted([(2.0, "^C"), (4.0, "request_evidence ask:photo"), (9.0, "^C"), (9.5, "^C")])
    with pytest.raises(KeyboardInterrupt):
        live(one, keys, keys.clock)
    assert shown(one).count("再按一次") == 2
    assert any(message.role == "agent" for message in one.session.messages)


def test_the_clock_runs_from_the_first_unanswered_word() -> None:
    one = talk()
    one.session.advance(5_000)
    assert prompt(one, 35_000).plain == "⏱ 0:35 ❯ "
    one.session.say("hold", 36_000)
    assert "⏱" not in prompt(one, 36_500).plain


@pytest.fixture
def wire() -> Iterator[tuple[int, Letters]]:
    read, write = os.pipe()
    yield write, Letters(read, Console(file=io.StringIO(), width=30, color_system=None))
    os.close(read)
    os.close(write)


def test_letters_make_lines(wire: tuple[int, Letters]) -> None:
    write, letters = wire
    os.write(write, "您好x\x7f，\x1b[A请 慢\x17等\n第二".encode())
    assert letters.read(0.1) == "您好，请 等"
    os.write(write, "行\n".encode())
    assert letters.read(0.1) == "第二行"
    assert letters.read(0) is None


def test_control_c_clears_the_line_first(wire: tuple[int, Letters]) -> None:
    write, letters = wire
    os.write(write, "打错了\x03好\n".encode())
    assert letters.read(0.1) == "好"
    os.write(write, b"\x03")
    with pytest.raises(KeyboardInterrupt):
        letters.read(0.1)


def test_half_a_character_waits_for_its_other_half(wire: tuple[int, Letters]) -> None:
    write, letters = wire
    raw = "好\n".encode()
    os.write(write, raw[:2])
    assert letters.read(0.1) is None
    os.write(write, raw[2:])
    assert letters.read(0.1) == "好"


def test_the_line_is_drawn_whole_and_cleared(wire: tuple[int, Letters]) -> None:
    write, letters = wire
    os.write(write, ("很长" * 30).encode())
    letters.read(0.1)
    letters.draw(Text("❯ "))
    file = letters._console.file
    assert isinstance(file, io.StringIO)
    drawn = file.getvalue().removeprefix("\r\x1b[2K")
    assert drawn.startswith("❯ ")
    assert len(drawn) <= 2 + 13  # as many as fit, the last ones
    letters.clear()
    assert file.getvalue().endswith("\r\x1b[2K")


def test_control_d_ends_the_input(wire: tuple[int, Letters]) -> None:
    write, letters = wire
    os.write(write, b"\x04")
    with pytest.raises(EOFError):
        letters.read(0.1)
