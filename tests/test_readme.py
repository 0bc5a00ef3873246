"""The commands in the README work as they stand there, in a folder of their own and offline."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from kefu.commands import COMMANDS, commands

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh.md")
GUIDES = ("trainee", "trainer", "qa", "admin")
INSTALLING = {"./run", "./test"}
"""They install from the network; continuous integration runs both."""
KEFU = f'"{sys.executable}" -m kefu'


def blocks(name: str) -> list[str]:
    """The lines of all shell blocks of a document."""
    text = (ROOT / name).read_text(encoding="utf-8")
    found = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [line for block in found for line in block.splitlines() if line.strip()]


def in_both() -> list[str]:
    """Every command once, in order."""
    return list(dict.fromkeys(line for name in READMES for line in blocks(name)))


def test_both_languages_show_the_same_commands() -> None:
    assert blocks("README.md") == blocks("README.zh.md")


def test_readme_starts_with_two_commands() -> None:
    assert set(in_both()[:2]) == INSTALLING
    assert all(os.access(ROOT / name, os.X_OK) for name in ("run", "test", "bench", ".ci/run"))


def test_commands_named_in_the_text_are_there() -> None:
    named = set()
    for name in READMES:
        text = (ROOT / name).read_text(encoding="utf-8")
        named |= set(re.findall(r"(?:`kefu|\./run) ([a-z]+)\b", text))
    assert named <= set(COMMANDS)


@pytest.mark.parametrize("line", blocks("docs/store.md"))
def test_commands_of_the_data_folder_are_there(line: str) -> None:
    words = line.split("#")[0].split()
    command: Any = get_command(commands())
    for word in words[1:]:
        if word in getattr(command, "commands", {}):
            command = command.commands[word]
    assert not hasattr(command, "commands"), f"no such command: {line}"
    options = {name for param in command.params for name in param.opts}
    assert {word for word in words if word.startswith("--")} <= options, line


@pytest.mark.parametrize(
    "name",
    [
        *READMES,
        "CONTRIBUTING.md",
        *(f"docs/{name}.md" for name in ("scores", "rubrics", "store")),
        *(f"docs/{name}{end}" for name in GUIDES for end in (".md", ".zh.md")),
    ],
)
def test_links_lead_somewhere(name: str) -> None:
    path = ROOT / name
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the commands are written for a shell")
def test_commands_run_as_they_stand(tmp_path: Path) -> None:
    (tmp_path / "kefu").mkdir()
    shutil.copytree(ROOT / "kefu" / "samples", tmp_path / "kefu" / "samples")
    home = {"HOME": str(tmp_path), "KEFU_DATA": str(tmp_path / "data"), "PYTHONPATH": str(ROOT)}
    for line in in_both():
        if line in INSTALLING:
            continue
        command = line.replace("./run", KEFU)
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", command],
            cwd=tmp_path,
            env=os.environ | home,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
    assert {"cards.jsonl", "cards.csv", "chats.jsonl"} <= {p.name for p in tmp_path.iterdir()}
