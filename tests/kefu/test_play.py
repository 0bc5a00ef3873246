"""`kefu play`: the agent's file, the transcript, the exit status."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from grader.model import load_model
from kefu.agent_file import read_agent
from kefu.play import play
from tests.simulator.tiny import tiny
from transcripts.canonical import parse
from transcripts.errors import UnreadableInput

# --- the agent's file


def agent(folder: Path, text: str) -> Path:
    path = folder / "agent.json"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_right_file_is_read(tmp_path: Path) -> None:
    rows = [
        {"after": 5, "text": "您好"},
        {"after": 0.5, "action": "issue_refund", "data": {"amount": 30}},
    ]
    entries = read_agent(agent(tmp_path, json.dumps(rows)), tiny())
    assert [(one.after, one.text, one.action) for one in entries] == [
        (5, "您好", None),
        (0.5, None, "issue_refund"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{}", "must be a JSON list"),
        ("3", "must be a JSON list"),
        ("[1]", "entry 1: must be an object"),
        ('[{"text": "x"}]', "entry 1: has no after"),
        ('[{"after": 1}]', "entry 1: give text or action"),
        ('[{"after": 1, "text": "x", "action": "resend"}]', "entry 1: give text or action"),
        ('[{"after": 1, "text": "x"}, {"after": -1, "text": "x"}]', "entry 2: after"),
        ('[{"after": "1", "text": "x"}]', "after must be a number of seconds, not '1'"),
        ('[{"after": true, "text": "x"}]', "after must be a number of seconds"),
        ('[{"after": 1e400, "text": "x"}]', "entry 1: after"),
        ('[{"after": NaN, "text": "x"}]', "NaN is no number that JSON has"),
        ('[{"after": 1, "tex": "x"}]', "did you mean 'text'?"),
        ('[{"after": 1, "text": ""}]', "entry 1: text"),
        ('[{"after": 1, "text": "x", "data": {"amount": 3}}]', "data belongs to an action"),
        ('[{"after": 1, "action": "isue_refund"}]', "did you mean 'issue_refund'?"),
        ('[{"after": 1, "action": "issue_refund"}]', "issue_refund needs amount"),
        ('[{"after": 1, "action": "look_up", "data": {"what": "sky"}}]', "nothing to look up"),
        ('[{"after": 1, "action": "write_note", "data": {"fields": "a"}}]', "write_note needs"),
        ('[{"after": 1, "text": "x"}', "is no JSON"),
        ('[{"after": 1, "text": "\\ud800"}]', "is not UTF-8"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_wrong_file_is_one_clear_line(tmp_path: Path, text: str, message: str) -> None:
    path = agent(tmp_path, text)
    with pytest.raises(UnreadableInput) as error:
        read_agent(path, tiny())
    told = str(error.value)
    assert message in told
    assert told.startswith(str(path))
    assert "\n" not in told


def test_a_missing_file_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="cannot be read"):
        read_agent(tmp_path / "none.json", tiny())


# --- the command as a whole


app = typer.Typer()
app.command()(play)


def run(*args: str, words: str | None = None) -> Any:
    return CliRunner().invoke(app, list(args), input=words)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["no-such-scenario"], "no scenario 'no-such-scenario'"),
        (["none/such.yaml"], "cannot be read"),
        (["rotten-fruit", "--agent", "none.json"], "cannot be read"),
        (["rotten-fruit", "--seed", "-1"], "--seed -1"),
        (["rotten-fruit", "--output", "."], "is a folder"),
        (["rotten-fruit", "--output", "none/out.json"], "cannot be written"),
    ],
)
def test_wrong_usage_is_said_before_any_work(
    args: list[str], message: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kefu.play.model_for", lambda settings: pytest.fail("work has begun"))
    done = run(*args)
    assert isinstance(done.exception, UnreadableInput)
    assert message in str(done.exception)


def test_the_scripted_agent_is_not_overwritten(tmp_path: Path) -> None:
    path = agent(tmp_path, "[]")
    done = run("rotten-fruit", "--agent", str(path), "--output", str(path))
    assert isinstance(done.exception, UnreadableInput)
    assert path.read_text() == "[]"


SCRIPT = [
    {"after": 15, "text": "实在对不起，给孩子买的草莓一打开就坏了，换谁都生气，这事我来负责。"},
    {"after": 12, "text": "麻烦您拍一下坏果和快递面单，大概坏了多少？"},
    {"after": 40, "action": "look_up", "data": {"what": "order"}},
    {"after": 10, "text": "照片看到了，坏了 10 颗，这 30 元现在就退给您，原路退回，您看可以吗？"},
    {"after": 15, "action": "issue_refund", "data": {"amount": 30}},
    {"after": 10, "text": "30 元已经退了，1 到 3 个工作日到账。还有别的要我帮忙的吗？"},
]


@pytest.mark.slow
def test_a_scripted_agent_makes_a_transcript_with_its_outcome(tmp_path: Path) -> None:
    path = agent(tmp_path, json.dumps(SCRIPT))
    done = run("rotten-fruit", "--agent", str(path))
    assert done.exit_code == 0, done.output
    row = json.loads(done.stdout)
    first = parse(row)
    opening, reply = (next(m for m in first.messages if m.role == r) for r in ("customer", "agent"))
    assert opening.at is not None
    assert reply.at is not None
    assert (reply.at - opening.at).total_seconds() == 15  # counted from the opening
    end = row["outcome"]
    assert end["ending"] in ("satisfied", "accepted")
    assert end["right"] is True
    assert 1 <= end["csat"] <= 5
    assert len(end["mood"]) == sum(m["role"] == "customer" for m in row["messages"])
    output = tmp_path / "out.jsonl"
    assert run("rotten-fruit", "--agent", str(path), "--output", str(output)).exit_code == 0
    assert output.read_text("utf-8") == done.stdout


@pytest.mark.slow
def test_whatever_the_ending_the_status_is_0(tmp_path: Path) -> None:
    path = agent(tmp_path, "[]")
    done = run("rotten-fruit", "--agent", str(path), "--seed", "1")
    assert done.exit_code == 0
    end = json.loads(done.stdout)["outcome"]
    assert end["ending"] in ("left", "bad_review")
    assert end["right"] is False


@pytest.mark.slow
def test_a_person_plays_through_a_pipe(tmp_path: Path) -> None:
    load_model()
    output = tmp_path / "out.jsonl"
    words = "\n".join(["/order", str(SCRIPT[0]["text"]), str(SCRIPT[1]["text"]), "/quit"])
    done = run("rotten-fruit", "--output", str(output), words=words)
    assert done.exit_code == 0, done.output
    assert "评分表" in done.stdout
    assert "总分" in done.stdout
    row = json.loads(output.read_text("utf-8"))
    assert row["outcome"]["ending"] == "unresolved"
    again = run("rotten-fruit", "--output", str(output), words=words)
    assert again.stdout == done.stdout
