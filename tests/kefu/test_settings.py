"""Settings: which source wins, where a value came from, and what is said of a bad one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kefu.config import config
from kefu.logs import log, start_logs
from kefu.settings import Settings, configure, default_data
from transcripts.errors import InvalidFile


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"KEFU_{name.upper()}", raising=False)
    monkeypatch.setenv("KEFU_DATA", str(tmp_path))


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "kefu.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_defaults() -> None:
    found = configure()
    assert found.settings.rubric == "general"
    assert found.settings.jobs == 1
    assert found.settings.mask
    assert found.origins["rubric"] == "default"


def test_later_sources_win_and_each_value_knows_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path, 'rubric = "care"\njobs = 2\nmask = false\ntimezone = "Asia/Taipei"\n')
    monkeypatch.setenv("KEFU_JOBS", "3")
    monkeypatch.setenv("KEFU_TIMEZONE", "Europe/London")
    monkeypatch.setenv("KEFU_RUBRIC", "")
    found = configure({"jobs": 4, "rubric": None})
    assert found.settings.rubric == "care"
    assert found.settings.timezone == "Europe/London"
    assert found.settings.jobs == 4
    assert not found.settings.mask
    assert found.origins == {
        "data": "environment KEFU_DATA",
        "rubric": str(file),
        "timezone": "environment KEFU_TIMEZONE",
        "jobs": "option --jobs",
        "mask": str(file),
        "encoder": "default",
        "full_sync": "default",
        "keep_days": "default",
        "log_level": "default",
    }
    assert found.rubric_folders == (tmp_path / "published/rubrics", tmp_path / "rubrics")


def test_the_option_names_the_folder_before_the_environment(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    written(other, "jobs = 7\n")
    found = configure({"data": other})
    assert found.settings.jobs == 7
    assert found.origins["data"] == "option --data"


def test_the_data_folder_follows_the_desktop_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/somewhere")
    assert default_data() == Path("/somewhere/kefu")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("jobs = 0", "kefu.toml: jobs = 0: .*greater than or equal to 1"),
        ('timezone = "Mars"', "kefu.toml: timezone = 'Mars'"),
        ('encoder = "bert"', "encoder 'bert' is not known: write embedded"),
        ('rubrik = "care"', "no such setting: 'rubrik'; did you mean 'rubric'"),
        ('data = "/x"', "data cannot be set here"),
        ("jobs = ", "kefu.toml: is no TOML"),
    ],
)
def test_bad_files_are_told_with_their_place(tmp_path: Path, text: str, told: str) -> None:
    written(tmp_path, text)
    with pytest.raises(InvalidFile, match=told):
        configure()


def test_all_bad_values_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEFU_JOBS", "many")
    monkeypatch.setenv("KEFU_LOG_LEVEL", "loud")
    with pytest.raises(InvalidFile) as told:
        configure()
    assert [fault.file for fault in told.value.faults] == [
        "environment KEFU_JOBS", "environment KEFU_LOG_LEVEL",
    ]  # fmt: skip


def test_config_shows_each_setting(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    config()
    rows = capsys.readouterr().out.splitlines()
    assert [row.split()[0] for row in rows] == list(Settings.model_fields)
    assert rows[0].split(maxsplit=1)[1] == f"{tmp_path}  environment KEFU_DATA"


def test_logs_are_json_lines_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    start_logs("info")
    log("grade").info("finished", graded=3)
    log("grade").debug("unheard")
    start_logs("warning")
    log("grade").info("unheard")
    shown = capsys.readouterr()
    assert shown.out == ""
    (row,) = map(json.loads, shown.err.splitlines())
    assert (row["room"], row["level"], row["event"], row["graded"]) == (
        "grade",
        "info",
        "finished",
        3,
    )
