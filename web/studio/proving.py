"""Whether a scenario holds: its faults, and its paths played and graded, in the background.

A result is kept by the hash of all that it was made with, so it is made once and never out of date.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.proofs import Result, keep_proof, proofs
from transcripts.errors import KefuError
from web.services import Folders, Services
from web.studio.beside import LATER, SOON, Beside
from web.studio.checking import Told, faults, hash_of, scenario_in, told
from web.studio.shelf import Kind

if TYPE_CHECKING:
    from grader.model import Model


@dataclass(frozen=True)
class Check:
    """Find the faults of a text, in another process."""

    kind: Kind
    name: str
    text: str
    folders: Folders

    def __call__(self, model: Model) -> list[Told]:
        found = faults(self.kind, self.name, self.text, self.folders)
        return told(found, self.text)


@dataclass(frozen=True)
class Play:
    """Play and grade the paths of one variant, in another process."""

    name: str
    text: str
    variant: int
    personas: tuple[Path, ...]
    rubrics: tuple[Path, ...]

    def __call__(self, model: Model) -> list[dict[str, Any]]:
        from simulator.paths import Prover, path_results

        one = scenario_in(self.name, self.text)
        prover = Prover(model, self.personas, self.rubrics)
        return [
            {
                "variant": result.variant,
                "path": result.path,
                "ending": result.ending,
                "right": result.right,
                "overall": result.overall,
                "states": list(result.states),
                "faults": told(result.faults, self.text),
            }
            for result in path_results(one, prover, [self.variant])
        ]


class Proofs:
    """What is known about texts, and what is being found out.

    A proof: {"faults": […], "paths": […], "variants": n}; clean if it holds no fault anywhere.
    """

    def __init__(self, services: Services, beside: Beside) -> None:
        self._services = services
        self._beside = beside
        self._guard = threading.Lock()
        self._under_way: dict[str, tuple[int, int]] = {}
        self._soon: set[str] = set()
        self._broken: dict[str, str] = {}

    def hash(self, kind: Kind, name: str, text: str) -> str:
        """The hash of a text and what it is checked with; waits for the model."""
        services = self._services
        model = services.model.get().hash
        return hash_of(kind, name, text, services.folders, model)

    def known(self, hashes: list[str]) -> dict[str, Result]:
        """Finished proofs by hash."""
        return proofs(self._services.store, hashes)

    def ask(self, kind: Kind, name: str, text: str, soon: bool = False) -> Result | None:
        """The proof of a text; None while it is being made, which begins now.

        `Refused`, with the reason, if it could not be made.
        """
        hash = self.hash(kind, name, text)
        found = self.known([hash]).get(hash)
        if found is None:
            self._start(hash, kind, name, text, soon)
        return found

    def progress(self, kind: Kind, name: str, text: str) -> tuple[int, int] | None:
        """Steps done and steps in all; None if nothing is under way."""
        return self._under_way.get(self.hash(kind, name, text))

    def fault(self, kind: Kind, name: str, text: str) -> str | None:
        """Why a text could not be checked."""
        return self._broken.get(self.hash(kind, name, text))

    # --- inside

    def _start(self, hash: str, kind: Kind, name: str, text: str, soon: bool) -> None:
        with self._guard:
            if hash in self._soon or (hash in self._under_way and not soon):
                return
            self._under_way.setdefault(hash, (0, 1))
            if soon:
                self._soon.add(hash)
            self._broken.pop(hash, None)
        job = _Job(self, hash, kind, name, text, SOON if soon else LATER)
        check = Check(kind, name, text, self._services.folders)
        self._beside.add(job.urgency, check, job.checked, job.failed)

    def step(self, hash: str, done: int, all: int) -> None:
        """So much is done."""
        with self._guard:
            self._under_way[hash] = (done, all)

    def end(self, job: _Job, result: Result | None, why: str = "") -> None:
        """A job has come to its end."""
        if result is not None:
            at = self._services.clock()
            keep_proof(self._services.store, job.hash, job.kind, job.name, result, at)
        with self._guard:
            self._under_way.pop(job.hash, None)
            self._soon.discard(job.hash)
            if result is None:
                self._broken[job.hash] = why

    def play(self, job: _Job, variant: int) -> None:
        """The next variant of a job."""
        folders = self._services.folders
        task = Play(job.name, job.text, variant, folders.personas, folders.rubrics)
        # What was begun is ended before the next text of the same urgency.
        self._beside.add(job.urgency - 1, task, job.played, job.failed)


class _Job:
    """One text on its way: first its faults, then variant after variant."""

    def __init__(
        self, proofs: Proofs, hash: str, kind: Kind, name: str, text: str, urgency: int
    ) -> None:
        self.hash, self.kind, self.name, self.text = hash, kind, name, text
        self.urgency = urgency
        self._proofs = proofs
        self._paths: list[dict[str, Any]] = []
        self._variants = 0
        self._next = 0

    def checked(self, found: list[Told]) -> None:
        """Its faults are known; paths are played only where there are none."""
        if self.kind == "scenario" and not found:
            self._variants = len(scenario_in(self.name, self.text).variants)
            self._proofs.step(self.hash, 1, 1 + self._variants)
            self._proofs.play(self, 0)
        else:
            self._proofs.end(self, {"faults": found, "paths": [], "variants": 0})

    def played(self, found: list[dict[str, Any]]) -> None:
        """The paths of a variant are played."""
        self._paths += found
        self._next += 1
        if self._next < self._variants:
            self._proofs.step(self.hash, 1 + self._next, 1 + self._variants)
            self._proofs.play(self, self._next)
        else:
            result = {"faults": [], "paths": self._paths, "variants": self._variants}
            self._proofs.end(self, result)

    def failed(self, error: Exception) -> None:
        """A path cannot be played at all: what it says is a fault like others."""
        if isinstance(error, KefuError):
            fault = {"line": None, "text": "", "cure": str(error)}
            self._proofs.end(self, {"faults": [fault], "paths": self._paths, "variants": 0})
        else:
            self._proofs.end(self, None, type(error).__name__)


def faults_in(proof: Result) -> list[Told]:
    """All faults of a proof, those of the paths too, each once."""
    found = [*proof["faults"], *(fault for path in proof["paths"] for fault in path["faults"])]
    seen = {(one["line"], one["cure"]): one for one in found}
    return list(seen.values())


def reached(proof: Result) -> set[str]:
    """The states that some path comes through."""
    return {state for path in proof["paths"] for state in path["states"]}


@lru_cache(maxsize=4)
def beside_of(services: Services) -> Beside:
    """The working process of a server."""
    beside = Beside(services.model.load, services.logs)
    services.endings.append(beside.stop)
    return beside


@lru_cache(maxsize=4)
def proofs_of(services: Services) -> Proofs:
    """The proofs of a server, the same for every language."""
    return Proofs(services, beside_of(services))
