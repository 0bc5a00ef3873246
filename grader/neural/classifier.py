"""A transformers sequence classifier with the outputs of `outputs`: tuned, saved, loaded, asked."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError

from grader.encoder import MAX_CHARS
from grader.linear import Floats
from grader.neural.extra import extra_needed, hold_still
from grader.neural.outputs import NAMES, Lessons, Pair
from grader.neural.place import Place
from transcripts.errors import MissingModel

KEPT = 20_000
"""Distinct pairs whose answers are remembered."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a classifier is fine-tuned: AdamW, the rate rising over a tenth, then falling to 0.

    `tokens` is where a pair is cut.
    """

    epochs: int = 5
    batch: int = 16
    rate: float = 1.5e-4
    tokens: int = 128
    seed: int = 0


class Classifier:
    """One call a pair, on one thread: answers do not depend on what else is asked."""

    def __init__(self, model: Any, tokenizer: Any, tokens: int) -> None:
        self._model = model.eval()
        self._tokenizer = tokenizer
        self._tokens = tokens
        self._known: OrderedDict[Pair, Floats] = OrderedDict()

    def logits(self, pairs: Sequence[Pair]) -> Floats:
        """Log-odds of each pair and output, shape (len(pairs), len(NAMES))."""
        found = np.zeros((len(pairs), len(NAMES)))
        for row, pair in enumerate(pairs):
            if pair not in self._known:
                self._known[pair] = self._ask(pair)
                if len(self._known) > KEPT:
                    self._known.popitem(last=False)
            found[row] = self._known[pair]
        return found

    def _ask(self, pair: Pair) -> Floats:
        import torch

        with torch.inference_mode():
            answer = self._model(**_tokens(self._tokenizer, [pair], self._tokens)).logits[0]
        return np.asarray(answer.double().numpy(), dtype=np.float64)

    def save(self, folder: Path, name: str) -> None:
        """Write model and tokenizer; `name` stands in them instead of where they came from."""
        self._model.config._name_or_path = name
        self._model.save_pretrained(folder)
        self._tokenizer.save_pretrained(folder)


def open_classifier(place: Place, tokens: int) -> Classifier:
    """A classifier that was saved before. Raises `MissingModel`."""
    model, tokenizer = _loaded(place, {})
    if model.config.num_labels != len(NAMES):
        raise MissingModel(
            f"the head in {place.folder} has {model.config.num_labels} outputs instead of "
            f"{len(NAMES)}; run kefu train --head again"
        )
    return Classifier(model, tokenizer, tokens)


def fine_tune(
    place: Place,
    lessons: Lessons,
    recipe: Recipe,
    told: Callable[[int, float], None] = lambda epoch, loss: None,
) -> Classifier:
    """The model of a place, given new outputs and tuned to the lessons.

    Binary cross-entropy over the questions that count. Seeded throughout; torch's own generator is
    left as it was. `told` hears the number and mean loss of each finished epoch. Raises
    `MissingModel`.
    """
    with extra_needed():
        import torch
        from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(recipe.seed)
        labels = dict(enumerate(NAMES))
        model, tokenizer = _loaded(
            place,
            {
                "num_labels": len(NAMES),
                "id2label": labels,
                "label2id": {name: number for number, name in labels.items()},
                "problem_type": "multi_label_classification",
                "ignore_mismatched_sizes": True,
            },
        )
        target = torch.from_numpy(lessons.target.astype(np.float32))
        weight = torch.from_numpy(lessons.weight.astype(np.float32))
        optimizer = torch.optim.AdamW(model.parameters(), lr=recipe.rate, weight_decay=0.01)
        steps = recipe.epochs * -(-len(lessons.pairs) // recipe.batch)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
        chance = np.random.Generator(np.random.PCG64(recipe.seed))
        model.train()
        for epoch in range(recipe.epochs):
            losses = []
            for rows in _batches(lessons.pairs, recipe.batch, chance):
                given = _tokens(tokenizer, [lessons.pairs[row] for row in rows], recipe.tokens)
                said = model(**given).logits
                loss = cross_entropy(said, target[rows], weight[rows], reduction="sum") / len(rows)
                optimizer.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
                optimizer.step()
                schedule.step()
                losses.append(float(loss.detach()))
            told(epoch, float(np.mean(losses)))
    return Classifier(model, tokenizer, recipe.tokens)


def _loaded(place: Place, more: dict[str, Any]) -> tuple[Any, Any]:
    with extra_needed():
        import torch
        from transformers import AutoModelForSequenceClassification, AutoTokenizer
    hold_still()
    try:
        tokenizer = AutoTokenizer.from_pretrained(str(place.folder), local_files_only=True)
        model = AutoModelForSequenceClassification.from_pretrained(
            str(place.folder), local_files_only=True, dtype=torch.float32, **more
        )
    except (OSError, ValueError, KeyError, SafetensorError) as error:
        first = (str(error).strip() or type(error).__name__).split("\n")[0]
        raise MissingModel(
            f"{place.name!r} cannot be loaded as a sequence classifier ({first}); name a model of "
            "transformers that can be one, such as a BERT or RoBERTa"
        ) from error
    return model, tokenizer


def _tokens(tokenizer: Any, pairs: Sequence[Pair], most: int) -> Any:
    asked, said = ([text[:MAX_CHARS] for text in side] for side in zip(*pairs, strict=True))
    return tokenizer(
        asked, said, truncation="longest_first", max_length=most, padding=True, return_tensors="pt"
    )


def _rate(step: int, steps: int) -> float:
    rising = max(1, steps // 10)
    if step < rising:
        return (step + 1) / rising
    return max(0.0, (steps - step) / max(1, steps - rising))


def _batches(pairs: Sequence[Pair], size: int, chance: np.random.Generator) -> Iterator[list[int]]:
    """Every row once in random batches of like length, so that little is padded."""
    order = chance.permutation(len(pairs))
    batches: list[list[int]] = []
    for start in range(0, len(order), size * 32):
        near = sorted(order[start : start + size * 32], key=lambda row: _length(pairs[row]))
        batches += [[int(row) for row in near[n : n + size]] for n in range(0, len(near), size)]
    for number in chance.permutation(len(batches)):
        yield batches[number]


def _length(pair: Pair) -> int:
    return len(pair[0]) + len(pair[1])
