"""Conduct: 100 less what bad acts, critical errors and banned phrases cost."""

from grader import conduct
from grader.reading import Clause, HeardReply, Reading
from grader.scorecard import CriticalFinding
from rubrics.schema import ConductSpec
from transcripts.types import Message, Transcript, replies


def spec(**fields: object) -> ConductSpec:
    text = {"zh": "规范", "en": "Conduct"}
    return ConductSpec.model_validate(
        {"kind": "conduct", "weight": 0.1, "name": text, "description": text, **fields}
    )


def reading(said: str, acts: tuple[str, ...] = (), critical: tuple[str, ...] = ()) -> Reading:
    talk = Transcript("t", (Message("customer", "坏了"), Message("agent", said)))
    (reply,) = replies(talk)
    clause = Clause(1, 0, len(said), said, acts, dict.fromkeys(acts, 0.9))
    heard = HeardReply(reply, (clause,), acts, 3, 1, None, (), True)
    found = tuple(CriticalFinding(c, 1, said) for c in critical)
    return Reading(talk, "zh", (heard,), (), found, ())


def test_nothing_bad_keeps_everything() -> None:
    judged = conduct.score(reading("马上给您换"), spec())
    assert judged.score == 100
    assert not judged.faults


def test_acts_cost_what_the_rubric_says() -> None:
    judged = conduct.score(reading("自己没收好怪谁", ("deny", "blame")), spec())
    # 100 − 35 (blame) − 30 (deny)
    assert judged.score == 35
    assert list(judged.faults) == ["conduct.advice_blame", "conduct.advice_deny"]
    assert sum(row.points for row in judged.evidence) == judged.score


def test_never_below_nothing() -> None:
    judged = conduct.score(reading("加我微信", ("deny",), ("off_platform", "rude")), spec())
    assert judged.score == 0
    assert sum(row.points for row in judged.evidence) == 0
    assert {"conduct.advice_off_platform", "conduct.advice_rude"} <= judged.faults.keys()


def test_an_act_that_is_a_critical_error_counts_only_where_one_was_found() -> None:
    assert conduct.score(reading("哈哈", ("rude",)), spec()).score == 100


def test_banned_words_in_either_script() -> None:
    rule = {"words": ["随便你"], "points": 25, "reason": {"zh": "像被赶走", "en": "sent away"}}
    for said in ("随便你怎么想", "隨便你怎麼想"):
        judged = conduct.score(reading(said), spec(banned=[rule]))
        assert judged.score == 75
        assert judged.evidence[-1].quote in said


def test_nobody_spoke() -> None:
    silent = Reading(Transcript("t", ()), "zh", (), (), (), ())
    assert conduct.score(silent, spec()).score is None
