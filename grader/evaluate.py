"""Agreement of the grader with labelled data, of whatever kind the labels are.

What grades stands behind `Predictor`, so that a fake can be measured in a test. With folds, a
`Trainer` fits a predictor for each of them to everything that says nothing of what is tested.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from grader.agreement import Labels, estimate, micro_f1, paired, per_act, quadratic_kappa, spearman
from grader.folds import fingerprint_of, group_folds, group_keys, groups, learnt_from, text_key
from grader.labels import (
    ConversationRow,
    CustomerRow,
    LabelFile,
    PlainRow,
    RatedRow,
    ReplyRow,
    Row,
)
from grader.report import UNDEFINED, Overall, Rated, Report
from grader.scorecard import Scorecard
from rubrics.ids import ACTS
from transcripts.errors import Refused
from transcripts.types import Transcript

Example = ReplyRow | CustomerRow
PASS_MARK: Final = 60
_RATINGS: Final = ("empathy", "accuracy", "order", "resolution")


@dataclass(frozen=True, slots=True)
class Heard:
    """What a model makes of one reply; ratings 0–4 or None where they do not apply.

    `emotion` is that of the customer's last message, None without one.
    """

    acts: frozenset[str]
    empathy: float | None
    accuracy: float | None
    emotion: float | None


class Predictor(Protocol):
    """What is measured. `known` are the fingerprints of the rows that it was trained on."""

    known: NDArray[np.uint64]

    def replies(self, rows: Sequence[ReplyRow]) -> Sequence[Heard]:
        """What is heard in each reply, given the customer's words, history and facts of its row."""
        ...

    def emotions(self, rows: Sequence[CustomerRow]) -> Sequence[float]:
        """The emotion (0–4) of each message."""
        ...

    def cards(self, transcripts: Sequence[Transcript]) -> Sequence[Scorecard]:
        """The scorecard of each conversation."""
        ...

    def plain(self, kind: str, rows: Sequence[PlainRow]) -> Report:
        """Figures of records that other modules measure (`pii`, `critical`)."""
        ...


Trainer = Callable[[Sequence[Example], Sequence[Example]], Predictor]
"""Fits a predictor to the first rows; the second are those it is then measured on."""


def evaluate(labels: LabelFile, predictor: Predictor) -> Report:
    """Agreement in one file. Raises `Refused` when the model was trained on every row of it."""
    rows, refused = _unseen(labels.rows, predictor)
    if not rows:
        raise Refused(
            f"{labels.file}: the model was trained on every row of this file, so agreement would "
            "say nothing; give --cv 5 to refit it in folds"
        )
    examples = [row for row in rows if isinstance(row, ReplyRow | CustomerRow)]
    if examples:
        return replace(_of_examples(labels.file, examples, predictor), refused=refused)
    return _of_others(labels, rows, predictor)


def cross_validate(
    labels: LabelFile,
    corpus: Sequence[Example],
    train: Trainer,
    *,
    folds: int = 5,
    progress: Callable[[int], None] = lambda _: None,
) -> Report:
    """Agreement where each fold is graded by a model that never saw it, nor a twin of it.

    Each model learns from the corpus and the other rows of the file. `progress` hears the number
    of each finished fold. Raises `Refused` for files that no model is trained on.
    """
    rows = [row for row in labels.rows if isinstance(row, ReplyRow | CustomerRow)]
    if not rows:
        raise Refused(f"{labels.file}: no model learns from such a file; leave --cv out")
    group = groups(rows)
    if len(set(group)) < folds:
        raise Refused(
            f"{labels.file}: has {len(set(group))} different customer texts, too few for {folds} "
            "folds"
        )
    known = {fingerprint_of(row) for row in corpus}
    everything = [*corpus, *(row for row in rows if fingerprint_of(row) not in known)]
    fold = group_folds(group, folds)
    said = _Said()
    for number in range(folds):
        tested = [row for row, its in zip(rows, fold, strict=True) if its == number]
        predictor = train(without_twins(everything, tested), tested)
        said.hear(tested, predictor)
        progress(number)
    return _measured(labels.file, rows, said)


