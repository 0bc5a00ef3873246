"""What is in the library, counted: languages, levels, trades, variants, twins, right endings.

    python benchmarks/library.py [--play]

`--play` plays the good paths too: how many scenarios end rightly in something else than satisfied,
and in which the good path of one variant fails in another with the same first words.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence

from grader.model import load_model
from scenarios.load import Shelved, known_scenarios, load_scenario
from simulator.paths import Prover, path_results, twin_results

FRESH = frozenset({
    "crushed-in-transit", "diabetic-fruit", "durian-ripe", "gift-baskets", "rotten-fruit",
    "rotten-fruit-en", "rotten-fruit-hant", "short-weight", "stored-wrongly", "upset-stomach",
})  # fmt: skip
"""The scenarios on fruit and other fresh food; all others are outside it."""


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--play", action="store_true", help="play the good paths too")
    library = [load_scenario(name) for name in sorted(known_scenarios())]
    for line in counted(library):
        print(line)
    if parser.parse_args().play:
        for line in played(library, Prover(load_model())):
            print(line)


def counted(library: Sequence[Shelved]) -> Iterator[str]:
    """What can be counted without playing."""
    first = [one.variants[0] for one in library]
    yield f"scenarios: {len(library)}, variants: {sum(len(one.variants) for one in library)}"
    yield f"by language: {_counts(one.lang for one in first)}"
    yield f"by level: {_counts(one.level for one in first)}"
    yield f"outside fresh food: {sum(one.id not in FRESH for one in library)}"
    yield f"fewest variants of one scenario: {min(len(one.variants) for one in library)}"
    yield f"opened by the agent: {sum(one.opened_by == 'agent' for one in first)}"
    yield f"with an order note: {sum(one.note_form is not None for one in first)}"
    yield f"two variants with the same first words: {sum(1 for one in library if alike(one))}"


def alike(shelved: Shelved) -> list[tuple[int, int]]:
    """Pairs of variants that begin with the same first words."""
    shelves = [one.shelf for one in shelved.variants]
    pairs = [(a, b) for a in range(len(shelves)) for b in range(a + 1, len(shelves))]
    return [(a, b) for a, b in pairs if shelves[a] == shelves[b]]


def played(library: Sequence[Shelved], prover: Prover) -> Iterator[str]:
    """What only playing shows."""
    other: list[str] = []
    twins: list[str] = []
    for one in library:
        good = [result for result in path_results(one, prover) if result.path == "good"]
        ends = {result.ending for result in good if result.right} - {"satisfied"}
        if ends:
            other.append(f"{one.id} ({', '.join(sorted(ends))})")
        results = twin_results(one, prover)
        if results and not any(result.faults for result in results):
            twins.append(one.id)
    yield f"right endings other than satisfied: {len(other)}: {'; '.join(other)}"
    yield f"no variant is solved by its twin's good path: {len(twins)}: {', '.join(twins)}"


def _counts(values: Iterator[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(Counter(values).items()))


if __name__ == "__main__":
    main()
