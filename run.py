#!/usr/bin/env python3
"""Make `.venv`, install what is locked, and run: `python run.py` does what `./run` does.

Without arguments the web app starts; any arguments go to `kefu` (`python run.py grade FILE`).
`--prepare EXTRA…` only installs and prints the Python of the environment; `./test` and `./bench`
use it. Needs nothing but the standard library, and installs again only when pyproject.toml,
requirements.lock or the wanted extras have changed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed.json"
LOCK = ROOT / "requirements.lock"
# Heavy and offered in several builds: installed first, at its locked version, so that the build
# which is at hand (or which pip was pointed to) is kept by everything that comes after.
FIRST = {"neural": ("torch",)}


def main(arguments: list[str]) -> int:
    """Install what is missing, then run; the exit status is that of `kefu`."""
    if arguments[:1] == ["--prepare"]:
        print(prepare(arguments[1:]))
        return 0
    python = prepare([])
    return hand_over([str(python), "-m", "kefu", *(arguments or ["serve"])])


def prepare(extras: list[str]) -> Path:
    """The Python of an environment with the project and these extras in it."""
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = sorted(set(extras))
    state = read_stamp()
    digest = hash_of_lists()
    usable = python.exists() and state.get("hash") == digest
    if usable and set(wanted) <= set(state.get("extras", [])):
        return python
    if not works(python):
        make_venv()
    wanted = sorted({*wanted, *state.get("extras", [])})
    install(python, wanted)
    STAMP.write_text(json.dumps({"hash": digest, "extras": wanted}), encoding="utf-8")
    return python


def read_stamp() -> dict[str, Any]:
    """What was installed by the last run; nothing if that cannot be told."""
    try:
        found = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def hash_of_lists() -> str:
    """Changes when anything else has to be installed."""
    digest = hashlib.sha256(str(ROOT).encode())
    for path in (ROOT / "pyproject.toml", LOCK):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def works(python: Path) -> bool:
    """Whether the environment's Python starts, is new enough and has pip."""
    if not python.exists():
        return False
    check = f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"
    return subprocess.run([str(python), "-c", check], capture_output=True).returncode == 0


def make_venv() -> None:
    """Make `.venv` with this Python, or say in a line why that is not possible."""
    if sys.version_info < OLDEST:
        stop(
            f"kefu needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is "
            f"{sys.version_info[0]}.{sys.version_info[1]} ({sys.executable}). "
            "Install a newer one and start this with it."
        )
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        stop(
            "This Python cannot make environments: its venv or ensurepip module is missing. "
            "On Debian and Ubuntu: sudo apt install python3-venv"
        )
    say("Making .venv …")
    outside = getattr(sys, "_base_executable", sys.executable)  # .venv may be what runs this
    step([outside, "-m", "venv", "--clear", str(VENV)])


def install(python: Path, extras: list[str]) -> None:
    """Install the project, editable, at the locked versions."""
    STAMP.unlink(missing_ok=True)
    pip = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    for name in (name for extra in extras for name in FIRST.get(extra, ())):
        say(f"Installing {name} (large, once) …")
        step([*pip, locked(name)])
    chosen = f"[{','.join(extras)}]" if extras else ""
    say(f"Installing kefu{chosen} …")
    step([*pip, "--constraint", str(LOCK), "--editable", f"{ROOT}{chosen}"])


def locked(name: str) -> str:
    """The line of the lock file that pins `name`."""
    found = re.search(rf"^{re.escape(name)}==\S+$", LOCK.read_text(encoding="utf-8"), re.M)
    if found is None:
        stop(f"requirements.lock has no line for {name}.")
    return found.group()


def step(command: list[str]) -> None:
    """One step of the installation; its output goes to standard error, a failure ends the run."""
    done = subprocess.run(command, stdout=sys.stderr, stdin=subprocess.DEVNULL)
    if done.returncode:
        stop(f"This step failed, see above: {' '.join(command)}")


def hand_over(command: list[str]) -> int:
    """Become the command where the system can, else wait for it."""
    if os.name == "nt":
        return subprocess.call(command)
    sys.stdout.flush()
    os.execv(command[0], command)


def say(text: str) -> None:
    """Progress, on standard error: standard output belongs to the command."""
    print(text, file=sys.stderr, flush=True)


def stop(text: str) -> NoReturn:
    """End with a message and status 2."""
    say(text)
    sys.exit(2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
