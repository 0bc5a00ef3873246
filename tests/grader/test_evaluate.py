"""Counting agreement, with a predictor whose mistakes are known."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from grader.evaluate import (
    Example,
    Heard,
    cross_validate,
    evaluate,
    without_twins,
)
from grader.folds import fingerprints, text_key
from grader.labels import (
    ConversationRow,
    CustomerRow,
    LabelFile,
    PlainRow,
    RatedRow,
    ReplyLabel,
    ReplyRow,
)
from grader.report import Report
from grader.scorecard import CriterionResult, CustomerMark, ReplyMark, Scorecard
from transcripts.errors import Refused
from transcripts.types import Message, Transcript


def reply(number: int, acts: str, **changes: Any) -> ReplyRow:
    values: dict[str, Any] = {
        "id": f"r{number}", "line": number, "lang": "zh", "reply": f"回复{number}",
        "acts": frozenset(acts.split()), "customer": f"问题{number}", "rated": True,
    }  # fmt: skip
    return ReplyRow(**(values | changes))


def card(name: str, overall: float | None, **changes: Any) -> Scorecard:
    values: dict[str, Any] = {
        "transcript": name, "rubric_id": "general", "rubric_version": "1", "grader": {},
        "overall": overall, "passed": None if overall is None else overall >= 60,
        "critical": (), "critical_evidence": (), "coverage": 1.0, "gates": (), "criteria": {},
        "replies": (), "customer": (), "agents": {}, "unverified": (), "confidence": 1.0,
        "review": False, "incomplete": False,
    }  # fmt: skip
    return Scorecard(**(values | changes))


class Fake:
    """Says what it was told to, and counts what it was asked."""

    def __init__(
        self,
        heard: dict[str, Heard] | None = None,
        cards: dict[str, Scorecard] | None = None,
        known: Sequence[Example] = (),
    ) -> None:
        self.known = fingerprints(known)
        self._heard = heard or {}
        self._cards = cards or {}

    def replies(self, rows: Sequence[ReplyRow]) -> list[Heard]:
        return [self._heard[row.id] for row in rows]

    def emotions(self, rows: Sequence[CustomerRow]) -> list[float]:
        return [2.0 if "急" in row.text else 1.0 for row in rows]

    def cards(self, transcripts: Sequence[Transcript]) -> list[Scorecard]:
        return [self._cards[t.id] for t in transcripts]

    def plain(self, kind: str, rows: Sequence[PlainRow]) -> Report:
        return Report("", len(rows), more={"kind": kind})


def heard(acts: str, empathy: float | None, accuracy: float | None, emotion: float) -> Heard:
    return Heard(frozenset(acts.split()), empathy, accuracy, emotion)


ROWS = (
    reply(1, "greet hold", empathy=1.0, accuracy=None, emotion=1.0),
    reply(2, "apologise", empathy=None, accuracy=4.0, emotion=3.0),
    reply(3, "thank", empathy=3.0, accuracy=2.0, emotion=None, disputed=frozenset({"close"})),
)
HEARD = {
    "r1": heard("greet", 1.5, 3.0, 1.0),
    "r2": heard("apologise", None, 3.0, 2.0),
    "r3": heard("thank close deny", 2.5, 2.0, 0.0),
}


def test_replies_by_hand() -> None:
    report = evaluate(LabelFile("f", "replies", ROWS), Fake(HEARD)).to_json()
    # hits greet, apologise, thank; alarm deny; miss hold; close is disputed: 6 / (6 + 1 + 1)
    assert report["acts"]["micro_f1"]["value"] == 0.75
    assert report["acts"]["per_act"]["hold"]["recall"] == 0
    # empathy: the nulls of r2 agree, so applies 3/3; pairs (1, 1.5) (3, 2.5): Σd² 0.5;
    # all four (0.25 + 2.25 + 2.25 + 0.25) / 2 = 2.5: 1 − 0.5 / 2.5 = 0.8
    assert report["empathy"]["kappa"]["value"] == 0.8
    assert (report["empathy"]["applies"], report["empathy"]["n"]) == (1.0, 2)
    # accuracy: r1 null against 3: applies 2/3; pairs (4, 3) (2, 2): Σd² 1; (1+4+1+0)/2 = 3: 2/3
    assert report["accuracy"]["applies"] == 0.6667
    assert report["accuracy"]["kappa"]["value"] == 0.6667
    # emotion: r3 has no label; pairs (1, 1) (3, 2): Σd² 1; (0 + 1 + 4 + 1)/2 = 3
    assert report["emotion"]["n"] == 2
    assert report["emotion"]["kappa"]["value"] == 0.6667
    assert report["critical"] == {"missed": [], "false": []}


def test_the_shape_of_the_contract() -> None:
    report = evaluate(LabelFile("f", "replies", ROWS), Fake(HEARD)).to_json()
    keys = {"file", "n", "acts", "empathy", "accuracy", "emotion", "overall", "critical"}
    assert keys <= set(report)
    assert set(report["acts"]) == {"micro_f1", "per_act"}
    assert set(report["acts"]["micro_f1"]) == {"value", "low", "high"}
    assert set(report["overall"]["spearman"]) == {"value", "low", "high"}
    assert "NaN" not in json.dumps(report)


def test_customer_messages() -> None:
    rows = (
        CustomerRow("a", 1, "zh", "急死了", 3.0),
        CustomerRow("b", 2, "zh", "好的", 1.0),
    )
    report = evaluate(LabelFile("f", "customers", rows), Fake()).to_json()
    # (3, 2) (1, 1): Σd² 1; (1 + 4 + 1 + 0) / 2 = 3
    assert report["emotion"]["kappa"]["value"] == 0.6667
    assert report["acts"]["micro_f1"]["value"] is None


def test_rows_that_the_model_has_learnt_from_are_refused() -> None:
    labels = LabelFile("f", "replies", ROWS)
    report = evaluate(labels, Fake(HEARD, known=ROWS[:1]))
    assert (report.n, report.refused) == (2, 1)
    with pytest.raises(Refused, match="trained on every row of this file"):
        evaluate(labels, Fake(HEARD, known=ROWS))


def talk(name: str) -> Transcript:
    return Transcript(name, (Message("customer", "在吗"), Message("agent", "在的")))


def test_conversations_by_hand() -> None:
    rows = (
        ConversationRow(
            1, talk("a"), 80, {"order": None, "resolution": 3.0}, frozenset(),
            (ReplyLabel(1, frozenset({"greet"}), None),), {0: 1.0},
        ),
        ConversationRow(
            2, talk("b"), 30, {"order": 2.0, "resolution": 1.0}, frozenset({"rude"}),
            (ReplyLabel(1, frozenset({"greet"}), 2.0),), {0: 3.0},
        ),
        ConversationRow(3, talk("c"), 70, {"order": None, "resolution": 2.0}, frozenset()),
    )  # fmt: skip
    resolution = {"resolution": CriterionResult("resolution", 1.0, 50.0, 1.0, rating=2.25)}
    greet = (ReplyMark(1, None, ("greet",), 2.0, None, None),)
    cards = {
        "a": card("a", 90.0, criteria=resolution, replies=greet, customer=(CustomerMark(0, 1.0),)),
        "b": card("b", 65.0, criteria=resolution, customer=(CustomerMark(0, 3.0),)),
        "c": card("c", 50.0, critical=("coerce",), passed=False),
    }
    report = evaluate(LabelFile("f", "conversations", rows), Fake(cards=cards)).to_json()
    # greet heard in a, nothing said of the reply in b: hits 1, misses 1: 2 / 3
    assert report["acts"]["micro_f1"]["value"] == 0.6667
    # ranks of people 3 1 2, of cards 3 2 1: 1 − 6·(0 + 1 + 1) / (3·8) = 0.5
    assert report["overall"]["spearman"]["value"] == 0.5
    assert report["overall"]["mean_difference"] == pytest.approx((10 + 35 + 20) / 3, abs=0.01)
    assert report["overall"]["wrong_side"] == ["b", "c"]
    assert report["critical"]["missed"] == [{"id": "b", "critical": "rude"}]
    assert report["critical"]["false"] == [{"id": "c", "critical": "coerce"}]
    assert report["emotion"]["kappa"]["value"] == 1.0
    # order: labelled in b alone, given by no card: applies where both are null, 2 of 3
    assert report["order"] == {
        "kappa": {"value": None, "low": None, "high": None}, "applies": 0.6667, "n": 0,
    }  # fmt: skip
    # resolution: c has no score: pairs (3, 2.25) (1, 2.25); applies 2 of 3
    assert (report["resolution"]["n"], report["resolution"]["applies"]) == (2, 0.6667)


def test_a_teams_ratings_are_ranked_whatever_their_scale() -> None:
    rows = tuple(
        RatedRow(n, talk(f"t{n}"), {"overall": value}) for n, value in enumerate((-1.5, 0.2, 1.9))
    )
    cards = {f"t{n}": card(f"t{n}", overall) for n, overall in enumerate((10.0, 50.0, 20.0))}
    report = evaluate(LabelFile("f", "ratings", rows), Fake(cards=cards)).to_json()
    # ranks 1 2 3 and 1 3 2: 1 − 6·2 / 24
    assert report["overall"]["spearman"]["value"] == 0.5
    assert report["overall"]["mean_difference"] is None


def test_plain_records_are_measured_by_who_knows_them() -> None:
    labels = LabelFile("f", "pii", (PlainRow(1, {"text": "a", "spans": []}),))
    assert evaluate(labels, Fake()).to_json()["kind"] == "pii"


class Learner:
    """Trains fakes that remember what they were given."""

    def __init__(self) -> None:
        self.given: list[tuple[list[Example], list[Example]]] = []

    def __call__(self, rows: Sequence[Example], tested: Sequence[Example]) -> Fake:
        self.given.append((list(rows), list(tested)))
        return Fake({row.id: heard("hold", 2.0, 2.0, 2.0) for row in tested})  # type: ignore[union-attr]


def test_each_fold_is_graded_by_a_model_that_never_saw_its_twins() -> None:
    rows = [reply(n, "hold", customer=f"问题{n // 2}", empathy=2.0) for n in range(20)]
    corpus: list[Example] = [
        *rows,
        reply(100, "thank", customer="別的"),
        CustomerRow("c", 1, "zh", "問題3！", 2.0),  # the same words as a row's customer
        reply(101, "hold", customer="", reply="回复4"),  # the same words as a row's reply
    ]
    learner = Learner()
    report = cross_validate(LabelFile("f", "replies", tuple(rows)), corpus, learner, folds=5)
    assert report.n == 20
    assert report.micro_f1.value == 1.0
    assert len(learner.given) == 5
    for learnt, tested in learner.given:
        assert len(tested) == 4
        said = {text_key(row.customer) for row in tested if isinstance(row, ReplyRow)}
        for row in learnt:
            text = row.customer if isinstance(row, ReplyRow) else row.text
            assert text_key(text) not in said
        assert len(learnt) >= len(corpus) - 4 - 2
    assert sum(any(row.id == "c" for row in learnt) for learnt, _ in learner.given) == 4
    assert sum(any(row.id == "r101" for row in learnt) for learnt, _ in learner.given) == 4


def test_rows_of_the_file_are_learnt_from_once() -> None:
    rows = [reply(n, "hold") for n in range(10)]
    learner = Learner()
    cross_validate(LabelFile("f", "replies", tuple(rows)), rows[:5], learner, folds=5)
    assert all(len(learnt) == 8 for learnt, _ in learner.given)


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (LabelFile("f", "ratings", (RatedRow(1, talk("a"), {"overall": 1}),)), "leave --cv out"),
        (LabelFile("f", "replies", ROWS), "has 3 different customer texts, too few for 5 folds"),
    ],
)
def test_folds_that_make_no_sense_are_refused(labels: LabelFile, message: str) -> None:
    with pytest.raises(Refused, match=message):
        cross_validate(labels, [], Learner(), folds=5)


def test_twins_by_facts_go_too() -> None:
    a = reply(1, "hold", facts=("满 30 元包邮",), situation="x")
    b = reply(2, "hold", facts=("满 99 元包邮",), situation="x")
    assert without_twins([a, b], [a]) == []
    assert np.array_equal(fingerprints([a]), fingerprints([a, a]))