def without_twins(rows: Sequence[Example], tested: Sequence[Example]) -> list[Example]:
    """The rows that share no customer text, no facts of one situation and no whole reply."""
    keys = {key for row in tested for key in group_keys(row)}
    keys |= {f"reply:{text_key(row.reply)}" for row in tested if isinstance(row, ReplyRow)}
    prints = {fingerprint_of(row) for row in tested}
    return [
        row
        for row in rows
        if keys.isdisjoint(group_keys(row)) and fingerprint_of(row) not in prints
    ]


def _unseen(rows: Sequence[Row], predictor: Predictor) -> tuple[list[Row], int]:
    """Rows that the model has not learnt from, and how many it has."""
    examples = [row for row in rows if isinstance(row, ReplyRow | CustomerRow)]
    if not examples:
        return list(rows), 0
    seen = learnt_from(examples, predictor.known)
    return [row for row, known in zip(rows, seen, strict=True) if not known], int(seen.sum())


class _Said:
    """What predictors said of rows, by row."""

    def __init__(self) -> None:
        self.replies: dict[int, Heard] = {}
        self.emotions: dict[int, float] = {}

    def hear(self, rows: Sequence[Example], predictor: Predictor) -> None:
        replies = [row for row in rows if isinstance(row, ReplyRow)]
        customers = [row for row in rows if isinstance(row, CustomerRow)]
        for row, heard in zip(replies, predictor.replies(replies), strict=True):
            self.replies[id(row)] = heard
        for message, emotion in zip(customers, predictor.emotions(customers), strict=True):
            self.emotions[id(message)] = emotion


def _of_examples(file: str, rows: Sequence[Example], predictor: Predictor) -> Report:
    said = _Said()
    said.hear(rows, predictor)
    return _measured(file, rows, said)


def _measured(file: str, rows: Sequence[Example], said: _Said) -> Report:
    group = dict(zip((id(row) for row in rows), groups(rows), strict=True))
    replies = [row for row in rows if isinstance(row, ReplyRow)]
    heard = [said.replies[id(row)] for row in replies]
    customers = [row for row in rows if isinstance(row, CustomerRow)]
    labels = [
        Labels(row.acts, its.acts, row.disputed) for row, its in zip(replies, heard, strict=True)
    ]
    of_reply = [group[id(row)] for row in replies]
    ratings = {}
    if any(row.rated for row in replies):
        ratings["empathy"] = rated(
            [row.empathy for row in replies], [its.empathy for its in heard], of_reply
        )
        ratings["accuracy"] = rated(
            [row.accuracy for row in replies], [its.accuracy for its in heard], of_reply
        )
    felt = [
        (row.emotion, its.emotion, group[id(row)]) for row, its in zip(replies, heard, strict=True)
    ]
    felt = [pair for pair in felt if pair[0] is not None]
    felt += [(row.emotion, said.emotions[id(row)], group[id(row)]) for row in customers]
    if felt:
        ratings["emotion"] = rated(*(list(side) for side in zip(*felt, strict=True)))
    return Report(
        file,
        len(rows),
        micro_f1=estimate(micro_f1(labels, ACTS), of_reply),
        per_act=per_act(labels, ACTS),
        ratings=ratings,
    )


def rated(
    labels: Sequence[float | None], values: Sequence[float | None], group: Sequence[Hashable]
) -> Rated:
    """Quadratic kappa over the pairs that stand, resampled by group."""
    pairs = paired(labels, values)
    kappa = estimate(quadratic_kappa(pairs.x, pairs.y), [group[row] for row in pairs.kept])
    return Rated(kappa, pairs.applies, len(pairs.kept))


def _of_others(labels: LabelFile, rows: Sequence[Row], predictor: Predictor) -> Report:
    plain = [row for row in rows if isinstance(row, PlainRow)]
    if plain:
        return replace(predictor.plain(labels.kind, plain), file=labels.file)
    talks = [row for row in rows if isinstance(row, ConversationRow | RatedRow)]
    cards = list(predictor.cards([row.transcript for row in talks]))
    people = [_overall(row) for row in talks]
    scores = paired(people, [card.overall for card in cards])
    report = Report(
        labels.file,
        len(talks),
        overall=Overall(estimate(spearman(scores.x, scores.y), scores.kept), len(scores.kept)),
    )
    labelled = [
        (row, card)
        for row, card in zip(talks, cards, strict=True)
        if isinstance(row, ConversationRow)
    ]
    return _of_conversations(report, labelled) if labelled else report


