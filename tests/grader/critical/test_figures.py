"""What cross-validation in groups by customer text shows; figures in docs/critical-alarms.md."""

from pathlib import Path

import pytest

from grader.critical.fit import corpus_rows, cross_validate
from grader.encoder import Cached

CORPUS = Path(__file__).parents[3] / "grader" / "corpus"
PRECISE = 0.85
FOUND = 0.82
"""Floors of precision and recall of every error in each language."""


@pytest.mark.longest
@pytest.mark.slow
def test_precision_and_recall_in_folds(corpus_encoder: Cached) -> None:
    counts = cross_validate(corpus_rows(CORPUS), corpus_encoder, 5)
    for (critical, lang), found in counts.items():
        assert found.precision >= PRECISE, (critical, lang, found)
        assert found.recall >= FOUND, (critical, lang, found)
    values = [value for found in counts.values() for value in (found.precision, found.recall)]
    assert sum(values) / len(values) >= 0.9


def test_the_cases_are_many_and_of_every_kind() -> None:
    rows = [row for row in corpus_rows(CORPUS) if row.measured]
    for critical in (
        "rude",
        "off_platform",
        "coerce",
        "leak_privacy",
        "false_promise",
        "false_claim",
        "safety",
    ):
        for english, least in ((False, 40), (True, 20)):
            here = [row for row in rows if (row.lang == "en") == english]
            assert sum(critical in row.critical for row in here) >= least
