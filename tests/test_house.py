"""The rules of the house: who may import whom, what a room may touch, and no left-overs.

A failure names the file and line, and what to do about it.
"""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("transcripts", "rubrics", "grader", "scenarios", "simulator", "store", "web", "kefu")
MAY_IMPORT = {
    "transcripts": set(),
    "rubrics": {"transcripts"},
    "grader": {"rubrics", "transcripts"},
    "scenarios": {"rubrics", "transcripts"},
    "simulator": {"grader", "rubrics", "scenarios", "transcripts"},
    "store": {"grader", "rubrics", "scenarios", "simulator", "transcripts"},
    "web": {"grader", "rubrics", "scenarios", "simulator", "store", "transcripts"},
    "kefu": {"grader", "rubrics", "scenarios", "simulator", "store", "transcripts", "web"},
}
PURE = ("transcripts", "rubrics", "grader", "scenarios", "simulator")
QUIET = (*PURE, "store", "web")
"""Rooms to which settings, times and chance are passed in, and that say nothing themselves."""
STORES = {"sqlite3", "sqlite_utils", "store"}
SCRATCH = "tempfile.TemporaryDirectory("
"""Where rows of a file larger than memory are sorted: private, and gone when that is done."""
LONGEST = 450


def sources(*rooms: str) -> list[Path]:
    return [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


@cache
def imports(path: Path) -> list[tuple[ast.AST, str]]:
    """Every module that a file imports, anywhere in it."""
    return list(_imports(path))


def _imports(path: Path) -> Iterator[tuple[ast.AST, str]]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{where(path, node)}: import by the full name"
            yield node, node.module or ""


@pytest.mark.parametrize("room", ROOMS)
def test_data_goes_one_way(room: str) -> None:
    others = set(ROOMS) - {room} - MAY_IMPORT[room]
    wrong = [
        f"{where(path, node)} imports {module}"
        for path in sources(room)
        for node, module in imports(path)
        if module.split(".")[0] in others
    ]
    assert not wrong, f"{room} may import only {sorted(MAY_IMPORT[room])}: {wrong}"


def test_no_room_imports_tests_or_benchmarks() -> None:
    wrong = [
        f"{where(path, node)} imports {module}"
        for path in sources(*ROOMS)
        for node, module in imports(path)
        if module.split(".")[0] in {"tests", "benchmarks"}
    ]
    assert not wrong


def test_gradio_stays_in_the_web_app() -> None:
    wrong = [
        where(path, node)
        for path in sources(*(room for room in ROOMS if room != "web"))
        for node, module in imports(path)
        if module.split(".")[0] == "gradio"
    ]
    assert not wrong, f"only web/ and app.py may import gradio: {wrong}"


def test_pure_rooms_open_no_store() -> None:
    wrong = [
        f"{where(path, node)} imports {module}"
        for path in sources(*PURE)
        for node, module in imports(path)
        if module.split(".")[0] in STORES and SCRATCH not in ast.unparse(parsed(path))
    ]
    assert not wrong


def reads_of_environment(path: Path) -> Iterator[ast.AST]:
    """Uses of os.environ and os.getenv. Setting a default for a library read later is none."""
    tree = parsed(path)
    setting = {
        id(node.func.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "setdefault"
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            name = (node.value.id, node.attr)
            if name in {("os", "environ"), ("os", "getenv")} and id(node) not in setting:
                yield node
        elif isinstance(node, ast.ImportFrom) and node.module == "os":
            yield from (node for alias in node.names if alias.name in {"environ", "getenv"})


def test_quiet_rooms_read_no_settings() -> None:
    wrong = [where(path, node) for path in sources(*QUIET) for node in reads_of_environment(path)]
    assert not wrong, f"settings are read in kefu and passed as values: {wrong}"


def test_quiet_rooms_do_not_print_or_exit() -> None:
    wrong = [
        where(path, node)
        for path in sources(*QUIET)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Name) and node.func.id in {"print", "exit", "quit"})
            or (isinstance(node.func, ast.Attribute) and ast.unparse(node.func) == "sys.exit")
        )
    ]
    assert not wrong, f"library code returns or raises; kefu prints and exits: {wrong}"


def test_the_store_asks_no_clock_and_draws_no_lots() -> None:
    clocks = re.compile(r"\b(?:now|utcnow|today|time\.time|monotonic|sleep|token_\w+|randbytes)$")
    wrong = [
        where(path, node)
        for path in sources("store")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and clocks.search(ast.unparse(node.func))
    ]
    assert not wrong, f"times and tokens are passed in: {wrong}"


def test_files_hold_one_idea() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in sources(*ROOMS, "tests")}
    long = [f"{path.relative_to(ROOT)} ({n})" for path, n in lengths.items() if n > LONGEST]
    named = [str(p.relative_to(ROOT)) for p in lengths if p.stem in {"utils", "util", "helpers"}]
    assert not long, f"longer than {LONGEST} lines, so more than one idea: {long}"
    assert not named, f"named by no idea: {named}"


def test_everything_public_says_what_it_is() -> None:
    silent = [
        f"{where(path, node)} {getattr(node, 'name', '')}"
        for path in sources(*ROOMS)
        for node in (parsed(path), *parsed(path).body)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not getattr(node, "name", "").startswith("_")
        and ast.get_docstring(node) is None
    ]
    assert not silent, f"without a docstring: {silent}"


def tracked() -> list[Path]:
    """The files under version control; skipped in an unpacked archive, which has none."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


# Written so that this file does not hold what it looks for.
MACHINE = re.compile(
    r"(?<![\w./~-])/(?:work|farm|root|opt|Users)/|/[.]library\b"
    r"|https?://[^/\s]*(?:py[p]i|npm[j]s|debia[n]|pythonhosted)"
)


def test_no_file_knows_a_machine_or_a_registry() -> None:
    wrong = []
    for path in tracked():
        if path.suffix in {".safetensors", ".png", ".xlsx"}:
            continue
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        wrong += [
            f"{path.relative_to(ROOT)}:{number}"
            for number, line in enumerate(lines, 1)
            if MACHINE.search(line)
        ]
    assert not wrong, f"paths of one machine or hosts of a registry: {wrong}"


def test_nothing_stray_is_tracked() -> None:
    kinds = {".pyc", ".log", ".part", ".tmp", ".bak", ".orig", ".rej", ".pkl", ".npy", ".swp"}
    stray = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix in kinds or path.name.endswith(".rejects.jsonl")
    ]
    assert not stray
