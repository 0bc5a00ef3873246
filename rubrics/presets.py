"""The dated presets of reply rounds in `rounds.yaml`, and a rubric's own values put over them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import Field

from rubrics.own_yaml import own_yaml
from rubrics.parts import Seconds, Strict
from rubrics.times import Clock, Rounds


class RoundRule(Strict):
    """How rounds are counted: all values known."""

    within: Seconds = Field(description="A round answered by then counts.")
    open: Clock = Field(description="Rounds begin to count at this time of day.")
    close: Clock = Field(description="Rounds begun from here on do not count.")
    robots: bool = Field(description="Whether an official robot's answer ends a round.")
    fewest: Annotated[int, Field(ge=1)] = Field(
        description="A shop with fewer rounds in the period is not assessed."
    )


class Preset(RoundRule):
    """A platform's way of counting, with the month of the account that it is taken from."""

    as_of: str = Field(pattern=r"^\d{4}-\d{2}$", description="Month of the account.")
    note: str = Field(description="What the account said.")


class PresetFile(Strict):
    """`rounds.yaml`."""

    format: Literal[1] = Field(description="Version of this file format: 1.")
    presets: Mapping[str, Preset] = Field(description="The presets by name.")


@cache
def presets() -> Mapping[str, Preset]:
    """All presets by name."""
    source = files("rubrics") / "rounds.yaml"
    return PresetFile.model_validate(own_yaml(source.read_text(encoding="utf-8"))).presets


def round_rule(rounds: Rounds) -> RoundRule:
    """The preset's values with the rubric's own in their place; without a preset 3 min, all day."""
    base = {"within": 180, "open": "00:00", "close": "24:00", "robots": False, "fewest": 1}
    if rounds.preset is not None:
        base = presets()[rounds.preset].model_dump(include=set(base))
    own = rounds.model_dump(include=set(base), exclude_none=True)
    return RoundRule.model_validate(base | own)
