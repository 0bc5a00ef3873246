"""The project's own model behind `evaluate.Predictor`.

A labelled reply is graded as the last one of a small conversation made of its row, so that what is
measured is what grades real chats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from grader.critical import fit as critical
from grader.encoder import Encoder
from grader.evaluate import Example, Heard, Predictor, Trainer
from grader.folds import fingerprint, text_key
from grader.hearing import hear
from grader.labels import CustomerRow, PlainRow, ReplyRow, Row
from grader.model import Model
from grader.report import Report
from grader.scorecard import Scorecard
from grader.training import Corpus, train
from transcripts.errors import Refused
from transcripts.masking.measure import measure
from transcripts.types import Fact, Message, Transcript

Grade = Callable[[Transcript, Model], Scorecard]


class ModelPredictor:
    """Hears rows with a model; `grade` gives the scorecard of a conversation under one rubric."""

    def __init__(self, model: Model, grade: Grade) -> None:
        self.known: NDArray[np.uint64] = model.fingerprints
        self._model = model
        self._grade = grade

    def replies(self, rows: Sequence[ReplyRow]) -> list[Heard]:
        """What is heard in each reply."""
        return [self._reply(row) for row in rows]

    def _reply(self, row: ReplyRow) -> Heard:
        reading = hear(transcript_of(row), self._model)
        last = reading.replies[-1]
        emotion = reading.customer[-1].emotion if row.customer else None
        return Heard(frozenset(last.acts), last.empathy, last.accuracy, emotion)

    def emotions(self, rows: Sequence[CustomerRow]) -> list[float]:
        """The emotion of each message."""
        if not rows:
            return []
        mood = self._model.mood.hear([row.text for row in rows], self._model.encoder)
        return [float(emotion) for emotion in mood.emotion]

    def cards(self, transcripts: Sequence[Transcript]) -> list[Scorecard]:
        """The scorecard of each conversation."""
        return [self._grade(transcript, self._model) for transcript in transcripts]

    def plain(self, kind: str, rows: Sequence[PlainRow]) -> Report:
        """Masking of personal data, or critical errors."""
        if kind == "pii":
            return Report("", len(rows), more={"masking": measure([row.record for row in rows])})
        return self._named(rows, critical.critical_rows([row.record for row in rows]))

    def _named(self, rows: Sequence[PlainRow], cases: Sequence[critical.Row]) -> Report:
        missed: list[tuple[str, str]] = []
        false: list[tuple[str, str]] = []
        unseen = 0
        for row, case in zip(rows, cases, strict=True):
            window = case.window
            if fingerprint(window.customer, window.text) in self.known:
                continue
            unseen += 1
            customer = tuple(window.customer.split("\n")) if window.customer else ()
            facts = tuple(Fact(text) for text in window.facts)
            reading = hear(_talk(row.line, (), customer, window.text, facts), self._model)
            found = {error.id for error in reading.critical} - case.unknown
            name = str(row.record.get("id", row.line))
            missed += [(name, error) for error in sorted(case.critical - found)]
            false += [(name, error) for error in sorted(found - case.critical)]
        if not unseen:
            raise Refused(
                "the model was trained on every one of these critical cases; give --cv 5 to refit "
                "it in folds"
            )
        refused = len(rows) - unseen
        return Report("", unseen, refused, missed=tuple(missed), false=tuple(false))


def in_folds(
    rows: Sequence[Row], corpus: Sequence[critical.Row], encoder: Encoder, folds: int
) -> Report:
    """Critical errors named by heads refitted in folds of these cases, with any encoder.

    The heads learn from the `corpus` as well, but for what a customer says in the fold left out.
    """
    plain = [row.record for row in rows if isinstance(row, PlainRow)]
    cases = critical.critical_rows(plain)
    known = {case.window for case in cases}
    others = [replace(row, measured=False) for row in corpus if row.window not in known]
    counts = critical.cross_validate([*cases, *others], encoder, folds)
    figures = {
        f"{name} {lang}": {"precision": round(c.precision, 4), "recall": round(c.recall, 4)}
        for (name, lang), c in counts.items()
    }
    return Report("", len(plain), more={"critical_errors": figures})


def transcript_of(row: ReplyRow) -> Transcript:
    """The conversation that a labelled reply ends."""
    facts = tuple(Fact(text) for text in row.facts)
    customer = (row.customer,) if row.customer else ()
    talk = _talk(row.line, row.history, customer, row.reply, facts)
    return Transcript(talk.id, talk.messages, lang=row.lang, facts=facts)


def _talk(
    line: int,
    history: Sequence[str],
    customer: Sequence[str],
    reply: str,
    facts: tuple[Fact, ...],
) -> Transcript:
    before = tuple(_said(history))
    asked = tuple(Message("customer", text) for text in customer)
    if before and not asked and before[-1].role == "agent":
        # What was said before is another reply, not the beginning of this one.
        before = (*before[:-1], Message("agent", before[-1].text, sender="before"))
    said = tuple(Message("agent", text) for text in reply.split("\n") if text.strip())
    return Transcript(str(line), (*before, *asked, *said), facts=facts)


def _said(history: Sequence[str]) -> Iterator[Message]:
    """Lines such as "agent: …"; a line without a speaker is the customer's."""
    for line in history:
        role, colon, text = line.partition(":")
        if colon and role.strip() == "agent":
            yield Message("agent", text.strip())
        else:
            yield Message("customer", text.strip() if role.strip() == "customer" else line)


def trainer(corpus: Corpus, encoder: Encoder, grade: Grade) -> Trainer:
    """Refits every head to the rows of a fold and to the critical cases, minus their twins."""

    def fit(rows: Sequence[Example], tested: Sequence[Example]) -> Predictor:
        here = replace(
            corpus,
            replies=tuple(row for row in rows if isinstance(row, ReplyRow)),
            customers=tuple(row for row in rows if isinstance(row, CustomerRow)),
            critical=_without(corpus.critical, tested),
        )
        return ModelPredictor(train(here, encoder), grade)

    return fit


def _without(cases: Sequence[critical.Row], tested: Sequence[Example]) -> tuple[critical.Row, ...]:
    """The cases that share neither a customer's nor an agent's words with what is tested."""
    asked = {text_key(row.customer if isinstance(row, ReplyRow) else row.text) for row in tested}
    said = {text_key(row.reply) for row in tested if isinstance(row, ReplyRow)}
    asked.discard("")
    return tuple(
        case
        for case in cases
        if text_key(case.window.customer) not in asked and text_key(case.window.text) not in said
    )
