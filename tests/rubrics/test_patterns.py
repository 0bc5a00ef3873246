"""Which regular expressions are let in, and that those are quick on the worst text."""

from __future__ import annotations

import pytest

from rubrics.patterns import LONGEST_MATCH, MOST_WAYS, SEARCHED, compiled, vetted


@pytest.mark.parametrize(
    "pattern",
    ["退款", "加.{0,5}微信", r"\d{1,6}(?:\.\d{1,2})?元", "(?:好评|五星)返现", "[Vv][Xx]",
     "(?P<n>a|b)c", "a{3}", "(?:ab?){1,3}c"],
)  # fmt: skip
def test_let_in(pattern: str) -> None:
    assert vetted(pattern) == pattern
    assert compiled(pattern).pattern == pattern


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("a*", "upper end"),
        (".+退款", "upper end"),
        ("(a+)+$", "upper end"),
        ("(a|aa){1,20}$", "too many ways"),
        ("(?:a{1,10}){1,10}", "too many ways"),
        ("a{0,50}a{0,50}b", "too many ways"),  # 51 · 51 = 2,601 > 1,000
        ("a{300}", "too many ways"),
        (r"(a)\1", "look-around, back references"),
        ("(?=a)b", "look-around"),
        ("(?<!a)b", "look-around"),
        ("a{0,3}", "matches nothing at all"),
        ("^$", "matches nothing at all"),
        ("(", "not a regular expression"),
        ("[", "not a regular expression"),
        ("a{99999999999}", "not a regular expression"),
    ],
)
def test_refused(pattern: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        vetted(pattern)


def test_the_worst_that_is_let_in_ends() -> None:
    # 31 · 31 = 961 ways, on text where each fails at the last letter
    worst = compiled("a{0,30}a{0,30}b")
    assert worst.search(("a" * SEARCHED)[:SEARCHED]) is None
    assert MOST_WAYS >= 961
    assert LONGEST_MATCH >= 61
