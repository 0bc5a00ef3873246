"""What `kefu check` finds in a scenario: a whole file without faults, and each fault by itself."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubrics.yaml_file import parse_yaml
from scenarios.checks.checked import Shelves, shelves
from scenarios.checks.persona import persona_faults
from scenarios.checks.scenario import scenario_faults
from transcripts.errors import Fault, InvalidFile

HERE = Path(__file__).parent
VALID = (HERE / "valid.yaml").read_text(encoding="utf-8")
PERSONA = (HERE / "plain-buyer.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def known() -> Shelves:
    return shelves(more={"plain-buyer": HERE / "plain-buyer.yaml"})


def faults(text: str, known: Shelves) -> list[Fault]:
    return scenario_faults(parse_yaml(text, "valid.yaml"), known)


def test_a_whole_file_has_no_faults(known: Shelves) -> None:
    assert faults(VALID, known) == []


BROKEN = [
    # shape
    ("market: CN", "markt: CN", "markt", "unknown key 'markt' in the file; did you mean 'market'?"),
    ("market: CN\n", "", "format: 1", "the key 'market' is missing in the file; add it"),
    ("topic: {zh: 少件, en: M", "topic: {en: M", "topic", "the key 'zh' is missing in topic"),
    ("acts: [deny]", "acts: [denny]", "denny", "no such act: 'denny'; did you mean 'deny'?"),
    ("level: beginner", "level: easy", "level", "'easy' is not known here; known: beginner"),
    ("who: {answered", "who: {answerd", "answerd", "did you mean 'answered'?"),
    ('en: "One item missing', 'en: "少件 missing', "title:", "en holds Chinese characters"),
    ("topic: {zh: 少件", "topic: {zh: Missing", "topic:", "zh holds no Chinese"),
    # rows
    ("{thing} 3 件", "{thin} 3 件", "{thin} 3", "no 'thin' in vary; did you mean 'thing'?"),
    ("at_fault: courier}, line", "at_falt: courier}, line", "at_falt", "did you mean 'at_fault'?"),
    ("  - {thing: 碗, order: \"4413\", paid: 72, price: 24, name: tb_四, "
     "shelf: 碗少了一只, at_fault: courier}\n", "", "vary:", "3 rows; give at least 4"),
    ("tb_二", "tb_二, spare: 1", "袜子, order", "the rows differ in: spare"),
    ('customer: "{name}"', "customer: tb_一", "毛巾, order", "'name' is used nowhere"),
    # names
    ("id: valid", "id: other", "id: other", "name the file other.yaml"),
    ("persona: plain-buyer", "persona: plain-buyr", "plain-buyr", "did you mean 'plain-buyer'?"),
    ("rubric: complaint", "rubric: complaints", "complaints", "no rubric 'complaints'; did you"),
    ("{hears: [sorted]}", "{hears: [sortd]}", "sortd", "no name in hears 'sortd'; did you mean"),
    ("revealed: [photo]}, missing", "revealed: [foto]}, missing", "foto", "did you mean 'photo'?"),
    ("opens: [how]", "opens: [howl]", "howl", "no question 'howl'; did you mean 'how'?"),
    ("gives_up: upset", "gives_up: upsett", "upsett", "no state or ending 'upsett'; did you mean"),
    ("go: start", "go: strat", "strat", "no state or ending 'strat'; did you mean 'start'?"),
    ("told: [patched]", "told: [patchd]", "patchd", "nothing ever sets 'patchd'; add it to hears"),
    ("open_minded: 1", "open_mind: 1", "open_mind: 1", "did you mean 'open_minded'?"),
    ("asked: received_when", "asked: recieved", "recieved", "no way of asking is called"),
    ("picture: sealed-box", "picture: seald-box", "seald", "no picture 'seald-box'; did you mean"),
    # states
    ("  upset:\n", "  lost: []\n  upset:\n", "lost: []", "the state 'lost' is never reached"),
    ("    - {when: {acts: [guide", "    - {go: upset}\n    - {when: {acts: [guide", "guide_steps",
     "this rule is never taken: one above it always holds"),
    ("not_told: [sorted]", "told: [sorted], not_told: [sorted]", "[deny]", "this never holds"),
    ("mood_below: 3", "mood_below: 3, mood_at_least: 3", "mood_below", "this never holds: mood_at"),
    # endings
    ("  left: {why: [没人管]}\n", "", "endings:", "the ending 'left' can come (the customer loses"),
    ("  unresolved:", "  platform_complaint: {why: [平台见]}\n  unresolved:", "平台见",
     "nothing leads to the ending 'platform_complaint'; remove it"),
    ("ending: [left, bad_review, unres", "ending: [satisfied] #, unres", "ending: [satis",
     "the path must end wrong, and none"),
    # reactions
    ("  steps: {say", "  gift: {say: [送您一个]}\n  steps: {say", "gift", "nothing reacts to"),
    ("change: {opens: [how]}, ", "", "from_the_start", "the question 'how' is never asked"),
    ("marks: [patched]", "marks: [patched, calm]", "calm", "nothing asks for the mark 'calm'"),
    ("by: {revealed: [photo]}", "by: {}", "seen:", "say when the goal is reached; it is empty"),
    ("answered: {hears: [steps]}", "answered: {}", "how:", "say when it is answered; it is empty"),
    # facts
    (", source: 详情页", "", "每件单独包装\"", "a fact on a product needs its source"),
    (", below_law: true", "", "概不负责", "below the law of CN: “签收即视为认可质量”的条款无效"),
    ("核实了就补发", "签收就视为认可质量，不补", "签收就视为", "below the law of CN"),
    ("让您白等了", "让您白等了，活动最终解释权归本店", "最终解释权", "the good path says"),
    ("每件单独包装的，", "", "每件单独包装", "no path uses this fact"),
    ("look_up, data: {what: logistics}", "look_up, data: {what: order}", "包裹 09:30",
     "no path uses this fact; let a path say it, look it up (logistics), or remove it"),
    # numbers
    (", mistaken: true", "", "8:10", "the time of delivery is 09:30 by the facts"),
    ("尾号 {order}", "尾号 4411", "尾号", "in row 1 of vary: the number of the order is 4410"),
    ("[那是谁弄错的]", "[我花了 999 元呢]", "999", "in row 1 of vary: what was paid is 60"),
    ('  price: "{paid}"', "  price: 777", "777", "777 stands in no fact"),
    ("authority:", "note_form:\n  宽: 1.42\nauthority:", "1.42", "1.42 is said nowhere"),
    ("按单价退您 {price} 元", "按单价退您 60 元", "退您 60", "in row 2, 3, 4 of vary: 60 is a"),
    # lines
    ("[你看都没看呢]", '["你看都没看呢 {Bad}"]', "{Bad}", "'{Bad}' would be said"),
    ("[退多少]", '["退多少 {counter}"]', "退多少", "'{counter}' would be said as it stands; name"),
    ('"{offered} 元，行"', '"{counter} 元，行"', "accept", "only {offered} is filled in here"),
    ("[哦，这样]", "[那是谁弄错的]", "who:", "'那是谁弄错的' stands twice, so it would come"),
    ("[哦，这样]", "[所以呢]", "who:", "the persona says '所以呢' too"),
    ("accept: [行吧, ", "accept: [", "accept", "an offer without a sum is welcome here"),
    # language, market
    ("怎么申请啊", "怎麼申請啊", "怎麼", "Traditional characters in a file with lang zh: 麼請"),
    ("lang: zh\n", "lang: en\n", "shelf: \"{shelf}\"", "Chinese characters in an English file"),
    ("lang: zh\n", "lang: zh-Hant\n", "market: CN", "lang zh-Hant is for TW or HK, not CN"),
    ("lang: zh\n", "lang: zh-Hant\n", "包裹 09:30", "with lang zh-Hant: 签; write it"),
    ("lang: zh\n", "lang: en\n", "persona:", "the persona plain-buyer speaks zh, the scenario en"),
    ("currency: CNY", "currency: TWD", "currency", "the market CN pays in CNY, not TWD"),
    # paths
    ("name: unusual", "name: odd", "paths:", "the path 'unusual' is missing; add an agent who"),
    ("at_least: 85", "at_least: 70", "name: good", "the good path needs at_least: 85 or more"),
    ("at_most: 45", "at_most: 50", "name: poor", "the poor path needs at_most: 45 or less"),
    ("right: false", "right: true", "name: poor", "the poor path needs right: false"),
    ("at_most: 59", "at_most: 70", "name: over", "giving in beyond policy must not pass"),
    ("name: over", "name: good", "at_most: 59", "the path 'good' stands twice; rename one"),
    ("authority:", "note_form: {颜色: 白}\nauthority:", "note_form", "no path writes the note"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "needle", "message"), BROKEN)
def test_a_fault_is_named_with_its_line(
    old: str, new: str, needle: str, message: str, known: Shelves
) -> None:
    assert old in VALID
    text = VALID.replace(old, new, 1)
    line = next(n for n, row in enumerate(text.splitlines(), 1) if needle in row)
    found = faults(text, known)
    assert any(f.line == line and message in f.message for f in found), "\n".join(map(str, found))


def test_a_state_in_which_nothing_can_be_settled_is_a_dead_end(known: Shelves) -> None:
    stuck = VALID.replace(", go: upset, say", ", go: stuck, say").replace(
        "  upset:\n", "  stuck: [{times: 12, alone: true}]\n  upset:\n"
    )
    assert [f.message for f in faults(stuck, known)] == [
        "the state 'stuck' is a dead end: nothing leaves it and not all goals can be reached "
        "there; add a rule with go to another state or an ending"
    ]
    way_out = stuck.replace("[{times: 12, alone: true}]", "[{acts: 1}, {go: left}]")
    assert "dead end" not in str(faults(way_out.replace("{acts: 1}, ", ""), known))


def test_a_matter_that_may_stay_open_has_no_dead_end(known: Shelves) -> None:
    text = (
        VALID.replace("gives_up: upset", "gives_up: takes")
        .replace("    - {when: {did: [issue_refund], did_over: 50}, go: accepted}\n", "")
        .replace(", go: start, say: [这", ", say: [这")
        .replace("{told: [deal]}, ", "{told: [never]}, ")
    )
    text = text.replace("marks: [patched]", "mood: 1").replace(
        "told: [patched], ", "told: [never], "
    )
    assert "dead end" in str(faults(text, known))
    assert "dead end" not in str(
        faults(text.replace("unresolved: {", "unresolved: {right: true, "), known)
    )


def test_a_reply_that_no_line_covers(tmp_path: Path) -> None:
    """Patience that outlasts the ways of asking on; a rule without when takes their place."""
    persona = tmp_path / "plain-buyer.yaml"
    persona.write_text(PERSONA.replace("patience: 10", "patience: 14"), encoding="utf-8")
    known = shelves(more={"plain-buyer": persona})
    assert [f.message for f in faults(VALID, known)] == [
        "no rule for everything else in start, upset, and the persona has 4 ways to say `so`, "
        "where 8 may be needed; write more in plain-buyer, or add a rule without when"
    ]
    rest = VALID.replace("endings:\n", "    - {times: 12}\nendings:\n", 1)
    assert "in start, and" in str(faults(rest, known))


def test_lines_of_ways_that_part_may_be_the_same(known: Shelves) -> None:
    """A rule that leaves for good, and one that tells what would have been asked."""
    parting = VALID.replace("[你说的是哪一步]}", "[你看着办]}").replace(
        "    - {when: {acts: [deny]", "    - {when: {acts: [stall]}, go: left, say: [你看着办]}\n"
        "    - {when: {acts: [deny]",
    )  # fmt: skip
    assert "'你看着办' stands twice" in str(faults(parting, known))
    apart = parting.replace("change: {opens: [how]}, say", "change: {opens: [how]}, go: left, say")
    assert "你看着办" not in str(faults(apart, known))
    telling = VALID.replace(
        "    - {when: {acts: [deny]", "    - {when: {acts: [hold]}, say: [你看，就两件]}\n"
        "    - {when: {acts: [deny]",
    )  # fmt: skip
    assert "stands twice" in str(faults(telling, known))
    told = telling.replace("[hold]}, say", "[hold]}, change: {reveals: [photo]}, say")
    assert "stands twice" not in str(faults(told, known))


def test_what_one_row_has_no_use_for_may_be_there_for_another(known: Shelves) -> None:
    text = VALID.replace("acts: [guide_steps]}", "hears: [gift], only: {at_fault: shop}}").replace(
        "  steps: {say", "  gift: {say: [送您一个]}\n  steps: {say"
    )
    assert "gift" not in str(faults(text, known))


def test_all_faults_at_once_those_of_shape_too(known: Shelves) -> None:
    text = (
        VALID.replace("market: CN", "markt: CN")
        .replace("acts: [deny]", "acts: [denny]")
        .replace("currency: CNY", "currency: TWD")
        .replace("go: start", "go: strat")
        .replace("topic: {zh: 少件, en: M", "topic: {en: M")
    )
    messages = [f.message for f in faults(text, known)]
    for part in ("'markt'", "'denny'", "not TWD", "'strat'", "'zh' is missing in topic"):
        assert any(part in message for message in messages), (part, messages)
    assert len(messages) == 6, "the missing market is named beside the misspelt one"


def test_what_cannot_be_mended_leaves_no_second_fault(known: Shelves) -> None:
    """A condition that loses a part means something else, so nothing is concluded from it."""
    text = VALID.replace("when: {acts: [deny], not_told", "when: {zzz: [deny], not_told")
    assert len(faults(text, known)) == 1


def test_an_insisting_persona_may_repeat_itself(known: Shelves, tmp_path: Path) -> None:
    persona = tmp_path / "plain-buyer.yaml"
    persona.write_text(PERSONA.replace("patience: 10", "patience: 10\ninsists: true"), "utf-8")
    stubborn = shelves(more={"plain-buyer": persona})
    text = VALID.replace("[哦，这样]", "[那是谁弄错的]")
    assert faults(text, known)
    assert not faults(text, stubborn)


def test_a_persona_with_faults_is_named_in_its_own_file_only(tmp_path: Path) -> None:
    persona = tmp_path / "plain-buyer.yaml"
    persona.write_text("format: 1\n", encoding="utf-8")
    assert faults(VALID, shelves(more={"plain-buyer": persona})) == []


FEW = "4 ways, but a patience of 20 may need 14; write more, or lower patience"
PERSONA_BROKEN = [
    ("id: plain", "id: plainer", "id: plainer", "name the file plainer-buyer.yaml"),
    ("en: Plain buyer", "e: Plain buyer", "name:", "the key 'en' is missing in name"),
    ("apologise: [", "apologize: [", "apologize", "did you mean 'apologise'?"),
    ("  threat: [再这样我就给差评了]\n", "", "lines:", "the key 'threat' is missing in lines"),
    ("[-0.2, 0.0, 0.2]", "[-0.2, -0.4]", "apologise", "doing it again helps more than the time"),
    ("patience: 10", "patience: 20", "so:", FEW),
    ("patience: 10", "patience: 10\nthen: satisfied", "then:", "nobody gives up satisfied; choose"),
    ("patience: 10", "patience: 10\nthreatens_at: 4\nleaves_at: 3", "threatens_at", "lower threat"),
    ("[人呢, 在吗]", "[人呢, 人呢]", "  nudge:", "'人呢' stands twice"),
    ("[人呢, 在吗]", "[好的谢谢, 在吗]", "thanks", "'好的谢谢' stands twice"),
    ("[人呢, 在吗]", "[人呢, Hello 麼]", "  nudge:", "in a file with lang zh: 麼"),
    ("[人呢, 在吗]", '["人呢 {x}"]', "  nudge:", "'{x}' would be said as it stands"),
    ("lang: zh", "lang: en", "  nudge:", "Chinese characters in an English file"),
]  # fmt: skip


def test_a_whole_persona_has_no_faults() -> None:
    assert persona_faults(parse_yaml(PERSONA, "plain-buyer.yaml")) == []


@pytest.mark.parametrize(("old", "new", "needle", "message"), PERSONA_BROKEN)
def test_a_fault_of_a_persona_is_named_with_its_line(
    old: str, new: str, needle: str, message: str
) -> None:
    assert old in PERSONA
    text = PERSONA.replace(old, new, 1)
    line = next(n for n, row in enumerate(text.splitlines(), 1) if needle in row)
    found = persona_faults(parse_yaml(text, "plain-buyer.yaml"))
    assert any(f.line == line and message in f.message for f in found), "\n".join(map(str, found))


TOKENS = sorted(
    {
        *VALID.replace("\n", " \n ").split(" "),
        "{",
        "}",
        "[",
        "]",
        ":",
        "-",
        "only",
        "{x}",
        "1e9",
        "~",
    }
)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(TOKENS), max_size=40))
def test_no_file_makes_a_check_raise(words: list[str]) -> None:
    with contextlib.suppress(InvalidFile):
        document = parse_yaml(" ".join(words), "x.yaml")
        scenario_faults(document, shelves())
        persona_faults(document)


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_no_damage_to_a_file_makes_a_check_raise(data: st.DataObject) -> None:
    """A line left out, put twice, or with another value."""
    lines = VALID.splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    how = data.draw(st.sampled_from(["gone", "twice", "value", "cut"]))
    value = data.draw(
        st.sampled_from(["~", "1", "[]", "{}", "x", "[1]", "{a: 1}", "'{paid}'", "-1"])
    )
    key = lines[at].partition(":")[0]
    lines[at : at + 1] = {
        "gone": [], "twice": [lines[at]] * 2, "value": [f"{key}: {value}"],
        "cut": [lines[at][: len(lines[at]) // 2]],
    }[how]  # fmt: skip
    with contextlib.suppress(InvalidFile):
        scenario_faults(parse_yaml("\n".join(lines), "x.yaml"), shelves())
