"""The wheel holds the packages with their data and nothing else, and grades on its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("transcripts", "rubrics", "grader", "scenarios", "simulator", "store", "web", "kefu")
DATA = {".yaml", ".json", ".safetensors", ".svg", ".html", ".css", ".js"}
SAMPLE = "transcripts.jsonl"
BESIDE = ("pyproject.toml", "README.md", "LICENSE", "NOTICE")
"""What a build reads, besides the packages."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a copy, so that an old build folder cannot slip anything into it."""
    folder = tmp_path_factory.mktemp("source")
    for room in ROOMS:
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    for name in BESIDE:
        shutil.copy(ROOT / name, folder / name)
    run("-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder / "dist"), str(folder))
    (built,) = (folder / "dist").glob("kefu-*.whl")
    return built


def run(*arguments: str, python: str | Path = sys.executable, cwd: Path | None = None) -> str:
    """What a Python prints. The test fails with what it complains about."""
    command = [str(python), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=cwd, encoding="utf-8")
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def expected() -> set[str]:
    """The modules and data files that belong into the wheel; the corpus stays in the repo."""
    found = set()
    for room in ROOMS:
        for path in (ROOT / room).rglob("*"):
            inside = path.relative_to(ROOT)
            if path.is_file() and (path.suffix in {".py", *DATA} or path.name == SAMPLE):
                found.add(inside.as_posix())
    return {name for name in found if not name.startswith("grader/corpus/")}


def test_the_wheel_holds_exactly_the_packages(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
    inside = {name for name in names if ".dist-info/" not in name}
    assert inside == expected()
    assert any(name.endswith("licenses/NOTICE") for name in names)


def test_the_wheel_grades_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=False)
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    run(
        *("-m", "pip", "--python", str(python), "install", "--quiet", "--no-index", "--no-deps"),
        str(wheel),
    )
    lend_dependencies(python)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    place = "import kefu, pathlib; print(pathlib.Path(kefu.__file__).parent)"
    installed = Path(run("-c", place, python=python, cwd=elsewhere).strip())
    assert installed.is_relative_to(home.resolve())
    sample = installed / "samples" / "transcripts.jsonl"
    out = elsewhere / "cards.jsonl"
    run("-m", "kefu", "grade", str(sample), "--output", str(out), python=python, cwd=elsewhere)
    cards = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    wanted = [json.loads(line)["id"] for line in sample.read_text(encoding="utf-8").splitlines()]
    assert [card["transcript"] for card in cards] == wanted


def lend_dependencies(python: Path) -> None:
    """Let the new environment see what is installed here, behind its own packages."""
    site = run("-c", "import sysconfig; print(sysconfig.get_path('purelib'))", python=python)
    here = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    lines = "\n".join(sorted(here))
    (Path(site.strip()) / "lent.pth").write_text(lines + "\n", encoding="utf-8")
