"""Cards out of the store, in order, with what people made of them beside the grader's scores."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rubrics.schema import Rubric
from store.contents import rubric_at
from store.database import Store
from store.quality import Filter, graded, rubrics_of
from store.reviewed import Reviewed, reviewed
from store.sheets import TABLES
from transcripts.errors import UnreadableInput


def judged(store: Store, wanted: Filter) -> Iterator[tuple[dict[str, Any], Reviewed]]:
    """Each card (its JSON object), and what it says with people's words on it."""
    rubrics: dict[str, Rubric] = {}
    for kept in graded(store, wanted):
        if kept.card is not None:
            version = kept.card["rubric"]["version"]
            if version not in rubrics:
                rubrics[version] = rubric_at(store, version)
            yield kept.card, reviewed(kept.card, rubrics[version], kept.words)


def lines(store: Store, wanted: Filter) -> Iterator[str]:
    """Each card as a line; one that a person had a word on carries `reviewed` as well."""
    for card, now in judged(store, wanted):
        yield json.dumps(with_words(card, now), ensure_ascii=False, allow_nan=False)


def with_words(card: dict[str, Any], now: Reviewed) -> dict[str, Any]:
    """The card, with how it counts beside it where a person had a word on it."""
    if not now.by_hand:
        return card
    return card | {
        "reviewed": {
            "overall": now.overall,
            "passed": now.passed,
            "critical": list(now.critical),
            "criteria": dict(now.criteria),
        }
    }


def criteria_of(store: Store, wanted: Filter) -> tuple[str, ...]:
    """The criteria of all rubrics that were graded by, as first met."""
    found = [rubric_at(store, version) for version in rubrics_of(store, wanted)]
    return tuple(dict.fromkeys(name for rubric in found for name in rubric.criteria))


def export_to(store: Store, wanted: Filter, target: Path) -> int:
    """Write the cards to a .jsonl, .csv or .xlsx file, complete or not there; how many."""
    part, made = (target.with_name(f"{target.name}.{end}") for end in ("part", "new"))
    table = TABLES.get(target.suffix.lower())
    count = 0
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            for line in lines(store, wanted):
                file.write(line + "\n")
                count += 1
        if table is None:
            os.replace(part, target)
        else:
            table(part, made, criteria_of(store, wanted), reviewed=True)
            os.replace(made, target)
    except OSError as error:
        raise UnreadableInput(
            f"{target}: cannot be written ({error.strerror}). Name another file."
        ) from error
    finally:
        part.unlink(missing_ok=True)
        made.unlink(missing_ok=True)
    return count