def _overall(row: ConversationRow | RatedRow) -> float | None:
    return row.overall if isinstance(row, ConversationRow) else row.ratings.get("overall")


Labelled = Sequence[tuple[ConversationRow, Scorecard]]


def _of_conversations(report: Report, labelled: Labelled) -> Report:
    acts, empathy, talk = _replies(labelled)
    ratings = {name: _criterion(labelled, name) for name in _RATINGS if _has(labelled, name)}
    if any(pair[0] is not None for pair in empathy):
        ratings["empathy"] = rated([a for a, _ in empathy], [b for _, b in empathy], talk)
    felt = _felt(labelled)
    if felt:
        ratings["emotion"] = rated(
            [a for a, _, _ in felt], [b for _, b, _ in felt], [number for _, _, number in felt]
        )
    missed, false = _critical(labelled)
    apart = [
        abs(row.overall - card.overall)
        for row, card in labelled
        if row.overall is not None and card.overall is not None
    ]
    overall = replace(
        report.overall,
        difference=float(np.mean(apart)) if apart else None,
        wrong=_wrong_side(labelled),
    )
    return replace(
        report,
        micro_f1=estimate(micro_f1(acts, ACTS), talk) if acts else UNDEFINED,
        per_act=per_act(acts, ACTS),
        ratings=ratings,
        overall=overall,
        missed=missed,
        false=false,
    )


def _replies(
    labelled: Labelled,
) -> tuple[list[Labels], list[tuple[float | None, float | None]], list[int]]:
    """Acts and empathy of each labelled reply beside the card's, and its conversation."""
    acts: list[Labels] = []
    empathy: list[tuple[float | None, float | None]] = []
    talk: list[int] = []
    for number, (row, card) in enumerate(labelled):
        marks = {mark.message: mark for mark in card.replies}
        for label in row.replies:
            mark = marks.get(label.message)
            said = frozenset(mark.acts) if mark else frozenset()
            acts.append(Labels(label.acts, said, label.disputed))
            empathy.append((label.empathy, mark.empathy if mark else None))
            talk.append(number)
    return acts, empathy, talk


def _has(labelled: Labelled, name: str) -> bool:
    return any(name in row.ratings for row, _ in labelled)


def _criterion(labelled: Labelled, name: str) -> Rated:
    """A rating of the whole conversation against the criterion of that id."""
    both = [
        (row.ratings[name], _rating(card, name)) for row, card in labelled if name in row.ratings
    ]
    return rated([a for a, _ in both], [b for _, b in both], range(len(both)))


def _rating(card: Scorecard, name: str) -> float | None:
    result = card.criteria.get(name)
    if result is None or result.score is None:
        return None
    return result.rating if result.rating is not None else result.score / 25


def _felt(labelled: Labelled) -> list[tuple[float, float | None, int]]:
    found: list[tuple[float, float | None, int]] = []
    for number, (row, card) in enumerate(labelled):
        marks = {mark.message: mark.emotion for mark in card.customer}
        found += [(emotion, marks.get(index), number) for index, emotion in row.emotions.items()]
    return found


def _critical(
    labelled: Labelled,
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Errors that are there and were not named, and errors that were named and are not there."""
    missed: list[tuple[str, str]] = []
    false: list[tuple[str, str]] = []
    for row, card in labelled:
        if row.critical is not None:
            name = row.transcript.id
            missed += [(name, error) for error in sorted(row.critical - set(card.critical))]
            false += [(name, error) for error in sorted(set(card.critical) - row.critical)]
    return tuple(missed), tuple(false)


def _wrong_side(labelled: Labelled) -> tuple[str, ...]:
    """Conversations that people would pass and the card fails, or the other way round."""
    return tuple(
        row.transcript.id
        for row, card in labelled
        if row.overall is not None
        and card.passed is not None
        and card.passed != (row.overall >= PASS_MARK and not row.critical)
    )
