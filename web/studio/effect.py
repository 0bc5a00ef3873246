"""What a change of a rubric does to the stored conversations, before anybody is graded by it."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from grader.wording import told
from rubrics.schema import Rubric
from store.database import Row, Store
from transcripts.types import Language
from web.services import Services
from web.studio.beside import SOON, Beside
from web.studio.checking import rubric_in
from web.studio.proving import beside_of

if TYPE_CHECKING:
    from grader.model import Model

MOST: Final = 400
"""The latest conversations that are graded again."""
PIECE: Final = 10
SHOWN: Final = 60
HELD: Final = 16
Say = Callable[..., str]
Told = dict[str, Any]


@dataclass(frozen=True)
class Regrade:
    """Grade some conversations by a rubric, in another process."""

    name: str
    text: str
    lines: tuple[str, ...]

    def __call__(self, model: Model) -> list[dict[str, Any]]:
        from grader.grade import grade
        from grader.scorecard import to_json
        from transcripts.canonical import parse

        rubric = rubric_in(self.name, self.text)
        found = []
        for line in self.lines:
            card = to_json(grade(parse(json.loads(line)), rubric, model))
            found.append({key: card[key] for key in ("overall", "passed", "critical", "gates")})
            found[-1]["criteria"] = {name: one["score"] for name, one in card["criteria"].items()}
        return found


@dataclass
class Run:
    """One look at one text: what was there, what came out so far."""

    rubric: Rubric
    rows: Sequence[Row]
    cards: list[dict[str, Any]] = field(default_factory=list)
    failed: bool = False

    @property
    def done(self) -> bool:
        """Whether all is graded, or nothing more will be."""
        return self.failed or len(self.cards) >= len(self.rows)


class Effects:
    """Runs by the version of the rubric that they try."""

    def __init__(self, services: Services, beside: Beside) -> None:
        self._store = services.store
        self._beside = beside
        self._guard = threading.Lock()
        self._runs: OrderedDict[str, Run] = OrderedDict()

    def look(self, name: str, text: str, lang: Language, say: Say, begin: bool) -> Told:
        """How far it is, or what came out; `begin`: anew, with what is stored now.

        `InvalidFile` if the text has faults.
        """
        rubric = rubric_in(name, text)
        with self._guard:
            run = self._runs.get(rubric.version)
        if run is None or (begin and run.done):
            run = self._begin(name, text, rubric)
        if not run.done:
            return {"done": len(run.cards), "all": len(run.rows)}
        if run.failed:
            return {"refused": say("studio.effect_failed")}
        return summary(run, lang, say)

    def _begin(self, name: str, text: str, rubric: Rubric) -> Run:
        run = Run(rubric, stored(self._store, name))
        with self._guard:
            self._runs[rubric.version] = run
            while len(self._runs) > HELD:
                self._runs.popitem(last=False)
        self._next(run, name, text)
        return run

    def _next(self, run: Run, name: str, text: str) -> None:
        rest = run.rows[len(run.cards) : len(run.cards) + PIECE]
        if not rest:
            return

        def done(cards: list[dict[str, Any]]) -> None:
            run.cards += cards
            self._next(run, name, text)

        def failed(error: Exception) -> None:
            run.failed = True

        lines = tuple(row["transcript"] for row in rest)
        self._beside.add(SOON, Regrade(name, text, lines), done, failed)


def stored(store: Store, name: str) -> list[Row]:
    """The latest conversations that were graded by a rubric of this name, in any version."""
    return store.rows(
        """SELECT c.id, c.name, c.practice, c.transcript, s.line, p.mode, p.person
           FROM conversations AS c
           JOIN scorecards AS s ON s.id = c.scorecard
           JOIN contents AS k ON k.hash = s.rubric
           LEFT JOIN practices AS p ON p.id = c.practice
           WHERE json_extract(k.body, '$.id') = ? ORDER BY c.id DESC LIMIT ?""",
        (name, MOST),
    )


def summary(run: Run, lang: Language, say: Say) -> Told:
    """How many change pass or fail, which, and why."""
    changes: list[Told] = []
    up = down = 0
    before, after = [], []
    for row, card in zip(run.rows, run.cards, strict=True):
        old = json.loads(row["line"])
        before += [old["overall"]] if old["overall"] is not None else []
        after += [card["overall"]] if card["overall"] is not None else []
        if bool(old["passed"]) == bool(card["passed"]):
            continue
        up += bool(card["passed"])
        down += not card["passed"]
        changes.append({
            "name": row["name"],
            "practice": row["practice"],
            "before": old["overall"],
            "after": card["overall"],
            "passes": bool(card["passed"]),
            "why": list(reasons(old, card, run.rubric, lang, say)),
        })  # fmt: skip
    return {
        "n": len(run.rows),
        "up": up,
        "down": down,
        "before": _mean(before),
        "after": _mean(after),
        "changes": changes[:SHOWN],
        "more": max(0, len(changes) - SHOWN),
    }


def reasons(
    old: Mapping[str, Any], new: Mapping[str, Any], rubric: Rubric, lang: Language, say: Say
) -> Iterator[str]:
    """Why the result is another: criteria that moved most, limits, weights, the pass mark."""
    moved = []
    for name, spec in rubric.criteria.items():
        was, now = old["criteria"].get(name, {}).get("score"), new["criteria"].get(name)
        if was != now:
            size = abs((now or 0) - (was or 0)) * spec.weight
            moved.append((size, told(lang, spec.name.zh, spec.name.en), was, now))
    for _, label, was, now in sorted(moved, key=lambda one: -one[0])[:2]:
        yield say("studio.why_score", label=label, was=_shown(was), now=_shown(now))
    for gate in set(new["gates"]) - set(old["gates"]):
        yield say("studio.why_cap", cap=gate.rpartition(":")[2])
    for gate in set(old["gates"]) - set(new["gates"]):
        yield say("studio.why_no_cap", cap=gate.rpartition(":")[2])
    if set(new["critical"]) != set(old["critical"]):
        yield say("studio.why_critical")
    if not moved and old["overall"] != new["overall"] and old["gates"] == new["gates"]:
        yield say("studio.why_weights")
    if old["overall"] == new["overall"]:
        yield say("studio.why_mark", mark=f"{rubric.pass_mark:g}")


def _mean(numbers: Sequence[float]) -> float | None:
    return round(sum(numbers) / len(numbers), 1) if numbers else None


def _shown(score: float | None) -> str:
    return "–" if score is None else f"{score:g}"


@lru_cache(maxsize=4)
def effects_of(services: Services) -> Effects:
    """The effects of a server, the same for every language."""
    return Effects(services, beside_of(services))
