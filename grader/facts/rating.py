"""The 0–4 accuracy of one reply, and whether it has one at all.

Kernel ridge regression: a Gaussian kernel on the named numbers of `features` and act estimates,
plus linear parts on sentence vectors and marked words. Everything is solved in closed form, so
training again gives the same numbers; grading needs numpy only. Squared error pulls predictions to
the middle, so they are spread again to the labels' own spread, measured with whole groups left out.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from grader.clauses import shown
from grader.encoder import Encoder
from grader.facts.compare import Context, check
from grader.facts.features import Seen, look, nearest
from grader.facts.findings import Finding, in_force
from grader.facts.putting_off import only_puts_off
from grader.facts.wordings import marked, vocabulary, weigh
from grader.normalise import normalise
from rubrics.ids import ACTS
from transcripts.types import Fact

Array = NDArray[np.float64]

GAMMA: Final = 0.003
RIDGE: Final = 0.5
ACT_RIDGE: Final = 1.0
ACT_SHARE: Final = 0.7
VECTOR_SHARE: Final = 0.1
WORD_SHARE: Final = 0.3
NULL_RIDGE: Final = 3.0
EXTRA_TRUST: Final = 0.2
"""Weight of a row of another register against one of the main corpus."""
VAGUE: Final = 2.0
"""Nothing wrong, and the question is not answered."""


NULL_ACTS: Final = frozenset(
    {"greet", "thank", "close", "hold", "apologise", "empathise", "reassure", "request_evidence",
     "ask_problem", "verify_order"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """A fitted model: arrays for safetensors (float32) and a small part for JSON."""

    arrays: Mapping[str, NDArray[np.float32]]
    meta: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rated:
    """`rating` 0–4, or None where accuracy does not apply; `null` is the probability of that."""

    rating: float | None
    null: float
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Inputs:
    """Replies as numbers, before anything fitted: shapes (n, features), (n, 5·d), (n, d)."""

    values: Array
    vectors: Array
    replies: Array
    words: tuple[frozenset[str], ...]


def _vectors(reply: Array, customer: Array, facts: Array) -> Array:
    """Sentence vectors with product and distance of reply and facts, scaled to like weight."""
    scale = float(np.sqrt(reply.shape[1]))
    return np.hstack(
        [
            reply,
            0.6 * customer,
            0.6 * facts,
            0.5 * scale * reply * facts,
            0.3 * np.abs(reply - facts),
        ]
    )


def inputs(
    items: Sequence[tuple[str, str, Sequence[Fact]]], seen: Sequence[Seen], encoder: Encoder
) -> Inputs:
    """The numbers of (reply, customer, facts) triples that were looked at before."""
    replies = encoder.encode([shown(reply) for reply, _, _ in items]).astype(np.float64)
    customers = encoder.encode([normalise(heard) for _, heard, _ in items]).astype(np.float64)
    facts = encoder.encode([normalise(" ".join(f.text for f in known)) for _, _, known in items])
    return Inputs(
        values=np.array([one.values for one in seen]),
        vectors=_vectors(replies, customers, facts.astype(np.float64)),
        replies=replies,
        words=tuple(marked(r, c, [f.text for f in known]) for r, c, known in items),
    )


def triple(row: Mapping[str, Any]) -> tuple[str, str, tuple[Fact, ...]]:
    """Reply, customer and facts of a row of the corpus."""
    return row["reply"], row["customer"], tuple(Fact(text) for text in row["facts"])


def rows_inputs(rows: Sequence[Mapping[str, Any]], encoder: Encoder) -> Inputs:
    """The numbers of corpus rows."""
    items = [triple(row) for row in rows]
    seen = [
        look(reply, customer, facts, Context(language=row.get("lang", "zh"), encoder=encoder))
        for row, (reply, customer, facts) in zip(rows, items, strict=True)
    ]
    return inputs(items, seen, encoder)


def plain_text(text: str) -> str:
    """Letters and digits only, lower case: texts that differ in punctuation count as one."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def groups(rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """A group number a row: rows of one customer text, or of near-equal facts, share a group."""
    parent = list(range(len(rows)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    first: dict[str, int] = {}
    grams: list[set[str]] = []
    holders: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        parent[root(i)] = root(first.setdefault(plain_text(row["customer"]), i))
        text = plain_text(" ".join(row["facts"]))
        grams.append({text[k : k + 3] for k in range(max(0, len(text) - 2))})
        common: Counter[int] = Counter(j for gram in grams[i] for j in holders.get(gram, ()))
        for j, n in common.items():
            if n >= 0.6 * (len(grams[i]) + len(grams[j]) - n):
                parent[root(i)] = root(j)
        for gram in grams[i]:
            holders.setdefault(gram, []).append(i)
    return [root(i) for i in range(len(rows))]


def fit(
    rows: Sequence[Mapping[str, Any]],
    encoder: Encoder,
    seed: int = 0,
    extra: Sequence[Mapping[str, Any]] = (),
) -> Head:
    """A head fitted to corpus rows (customer, facts, reply, acts, accuracy).

    `extra` rows of another register teach too, with less weight, and do not set the spread of the
    ratings. `seed` changes nothing: every step is solved in closed form.
    """
    every = [*rows, *extra]
    silent = silent_rows(every)
    data = rows_inputs(every, encoder)
    return fit_inputs(every, data, len(rows), rows_inputs(silent, encoder) if silent else None)


def silent_rows(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Greetings, thanks, holds and the like beside facts that they do not touch.

    The corpus gives such replies no facts, a conversation gives every reply all of them; by the
    codebook they make no checkable statement. Each takes the facts of a row further on.
    """
    listed = [row["facts"] for row in rows if row["facts"]]
    silent = [
        row
        for row in rows
        if not row["facts"]
        and row["acts"]
        and NULL_ACTS.issuperset([*row["acts"], *row.get("acts_disputed", ())])
    ]
    return [{**row, "facts": listed[(37 * i + 11) % len(listed)]} for i, row in enumerate(silent)]


