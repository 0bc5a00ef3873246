"""The accuracy head: same numbers each time, groups kept whole, null where nothing is stated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from grader.encoder import Vectors
from grader.facts.compare import Context
from grader.facts.features import NEAREST, look, names, nearest
from grader.facts.rating import Head, fit, groups, predict, rate
from transcripts.types import Fact


class Letters:
    """A tiny encoder: the letters of a text, hashed into 24 places."""

    name = "letters"
    dimension = 24

    def encode(self, texts: Sequence[str]) -> Vectors:
        out = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for char in text:
                out[row, ord(char) % self.dimension] += 1
        norms = np.linalg.norm(out, axis=1, keepdims=True)
        return np.asarray(out / np.maximum(norms, 1e-6), dtype=np.float32)


def _rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for days in range(3, 15):
        fact = f"第{days}款签收{days}天内可退，需照片"
        for reply, acts, value in (
            (f"签收{days}天内可以退，拍张照片就行", ["state_policy"], 4.0),
            (f"签收{days + 20}天内都可以退", ["state_policy"], 1.0),
            ("不支持退货的", ["deny"], 0.0),
            ("您好，请稍等", ["greet", "hold"], None),
        ):
            rows.append(
                {"lang": "zh", "customer": f"第{days}款几天内可以退？", "facts": [fact],
                 "reply": reply, "acts": acts, "acts_disputed": [], "accuracy": value}
            )  # fmt: skip
    rows.append({**rows[3], "customer": "在吗", "facts": [], "reply": "在的亲", "acts": ["greet"]})
    return rows


@pytest.fixture(scope="module")
def head() -> Head:
    return fit(_rows(), Letters())


def test_fitting_again_gives_the_same_numbers(head: Head) -> None:
    again = fit(_rows(), Letters(), seed=7)
    assert head.meta == again.meta
    for name, array in head.arrays.items():
        assert array.dtype == np.float32
        np.testing.assert_allclose(array, again.arrays[name], atol=1e-4)


def test_a_right_reply_is_rated_above_a_false_one(head: Head) -> None:
    context = Context(encoder=Letters())
    facts = [Fact("第20款签收20天内可退，需照片")]
    asks = "第20款几天内可以退？"
    right = rate("签收20天内可以退，拍张照片就行", asks, facts, context, head)
    false = rate("签收45天内都可以退", asks, facts, context, head)
    assert right.rating is not None
    assert false.rating is not None
    assert 0 <= false.rating < right.rating <= 4
    assert "contradicted" in {finding.verdict for finding in false.findings}


def test_null_without_facts_or_statement(head: Head) -> None:
    context = Context(encoder=Letters())
    facts = [Fact("签收20天内可退")]
    assert rate("签收20天内可以退", "能退吗", [], context, head).rating is None
    assert (
        rate("您好，请稍等", "能退吗", facts, context, head, acts=("greet", "hold")).rating is None
    )


def test_rows_without_facts_are_null(head: Head) -> None:
    assert predict(_rows()[-1:], Letters(), head) == [None]


def test_a_head_needs_its_encoder(head: Head) -> None:
    with pytest.raises(ValueError, match="encoder"):
        rate("可以", "能退吗", [Fact("可退")], Context(), head)


def test_groups_join_equal_customers_and_near_equal_facts() -> None:
    rows = [
        {"customer": "能退吗？", "facts": ["签收七天内可以退货换货"]},
        {"customer": "能退吗", "facts": ["完全另外一回事情的说明"]},
        {"customer": "怎么办", "facts": ["签收七天内可以退货换货的"]},
        {"customer": "多少钱", "facts": ["单价三十九元包邮"]},
    ]
    found = groups(rows)
    assert found[0] == found[1] == found[2] != found[3]


def test_every_number_has_a_name() -> None:
    seen = look("可以退", "能退吗", [Fact("可退")], Context(encoder=Letters()))
    assert len(names()) == len(seen.values)
    assert len(set(names())) == len(names())
    assert np.isfinite(seen.values).all()


def test_only_the_nearest_facts_are_held_against_one_reply() -> None:
    facts = [Fact("保质期12个月"), Fact("噪音35分贝"), Fact("运费由商家承担"), Fact("颜色有红蓝")]
    kept = nearest("退货运费我们承担", "运费谁出", facts, None)
    assert len(kept) == NEAREST
    assert facts[2] in kept
