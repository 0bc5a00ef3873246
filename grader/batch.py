"""Many conversations to scorecards, one after the other, in memory that does not grow.

A conversation goes in as a line of canonical JSON and comes out as a line of scorecard JSON, in one
process as on workers (`grader.cluster`), so that both give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from grader.encoder import Encoder
from grader.encoders import open_encoder
from grader.scorecard import Scorecard, to_json
from grader.specs import EMBEDDED
from rubrics.schema import Rubric
from transcripts.canonical import parse
from transcripts.canonical import to_json as canonical
from transcripts.errors import MissingModel
from transcripts.types import Transcript

if TYPE_CHECKING:
    from grader.facts.library import Library
    from grader.model import Model

Make = Callable[[str], str]
"""From a line of canonical JSON to a line of scorecard JSON, both without line break."""


@dataclass(frozen=True, slots=True)
class Item:
    """A conversation to grade: the input that it comes from and its line of canonical JSON."""

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Graded:
    """What became of an item: the line of its scorecard, or why there is none."""

    item: Item
    line: str | None
    fault: str | None = None


class Work(Protocol):
    """What is to be done with each conversation, as a value that another process can open.

    Works of equal `key` give equal lines.
    """

    @property
    def key(self) -> str: ...

    def open(self) -> Make:
        """Load what the work needs. Raises `KefuError` where it is not there."""
        ...


@dataclass(frozen=True, slots=True)
class Grading:
    """Grading by one rubric. Each path goes with the hash of what must be found there."""

    rubric: Rubric
    model_hash: str
    model_folder: str | None = None
    encoder: str = EMBEDDED
    calibration: str | None = None
    calibration_hash: str | None = None
    facts: str | None = None
    facts_hash: str | None = None
    mask: bool = True

    @property
    def key(self) -> str:
        parts = (self.model_folder, self.model_hash, self.encoder, self.calibration, self.facts)
        hashes = (self.rubric.version, self.calibration_hash, self.facts_hash, self.mask)
        return json.dumps((*parts, *hashes))

    def open(self) -> Make:
        """Model, calibration and facts by path; `MissingModel` if a hash is another one here."""
        from grader.grade import grade  # loaded late: the process that hands out work needs none
        from grader.private import mask_of_one_card, masked

        model = model_at(self.model_folder, self.encoder)
        _same("model", self.model_folder or "the installed kefu", model.hash, self.model_hash)
        known = self._library()
        fitted = self._calibrator(model)
        rubric = self.rubric

        def make(text: str) -> str:
            transcript = parse(json.loads(text))
            if known is not None:
                transcript = replace(transcript, facts=known.facts_for(transcript))
            card = grade(transcript, rubric, model)
            if fitted is not None:
                card = fitted(transcript, card)
            if self.mask:
                card = masked(card, mask_of_one_card())
            return json.dumps(to_json(card), ensure_ascii=False, allow_nan=False)

        return make

    def _library(self) -> Library | None:
        if self.facts is None:
            return None
        from grader.facts.library import load_library

        _same("library of facts", self.facts, hash_of(Path(self.facts)), self.facts_hash)
        return load_library(Path(self.facts))

    def _calibrator(self, model: Model) -> Callable[[Transcript, Scorecard], Scorecard] | None:
        if self.calibration is None:
            return None
        from grader.calibration import Limits, apply, describe, load

        calibration = load(Path(self.calibration))
        _same("calibration", self.calibration, calibration.hash, self.calibration_hash)
        limits = Limits(self.rubric.pass_mark, self.rubric.critical_cap)

        def fitted(transcript: Transcript, card: Scorecard) -> Scorecard:
            features = describe(transcript, card, model.encoder)
            return apply(card, features, calibration, limits, transcript.lang or "zh")

        return fitted


@lru_cache(maxsize=1)
def model_at(folder: str | None, encoder: str) -> Model:
    """The model of a folder, loaded once a process."""
    from grader.model import load_model

    return load_model(None if folder is None else Path(folder), encoder_at(encoder))


@lru_cache(maxsize=1)
def encoder_at(spec: str) -> Encoder:
    """The encoder of a SPEC, opened once a process."""
    return open_encoder(spec)


def hash_of(path: Path) -> str:
    """sha256 over the bytes of a file."""
    with path.open("rb") as file:
        return "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()


def _same(what: str, place: str, found: str, wanted: str | None) -> None:
    if found != wanted:
        raise MissingModel(f"the {what} of {place} is {found}, and {wanted} was asked for")


def grade_each(items: Iterable[Item], work: Work) -> Iterator[Graded]:
    """Each item graded in this process, in the order given, one in memory at a time."""
    make = opened(work)
    for item in items:
        yield graded(item, make)


def opened(work: Work) -> Make:
    """The work, opened once a process as long as its key stays the same."""
    global _open
    if _open is None or _open[0] != work.key:
        _open = (work.key, work.open())
    return _open[1]


_open: tuple[str, Make] | None = None


def graded(item: Item, make: Make) -> Graded:
    """The scorecard's line, or the fault: one conversation never costs the others."""
    try:
        return Graded(item, make(item.text))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told and the run goes on
        place = traceback.extract_tb(error.__traceback__)[-1]
        fault = f"{type(error).__name__} in {Path(place.filename).name}:{place.lineno}"
        return Graded(
            item,
            None,
            f"could not be graded ({fault}): a fault of kefu. Report it with this record, masked",
        )


def line_of(transcript: Transcript) -> str:
    """A transcript as one line of canonical JSON."""
    return json.dumps(canonical(transcript), ensure_ascii=False, allow_nan=False)
