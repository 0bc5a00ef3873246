"""The data folder of a command: one server at a time, and what the doctor says of its database."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kefu.config import examined
from kefu.data import SERVER_LOCK, server_lock
from kefu.settings import configure
from store.folder import DATABASE
from store.opening import known_steps, open_store
from transcripts.errors import UnreadableInput

ROOT = Path(__file__).parents[2]
SERVES = """
import sys
from pathlib import Path
from kefu.data import server_lock

with server_lock(Path(sys.argv[1])):
    print("serving", flush=True)
    sys.stdin.read()
"""


def test_a_second_server_on_one_data_folder_is_refused(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SERVES, str(tmp_path)]
    with subprocess.Popen(
        command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "serving\n"
        with pytest.raises(UnreadableInput, match="another server"):
            server_lock(tmp_path)
        first.kill()
    with server_lock(tmp_path):  # the killed one left its file, not its lock
        assert (tmp_path / SERVER_LOCK).exists()
    assert not (tmp_path / SERVER_LOCK).exists()


def of_database(folder: Path) -> tuple[str, list[str]]:
    rows, faults = examined(configure({"data": folder}))
    return dict(rows)["database"], [one for one in faults if DATABASE in one]


@pytest.mark.slow
def test_the_doctor_looks_at_the_database_and_makes_none(tmp_path: Path) -> None:
    assert of_database(tmp_path) == (f"{tmp_path / DATABASE} (none)", [])
    assert not (tmp_path / DATABASE).exists()
    with open_store(tmp_path) as store:
        assert known_steps()[-1] in of_database(tmp_path)[0]
        row = {"migration_set": "kefu", "name": "step_99_moon", "applied_at": "2030"}
        store.write(lambda t: t.insert("_sqlite_migrations", row))
    assert "step_99_moon" in of_database(tmp_path)[1][0]
    (tmp_path / DATABASE).write_bytes(b"no database at all " * 100)
    assert "no database of kefu" in of_database(tmp_path)[1][0]
