"""`kefu evaluate` and `kefu calibrate` from the shell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from kefu.commands import commands
from transcripts.errors import InvalidFile, UnreadableInput

CORPUS = Path(__file__).parents[2] / "grader" / "corpus"
TROUBLE = "快递三天没动了，到底怎么回事"


def run(*arguments: object) -> Result:
    words = [str(argument) for argument in arguments]
    return CliRunner().invoke(commands(words[0]), words)


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return path


def rated(number: int) -> dict[str, Any]:
    """A talk that ends well or badly, rated by its end."""
    good = number % 2 == 0
    last = "太好了谢谢你" if good else "什么破店，我要投诉你们！"
    talk = [
        {"role": "customer", "text": f"{TROUBLE}，单号尾数{number}"},
        {"role": "agent", "text": "您好，我马上帮您查一下"},
        {"role": "customer", "text": last},
    ]
    rating = (4.5 if good else 1.5) + number % 3 / 4
    return {"id": f"t{number}", "messages": talk, "ratings": {"overall": rating, "speed": 1}}


@pytest.mark.slow
def test_figures_in_the_contracts_shape(tmp_path: Path) -> None:
    rows = [
        {"text": "你们这是要把我气死吗，第七次问了", "emotion": 4},
        {"text": "请问这个杯子能放洗碗机里洗么，第七次问了", "emotion": 1},
        {"text": "收到啦很喜欢，第七次来买了", "emotion": 0},
    ]
    result = run("evaluate", written(tmp_path / "c.jsonl", rows), "--json")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert report["n"] == 3
    assert report["emotion"]["kappa"]["value"] > 0.5
    assert report["acts"]["micro_f1"]["value"] is None
    assert set(report) >= {"file", "n", "acts", "empathy", "accuracy", "overall", "critical"}


def test_figures_for_a_person(tmp_path: Path) -> None:
    rows = [
        {"id": n, "messages": rated(n)["messages"], "overall": 30 + 40 * (n % 2), "critical": []}
        for n in range(4)
    ]
    result = run("evaluate", written(tmp_path / "c.jsonl", rows))
    assert result.exit_code == 0, result.output
    assert "overall, Spearman" in result.stdout


def test_the_training_data_is_refused() -> None:
    result = run("evaluate", CORPUS / "context.jsonl")
    assert result.exit_code == 1
    assert "trained on every row" in result.output


def test_faulty_labels_are_told_before_any_work(tmp_path: Path) -> None:
    result = run("evaluate", written(tmp_path / "c.jsonl", [{"text": "好", "emotion": 9}]))
    assert isinstance(result.exception, InvalidFile)
    assert ":1: `emotion` is 9" in str(result.exception)


@pytest.mark.slow
def test_a_calibration_from_the_shell(tmp_path: Path) -> None:
    labels = written(tmp_path / "rated.jsonl", [rated(n) for n in range(64)])
    output = tmp_path / "team.kefu"
    result = run("calibrate", labels, "--scale", "1:5", "--output", output)
    assert result.exit_code == 0, result.output
    assert "Not a criterion of general, left out: speed" in result.output
    graded = tmp_path / "cards.jsonl"
    command = ("grade", labels, "--calibration", output, "--output", graded)
    assert run(*command).exit_code == 0
    cards = [json.loads(line) for line in graded.read_text("utf-8").splitlines()]
    assert len(cards) == 64
    for card in cards:
        assert sum(card["because"].values()) == pytest.approx(card["overall"])
        assert card["calibration"]["n"] == 64
    good = [card["overall"] for card in cards[::2]]
    bad = [card["overall"] for card in cards[1::2]]
    assert min(good) > max(bad)


def test_too_few_ratings_are_refused(tmp_path: Path) -> None:
    labels = written(tmp_path / "rated.jsonl", [rated(n) for n in range(5)])
    result = run("calibrate", labels, "--output", tmp_path / "team.kefu")
    assert result.exit_code == 1
    assert "only 5 rated conversations" in result.output
    assert not (tmp_path / "team.kefu").exists()


@pytest.mark.parametrize("scale", ["5:1", "1-5", "a:b", "3:3"])
def test_a_scale_that_is_none(tmp_path: Path, scale: str) -> None:
    labels = written(tmp_path / "rated.jsonl", [rated(0)])
    result = run("calibrate", labels, "--scale", scale, "--output", tmp_path / "x")
    assert isinstance(result.exception, UnreadableInput)
    assert "write the lowest and the highest rating, as in 1:5" in str(result.exception)
