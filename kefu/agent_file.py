"""The file of a scripted agent: read and checked as a whole before anything is played."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn

from pydantic import ValidationError

from rubrics.faults import faults_of
from scenarios.parts import Entry
from simulator.state import Case, begin
from simulator.workbench import changes, do
from transcripts.errors import Refused, UnreadableInput


def read_agent(path: Path, case: Case) -> tuple[Entry, ...]:
    """The entries of a JSON list. `UnreadableInput`, in one line, for the first that is wrong."""
    data = _parsed(path)
    if not isinstance(data, list):
        _wrong(path, f'must be a JSON list of entries such as {{"after": 20, "text": "…"}}, '
                     f"not {_kind(data)}")  # fmt: skip
    return tuple(_entry(path, number, one, case) for number, one in enumerate(data, 1))


def _parsed(path: Path) -> Any:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        data = json.loads(text, parse_constant=_no_number)
        json.dumps(data, ensure_ascii=False).encode("utf-8")
    except OSError as error:
        _wrong(path, f"cannot be read ({error.strerror})")
    except UnicodeError:
        _wrong(path, "is not UTF-8 text; save it as UTF-8")
    except RecursionError:
        _wrong(path, "is nested too deeply; give a list of entries")
    except ValueError as error:
        _wrong(path, f"is no JSON: {error}")
    return data


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number that JSON has")


def _entry(path: Path, number: int, data: Any, case: Case) -> Entry:
    place = f"entry {number}"
    if not isinstance(data, dict):
        _wrong(path, f"{place}: must be an object with after and text or action, not {_kind(data)}")
    if "after" not in data:
        _wrong(path, f"{place}: has no after; give the seconds since the entry before")
    if isinstance(data["after"], bool) or not isinstance(data["after"], int | float):
        _wrong(path, f"{place}: after must be a number of seconds, not {data['after']!r}")
    try:
        entry = Entry.model_validate(data)
        if entry.action is not None:
            do(entry.action, entry.data, case.scenario, begin(case), {})
        if entry.action == "write_note":
            changes((), entry.data.get("fields"))
    except ValidationError as error:
        _, message = faults_of(error, data, Entry)[0]
        _wrong(path, f"{place}: {message.removeprefix('the file: ')}")
    except Refused as refused:
        _wrong(path, f"{place}: {refused}")
    if entry.text is not None and entry.data:
        _wrong(path, f"{place}: data belongs to an action; leave it out beside text")
    return entry


def _kind(data: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a text", type(None): "null", bool: "a truth"}
    return names.get(type(data), "a number")


def _wrong(path: Path, message: str) -> NoReturn:
    raise UnreadableInput(" ".join(f"{path}: {message}".split()))
