"""Fitting every head from the labelled corpus. Nothing is random; nothing but the model is kept."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import numpy as np

from grader import accuracy, outcome
from grader.acts import ActHead, fit_acts, fit_thresholds, targets
from grader.critical import fit as critical
from grader.encoder import Encoder
from grader.facts import rating as facts
from grader.facts.features import nearest
from grader.folds import fingerprints, group_folds, groups
from grader.hearing import hear
from grader.labels import ConversationRow, CustomerRow, ReplyRow, read_labels
from grader.lessons import eyes_for, moods
from grader.linear import Floats, Strength
from grader.model import FORMAT, Arrays, Model, assemble, head_arrays
from grader.mood import fit_mood
from grader.signs import fit_signs
from grader.turn import Seen, Turn, see, turn
from grader.warmth import fit_warmth
from transcripts.types import Fact

CORPUS: Final = Path(__file__).parent / "corpus"
REPLY_FILE: Final = "replies.jsonl"
"""Replies that two annotators rated."""
REPLY_FILES: Final = (
    REPLY_FILE, "extra_replies.jsonl", "sentences.tsv", "extra_sentences.tsv", "context.jsonl",
    "extra_context.jsonl",
)  # fmt: skip
CUSTOMER_FILES: Final = ("customers.jsonl", "extra_customers.jsonl")
CRITICAL_FILE: Final = "critical.jsonl"
CONVERSATION_FILE: Final = "conversations.jsonl"

KEPT: Final = 400_000
"""Vectors to remember while fitting: every text of the corpus is looked at several times, by every
head and in every fold. More than there are texts, so that none is encoded twice."""
SEED: Final = 0
FOLDS: Final = 3
TWICE: Final = 2.0
"""Weight of a reply that two people labelled beside one that one person did."""
STRENGTH: Final = Strength(dense=0.5, grams=0.1, steps=110, tolerance=1e-7)


@dataclass(frozen=True)
class Corpus:
    """Labelled rows to learn from.

    `critical` are those of `grader.critical.fit`; `once` the ids of replies rated once only.
    """

    replies: tuple[ReplyRow, ...]
    customers: tuple[CustomerRow, ...]
    critical: tuple[critical.Row, ...]
    conversations: tuple[ConversationRow, ...] = ()
    once: frozenset[str] = frozenset()
    hash: str = ""


def read_corpus(folder: Path = CORPUS) -> Corpus:
    """The corpus of the project. Raises `UnreadableInput` or `InvalidFile`."""
    digest = hashlib.sha256()
    for name in (*REPLY_FILES, *CUSTOMER_FILES, CRITICAL_FILE, CONVERSATION_FILE):
        digest.update((folder / name).read_bytes())
    replies = [row for name in REPLY_FILES for row in read_labels(folder / name).rows]
    customers = [row for name in CUSTOMER_FILES for row in read_labels(folder / name).rows]
    whole = read_labels(folder / CONVERSATION_FILE).rows
    return Corpus(
        tuple(row for row in replies if isinstance(row, ReplyRow)),
        tuple(row for row in customers if isinstance(row, CustomerRow)),
        tuple(critical.corpus_rows(folder)),
        tuple(row for row in whole if isinstance(row, ConversationRow)),
        frozenset(row.id for row in replies if isinstance(row, ReplyRow) and row.rated)
        - {row.id for row in read_labels(folder / REPLY_FILE).rows if isinstance(row, ReplyRow)},
        "sha256:" + digest.hexdigest(),
    )


def train(corpus: Corpus, encoder: Encoder) -> Model:
    """A model of the whole corpus."""
    rows = corpus.replies
    turns = [turn_of(row, encoder) for row in rows]
    eyes = eyes_for(turns, encoder)
    seen = see(turns, eyes)
    target, weight = targets(
        [sorted(row.acts) for row in rows], [sorted(row.disputed) for row in rows]
    )
    twice = np.array([row.rated and row.id not in corpus.once for row in rows])
    weight *= np.where(twice, TWICE, 1.0)[:, None]
    acts = fit_acts(seen, target, weight, STRENGTH)
    unseen = _out_of_fold(rows, seen, target, weight)
    real = np.array([row.unit == "reply" for row in rows])
    thresholds = fit_thresholds(target[real], weight[real], unseen[real])

    mood = fit_mood(*moods(corpus.replies, corpus.customers), encoder)
    rated = np.array([row.rated for row in rows])
    emotions = np.array([0.0 if row.emotion is None else row.emotion for row in rows])
    warmth = fit_warmth(
        _chosen(seen, rated),
        unseen[rated],
        emotions[rated],
        [row.empathy for row in rows if row.rated],
    )
    told = [row for row in rows if row.rated]
    rated_by_facts = facts.fit(
        [_plain(row) for row in told if row.id not in corpus.once],
        encoder,
        extra=[_plain(row) for row in told if row.id in corpus.once],
    )
    alarms, alarms_meta = critical.fit(corpus.critical, encoder, SEED)

    arrays: Arrays = {
        **head_arrays("clause", acts.clause),
        **head_arrays("whole", acts.whole),
        **head_arrays("mood", mood.head),
        **head_arrays("warmth", warmth.head),
        "idf.replies": eyes.vocabulary.idf,
        "idf.customers": mood.vocabulary.idf,
        "narrow": eyes.narrow,
        "fingerprints": fingerprints(
            (*rows, *corpus.customers),
            [(case.window.customer, case.window.text) for case in corpus.critical],
        ),
        **{f"facts/{name}": array for name, array in rated_by_facts.arrays.items()},
        **{f"critical/{name}": array for name, array in alarms.items()},
    }
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "encoder": encoder.name,
        "corpus": corpus.hash,
        "seed": SEED,
        "thresholds": [round(float(value), 4) for value in thresholds],
        "vocabularies": {
            "replies": list(eyes.vocabulary.grams),
            "customers": list(mood.vocabulary.grams),
        },
        "facts": dict(rated_by_facts.meta),
        "critical": alarms_meta,
        "versions": {name: version(name) for name in ("numpy", "scipy", "scikit-learn")},
        "machine": platform.machine(),
    }
    ears = assemble(arrays, manifest | {"outcome": {"base": 0.0}, "truth": {"base": 0.0}}, encoder)
    return assemble(arrays, manifest | sign_weights(corpus, ears), encoder)


def sign_weights(corpus: Corpus, ears: Model) -> dict[str, dict[str, float]]:
    """What conversations are rated by, fitted to what the other heads hear in the corpus's own."""
    heard = [(row, hear(row.transcript, ears)) for row in corpus.conversations]
    rooms = {"outcome": ("resolution", outcome), "truth": ("accuracy", accuracy)}
    fitted = {}
    for name, (rating, room) in rooms.items():
        rated = [(row.ratings.get(rating), reading) for row, reading in heard]
        known = [(value, room.signs(reading)) for value, reading in rated if value is not None]
        head = fit_signs(
            [found for _, found in known], [value for value, _ in known], room.DIRECTION
        )
        fitted[name] = {"base": head.base, **head.weights}
    return fitted


