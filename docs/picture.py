"""Draws docs/grade.svg: the table that `kefu grade` shows for the sample conversations."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console

from kefu.table import ScreenTable
from rubrics.load import load_rubric

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "kefu" / "samples" / "transcripts.jsonl"
WIDTH = 170


def main() -> None:
    """Grade the sample and draw what the screen would show."""
    command = [sys.executable, "-m", "kefu", "grade", str(SAMPLE), "--output", "-"]
    lines = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    table = ScreenTable(tuple(load_rubric("general").criteria))
    for line in lines.splitlines():
        table.add(json.loads(line))
    console = Console(
        record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, legacy_windows=False
    )
    table.show(console)
    drawn = console.export_svg(title="./run", unique_id="kefu")
    (HERE / "grade.svg").write_text(offline(drawn), encoding="utf-8")


def offline(drawn: str) -> str:
    """Without fonts to be fetched; one with Chinese characters of the viewer's own."""
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    return drawn.replace("Fira Code, monospace", "'Noto Sans Mono CJK SC', monospace")


if __name__ == "__main__":
    main()
