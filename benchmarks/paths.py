"""Every path and every cheat of the library, graded: a table, and a chart for the docs.

    python benchmarks/paths.py [SCENARIO…] [--cheats] [--twins] [--draw docs/paths.svg]

One dot is one path in one variant. A good path scores at
least 85, an unusual one 75, a poor one at most 45, one that gives in beyond policy at most 59, and
a cheat at most 60.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path

from grader.model import load_model
from scenarios.load import Shelved, known_scenarios, load_scenario
from simulator.paths import PathResult, Prover, cheat_results, path_results, twin_results

COLOURS = {
    "good": "#2f7d4f", "unusual": "#3b6fb6", "over": "#b9852b", "poor": "#b23b3b",
}  # fmt: skip
CHEAT = "#8a8a8a"
LEFT, ROW, WIDTH, TOP = 220, 18, 620, 46
"""Pixels: room for names, height of a scenario, width of 0–100, room for the legend."""


def main() -> None:
    """Play, print, draw."""
    options = _options()
    shelved = [load_scenario(name) for name in options.scenario or sorted(known_scenarios())]
    results = _results(shelved, cheats=options.cheats, twins=options.twins)
    for result in results:
        score = "–" if result.overall is None else f"{result.overall:5.1f}"
        marks = "".join(f"  ! {fault.message}" for fault in result.faults)
        print(f"{result.scenario:28} {result.variant + 1} {result.path:8} {score} "
              f"{result.ending:18} {'right' if result.right else '-':5}{marks}")  # fmt: skip
    for line in _summary(results):
        print(line)
    if options.draw is not None:
        options.draw.write_text(chart(results), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("scenario", nargs="*", help="ids; all of the library without any")
    parser.add_argument("--cheats", action="store_true", help="also the four cheats")
    parser.add_argument("--twins", action="store_true", help="also the solutions of twins")
    parser.add_argument("--draw", type=Path, help="where to write the chart (SVG)")
    return parser.parse_args()


def _results(shelved: Sequence[Shelved], *, cheats: bool, twins: bool) -> list[PathResult]:
    prover = Prover(load_model())
    library = [load_scenario(name) for name in sorted(known_scenarios())]
    found = []
    for one in shelved:
        found += path_results(one, prover)
        if cheats:
            found += cheat_results(one, library, prover)
        if twins:
            found += twin_results(one, prover)
    return found


def _summary(results: Sequence[PathResult]) -> Iterable[str]:
    """How many of each kind hold, and the range of their scores."""
    by_path: Mapping[str, list[PathResult]] = defaultdict(list)
    for result in results:
        by_path[result.path].append(result)
    for name, group in by_path.items():
        scores = [one.overall for one in group if one.overall is not None]
        held = sum(not one.faults for one in group)
        spread = f"{min(scores):.1f}–{max(scores):.1f}" if scores else "not scored"
        yield f"{name:10} {held}/{len(group)} hold, {spread}"


def chart(results: Sequence[PathResult]) -> str:
    """All scores as dots, a row a scenario."""
    rows = list(dict.fromkeys(result.scenario for result in results))
    height = TOP + ROW * len(rows) + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 30} {height}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="100%" height="{height}" fill="#ffffff"/>',
        *_legend(results),
        *_grid(len(rows)),
    ]
    for number, name in enumerate(rows):
        y = TOP + ROW * number + ROW / 2
        parts.append(
            f'<text x="{LEFT - 12}" y="{y + 4}" text-anchor="end" fill="#333">{escape(name)}</text>'
        )
        parts += [_dot(one, y) for one in results if one.scenario == name and one.overall]
    return "\n".join([*parts, "</svg>\n"])


def _legend(results: Sequence[PathResult]) -> Iterable[str]:
    names = dict.fromkeys(one.path if one.path in COLOURS else "cheat" for one in results)
    for number, name in enumerate(names):
        x = LEFT + number * 100
        yield f'<circle cx="{x}" cy="16" r="4" fill="{COLOURS.get(name, CHEAT)}"/>'
        yield f'<text x="{x + 9}" y="20" fill="#333">{name}</text>'


def _grid(rows: int) -> Iterable[str]:
    bottom = TOP + ROW * rows
    for score in range(0, 101, 20):
        x = LEFT + WIDTH * score / 100
        yield f'<line x1="{x}" y1="{TOP - 6}" x2="{x}" y2="{bottom}" stroke="#e4e4e4"/>'
        yield f'<text x="{x}" y="{bottom + 18}" text-anchor="middle" fill="#666">{score}</text>'


def _dot(result: PathResult, y: float) -> str:
    x = LEFT + WIDTH * (result.overall or 0) / 100
    colour = COLOURS.get(result.path, CHEAT)
    ring = "none" if result.right else colour
    fill = colour if result.right else "#ffffff"
    return f'<circle cx="{x:.1f}" cy="{y}" r="3.5" fill="{fill}" stroke="{ring}"/>'


if __name__ == "__main__":
    main()
