"""Correcting files in place where a fault has one plain cure: a misspelt name, a tab."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from rubrics.nearest import cure_of
from transcripts.errors import Fault

MOST_FIXES = 100
Faults = Callable[[Path], list[Fault]]


def fix_file(file: Path, faults: Faults) -> list[Fault]:
    """Correct what has one plain cure, line by line; what was done, as faults that are no more."""
    done: list[Fault] = []
    for _ in range(MOST_FIXES):
        text = _readable(file)
        cured = None if text is None else _cured(text, faults(file))
        if cured is None:
            break
        new_text, fault = cured
        file.write_text(new_text, encoding="utf-8", newline="")
        done.append(fault)
    return done


def _readable(file: Path) -> str | None:
    try:
        return file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _cured(text: str, faults: list[Fault]) -> tuple[str, Fault] | None:
    """The text without its first curable fault, and what was done; None if there is none."""
    lines = text.splitlines(keepends=True)
    for fault in faults:
        if fault.line is None or fault.line > len(lines):
            continue
        line = lines[fault.line - 1]
        new, what = _cured_line(line, fault.message)
        if new != line:
            lines[fault.line - 1] = new
            return "".join(lines), Fault(fault.file, fault.line, f"fixed: {what}")
    return None


def _cured_line(line: str, message: str) -> tuple[str, str]:
    if message.startswith("a tab"):
        indent = line[: len(line) - len(line.lstrip())]
        return indent.replace("\t", "  ") + line[len(indent) :], "tabs replaced by spaces"
    cure = cure_of(message)
    if cure is None:
        return line, ""
    wrong, right = cure
    new = re.sub(rf"(?<![\w-]){re.escape(wrong)}(?![\w-])", right, line, count=1)
    return new, f"{wrong} is now {right}"