def fit_inputs(
    rows: Sequence[Mapping[str, Any]],
    data: Inputs,
    main: int | None = None,
    silent: Inputs | None = None,
) -> Head:
    """As `fit`, from numbers made before; rows from number `main` on are extra ones, `silent` are
    replies that state nothing."""
    main = len(rows) if main is None else main
    labels = np.array([np.nan if r["accuracy"] is None else float(r["accuracy"]) for r in rows])
    rated = np.flatnonzero(~np.isnan(labels))
    acts = _fit_acts(rows, data.replies)
    numbers = np.hstack([data.values, data.replies @ acts])
    mean, spread = numbers[rated].mean(axis=0), numbers[rated].std(axis=0) + 1e-6
    kept, idf = vocabulary([data.words[i] for i in rated])
    arrays: dict[str, Array] = {"acts": acts, "mean": mean, "spread": spread, "idf": idf}
    index = {word: i for i, word in enumerate(kept)}
    points = _scaled(numbers, arrays, data.values.shape[1])
    words = weigh([data.words[i] for i in rated], index, idf)
    y, centre = labels[rated], float(labels[rated[rated < main]].mean())
    kernel = (
        _gauss(points[rated], points[rated])
        + VECTOR_SHARE * data.vectors[rated] @ data.vectors[rated].T
        + WORD_SHARE * words @ words.T
    )
    trust = np.where(rated < main, 1.0, EXTRA_TRUST)
    inverse: Array = np.asarray(np.linalg.inv(kernel + np.diag(RIDGE / trust)), dtype=np.float64)
    weights = inverse @ (y - centre)
    member = np.array(groups(rows))[rated]
    own = rated < main
    slope, offset = _spread(y[own], (y - _left_out(inverse, weights, member))[own])
    arrays |= {
        "points": points[rated],
        "weights": weights,
        "vector": VECTOR_SHARE * data.vectors[rated].T @ weights,
        "word": WORD_SHARE * words.T @ weights,
        "line": np.array([centre, slope, offset]),
        "null": _fit_null(*_null_cases(rows, points, labels, silent, arrays)),
    }
    stored = {name: np.asarray(array, dtype=np.float32) for name, array in arrays.items()}
    return Head(stored, {"vocabulary": kept, "features": data.values.shape[1], "rows": len(rated)})


def _fit_acts(rows: Sequence[Mapping[str, Any]], replies: Array) -> Array:
    """Ridge weights (d, acts) that estimate the acts from the reply's vector; disputed count half."""
    wanted = np.array(
        [
            [
                1.0 if a in r["acts"] else 0.5 if a in r.get("acts_disputed", ()) else 0.0
                for a in ACTS
            ]
            for r in rows
        ]
    )
    gram = replies.T @ replies + ACT_RIDGE * np.eye(replies.shape[1])
    return np.asarray(np.linalg.solve(gram, replies.T @ wanted), dtype=np.float64)


def _scaled(numbers: Array, arrays: Mapping[str, Array], features: int) -> Array:
    points = np.clip((numbers - arrays["mean"]) / arrays["spread"], -4.0, 4.0)
    points[:, features:] *= ACT_SHARE
    return points


def _gauss(left: Array, right: Array) -> Array:
    square = (left**2).sum(1)[:, None] + (right**2).sum(1)[None] - 2 * left @ right.T
    return np.asarray(np.exp(-GAMMA * np.maximum(square, 0.0)))


def _left_out(inverse: Array, weights: Array, member: NDArray[np.int64]) -> Array:
    """Each row's error when its whole group is left out: (A⁻¹_BB)⁻¹ (A⁻¹ y)_B."""
    error = np.zeros(len(weights))
    for group in np.unique(member):
        rows = np.flatnonzero(member == group)
        error[rows] = np.linalg.solve(inverse[np.ix_(rows, rows)], weights[rows])
    return error


