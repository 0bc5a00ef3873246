"""Every command and every option says what it is for."""

from __future__ import annotations

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from kefu.commands import COMMANDS, commands


def test_there_are_commands() -> None:
    assert {"grade", "convert", "mask", "check", "schema", "train", "evaluate", "calibrate"} <= set(
        COMMANDS
    )


def test_all_are_shown_together() -> None:
    assert [*get_command(commands()).commands] == [*COMMANDS]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_explains_itself(name: str) -> None:
    app = commands(name)
    shown = CliRunner().invoke(app, [name, "--help"])
    assert shown.exit_code == 0, shown.output
    command = get_command(app).commands[name]  # type: ignore[attr-defined]
    assert command.help
    silent = [param.name for param in command.params if not getattr(param, "help", None)]
    assert not silent, f"kefu {name}: without help: {silent}"
