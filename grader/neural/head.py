"""A fine-tuned classifier in the place of the linear heads for acts, empathy and emotion.

Its files lie in `head/` beside the model's own, written by `save_pretrained`; the manifest's `head`
holds their hash and the thresholds. The linear heads stay for what the classifier is not asked:
which clause of a reply does an act, what a customer message is for, accuracy, critical errors.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import numpy as np

from grader.acts import fit_thresholds
from grader.ears import ActEars, MoodEars
from grader.encoder import Encoder
from grader.folds import group_folds, groups
from grader.labels import ReplyRow
from grader.linear import Floats, sigmoid
from grader.model import Model, assemble
from grader.mood import Mood
from grader.neural.classifier import Classifier, Recipe, fine_tune, open_classifier
from grader.neural.extra import check_extra
from grader.neural.outputs import (
    ACT,
    APPLIES,
    EMOTION,
    EMPATHY,
    Lessons,
    emotion_lessons,
    pair_of,
    pair_of_message,
    rating,
    reply_lessons,
    together,
)
from grader.neural.place import Place, fingerprint, locate
from grader.training import Corpus, sign_weights
from grader.turn import Seen
from rubrics.ids import ACTS
from transcripts.errors import MissingModel

FOLDER: Final = "head"
ASIDE: Final = 8
"""One group of replies in so many is not learnt from: thresholds are fitted to it."""

Told = Callable[[int, float], None]


@dataclass(frozen=True)
class TunedActs:
    """Acts of whole replies by the classifier; `linear` says which clause does them."""

    classifier: Classifier
    thresholds: Floats
    linear: ActEars

    def clause_probabilities(self, seen: Seen) -> Floats:
        """Of each clause and act, by the linear head."""
        return self.linear.clause_probabilities(seen)

    def probabilities(self, seen: Seen) -> Floats:
        """Of each reply and act."""
        return sigmoid(_heard(self.classifier, seen)[:, ACT])

    def acts(self, probabilities: Floats) -> list[tuple[str, ...]]:
        """The acts of each row of probabilities."""
        return [
            tuple(act for act, p, t in zip(ACTS, row, self.thresholds, strict=True) if p >= t)
            for row in probabilities
        ]


@dataclass(frozen=True)
class TunedWarmth:
    """Empathy by the classifier, which reads the customer's words instead of a rated emotion."""

    classifier: Classifier

    def rate(self, seen: Seen, acts: Floats, emotion: Floats) -> tuple[Floats, Floats]:
        """Ratings in 0–4 and the probability that one applies."""
        logits = _heard(self.classifier, seen)
        return rating(logits, EMPATHY), sigmoid(logits[:, APPLIES])


@dataclass(frozen=True)
class TunedMood:
    """Emotion by the classifier, intents by the linear head."""

    classifier: Classifier
    linear: MoodEars

    def hear(self, texts: Sequence[str], encoder: Encoder) -> Mood:
        """The mood of raw customer messages."""
        logits = self.classifier.logits([pair_of_message(text) for text in texts])
        return Mood(rating(logits, EMOTION), self.linear.hear(texts, encoder).intents)


def _heard(classifier: Classifier, seen: Seen) -> Floats:
    return classifier.logits([pair_of(turn) for turn in seen.turns])


def with_classifier(model: Model, classifier: Classifier, thresholds: Floats) -> Model:
    """The model with its linear ears replaced."""
    return replace(
        model,
        acts=TunedActs(classifier, thresholds, model.acts),
        warmth=TunedWarmth(classifier),
        mood=TunedMood(classifier, model.mood),
    )


def attach(model: Model, folder: Path) -> Model:
    """The model of a folder with the head that was saved in it. Raises `MissingModel`."""
    about = model.manifest["head"]
    place = Place(about["name"], folder / FOLDER)
    if not place.folder.is_dir() or fingerprint(place.folder) != about["weights"]:
        raise MissingModel(
            f"the head in {place.folder} is missing or not the one that {folder / 'model.json'} "
            f"names; run: kefu train --head transformers:{about['name']} --output {folder}"
        )
    classifier = open_classifier(place, int(about["tokens"]))
    return with_classifier(model, classifier, np.array(about["thresholds"], dtype=np.float64))


def source_of(name: str) -> Place:
    """The model that a head is made from; nothing heavy is loaded. Raises `MissingModel`."""
    check_extra()
    return locate(name)


def train_head(
    model: Model,
    corpus: Corpus,
    name: str,
    folder: Path,
    recipe: Recipe,
    told: Told = lambda epoch, loss: None,
) -> Model:
    """The model with a head fine-tuned from a transformers model, saved into the folder's `head/`.

    The model itself is left for `save_model` to write. Raises `MissingModel`.
    """
    place = source_of(name)
    classifier, thresholds = teach(corpus, place, recipe, told)
    classifier.save(folder / FOLDER, place.name)
    about: dict[str, Any] = {
        "kind": "transformers",
        "name": place.name,
        "weights": fingerprint(folder / FOLDER),
        "thresholds": [round(float(value), 4) for value in thresholds],
        "tokens": recipe.tokens,
        "epochs": recipe.epochs,
        "batch": recipe.batch,
        "rate": recipe.rate,
        "seed": recipe.seed,
        "versions": {library: version(library) for library in ("torch", "transformers")},
    }
    manifest = {**model.manifest, "head": about}
    ears = with_classifier(replace(model, manifest=manifest), classifier, thresholds)
    # What happens in a conversation is told from what is heard, so it is fitted to these ears.
    manifest |= sign_weights(corpus, ears)
    return attach(assemble(dict(model.arrays), manifest, model.encoder), folder)


def teach(
    corpus: Corpus, place: Place, recipe: Recipe, told: Told = lambda epoch, loss: None
) -> tuple[Classifier, Floats]:
    """A classifier tuned to the corpus, and a threshold an act from the replies put aside."""
    rows = corpus.replies
    lessons = reply_lessons(rows)
    aside = _aside(rows)
    learnt = together(lessons.chosen(~aside), emotion_lessons(corpus))
    classifier = fine_tune(place, learnt, recipe, told)
    return classifier, _thresholds(classifier, lessons.chosen(aside))


def _aside(rows: Sequence[ReplyRow]) -> np.ndarray:
    """Which whole replies are kept for the thresholds: groups that share no customer's words."""
    whole = np.array([row.unit == "reply" for row in rows])
    return np.asarray((group_folds(groups(rows), ASIDE) == 0) & whole)


def _thresholds(classifier: Classifier, kept: Lessons) -> Floats:
    probabilities = sigmoid(classifier.logits(kept.pairs)[:, ACT])
    return fit_thresholds(kept.target[:, ACT], kept.weight[:, ACT], probabilities)
