"""How well masking finds what people marked.

A span counts as found when start, end and kind are all equal; a clean line is one without spans,
and it is touched when anything in it is masked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from transcripts.masking.masker import Masker


def measure(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Recall and precision of spans and the share of clean lines touched, over label rows.

    A row holds `text` and `spans` with start, end and kind; `id` names it among the faults.
    Shares are 0–1, None where nothing was there to count. `per_kind` gives found and marked.
    """
    marked = found = given = lines = clean = touched = 0
    per_kind: dict[str, Counter[str]] = {}
    faults: list[dict[str, Any]] = []
    for row in rows:
        lines += 1
        want = {(s["start"], s["end"], s["kind"]) for s in row["spans"]}
        have = {(s.start, s.end, s.kind) for s in Masker().mask(row["text"]).spans}
        marked, given, found = marked + len(want), given + len(have), found + len(want & have)
        clean += not want
        touched += not want and bool(have)
        for span in want:
            kind = per_kind.setdefault(span[2], Counter(found=0, marked=0))
            kind["marked"] += 1
            kind["found"] += span in have
        if want != have:
            missed, extra = sorted(want - have), sorted(have - want)
            faults.append({"id": row.get("id"), "missed": missed, "extra": extra})
    return {
        "n": lines,
        "spans": marked,
        "recall": found / marked if marked else None,
        "precision": found / given if given else None,
        "clean": clean,
        "clean_touched": touched / clean if clean else None,
        "per_kind": {kind: dict(counts) for kind, counts in sorted(per_kind.items())},
        "faults": faults,
    }