def _spread(labels: Array, predicted: Array) -> tuple[float, float]:
    """Slope and offset that give predictions the labels' mean and spread."""
    slope = float(labels.std() / max(float(predicted.std()), 1e-6))
    return slope, float(labels.mean() - slope * predicted.mean())


def _null_cases(
    rows: Sequence[Mapping[str, Any]],
    points: Array,
    labels: Array,
    silent: Inputs | None,
    arrays: Mapping[str, Array],
) -> tuple[Array, Array]:
    """Points and whether each is null: rows that have facts, and the silent ones."""
    mine = np.flatnonzero(np.array([bool(row["facts"]) for row in rows]))
    x, y = points[mine], np.isnan(labels[mine]).astype(np.float64)
    if silent is not None:
        numbers = np.hstack([silent.values, silent.replies @ arrays["acts"]])
        more = _scaled(numbers, arrays, silent.values.shape[1])
        x, y = np.vstack([x, more]), np.concatenate([y, np.ones(len(more))])
    return x, y


def _fit_null(points: Array, null: Array) -> Array:
    """Logistic weights (features + 1) for "no checkable statement".

    Newton's steps to a fixed point; the penalty makes the problem strictly convex.
    """
    x, y = np.hstack([points, np.ones((len(points), 1))]), null
    penalty = NULL_RIDGE * np.eye(x.shape[1])
    penalty[-1, -1] = 1e-6
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-(x @ weights)))
        gradient = x.T @ (p - y) + penalty @ weights
        step = np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + penalty, gradient)
        weights = weights - step
        if np.abs(step).max() < 1e-10:
            break
    return np.asarray(weights, dtype=np.float64)


def predict_inputs(data: Inputs, head: Head) -> tuple[Array, Array]:
    """Ratings clipped to 0–4 and probabilities of null, each of shape (n,)."""
    arrays = {name: np.asarray(array, dtype=np.float64) for name, array in head.arrays.items()}
    numbers = np.hstack([data.values, data.replies @ arrays["acts"]])
    points = _scaled(numbers, arrays, int(head.meta["features"]))
    index = {word: i for i, word in enumerate(head.meta["vocabulary"])}
    words = weigh(data.words, index, arrays["idf"])
    centre, slope, offset = arrays["line"]
    raw = (
        centre
        + _gauss(points, arrays["points"]) @ arrays["weights"]
        + data.vectors @ arrays["vector"]
        + words @ arrays["word"]
    )
    null = 1 / (1 + np.exp(-(points @ arrays["null"][:-1] + arrays["null"][-1])))
    return np.clip(offset + slope * raw, 0.0, 4.0), null


def predict(rows: Sequence[Mapping[str, Any]], encoder: Encoder, head: Head) -> list[float | None]:
    """The rating of each corpus row, None where accuracy does not apply."""
    ratings, null = predict_inputs(rows_inputs(rows, encoder), head)
    return [
        None if not row["facts"] or p >= 0.5 else float(rating)
        for row, rating, p in zip(rows, ratings, null, strict=True)
    ]


def rate(
    reply: str,
    customer: str,
    facts: Sequence[Fact],
    context: Context,
    head: Head,
    acts: Collection[str] = (),
) -> Rated:
    """The accuracy of one reply. Without facts it has none; findings are given all the same.

    `context.encoder` must be the encoder that the head was fitted with. `acts`, where known: a reply
    that only greets, thanks, holds, apologises or asks states nothing that could be wrong. What only
    puts off is vague by the codebook, whatever its words are near to.
    """
    if context.encoder is None:
        raise ValueError("rate needs the encoder that the head was fitted with in context.encoder")
    if not facts:
        return Rated(None, 1.0, tuple(check(reply, customer, facts, context)))
    seen = look(reply, customer, facts, context)
    about = nearest(reply, customer, in_force(facts, context), context.encoder)
    data = inputs([(reply, customer, about)], [seen], context.encoder)
    ratings, null = predict_inputs(data, head)
    probability = float(null[0])
    if acts and NULL_ACTS.issuperset(acts) and not _grave(seen.findings):
        probability = max(probability, 0.9)
    rating = None if probability >= 0.5 else float(ratings[0])
    if rating is not None and not _grave(seen.findings) and only_puts_off(reply, acts):
        rating = VAGUE
    return Rated(rating, probability, seen.findings)


def _grave(findings: Sequence[Finding]) -> bool:
    """Whether something said is false, forbidden or below the law."""
    return any(
        f.verdict in ("beyond_authority", "below_law")
        or (f.verdict == "contradicted" and f.severity >= 0.5)
        for f in findings
    )
