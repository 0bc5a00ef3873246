"""Other wordings of the good paths: how many still reach the ending, and what they score.

    python benchmarks/paraphrases.py [SCENARIO…] [--misses] [--scores]

`tests/simulator/paraphrases/` holds, for each scenario, every line of its good path in other words.
The n-th wording of all lines together makes one agent; each plays every variant.
`--misses` prints the conversations that end elsewhere, `--scores` grades all of them.
"""

from __future__ import annotations

import argparse
import copy
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import mean
from typing import Any

from grader.grade import grade
from grader.model import load_model
from rubrics.yaml_file import Document, read_yaml
from scenarios.load import Shelved, known_scenarios, shelved
from scenarios.parts import Path as Script
from simulator.paths import Prover
from simulator.record import outcome, transcript
from simulator.session import Session

FOLDER = Path(__file__).parent.parent / "tests" / "simulator" / "paraphrases"
WAYS = 5
"""Other wordings of each line."""
SECOND_AFTER = 2
"""Seconds between the two messages of a wording that is written as two."""
Wording = str | Sequence[str]


@dataclass(frozen=True, slots=True)
class Run:
    """One agent in one variant: `way` and `variant` from 0; whether it ended as the good path."""

    scenario: str
    way: int
    variant: int
    ending: str
    right: bool
    reached: bool
    session: Session


def wordings(file: Path) -> Mapping[int, Sequence[Wording]]:
    """The other wordings of each line, by the entry of the path's `says`."""
    lines = read_yaml(file).data["lines"]
    return {int(number): ways for number, ways in lines.items()}


def good_path(document: Document) -> dict[str, Any]:
    """The good path of a scenario file, before `vary` fills it."""
    found: dict[str, Any] = next(one for one in document.data["paths"] if one["name"] == "good")
    return found


def reworded(document: Document, path: Path, lines: Mapping[int, Wording]) -> Shelved:
    """The scenario with these wordings in its good path; two messages become two entries."""
    data = copy.deepcopy(document.data)
    good = next(one for one in data["paths"] if one["name"] == "good")
    good["says"] = [
        part
        for number, entry in enumerate(good["says"])
        for part in (_entries(entry, lines[number]) if number in lines else [entry])
    ]
    return shelved(replace(document, data=data), path)


def _entries(entry: Mapping[str, Any], wording: Wording) -> Iterator[dict[str, Any]]:
    texts = [wording] if isinstance(wording, str) else wording
    for number, text in enumerate(texts):
        later = {"after": SECOND_AFTER} if number else {}
        yield {**entry, **later, "text": text}


def ways_of(name: str) -> list[Shelved]:
    """The scenario in each way of wording."""
    path = known_scenarios()[name]
    document = read_yaml(path)
    lines = wordings(FOLDER / f"{name}.yaml")
    return [
        reworded(document, path, {number: ways[way] for number, ways in lines.items()})
        for way in range(WAYS)
    ]


def play(shelf: Shelved, way: int, variant: int, prover: Prover) -> Run:
    """Let one agent play one variant."""
    scenario = shelf.variants[variant]
    good = _good(scenario.paths)
    session = prover.session(shelf, variant, good.says)
    end = outcome(session)
    reached = (not good.ending or end["ending"] in good.ending) and end["right"] == good.right
    return Run(scenario.id, way, variant, end["ending"], end["right"], reached, session)


def _good(paths: Iterable[Script]) -> Script:
    return next(path for path in paths if path.name == "good")


def runs(name: str, prover: Prover) -> Iterator[Run]:
    """Every way of wording in every variant."""
    for way, shelf in enumerate(ways_of(name)):
        for variant in range(len(shelf.variants)):
            yield play(shelf, way, variant, prover)


def score(run: Run, prover: Prover) -> float | None:
    """What the grader gives it, 0 to 100."""
    rubric = prover.rubric(run.session.case.scenario)
    return grade(transcript(run.session), rubric, prover.model).overall


def known() -> list[str]:
    """The scenarios with other wordings."""
    return sorted(file.stem for file in FOLDER.glob("*.yaml"))


def main() -> None:
    """Play and print."""
    options = _options()
    prover = Prover(load_model())
    scoring = partial(score, prover=prover) if options.scores else None
    found: list[Run] = []
    for name in options.scenario or known():
        mine = list(runs(name, prover))
        found += mine
        print(_row(name, mine, scoring), flush=True)
        for run in mine:
            if options.misses and not run.reached:
                print(told(run))
    print(_row("all", found, None))
    ways = (
        f"way {way + 1} {share([run for run in found if run.way == way]):.0%}"
        for way in range(WAYS)
    )
    print("  ".join(ways))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("scenario", nargs="*", help="ids; all with other wordings without any")
    parser.add_argument("--misses", action="store_true", help="print what ended elsewhere")
    parser.add_argument("--scores", action="store_true", help="grade all, which takes longer")
    return parser.parse_args()


def share(found: Sequence[Run]) -> float:
    """The share that ends as the good path does."""
    return sum(run.reached for run in found) / len(found)


def _row(name: str, found: Sequence[Run], scoring: Callable[[Run], float | None] | None) -> str:
    held = sum(run.reached for run in found)
    text = f"{name:24} {held:3}/{len(found):3} {share(found):5.0%}"
    if scoring is not None:
        scores = sorted(one for run in found if (one := scoring(run)) is not None)
        text += f"   {scores[0]:5.1f} to {scores[-1]:5.1f}, mean {mean(scores):5.1f}"
    return text


def told(run: Run) -> str:
    """A conversation, with what was heard in each reply."""
    heard = iter([entry["heard"] for entry in run.session.log if "heard" in entry])
    lines = [
        f"--- {run.scenario}, way {run.way + 1}, variant {run.variant + 1}: ends {run.ending}"
        + (", right" if run.right else ", wrong")
    ]
    for message in run.session.messages:
        lines.append(f"    {message.role:8} {message.text} {message.data or ''}")
        if message.role == "agent":
            lines.append(f"             {_heard(next(heard))}")
    state = run.session.state
    lines.append(f"    done {state.done} open {dict(state.open)} place {state.place}")
    return "\n".join(lines)


def _heard(heard: Mapping[str, Any]) -> str:
    kept = ("acts", "hears", "asks", "offers", "wrong", "critical", "unknown", "off_topic", "more")
    return " ".join(f"{key}={heard[key]}" for key in kept if heard[key])


if __name__ == "__main__":
    main()