def turn_of(row: ReplyRow, encoder: Encoder | None = None) -> Turn:
    """The turn of a labelled reply: the reply before it is the last one in its history.

    Without an encoder the nearest of many facts are told by their words alone.
    """
    before = [line.partition(":")[2] for line in row.history if line.startswith("agent")]
    customer = row.customer.split("\n") if row.customer else []
    known = nearest(row.reply, row.customer, [Fact(text) for text in row.facts], encoder)
    return turn(row.reply.split("\n"), customer, before[-1:], [fact.text for fact in known])


def _plain(row: ReplyRow) -> dict[str, Any]:
    """A rated row as the accuracy head takes it."""
    return {
        "lang": row.lang, "customer": row.customer, "facts": list(row.facts), "reply": row.reply,
        "acts": sorted(row.acts), "acts_disputed": sorted(row.disputed), "accuracy": row.accuracy,
    }  # fmt: skip


def _out_of_fold(rows: Sequence[ReplyRow], seen: Seen, target: Floats, weight: Floats) -> Floats:
    """Probabilities of each row by heads that saw no row of its group."""
    fold = group_folds(groups(rows), FOLDS, SEED)
    unseen = np.zeros_like(target)
    for number in range(FOLDS):
        inside = fold != number
        head: ActHead = fit_acts(_chosen(seen, inside), target[inside], weight[inside], STRENGTH)
        unseen[~inside] = head.probabilities(_chosen(seen, ~inside))
    return unseen


def _chosen(seen: Seen, which: np.ndarray) -> Seen:
    """The turns for which `which` is true, renumbered."""
    instances = which[seen.bag]
    number = np.cumsum(which) - 1
    return Seen(
        number[seen.bag[instances]],
        seen.clause[instances],
        seen.clause_grams.take(instances),
        seen.whole[which],
        seen.whole_grams.take(which),
        seen.told[which],
        tuple(turn for turn, chosen in zip(seen.turns, which, strict=True) if chosen),
    )
