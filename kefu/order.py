"""What a run of `kefu grade` was asked for, and the work that follows from it."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.batch import Grading, encoder_at, hash_of, model_at
from grader.encoder import same_vectors
from grader.encoders import encoder_name, settled
from grader.identity import identity
from grader.specs import BATCHED, EMBEDDED, NEURAL
from kefu.settings import Configured, Settings
from rubrics.load import load_rubric
from transcripts.errors import MissingModel
from transcripts.read import Format

if TYPE_CHECKING:
    from grader.model import Model
    from rubrics.schema import Rubric


@dataclass(frozen=True, slots=True)
class Order:
    """Inputs, where results go and who grades. `output` None: standard output, or the screen."""

    files: tuple[str, ...]
    output: Path | None = None
    screen: bool = False
    format: Format | None = None
    timezone: str = "Asia/Shanghai"
    rejects: Path | None = None
    mask: bool = True
    jobs: int = 1
    cluster: str | None = None
    restart: bool = False


def prepare(
    found: Configured, facts: Path | None, calibration: Path | None
) -> tuple[Grading, tuple[str, ...]]:
    """The work and the ids of its criteria.

    Everything is read here once, so that whatever is wrong is said before any work.
    """
    settings = found.settings
    spec = settled(settings.encoder)
    if spec == EMBEDDED:
        encoder_at(spec)  # its weights are unpacked beside all that follows
    rubric = load_rubric(settings.rubric, found.rubric_folders)
    fitted = library = None
    if facts is not None:
        from grader.facts.library import load_library

        load_library(facts)
        library = hash_of(facts)
    if calibration is not None:
        from grader.calibration import load

        fitted = load(calibration).hash
    folder, spec, model = model_for(settings)
    work = Grading(
        rubric=rubric,
        model_hash=model.hash,
        model_folder=folder,
        encoder=spec,
        calibration=None if calibration is None else str(calibration.resolve()),
        calibration_hash=fitted,
        facts=None if facts is None else str(facts.resolve()),
        facts_hash=library,
        mask=settings.mask,
    )
    return work, tuple(rubric.criteria)


def stamp_of(work: Grading) -> dict[str, Any]:
    """What decides over the bytes of a run's scorecards beside its input, as hashes and names."""
    return {
        "kefu": identity(),
        "rubric": work.rubric.version,
        "model": work.model_hash,
        "encoder": encoder_name(work.encoder),
        "calibration": work.calibration_hash,
        "facts": work.facts_hash,
    }


def grading_for(settings: Settings, rubric: Rubric) -> Grading:
    """The work of grading what lies in the store by a rubric: facts are in each conversation."""
    folder, spec, model = model_for(settings)
    return Grading(rubric=rubric, model_hash=model.hash, model_folder=folder, encoder=spec)


def model_for(settings: Settings) -> tuple[str | None, str, Model]:
    """The model for the encoder that is set: its folder (None: the shipped), the SPEC, and itself.

    Raises `MissingModel` where no heads were fitted to that encoder.
    """
    spec = settled(settings.encoder)
    folder = model_folder(settings.data, encoder_name(spec))
    if folder is None and spec != EMBEDDED:
        raise MissingModel(
            f"no heads are fitted to {settings.encoder} in {settings.data / 'models'}; run: "
            f"kefu train --encoder {shlex.quote(settings.encoder.replace(BATCHED, NEURAL, 1))}"
        )
    return folder, spec, model_at(folder, spec)


def model_folder(data: Path, encoder: str) -> str | None:
    """The folder of own heads for the encoder of this name under DATA/models; None: the shipped.

    `kefu train --encoder SPEC` puts them there.
    """
    for manifest in sorted((data / "models").glob("*/model.json")):
        try:
            trained_on = json.loads(manifest.read_text("utf-8")).get("encoder")
        except (OSError, ValueError, AttributeError):
            continue  # `load_model` tells what is wrong with a folder once it is asked for
        if isinstance(trained_on, str) and same_vectors(trained_on, encoder):
            return str(manifest.parent)
    return None
