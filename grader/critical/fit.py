"""Fitting the heads of the detector, and measuring them on customers' texts they have not seen."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.critical.detector import Detector
from grader.critical.features import ASKING, Window, structured, tokens
from grader.encoder import Encoder
from grader.folds import group_folds, text_key
from grader.normalise import normalise
from rubrics.ids import CRITICALS

VOCABULARY = 9000
REGULAR = 6.0
"""Inverse strength of the L2 penalty."""
GENERAL = 1.0
"""Weight of an ordinary reply beside one that has an error or nearly has."""
VECTOR_SCALE = 2.0
"""How freely sentence vectors may speak beside tokens, whose vectors have length 1 as well."""
SHARED_WITH_ACTS = ("rude", "off_platform", "coerce", "leak_privacy")
LEAST: Mapping[str, tuple[float, float]] = {
    "rude": (-1.6, -1.2), "off_platform": (-0.6, -0.6), "coerce": (-1.6, -0.2),
    "leak_privacy": (-0.8, -0.5), "false_promise": (-1.3, -1.0), "false_claim": (-0.8, -1.0),
    "safety": (-1.3, -1.8),
}  # fmt: skip
"""Log odds from which an id is suspected, in Chinese and in English: where precision and recall
meet on held-out rows. In a conversation a second judge has a say: act heads, facts, the customer's
words."""


@dataclass(frozen=True, slots=True)
class Row:
    """A reply with the critical ids it has; for those in `unknown` nobody can say.

    `measured`: from critical.jsonl, so cross-validation counts it.
    """

    lang: str
    window: Window
    critical: frozenset[str]
    unknown: frozenset[str]
    group: str
    measured: bool


def critical_rows(records: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Rows of critical.jsonl; grouped by what the customer said."""
    return [
        Row(
            r["lang"],
            Window(r["reply"], r["customer"], tuple(r["facts"])),
            frozenset(r["critical"]),
            frozenset(r.get("unknown", ())),
            text_key(r["customer"]) or r["group"],
            True,
        )
        for r in records
    ]


def corpus_rows(folder: Path) -> list[Row]:
    """Every training row: critical cases, replies, contexts, sentences, whole conversations."""
    rows = critical_rows(_records(folder / "critical.jsonl"))
    for prefix in ("", "extra_"):
        rows += [_reply_row(r) for r in _records(folder / f"{prefix}replies.jsonl")]
        rows += [
            _act_row(r["lang"], r["reply"], r["customer"], r["acts"], [])
            for r in _records(folder / f"{prefix}context.jsonl")
        ]
        with (folder / f"{prefix}sentences.tsv").open(encoding="utf-8", newline="") as file:
            for r in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                acts, disputed = _listed(r["acts"]), _listed(r["acts_disputed"])
                rows.append(_act_row(r["lang"], r["text"], "", acts, disputed))
    for record in _records(folder / "conversations.jsonl"):
        rows += _conversation_rows(record)
    return rows


def _conversation_rows(record: Mapping[str, Any]) -> list[Row]:
    """Each message of an agent with what the customer said before it and all the facts.

    The labels name the errors of a conversation, not where they are: unknown in every message.
    """
    rows: list[Row] = []
    asked: list[str] = []
    unknown = frozenset(record["critical"])
    for message in record["messages"]:
        if message["role"] == "customer":
            asked.append(message["text"])
        elif message["role"] == "agent":
            window = Window(message["text"], "\n".join(asked[-2:]), tuple(record["facts"]))
            rows.append(Row(record["lang"], window, frozenset(), unknown, record["id"], False))
    return rows


