"""Overall scores against a panel of 19 people on 2,884 real helpdesk dialogues (NTCIR-14 STC-3).

    python benchmarks/stc3.py [--data FILE] [--without FILE]

Prints the rank correlation with the panel's mean satisfaction: of the customer's last emotion
alone, of the uncalibrated overall, of the same with the customer's last message taken out, and of
the overall calibrated in 5 × 5 random folds and in folds by brand. Nothing that is fitted here is
kept.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from grader.agreement import Estimate, Floats, estimate, spearman
from grader.calibration import Features, describe
from grader.calibration.ridge import out_of_fold
from grader.calibration.trial import points
from grader.folds import group_folds
from grader.grade import grade
from grader.labels import RatedRow, read_labels
from grader.model import Model, load_model
from grader.scorecard import Scorecard
from rubrics.load import load_rubric
from rubrics.schema import Rubric
from transcripts.types import Transcript

SHARED = Path(__file__).parents[2] / "shared"
REPEATS = 5
FOLDS = 5

# Brands as their helpdesks are addressed or sign; several names of one house are one brand.
BRANDS = {
    "unicom": "联通|10010", "telecom": "电信|10000|天翼", "mobile": "中国移动|10086",
    "smartisan": "锤子|坚果|罗永浩|smartisan|朱萧木", "91": "91|专员", "sogou": "搜狗",
    "yinyuetai": "音悦", "letv": "乐视|贾跃亭|letv", "vivo": "vivo", "ubox": "友宝",
    "qunar": "去哪儿", "elong": "艺龙|elong", "meitu": "美图", "huawei": "华为|花粉|荣耀",
    "okbuy": "好乐买|okbuy", "tcl": "tcl", "vjia": "vjia|凡客", "daofeng": "岛风",
}  # fmt: skip


def brand_of(transcript: Transcript) -> str:
    """The brand that the customer addresses, else the one that the agent names, else `other`."""
    said = [m.text for m in transcript.messages if m.role == "customer"]
    mentions = " ".join(re.findall(r"@[\w\-·]+", " ".join(said))).lower()
    agent = " ".join(m.text for m in transcript.messages if m.role == "agent").lower()
    for text in (mentions, agent):
        found = [name for name, words in BRANDS.items() if re.search(words, text)]
        if found:
            return found[0]
    return "other"


def without_last(transcript: Transcript) -> Transcript:
    """The transcript without the customer's last message."""
    last = max((n for n, m in enumerate(transcript.messages) if m.role == "customer"), default=None)
    kept = tuple(m for n, m in enumerate(transcript.messages) if n != last)
    return replace(transcript, messages=kept)


def overall(cards: Sequence[Scorecard]) -> Floats:
    """Overall scores; those not given rank in the middle."""
    given = [card.overall for card in cards if card.overall is not None]
    middle = float(np.median(given)) if given else 50.0
    return np.array([middle if card.overall is None else card.overall for card in cards])


def shown(name: str, found: Estimate) -> None:
    """One line of the table."""
    if found.value is None or found.low is None or found.high is None:
        print(f"{name:<58} not defined")
    else:
        print(f"{name:<58} {found.value:.3f}  [{found.low:.3f}, {found.high:.3f}]")


def graded(talks: Sequence[Transcript], rubric: Rubric, model: Model) -> list[Scorecard]:
    """The scorecard of each transcript."""
    return [grade(talk, rubric, model) for talk in talks]


def random_folds(size: int, seed: int) -> NDArray[np.intp]:
    """Folds of single conversations."""
    return group_folds(range(size), FOLDS, seed)


def uncalibrated(talks: Sequence[Transcript], y: Floats, cards: Sequence[Scorecard]) -> None:
    """The lines before calibration."""
    ids = range(len(talks))
    last = np.array([-card.customer[-1].emotion if card.customer else -1.0 for card in cards])
    shown("minus the emotion of the customer's last message", estimate(spearman(last, y), ids))
    shown("overall, uncalibrated", estimate(spearman(overall(cards), y), ids))
    missing = sum(card.overall is None for card in cards)
    if missing:
        print(f"  ({missing} conversations without an overall rank in the middle)")


def calibrated(features: list[Features], y: Floats, brands: Sequence[str]) -> None:
    """The lines after calibration."""
    ids = range(len(y))
    runs = [out_of_fold(features, y, random_folds(len(y), seed)) for seed in range(REPEATS)]
    each = [spearman(run, y) for run in runs]
    shown(
        f"overall, calibrated, {REPEATS} × {FOLDS} random folds",
        estimate(lambda weights: np.mean([run(weights) for run in each], axis=0), ids),
    )
    numbers = {brand: n for n, brand in enumerate(sorted(set(brands)))}
    folds = group_folds([numbers[brand] for brand in brands], FOLDS)
    by_brand = out_of_fold(features, y, folds)
    shown(f"overall, calibrated, {FOLDS} folds by brand", estimate(spearman(by_brand, y), brands))
    for fold in range(FOLDS):
        here = np.flatnonzero(folds == fold)
        names = Counter(brands[n] for n in here)
        label = ", ".join(f"{name} {count}" for name, count in names.most_common(4))
        shown(f"  {label}", estimate(spearman(by_brand[here], y[here]), list(here)))


def main() -> None:
    """Grade, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=SHARED / "real" / "stc3_dev.jsonl")
    parser.add_argument("--without", type=Path, default=SHARED / "gold" / "real_dev.jsonl")
    parser.add_argument("--rubric", default="general")
    given = parser.parse_args()
    rows = [row for row in read_labels(given.data).rows if isinstance(row, RatedRow)]
    left_out: set[str] = set()
    if given.without.exists():
        labelled = read_labels(given.without).rows
        left_out = {row.transcript.id for row in labelled if hasattr(row, "transcript")}
    rows = [row for row in rows if row.transcript.id not in left_out]
    talks = [row.transcript for row in rows]
    values = [row.ratings["overall"] for row in rows]
    y = np.array([points(value, (min(values), max(values))) for value in values])

    start = time.perf_counter()
    rubric, model = load_rubric(given.rubric), load_model()
    cards = graded(talks, rubric, model)
    print(f"{len(talks)} dialogues; {'Spearman with the mean satisfaction':<37} 95 % interval")
    uncalibrated(talks, y, cards)
    cut = graded([without_last(talk) for talk in talks], rubric, model)
    shown(
        "overall, uncalibrated, the customer's last message removed",
        estimate(spearman(overall(cut), y), range(len(y))),
    )
    features = [
        describe(talk, card, model.encoder) for talk, card in zip(talks, cards, strict=True)
    ]
    calibrated(features, y, [brand_of(talk) for talk in talks])
    print(f"in {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
