"""What is imported is declared, what is declared is imported, and what is locked fits both."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
ROOMS = ("transcripts", "rubrics", "grader", "scenarios", "simulator", "store", "web", "kefu")
NOT_IMPORTED = {"tzdata", "accelerate"}
"""Data that zoneinfo reads, and what transformers' own training asks for."""
WITH_ANOTHER = {
    "pydantic-core": "pydantic",
    "click": "typer",
    "huggingface-hub": "sentence-transformers",
}
HEAVY = ("torch", "transformers", "sentence_transformers", "dask", "distributed", "sklearn",
         "sqlite_utils", "argon2")  # fmt: skip
DISTRIBUTION = {
    "dask": "dask", "distributed": "distributed", "torch": "torch", "transformers": "transformers",
    "sentence_transformers": "sentence-transformers", "accelerate": "accelerate",
    "datasets": "datasets",
}  # fmt: skip
"""Of the extras, which need not be installed here."""


@cache
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def declared(*extras: str) -> dict[str, Requirement]:
    """Requirements by name: the base ones, or those of extras; the project itself left out."""
    lists = [project()["optional-dependencies"][extra] for extra in extras]
    lines = [line for part in lists for line in part] if extras else project()["dependencies"]
    found = [Requirement(line) for line in lines]
    return {canonicalize_name(r.name): r for r in found if r.name != project()["name"]}


@cache
def imported(*rooms: str) -> set[str]:
    """Distributions from which modules of these rooms import."""
    modules = set()
    for room in rooms:
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    modules |= {alias.name.split(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module:
                    modules.add(node.module.split(".")[0])
    installed = packages_distributions()
    found = set()
    for module in modules - set(sys.stdlib_module_names) - set(ROOMS):
        name = DISTRIBUTION.get(module) or installed.get(module, [module])[0]
        found.add(WITH_ANOTHER.get(canonicalize_name(name), canonicalize_name(name)))
    return found


def test_every_import_is_declared() -> None:
    known = {*declared(), *declared("cluster", "neural")}
    assert imported(*ROOMS) <= known


def test_everything_declared_is_imported() -> None:
    wanted = {*declared(), *declared("cluster", "neural")} - NOT_IMPORTED
    assert wanted <= imported(*ROOMS)


def locked() -> dict[str, str]:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").split()
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines)
    return {canonicalize_name(name): number for name, number in (s.split("==") for s in lines)}


def test_every_dependency_is_locked_within_its_range() -> None:
    for name, wanted in (declared() | declared("cluster", "neural", "weights", "test")).items():
        assert name in locked(), f"{name}: not in requirements.lock"
        assert wanted.specifier.contains(locked()[name]), f"{wanted}: locked at {locked()[name]}"


@pytest.mark.slow
@pytest.mark.parametrize(
    "code", ["from kefu.commands import commands; commands()", "import grader.grade"]
)
def test_heavy_packages_wait_until_they_are_asked_for(code: str) -> None:
    code = f"{code}; import sys; print(*[m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
