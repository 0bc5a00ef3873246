"""Windows and clauses of what the detector reads."""

from hypothesis import given
from hypothesis import strategies as st

from grader.critical.text import clauses, normal, quotations, windows


@given(st.text(max_size=400))
def test_normal_keeps_offsets(text: str) -> None:
    assert len(normal(text)) == len(text)


@given(st.text(max_size=400))
def test_normal_twice_is_normal(text: str) -> None:
    assert normal(normal(text)) == normal(text)


def test_traditional_full_width_and_capitals_become_plain() -> None:
    assert normal("請加ＬＩＮＥ") == "请加line"


def test_stickers_and_masks_say_nothing() -> None:
    assert normal("不客气[呵呵]") == "不客气    "
    assert normal("[电话x]是这个") == "     是这个"


@given(st.text(max_size=3000), st.sampled_from(["zh", "en"]))
def test_windows_lie_in_the_text_and_in_order(text: str, lang: str) -> None:
    found = windows(text, lang)
    assert all(0 <= w.start < w.end <= len(text) for w in found)
    assert [w.start for w in found] == sorted(w.start for w in found)


def test_each_line_is_a_window_and_long_lines_are_packed() -> None:
    assert len(windows("您好\n稍等", "zh")) == 2
    long = "这是一句话，有二十个字上下的样子。" * 20
    assert all(w.end - w.start <= 110 for w in windows(long, "zh"))


def test_clauses_and_quotations() -> None:
    text = "他说“加微信便宜”，您别信"
    assert [text[c.start : c.end] for c in clauses(text)] == ["他说“加微信便宜”", "您别信"]
    assert [text[q.start : q.end] for q in quotations(text)] == ["“加微信便宜”"]