def _records(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def _listed(cell: str) -> list[str]:
    return [] if cell in ("", "-") else cell.split(",")


def _act_row(
    lang: str, reply: str, customer: str, acts: Sequence[str], disputed: Sequence[str]
) -> Row:
    critical = frozenset(acts) & frozenset(SHARED_WITH_ACTS)
    unknown = frozenset(disputed) & frozenset(SHARED_WITH_ACTS)
    if "rude" in critical and "coerce" not in critical:
        # A threat against somebody who complains is both; the act labels often name one of them.
        unknown |= {"coerce"}
    key = text_key(customer) or text_key(reply)
    return Row(lang, Window(reply, customer, ()), critical, unknown, key, False)


def _reply_row(record: Mapping[str, Any]) -> Row:
    """A row of replies.jsonl. What is inaccurate may be a false promise, a false claim or unsafe:
    unknown unless somebody said which (`critical`)."""
    row = _act_row(
        record["lang"], record["reply"], record["customer"], record["acts"], record["acts_disputed"]
    )
    window = Window(row.window.text, row.window.customer, tuple(record["facts"]))
    unknown = set(row.unknown)
    ratings = [record["accuracy"], *(record.get("accuracy_by_annotator") or ())]
    if row.critical or any(rating is not None and rating < 2.5 for rating in ratings):
        unknown |= {"false_promise", "false_claim", "safety"}
    return Row(row.lang, window, row.critical, frozenset(unknown), row.group, False)


class Design:
    """The feature matrix of a list of rows, computed once; folds take rows of it."""

    def __init__(self, rows: Sequence[Row], encoder: Encoder) -> None:
        self.rows = rows
        self.grams = [sorted({token for token, _ in tokens(row.window.text)}) for row in rows]
        self.reply = encoder.encode([normalise(row.window.text) for row in rows])
        self.customer = encoder.encode([normalise(row.window.customer) for row in rows])
        self.structured = {
            critical: np.array([structured(critical, row.window) for row in rows])
            for critical in CRITICALS
        }

    def labels(self, critical: str) -> NDArray[np.int8]:
        """1 has it, 0 has it not, −1 unknown."""
        return np.array(
            [-1 if critical in r.unknown else int(critical in r.critical) for r in self.rows],
            dtype=np.int8,
        )


def vocabulary(design: Design, chosen: Sequence[int]) -> tuple[list[str], NDArray[np.float64]]:
    """The tokens that critical rows and their near misses share most, and their idf."""
    near: Counter[str] = Counter()
    everywhere: Counter[str] = Counter()
    for number in chosen:
        row = design.rows[number]
        everywhere.update(design.grams[number])
        if row.measured or row.critical:
            near.update(design.grams[number])
    kept = sorted((t for t in near if near[t] >= 2), key=lambda t: (-near[t], t))[:VOCABULARY]
    kept.sort()
    idf = np.array([np.log((1 + len(chosen)) / (1 + everywhere[t])) + 1 for t in kept])
    return kept, idf


def _grams(design: Design, chosen: Sequence[int], known: Mapping[str, int], idf: Any) -> Any:
    from scipy import sparse

    indices: list[int] = []
    values: list[float] = []
    starts = [0]
    for number in chosen:
        found = [known[t] for t in design.grams[number] if t in known]
        weights = idf[found]
        indices.extend(found)
        values.extend(weights / (np.linalg.norm(weights) or 1.0))
        starts.append(len(indices))
    return sparse.csr_matrix((values, indices, starts), shape=(len(chosen), len(known)))


def fit(
    rows: Sequence[Row], encoder: Encoder, seed: int = 0
) -> tuple[dict[str, NDArray[np.float32]], dict[str, Any]]:
    """Arrays and meta of a `Detector`. Convex: the result hangs on the rows alone (`seed` is kept
    for the manifest)."""
    design = Design(rows, encoder)
    arrays, meta = fit_design(design, range(len(rows)))
    return arrays, {**meta, "seed": seed, "rows": len(rows)}


def fit_design(
    design: Design, chosen: Sequence[int]
) -> tuple[dict[str, NDArray[np.float32]], dict[str, Any]]:
    """`fit` on the chosen rows of a design."""
    kept, idf = vocabulary(design, chosen)
    grams = _grams(design, chosen, {t: n for n, t in enumerate(kept)}, idf)
    arrays: dict[str, NDArray[np.float32]] = {"idf": idf.astype(np.float32)}
    reach: dict[str, float] = {}
    for critical in CRITICALS:
        head, reach[critical] = _head(design, np.array(chosen), grams, critical)
        arrays |= {f"{critical}.{name}": value.astype(np.float32) for name, value in head.items()}
    return arrays, {"vocabulary": kept, "thresholds": _thresholds(), "reach": reach}


def _thresholds() -> dict[str, dict[str, float]]:
    return {
        critical: {
            lang: 1 / (1 + float(np.exp(-odds)))
            for lang, odds in zip(("zh", "en"), pair, strict=True)
        }
        for critical, pair in LEAST.items()
    }


def _head(
    design: Design, chosen: NDArray[np.intp], grams: Any, critical: str
) -> tuple[dict[str, NDArray[np.float64]], float]:
    from scipy import sparse
    from sklearn.linear_model import LogisticRegression

    labels = design.labels(critical)[chosen]
    use = np.flatnonzero(labels >= 0)
    blocks = [VECTOR_SCALE * design.reply[chosen].astype(np.float64)]
    if critical in ASKING:
        blocks.append(VECTOR_SCALE * design.customer[chosen].astype(np.float64))
    blocks.append(design.structured[critical][chosen])
    matrix = sparse.hstack([grams, sparse.csr_matrix(np.hstack(blocks))], format="csr")[use]
    weights = np.array(
        [
            1.0 if design.rows[n].measured or design.rows[n].critical else GENERAL
            for n in chosen[use]
        ]
    )
    model = LogisticRegression(C=REGULAR, tol=1e-7, max_iter=5000)
    model.fit(matrix, labels[use], sample_weight=weights)
    parts = np.split(
        model.coef_[0], np.cumsum([grams.shape[1], *(b.shape[1] for b in blocks)])[:-1]
    )
    names = ["grams", "reply", *(["customer"] if critical in ASKING else []), "structured"]
    head = dict(zip(names, parts, strict=True))
    lift = np.zeros(len(use))
    for name in ("reply", "customer"):
        if name in head:
            head[name] = head[name] * VECTOR_SCALE
            lift += getattr(design, name)[chosen[use]] @ head[name]
    head["bias"] = model.intercept_
    return head, float(lift.max())


@dataclass(frozen=True, slots=True)
class Counts:
    """Hits, false alarms and misses of one id in one language."""

    hits: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        """Hits among alarms; 1 without any."""
        return self.hits / max(1, self.hits + self.false) if self.hits + self.false else 1.0

    @property
    def recall(self) -> float:
        """Hits among the errors that are there; 1 without any."""
        return self.hits / max(1, self.hits + self.missed) if self.hits + self.missed else 1.0


def cross_validate(
    rows: Sequence[Row], encoder: Encoder, folds: int = 5
) -> dict[tuple[str, str], Counts]:
    """Counts by (id, "zh" or "en") over the rows of critical.jsonl, in groups by customer text.

    Traditional Chinese counts as zh. What the heads say goes through gates, thresholds and windows,
    as in grading.
    """
    outcomes = held_out(rows, encoder, folds)
    counts: Counter[tuple[str, str, str]] = Counter()
    for number, found in outcomes.items():
        row = rows[number]
        lang = "en" if row.lang == "en" else "zh"
        for critical in CRITICALS:
            if critical in row.unknown:
                continue
            if critical in found and critical in row.critical:
                counts[critical, lang, "hit"] += 1
            elif critical in found:
                counts[critical, lang, "false"] += 1
            elif critical in row.critical:
                counts[critical, lang, "missed"] += 1
    return {
        (critical, lang): Counts(
            counts[critical, lang, "hit"],
            counts[critical, lang, "false"],
            counts[critical, lang, "missed"],
        )
        for critical in CRITICALS
        for lang in ("zh", "en")
    }


def held_out(rows: Sequence[Row], encoder: Encoder, folds: int = 5) -> dict[int, dict[str, float]]:
    """Ids found, with confidence, in each row of critical.jsonl by heads blind to its group."""
    design = Design(rows, encoder)
    names = {key: number for number, key in enumerate(dict.fromkeys(r.group for r in rows))}
    assigned = group_folds([names[r.group] for r in rows], folds)
    outcomes: dict[int, dict[str, float]] = {}
    for fold in range(folds):
        arrays, meta = fit_design(design, np.flatnonzero(assigned != fold).tolist())
        detector = Detector(arrays, meta)
        for number in np.flatnonzero(assigned == fold).tolist():
            if rows[number].measured:
                outcomes[number] = _found(detector, rows[number], encoder)
    return outcomes


def _found(detector: Detector, row: Row, encoder: Encoder) -> dict[str, float]:
    window = row.window
    found = detector.find(window.text, window.customer, (), window.facts, row.lang, encoder)
    return {s.id: s.confidence for s in found if s.critical}
