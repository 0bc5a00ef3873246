"""`kefu schema`: JSON Schema of the files that people write and read, for editors."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer
from pydantic import BaseModel

from grader.shape import ScorecardShape
from rubrics.nearest import did_you_mean
from rubrics.schema import Rubric
from scenarios.schema import Persona, Scenario
from scenarios.template import template_schema
from transcripts.errors import UnreadableInput
from transcripts.shape import TranscriptShape

KINDS: dict[str, type[BaseModel]] = {
    "rubric": Rubric, "scenario": Scenario, "persona": Persona, "transcript": TranscriptShape,
    "scorecard": ScorecardShape,
}  # fmt: skip


def schema(
    kind: Annotated[
        str, typer.Argument(help="rubric, scenario, persona, transcript or scorecard.")
    ],
) -> None:
    """Print the JSON Schema of a kind of file."""
    typer.echo(json.dumps(schema_of(kind), ensure_ascii=False, indent=2))


def schema_of(kind: str) -> dict[str, Any]:
    """JSON Schema (2020-12) of a kind of file. UnreadableInput if there is none."""
    if kind not in KINDS:
        raise UnreadableInput(f"no schema for {kind!r}{did_you_mean(kind, KINDS)}")
    found = KINDS[kind].model_json_schema()
    if kind == "scenario":
        found = template_schema(found)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **found,
        "title": f"kefu {kind}",
    }
