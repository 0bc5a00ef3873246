"""Calibration: honest, explained, and the same every time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from grader import calibration as cal
from grader.calibration.kernels import learn, prepare
from grader.calibration.ridge import fit, points_of, predict
from grader.calibration.trial import points
from grader.scorecard import CriterionResult, CustomerMark, Evidence, ReplyMark, Scorecard, to_json
from transcripts.errors import MissingModel, Refused, UnreadableInput
from transcripts.types import Message, Transcript

LIMITS = cal.Limits(pass_mark=60, critical_cap=39)


class Tiny:
    """An encoder of four numbers: enough to tell texts apart."""

    name = "tiny"
    dimension = 4

    def encode(self, texts):  # type: ignore[no-untyped-def]
        rows = [[len(t), t.count("谢"), t.count("！"), 1.0] for t in texts]
        vectors = np.array(rows, dtype=np.float32).reshape(len(texts), 4)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def talk(number: int, last: str) -> Transcript:
    messages = (
        Message("customer", f"第{number}号单子怎么还没到"),
        Message("agent", "您好，我查一下"),
        Message("customer", last),
    )
    return Transcript(f"t{number}", messages)


def card_of(number: int, overall: float | None, emotion: float) -> Scorecard:
    evidence = (Evidence(1, "您好", 70.0, "r"),)
    return Scorecard(
        transcript=f"t{number}", rubric_id="general", rubric_version="sha256:1",
        grader={"version": "1", "encoder": "tiny", "model": "sha256:2"},
        overall=overall, passed=None, critical=(), critical_evidence=(), coverage=1.0, gates=(),
        criteria={"empathy": CriterionResult("empathy", 1.0, 70.0, 0.8, evidence)},
        replies=(ReplyMark(1, None, ("greet", "hold"), 2.0, None, None),),
        customer=(CustomerMark(0, 3.0), CustomerMark(2, emotion)), agents={}, unverified=(),
        confidence=0.8, review=False, incomplete=False,
    )  # fmt: skip


Rating = Callable[[float, float, float], Mapping[str, float]]


def team(n: int, rating: Rating) -> list[cal.Rated]:
    """Conversations whose raw score, emotion and noise are drawn with a seed."""
    generator = np.random.default_rng(5)
    rows = []
    for number in range(n):
        overall, emotion = generator.uniform(20, 90), generator.uniform(0, 4)
        noise = generator.normal()
        transcript = talk(number, "谢谢" if emotion < 2 else "太慢了！")
        card = card_of(number, float(overall), float(emotion))
        features = cal.describe(transcript, card, Tiny())
        rows.append(cal.Rated(card, features, rating(overall, emotion, noise), f"g{number}"))
    return rows


def planted(overall: float, emotion: float, noise: float) -> dict[str, float]:
    """The team looks at the score a little and at the last emotion a lot."""
    return {"overall": 4 + overall / 50 - emotion + 0.3 * noise}


@cache
def fitted() -> tuple[list[cal.Rated], cal.Calibration]:
    rows = team(90, planted)
    return rows, cal.fit_calibration(rows, "team")[0]


def test_points_by_hand() -> None:
    # from the scale 1:5, a rating of 4 is (4 − 1) / (5 − 1) = 75 points; −2:2 likewise
    assert points(4, (1, 5)) == 75
    assert points(1, (-2, 2)) == 75


@pytest.mark.slow
def test_a_planted_relation_is_recovered_out_of_fold() -> None:
    calibration, trials = cal.fit_calibration(team(150, planted), "team")
    trial = trials["overall"]
    assert trial.refused is None
    assert trial.n == 150
    assert trial.gain == pytest.approx(trial.error_raw - trial.error)
    assert trial.gain > 3
    assert trial.spearman.value is not None
    assert trial.spearman_raw.value is not None
    assert trial.spearman.value > 0.9 > trial.spearman_raw.value
    assert calibration.targets["overall"].gain == trial.gain


@pytest.mark.parametrize(
    ("count", "rating", "message"),
    [
        (59, planted, "only 59 rated conversations could be graded; at least 60"),
        (100, lambda o, e, n: {"overall": n}, "no gain"),
        (100, lambda o, e, n: {"overall": o}, "no gain"),  # it is right already
        (60, lambda o, e, n: {"overall": 3.0}, "every rating of overall is 3"),
        (60, lambda o, e, n: {"empathy": n}, "has a rating `overall`"),
    ],
)
def test_what_would_not_help_is_refused(count: int, rating: Rating, message: str) -> None:
    rows = team(count, rating)
    with pytest.raises(Refused, match=message):
        cal.fit_calibration(rows, "team", _scale(rows))


def _scale(rows: list[cal.Rated]) -> tuple[float, float] | None:
    """0–100 where the ratings are the scores themselves."""
    return (0, 100) if all(row.ratings.get("overall") == row.card.overall for row in rows) else None


def test_a_rating_outside_the_given_scale_is_refused() -> None:
    with pytest.raises(Refused, match="lies outside 1:5"):
        cal.fit_calibration(team(80, planted), "team", (1, 5))


def test_conversations_without_a_score_are_not_counted() -> None:
    rows = team(61, planted)
    blank = [replace(row, card=replace(row.card, overall=None)) for row in rows[:2]]
    with pytest.raises(Refused, match="only 59"):
        cal.fit_calibration([*blank, *rows[2:]], "team")


def test_the_same_ratings_give_the_same_bytes_and_survive_the_file(tmp_path: Path) -> None:
    rows = team(90, planted)
    first, _ = cal.fit_calibration(rows, "team")
    second, _ = cal.fit_calibration(team(90, planted), "team")
    assert cal.save(first) == cal.save(second)
    path = tmp_path / "team.kefu"
    path.write_bytes(cal.save(first))
    loaded = cal.load(path)
    assert loaded.hash.startswith("sha256:")
    assert cal.save(loaded) == cal.save(first)
    row = rows[3]
    cards = [to_json(cal.apply(row.card, row.features, c, LIMITS, "zh")) for c in (first, loaded)]
    assert cards[0]["because"] == cards[1]["because"]


def test_no_text_is_kept_in_the_file() -> None:
    _, calibration = fitted()
    content = cal.save(calibration)
    assert "太慢了".encode() not in content
    assert "单子".encode() not in content


def test_points_of_the_groups_sum_to_the_score() -> None:
    rows, calibration = fitted()
    for row in rows[:20]:
        card = cal.apply(row.card, row.features, calibration, LIMITS, "zh")
        shown = to_json(card)
        assert card.overall is not None
        assert shown["overall_raw"] == round(row.card.overall or 0, 1)
        assert sum(shown["because"].values()) == pytest.approx(shown["overall"], abs=1e-9)
        assert 0 <= shown["overall"] <= 100
        assert shown["calibration"]["n"] == 90
        assert set(shown["calibration"]) == {"id", "hash", "n", "gain", "shift"}
        assert card.passed == (card.overall >= 60)


def test_groups_bring_nothing_on_average() -> None:
    rows = team(90, planted)
    features = [row.features for row in rows]
    y = np.array([row.ratings["overall"] * 10 for row in rows])
    support = prepare(learn(features), features)
    ridge = fit(support, y)
    brought = points_of(ridge, support, support)
    assert all(abs(float(values.mean())) < 1e-6 for values in brought.values())
    total = ridge.base + sum(values for values in brought.values())
    assert np.allclose(predict(ridge, support, support), np.clip(total, 0, 100))


def test_a_criterion_that_the_team_rated_gets_a_line_of_its_own() -> None:
    def rating(overall: float, emotion: float, noise: float) -> dict[str, float]:
        return planted(overall, emotion, noise) | {"empathy": 4 - emotion + 0.1 * noise}

    rows = team(120, rating)
    calibration, trials = cal.fit_calibration(rows, "team")
    assert list(trials) == ["overall", "empathy"]
    row = rows[0]
    shown = to_json(cal.apply(row.card, row.features, calibration, LIMITS, "zh"))
    empathy = shown["criteria"]["empathy"]
    assert empathy["score_raw"] == 70.0
    assert empathy["score"] != 70.0
    assert empathy["evidence"][-1]["reason"] == "按你们团队自己的打分校准"
    assert sum(e["points"] for e in empathy["evidence"]) == pytest.approx(empathy["score"])
    assert sum(empathy["because"].values()) == pytest.approx(empathy["score"])


def test_a_critical_error_stays_under_the_cap() -> None:
    rows, calibration = fitted()
    best = max(rows, key=lambda row: row.ratings["overall"])
    card = replace(best.card, critical=("rude",))
    shown = to_json(cal.apply(card, best.features, calibration, LIMITS, "zh"))
    assert shown["overall"] == 39.0
    assert shown["because"]["limit"] < 0
    assert shown["passed"] is False


def test_a_score_that_could_not_be_given_stays_null() -> None:
    rows, calibration = fitted()
    card = replace(rows[0].card, overall=None)
    shown = to_json(cal.apply(card, rows[0].features, calibration, LIMITS, "zh"))
    assert shown["overall"] is None
    assert shown["overall_raw"] is None
    assert shown["because"] == {}


def test_a_calibration_of_another_model_is_refused() -> None:
    rows, calibration = fitted()
    other = replace(rows[0].card, grader={"encoder": "tiny", "model": "sha256:3"})
    with pytest.raises(MissingModel, match="model sha256:2, now sha256:3"):
        cal.apply(other, rows[0].features, calibration, LIMITS, "zh")


@pytest.mark.parametrize("content", [b"", b"hello", b"\x08\x00\x00\x00\x00\x00\x00\x00{}      "])
def test_a_file_that_is_no_calibration(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    with pytest.raises(UnreadableInput, match="is no calibration"):
        cal.load(path)
    with pytest.raises(UnreadableInput, match="cannot be read"):
        cal.load(tmp_path / "none")


def test_a_conversation_with_nothing_said_can_be_described() -> None:
    _, calibration = fitted()
    card = replace(card_of(0, 50.0, 1.0), customer=(), replies=(), criteria={})
    features = cal.describe(Transcript("t", ()), card, Tiny())
    shown = to_json(cal.apply(card, features, calibration, LIMITS, "en"))
    assert 0 <= shown["overall"] <= 100
